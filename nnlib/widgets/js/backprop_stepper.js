// BackpropStepper: one round of backpropagation on a small network, a line of arithmetic at a time,
// as a network, as a graph of operations and as matrices.
import { ACTIVATIONS } from "./activations.js";
import { drawGraph, graphHeight, graphWidth } from "./backprop_graph.js";
import { drawMatrices, matricesHeight, matricesWidth } from "./backprop_matrices.js";
import { drawNetwork, networkHeight, networkWidth } from "./backprop_network.js";
import { linesOf, range, record } from "./backprop_record.js";
import { ALGORITHM, formulaOf, insight, labelOf, steps, summary } from "./backprop_text.js";
import { h } from "./dom.js";
import { format } from "./format.js";
import { formula } from "./formula.js";
import { COSTS } from "./network.js";
import { widget } from "./shell.js";

const MOST = 4, LAYERS = 3, LIMIT = 1e6; // as in backprop_stepper.py
const VIEWS = {
  network: { name: "Network", width: networkWidth, height: networkHeight, draw: drawNetwork },
  graph: { name: "Graph", width: graphWidth, height: graphHeight, draw: drawGraph },
  matrices: { name: "Matrices", width: matricesWidth, height: matricesHeight, draw: drawMatrices },
};

function numbers(s) {
  const { sizes } = s, all = {}, L = sizes.length - 1;
  const lines = linesOf(s.sizes, s.update_biases), line = lines[s.step - 1];
  const guessed = line ? line.makes : ["nC"];
  const computed = (name, digits) => {
    all[name] = { of: (r) => r.values[name], label: labelOf(name), digits, result: guessed.includes(name) };
  };
  const given = (name, rest) => { all[name] = { step: 0.01, label: labelOf(name), ...rest }; };
  sizes.slice(0, 1).forEach((n) => range(n).forEach((i) =>
    given(`a0_${i + 1}`, { key: "x", i, min: -2, max: 2, title: `input ${i + 1}` })));
  range(sizes[L]).forEach((i) => given(`y${i + 1}`, { key: "y", i, min: 0, max: 1, title: `target ${i + 1}` }));
  let at = 0;
  for (const l of range(L, 1)) {
    for (const j of range(sizes[l], 1)) for (const k of range(sizes[l - 1], 1)) {
      const id = `${l}_${j}_${k}`;
      given(`w${id}`, { key: "params", i: at, min: -2, max: 2, digits: 4,
        title: `weight of layer ${l}, to neuron ${j} from ${l > 1 ? "neuron" : "input"} ${k}` });
      for (const letter of ["p", "np", "gw", "qw"]) computed(letter + id);
      computed(`nw${id}`, 4);
      at += 1;
    }
    for (const j of range(sizes[l], 1)) {
      const id = `${l}_${j}`;
      given(`b${id}`, { key: "params", i: at, min: -2, max: 2, digits: 4,
        title: `bias of neuron ${j} of layer ${l}` });
      for (const letter of ["z", "a", "s", "d", "e", "gb", "qb", "nz", "na"]) computed(letter + id);
      computed(`nb${id}`, 4);
      at += 1;
    }
  }
  for (const name of ["C", "nC"]) computed(name, 6);
  all.dC = { of: (r) => r.values.dC, label: "change of C", result: guessed.includes("dC") };
  all.pC = { of: (r) => r.values.pC, label: "predicted change", result: guessed.includes("pC") };
  all.gap = { of: (r) => r.gap, label: "largest difference", digits: 2 };
  all.eta = { key: "eta", min: 0.01, max: 5, step: 0.01, log: true, label: "η", title: "learning rate", digits: 2,
    marks: [0.1, 0.5, 1].map((v) => ({ at: v, label: String(v) })) };
  all.step = { key: "step", min: 0, max: lines.length, step: 1, label: "step", title: "lines done", marks: [],
    whole: true };
  return all;
}

function predict(s, r) {
  const label = labelOf(r.line ? r.line.makes[0] : "nC");
  return { number: r.line ? r.line.makes[0] : "nC", ask: r.line ? `What will ${label} be? Your guess:`
    : "What will C be after one round? Your guess:" };
}

const start = { hidden: "sigmoid", output: "sigmoid", cost: "quadratic", eta: 0.5, update_biases: true, step: 0 };
const presets = [
  { name: "1-1-1", set: { ...start, sizes: [1, 1, 1], params: [0.8, -0.2, -1.5, 0.5], x: [1.5], y: [1] },
    look: "one path, there and back. Every factor of the gradient of the first weight is on it. "
      + "Which of them does the second weight share?" },
  { name: "2-2-1 (Alice)",
    set: { ...start, sizes: [2, 2, 1], params: [1, 1, 1, 1, 0, 0, 1, 1, 0], x: [-2, -1], y: [1],
      cost: "mse", eta: 0.1 },
    look: "two hidden neurons with equal numbers get equal gradients. Their slopes are below 0.05, so little "
      + "of δ passes the padlock." },
  { name: "2-2-2",
    set: { ...start, sizes: [2, 2, 2], x: [0.05, 0.1], y: [0.01, 0.99], update_biases: false,
      params: [0.15, 0.2, 0.25, 0.3, 0.35, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.6] },
    look: "each hidden δ collects both output errors. The cost falls from 0.298371109 to 0.291027774, and "
      + "only weights move." },
  { name: "2-3-1 (study)",
    set: { ...start, sizes: [2, 3, 1], update_biases: false,
      params: [0.13, 0.1, -0.13, -0.54, 0.64, 0.36, 0, 0, 0, 1.3, 0.95, -0.7, 0], x: [0.3, 1], y: [0.75] },
    look: "one output error gives three hidden ones. The third weight to the output is negative: watch the "
      + "sign of δ turn there." },
];

// ---- parts of the body ----
function viewButtons(ui) {
  const buttons = Object.entries(VIEWS).map(([view, { name }]) => {
    const button = ui.button(name, () => { ui.set({ view }); ui.settle(); });
    return ui.live(button, (s) => button.setAttribute("aria-pressed", String(s.view === view)));
  });
  return h("div", { class: "nnb-row nnb-tabs", role: "group", "aria-label": "View" }, buttons);
}

// The algorithm; each of its lines leads to the first step that it stands for.
function algorithm(ui) {
  const go = (kind, part) => () => {
    const lines = linesOf(ui.now().sizes, ui.now().update_biases);
    const found = lines.findIndex((line) => line.part === part && (kind === "again" || line.kind === kind));
    if (found >= 0) { ui.set({ step: found + 1 }); ui.settle(); }
  };
  const rows = ALGORITHM.flatMap(({ part, name, loop, kinds }) => kinds.map((item, i) => {
    const text = h("span", { class: "nnb-algo-line" }), where = h("span", { class: "nnb-algo-l" });
    const row = ui.button("", go(item.kind, part), { class: "nnb-algo-row", "aria-label": `go to ${name}` });
    row.append(h("span", {}, h("b", {}, i ? "" : name), where), text);
    let shown = "";
    ui.live(row, (s, r) => {
      const now = item.words ?? item.cost?.[s.cost] ?? (s.view === "matrices" ? item.rows : item.entry);
      if (now !== shown) text.replaceChildren(item.words ?? formula([item.cost ? `C = ${now}` : now]));
      shown = now;
      const here = r.line && (r.line.part === part || (item.words && r.line.part.endsWith("again")))
        && (item.words || r.line.kind === item.kind);
      row.setAttribute("aria-current", here ? "step" : "false");
      where.textContent = !loop || i ? "" : r.line?.part === part ? `l = ${r.line.l}` : loop;
      row.hidden = item.kind === "b" && !s.update_biases;
    });
    return row;
  }));
  return h("div", { class: "nnb-algo", role: "group", "aria-label": "The algorithm, line by line" }, rows);
}

// Where a change of one list must take others along.
const limitStep = (s) => Math.min(s.step, linesOf(s.sizes, s.update_biases).length);
const withBiases = (update_biases, s) => ({ update_biases, step: limitStep({ ...s, update_biases }) });
const withCost = (cost) => (cost === "cross-entropy" ? { cost, output: "sigmoid" } : { cost });
const withOutput = (output, { cost }) =>
  ({ output, cost: output !== "sigmoid" && cost === "cross-entropy" ? "quadratic" : cost });
const newParams = ({ updated }) => updated.weights.flatMap((W, l) => [...W.flat(), ...updated.biases[l]]);

function build(ui) {
  const check = ui.button("Check with finite differences", () => {
    ui.set({ numerical: !ui.now().numerical });
    ui.settle();
  });
  ui.live(check, (s) => check.setAttribute("aria-pressed", String(s.numerical)));
  const again = ui.button("Next round from the new weights", () => {
    ui.set({ params: newParams(record(ui.now())), step: 0 });
    ui.settle();
  });
  ui.live(again, (s, r) => {
    again.disabled = s.step < r.lines.length || newParams(r).some((v) => Math.abs(v) > LIMIT);
  });
  const names = Object.fromEntries(Object.keys(ACTIVATIONS).map((name) => [name, name]));
  const picture = ui.picture({
    label: (s, r, masked) => `backpropagation, seen as ${s.view}; ${masked ? "the result is hidden" : summary(s, r)}`,
    height: (width, s, r) => VIEWS[s.view].height(width, s, r),
    draw(pen, box, s, r) {
      VIEWS[s.view].draw(pen, box, s, r);
      inSight(show, s);
    },
  });
  const show = h("div", { class: "nnb-bp-picture" }, picture);
  const said = ui.caption(insight);
  said.classList.add("nnb-result");
  const line = h("div", { class: "nnb-bp-line" }, ui.formula(formulaOf), said);
  ui.live(show, (s) => {
    show.dataset.view = s.view;
    picture.style.minWidth = `${VIEWS[s.view].width(s)}px`;
  });
  ui.live(line, (s) => keepHeight(line, s));
  return {
    main: [viewButtons(ui), line, show, ui.caption(checked), ui.slider("step")],
    controls: [],
    side: [algorithm(ui), h("div", { class: "nnb-bp-set" }, ui.slider("eta"),
      ui.select("cost", "cost", { quadratic: "quadratic, ½ Σ (a − y)²", mse: "mse, 1/K Σ (a − y)²",
        "cross-entropy": "cross-entropy" }, withCost),
      ui.toggle("update_biases", "update the biases too", withBiases), check, again)],
    more: [ui.select("hidden", "φ hidden", names), ui.select("output", "φ output", names, withOutput)],
  };
}

// A picture wider than the page scrolls in its box; what the line has just made is kept in sight.
function inSight(box, s) {
  const mark = box.querySelector(".nnb-pick"), now = `${s.view} ${s.step}`;
  if (!mark || box.scrollWidth <= box.clientWidth || box.dataset.seen === now) return;
  box.dataset.seen = now;
  const at = mark.getBoundingClientRect(), frame = box.getBoundingClientRect();
  box.scrollLeft += (at.left + at.right - frame.left - frame.right) / 2;
}

// The formula keeps the height of the tallest line so far, so that the buttons below stay in place.
function keepHeight(node, { view, sizes }) {
  const now = `${view} ${sizes} ${node.clientWidth}`;
  if (node.dataset.kept !== now) node.style.minHeight = "";
  node.dataset.kept = now;
  node.style.minHeight = `${node.offsetHeight}px`;
}

function checked(s, r) {
  if (!s.numerical) return "";
  const known = Object.keys(r.values).filter((name) => name[0] === "q" && r.known(name)).length;
  return known ? `${known} gradients measured as well, by (C(w + h) − C(w − h)) / 2h with h = 10⁻⁵: `
    + `the largest difference is ${format(r.gap, { significant: 2 })}.`
    : "Each gradient will be measured as well, as soon as it is computed.";
}

function check(s) {
  const { sizes, step, cost, output, hidden, eta } = s;
  if (sizes.length < 2 || sizes.length > LAYERS + 1) return false;
  if (!sizes.every((n) => Number.isInteger(n) && n >= 1 && n <= MOST)) return false;
  const count = sizes.slice(1).reduce((sum, n, i) => sum + n * (sizes[i] + 1), 0);
  return s.params.length === count && s.x.length === sizes[0] && s.y.length === sizes.at(-1)
    && [hidden, output].every((name) => Object.hasOwn(ACTIVATIONS, name)) && eta >= 0.01 && eta <= 5
    && Object.hasOwn(COSTS, cost) && (COSTS[cost].output ?? output) === output && Object.hasOwn(VIEWS, s.view)
    && Number.isInteger(step) && step >= 0 && step <= linesOf(sizes, s.update_biases).length;
}

const backprop_stepper = widget({
  python: "BackpropStepper",
  title: "Backpropagation, line by line",
  state: ["sizes", "params", "x", "y", "hidden", "output", "cost", "eta", "update_biases", "numerical",
    "step", "view"],
  step: "step",
  looks: ["step", "view", "numerical"],
  shape: ({ sizes }) => String(sizes),
  compute: record,
  check, numbers, presets, predict, steps, summary, build,
  code: () => ["n.numbers()"],
});
export default backprop_stepper;
