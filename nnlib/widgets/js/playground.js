// Playground: a small network learns points of a plane, and everything about it can be changed while one
// looks. Its state is a record of what has been done; playground_run.js makes the weights from it.
import { ACTIVATIONS } from "./activations.js";
import { h } from "./dom.js";
import { sub, sup } from "./format.js";
import { lossPicture } from "./playground_loss.js";
import { countOf, sizesOf } from "./playground_net.js";
import { biasName, labelOf, networkPicture, weightName } from "./playground_network.js";
import { pairOf, planePicture } from "./playground_plane.js";
import { PLANES, pointsOf } from "./playground_points.js";
import { byHand, epochsOf, longer, MOST_EPOCHS, MOST_ROWS, reach, rowsOf, shorter } from "./playground_run.js";
import { ghostName, program, steps, summary, told } from "./playground_text.js";
import { same } from "./share.js";
import { widget } from "./shell.js";

const UNITS = 8, LAYERS = 4, POINTS = 300; // at most, as in playground.py
const SLICE = 10; // milliseconds of a frame for training

// ---- the state ----
const stampOf = (s) => {
  let code = 2166136261;
  for (const c of JSON.stringify(s)) code = Math.imul(code ^ c.charCodeAt(0), 16777619);
  return (code >>> 0).toString(16);
};

function compute(s, { plane }) {
  const run = reach(s), { net, points, epochs, updates, samples, lost, ms } = run, p = run.p.slice();
  const now = last(run, p);
  const span = [plane.slice(0, 2), plane.slice(2)], made = {};
  return {
    net, points, p, epochs, updates, samples, lost, ms, span, x: s.x, stamp: stampOf(s), name: run.name,
    rows: run.rows.map((row) => [...row]),
    curve: [...run.curve, now], now, at: net.look(p, ...s.x),
    grids: (G) => (made[G] ??= net.grid(p, span, G)),
  };
}
const last = ({ net, points, epochs }, p) =>
  ({ epochs, train: net.measure(p, points, points.train), test: net.measure(p, points, points.test) });

const learned = (s) => pointsOf(s).train.length;
// What changes the points, the network or its start begins a new run.
const SETTINGS = ["data", "n", "noise", "sample", "test", "points", "layers", "activations", "cost", "g",
  "seed", "start"];
function follow(s, before) {
  if (SETTINGS.every((key) => same(s[key], before[key]))) return s;
  const next = { ...s, record: [], unit: [0, 0], weight: -1 };
  if (!same(sizesNow(s), sizesNow(before))) next.start = [];
  return { ...next, m: Math.min(s.m, learned(s)) };
}
const sizesNow = (s) => sizesOf(s, s.data === "own" ? pointsOf(s).K : PLANES[s.data]);

function numbers(s) {
  const whole = { step: 1, whole: true, marks: [] }, sizes = sizesNow(s), most = learned(s);
  const log = (ends) => ends.map((at) => ({ at, label: String(at) }));
  const all = {
    eta: { key: "eta", log: true, min: 0.0001, max: 3, label: "η", title: "learning rate",
      marks: log([0.001, 0.01, 0.1, 1]) },
    m: { ...whole, key: "m", min: 1, max: Math.max(2, most, s.m), label: "m", title: "examples in a batch" },
    lam: { key: "lam", min: 0, max: 0.1, step: 0.001, label: "λ", title: "L2 penalty", marks: [] },
    noise: { key: "noise", min: 0, max: 0.5, step: 0.01, label: "noise", marks: [] },
    n: { ...whole, key: "n", min: 20, max: 500, step: 10, label: "n", title: "points" },
    test: { ...whole, key: "test", min: 0, max: 90, step: 5, label: "test", title: "points held back", unit: "%" },
    sample: { ...whole, key: "sample", min: 0, max: 99, label: "draw", title: "seed of the points" },
    seed: { ...whole, key: "seed", min: 0, max: 99, label: "seed", title: "seed of start and order" },
    g: { key: "g", min: 0, max: 5, step: 0.05, label: "g", marks: [],
      title: "scale of the start: normal numbers times g/√inputs" },
    pace: { ...whole, key: "pace", min: 1, max: 50, label: "pace", title: "epochs a frame" },
    x1: { key: "x", i: 0, min: -6, max: 6, step: 0.1, label: "x₁", title: "inspected point, x₁" },
    x2: { key: "x", i: 1, min: -6, max: 6, step: 0.1, label: "x₂", title: "inspected point, x₂" },
    ...Object.fromEntries(["across", "up"].map((label, i) => [`p${i + 1}`, { ...whole, key: "pair", label, min: 1,
      max: Math.max(2, sizes.at(-2)), of: (r, now) => Math.max(1, pairOf(now, r)[i] + 1),
      set: ({ pair }, v) => ({ pair: pair.map((old, k) => (k === i ? v : old)) }) }])),
    epochs: { of: (r) => r.epochs, whole: true, label: "epoch" },
    C: { of: (r) => r.now.train.cost, label: "training loss", result: true },
    R: { of: (r) => 100 * r.now.train.right, label: "training points right", result: true },
    T: { of: (r) => r.now.test?.cost, label: "test loss", result: true },
    Q: { of: (r) => 100 * r.now.test?.right, label: "test points right", result: true },
  };
  const hand = (i, label, title) => ({ key: "record", of: (r) => r.p[i], min: -5, max: 5, step: 0.1, label, title,
    set: (now, v) => ({ record: byHand(reach(now).rows, i, v) }) });
  let at = 0;
  sizes.slice(1).forEach((n, i) => {
    const l = i + 1, k = sizes[i];
    for (let j = 0; j < n; j++) {
      const unit = l < sizes.length - 1 ? `unit ${j + 1} of layer ${l}` : `output ${j + 1}`;
      for (let q = 0; q < k; q++)
        all[weightName(l, j, q)] = hand(at + j * k + q, `w${sub(j + 1)}${sub(q + 1)}${sup(l)}`,
          `weight to ${unit} from ${q + 1}`);
      all[biasName(l, j)] = hand(at + n * k + j, `b${sub(j + 1)}${sup(l)}`, `bias of ${unit}`);
      all[`a${l}_${j + 1}`] = { of: (r) => r.at.a[l][j], label: `a${sub(j + 1)}${sup(l)}`, result: true,
        title: `activation of ${unit}` };
    }
    at += n * (k + 1);
  });
  const chosen = Math.max(0, s.weight);
  all.chosen = { ...hand(chosen, "w", "the chosen weight"), label: labelAt(sizes, chosen) };
  return all;
}
function labelAt(sizes, i) {
  let W = 0, l = 1;
  for (; i >= W + sizes[l] * (sizes[l - 1] + 1); l++) W += sizes[l] * (sizes[l - 1] + 1);
  const k = sizes[l - 1], b = W + sizes[l] * k;
  return i < b ? `w${sub(Math.floor((i - W) / k) + 1)}${sub(((i - W) % k) + 1)}${sup(l)}`
    : `b${sub(i - b + 1)}${sup(l)}`;
}

function check(s, { plane }) {
  const whole = (v, low, high) => Number.isInteger(v) && v >= low && v <= high;
  const good = whole(s.n, 20, 500) && s.noise >= 0 && s.noise <= 0.5 && whole(s.sample, 0, 1e6) && whole(s.test, 0, 90)
    && (s.data in PLANES || s.data === "own") && s.points.length >= 6 && s.points.length <= 3 * POINTS
    && s.points.length % 3 === 0
    && s.points.every((v, i) => i % 3 < 2 || [0, 1, 2].includes(v)) && plane.length === 4
    && s.layers.length <= LAYERS && s.layers.every((n) => whole(n, 1, UNITS))
    && s.activations.length === LAYERS && s.activations.every((phi) => phi in ACTIVATIONS)
    && ["cross-entropy", "quadratic"].includes(s.cost) && s.g >= 0 && s.g <= 5 && whole(s.seed, 0, 1e6)
    && s.eta >= 0.0001 && s.eta <= 3 && whole(s.m, 1, 500) && s.lam >= 0 && s.lam <= 0.1 && whole(s.pace, 1, 50)
    && s.x.length === 2 && s.unit.length === 2 && s.pair.length === 2 && ["plane", "last layer"].includes(s.view);
  if (!good) return false;
  const sizes = sizesNow(s), count = countOf(sizes), rows = rowsOf(s.record), [l, j] = s.unit;
  return [0, count].includes(s.start.length) && whole(s.weight, -1, count - 1) && s.record.length % 4 === 0
    && whole(l, 0, sizes.length - 1) && (l ? whole(j, 1, sizes[l]) : j === 0) && s.pair.every((v) => whole(v, 1, UNITS))
    && rows.length <= MOST_ROWS && epochsOf(s.record) <= MOST_EPOCHS
    && rows.every(([epochs, a, b, c]) => whole(epochs, 0, MOST_EPOCHS) && (epochs
      ? a >= 0.0001 && a <= 3 && whole(b, 1, 500) && c >= 0 && c <= 0.1 : whole(a, 0, count - 1) && c === 0));
}

const plain = { record: [], start: [], activations: Array(LAYERS).fill("tanh"), cost: "cross-entropy", g: 1, noise: 0.1,
  n: 400, test: 50, eta: 0.03, m: 10, lam: 0, sample: 0, seed: 0, unit: [0, 0], weight: -1 };
const presets = [
  { name: "XOR needs two", set: { ...plain, data: "xor", layers: [1] },
    look: "one hidden unit is one line, and no line parts these four squares. Press play: three points in ten stay "
      + "wrong. Then press + above the layer and play again. What can two lines do?" },
  { name: "Depth without bend",
    set: { ...plain, data: "circle", layers: [4, 4, 4], activations: Array(LAYERS).fill("linear") },
    look: "three hidden layers, all linear. Press play: the boundary stays one straight line, for a sum of "
      + "sums is a sum. Then choose tanh and play again." },
  { name: "Spirals need width", set: { ...plain, data: "spiral", layers: [3, 3], noise: 0.03, eta: 0.1 },
    look: "three units a layer bend the boundary a few times, and the spiral asks for more. Press play; then make both "
      + "layers 8 wide and play again. The grey curve is the narrow net." },
  { name: "Too bold", set: { ...plain, data: "circle", layers: [4, 2], eta: 1 },
    look: "with η = 1 the loss leaps up and down from epoch to epoch, and the boundary with it: each batch throws the "
      + "weights across the valley. Lower η to 0.03 while it runs: the curve turns smooth." },
];

// ---- the figure ----
const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

// The brush for own points: a class, or the eraser.
function createBrush(ui) {
  let kind = 0, at = null, on = false;
  const names = ["○ orange", "△ blue", "□ yellow", "eraser"];
  const put = (points) => {
    const s = ui.now();
    ui.set(follow({ ...s, points }, s));
  };
  function paint([x, y], plot, first) {
    const { points } = ui.now(), unit = (plot.x1 - plot.x0) / plot.box.w;
    const far = (u, v) => Math.hypot(u - x, v - y) / unit;
    if (first) at = null;
    if (kind === 3) {
      const kept = Array.from({ length: points.length / 3 }, (_, i) => points.slice(3 * i, 3 * i + 3))
        .filter(([u, v]) => far(u, v) > 11);
      if (kept.length >= 2 && 3 * kept.length < points.length) put(kept.flat());
      return;
    }
    if ((at && far(...at) < 15) || points.length >= 3 * POINTS) return;
    at = [x, y];
    put([...points, x, y, kind]);
  }
  const buttons = names.map((text, i) => ui.button(text, () => { kind = i; on = true; show(); }));
  const look = ui.button("move the point", () => { on = false; show(); });
  const clear = ui.button("Clear", () => { put([-2, 0, 0, 2, 0, 1]); ui.settle(); });
  const show = () => [...buttons, look].forEach((button, i) =>
    button.setAttribute("aria-pressed", String(i < 4 ? on && i === kind : !on)));
  const here = ui.button("Put one at the yellow point", () => { const { x } = ui.now();
    if (kind < 3 && ui.now().points.length < 3 * POINTS) { put([...ui.now().points, ...x, kind]); ui.settle(); } });
  on = true;
  show();
  const attrs = { class: "nnb-row nnb-pg-brush", role: "group", "aria-label": "Paint points" };
  const node = ui.live(h("div", attrs, buttons, look, here, clear),
    (s) => { node.hidden = s.data !== "own"; });
  return { node, paint, on: () => on };
}

function tabs(ui) {
  const names = { plane: "the plane", "last layer": "as the last hidden layer sees it" };
  const buttons = Object.entries(names).map(([view, name]) => {
    const button = ui.button(name, () => { ui.set({ view }); ui.settle(); });
    return ui.live(button, (s) => button.setAttribute("aria-pressed", String(s.view === view)));
  });
  const pair = h("span", { class: "nnb-pg-pair" }, "units ", ui.number("p1"), " and ", ui.number("p2"));
  return h("div", { class: "nnb-row nnb-tabs", role: "group", "aria-label": "View" }, buttons,
    ui.live(pair, (s, r) => { pair.hidden = s.view === "plane" || r.net.sizes[r.net.L - 1] < 3; }));
}

function transport(ui) {
  const change = (record) => ui.set({ record });
  function step() {
    const { pace } = ui.now(), { rows, ms } = ui.result();
    change(longer(ui.now(), rows, Math.max(1, Math.min(pace, Math.floor(SLICE / ms)))));
  }
  const player = ui.player({
    step, back: () => change(shorter(ui.result().rows, ui.now().pace)),
    restart() { ui.settle(); change([]); ui.settle(); }, // so that Undo brings this very run back
    atStart: () => !ui.now().record.length,
    atEnd() {
      const { lost, epochs } = ui.result(), { eta, m, lam, record } = ui.now();
      return epochs >= MOST_EPOCHS || (lost && same(record.slice(-3), [eta, m, lam]));
    },
  }, { flow() { ui.running(true); step(); }, rest() { ui.running(false); ui.settle(); }, speeds: [],
    names: { restart: "Start again (same start)", back: "Back", play: "Train", pause: "Pause", next: "Train on" } });
  const epoch = ui.number("epochs");
  return h("div", { class: "nnb-pg-transport" }, player, h("span", {}, "epoch ", epoch));
}

const rule = () => ["W ← W − {eta} · ([1]/[{m}] Σ_i [∂ℓ_i]/[∂W] + {lam} W)"];
const account = (s, r) => [
  `"" & "loss C" & "right"`,
  `"training" & {C} & {R} "%"`,
  ...(r.now.test ? [`"test" & {T} & {Q} "%"`] : []),
];

// The first drawing of a state is coarse, and fine when it stays: a function for one picture.
function createCalm(ui) {
  let seen = "", redraw = null;
  const later = ui.later(() => redraw(), 160);
  return (r, pen) => {
    const moving = r.stamp !== seen;
    seen = r.stamp;
    redraw = pen.redraw;
    if (moving) later();
    return moving;
  };
}

function build(ui) {
  const set = (patch) => { const s = ui.now(); ui.set(follow({ ...s, ...patch }, s)); ui.settle(); };
  const restarting = (key) => (v, s) => follow({ ...s, [key]: v }, s);
  let before = null, ghost = null; // what was drawn last, and the run before this one
  const network = ui.picture(networkPicture(label("the network"), set, createCalm(ui)));
  const brush = createBrush(ui);
  const plane = ui.picture(planePicture(label("the plane"), brush, createCalm(ui)));
  const watch = ui.live(h("p", { class: "nnb-caption nnb-pg-ghosted nnb-result" }), (s, r) => {
    if (before && before.epochs >= 3 && (before.name !== r.name || !r.epochs)) ghost = before;
    before = { s, name: r.name, epochs: r.epochs, curve: r.curve, rows: r.rows };
    const text = ghostName(ghost, s, r);
    if (watch.textContent !== text) watch.textContent = text;
  });
  const loss = ui.picture(lossPicture(label("the loss"), () => ghost));
  const hand = ui.slider("chosen"), hint = h("p", { class: "nnb-caption" },
    "Choose a line or a dot to change it, a square to see it large.");
  ui.live(hand, (s, r) => {
    hand.hidden = s.weight < 0;
    hint.hidden = !hand.hidden;
    if (s.weight < 0) return;
    const name = hand.querySelector("label").firstChild, text = labelOf(r.net, s.weight);
    if (name.textContent !== text) name.textContent = text;
  });
  const layer = (by) => () => {
    const { layers } = ui.now();
    set({ layers: by > 0 ? [...layers, layers.at(-1) ?? 4].slice(0, LAYERS) : layers.slice(0, -1) });
  };
  const fewer = ui.button("− layer", layer(-1)), further = ui.button("+ layer", layer(1));
  ui.live(fewer, ({ layers }) => { fewer.disabled = !layers.length; further.disabled = layers.length >= LAYERS; });
  const names = Object.fromEntries(Object.keys(ACTIVATIONS).map((phi) => [phi, phi]));
  const each = Array.from({ length: LAYERS }, (_, i) => {
    const node = ui.select("activations", `φ${sup(i + 1)}`, names, (v, s) =>
      follow({ ...s, activations: s.activations.map((old, l) => (l === i ? v : old)) }, s), (s) => s.activations[i]);
    return ui.live(node, (s) => { node.hidden = s.layers.length <= i; });
  });
  const unlessOwn = (node) => ui.live(node, (s) => { node.hidden = s.data === "own"; });
  const again = (text, key) => ui.button(text, () => set({ [key]: (ui.now()[key] + 1) % 1e6 }));
  const verdict = ui.caption(told);
  verdict.classList.add("nnb-pg-told");
  const data = { circle: "circle", xor: "xor", blobs: "two blobs", spiral: "spiral", moons: "moons",
    "three arms": "three arms", own: "your own points" };
  return {
    main: [
      transport(ui), network,
      h("div", { class: "nnb-pg-hand" }, hand, hint,
        h("div", { class: "nnb-row" }, fewer, further, again("New start", "seed"))),
      ui.formula(rule),
    ],
    controls: [
      ui.select("data", "data", data, restarting("data")),
      ui.select("activations", "φ", { ...names, mixed: "mixed" }, (v, s) =>
        (v === "mixed" ? {} : follow({ ...s, activations: Array(LAYERS).fill(v) }, s)),
      (s) => (new Set(s.activations.slice(0, Math.max(1, s.layers.length))).size > 1 ? "mixed" : s.activations[0])),
      ui.slider("eta"), ui.slider("m"), unlessOwn(ui.slider("noise")), ui.slider("lam"),
    ],
    side: [
      h("div", { class: "nnb-pg-plane" }, tabs(ui), plane, brush.node),
      ui.formula(account), watch, loss,
      h("div", { class: "nnb-row nnb-pg-under" }, ui.toggle("log", "log axis"),
        ui.toggle("held", "test points"), verdict),
    ],
    more: [ui.slider("pace"), unlessOwn(ui.slider("n")), ui.slider("test"), ui.slider("g"), ui.slider("seed"),
      unlessOwn(ui.slider("sample")),
      ui.select("cost", "cost", { "cross-entropy": "cross-entropy", quadratic: "quadratic" }, restarting("cost")),
      ...each],
  };
}

const playground = widget({
  python: "Playground",
  title: "Playground: hidden units carve the plane",
  state: ["data", "n", "noise", "sample", "test", "points", "layers", "activations", "cost", "g", "seed", "start",
    "eta", "m", "lam", "pace", "record", "x", "unit", "weight", "view", "pair", "log", "held"],
  data: ["plane"],
  looks: ["pace", "x", "unit", "weight", "view", "pair", "log", "held"],
  shape: () => 0,
  check, compute, numbers, presets, steps, summary, follow, build,
  predict: (s, r) => (r.now.test ? { number: "Q", ask: "How many per cent of the test points are right?" }
    : { number: "R", ask: "How many per cent of the points are right?" }),
  report: (s, { p }) =>
    ({ shown: { ...Object.fromEntries([...SETTINGS, "record"].map((key) => [key, s[key]])), params: [...p] } }),
  code: program,
});
export default playground;
