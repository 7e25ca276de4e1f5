// Ink on a pad of 28 x 28 pixels, each from 0 (paper) to 255: the pen, MNIST's framing, ink as a text.
import { unpackBytes } from "./digits.js";

export const SIDE = 28;
const BOX = 20; // MNIST's digits fill a box of this size

export const blank = () => new Uint8Array(SIDE * SIDE);

// The ink after the pen has gone from one place to the next: a round pen, soft over a pixel at its rim.
export function stroke(ink, from, to, width, erase = false) {
  const out = ink.slice(), reach = width / 2 + 0.5;
  const [x0, y0] = from, dx = to[0] - x0, dy = to[1] - y0, length2 = dx * dx + dy * dy || 1;
  const rows = span(y0, to[1], reach), columns = span(x0, to[0], reach);
  for (let i = rows[0]; i <= rows[1]; i++)
    for (let j = columns[0]; j <= columns[1]; j++) {
      const x = j + 0.5 - x0, y = i + 0.5 - y0, t = Math.max(0, Math.min(1, (x * dx + y * dy) / length2));
      const cover = Math.max(0, Math.min(1, reach - Math.hypot(x - t * dx, y - t * dy)));
      const k = SIDE * i + j, v = Math.round(255 * cover);
      out[k] = erase ? Math.min(out[k], 255 - v) : Math.max(out[k], v);
    }
  return out;
}
const span = (a, b, reach) =>
  [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(SIDE - 1, Math.ceil(Math.max(a, b) + reach))];

// The ink of whole strokes, each a list of places.
export const written = (strokes, width = 2) => strokes.reduce((ink, points) =>
  points.reduce((so, point, i) => stroke(so, points[Math.max(0, i - 1)], point, width), ink), blank());

// The smallest box around values above 0, { top, left, rows, columns }, and their centre of mass { x, y };
// null where nothing is above 0.
export function bounds(values, columns = SIDE) {
  let top = Infinity, left = Infinity, bottom = -1, right = -1, sum = 0, x = 0, y = 0;
  values.forEach((v, k) => {
    if (!(v > 0)) return;
    const i = Math.floor(k / columns), j = k % columns;
    top = Math.min(top, i); bottom = Math.max(bottom, i); left = Math.min(left, j); right = Math.max(right, j);
    sum += v; x += v * (j + 0.5); y += v * (i + 0.5);
  });
  return sum ? { top, left, rows: bottom - top + 1, columns: right - left + 1, x: x / sum, y: y / sum } : null;
}

// Each of n new cells as a weighted mean of the `count` old ones from `first` on: [[index, weight], ...].
function resample(first, count, n) {
  const unit = count / n, reach = Math.max(1, unit);
  return Array.from({ length: n }, (_, k) => {
    const near = Array.from({ length: count }, (_, i) =>
      [first + i, Math.max(0, 1 - Math.abs(i + 0.5 - (k + 0.5) * unit) / reach)]).filter(([, w]) => w > 0);
    const sum = near.reduce((s, [, w]) => s + w, 0);
    return near.map(([i, w]) => [i, w / sum]);
  });
}

// As MNIST was made: the ink's box is scaled to 20 pixels, with its proportions kept, and moved by whole
// pixels until its centre of mass lies in row 14, column 14 (from 0). MNIST's own images stay as they are.
export function framed(values) {
  const box = bounds(values), out = new Float64Array(SIDE * SIDE);
  if (!box) return out;
  const size = (n) => Math.max(1, Math.round((n * BOX) / Math.max(box.rows, box.columns)));
  const rows = size(box.rows), columns = size(box.columns);
  const down = resample(box.top, box.rows, rows), across = resample(box.left, box.columns, columns);
  const small = down.flatMap((ys) => across.map((xs) => {
    let sum = 0;
    for (const [i, u] of ys) for (const [j, v] of xs) sum += u * v * values[SIDE * i + j];
    return sum;
  }));
  const { x, y } = bounds(small, columns);
  const corner = (c, n) => Math.max(0, Math.min(SIDE - n, SIDE / 2 - Math.floor(Number(c.toFixed(9)))));
  const top = corner(y, rows), left = corner(x, columns);
  small.forEach((v, k) => { out[SIDE * (top + Math.floor(k / columns)) + left + (k % columns)] = v; });
  return out;
}

// Ink as a text for links and Python: bytes in which 0 is followed by the length of a run, in base64.
export function toText(ink) {
  const bytes = [];
  for (let k = 0; k < ink.length; k++) {
    let run = 1;
    if (ink[k]) { bytes.push(ink[k]); continue; }
    while (run < 255 && ink[k + run] === 0) run++;
    bytes.push(0, run);
    k += run - 1;
  }
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
// The ink of such a text, or null where it is none.
export function fromText(text) {
  let bytes;
  try { bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/")); } catch { return null; }
  const out = unpackBytes(Uint8Array.from(bytes, (c) => c.charCodeAt(0)), SIDE * SIDE);
  return out.length === SIDE * SIDE ? Uint8Array.from(out) : null;
}
