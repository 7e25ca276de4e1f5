// Seeded random numbers: the same seed gives the same picture, on every machine.

// Word number i of a seed, its bits well mixed.
function word32(seed, i) {
  let t = (seed + Math.imul(i, 0x9e3779b9)) | 0;
  t = Math.imul(t ^ (t >>> 16), 0x21f0aaad);
  t = Math.imul(t ^ (t >>> 15), 0x735a2d97);
  return t ^ (t >>> 15);
}

// n numbers in [0, 1), the same as those that feedforward.py makes.
export const uniforms = (seed, n) =>
  Array.from({ length: n }, (_, i) => (word32(seed, i + 1) >>> 0) / 4294967296);

// xoshiro128**, its four words filled from the seed.
export function random(seed) {
  const s = [1, 2, 3, 4].map((i) => word32(seed, i));
  const turn = (x, k) => (x << k) | (x >>> (32 - k));
  const word = () => {
    const result = Math.imul(turn(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3];
    s[2] ^= t;
    s[3] = turn(s[3], 11);
    return result;
  };
  // A number in [0, 1) with 53 random bits.
  const uniform = (low = 0, high = 1) =>
    low + (high - low) * (((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992);
  const integer = (n) => Math.floor(uniform() * n);
  // Normal numbers in pairs (Box and Muller).
  let spare = null;
  function normal(mean = 0, spread = 1) {
    if (spare === null) {
      const r = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = r * Math.sin(angle);
      return mean + spread * r * Math.cos(angle);
    }
    const value = spare;
    spare = null;
    return mean + spread * value;
  }
  // A shuffled copy (Fisher and Yates).
  function shuffle(list) {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }
  return { uniform, integer, normal, shuffle };
}
