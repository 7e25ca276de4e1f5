// Descent2D: gradient descent on a map of contours, with momentum. The whole path follows every drag;
// the best rate and the one that explodes are marked on the slider.
import {
  contours, descend, dots, explodesAfter, explosion, sampled, trail, within,
} from "./descent.js";
import { h } from "./dom.js";
import { format, tenTo } from "./format.js";
import { arrow, axes, heat, lineName, scales } from "./plot.js";
import { widget } from "./shell.js";

const REACH = 4; // the largest start
const WELLS = [-1, (1 + Math.sqrt(0.5)) / 2], HILL = (1 - Math.sqrt(0.5)) / 2;
const BOX = [-2, 2, -2, 2]; // what the picture shows of w₁ and w₂
const LEVELS = Array.from({ length: 13 }, (_, i) => 0.06 * 2 ** i);
const DECADES = [-12, 3]; // of the cost plot

// C, its gradient, the Hessian in the valley where w lies: the same operations in the same order as
// in descent2d.py. `lows` are the bottoms, `law` is C as lines of a formula, `start` shows what is
// special here.
const LANDSCAPES = {
  bowl: {
    name: "bowl", law: ["½ (w_1^2 + {kappa} w_2^2)"], view: BOX, lows: [[0, 0]],
    C: (kappa, w1, w2) => (w1 * w1 + kappa * w2 * w2) / 2,
    gradient: (kappa, w1, w2) => [w1, kappa * w2],
    hessian: (kappa) => [1, 0, kappa], start: { w: [-1.8, 1.2], eta: 0.18 },
  },
  Rosenbrock: {
    name: "bent valley (Rosenbrock)", law: ["(1 − w_1)^2 + {kappa} (w_2 − w_1^2)^2"],
    view: [-2, 2, -1, 3], lows: [[1, 1]],
    C(kappa, w1, w2) {
      const u = w2 - w1 * w1;
      return (1 - w1) * (1 - w1) + kappa * u * u;
    },
    gradient(kappa, w1, w2) {
      const u = w2 - w1 * w1;
      return [-2 * (1 - w1) - 4 * kappa * w1 * u, 2 * kappa * u];
    },
    hessian: (kappa) => [2 + 8 * kappa, -4 * kappa, 2 * kappa], start: { w: [-1.5, 2], eta: 0.01 },
  },
  "two wells": {
    name: "two wells", view: BOX,
    law: ["½ (w_1^2 − 1)^2 + ⅛ (w_1 + 1)^2", "+ ½·{kappa} (w_2 − ½ w_1)^2"],
    lows: WELLS.map((w) => [w, w / 2]),
    C(kappa, w1, w2) {
      const u = w1 * w1 - 1, d = w1 + 1, v = w2 - w1 / 2;
      return (u * u + (d * d) / 4) / 2 + (kappa * v * v) / 2;
    },
    gradient(kappa, w1, w2) {
      const u = w1 * w1 - 1, d = w1 + 1, v = w2 - w1 / 2;
      return [2 * w1 * u + d / 4 - (kappa * v) / 2, kappa * v];
    },
    hessian(kappa, w1) {
      const bottom = WELLS[Number(w1 > HILL)];
      return [6 * bottom * bottom - 1.75 + kappa / 4, -kappa / 2, kappa];
    },
    start: { w: [1.5, -1], eta: 0.05 },
  },
  saddle: {
    name: "saddle", law: ["⅛ (w_1^2 − 2)^2 + ½·{kappa} w_2^2"],
    view: BOX, lows: [[-Math.SQRT2, 0], [Math.SQRT2, 0]],
    C(kappa, w1, w2) {
      const u = w1 * w1 - 2;
      return (u * u) / 8 + (kappa * w2 * w2) / 2;
    },
    gradient: (kappa, w1, w2) => [(w1 * (w1 * w1 - 2)) / 2, kappa * w2],
    hessian: (kappa) => [2, 0, kappa], start: { w: [0.05, 1.5], eta: 0.05 },
  },
};

// The smallest and the largest curvature of the valley where w lies.
function curvatures({ C, kappa, w }) {
  const [a, b, d] = LANDSCAPES[C].hessian(kappa, w[0]);
  const middle = (a + d) / 2, radius = Math.sqrt(((a - d) * (a - d)) / 4 + b * b);
  return [middle - radius, middle + radius];
}

const rates = ([low, high], beta) => [(2 * (1 + beta)) / (low + high), (2 * (1 + beta)) / high];
// the step from which the cost stays below a thousandth of what it was, or -1
function thousandth(costs) {
  const from = costs.findLastIndex((C) => !(C <= costs[0] / 1000)) + 1;
  return from < costs.length ? from : -1;
}

function compute(s) {
  const { C: name, kappa, w, eta, beta, steps } = s, { C, gradient, view } = LANDSCAPES[name];
  const cost = ([w1, w2]) => C(kappa, w1, w2), slope = (w1, w2) => gradient(kappa, w1, w2);
  const lambda = curvatures(s), [best, cliff] = rates(lambda, beta);
  const path = descend(slope, w, eta, steps, beta), costs = path.map(cost);
  const plainEta = Math.min(eta, rates(lambda, 0)[0]);
  const plain = beta ? descend(slope, w, plainEta, steps) : null, [x0, x1, y0, y1] = view;
  const inside = ([w1, w2]) => x0 <= w1 && w1 <= x1 && y0 <= w2 && w2 <= y1;
  return {
    gradient: slope(...w), lambda, best, cliff, path, costs, plainEta, plain,
    plainCosts: plain?.map(cost), end: path.at(-1), left: explodesAfter(path, costs, inside),
  };
}

function numbers(s) {
  const [best, cliff] = rates(curvatures(s), s.beta);
  const result = true;
  return {
    w1: { key: "w", i: 0, min: -2, max: 2, step: 0.05, label: "w₁", title: "start, first weight" },
    w2: { key: "w", i: 1, min: -2, max: 2, step: 0.05, label: "w₂", title: "start, second weight" },
    eta: { key: "eta", min: 0.001, max: 10, log: true, label: "η", title: "learning rate",
      marks: [{ at: best, label: "best\u00a0", side: "left" },
        { at: cliff, label: "\u00a0cliff", side: "right" }] },
    beta: { key: "beta", min: 0, max: 0.99, step: 0.01, label: "β", title: "momentum", marks: [] },
    kappa: { key: "kappa", min: 1, max: 100, log: true, label: "κ", title: "how narrow the valley is" },
    steps: { key: "steps", min: 1, max: 300, step: 1, label: "steps", marks: [] },
    g1: { of: (r) => r.gradient[0], label: "∂C/∂w₁", title: "slope by w₁" },
    g2: { of: (r) => r.gradient[1], label: "∂C/∂w₂", title: "slope by w₂" },
    n1: { of: (r) => r.path[1][0], label: "w₁", title: "w₁ after one step", result },
    n2: { of: (r) => r.path[1][1], label: "w₂", title: "w₂ after one step", result },
    e1: { of: (r) => r.end[0], label: "w₁", title: "w₁ at the end", result },
    e2: { of: (r) => r.end[1], label: "w₂", title: "w₂ at the end", result },
    CT: { of: (r) => r.costs.at(-1), label: "C", title: "cost at the end", result },
    low: { of: (r) => r.lambda[0], label: "λ₁", title: "smallest curvature" },
    high: { of: (r) => r.lambda[1], label: "λₙ", title: "largest curvature" },
    best: { of: (r) => r.best, label: "best", title: "best learning rate" },
    cliff: { of: (r) => r.cliff, label: "cliff", title: "explosion above it" },
  };
}

const presets = [
  { name: "Beside the cliff",
    set: { C: "bowl", kappa: 10, w: [-1.8, 1.2], eta: 0.18, beta: 0, steps: 150 },
    look: "close to the best rate both parts of C fall equally fast. Set η to 0.2, and the "
      + "steep part never falls; a little more, and it explodes." },
  { name: "A narrow valley",
    set: { C: "bowl", kappa: 100, w: [-1.8, 1.2], eta: 0.018, beta: 0, steps: 150 },
    look: "the arrow stands at right angles to the contour, so it points across the valley, hardly "
      + "along it. The steep part is gone at once; 150 steps are too few for the flat one." },
  { name: "Momentum",
    set: { C: "bowl", kappa: 100, w: [-1.8, 0.3], eta: 0.033, beta: 0.67, steps: 200 },
    look: "grey is the best that goes without momentum. In the lower picture the black line falls "
      + "about 10 times as fast: κ is 100, and 10 is its root. Slide β down and up again." },
  { name: "Two wells",
    set: { C: "two wells", kappa: 10, w: [1.5, -1], eta: 0.05, beta: 0, steps: 150 },
    look: "it ends in the higher well. Drag the start: which places lead to the lower one? Then try "
      + "β = 0.8 from here." },
];

function steps({ w, eta, beta }, { gradient, path, costs }) {
  const sub = ["₁", "₂"], times = (v) => (v < 0 ? `(${format(v)})` : format(v));
  return [
    ...[0, 1].map((i) => ({ lit: [`g${i + 1}`],
      say: `at the start the slope by w${sub[i]} is ∂C/∂w${sub[i]} = ${format(gradient[i])}` })),
    ...[0, 1].map((i) => ({ lit: [`w${i + 1}`, "eta", `g${i + 1}`, `n${i + 1}`],
      say: `w${sub[i]} goes against it: ${format(w[i])} − ${format(eta)} · ${times(gradient[i])} = `
        + format(path[1][i]) })),
    ...(beta && path[2] ? [{ lit: ["beta"], say: `the next step keeps ${format(beta)} of this one and `
      + `adds the new −η ∇C: w = (${path[2].map((v) => format(v)).join(", ")})` }] : []),
    { lit: ["CT", "e1", "e2"],
      say: `and so on; after step ${path.length - 1} the cost is C = ${format(costs.at(-1))}` },
  ];
}

const summary = (s, { path, costs, left }) =>
  `One step leads to w₁ = ${format(path[1][0])}, w₂ = ${format(path[1][1])}; the path ${left === null
    ? `ends at C = ${format(costs.at(-1))} after ${path.length - 1} steps` : explosion(left)}.`;

const LAW = ["w & ← & w − η ∇C(w)"];
const MOMENTUM = ["v & ← & {beta} v − η ∇C(w)", "w & ← & w + v"];
const oneStep = (i) => `w_${i} & ← & {w${i}} − {eta}·{(g${i})} = {n${i}}`;
const lines = {
  law: ({ C, beta }) => [...LANDSCAPES[C].law.map((line, i) => `${i ? "&" : "C & ="} & ${line}`),
    ...(beta ? MOMENTUM : LAW)],
  step: () => [oneStep(1), oneStep(2)],
  end: (s, { path }) => [`"after step ${path.length - 1}:\u2002" & w_1 = & {e1}`, "& w_2 = & {e2}",
    "& C = & {CT}"],
  rates({ beta }) {
    const times = beta ? " (1 + {beta})" : "";
    return [
      `<best|"best"> & = & [2${times}]/[λ_1 + λ_n] & = & [2${times}]/[{low} + {high}] & = & {best}`,
      `<cliff|"cliff"> & = & [2${times}]/[λ_n] & & & = & {cliff}`,
    ];
  },
};

// ---- the map ----
const grounds = new WeakMap(); // picture -> its contours, which no step changes
function ground(pen, plot, { C, kappa }) {
  const key = [C, kappa, plot.box.x, plot.box.w, ...pen.colour("zero")].join(" ");
  if (grounds.get(pen)?.key !== key) {
    const grid = sampled(plot, (w1, w2) => LANDSCAPES[C].C(kappa, w1, w2));
    grounds.set(pen, { key, grid, lines: contours(plot, grid, LEVELS) });
    heat(pen, plot, (w1, w2) => Math.log2(LANDSCAPES[C].C(kappa, w1, w2) / LEVELS[0]), [0, 90]);
  }
  return grounds.get(pen);
}

const sideOf = (width) => Math.min(width - 60, 380);

function map(pen, { width }, s, { gradient, path, plain }) {
  const side = sideOf(width), { view, lows, C } = LANDSCAPES[s.C], [x0, x1, y0, y1] = view;
  const box = { x: 46 + (width - 60 - side) / 2, y: 24, w: side, h: side };
  const plot = scales(box, [x0, x1], [y0, y1]), { X, Y } = plot;
  const at = (points) => points.map(([w1, w2]) => [X(w1), Y(w2)]), [here] = at([s.w]);
  const { grid, lines: drawn } = ground(pen, plot, s);
  axes(pen, "map", plot, { x: "w₁", y: "w₂" });
  pen.put("path", "contours", { class: "nnb-contour", d: drawn });
  pen.put("path", "level",
    { class: "nnb-contour nnb-level", d: contours(plot, grid, [C(s.kappa, ...s.w)]) });
  lows.forEach((low, i) => {
    const [[x, y]] = at([low]);
    pen.put("path", `low${i}`, { class: "nnb-low", d: `M${x - 6} ${y}h12m-6 -6v12` });
  });
  if (plain) way(pen, "plain", box, at(plain), "nnb-plain");
  way(pen, "path", box, at(path), "");
  const [p, q] = gradient, size = Math.hypot(p, q);
  if (size && within(box)(here)) {
    const corner = (along, aside) => `${here[0] - (12 * (along * p + aside * q)) / size} `
      + `${here[1] + (12 * (along * q - aside * p)) / size}`;
    pen.put("path", "square",
      { class: "nnb-run", d: `M${corner(1, 0)}L${corner(1, 1)}L${corner(0, 1)}` });
    arrow(pen, "downhill", here, [-p, -q], 46, { "data-link": "g1 g2" });
  }
  const clamp = (v, low, high) => Math.min(high, Math.max(low, v));
  pen.handle("start", plot, ["w1", "w2"],
    { cx: clamp(here[0], box.x, plot.right), cy: clamp(here[1], box.y, plot.bottom) });
}

function way(pen, key, box, points, name) {
  const d = trail(box, points);
  if (!name) pen.put("path", `${key}-halo`, { class: "nnb-path-edge nnb-result", d });
  pen.put("path", key, { class: `nnb-path nnb-result ${name}`, d });
  pen.put("path", `${key}-dots`,
    { class: `nnb-path nnb-dots nnb-result ${name}`, d: dots(box, points) });
  const [x, y] = points.at(-1);
  if (within(box)([x, y]))
    pen.put("circle", `${key}-end`, { class: `nnb-end-ring nnb-result ${name}`, cx: x, cy: y, r: 5 });
}

// ---- C after each step, on a logarithmic axis; in the bowl with the two parts it is the sum of ----
function costPlot(pen, { width }, s, { path, costs, plainCosts }) {
  const plot = scales({ x: 46, y: 44, w: width - 60, h: 210 }, [0, s.steps], DECADES);
  const { X, Y, box, right } = plot;
  const line = (key, name, values, end, y, attrs) => {
    const points = values.map((v, i) => [X(i), Y(Math.log10(Math.max(v, 1e-99)))]);
    pen.put("path", key, { ...attrs, class: `${attrs.class} nnb-result`, d: trail(box, points) });
    lineName(pen, key, end, y, name, attrs);
  };
  const text = (v, axis) => (axis === "y" ? tenTo(v) : v);
  axes(pen, "cost", plot, { x: "step", yTicks: [-12, -9, -6, -3, 0, 3], text });
  if (s.C === "bowl") {
    line("flat", "flat: ½w₁²", path.map(([w1]) => (w1 * w1) / 2), right - 130, 34,
      { class: "nnb-part nnb-flat" });
    line("steep", "steep: ½κw₂²", path.map(([, w2]) => (s.kappa * w2 * w2) / 2), right, 34,
      { class: "nnb-part nnb-steep" });
  }
  if (plainCosts)
    line("plain", "without momentum", plainCosts, right, 14, { class: "nnb-curve nnb-plain" });
  line("C", "C", costs, right - (plainCosts ? 180 : 0), 14, { class: "nnb-curve" });
}

// What the rates do here, in words.
const many = (n) => (n === 1 ? "1 step" : `${n} steps`);
const pace = (costs) => (thousandth(costs) < 0 ? `not within ${many(costs.length - 1)}`
  : `after ${many(thousandth(costs))}`);

function regime({ eta }, { best, cliff, lambda, left }) {
  const [flat, steep] = lambda.map((l) => format(1 - eta * l));
  const now = `Each step leaves ${flat} of the flat part w₁ and ${steep} of the steep part w₂`;
  if (eta > cliff) return `${now}: over the cliff. It ${left === null ? "grows" : explosion(left)}.`;
  if (eta === cliff) return `${now}: on the cliff, the steep part swings for ever.`;
  if (Math.abs(eta / best - 1) < 0.02) return `${now}: both shrink at the best pace there is.`;
  return `${now}: the ${eta < best ? "flat" : "steep"} part is the slow one.`;
}

function verdict(s, r, masked) {
  const { left, costs, plainCosts, plainEta, end } = r;
  if (masked) return "";
  const fast = `C falls to a thousandth for good ${pace(costs)}`;
  if (left !== null && (s.beta || s.C !== "bowl")) return `It ${explosion(left)}.`;
  if (s.C === "bowl" && !s.beta) return `${regime(s, r)}${left === null ? ` ${fast}.` : ""}`;
  const before = s.C === "bowl" ? "" : `${told(s, end)} `;
  const without = plainCosts
    ? `; without momentum, at η = ${format(plainEta)}, ${pace(plainCosts)}` : "";
  return `${before}${fast}${without}.`;
}

// Where the path has ended, in the landscapes with more than one place to end.
function told({ C }, [w1, w2]) {
  if (C === "two wells" && w1 > HILL) return "It is in the higher well, where C is not 0.";
  if (C === "saddle" && Math.abs(w1) < 0.2)
    return "It is still near the saddle at (0, 0), where the slope is 0 and C is not lowest.";
  if (C === "Rosenbrock")
    return `It is ${format(Math.hypot(w1 - 1, w2 - 1))} away from the lowest place.`;
  return "It is in a valley whose bottom has C = 0.";
}

const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

function build(ui) {
  const names = Object.fromEntries(Object.entries(LANDSCAPES).map(([key, { name }]) => [key, name]));
  return {
    main: [
      ui.picture({ label: label("map of the cost with the path of descent"), draw: map, map: true,
        height: (width) => 62 + sideOf(width) }),
      h("div", { class: "nnb-verdict" }, ui.caption(verdict)),
    ],
    controls: [ui.slider("eta"), ui.slider("beta"), ui.slider("kappa"), ui.slider("steps"),
      ui.select("C", "C", names, (C) => ({ C, ...LANDSCAPES[C].start }))],
    side: [
      ui.picture({ label: label("the cost after each step"), height: () => 292, draw: costPlot }),
      ...Object.values(lines).map(ui.formula),
    ],
    more: [ui.slider("w1"), ui.slider("w2")],
  };
}

function check({ C, kappa, w, eta, beta, steps: n }) {
  return Object.hasOwn(LANDSCAPES, C) && kappa >= 1 && kappa <= 100 && w.length === 2
    && w.every((v) => Math.abs(v) <= REACH) && eta >= 0.001 && eta <= 10 && beta >= 0 && beta <= 0.99
    && Number.isInteger(n) && n >= 1 && n <= 300;
}

const descent2d = widget({
  python: "Descent2D",
  title: "Going downhill on a map",
  state: ["C", "kappa", "w", "eta", "beta", "steps"],
  shape: () => 0,
  check, compute, numbers, presets, steps, summary, build,
  predict: { number: "n2", ask: "What will w₂ be after the first step? Your guess:" },
  code: () => ["n.path, n.costs"],
});
export default descent2d;
