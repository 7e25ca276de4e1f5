// Descent1D: gradient descent on a curve. The whole path follows every drag; the rates 1/C″ and
// 2/C″, at which steps begin to zig-zag and to explode, are marked on the slider.
import { ACTIVATIONS } from "./activations.js";
import { descend, explodesAfter, explosion, trail, within } from "./descent.js";
import { h } from "./dom.js";
import { format } from "./format.js";
import { widen } from "./numbers.js";
import { axes, curve, scales, tangent } from "./plot.js";
import { widget } from "./shell.js";

const EDGE = 4.4; // the picture shows w from −EDGE to EDGE, as in descent1d.py
const SHOWN = 4; // lines of the table before the last
const HALF = Math.sqrt(0.5);
const sigma = ACTIVATIONS.sigmoid.f;
const bottom = (w) => (w < 1 - HALF ? -2 : 1 + HALF); // of the two valleys

// C, its slope and its curvature in the valley where w lies: the same operations in the same order
// as in descent1d.py. The picture shows C up to `top` or more; `law`, `rule`: C and C′ as formulas.
const CURVES = {
  bowl: {
    name: "bowl", C: (k, w) => (k * w * w) / 2, slope: (k, w) => k * w, curvature: (k) => k, top: 9,
    law: "½·{k} w^2", rule: "{k} w", letter: "k",
  },
  "double well": {
    name: "two valleys", C: (k, w) => (k * ((w * w - 4) * (w * w - 4) + (w + 2) * (w + 2))) / 32,
    slope: (k, w) => (k * (w + 2) * (2 * w * (w - 2) + 1)) / 16,
    curvature: (k, w) => (k * (12 * bottom(w) * bottom(w) - 14)) / 32, top: 2,
    law: "[{k}]/[32] ( (w^2 − 4)^2 + (w + 2)^2 )", rule: "[{k}]/[16] (w + 2) (2 w (w − 2) + 1)",
    letter: "C″",
  },
  plateau: {
    name: "plateau", C: (k, w) => (k * (sigma(w) - 0.5) * (sigma(w) - 0.5)) / 2,
    slope: (k, w) => k * (sigma(w) - 0.5) * sigma(w) * (1 - sigma(w)), curvature: (k) => k / 16,
    top: 0.14, law: "½·{k} (σ(w) − ½)^2", rule: "{k} (σ(w) − ½) σ(w) (1 − σ(w))",
    letter: "C″",
  },
};

function compute({ C: name, k, w, eta, steps }) {
  const { C, slope, curvature } = CURVES[name];
  const path = descend((v) => [slope(k, v)], [w], eta, steps).map(([v]) => v);
  const costs = path.map((v) => C(k, v));
  const glide = 1 / curvature(k, w), cliff = 2 / curvature(k, w);
  return {
    C: (v) => C(k, v), path, costs, slopes: path.map((v) => slope(k, v)), glide, cliff,
    left: explodesAfter(path, costs, (v) => Math.abs(v) <= EDGE),
  };
}

function numbers({ C, k, w, steps }) {
  const { letter, curvature } = CURVES[C], bend = curvature(k, w);
  const all = {
    w: { key: "w", min: -4, max: 4, step: 0.1, label: "w", title: "start" },
    k: { key: "k", min: 0.25, max: 4, step: 0.25, label: "k", title: "steepness", marks: [] },
    eta: { key: "eta", min: 0.001, max: 10, log: true, label: "η", title: "learning rate",
      marks: [{ at: 1 / bend, label: `1/${letter}`, side: "left" },
        { at: 2 / bend, label: `2/${letter}`, side: "right" }] },
    steps: { key: "steps", min: 1, max: 50, step: 1, label: "steps", marks: [] },
    glide: { of: (r) => r.glide, label: `1/${letter}`, title: "zig-zag above it" },
    cliff: { of: (r) => r.cliff, label: `2/${letter}`, title: "explosion above it" },
  };
  for (let i = 0; i <= steps; i++) {
    const at = { title: `after step ${i}`, result: i > 0 };
    all[`slope${i}`] = { of: (r) => r.slopes[i], label: "C′(w)", ...at };
    all[`C${i}`] = { of: (r) => r.costs[i], label: "C", ...at };
    if (i) all[`w${i}`] = { of: (r) => r.path[i], label: "w", ...at };
  }
  return all;
}

const presets = [
  { name: "Glide, zig-zag, explode", set: { C: "bowl", k: 1, w: -3, eta: 0.3, steps: 20 },
    look: "it glides down. Slide η slowly to the right: at 1/k one step is enough, above it the steps "
      + "jump across, above 2/k each jump is longer than the last." },
  { name: "A steeper bowl", set: { C: "bowl", k: 4, w: -2, eta: 0.49, steps: 20 },
    look: "the bowl bends four times as much, and both marks have moved to a quarter. With η = 0.49 "
      + "it just holds. Predict what 0.51 does, then try." },
  { name: "Two valleys", set: { C: "double well", k: 1, w: 3, eta: 0.3, steps: 40 },
    look: "it settles in the higher valley and knows nothing of the other. Drag the start to the left "
      + "until it finds it. Does a larger η help from here?" },
  { name: "Flat ground", set: { C: "plateau", k: 1, w: -4, eta: 0.3, steps: 20 },
    look: "20 steps, and hardly a move: where the curve is flat a step has no length. Slide η up to "
      + "10: it creeps, and then it falls." },
];

const steps = ({ eta }, { path, slopes, costs }) => path.slice(1).map((next, i) => ({
  lit: [`p${i + 1}`, `w${i + 1}`],
  say: `the slope is ${format(slopes[i])}: w = ${format(path[i])} − ${format(eta)} · `
    + `${slopes[i] < 0 ? `(${format(slopes[i])})` : format(slopes[i])} = ${format(next)}, `
    + `and C = ${format(costs[i + 1])}`,
}));

const summary = (s, { path, costs, left }) =>
  `w = ${format(path[1])} after one step; it ${left === null
    ? `is at w = ${format(path.at(-1))}, C = ${format(costs.at(-1))} after ${path.length - 1} steps`
    : explosion(left)}.`;

const law = ({ C }) => [`C(w) & = & ${CURVES[C].law}`, `C′(w) & = & ${CURVES[C].rule}`,
  `[1]/[${CURVES[C].letter}] & = & {glide} "\u2003" [2]/[${CURVES[C].letter}] = {cliff}`];

// The first few steps with their numbers, one a line; then where it ends.
function table(s, { path }) {
  const last = path.length - 1;
  const line = (i) => `<p${i}|${i}> & {${i > 1 ? `w${i - 1}` : "w"}} − {eta}·{(slope${i - 1})} & = `
    + `& {w${i}}`;
  const shown = path.map((_, i) => i).filter((i) => i && i <= SHOWN).map(line);
  const end = last > SHOWN ? ["⋮", `<p${last}|${last}> & & w = & {w${last}}`] : [];
  return [`& w − η C′(w) & & "new\u2002" w`, ...shown, ...end, `& & C = & {C${last}}`];
}

// Both pictures share the scale of C.
const range = ({ C }, { costs }) => {
  const [, top] = widen([0, CURVES[C].top], costs[0]);
  return [-0.04 * top, top];
};

// The curve with the path on it: each step runs level as far as η C′ says, then drops to the curve.
function curvePlot(pen, { width }, s, r) {
  const plot = scales({ x: 46, y: 24, w: width - 60, h: 250 }, [-EDGE, EDGE], range(s, r));
  const { X, Y, box } = plot, places = r.path.map((w, i) => [X(w), Y(r.costs[i])]);
  axes(pen, "curve", plot, { x: "w", y: "C(w)" });
  curve(pen, "C", plot, r.C);
  const way = places.flatMap(([x, y], i) => (i ? [[x, places[i - 1][1]], [x, y]] : [[x, y]]));
  pen.put("path", "way", { class: "nnb-steps-way nnb-result", d: trail(box, way) });
  r.path.forEach((w, i) => {
    const attrs = i ? { class: "nnb-tangent nnb-if-lit nnb-result", "data-link": `p${i}` }
      : { class: "nnb-tangent", "data-link": "w slope0" };
    if (within(box)(places[i]))
      tangent(pen, `tangent${i}`, plot, w, r.costs[i], r.slopes[i], attrs);
  });
  const [from, level] = places[0], to = Math.max(box.x, Math.min(plot.right, places[1][0]));
  if (Math.abs(to - from) > 70)
    pen.put("text", "step", { class: "nnb-label nnb-halo nnb-small nnb-result", x: (from + to) / 2,
      y: level - 6, "text-anchor": "middle", "data-link": "eta slope0" }, "−η C′(w)");
  stops(pen, plot, places);
  pen.handle("w", { ...plot, x0: -4, x1: 4 }, ["w", null], { cy: places[0][1] });
}

function stops(pen, { box }, places) {
  places.forEach(([cx, cy], i) => {
    if (i && within(box)([cx, cy]))
      pen.put("circle", `p${i}`,
        { class: "nnb-stop nnb-result", cx, cy, r: 4.5, "data-link": `p${i}` });
  });
}

// C after each step.
function costPlot(pen, { width }, s, r) {
  const plot = scales({ x: 46, y: 24, w: width - 60, h: 250 }, [0, s.steps], range(s, r));
  const { X, Y, box } = plot, places = r.costs.map((C, i) => [X(i), Y(C)]);
  axes(pen, "cost", plot, { x: "step", y: "C after each step" });
  pen.put("path", "costs", { class: "nnb-curve nnb-result", d: trail(box, places) });
  stops(pen, plot, places);
  pen.put("circle", "first", { class: "nnb-point", cx: places[0][0], cy: places[0][1], r: 6,
    "data-link": "w" });
  if (r.left === null) return;
  pen.put("text", "explodes", { class: "nnb-label nnb-halo nnb-title nnb-result", x: plot.right - 8,
    y: box.y + 22, "text-anchor": "end" }, explosion(r.left));
}

// What the learning rate does here, in words.
function verdict({ C, k, eta, w }, { path, costs, left }, masked) {
  if (masked) return "";
  const q = eta * k, keep = format(Math.abs(1 - q)), end = path.at(-1);
  if (C === "bowl" && w) {
    if (q < 1) return `η < 1/k: it glides. Each step leaves ${keep} of the distance to the bottom.`;
    if (q === 1) return "η = 1/k: one step lands on the bottom.";
    if (q < 2) return `1/k < η < 2/k: it zig-zags. Each step crosses to the other side and leaves `
      + `${keep} of the distance.`;
    if (q === 2) return "η = 2/k: it swings to and fro for ever.";
    return `η > 2/k: it ${left === null ? "grows" : explosion(left)}. Each step makes the distance `
      + `${keep} times as large.`;
  }
  if (left !== null) return `It ${explosion(left)}: each jump lands where the curve is steeper still.`;
  const done = `After ${path.length - 1} steps w = ${format(end)} and C = ${format(costs.at(-1))}.`;
  if (C === "double well" && Math.abs(end - 1 - HALF) < 0.1)
    return `${done} It sits in the higher valley; the lower one, with C = 0, is at w = −2.`;
  if (C === "double well" && Math.abs(end + 2) < 0.1) return `${done} It has found the lower valley.`;
  if (C === "plateau" && Math.abs(end) > 2.5)
    return `${done} On the plateau the slope is almost 0, and so is each step.`;
  return done;
}

const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

function build(ui) {
  const names = Object.fromEntries(Object.entries(CURVES).map(([key, { name }]) => [key, name]));
  const picture = (what, draw) => ui.picture({ label: label(what), height: () => 310, draw });
  return {
    main: [
      picture("the curve with the path of descent", curvePlot),
      h("div", { class: "nnb-verdict" }, ui.caption(verdict)),
    ],
    controls: [ui.slider("eta"), ui.slider("w"), ui.slider("k"), ui.slider("steps"),
      ui.select("C", "C", names)],
    side: [
      picture("the cost after each step", costPlot),
      ui.formula(law), ui.formula(table),
    ],
  };
}

const descent1d = widget({
  python: "Descent1D",
  title: "Going downhill on a curve",
  state: ["C", "k", "w", "eta", "steps"],
  check: ({ C, k, w, eta, steps: n }) => Object.hasOwn(CURVES, C) && k >= 0.25 && k <= 4
    && Math.abs(w) <= 4 && eta >= 0.001 && eta <= 10 && Number.isInteger(n) && n >= 1 && n <= 50,
  shape: () => 0,
  compute, numbers, presets, steps, summary, build,
  predict: { number: "w1", ask: "What will w be after the first step? Your guess:" },
  code: () => ["n.path, n.costs"],
});
export default descent1d;
