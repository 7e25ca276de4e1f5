// The Neuron: z = w·x + b, a = φ(z), as a diagram, a formula, the curve of φ and the map of its inputs.
import { ACTIVATIONS } from "./activations.js";
import { format } from "./format.js";
import { edge, node, numberLabel } from "./net.js";
import { widen } from "./numbers.js";
import {
  axes, boundary, curve, heat, leaps, legend, scales, slopePoint, tangent,
} from "./plot.js";
import { widget } from "./shell.js";

const SUB = ["₁", "₂", "₃"];
const NAMES = {
  linear: "linear", step: "unit step", sign: "sign", "piecewise linear": "piece-wise linear",
  sigmoid: "logistic σ", tanh: "tanh", relu: "ReLU",
};
const DEFAULT = { w: [1.5, -2, 1], x: [1, 0.5, -1] };
const REFERENCE = 5; // the weight that is drawn with the widest edge
const parts = (n, f) => Array.from({ length: n }, (_, i) => f(i + 1));

function compute({ w, x, b, activation }) {
  const phi = ACTIVATIONS[activation];
  const products = w.map((v, i) => v * x[i]);
  const z = products.reduce((sum, v) => sum + v, 0) + b;
  return { phi, products, z, a: phi.f(z), slope: phi.df(z), turn: w[0] ? -b / w[0] : null };
}

function numbers({ w }) {
  const all = {
    b: { key: "b", min: -5, max: 5, step: 0.1, label: "b", title: "bias" },
    z: { of: (r) => r.z, label: "z", title: "weighted input", result: true },
    a: { of: (r) => r.a, label: "a", title: "output", result: true },
    slope: { of: (r) => r.slope, label: "φ′(z)", title: "slope of φ at z", result: true },
    turn: { of: (r) => r.turn, label: "−b/w₁", title: "switching point" },
  };
  w.forEach((_, i) => {
    const k = i + 1, change = { i, step: 0.1 };
    all[`w${k}`] = { ...change, key: "w", min: -5, max: 5, label: `w${SUB[i]}`, title: `weight ${k}` };
    all[`x${k}`] = { ...change, key: "x", min: -2, max: 2, label: `x${SUB[i]}`, title: `input ${k}` };
  });
  return all;
}

const presets = [
  { name: "A worked example", set: { w: [0, 1], b: 4, x: [2, 3] },
    look: "z = 0·2 + 1·3 + 4 = 7, so a = 0.999. A weight of 0 makes its input count for nothing: "
      + "move x₁ and see." },
  { name: "Threshold 10", set: { w: [4, 3], b: -10, x: [2, 1] },
    look: "z is positive only where 4x₁ + 3x₂ is more than 10: a threshold of 10 is a bias of "
      + "minus 10. Slide b: the line moves, and does not turn." },
  { name: "Almost a step", set: { w: [40], b: -20, x: [0.6] },
    look: "a large weight makes the logistic curve steep. Now choose the unit step as φ: the two "
      + "differ only close to the switching point 0.5." },
  { name: "Far from 0", set: { w: [3, 2], b: 1, x: [1.5, 1.2], derivative: true },
    look: "z is large, and the slope φ′(z) is almost 0. Change a weight a little: a hardly notices." },
];

function steps({ w, x, b, activation }, r) {
  const given = (v) => format(v, { step: 0.1 });
  const sum = [...r.products.map((v) => format(v)), given(b)].join(" + ").replaceAll("+ −", "− ");
  return [
    ...w.map((v, i) => ({
      lit: [`w${i + 1}`, `x${i + 1}`],
      say: `input ${i + 1} times its weight, ${given(v)} · ${x[i] < 0 ? `(${given(x[i])})` : given(x[i])}`
        + ` = ${format(r.products[i])}`,
    })),
    { lit: ["b", "z"], say: `add them up and add the bias: z = ${sum} = ${format(r.z)}` },
    { lit: ["z", "a"],
      say: `the activation (${NAMES[activation]}) makes z = ${format(r.z)} into a = ${format(r.a)}` },
  ];
}

const summary = ({ derivative }, { z, a, slope }) =>
  `z = ${format(z)}, output a = ${format(a)}${derivative ? `, slope ${format(slope)}` : ""}.`;

function lines({ w, activation, derivative }, { phi: { symbol } }, narrow) {
  const n = w.length, indent = '"\u2002"';
  const letters = parts(n, (k) => `<w${k}|w_${k}><x${k}|x_${k}>`).join(" + ");
  const terms = parts(n, (k) => `${k > 1 ? `{(w${k})}` : `{w${k}}`}·{(x${k})}`);
  const sum = [`${indent} = ${terms.slice(0, 2).join(" + ")}`];
  if (n === 3) sum.push(`${indent}${indent} + ${terms[2]}`);
  sum[sum.length - 1] += ` + {(b)}${n === 3 || narrow ? "" : " = {z}"}`;
  if (n === 3 || narrow) sum.push(`${indent} = {z}`);
  const slope = { sigmoid: "a (1 − a) =", tanh: "1 − a^2 =" }[activation] ?? "";
  return [
    `<z|z> = ${letters} + <b|b>`, ...sum,
    `<a|a> = ${symbol}(<z|z>) = ${symbol}({z}) = {a}`,
    ...(derivative ? [`<slope|${symbol}′(z)> = ${slope} {slope}`] : []),
  ];
}

// The diagram: inputs, weighted edges, the sum, the activation, the output.
function diagram(pen, { width, height }, { w, b }, { phi }) {
  const n = w.length, y = (height - 40) / 2 + 4, wide = width > 330;
  const cell = { x: width * (wide ? 0.6 : 0.57), y, r: wide ? 34 : 29 };
  const out = { x: width - (wide ? 32 : 25), y, r: 25 };
  edge(pen, "bias", { x: cell.x, y: height - 8, r: 0 }, cell, b, REFERENCE, "b");
  numberLabel(pen, "b", cell.x + 38, height - 14);
  w.forEach((weight, i) => {
    const from = { x: 50, y: n === 1 ? y : 28 + (i * (2 * y - 56)) / (n - 1), r: 22 };
    const level = Math.abs(from.y - y) < 1, below = from.y > y, name = `x${i + 1}`;
    const middle = (from.x + from.r + cell.x - cell.r) / 2;
    edge(pen, `edge${i}`, from, cell, weight, REFERENCE, `w${i + 1}`);
    node(pen, name, { ...from, name, label: `x${SUB[i]}`, dx: -28, dy: 5, anchor: "end" });
    numberLabel(pen, `w${i + 1}`, middle + (level ? 5 : 13),
      level ? y - 8 : 0.6 * from.y + 0.4 * cell.y + (below ? 22 : -10));
  });
  const [start, end] = [cell.x + cell.r, out.x - out.r];
  pen.put("line", "out", { class: "nnb-wire", x1: start, x2: end, y1: y, y2: y });
  pen.put("text", "phi", { class: "nnb-label", x: (start + end) / 2, y: y - 8, "text-anchor": "middle" },
    phi.symbol);
  node(pen, "z", { ...cell, name: "z", label: "z", dy: -12, shift: 8 });
  node(pen, "a", { ...out, name: "a", label: "a", dy: -33 });
}

// The curve of φ with its point; below it, on the same scale, the terms whose sum is z.
function activationPlot(pen, { width }, { w, b, derivative }, { phi, z, a, slope, products }) {
  const terms = [...products, b], sums = [0];
  for (const term of terms) sums.push(sums.at(-1) + term);
  const top = widen([-6, 6], Math.max(...sums.map(Math.abs)))[1];
  const [low, high] = phi.range ?? (phi.symbol === "ReLU" ? [-0.2 * top, top] : [-top, top]);
  const pad = phi.range ? 0.12 * (high - low) : 0;
  const plot = scales({ x: 40, y: 24, w: width - 56, h: 150 }, [-top, top], [low - pad, high + pad]);
  const { X, Y, bottom } = plot;
  const yTicks = phi.range ? [...new Set([low, 0, (low + high) / 2, high])] : undefined;
  axes(pen, "axes", plot, { x: "z", y: `a = ${phi.symbol}(z)`, yTicks });
  pen.put("line", "drop", { class: "nnb-guide nnb-result",
    x1: X(z), x2: X(z), y1: Y(a), y2: bottom + 44 + 15 * terms.length });
  if (derivative)
    curve(pen, "dphi", plot, phi.df, { class: "nnb-curve nnb-slope" }, [...phi.jumps, ...phi.kinks]);
  curve(pen, "curve", plot, phi.f, {}, phi.jumps);
  leaps(pen, "leap", plot, phi.f, phi.jumps);
  if (derivative) {
    const at = phi.range ? 0.3 * top : -0.3 * top; // where the two curves are apart
    pen.put("text", "dphi-name", { class: "nnb-axis", x: X(at), y: Y(phi.df(at)) - 8 }, "φ′");
    tangent(pen, "tangent", plot, z, a, slope, { "data-link": "slope" });
    slopePoint(pen, "slope", plot, z, slope, "slope");
  }
  pen.put("circle", "point",
    { class: "nnb-point nnb-result", cx: X(z), cy: Y(a), r: 7, "data-link": "z a" });
  terms.forEach((term, i) => {
    const y = bottom + 48 + 15 * i, link = i < w.length ? `w${i + 1} x${i + 1}` : "b";
    const mark = { "data-sign": term < 0 ? "neg" : "pos", "data-link": link };
    pen.put("text", `term${i}`, { class: "nnb-tick", x: 34, y: y + 4, "text-anchor": "end",
      "data-link": link }, i < w.length ? `w${SUB[i]}x${SUB[i]}` : "b");
    pen.put("line", `bar${i}`, { class: "nnb-term nnb-result", ...mark,
      x1: X(sums[i]), x2: X(sums[i + 1]), y1: y, y2: y });
    pen.put("circle", `end${i}`, { class: "nnb-end nnb-result", ...mark,
      cx: X(sums[i + 1]), cy: y, r: 3.5 });
  });
}

// Two or three inputs: a over the plane of x₁ and x₂, with the line where z = 0 and the arrow w.
function inputMap(pen, { width }, { w, x, b }, { phi }) {
  const side = Math.min(width - 84, 250), left = 44 + (width - 84 - side) / 2;
  const reach = widen([-2, 2], Math.max(Math.abs(x[0]), Math.abs(x[1])))[1];
  const plot = scales({ x: left, y: 24, w: side, h: side }, [-reach, reach], [-reach, reach]);
  const rest = b + (w.length > 2 ? w[2] * x[2] : 0);
  const range = phi.range ?? (phi.symbol === "ReLU" ? [0, 5] : [-5, 5]);
  if (!pen.masked()) heat(pen, plot, (u, v) => phi.f(w[0] * u + w[1] * v + rest), range);
  axes(pen, "axes", plot, { x: "x₁", y: "x₂" });
  boundary(pen, "line", plot, w, rest, { line: "b", arrow: "w1 w2" });
  pen.handle("point", plot, ["x1", "x2"]);
  legend(pen, "legend",
    { x: left + side / 2 - 40, y: plot.bottom + 44, w: 110, name: "a", range, open: !phi.range });
}

// One input: the output along the number line of x₁, with the switching point −b/w₁.
function inputLine(pen, { width }, { w, x, b }, { phi, a, turn }) {
  const reach = widen([-2, 2], Math.abs(x[0]))[1];
  const [low, high] = phi.range ?? [-6, 6], pad = 0.12 * (high - low);
  const plot = scales({ x: 40, y: 24, w: width - 56, h: 150 }, [-reach, reach], [low - pad, high + pad]);
  const { X, Y, box, bottom, y0, y1 } = plot, turns = turn !== null && Math.abs(turn) <= reach;
  axes(pen, "axes", plot, { x: "x₁", y: "a" });
  curve(pen, "curve", plot, (v) => phi.f(w[0] * v + b), { class: "nnb-curve nnb-result" },
    turns ? phi.jumps.map(() => turn) : []);
  if (turns) {
    const at = X(turn);
    pen.put("line", "turn", { class: "nnb-guide", x1: at, x2: at, y1: box.y, y2: bottom });
    pen.put("path", "mark", { class: "nnb-mark", d: `M${at} ${bottom}l-7 12h14z`, "data-link": "turn" });
    pen.number("turn", "turn-value", { x: at, y: box.y - 6, "text-anchor": "middle" });
  }
  pen.handle("point", plot, ["x1", null],
    { cy: pen.masked() ? bottom : Y(Math.min(y1, Math.max(y0, a))) });
}

function mapText({ w, x }, { turn }) {
  if (w.every((v) => v === 0)) return "All weights are 0: z = b everywhere, and nothing switches.";
  if (w.length === 1) return `The switching point, where z = 0, is x₁ = −b/w₁ = ${format(turn)}.`;
  const slice = w.length === 3 ? ` This is the slice at x₃ = ${format(x[2], { step: 0.1 })}.` : "";
  return `On the line w·x + b = 0. The arrow is w: that way z grows.${slice}`;
}

function build(ui, { w }) {
  const n = w.length, many = n === 3;
  const sliders = (letter) => parts(n, (k) => ui.slider(`${letter}${k}`));
  const label = (text) => (s, r, masked) => (masked ? text : `${text}: ${summary(s, r)}`);
  const derivative = ui.toggle("derivative", "show the slope φ′");
  const inputs = ui.select("w", "inputs", { 1: "1", 2: "2", 3: "3" },
    (v) => ({ w: DEFAULT.w.slice(0, v), x: DEFAULT.x.slice(0, v) }), (s) => s.w.length);
  return {
    main: [
      ui.picture({ label: label("the neuron"), height: () => 108 + 46 * n, draw: diagram }),
      ui.formula(lines),
    ],
    controls: [
      ...sliders("w"), ui.slider("b"), ...(many ? [] : sliders("x")),
      ui.select("activation", "φ", NAMES), ...(many ? [derivative] : []),
    ],
    side: [
      ui.picture({ label: label("the activation"), height: () => 237 + 15 * n, draw: activationPlot }),
      n === 1
        ? ui.picture({ label: label("the output over the input"), height: () => 220, draw: inputLine })
        : ui.picture({ label: label("map of the output over the inputs"), draw: inputMap, map: true,
          height: (width) => 84 + Math.min(width - 84, 250) }),
      ui.caption(mapText),
    ],
    more: [...(many ? sliders("x") : [derivative]), inputs],
  };
}

const neuron = widget({
  python: "Neuron",
  title: "One neuron",
  state: ["w", "b", "x", "activation", "derivative"],
  check: ({ w, x, activation }) =>
    w.length === x.length && w.length <= 3 && Object.hasOwn(ACTIVATIONS, activation),
  shape: ({ w }) => w.length,
  compute, numbers, presets, steps, summary, build,
  predict: { number: "a", ask: "What will a be? Your guess:" },
  code: () => ["n.z, n.a, n.slope"],
});
export default neuron;
