// The record behind BackpropStepper: every number of one round by its name, and the lines that make
// them in their order. The names are those of backprop_stepper.py.
import { ACTIVATIONS } from "./activations.js";
import { backprop, costValue, forward, unpackParams } from "./network.js";

const H = 1e-5; // of the finite differences, as in nnlib.numerical_gradient
export const LOCKED = 0.05; // a slope below this lets almost nothing of an error pass
export const range = (n, from = 0) => Array.from({ length: n }, (_, i) => from + i);
const down = (L) => range(L).map((i) => L - i); // the layers from L to 1
const sum = (values) => values.reduce((total, v) => total + v, 0);

// The slope of the loss by each output. That of cross-entropy grows beyond all bounds where a is 0 or 1.
const SLOPES = {
  quadratic: (a, y) => a - y,
  mse: (a, y, K) => (2 * (a - y)) / K,
  "cross-entropy": (a, y) => (a - y) / (a * (1 - a)),
};

const netOf = ({ sizes, params, hidden, output }) => {
  const { weights, biases } = unpackParams(sizes, params);
  return { weights, biases, activations: weights.map((_, i) => (i + 1 < weights.length ? hidden : output)) };
};

// Each line: the part of the round it belongs to, what it makes (the result first), what it uses.
export function linesOf(sizes, updateBiases) {
  const L = sizes.length - 1, lines = [];
  const neurons = (l) => range(sizes[l], 1);
  const add = (part, kind, at, makes, uses) => lines.push({ part, kind, ...at, makes, uses });
  function pass(part, n) {
    const bias = (l, j) => (n && updateBiases ? `nb${l}_${j}` : `b${l}_${j}`);
    const input = (l, k) => `${l ? n : ""}a${l}_${k}`;
    for (const l of range(L, 1)) for (const j of neurons(l)) {
      const from = neurons(l - 1);
      add(part, "z", { l, j }, [`${n}z${l}_${j}`, ...from.map((k) => `${n}p${l}_${j}_${k}`)],
        [...from.flatMap((k) => [`${n}w${l}_${j}_${k}`, input(l - 1, k)]), bias(l, j)]);
      add(part, "a", { l, j }, [`${n}a${l}_${j}`, ...(n ? [] : [`s${l}_${j}`])], [`${n}z${l}_${j}`]);
    }
  }
  const outputs = (n) => neurons(L).flatMap((j) => [`${n}a${L}_${j}`, `y${j}`]);

  pass("forward", "");
  add("cost", "C", { l: L }, ["C"], outputs(""));
  for (const j of neurons(L))
    add("BP1", "d", { l: L, j }, [`d${L}_${j}`, `e${L}_${j}`], [`a${L}_${j}`, `y${j}`, `s${L}_${j}`]);
  for (const l of down(L).slice(1)) for (const k of neurons(l))
    add("BP2", "d", { l, j: k }, [`d${l}_${k}`, `e${l}_${k}`],
      [...neurons(l + 1).flatMap((j) => [`d${l + 1}_${j}`, `w${l + 1}_${j}_${k}`]), `s${l}_${k}`]);
  const biases = down(L).flatMap((l) => neurons(l).map((j) => ({ l, j })));
  const weights = biases.flatMap(({ l, j }) => neurons(l - 1).map((k) => ({ l, j, k })));
  for (const { l, j } of biases) add("BP3", "gb", { l, j }, [`gb${l}_${j}`], [`d${l}_${j}`]);
  for (const { l, j, k } of weights)
    add("BP4", "gw", { l, j, k }, [`gw${l}_${j}_${k}`], [`a${l - 1}_${k}`, `d${l}_${j}`]);
  for (const { l, j, k } of weights)
    add("update", "w", { l, j, k }, [`nw${l}_${j}_${k}`], [`w${l}_${j}_${k}`, "eta", `gw${l}_${j}_${k}`]);
  if (updateBiases) for (const { l, j } of biases)
    add("update", "b", { l, j }, [`nb${l}_${j}`], [`b${l}_${j}`, "eta", `gb${l}_${j}`]);
  pass("forward again", "n");
  add("cost again", "C", { l: L }, ["nC", "dC", "pC"], outputs("n"));
  return lines;
}

// All numbers by name; one that is beyond all bounds has none.
function valuesOf(s, net, updated, grad) {
  const values = {};
  const put = (name, v) => { if (Number.isFinite(v)) values[name] = v; };
  const entries = (letter, l, matrix) => matrix.forEach((row, j) => row.forEach((v, k) =>
    put(`${letter}${l}_${j + 1}_${k + 1}`, v)));
  const row = (letter, l, list) => list.forEach((v, j) => put(`${letter}${l}_${j + 1}`, v));
  const L = s.sizes.length - 1, K = s.y.length;
  for (const [n, { weights, biases, activations }] of [["", net], ["n", updated]]) {
    const { Z, A } = forward({ weights, biases, activations }, [s.x]);
    for (const l of range(L, 1)) {
      entries(`${n}p`, l, weights[l - 1].map((w) => w.map((v, k) => v * A[l - 1][0][k])));
      row(`${n}z`, l, Z[l - 1][0]);
      row(`${n}a`, l, A[l][0]);
      if (n) { entries("nw", l, weights[l - 1]); row("nb", l, biases[l - 1]); continue; }
      row("s", l, Z[l - 1][0].map(ACTIVATIONS[activations[l - 1]].df));
      row("d", l, grad.D[l - 1][0]);
      row("gb", l, grad.gb[l - 1]);
      entries("gw", l, grad.gW[l - 1]);
      row("e", l, A[l][0].map((a, k) => (l === L ? SLOPES[s.cost](a, s.y[k], K)
        : sum(weights[l].map((w, j) => w[k] * grad.D[l][0][j])))));
    }
    put(`${n}C`, costValue({ weights, biases, activations }, [s.x], [s.y], s.cost));
  }
  put("dC", values.nC - values.C);
  const moved = [grad.gW, s.update_biases ? grad.gb : []].flat(Infinity);
  put("pC", -s.eta * sum(moved.map((g) => g * g)));
  return values;
}

// (C(p + h) - C(p - h)) / 2h for each weight and bias, by name.
function differences(s, net) {
  const values = {}, C = () => costValue(net, [s.x], [s.y], s.cost);
  function slope(list, i) {
    const v = list[i];
    list[i] = v + H;
    const above = C();
    list[i] = v - H;
    const below = C();
    list[i] = v;
    return (above - below) / (2 * H);
  }
  net.weights.forEach((W, l) => W.forEach((row, j) => row.forEach((_, k) => {
    values[`qw${l + 1}_${j + 1}_${k + 1}`] = slope(row, k);
  })));
  net.biases.forEach((b, l) => b.forEach((_, j) => { values[`qb${l + 1}_${j + 1}`] = slope(b, j); }));
  return values;
}

// What a state makes: { lines, values, at: name -> the line that makes it, known(name), updated }.
export function record(s) {
  const net = netOf(s), grad = backprop(net, [s.x], [s.y], s.cost);
  const step = (values, g) => values.map((v, i) => v - s.eta * g[i]);
  const updated = {
    ...net, weights: net.weights.map((W, l) => W.map((row, j) => step(row, grad.gW[l][j]))),
    biases: s.update_biases ? net.biases.map((b, l) => step(b, grad.gb[l])) : net.biases,
  };
  const lines = linesOf(s.sizes, s.update_biases), at = {};
  lines.forEach(({ makes }, i) => makes.forEach((name) => { at[name] = i; }));
  const values = { ...valuesOf(s, net, updated, grad), ...(s.numerical ? differences(s, net) : {}) };
  // given, or made by one of the lines that are done; a finite difference comes with its gradient
  const known = (name) => {
    const line = at[name.replace(/^q/, "g")];
    return (line === undefined ? /^(w|b|y|eta|a0)/.test(name) : line < s.step) &&
      (name in values || line === undefined);
  };
  const gap = Math.max(0, ...Object.keys(values).filter((name) => name[0] === "q" && known(name))
    .map((name) => Math.abs(values[name] - values[name.replace("q", "g")])));
  return { lines, values, at, known, updated, gap, line: lines[s.step - 1] ?? null,
    stage: s.step ? lines[s.step - 1].part : "start" };
}
