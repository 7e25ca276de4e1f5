// A tiny network, as in nnlib/network.py: rows are examples, W[j][k] leads to j from k, D without 1/m.
// net = { weights: [W...], biases: [b...], activations: [name...] }, plain nested arrays.
import { ACTIVATIONS, softmax } from "./activations.js";

const activate = (name, row) => (name === "softmax" ? softmax(row) : row.map(ACTIVATIONS[name].f));
const dot = (u, v) => u.reduce((sum, value, i) => sum + value * v[i], 0);
const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
const logSumExp = (z) => {
  const top = Math.max(...z);
  return top + Math.log(z.reduce((sum, v) => sum + Math.exp(v - top), 0));
};
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

// The weights and biases in a row of numbers: layer by layer, W before b.
export function unpackParams(sizes, params) {
  let at = 0;
  const take = (n) => params.slice(at, (at += n));
  const weights = [], biases = [];
  sizes.slice(1).forEach((n, i) => {
    weights.push(Array.from({ length: n }, () => take(sizes[i])));
    biases.push(take(n));
  });
  return { weights, biases };
}

// Loss of one example and the error dloss/dz of its output row. The two cross-entropies are made for
// one output activation and cancel with it: a - y, finite where a rounds to 0 or 1.
export const COSTS = {
  quadratic: {
    loss: (z, a, y) => a.reduce((sum, v, j) => sum + (v - y[j]) ** 2, 0) / 2,
    error: (z, a, y, name) => a.map((v, j) => (v - y[j]) * ACTIVATIONS[name].df(z[j])),
  },
  mse: {
    loss: (z, a, y) => mean(a.map((v, j) => (v - y[j]) ** 2)),
    error: (z, a, y, name) => a.map((v, j) => (2 * (v - y[j]) * ACTIVATIONS[name].df(z[j])) / y.length),
  },
  "cross-entropy": {
    loss: (z, a, y) => z.reduce((sum, v, j) => sum + softplus(v) - y[j] * v, 0),
    error: (z, a, y) => a.map((v, j) => v - y[j]),
    output: "sigmoid",
  },
  "softmax cross-entropy": {
    loss: (z, a, y) => logSumExp(z) - dot(y, z),
    error: (z, a, y) => a.map((v, j) => v - y[j]),
    output: "softmax",
  },
};

function costOf(net, name) {
  const cost = COSTS[name];
  const last = net.activations.at(-1);
  if (!cost) throw new Error(`there is no cost "${name}"`);
  if (cost.output ? cost.output !== last : !ACTIVATIONS[last])
    throw new Error(`the ${name} cost cannot be used with the output ${last}`);
  return cost;
}

// All weighted inputs Z[l-1] and activations A[l], for rows X.
export function forward(net, X) {
  const Z = [], A = [X];
  net.weights.forEach((W, i) => {
    Z.push(A[i].map((a) => W.map((w, j) => dot(w, a) + net.biases[i][j])));
    A.push(Z[i].map((row) => activate(net.activations[i], row)));
  });
  return { Z, A };
}

// The mean loss over the rows.
export function costValue(net, X, Y, cost) {
  const { loss } = costOf(net, cost);
  const { Z, A } = forward(net, X);
  return mean(Y.map((y, i) => loss(Z.at(-1)[i], A.at(-1)[i], y)));
}

// Gradients { gW, gb, D } of the mean loss; D[l-1] holds the rows of errors of layer l.
export function backprop(net, X, Y, cost) {
  const { error } = costOf(net, cost);
  const { Z, A } = forward(net, X);
  const D = [], gW = [], gb = [];
  for (let i = net.weights.length - 1; i >= 0; i--) {
    D[i] = Z[i].map((z, r) => (i === net.weights.length - 1
      ? error(z, A[i + 1][r], Y[r], net.activations[i]) // BP1
      : z.map((v, k) => ACTIVATIONS[net.activations[i]].df(v) // BP2
          * net.weights[i + 1].reduce((sum, w, j) => sum + D[i + 1][r][j] * w[k], 0))));
    gb[i] = net.biases[i].map((_, j) => mean(D[i].map((d) => d[j]))); // BP3
    gW[i] = net.weights[i].map((w, j) => // BP4
      w.map((_, k) => mean(D[i].map((d, r) => d[j] * A[i][r][k]))));
  }
  return { gW, gb, D };
}
