// The Playground in words: what is shown, the way of one point through the network, and a program in
// nnlib that does the same.
import { format, sup, whole } from "./format.js";
import { phiOf } from "./playground_network.js";
import { MOST_EPOCHS, MOST_ROWS, rowsOf } from "./playground_run.js";

const plural = (n, what) => `${whole(n)} ${what}${n === 1 ? "" : "s"}`;
const percent = (part) => `${format(100 * part)} %`;
const rough = (n) => (n < 1e6 ? whole(n) : n < 1e9 ? `${format(n / 1e6)} million` : `${format(n / 1e9)} billion`);

export function summary(s, r) {
  const { train, test } = r.now;
  const held = test ? `; test loss ${format(test.cost)}, ${percent(test.right)} right` : "";
  return `Epoch ${whole(r.epochs)}: training loss ${format(train.cost)}, ${percent(train.right)} right${held}.`;
}

// Under the curves: what the run has cost, or why it does not go on.
export function told(s, r) {
  if (r.lost)
    return `In epoch ${r.epochs + 1} a weight passes a million: the run is lost. Make η smaller and start again.`;
  if (r.epochs >= MOST_EPOCHS) return `${whole(MOST_EPOCHS)} epochs are the most. Start again, or change something.`;
  if (r.rows.length >= MOST_ROWS)
    return "The record of this run is full: no more changes, only training as it is. Start again, or undo.";
  const work = `${plural(r.updates, "update")}, ${plural(r.samples, "example")} seen, `
    + `${rough(r.samples * r.net.multiplications)} multiplications`;
  return r.epochs ? `Epoch ${whole(r.epochs)}: ${work}.` : "Nothing is learned yet. Press play.";
}

const listed = (values) => values.map((v) => format(v)).join(", ");
const shown = (list) => (list.length > 4 ? `${listed(list.slice(0, 3))}, …, ${format(list.at(-1))}` : listed(list));
// The way of the inspected point through the network, a line for each layer.
export function steps(s, r) {
  const { a, z } = r.at, { net } = r, out = a[net.L];
  const lines = [{ lit: ["x1", "x2"], say: `the point is x₁ = ${format(s.x[0])}, x₂ = ${format(s.x[1])}` }];
  for (let l = 1; l <= net.L; l++) {
    const phi = phiOf(s, net, l), last = l === net.L, where = last ? "the output layer" : `layer ${l}`;
    const names = net.sizes.slice(l, l + 1).flatMap((n) => Array.from({ length: n }, (_, j) => `a${l}_${j + 1}`));
    lines.push({ lit: [], say: `${where} adds up: z${sup(l)} = ${shown(z[l])}` });
    lines.push({ lit: names, say: `${phi} makes it a${sup(l)} = ${shown(a[l])}` });
  }
  const k = net.K === 1 ? Number(out[0] > 0.5) : out.indexOf(Math.max(...out));
  const said = ["○ (orange)", "△ (blue)", "□ (yellow)"][k];
  lines.push({ lit: [`a${net.L}_1`], say: net.K === 1
    ? `a = ${format(out[0])} lies ${k ? "above" : "not above"} 0.5: the network says ${said}`
    : `the largest of the three says ${said}` });
  const over = r.now.test ? ["Q", "test ", r.now.test] : ["R", "", r.now.train];
  lines.push({ lit: [over[0]], say: `over all ${over[1]}points such an answer is right in ${percent(over[2].right)}` });
  return lines;
}

// Names of a record's changes for the ghost.
const WORDS = {
  data: (v) => `data "${v}"`, noise: (v) => `noise ${format(v)}`, n: (v) => `${v} points`,
  test: (v) => `${v} % held back`,
  sample: () => "other points", points: () => "other points", layers: (v) => `layers ${v.join("-") || "none"}`,
  cost: (v) => `the ${v} cost`, g: (v) => `g = ${format(v)}`, seed: (v) => `seed ${v}`, start: () => "another start",
  eta: (v) => `η = ${format(v)}`, m: (v) => `m = ${v}`, lam: (v) => `λ = ${format(v)}`,
};
const used = (s, rows) => {
  const last = rows.findLast((row) => row[0]);
  const phi = s.activations.slice(0, s.layers.length).join(", ");
  return { ...s, phi, ...(last && { eta: last[1], m: last[2], lam: last[3] }) };
};
// How the run before differs from this one: "grey: before, with η = 0.3".
export function ghostName(old, s, r) {
  if (!old) return "";
  const [a, b] = [used(old.s, old.rows), used(s, r.rows)];
  const list = Object.keys(WORDS).filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]))
    .map((key) => WORDS[key](a[key]));
  if (a.phi !== b.phi) list.push(a.phi || "no hidden layer");
  return `Grey: the run before${list.length ? `, with ${list.slice(0, 3).join(", ")}` : ", which was the same"}.`;
}

// ---- Copy Python ----
const name = (text) => text.replaceAll(" ", "_");
function pointLines(s) {
  if (s.data !== "own")
    return [`X, Y = points("${s.data}", ${s.n}, noise=${s.noise}, rng=${s.sample})`];
  const rows = Array.from({ length: s.points.length / 3 }, (_, i) => s.points.slice(3 * i, 3 * i + 3));
  const text = rows.map((row) => `[${row.join(", ")}]`).join(", ");
  const three = rows.some((row) => row[2] === 2);
  return [`rows = np.array([${text}])`, three ? "X, Y = rows[:, :2], np.eye(3)[rows[:, 2].astype(int)]"
    : "X, Y = rows[:, :2], rows[:, 2:]"];
}
function startLines(s, { net }) {
  const output = net.soft ? ", output=nnlib.softmax" : "";
  const lines = [`net = nnlib.Network([${net.sizes.join(", ")}]${output}, rng=${s.seed})`];
  const hidden = s.activations.slice(0, s.layers.length);
  if (hidden.length) lines.push(`net.activations[:-1] = [${hidden.map((phi) => `nnlib.${name(phi)}`).join(", ")}]`);
  if (s.start.length)
    for (const { l, W, b, n, k } of net.layers)
      lines.push(`net.weights[${l - 1}][:] = np.reshape([${s.start.slice(W, b).join(", ")}], (${n}, ${k}))`,
        `net.biases[${l - 1}][:] = [${s.start.slice(b, b + n).join(", ")}]`);
  else if (s.g !== 1) lines.push("for W in net.weights:", `    W *= ${s.g}`);
  return lines;
}
function rowLines([epochs, second, third, lam], { net }) {
  if (epochs)
    return [`for epoch in nnlib.train(net, data, cost=cost, epochs=${epochs}, batch_size=${third},`,
      `                         eta=${second}, lam=${lam}, rng=rng):`,
      "    pass"];
  const { l, W, b, k } = net.layers.findLast((layer) => layer.W <= second);
  const place = second < b ? `weights[${l - 1}][${Math.floor((second - W) / k)}, ${(second - W) % k}]`
    : `biases[${l - 1}][${second - b}]`;
  return [`net.${place} = ${third}  # by hand`];
}
// Lines of Python that make the same network without the widget.
export function program(s, r) {
  const cost = s.cost === "quadratic" ? "quadratic" : r.net.soft ? "softmax_cross_entropy" : "cross_entropy";
  return [
    "", "# the same network without the widget", "import numpy as np", "", "import nnlib",
    "from nnlib.data import points", "",
    ...pointLines(s),
    `test = np.arange(len(X)) * ${s.test} % 100 >= ${100 - s.test}`,
    ...startLines(s, r),
    `data, cost, rng = (X[~test], Y[~test]), nnlib.${cost}, np.random.default_rng(${s.seed})`,
    ...rowsOf(r.rows.flat()).flatMap((row) => rowLines(row, r)),
    "print(nnlib.evaluate(net, *data, cost))",
    ...(r.points.test.length ? ["print(nnlib.evaluate(net, X[test], Y[test], cost))"] : []),
  ];
}
