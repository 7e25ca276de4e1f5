// Networks 784-n-10 in bytes, as nnlib/models/packed.py packs them, and one image's way through them.
import { ACTIVATIONS, softmax } from "./activations.js";

const PIXELS = 784, CLASSES = 10;
const known = new WeakMap(); // bytes -> the network, unpacked once

// { n, hidden, output, row } as numbers: W (n rows), b, V (10 rows), c.
export function unpackNet({ n, hidden, output, row }) {
  if (known.has(row)) return known.get(row);
  const size = (row.byteLength - 8 * (n + CLASSES)) / (n * (PIXELS + CLASSES));
  const net = { ...readNet(row, 0, n, PIXELS, size), hidden, output };
  known.set(row, net);
  return net;
}

// The network that begins at byte `at`, its whole numbers of `size` bytes, and where its bytes end:
// { n, W, b, V, c, end }.
export function readNet(bytes, at, n, pixels, size) {
  const head = Array.from({ length: 2 * (n + CLASSES) }, (_, i) => bytes.getFloat32(at + 4 * i, true));
  const whole = size === 1 ? (i) => bytes.getInt8(i) : (i) => bytes.getInt16(i, true);
  const first = at + 4 * head.length, second = first + size * n * pixels;
  const rows = (from, steps, k) => steps.map((step, j) =>
    Float64Array.from({ length: k }, (_, i) => whole(from + size * (k * j + i)) * step));
  const cut = (from, count) => head.slice(from, from + count);
  return { n, W: rows(first, cut(0, n), pixels), b: cut(n, n), V: rows(second, cut(2 * n, CLASSES), n),
    c: cut(2 * n + CLASSES, CLASSES), end: second + size * n * CLASSES };
}

const dot = (w, x) => { let sum = 0; for (let i = 0; i < w.length; i++) sum += w[i] * x[i]; return sum; };
const apply = (name, z) => (name === "softmax" ? softmax(z) : z.map(ACTIVATIONS[name].f));

// The hidden units' sums, z and a, and the outputs' z and a, for one image.
export function forward(net, image) {
  const sums = net.W.map((w) => dot(w, image)), z = sums.map((sum, j) => sum + net.b[j]);
  const a = apply(net.hidden, z), zOut = net.V.map((v, k) => dot(v, a) + net.c[k]);
  return { sums, z, a, zOut, out: apply(net.output, zOut) };
}
