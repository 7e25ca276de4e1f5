// The network of the Playground in flat arrays, fast: the same steps as nnlib/network.py and training.py.
// Its numbers are one row, layer by layer, W before b; W leads to unit j from unit k at W + j·n + k.
import { ACTIVATIONS } from "./activations.js";
import { generator } from "./numpy.js";

// Where the numbers of each layer stand: [{ l, W, b, n, k }], n units with k inputs each.
export function layersOf(sizes) {
  let at = 0;
  return sizes.slice(1).map((n, i) => {
    const k = sizes[i], W = at, b = at + n * k;
    at = b + n;
    return { l: i + 1, W, b, n, k };
  });
}
export const countOf = (sizes) => sizes.slice(1).reduce((sum, n, i) => sum + n * (sizes[i] + 1), 0);
export const sizesOf = ({ layers }, K) => [2, ...layers, K > 2 ? K : 1];

// The numbers at the start: Network(sizes, rng=seed) with every weight times g.
export function startOf(sizes, seed, g) {
  const { normal } = generator(seed), params = new Float64Array(countOf(sizes));
  for (const { W, b, k } of layersOf(sizes))
    for (let i = W; i < b; i++) params[i] = normal() * k ** -0.5 * g;
  return params;
}

const F = Object.fromEntries(Object.entries(ACTIVATIONS).map(([name, { f }]) => [name, f]));
const sigmoid = F.sigmoid;
// Slopes where the activation a is known already.
const SLOPES = {
  ...Object.fromEntries(Object.entries(ACTIVATIONS).map(([name, { df }]) => [name, df])),
  sigmoid: (z, a) => a * (1 - a), tanh: (z, a) => 1 - a * a,
};
function softmax(z, a) {
  const top = Math.max(...z);
  let sum = 0;
  for (let j = 0; j < z.length; j++) sum += (a[j] = Math.exp(z[j] - top));
  for (let j = 0; j < z.length; j++) a[j] /= sum;
  return top + Math.log(sum);
}

// A network of these sizes; names are the activations of its hidden layers, cost as in nnlib.
export function createNet(sizes, names, cost) {
  const layers = layersOf(sizes), L = layers.length, K = sizes[L], count = countOf(sizes);
  const a = sizes.map((n) => new Float64Array(n)), z = sizes.map((n) => new Float64Array(n));
  const d = sizes.map((n) => new Float64Array(n)), g = new Float64Array(count);
  const phi = names.map((name) => F[name]), slope = names.map((name) => SLOPES[name]);
  const soft = K > 1 && cost === "cross-entropy", crossed = cost === "cross-entropy";
  let total = 0; // log Σ exp z of a softmax output

  function forward(p, x1, x2) {
    a[0][0] = x1;
    a[0][1] = x2;
    for (let i = 0; i < L; i++) {
      const { W, b, n, k } = layers[i], from = a[i], sum = z[i + 1], to = a[i + 1], f = phi[i] ?? sigmoid;
      for (let j = 0; j < n; j++) {
        let s = 0;
        for (let q = 0, w = W + j * k; q < k; q++) s += p[w + q] * from[q];
        sum[j] = s + p[b + j];
      }
      if (i === L - 1 && soft) total = softmax(sum, to);
      else for (let j = 0; j < n; j++) to[j] = f(sum[j]);
    }
    return a[L];
  }
  const target = (j, label) => (K === 1 ? label : Number(j === label));
  // The loss of the example that has just gone forward.
  function loss(label) {
    if (soft) return total - z[L][label];
    let sum = 0;
    for (let j = 0; j < K; j++) {
      const y = target(j, label), v = z[L][j];
      sum += crossed ? Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))) - y * v : (a[L][j] - y) ** 2 / 2;
    }
    return sum;
  }
  const right = (label) => (K === 1 ? Number(a[L][0] > 0.5) : a[L].indexOf(Math.max(...a[L]))) === label;

  // Adds the gradient of that example's loss to g.
  function backward(p, label) {
    for (let j = 0; j < K; j++) {
      const v = a[L][j], gap = v - target(j, label);
      d[L][j] = crossed ? gap : gap * v * (1 - v); // BP1
    }
    for (let i = L - 1; i >= 0; i--) {
      const { W, b, n, k } = layers[i], error = d[i + 1], from = a[i], back = d[i];
      for (let j = 0; j < n; j++) {
        const e = error[j];
        g[b + j] += e; // BP3
        for (let q = 0, w = W + j * k; q < k; q++) g[w + q] += e * from[q]; // BP4
      }
      if (!i) return;
      for (let q = 0; q < k; q++) {
        let s = 0;
        for (let j = 0; j < n; j++) s += error[j] * p[W + j * k + q];
        back[q] = s * slope[i - 1](z[i][q], a[i][q]); // BP2
      }
    }
  }
  // One pass over the examples `order`, of x and label, which changes p.
  function epoch(p, { x, label, train }, order, m, eta, lam) {
    for (let first = 0; first < order.length; first += m) {
      const last = Math.min(order.length, first + m), size = last - first;
      g.fill(0);
      for (let i = first; i < last; i++) {
        const e = train[order[i]];
        forward(p, x[2 * e], x[2 * e + 1]);
        backward(p, label[e]);
      }
      const keep = 1 - eta * lam;
      for (const { W, b, n } of layers) {
        for (let i = W; i < b; i++) p[i] = (lam ? p[i] * keep : p[i]) - (eta * g[i]) / size;
        for (let i = b; i < b + n; i++) p[i] -= (eta * g[i]) / size;
      }
    }
  }
  // The mean loss and the share of right answers over the examples `list`; null without examples.
  function measure(p, { x, label }, list) {
    let cost = 0, hits = 0;
    for (const e of list) {
      forward(p, x[2 * e], x[2 * e + 1]);
      cost += loss(label[e]);
      hits += right(label[e]);
    }
    return list.length ? { cost: cost / list.length, right: hits / list.length } : null;
  }
  // The activations at one place; they hold until the next call.
  const see = (p, x1, x2) => { forward(p, x1, x2); return a; };
  // Copies of all activations and weighted inputs at one place.
  const look = (p, x1, x2) => ({ a: see(p, x1, x2).map((v) => [...v]), z: z.map((v) => [...v]) });

  // All activations over a grid of G × G places, row by row from the top: [l][j] is a Float64Array. The
  // grid lies in the plane of the inputs, or of two units `pair` of the layer `from`.
  function grid(p, [[x0, x1], [y0, y1]], G, from = 0, pair = [0, 1]) {
    const size = G * G, first = Array.from(a[from], () => new Float64Array(size));
    for (let i = 0, at = 0; i < G; i++)
      for (let j = 0; j < G; j++, at++) {
        first[pair[0]][at] = x0 + ((j + 0.5) * (x1 - x0)) / G;
        if (pair[1] >= 0) first[pair[1]][at] = y1 - ((i + 0.5) * (y1 - y0)) / G;
      }
    const all = [...Array(from), first];
    layers.slice(from).forEach(({ W, b, n, k }, over) => {
      const i = from + over, last = i === L - 1, f = phi[i] ?? sigmoid;
      all.push(Array.from({ length: n }, (_, j) => {
        const out = new Float64Array(size).fill(p[b + j]);
        for (let q = 0; q < k; q++) {
          const from = all[i][q], w = p[W + j * k + q];
          for (let at = 0; at < size; at++) out[at] += w * from[at];
        }
        if (!(last && soft)) for (let at = 0; at < size; at++) out[at] = f(out[at]);
        return out;
      }));
    });
    if (soft) {
      const rows = all[L], sum = new Float64Array(K), out = new Float64Array(K);
      for (let at = 0; at < size; at++) {
        for (let j = 0; j < K; j++) sum[j] = rows[j][at];
        softmax(sum, out);
        for (let j = 0; j < K; j++) rows[j][at] = out[j];
      }
    }
    return all;
  }
  const multiplications = layers.reduce((sum, { n, k, l }) => sum + n * k * (l > 1 ? 3 : 2), 0); // an example
  return { sizes, layers, L, K, count, soft, epoch, measure, see, look, grid, multiplications };
}
