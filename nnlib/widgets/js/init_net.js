// The network of InitLab before its first step: the same numbers as init_lab.py, in typed arrays.
import { ACTIVATIONS } from "./activations.js";
import { generator } from "./numpy.js";

const FLAT = 5, BATCH = 100, FEW = 20, WORK = 40000; // as in init_lab.py
export const STARTS = {
  "N(0, 1)": () => 1, 0.01: () => 0.01, "1/sqrt(n)": (n) => n ** -0.5, "sqrt(2/n)": (n) => (2 / n) ** 0.5,
};
export const ORDER = ["N(0, 1)", "0.01", "1/sqrt(n)", "sqrt(2/n)"];
// The activation, its slope written in a, and where it is flat.
export const KINDS = {
  sigmoid: { f: ACTIVATIONS.sigmoid.f, df: (a) => a * (1 - a), flat: (z) => Math.abs(z) > FLAT, range: [0, 1] },
  tanh: { f: Math.tanh, df: (a) => 1 - a * a, flat: (z) => Math.abs(z) > FLAT, range: [-1, 1] },
  relu: { f: (z) => (z > 0 ? z : 0), df: (a) => (a > 0 ? 1 : 0), flat: (z) => z <= 0, range: null },
  linear: { f: (z) => z, df: () => 1, flat: () => false, range: null },
};

const filled = (n, next) => {
  const list = new Float64Array(n);
  for (let i = 0; i < n; i++) list[i] = next();
  return list;
};
export function rms(values) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return Math.sqrt(sum / values.length);
}

// Normal weights of spread 1, inputs and targets of a seed, in the order in which nnlib draws them.
let drawn = { key: "" };
export function draw({ seed, depth, width: n }) {
  const key = `${seed} ${depth} ${n}`;
  if (drawn.key !== key) {
    const { normal, random } = generator(seed), m = depth * n * n <= WORK ? BATCH : FEW;
    const weights = Array.from({ length: depth }, () => filled(n * n, normal));
    drawn = { key, n, m, weights, X: filled(m * n, normal), Y: filled(m * n, random) };
  }
  return drawn;
}

// Σ x[i + k] w[j + k], in four sums side by side, which is faster.
function dot(x, i, w, j, n) {
  let a = 0, b = 0, c = 0, d = 0, k = 0;
  for (; k + 3 < n; k += 4) {
    a += x[i + k] * w[j + k];
    b += x[i + k + 1] * w[j + k + 1];
    c += x[i + k + 2] * w[j + k + 2];
    d += x[i + k + 3] * w[j + k + 3];
  }
  for (; k < n; k++) a += x[i + k] * w[j + k];
  return a + b + (c + d);
}
// y[j + k] += v x[i + k]
function add(y, j, v, x, i, n) {
  for (let k = 0; k < n; k++) y[j + k] += v * x[i + k];
}

// Activations A and gradients G of each layer, and the share of flat z.
export function pass({ n, m, weights, X, Y }, activation, spread) {
  const { f, df, flat } = KINDS[activation], L = weights.length, A = [X], G = [], share = [];
  for (const W of weights) {
    const x = A.at(-1), a = new Float64Array(m * n);
    let count = 0;
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        const z = spread * dot(x, i * n, W, j * n, n);
        if (flat(z)) count++;
        a[i * n + j] = f(z);
      }
    share.push(count / (m * n));
    A.push(a);
  }
  let D = A[L].map((a, i) => (a - Y[i]) * df(a)); // BP1
  for (let l = L; l > 0; l--) {
    const W = weights[l - 1], below = A[l - 1], gW = new Float64Array(n * n), E = new Float64Array(m * n);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        const d = D[i * n + j];
        if (d === 0) continue;
        add(gW, j * n, d / m, below, i * n, n); // BP4
        if (l > 1) add(E, i * n, d * spread, W, j * n, n);
      }
    G.unshift(gW);
    D = E.map((e, i) => e * df(below[i])); // BP2
  }
  return { A, G, share };
}

// What is told of a pass: sizes by layer, the flat share of the hidden layers, last slopes to first.
export function told({ A, G, share }) {
  const signal = A.map(rms), gradients = G.map(rms), hidden = share.slice(0, -1);
  const flat = hidden.length ? hidden.reduce((sum, v) => sum + v, 0) / hidden.length : 0;
  const ratio = gradients[0] ? gradients.at(-1) / gradients[0] : 0; // 0: no slope is left anywhere
  return { signal, gradients, share, flat, ratio };
}
