// The points of the Playground: the data sets of nnlib/data/plane.py, number for number, those that a
// reader paints or Python sends, and which of them are held back for the test.
import { generator } from "./numpy.js";

export const PLANES = { circle: 2, xor: 2, blobs: 2, spiral: 2, moons: 2, "three arms": 3 };

const polar = (radius, angle) => [radius * Math.cos(angle), radius * Math.sin(angle)];
const PLACES = {
  circle: (label, u, v) => polar(label ? 2.5 * Math.sqrt(u) : 3.6 + 1.4 * u, 2 * Math.PI * v),
  xor(label, u, v) {
    const first = u < 0.5 ? -1 : 1;
    return [first * (0.4 + 4.4 * ((2 * u) % 1)), first * (label ? -1 : 1) * (0.4 + 4.4 * v)];
  },
  blobs: (label) => (label ? [2.2, 2.2] : [-2.2, -2.2]),
  moons(label, u) {
    const [x1, x2] = polar(2.8, Math.PI * (u + label));
    return [x1 - 1.4 + 2.8 * label, x2 - 0.7 + 1.4 * label];
  },
  spiral: (label, u) => polar(0.3 + 4.7 * u, Math.PI * (3.5 * u + label)),
  "three arms": (label, u) => polar(0.6 + 4.2 * u, Math.PI * (1.2 * u + (2 * label) / 3)),
};

function made({ data, n, noise, sample }) {
  const { random, normal } = generator(sample), x = new Float64Array(2 * n), label = new Uint8Array(n);
  const uniform = Array.from({ length: 2 * n }, random), spread = 3 * noise + (data === "blobs" ? 1 : 0);
  for (let i = 0; i < n; i++) {
    label[i] = Math.floor((i * PLANES[data]) / n);
    const place = PLACES[data](label[i], uniform[2 * i], uniform[2 * i + 1]);
    for (const k of [0, 1]) x[2 * i + k] = Math.round((place[k] + spread * normal()) * 100) / 100 + 0;
  }
  return { x, label, K: PLANES[data] };
}

function own(points) {
  const n = points.length / 3, x = new Float64Array(2 * n);
  const label = Uint8Array.from({ length: n }, (_, i) => points[3 * i + 2]);
  for (let i = 0; i < n; i++) x.set([points[3 * i], points[3 * i + 1]], 2 * i);
  return { x, label, K: Math.max(2, Math.max(...label) + 1) };
}

let known = [];
// { x: [x1, x2, ...], label, K, train, test }: the last two hold the numbers of their points.
export function pointsOf(s) {
  const { data, n, noise, sample, test, points } = s;
  const key = JSON.stringify(data === "own" ? [test, points] : [data, n, noise, sample, test]);
  const old = known.find((item) => item.key === key);
  if (old) return old;
  const item = { key, ...(data === "own" ? own(points) : made(s)), train: [], test: [] };
  item.label.forEach((_, i) => ((i * test) % 100 >= 100 - test ? item.test : item.train).push(i));
  known = [item, ...known.slice(0, 7)];
  return item;
}
