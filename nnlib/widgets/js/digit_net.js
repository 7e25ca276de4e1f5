// Networks 784-n-10 in bytes, as nnlib/models/digits.py packs them, and one image's way through them.
import { ACTIVATIONS, softmax } from "./activations.js";

const PIXELS = 784, CLASSES = 10;
const known = new WeakMap(); // bytes -> the network, unpacked once

// { n, hidden, output, row } as numbers: W (n rows), b, V (10 rows), c.
export function unpackNet({ n, hidden, output, row }) {
  if (known.has(row)) return known.get(row);
  const head = Array.from({ length: 2 * (n + CLASSES) }, (_, i) => row.getFloat32(4 * i, true));
  const size = (row.byteLength - 4 * head.length) / (n * (PIXELS + CLASSES));
  const whole = size === 1 ? (i) => row.getInt8(i) : (i) => row.getInt16(i, true);
  const rows = (from, steps, k) => steps.map((step, j) =>
    Float64Array.from({ length: k }, (_, i) => whole(4 * head.length + size * (from + k * j + i)) * step));
  const cut = (from, count) => head.slice(from, from + count);
  const net = { n, hidden, output, b: cut(n, n), c: cut(2 * n + CLASSES, CLASSES),
    W: rows(0, cut(0, n), PIXELS), V: rows(n * PIXELS, cut(2 * n, CLASSES), n) };
  known.set(row, net);
  return net;
}

const dot = (w, x) => { let sum = 0; for (let i = 0; i < w.length; i++) sum += w[i] * x[i]; return sum; };
const apply = (name, z) => (name === "softmax" ? softmax(z) : z.map(ACTIVATIONS[name].f));

// The hidden units' sums, z and a, and the outputs' z and a, for one image.
export function forward(net, image) {
  const sums = net.W.map((w) => dot(w, image)), z = sums.map((sum, j) => sum + net.b[j]);
  const a = apply(net.hidden, z), zOut = net.V.map((v, k) => dot(v, a) + net.c[k]);
  return { sums, z, a, zOut, out: apply(net.output, zOut) };
}
