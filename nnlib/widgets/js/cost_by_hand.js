// CostByHand: one sigmoid neuron, its examples with the squares of their errors, and the cost of
// every w and b that has been tried, on a curve and on a map that is fog elsewhere.
import { ACTIVATIONS } from "./activations.js";
import { format } from "./format.js";
import { arrow, axes, curve, heat, legend, scales, tangent } from "./plot.js";
import { widget } from "./shell.js";

const MOST = 800; // numbers in the trace, as in cost_by_hand.py
const END = 4; // w and b lie between -END and END
const BRUSH = 0.36; // how far one sees in the fog, to each side
const GRID = Array.from({ length: 81 }, (_, i) => (i - 40) / 10);
const SUB = "₀₁₂₃₄₅₆₇₈₉";
const sub = (i) => [...String(i + 1)].map((d) => SUB[d]).join("");
const sigma = ACTIVATIONS.sigmoid.f;
const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

// The loss of one example, its slope by z, and the range of costs that map and curve show.
const COSTS = {
  quadratic: {
    loss: (z, y) => (sigma(z) - y) ** 2 / 2,
    error: (a, y) => (a - y) * a * (1 - a),
    range: [0, 0.2],
  },
  "cross-entropy": {
    loss: (z, y) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z,
    error: (a, y) => a - y,
    range: [0, 2],
  },
};

function costAt({ X, Y, cost }, w, b) {
  const { loss } = COSTS[cost];
  let sum = 0;
  for (let i = 0; i < X.length; i++) sum += loss(w * X[i] + b, Y[i]);
  return sum / X.length;
}

// All places so far, the present one last.
function places({ w, b, trace }) {
  const list = [];
  for (let i = 0; i + 1 < trace.length; i += 2) list.push([trace[i], trace[i + 1]]);
  const last = list.at(-1);
  return last && last[0] === w && last[1] === b ? list : [...list, [w, b]];
}

// The way between the places in steps of at most 0.1.
function walk(stops) {
  return stops.flatMap(([w, b], i) => {
    const [from, base] = stops[i - 1] ?? [w, b];
    const n = Math.max(1, Math.ceil(Math.hypot(w - from, b - base) / 0.1 - 1e-9));
    const point = (k) => [from + ((w - from) * k) / n, base + ((b - base) * k) / n];
    return Array.from({ length: n }, (_, k) => (k + 1 < n ? point(k + 1) : [w, b]));
  });
}

// The state after a change by hand: the trace goes on, and keeps only the turns.
function follow(next, before) {
  if (next.w === before.w && next.b === before.b) return next;
  const stops = places(before), here = stops.at(-1), past = stops.at(-2), now = [next.w, next.b];
  if (past) {
    const [u, v] = [here[0] - past[0], here[1] - past[1]];
    const [p, q] = [now[0] - here[0], now[1] - here[1]];
    if (Math.abs(u * q - v * p) < 1e-9 && u * p + v * q > 0) stops.pop();
  }
  return { ...next, trace: [...stops, now].flat().slice(-MOST) };
}

// Costs on the whole grid: they change with the examples, not with w and b.
let known = { key: "" };
function landscape(s) {
  const key = JSON.stringify([s.X, s.Y, s.cost]);
  if (known.key !== key) {
    const values = GRID.map((b) => GRID.map((w) => costAt(s, w, b)));
    known = { key, values, lowest: Math.min(...values.flat()) };
  }
  return known;
}

function compute(s) {
  const { X, Y, w, b, cost } = s, { loss, error } = COSTS[cost];
  const a = X.map((x) => sigma(w * x + b)), losses = X.map((x, i) => loss(w * x + b, Y[i]));
  const errors = a.map((v, i) => error(v, Y[i]));
  const stops = places(s), way = walk(stops).map(([u, v]) => ({ w: u, b: v, C: costAt(s, u, v) }));
  return {
    a, losses, C: mean(losses), stops, way,
    total: losses.reduce((sum, v) => sum + v, 0) * (cost === "quadratic" ? 2 : 1),
    dw: mean(errors.map((d, i) => d * X[i])), db: mean(errors),
    best: way.reduce((low, place) => (place.C < low.C ? place : low)),
    lowest: s.reveal ? landscape(s).lowest : null,
  };
}

function numbers({ X, Y }) {
  const knob = { min: -END, max: END, step: 0.1 };
  const all = {
    w: { ...knob, key: "w", label: "w", title: "weight" },
    b: { ...knob, key: "b", label: "b", title: "bias" },
    C: { of: (r) => r.C, label: "C", title: "cost", result: true },
    total: { of: (r) => r.total, label: "sum", title: "sum over the examples", result: true },
    dw: { of: (r) => r.dw, label: "∂C/∂w", title: "slope by w", result: true },
    db: { of: (r) => r.db, label: "∂C/∂b", title: "slope by b", result: true },
    best: { of: (r) => r.best.C, label: "best", title: "lowest so far", result: true },
    lowest: { of: (r) => r.lowest, label: "lowest", title: "lowest of the map", result: true },
  };
  const low = Math.min(0, ...X), high = Math.max(...X);
  X.forEach((_, i) => {
    const place = { i, min: low, max: high };
    all[`x${i}`] = { ...place, key: "X", step: 0.1, label: `x${sub(i)}`, title: `input ${i + 1}` };
    all[`y${i}`] = { i, key: "Y", min: 0, max: 1, step: 0.05, label: `y${sub(i)}`,
      title: `target ${i + 1}` };
  });
  return all;
}

const at = (w, b, more) => ({ w, b, trace: [w, b], ...more });
const presets = [
  { name: "Hunt blind", set: at(-3, 2, { slope: false, reveal: false, cost: "quadratic" }),
    look: "you know the cost only where you have been. Slide w to where C is lowest, then b, then "
      + "w again: how long a way until you are sure?" },
  { name: "Feel the slope", set: at(-3, 2, { slope: true, reveal: false, cost: "quadratic" }),
    look: "the arrow points downhill, and it is computed where you stand. Drag the yellow point "
      + "along it, again and again. Is the way shorter?" },
  { name: "Lift the fog", set: at(1, -1, { slope: true, reveal: true, cost: "quadratic" }),
    look: "a long valley: along it the cost hardly changes, across it the cost climbs. Drag an "
      + "example, and the whole valley moves." },
  { name: "Flat ground", set: at(-4, -4, { slope: true, reveal: false, cost: "quadratic" }),
    look: "every answer is almost 0 and C is large, yet both slopes are nearly 0: small moves tell "
      + "you nothing. Now choose the cross-entropy, and look at the slopes." },
];

function steps({ w, b, X, Y, cost }, { a, losses, C, total }) {
  const quadratic = cost === "quadratic", n = X.length;
  const loss = (i) => (quadratic
    ? `its loss is ½(${format(a[i])} − ${format(Y[i])})² = ${format(losses[i])}`
    : `its loss is −y ln a − (1 − y) ln(1 − a) = ${format(losses[i])}`);
  return [
    ...[0, 1].map((i) => ({ lit: [`x${i}`, `y${i}`],
      say: `example ${i + 1}: a = σ(w · ${format(X[i])} + b) = σ(${format(w * X[i] + b)}) = `
        + `${format(a[i])}, the target is ${format(Y[i])}; ${loss(i)}` })),
    { lit: [], say: `and so on, up to example ${n}` },
    { lit: ["total"],
      say: `the sum of all ${quadratic ? "(a − y)²" : "losses"} is ${format(total)}` },
    { lit: ["C", "total"],
      say: `divided by ${quadratic ? `2n = ${2 * n}` : `n = ${n}`}, the cost is C = ${format(C)}` },
  ];
}

const summary = ({ slope }, { C, dw, db, best }) =>
  `C = ${format(C)}, lowest so far ${format(best.C)}`
  + (slope ? `, slopes ${format(dw)} by w and ${format(db)} by b.` : ".");

function lines({ X, cost, slope, reveal }, r, narrow) {
  const n = X.length, [own, other] = ["y_i ln a_i", "(1 − y_i) ln (1 − a_i)"];
  const law = cost === "quadratic" ? ["[1]/[2 n] Σ_i (a_i − y_i)^2"]
    : narrow ? [`−[1]/[n] Σ_i ( ${own}`, `"\u2002" + ${other} )`]
      : [`−[1]/[n] Σ_i ( ${own} + ${other} )`];
  return [
    "a & = & σ({w} x + {(b)})",
    `<C|C> & = & ${law[0]}`, ...law.slice(1).map((line) => `& & ${line}`),
    `& = & [{total}]/[${cost === "quadratic" ? "2·" : ""}${n}] = {C}`,
    ...(slope ? ["[∂ C]/[∂ w] & = & {dw}", "[∂ C]/[∂ b] & = & {db}"] : []),
    '"lowest so far" & = & {best}',
    ...(reveal ? ['"lowest of the map" & = & {lowest}'] : []),
  ];
}

// ---- left: the examples, the neuron's answers, the squares of the errors; below, each loss ----
function dataPlot(pen, { width }, { X, Y, w, b, cost }, { a }) {
  const low = Math.min(0, ...X), high = Math.max(...X, low + 1), room = (high - low) * 0.06;
  const box = { x: 46, y: 24, w: width - 60, h: 230 };
  const plot = scales(box, [low - room, high + room], [-0.14, 1.14]);
  const { X: px, Y: py, right } = plot;
  axes(pen, "data", plot, { x: "x", y: "target y, answer a", yTicks: [0, 0.5, 1] });
  X.forEach((x, i) => {
    const sign = { "data-sign": a[i] < Y[i] ? "neg" : "pos", "data-link": `x${i} y${i}` };
    const left = px(x), top = py(a[i]), foot = py(Y[i]), side = Math.abs(top - foot);
    const far = left + side > right ? left - side : left + side;
    if (cost === "quadratic") {
      pen.put("path", `square${i}`, { ...sign, class: "nnb-square",
        d: `M${left} ${top}H${far}V${foot}H${left}Z` });
      pen.put("path", `half${i}`, { ...sign, class: "nnb-half",
        d: `M${left} ${top}V${foot}H${far}Z` });
    }
    pen.put("line", `gap${i}`,
      { ...sign, class: "nnb-gap", x1: left, x2: left, y1: top, y2: foot });
  });
  curve(pen, "answer", plot, (x) => sigma(w * x + b));
  X.forEach((x, i) => pen.handle(`point${i}`,
    { ...plot, x0: low, x1: high, y0: 0, y1: 1 }, [`x${i}`, `y${i}`],
    { class: "nnb-point nnb-handle nnb-example", r: 6 }));
}

function lossBars(pen, { width }, { X, Y, cost }, { losses, C }) {
  const top = Math.max(...losses, COSTS[cost].range[1] / 3) * 1.1;
  const plot = scales({ x: 46, y: 24, w: width - 60, h: 74 }, [0, X.length], [0, top]);
  const { Y: py, box, right, bottom } = plot, step = box.w / X.length;
  const bar = Math.min(34, step * 0.64);
  const order = X.map((_, i) => i).sort((i, j) => X[i] - X[j]);
  axes(pen, "loss", plot, { y: "losses; their mean is C", xTicks: [] });
  order.forEach((i, k) => pen.put("rect", `bar${i}`, { class: "nnb-bar nnb-result",
    "data-link": `x${i} y${i}`, x: box.x + (k + 0.5) * step - bar / 2, width: bar,
    y: py(losses[i]), height: Math.max(0, bottom - py(losses[i])) }));
  pen.put("line", "mean", { class: "nnb-mean nnb-result", "data-link": "C",
    x1: box.x, x2: right, y1: py(C), y2: py(C) });
}

// ---- right: the trace on C(w) and on the map ----
function slice(pen, { width }, s, { C, way, dw }) {
  const top = 1.15 * Math.max(COSTS[s.cost].range[1], ...way.map((place) => place.C));
  const plot = scales({ x: 46, y: 24, w: width - 60, h: 140 }, [-END, END], [0, top]);
  const { X, Y } = plot, line = { class: "nnb-curve nnb-whole nnb-result" };
  axes(pen, "slice", plot, { x: "w", y: "C on your way" });
  if (s.reveal) curve(pen, "whole", plot, (w) => costAt(s, w, s.b), line);
  const points = way.map((place) => `${X(place.w).toFixed(1)} ${Y(place.C).toFixed(1)}`);
  pen.put("path", "trail", { class: "nnb-trail nnb-result", d: `M${points.join("L")}` });
  if (s.slope) tangent(pen, "tangent", plot, s.w, C, dw, { "data-link": "dw" });
  pen.put("circle", "here", { class: "nnb-point nnb-result", "data-link": "C w", r: 7,
    cx: X(s.w), cy: Y(C) });
}

// The canvas keeps its colours only along the way: the rest is the fog behind it.
function fog({ canvas }, { box, X, Y }, stops) {
  const context = canvas.getContext("2d"), scale = canvas.width / box.w;
  context.globalCompositeOperation = "destination-in";
  Object.assign(context, { lineCap: "round", lineJoin: "round",
    lineWidth: 2 * BRUSH * (canvas.width / (2 * END)) });
  context.beginPath();
  const to = ([w, b]) => [(X(w) - box.x) * scale, (Y(b) - box.y) * scale];
  const [x, y] = to(stops[0]);
  context.moveTo(x - 0.01, y); // a dot, where the way is a single place
  for (const place of stops) context.lineTo(...to(place));
  context.stroke();
  context.globalCompositeOperation = "source-over";
}

function map(pen, { width }, s, { stops, dw, db, best }) {
  const side = Math.min(width - 60, 310), { range } = COSTS[s.cost];
  const box = { x: 46 + (width - 60 - side) / 2, y: 24, w: side, h: side };
  const plot = scales(box, [-END, END], [-END, END]), { X, Y } = plot;
  const cell = (v) => Math.max(0, Math.min(80, Math.round((v + END) * 10)));
  const { values } = landscape(s);
  heat(pen, plot, (w, b) => values[cell(b)][cell(w)], range);
  pen.canvas.className = "nnb-fog";
  if (!s.reveal) fog(pen, plot, stops);
  axes(pen, "map", plot, { x: "w", y: "b" });
  const points = stops.map(([w, b]) => `${X(w).toFixed(1)},${Y(b).toFixed(1)}`).join(" ");
  for (const part of ["nnb-way-edge", "nnb-way"])
    pen.put("polyline", part, { class: `${part} nnb-result`, points });
  pen.put("path", "best", { class: "nnb-best nnb-result", "data-link": "best",
    d: `M${X(best.w) - 6} ${Y(best.b)}h12m-6 -6v12` });
  if (s.slope && (dw || db))
    arrow(pen, "downhill", [X(s.w), Y(s.b)], [-dw, -db], 44,
      { class: "nnb-result", "data-link": "dw db" });
  pen.handle("here", plot, ["w", "b"]);
  legend(pen, "scale", { x: box.x + side / 2 - 40, y: box.y + side + 44, w: 110, name: "C", range,
    open: true });
}

function told(s, { stops, best }) {
  const length = stops.reduce((sum, [w, b], i) =>
    sum + (i ? Math.hypot(w - stops[i - 1][0], b - stops[i - 1][1]) : 0), 0);
  return `Your way is ${length.toFixed(1)} long. The lowest place on it (+): `
    + `w = ${format(best.w, { step: 0.1 })}, b = ${format(best.b, { step: 0.1 })}.`;
}

const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

function build(ui) {
  const costs = { quadratic: "quadratic", "cross-entropy": "cross-entropy" };
  return {
    main: [
      ui.picture({ label: label("the examples and the neuron's answers"), height: () => 288,
        draw: dataPlot }),
      ui.picture({ label: label("the losses"), height: () => 106, draw: lossBars }),
      ui.formula(lines),
    ],
    controls: [
      ui.slider("w"), ui.slider("b"), ui.select("cost", "cost", costs),
      ui.toggle("slope", "show the slope where you stand"), ui.toggle("reveal", "reveal all"),
    ],
    side: [
      ui.picture({ label: label("the cost on your way, over w"), height: () => 200, draw: slice }),
      ui.picture({ label: label("map of the cost over w and b, fog where you have not been"),
        height: (width) => 90 + Math.min(width - 60, 310), draw: map, map: true }),
      ui.caption(told),
    ],
  };
}

function check({ X, Y, w, b, cost, trace }) {
  const inside = (v) => Math.abs(v) <= END;
  return X.length === Y.length && X.length >= 4 && X.length <= 40
    && Y.every((y) => y >= 0 && y <= 1) && [w, b, ...trace].every(inside)
    && trace.length % 2 === 0 && trace.length <= MOST && Object.hasOwn(COSTS, cost);
}

const cost_by_hand = widget({
  python: "CostByHand",
  title: "Find the lowest cost by hand",
  state: ["X", "Y", "w", "b", "cost", "slope", "reveal", "trace"],
  shape: () => 0,
  check, compute, numbers, presets, steps, summary, build, follow,
  predict: { number: "C", ask: "What will C be? Your guess:" },
  code: () => ["n.C, n.gradient"],
});
export default cost_by_hand;
