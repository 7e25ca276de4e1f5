// The activations and their slopes, in the same numerically stable forms as nnlib/activations.py.
// `jumps` and `kinks` are the places where f or df leaps: curves are drawn in pieces between them.

const logistic = (z) => {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
};

export const ACTIVATIONS = {
  linear: { symbol: "φ", f: (z) => z, df: () => 1, jumps: [], kinks: [], range: null },
  step: { symbol: "step", f: (z) => (z > 0 ? 1 : z < 0 ? 0 : 0.5), df: () => 0,
    jumps: [0], kinks: [], range: [0, 1] },
  sign: { symbol: "sign", f: (z) => Math.sign(z), df: () => 0,
    jumps: [0], kinks: [], range: [-1, 1] },
  "piecewise linear": { symbol: "φ", f: (z) => Math.min(1, Math.max(0, z + 0.5)),
    df: (z) => (Math.abs(z) < 0.5 ? 1 : 0), jumps: [], kinks: [-0.5, 0.5], range: [0, 1] },
  sigmoid: { symbol: "σ", f: logistic, df: (z) => logistic(z) * (1 - logistic(z)),
    jumps: [], kinks: [], range: [0, 1] },
  tanh: { symbol: "tanh", f: Math.tanh, df: (z) => 1 - Math.tanh(z) ** 2,
    jumps: [], kinks: [], range: [-1, 1] },
  relu: { symbol: "ReLU", f: (z) => Math.max(0, z), df: (z) => (z > 0 ? 1 : 0),
    jumps: [], kinks: [0], range: null },
};

// One row of weighted inputs to probabilities; the largest exponent is 0.
export function softmax(z) {
  const top = Math.max(...z);
  const e = z.map((v) => Math.exp(v - top));
  const sum = e.reduce((s, v) => s + v, 0);
  return e.map((v) => v / sum);
}
