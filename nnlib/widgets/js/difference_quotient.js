// The DifferenceQuotient: a curve with its secant and tangent, the same under a magnifier, the
// formula, and the error against h. All values are float64, with their rounding.
import { exp, sin } from "./exact.js";
import { format, tenTo } from "./format.js";
import { widen } from "./numbers.js";
import { axes, curve, lineInside, lineName, scales } from "./plot.js";
import { widget } from "./shell.js";

const sigmoid = (x) => {
  const e = exp(-Math.abs(x));
  return (x >= 0 ? 1 : e) / (1 + e);
};
const inner = (x) => 3 * x + 2 * x * x;

// The same operations in the same order as in difference_quotient.py. `range` is the least that the
// plot shows, `slope` is the rule for f′ in the notation of formula.js.
const FUNCTIONS = {
  "x^2": { name: "x²", f: (x) => x * x, df: (x) => 2 * x, range: [-1, 7], slope: "2 x" },
  "x^3": { name: "x³", f: (x) => x * x * x, df: (x) => 3 * x * x, range: [-9, 9], slope: "3 x^2" },
  sin: { name: "sin x", f: sin, df: Math.cos, range: [-1.6, 1.6], slope: "cos x" },
  exp: { name: "eˣ", f: exp, df: exp, range: [-1, 9], slope: "e^x" },
  sigmoid: { name: "σ(x), logistic", f: sigmoid, df: (x) => sigmoid(x) * (1 - sigmoid(x)),
    range: [-0.2, 1.2], slope: "σ(x) (1 − σ(x))" },
  "(3x+2x^2)^2": { name: "(3x + 2x²)²", f: (x) => inner(x) * inner(x),
    df: (x) => 2 * inner(x) * (3 + 4 * x), range: [-6, 42],
    slope: "2 (3 x + 2 x^2) (3 + 4 x)" },
};
const ZERO = -17.3; // where the error plot, whose axis is a logarithm, shows an error of exactly 0
const HS = Array.from({ length: 161 }, (_, k) => Number((10 ** (k / 10 - 16)).toPrecision(2)));

const quotient = ({ f }, x, h, central) =>
  (central ? (f(x + h) - f(x - h)) / (2 * h) : (f(x + h) - f(x)) / h);

function compute({ f, x, h, central }) {
  const chosen = FUNCTIONS[f], exact = chosen.df(x);
  const above = chosen.f(x + h), below = chosen.f(central ? x - h : x);
  const q = quotient(chosen, x, h, central);
  const errors = (both) => HS.map((step) => Math.abs(quotient(chosen, x, step, both) - exact));
  return {
    chosen, exact, above, below, q, middle: chosen.f(x), rise: above - below,
    error: Math.abs(q - exact), errors: [errors(false), errors(true)],
  };
}

function numbers({ central }) {
  const low = central ? "f(x − h)" : "f(x)";
  return {
    x: { key: "x", min: -3, max: 3, step: 0.1, label: "x", title: "place on the curve" },
    h: { key: "h", min: 1e-16, max: 1, log: true, digits: 2, label: "h", title: "step" },
    above: { of: (r) => r.above, digits: 17, label: "f(x + h)", title: "value a step on" },
    below: { of: (r) => r.below, digits: 17, label: low, title: "the other value" },
    rise: { of: (r) => r.rise, label: "rise", title: "difference of the values", result: true },
    q: { of: (r) => r.q, digits: 10, label: "quotient", title: "quotient", result: true },
    exact: { of: (r) => r.exact, digits: 10, label: "f′(x)", title: "exact slope", result: true },
    error: { of: (r) => r.error, label: "error", title: "error", result: true },
  };
}

const presets = [
  { name: "Shrink the step", set: { f: "x^2", x: 1, h: 1, central: false },
    look: "the quotient of x² at 1 is 2 + h. Drag the white point to the yellow one: 3, 2.5, 2.1 … "
      + "The secant turns into the tangent, whose slope is 2." },
  { name: "Both sides", set: { f: "x^3", x: 1, h: 0.5, central: true },
    look: "the error is 0.25; to one side it is 1.75. Halve h: to both sides the error falls to a "
      + "quarter, to one side only to about half." },
  { name: "Too small", set: { f: "sigmoid", x: 0, h: 1e-15, central: false },
    look: "the quotient says 0.222, the slope is 0.25. The magnifier shows why: so close, float64 "
      + "knows the curve only in stairs." },
  { name: "The best step", set: { f: "sin", x: 1, h: 1e-3, central: false },
    look: "slide h down: first the error shrinks with h, then rounding takes over. Where is it "
      + "smallest? And where with steps to both sides?" },
];

const precise = (v) => format(v, { significant: 17 });

function steps({ h, central }, r) {
  return [
    { lit: ["above", "x", "h"], say: `one step on: f(x + h) = ${precise(r.above)}` },
    { lit: ["below", "x"],
      say: `${central ? "one step back: f(x − h)" : "no step: f(x)"} = ${precise(r.below)}` },
    { lit: ["rise"], say: `the rise is their difference, ${format(r.rise)}` },
    { lit: ["q", "rise", "h"],
      say: `divide by the run, ${central ? "2h" : "h"} = ${format(central ? 2 * h : h)}: `
        + `the quotient is ${format(r.q)}` },
    { lit: ["error", "exact", "q"],
      say: `the exact slope is ${format(r.exact)}, so the quotient is off by ${format(r.error)}` },
  ];
}

const summary = ({ h }, { q, exact, error }) =>
  `h = ${format(h)}: quotient ${format(q)}, exact slope ${format(exact)}, error ${format(error)}.`;

const LAW = ["<exact|f′(x)> ≈ [f(x + <h|h>) − f(x)]/[<h|h>]"];
const CENTRAL_LAW = ["<exact|f′(x)> ≈ [f(x + <h|h>) − f(x − <h|h>)]/[2 <h|h>]"];

function lines({ central }, { chosen }, narrow) {
  const low = narrow ? (central ? "x − h" : "x") : central ? "{(x)} − {h}" : "{x}";
  const own = narrow && chosen.slope.length > 15; // the rule for the slope fills a line
  return [
    `<above|f(${narrow ? "x + h" : "{x} + {h}"})> & = & {above}`,
    `<below|f(${low})> & = & {below}`,
    `<q|"quotient"> & = & [{rise}]/[${central ? "2·" : ""}{h}] = {q}`,
    `<exact|f′(x)> & = & ${chosen.slope}${own ? "" : " = {exact}"}`,
    ...(own ? ["& = & {exact}"] : []),
    '<error|"error"> & = & {error}',
  ];
}

// The line through (x, y) with a slope, across the whole plot.
function through(pen, key, plot, [x, y], slope, attrs) {
  const ends = lineInside(plot, slope, -1, y - slope * x);
  if (!ends) return;
  const [[x1, y1], [x2, y2]] = ends;
  for (const part of [].concat(attrs.class))
    pen.put("line", `${key}-${part}`, { ...attrs, class: `${part} nnb-result`, x1, y1, x2, y2 });
}
const SECANT = { class: ["nnb-secant-edge", "nnb-secant"], "data-link": "q" };
const TANGENT = { class: "nnb-exact", "data-link": "exact" };
const dot = (pen, key, x, y, attrs) =>
  pen.put("circle", key, { class: "nnb-point", cx: x, cy: y, r: 6, ...attrs });

// The curve with both lines; the two points can be dragged.
function curvePlot(pen, { width }, { x, h, central }, r) {
  const range = [r.middle, r.above, r.below].reduce(widen, r.chosen.range);
  const plot = scales({ x: 46, y: 24, w: width - 60, h: 210 }, [-3.2, 4.2], range);
  const { X, Y } = plot, start = central ? x - h : x;
  axes(pen, "curve", plot, { x: "x", y: "f(x)" });
  lineName(pen, "secant", plot.right - 86, 14, "secant", { class: "nnb-secant" });
  lineName(pen, "tangent", plot.right, 14, "tangent", TANGENT);
  curve(pen, "f", plot, r.chosen.f);
  through(pen, "secant", plot, [start, r.below], r.q, SECANT);
  through(pen, "tangent", plot, [x, r.middle], r.exact, TANGENT);
  const run = X(x + h) - X(start);
  if (run > 12) {
    const side = r.rise < 0 ? -8 : 18;
    pen.put("path", "triangle", { class: "nnb-run",
      d: `M${X(start)} ${Y(r.below)}H${X(x + h)}V${Y(r.above)}` });
    pen.put("text", "run", { class: "nnb-label nnb-halo", x: X(start) + run / 2,
      y: Y(r.below) + side, "text-anchor": "middle", "data-link": "h" }, central ? "2h" : "h");
  }
  if (central) dot(pen, "back", X(start), Y(r.below), { class: "nnb-point nnb-second" });
  const step = { ...plot, X: (v) => X(x + v), x: (px) => Math.max(0.01, plot.x(px) - x) };
  pen.handle("h", { ...step, x0: 1e-16, x1: 1 }, ["h", null],
    { cy: Y(r.above), class: "nnb-point nnb-handle nnb-second" });
  pen.handle("x", { ...plot, x0: -3, x1: 3 }, ["x", null], { cy: Y(r.middle) });
}

// The same around x, magnified until h is one unit wide, as float64 has it.
function magnifier(pen, { width }, { x, h, central }, { chosen, middle, exact, q, above, below }) {
  const grown = (u) => (chosen.f(x + u * h) - middle) / h;
  const steep = Math.max(0.3, 1.7 * Math.abs(exact));
  const ends = [above, below].map((v) => (v - middle) / h);
  const range = ends.reduce(widen, [-steep, steep]);
  const plot = scales({ x: 46, y: 24, w: width - 60, h: 140 }, [-1.6, 1.6], range), { X, Y } = plot;
  axes(pen, "near", plot,
    { x: "steps of h from x", y: `near x, magnified ${format(1 / h)} times`, xTicks: [-1, 0, 1] });
  const start = central ? -1 : 0, [to, from] = ends;
  through(pen, "secant", plot, [start, from], q, SECANT);
  through(pen, "tangent", plot, [0, 0], exact, TANGENT);
  curve(pen, "f", plot, grown);
  if (central) dot(pen, "back", X(-1), Y(from), { class: "nnb-point nnb-second nnb-result" });
  dot(pen, "second", X(1), Y(to), { class: "nnb-point nnb-second nnb-result", "data-link": "h" });
  dot(pen, "x", X(0), Y(0), { "data-link": "x" });
}

const powerOf = (v) => (v === ZERO ? "0" : tenTo(v));
const depth = (error) => (error ? Math.log10(error) : ZERO);

// The error of every h, one-sided and central, on logarithmic axes; the present one is marked.
function errorPlot(pen, { width }, { h, central }, { errors, error }) {
  const plot = scales({ x: 46, y: 24, w: width - 60, h: 250 }, [-16, 0], [ZERO - 0.7, 3]);
  const { X, Y, box, right, bottom } = plot, now = X(Math.log10(h));
  axes(pen, "error", plot, { x: "h", y: "error", text: powerOf,
    xTicks: [-16, -12, -8, -4, 0], yTicks: [ZERO, -12, -8, -4, 0] });
  pen.put("line", "now",
    { class: "nnb-guide", x1: now, x2: now, y1: box.y, y2: bottom, "data-link": "h" });
  for (const [name, both, end] of [["one side", false, right - 112], ["both sides", true, right]]) {
    const line = { class: "nnb-curve nnb-measured", "data-other": both === central ? null : "" };
    lineName(pen, name, end, 14, name, line);
    const points = errors[Number(both)].map((e, k) =>
      ({ e, cx: X(Math.log10(HS[k])).toFixed(1), cy: Y(depth(e)).toFixed(1) }));
    const d = points.map(({ e, cx, cy }, k) =>
      (e ? `${points[k - 1]?.e ? "L" : "M"}${cx} ${cy}` : "")).join("");
    pen.put("path", name, { ...line, class: `${line.class} nnb-result`, d });
    if (both === central) for (const { e, cx, cy } of points)
      if (!e) pen.put("circle", `zero${cx}`, { class: "nnb-zero nnb-result", cx, cy, r: 2.5 });
  }
  const note = (key, x, anchor, words) => words.forEach((text, i) => pen.put("text", `${key}${i}`,
    { class: "nnb-tick nnb-halo", x: X(x), y: Y(-13.4) + 15 * i, "text-anchor": anchor }, text));
  note("small", -15.7, "start", ["h too small:", "rounding"]);
  note("large", -0.3, "end", ["h too large:", "the curve bends"]);
  const marked = { ...plot, X: (v) => X(Math.log10(v)), x: (px) => 10 ** plot.x(px) };
  pen.handle("mark", { ...marked, x0: 1e-16, x1: 1 }, ["h", null],
    { cy: Y(depth(error)), class: "nnb-point nnb-handle nnb-result" });
}

function digitsLeft({ x, h, central }, { above, below, rise }) {
  if (x + h === x) return "In float64 x + h is x itself: the step has no length any more.";
  if (!rise) return "In float64 the two values are the same number: their difference is 0.";
  const lost = Math.floor(Math.log10(Math.max(Math.abs(above), Math.abs(below)) / Math.abs(rise)));
  const pair = central ? "f(x + h) and f(x − h)" : "f(x + h) and f(x)";
  if (lost < 1) return `${pair} differ from the first digit on.`;
  return `${pair} agree to about ${lost} of 16 digits. Left for their difference: about `
    + `${Math.max(0, 16 - lost)}.`;
}

const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

function build(ui) {
  const names = Object.entries(FUNCTIONS).map(([key, { name }]) => [key, name]);
  const picture = (what, tall, draw) =>
    ui.picture({ label: label(what), height: () => tall, draw });
  return {
    main: [
      picture("the curve with secant and tangent", 272, curvePlot),
      ui.formula(({ central }) => (central ? CENTRAL_LAW : LAW)),
      ui.formula(lines),
    ],
    controls: [
      ui.select("f", "f(x)", Object.fromEntries(names)), ui.slider("x"), ui.slider("h"),
      ui.toggle("central", "step to both sides (central)"),
    ],
    side: [
      picture("the curve around x, magnified", 204, magnifier),
      picture("the error against h", 312, errorPlot),
      ui.caption(digitsLeft),
    ],
  };
}

const difference_quotient = widget({
  python: "DifferenceQuotient",
  title: "A slope from two points",
  state: ["f", "x", "h", "central"],
  check: ({ f, x, h }) =>
    Object.hasOwn(FUNCTIONS, f) && Math.abs(x) <= 3 && h >= 1e-16 && h <= 1,
  shape: () => 0,
  compute, numbers, presets, steps, summary, build,
  predict: { number: "q", ask: "What will the quotient be? Your guess:" },
  code: () => ["n.quotient, n.exact, n.error"],
});
export default difference_quotient;
