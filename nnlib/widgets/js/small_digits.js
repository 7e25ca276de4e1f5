// The 1,797 embedded digits, from 8 x 8 levels of 17 to 20 x 20 pixels with a white rim of 4, pixel for pixel
// as nnlib/data makes them. They come in half bytes, packed by nnlib/widgets/digits.py.
export const SIDE = 28;
export const INNER = 20;
export const RIM = 4;
const SMALL = 8, SCALE = INNER / SMALL;

// The values 0 to 16 behind the half bytes: a zero and n zeros stand as 0 n, a nine as 0 9, a sixteen as 9.
function unpack(bytes, count) {
  const out = new Uint8Array(count);
  let at = 0, half = 0;
  const next = () => {
    const byte = bytes.getUint8(half >> 1);
    return half++ % 2 ? byte & 15 : byte >> 4;
  };
  while (at < count) {
    const value = next();
    if (value) out[at++] = value === 9 ? 16 : value;
    else {
      const run = next();
      if (run === 9) out[at++] = 9;
      else at += run;
    }
  }
  return out;
}

// How far each of 20 pixels of a row takes part in each of its 8 values: the cubic spline through them, with
// paper on both sides, (20, 8).
function stretch() {
  const root = Math.sqrt(3) - 2, range = (n) => Array.from({ length: n }, (_, i) => i);
  const bump = (x) => (x < 1 ? 2 / 3 - x * x + (x * x * x) / 2 : x < 2 ? (2 - x) ** 3 / 6 : 0);
  const spline = (x) => range(61).reduce((sum, i) => // 1 at 0, and 0 at all other whole numbers
    sum + root ** Math.abs(i - 30) * bump(Math.abs(x - i + 30)), 0) * ((-6 * root) / (1 - root * root));
  return Float64Array.from(range(INNER * SMALL), (at) =>
    spline((Math.floor(at / SMALL) + 0.5) / SCALE - 0.5 - (at % SMALL)));
}

// { labels, train, count, first, place, ink }: the ink of digit i stands from first[i] to first[i + 1], and
// only where there is any; place counts the 400 inner pixels. The first `train` digits are for training.
export function decode(bytes, train = 1437, count = 1797) {
  const values = unpack(bytes, count * (1 + SMALL * SMALL)), labels = values.slice(0, count);
  const share = stretch(), wide = new Float64Array(SMALL * INNER);
  const first = new Uint32Array(count + 1), place = new Uint16Array(count * INNER * INNER);
  const ink = new Float32Array(place.length); // as exact as Python's digits
  let at = 0;
  for (let i = 0; i < count; i++) {
    const start = count + SMALL * SMALL * i;
    for (let row = 0; row < SMALL; row++)
      for (let x = 0; x < INNER; x++) {
        let sum = 0;
        for (let k = 0; k < SMALL; k++) sum += share[SMALL * x + k] * values[start + SMALL * row + k];
        wide[INNER * row + x] = sum / 16;
      }
    for (let y = 0; y < INNER; y++)
      for (let x = 0; x < INNER; x++) {
        let sum = 0;
        for (let k = 0; k < SMALL; k++) sum += share[SMALL * y + k] * wide[INNER * k + x];
        const v = Math.min(1, 1.4 * (sum - 0.15));
        if (v <= 0) continue;
        place[at] = INNER * y + x;
        ink[at++] = v;
      }
    first[i + 1] = at;
  }
  return { labels, train, count, first, place: place.slice(0, at), ink: ink.slice(0, at) };
}

// One digit as rows of pixels, (784).
export function picture({ first, place, ink }, i) {
  const out = new Float32Array(SIDE * SIDE);
  for (let p = first[i]; p < first[i + 1]; p++) {
    const y = Math.floor(place[p] / INNER), x = place[p] % INNER;
    out[SIDE * (y + RIM) + x + RIM] = ink[p];
  }
  return out;
}
