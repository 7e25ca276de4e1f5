// NumPy's default_rng(seed), number for number: the order of examples, the points and the start that a
// reader asks for in the page are those of Python. (Its SeedSequence, PCG64, shuffle and ziggurat.)

const fold = (v) => (v ^ (v >>> 16)) >>> 0;
const TWO32 = 4294967296;

// Mixes words one after the other; each call changes the key.
function mixer(key, factor) {
  return (word) => {
    const mixed = word ^ key;
    key = Math.imul(key, factor);
    return fold(Math.imul(mixed, key));
  };
}

// A 32-bit seed as two numbers of 128 bits, each as four words, the lowest first.
function spread(seed) {
  const into = mixer(0x43b0d7e5, 0x931e8875), out = mixer(0x8b51f9dd, 0x58f38ded);
  const pool = [seed, 0, 0, 0].map(into);
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < 4; j++)
      if (i !== j)
        pool[j] = fold(Math.imul(0xca01f9dd, pool[j]) - Math.imul(0x4973f715, into(pool[i])));
  const words = [...pool, ...pool].map(out);
  return [0, 4].map((i) => [words[i + 2], words[i + 3], words[i], words[i + 1]]);
}

const STEP = [0x9fccf645, 0x4385df64, 0x1fc65da4, 0x2360ed05];
// The upper half of a product of two words.
function high(a, b) {
  const a0 = a & 0xffff, a1 = a >>> 16, b0 = b & 0xffff, b1 = b >>> 16;
  const u = a0 * b1 + ((a0 * b0) >>> 16), v = a1 * b0 + (u & 0xffff);
  return a1 * b1 + (u >>> 16) + (v >>> 16);
}
const low = (a, b) => Math.imul(a, b) >>> 0;

// The state of 128 bits and its turns; turn() leaves 64 random bits in bits[0] (low) and bits[1].
function pcg64(seed) {
  const [start, stream] = spread(seed), bits = [0, 0], [m0, m1, m2, m3] = STEP;
  const odd = stream.map((word, i) => ((word << 1) | (i ? stream[i - 1] >>> 31 : 1)) >>> 0);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  function add(first, words) {
    let carry = 0;
    [s0, s1, s2, s3] = first.map((word, i) => {
      const sum = word + words[i] + carry;
      carry = sum >= TWO32 ? 1 : 0;
      return sum >>> 0;
    });
  }
  function turn() {
    let sum = odd[0] + low(s0, m0);
    const t0 = sum >>> 0;
    sum = (sum - t0) / TWO32 + odd[1] + high(s0, m0) + low(s0, m1) + low(s1, m0);
    const t1 = sum >>> 0;
    sum = (sum - t1) / TWO32 + odd[2] + high(s0, m1) + high(s1, m0) + low(s0, m2) + low(s1, m1) + low(s2, m0);
    const t2 = sum >>> 0;
    s3 = ((sum - t2) / TWO32 + odd[3] + high(s0, m2) + high(s1, m1) + high(s2, m0)
      + low(s0, m3) + low(s1, m2) + low(s2, m1) + low(s3, m0)) >>> 0;
    [s0, s1, s2] = [t0, t1, t2];
    const by = s3 >>> 26, swap = by > 31, n = by & 31, x = s0 ^ s2, y = s1 ^ s3;
    const [lower, upper] = swap ? [y, x] : [x, y];
    bits[0] = (n ? (lower >>> n) | (upper << (32 - n)) : lower) >>> 0;
    bits[1] = (n ? (upper >>> n) | (lower << (32 - n)) : upper) >>> 0;
  }
  add(odd, start);
  turn();
  return { turn, bits };
}

// The 256 layers of equal area under exp(-x²/2) from which normal numbers are drawn.
const TAIL = 3.6541528853610087963519472518;
const AREA = 0.004928673233974658;
const bell = (x) => Math.exp(-0.5 * x * x);
let layers = null;
function ziggurat() {
  if (layers) return layers;
  const width = new Float64Array(256), inner = new Float64Array(256), height = new Float64Array(256);
  const first = AREA / bell(TAIL), unit = 2 ** 52;
  inner[0] = (TAIL / first) * unit;
  width[0] = first / unit;
  height[0] = 1;
  for (let i = 255, x = TAIL, before = TAIL; i; i--) {
    if (i < 255) {
      x = Math.sqrt(-2 * Math.log(AREA / before + bell(before)));
      inner[i + 1] = (x / before) * unit;
    }
    width[i] = x / unit;
    height[i] = bell(x);
    before = x;
  }
  return (layers = { width, inner, height });
}

// A generator; the seed is a whole number below 2³².
export function generator(seed) {
  const { turn, bits } = pcg64(seed);
  let waiting = null;
  // 32 random bits at a time, the lower half of each 64 first.
  function word() {
    if (waiting === null) {
      turn();
      waiting = bits[1];
      return bits[0];
    }
    const half = waiting;
    waiting = null;
    return half;
  }
  // From 0 to `limit`: as few bits as hold the limit, drawn again while they are too many.
  function upTo(limit) {
    const mask = 2 ** (32 - Math.clz32(limit)) - 1;
    for (;;) {
      const value = (word() & mask) >>> 0;
      if (value <= limit) return value;
    }
  }
  function permutation(n) {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = upTo(i), kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
  // From 0 to 1, with 53 random bits.
  function random() {
    turn();
    return (bits[1] * 2097152 + (bits[0] >>> 11)) / 9007199254740992;
  }
  function normal() {
    const { width, inner, height } = ziggurat();
    for (;;) {
      turn();
      const [lower, upper] = bits, i = lower & 255, sign = lower & 256 ? -1 : 1;
      const size = (upper & 0x1fffffff) * 8388608 + (lower >>> 9), x = sign * size * width[i];
      if (size < inner[i]) return x;
      if (i === 0)
        for (;;) {
          const far = -Math.log1p(-random()) / TAIL, fall = -Math.log1p(-random());
          if (2 * fall > far * far) return lower & 131072 ? -(TAIL + far) : TAIL + far;
        }
      if ((height[i - 1] - height[i]) * random() + height[i] < bell(x)) return x;
    }
  }
  return { permutation, random, normal };
}

// `count` permutations of 0 ... n - 1, one after the other.
export function permutations(seed, count, n) {
  const { permutation } = generator(seed);
  return Array.from({ length: count }, () => permutation(n));
}
