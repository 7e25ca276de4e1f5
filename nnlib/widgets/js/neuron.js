// The Neuron: z = w·x + b, a = φ(z), as a diagram, a formula, the curve of φ and the map of its inputs.
import { ACTIVATIONS } from "./activations.js";
import { format } from "./format.js";
import { edge, node } from "./net.js";
import { axes, curve, heat, legend, lineInside, scales } from "./plot.js";
import { widen } from "./numbers.js";
import { widget } from "./shell.js";

const SUB = ["₁", "₂", "₃"];
const NAMES = {
  linear: "linear", step: "unit step", sign: "sign", "piecewise linear": "piece-wise linear",
  sigmoid: "logistic σ", tanh: "tanh", relu: "ReLU",
};
const DEFAULT = { w: [1.5, -2, 1], x: [1, 0.5, -1] };
const W_REFERENCE = 5;
const range = (n) => Array.from({ length: n }, (_, i) => i);
const parts = (f, n) => range(n).map((i) => f(i + 1));

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
    slope: { of: (r) => r.slope, label: "φ′(z)", title: "slope of the activation", result: true },
    turn: { of: (r) => r.turn, label: "−b/w₁", title: "switching point" },
  };
  w.forEach((_, i) => {
    const k = i + 1;
    all[`w${k}`] = { key: "w", i, min: -5, max: 5, step: 0.1, label: `w${SUB[i]}`, title: `weight of input ${k}` };
    all[`x${k}`] = { key: "x", i, min: -2, max: 2, step: 0.1, label: `x${SUB[i]}`, title: `input ${k}` };
    all[`p${k}`] = { of: (r) => r.products[i], label: `w${SUB[i]}x${SUB[i]}`, title: `share of input ${k}` };
  });
  return all;
}

const presets = [
  { name: "A worked example", set: { w: [0, 1], b: 4, x: [2, 3], activation: "sigmoid" },
    look: "z = 0·2 + 1·3 + 4 = 7 and a = 0.999. A weight of 0 makes its input count for nothing: move x₁." },
  { name: "Threshold 10", set: { w: [4, 3], b: -10, x: [2, 1], activation: "sigmoid" },
    look: "the neuron says yes only where 4x₁ + 3x₂ is more than 10. A threshold of 10 is a bias of minus 10: slide b and see the line move, without turning." },
  { name: "Almost a step", set: { w: [40], b: -20, x: [0.6], activation: "sigmoid" },
    look: "a large weight makes the logistic curve steep: now change φ to unit step. They differ only close to the switching point 0.5." },
  { name: "Far from 0", set: { w: [3, 2], b: 1, x: [1.5, 1.2], activation: "sigmoid", derivative: true },
    look: "z is large and the slope φ′(z) is almost 0. Change any weight a little: a hardly notices." },
];

function steps({ w, x, b, activation }, r) {
  const v = (value) => format(value), grid = (value) => format(value, { step: 0.1 });
  const wrap = (value) => (value < 0 ? `(${grid(value)})` : grid(value));
  return [
    ...w.map((value, i) => ({ lit: [`w${i + 1}`, `x${i + 1}`, `p${i + 1}`],
      say: `input ${i + 1} times its weight, ${grid(value)} · ${wrap(x[i])} = ${v(r.products[i])}` })),
    { lit: ["b", "z"], say: `add them up and add the bias: z = ${r.products.map(v).join(" + ").replaceAll("+ −", "− ")} ${b < 0 ? "−" : "+"} ${grid(Math.abs(b))} = ${v(r.z)}` },
    { lit: ["z", "a"], say: `the activation (${NAMES[activation]}) makes z = ${v(r.z)} into a = ${v(r.a)}` },
  ];
}

const summary = (s, r) => `z = ${format(r.z)}, output a = ${format(r.a)}`
  + (s.derivative ? `, slope ${format(r.slope)}.` : ".");

function lines({ w, activation, derivative }, r, narrow) {
  const n = w.length, { symbol } = r.phi;
  const letters = parts((k) => `<w${k}|w_${k}><x${k}|x_${k}>`, n).join(" + ");
  const filled = parts((k) => `${k > 1 ? `{(w${k})}` : `{w${k}}`}·{(x${k})}`, n).join(" + ");
  const sum = n < 3 && !narrow ? [` & = & ${filled} + {(b)} = {z}`] : [` & = & ${filled} + {(b)}`, " & = & {z}"];
  const slopes = { sigmoid: " a (1 − a) =", tanh: " 1 − a^2 =" };
  return [
    `<z|z> & = & ${letters} + <b|b>`, ...sum,
    `<a|a> & = & ${symbol}(<z|z>) = ${symbol}({z}) = {a}`,
    ...(derivative ? [`<slope|${symbol}′(z)> & = & ${slopes[activation] ?? ""} {slope}`] : []),
  ];
}

// ---- the diagram: inputs, weighted edges, the sum, the activation, the output ----
function diagram(pen, { width, height }, { w, b }, r) {
  const n = w.length, middle = (height - 40) / 2 + 4;
  const cell = { x: width * 0.6, y: middle, r: 34 }, out = { x: width - 32, y: middle, r: 25 };
  const bias = { x: cell.x, y: height - 8, r: 0 };
  edge(pen, "edge-b", bias, cell, b, W_REFERENCE, "b");
  label(pen, "b", "b", cell.x + 38, height - 14);
  w.forEach((weight, i) => {
    const from = { x: 50, y: n === 1 ? middle : 28 + (i * (2 * middle - 56)) / (n - 1), r: 22 };
    edge(pen, `edge${i}`, from, cell, weight, W_REFERENCE, `w${i + 1}`);
    node(pen, `x${i}`, { ...from, name: `x${i + 1}`, label: `x${SUB[i]}`, dx: -28, dy: 5, anchor: "end" });
    const at = 0.4, below = from.y > middle + 1;
    label(pen, `w${i}`, `w${i + 1}`, from.x + (cell.x - from.x) * at + (below ? 22 : 26),
      from.y + (cell.y - from.y) * at + (below ? 22 : -10));
  });
  pen.put("line", "out", { class: "nnb-wire", x1: cell.x + cell.r, x2: out.x - out.r, y1: middle, y2: middle });
  pen.put("text", "phi", { class: "nnb-label", x: (cell.x + cell.r + out.x - out.r) / 2, y: middle - 8, "text-anchor": "middle" }, r.phi.symbol);
  node(pen, "z", { ...cell, name: "z", label: "z", dy: -12, shift: 8 });
  node(pen, "a", { ...out, name: "a", label: "a", dy: -33 });
}

// "w₁ = 1.5" beside an edge, centred at x.
function label(pen, key, name, x, y) {
  const symbol = name.replace(/\d/, (k) => SUB[k - 1]);
  pen.put("text", `${key}-label`, { class: "nnb-label", x: x - 1, y, "text-anchor": "end", "data-link": name }, `${symbol} =`);
  pen.number(name, key, { x: x + 4, y });
}

// ---- the curve of φ with its point, and below it the sum that leads to z, on the same scale ----
function activationPlot(pen, { width }, { w, x, b, derivative }, r) {
  const { phi, z, a, slope, products } = r;
  const terms = [...products, b];
  let reach = Math.abs(z), sum = 0;
  const starts = terms.map((term) => { const from = sum; sum += term; reach = Math.max(reach, Math.abs(sum)); return from; });
  const top = widen([-6, 6], reach)[1];
  const [low, high] = phi.range ?? (phi.symbol === "ReLU" ? [-0.2 * top, top] : [-top, top]);
  const pad = phi.range ? 0.12 * (high - low) : 0;
  const plot = scales({ x: 40, y: 24, w: width - 56, h: 150 }, [-top, top], [low - pad, high + pad]);
  const { X, Y, box } = plot, bottom = box.y + box.h;
  axes(pen, "phi", plot, { x: "z", y: `φ = ${phi.symbol === "φ" ? "activation" : phi.symbol}`, yTicks: phi.range ? [...new Set([low, 0, (low + high) / 2, high])] : undefined });
  pen.put("line", "drop", { class: "nnb-guide nnb-result", x1: X(z), x2: X(z), y1: Y(a), y2: bottom + 44 + 15 * terms.length });
  if (derivative) curve(pen, "dphi", plot, phi.df, { class: "nnb-curve nnb-slope" }, [...phi.jumps, ...phi.kinks]);
  curve(pen, "curve", plot, phi.f, {}, phi.jumps);
  for (const at of phi.jumps) for (const side of [-1e-9, 1e-9])
    pen.put("circle", `open${side}`, { class: "nnb-open", cx: X(at), cy: Y(phi.f(at + side)), r: 4 });
  if (derivative) {
    const dx = 46 / Math.hypot(1, (slope * box.h * 2 * top) / (box.w * (high - low + 2 * pad)));
    const dz = (dx / box.w) * 2 * top;
    pen.put("text", "dphi-name", { class: "nnb-axis", x: X(top * 0.3), y: Y(phi.df(top * 0.3)) - 8 }, "φ′");
    pen.put("line", "tangent", { class: "nnb-tangent nnb-result", x1: X(z - dz), y1: Y(a - slope * dz), x2: X(z + dz), y2: Y(a + slope * dz), "data-link": "slope" });
    pen.put("circle", "slope-ring", { class: "nnb-ring nnb-result", cx: X(z), cy: Y(slope), r: 6, "data-link": "slope" });
    pen.put("circle", "slope-dot", { class: "nnb-dot nnb-result", cx: X(z), cy: Y(slope), r: 3, "data-link": "slope" });
  }
  pen.put("circle", "point", { class: "nnb-point nnb-result", cx: X(z), cy: Y(a), r: 7, "data-link": "z a" });
  terms.forEach((term, i) => {
    const y = bottom + 48 + 15 * i, name = i < w.length ? `p${i + 1} w${i + 1} x${i + 1}` : "b";
    pen.put("text", `tn${i}`, { class: "nnb-tick", x: box.x - 6, y: y + 4, "text-anchor": "end", "data-link": name }, i < w.length ? `w${SUB[i]}x${SUB[i]}` : "b");
    pen.put("line", `t${i}`, { class: "nnb-term nnb-result", "data-sign": term < 0 ? "neg" : "pos", "data-link": name, x1: X(starts[i]), x2: X(starts[i] + term), y1: y, y2: y });
    pen.put("circle", `te${i}`, { class: "nnb-end nnb-result", "data-sign": term < 0 ? "neg" : "pos", cx: X(starts[i] + term), cy: y, r: 3.5 });
  });
}

// ---- the map: a over the plane of x₁ and x₂, with the line where z = 0 and the arrow w ----
function inputMap(pen, { width }, { w, x, b }, { phi }) {
  const side = Math.min(width - 84, 250), reach = widen([-2, 2], Math.max(Math.abs(x[0]), Math.abs(x[1])))[1];
  const plot = scales({ x: 44 + (width - 84 - side) / 2, y: 24, w: side, h: side }, [-reach, reach], [-reach, reach]);
  const { X, Y, box } = plot, rest = b + (w.length > 2 ? w[2] * x[2] : 0);
  const scale = phi.range ?? [-5, 5];
  if (!pen.masked()) heat(pen, plot, (u, v) => phi.f(w[0] * u + w[1] * v + rest), scale);
  axes(pen, "map", plot, { x: "x₁", y: "x₂" });
  const line = lineInside(plot, w[0], w[1], rest);
  if (line) {
    const [[x1, y1], [x2, y2]] = line, length = Math.hypot(w[0], w[1]);
    pen.put("line", "line-out", { class: "nnb-line-out", x1, y1, x2, y2 });
    pen.put("line", "line", { class: "nnb-line", x1, y1, x2, y2, "data-link": "b" });
    const mx = (x1 + x2) / 2, my = (y1 + y2) / 2, ux = w[0] / length, uy = -w[1] / length;
    const ex = mx + 30 * ux, ey = my + 30 * uy;
    for (const part of ["nnb-arrow-out", "nnb-arrow"]) pen.put("path", part, { class: part, "data-link": "w1 w2",
      d: `M${mx} ${my}L${ex} ${ey}M${ex - 8 * ux - 5 * uy} ${ey - 8 * uy + 5 * ux}L${ex} ${ey}L${ex - 8 * ux + 5 * uy} ${ey - 8 * uy - 5 * ux}` });
  }
  pen.handle("point", plot, ["x1", "x2"]);
  legend(pen, "legend", { x: box.x + side / 2 - 40, y: box.y + side + 44, w: 110, name: "a", range: scale });
}

// ---- one input: the output along the number line of x₁, with the switching point −b/w ----
function inputLine(pen, { width }, { w, x, b }, { phi, a, turn }) {
  const reach = widen([-2, 2], Math.abs(x[0]))[1];
  const [low, high] = phi.range ?? [-6, 6], pad = 0.12 * (high - low);
  const plot = scales({ x: 40, y: 24, w: width - 56, h: 150 }, [-reach, reach], [low - pad, high + pad]);
  const { X, Y, box } = plot, bottom = box.y + box.h;
  axes(pen, "line", plot, { x: "x₁", y: "a" });
  curve(pen, "curve", plot, (v) => phi.f(w[0] * v + b), { class: "nnb-curve nnb-result" }, turn === null ? [] : phi.jumps.map(() => turn));
  if (turn !== null && Math.abs(turn) <= reach) {
    pen.put("line", "turn", { class: "nnb-guide", x1: X(turn), x2: X(turn), y1: box.y, y2: bottom });
    pen.put("path", "mark", { class: "nnb-mark", d: `M${X(turn)} ${bottom}l-7 12h14z`, "data-link": "turn" });
    pen.number("turn", "turn-value", { x: X(turn), y: box.y - 6, "text-anchor": "middle" });
  }
  const inside = Math.min(high + pad, Math.max(low - pad, a));
  pen.handle("point", plot, ["x1", null], { cy: pen.masked() ? Y(low) : Y(inside) });
}

function mapText({ w, x }, r) {
  if (w.every((v) => v === 0)) return "All weights are 0: z = b everywhere, and nothing switches.";
  if (w.length === 1) return `The switching point, where z = 0, is x₁ = −b/w₁ = ${format(r.turn)}.`;
  const slice = w.length === 3 ? ` This is the slice at x₃ = ${format(x[2], { step: 0.1 })}.` : "";
  return `On the line w·x + b = 0. The arrow is w: that way z grows.${slice}`;
}

function build(ui, { w }) {
  const n = w.length;
  const sliders = (letter) => parts((k) => ui.slider(`${letter}${k}`), n);
  const phi = ui.select("activation", "φ", NAMES);
  const inputs = ui.select("w", "inputs", { 1: "1", 2: "2", 3: "3" },
    (v) => Object.fromEntries(["w", "x"].map((key) => [key, DEFAULT[key].slice(0, Number(v))])), (s) => s.w.length);
  const derivative = ui.toggle("derivative", "show the slope φ′");
  const many = n === 3;
  const map = ui.picture({
    label: (s, r, masked) => (masked ? "map of the inputs" : `map of the output a over the inputs; a = ${format(r.a)} here`),
    height: (width) => (n === 1 ? 220 : 24 + Math.min(width - 84, 250) + 60),
    map: n > 1,
    draw: n === 1 ? inputLine : inputMap,
  });
  return {
    main: [
      ui.picture({ label: (s, r, masked) => `a neuron with ${n} inputs${masked ? "" : `: ${summary(s, r)}`}`, height: () => 108 + 46 * n, draw: diagram }),
      ui.formula(lines),
    ],
    controls: [...sliders("w"), ui.slider("b"), ...(many ? [] : sliders("x")), phi, ...(many ? [derivative] : [])],
    side: [
      ui.picture({ label: (s, r, masked) => (masked ? "the activation φ" : `the activation φ with the point z = ${format(r.z)}, a = ${format(r.a)}`),
        height: () => 24 + 150 + 48 + 15 * (n + 1), draw: activationPlot }),
      map, ui.caption(mapText),
    ],
    more: [...(many ? sliders("x") : [derivative]), inputs],
  };
}

const neuron = widget({
  python: "Neuron",
  title: "One neuron",
  state: ["w", "b", "x", "activation", "derivative"],
  check: ({ w, x, activation }) => w.length === x.length && w.length <= 3 && activation in ACTIVATIONS,
  shape: ({ w }) => w.length,
  compute, numbers, presets, steps, summary, build,
  predict: { number: "a", ask: "What will a be? Your guess:" },
  code: () => ["n.z, n.a, n.slope"],
});
export default neuron;
