// NumPy's default_rng(seed).permutation(n), number for number: an order of examples that a reader asks
// for in the page is the one that Python would use. (Its SeedSequence, PCG64 and shuffle.)

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

// A function that gives 32 random bits at a time, the lower half of each 64 first.
function source(seed) {
  const [start, stream] = spread(seed), odd = ((stream << 1n) | 1n) & ALL;
  let state = (odd + start) & ALL, waiting = null;
  const turn = () => { state = (state * STEP + odd) & ALL; };
  turn();
  return () => {
    if (waiting !== null) {
      const word = waiting;
      waiting = null;
      return word;
    }
    turn();
    const by = state >> 122n, x = ((state >> 64n) ^ state) & LOW;
    const bits = ((x >> by) | (x << (64n - by))) & LOW;
    waiting = Number(bits >> 32n);
    return Number(bits & 0xffffffffn);
  };
}

// `count` permutations of 0 ... n - 1, one after the other; the seed is a whole number below 2³².
export function permutations(seed, count, n) {
  const word = source(seed);
  // From 0 to `limit`: as few bits as hold the limit, drawn again while they are too many.
  function upTo(limit) {
    const mask = 2 ** Math.ceil(Math.log2(limit + 1)) - 1;
    for (;;) {
      const value = (word() & mask) >>> 0;
      if (value <= limit) return value;
    }
  }
  return Array.from({ length: count }, () => {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  });
}
