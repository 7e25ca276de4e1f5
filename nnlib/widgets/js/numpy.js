// NumPy's default_rng(seed), number for number: the order of examples and the first weights that a reader
// asks for in the page are those that Python would use. (SeedSequence, PCG64, shuffle, ziggurat.)

const LOW = (1n << 64n) - 1n, ALL = (1n << 128n) - 1n;
const STEP = 0x2360ed051fc65da44385df649fccf645n;
const fold = (v) => (v ^ (v >>> 16)) >>> 0;

// Mixes words one after the other; each call changes the key.
function mixer(key, factor) {
  return (word) => {
    const mixed = word ^ key;
    key = Math.imul(key, factor);
    return fold(Math.imul(mixed, key));
  };
}

// A 32-bit seed as 256 mixed bits: two numbers of 128 bits.
function spread(seed) {
  const into = mixer(0x43b0d7e5, 0x931e8875), out = mixer(0x8b51f9dd, 0x58f38ded);
  const pool = [seed, 0, 0, 0].map(into);
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < 4; j++)
      if (i !== j)
        pool[j] = fold(Math.imul(0xca01f9dd, pool[j]) - Math.imul(0x4973f715, into(pool[i])));
  const words = [...pool, ...pool].map((word) => BigInt(out(word)));
  const pair = (i) => words[i] | (words[i + 1] << 32n);
  return [0, 4].map((i) => (pair(i) << 64n) | pair(i + 2));
}

// Random bits: `long` gives 64 of them as a BigInt, `word` 32 at a time, the lower half of each 64 first.
function source(seed) {
  const [start, stream] = spread(seed), odd = ((stream << 1n) | 1n) & ALL;
  let state = (odd + start) & ALL, waiting = null;
  const turn = () => { state = (state * STEP + odd) & ALL; };
  turn();
  function long() {
    turn();
    const by = state >> 122n, x = ((state >> 64n) ^ state) & LOW;
    return ((x >> by) | (x << (64n - by))) & LOW;
  }
  function word() {
    if (waiting !== null) {
      const word = waiting;
      waiting = null;
      return word;
    }
    const bits = long();
    waiting = Number(bits >> 32n);
    return Number(bits & 0xffffffffn);
  }
  return { long, word };
}

// The ziggurat: 256 layers of equal area under e^(-x²/2). A place from 0 to 2⁵² in layer i means the point
// x = place · wide[i], surely under the curve if place < sure[i]; high[i] is the curve at the layer's end.
const END = 3.6541528853610088, AREA = 0.004928673233974655, BITS = 2 ** 52;
const bell = (x) => Math.exp((-x * x) / 2);
let layers = null;
function ziggurat() {
  const [wide, sure, high] = [0, 1, 2].map(() => new Float64Array(256));
  const base = AREA / bell(END);
  for (let i = 255, x = END; i > 0; i--) {
    wide[i] = x / BITS;
    high[i] = bell(x);
    const next = i > 1 ? Math.sqrt(-2 * Math.log(AREA / x + high[i])) : 0;
    sure[i] = Math.floor((next / x) * BITS);
    x = next;
  }
  high[0] = 1;
  wide[0] = base / BITS; // the lowest layer, with the tail
  sure[0] = Math.floor((END / base) * BITS);
  return { wide, sure, high };
}

// A generator of numbers: default_rng(seed) for a whole number below 2³².
export function generator(seed) {
  const { long, word } = source(seed);
  const uniform = () => Number(long() >> 11n) / 2 ** 53;
  // From 0 to `limit`: as few bits as hold the limit, drawn again while they are too many.
  function upTo(limit) {
    const mask = 2 ** Math.ceil(Math.log2(limit + 1)) - 1;
    for (;;) {
      const value = (word() & mask) >>> 0;
      if (value <= limit) return value;
    }
  }
  // 0 ... n - 1 in a random order.
  function permutation(n) {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
  function normal() {
    const { wide, sure, high } = (layers ??= ziggurat());
    for (;;) {
      const bits = long(), i = Number(bits & 255n), sign = bits & 256n ? -1 : 1;
      const place = Number((bits >> 9n) & 0xfffffffffffffn), x = place * wide[i];
      if (place < sure[i]) return sign * x;
      if (i === 0) { // the tail
        for (;;) {
          const out = -Math.log1p(-uniform()) / END, up = -Math.log1p(-uniform());
          if (2 * up > out * out) return (bits >> 17n) & 1n ? -(END + out) : END + out;
        }
      }
      if ((high[i - 1] - high[i]) * uniform() + high[i] < bell(x)) return sign * x;
    }
  }
  return { permutation, normal };
}

// `count` permutations of 0 ... n - 1, one after the other.
export function permutations(seed, count, n) {
  const { permutation } = generator(seed);
  return Array.from({ length: count }, () => permutation(n));
}
