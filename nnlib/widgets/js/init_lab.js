// InitLab: signal and gradient of a deep network before its first step, by the scale of its weights.
import { h } from "./dom.js";
import { format, tenTo } from "./format.js";
import { draw, KINDS, ORDER, pass, STARTS, told } from "./init_net.js";
import { axes, apart, scales, ticks } from "./plot.js";
import { widget } from "./shell.js";

const NAMES = { "N(0, 1)": "N(0, 1)", 0.01: "0.01", "1/sqrt(n)": "1/√n", "sqrt(2/n)": "√(2/n)" };
const ACTS = { sigmoid: "sigmoid", tanh: "tanh", relu: "ReLU", linear: "linear" };

// The four starts with g = 1, kept while only g or the start changes.
let compared = { key: "" };
function compare(s) {
  const key = [s.seed, s.depth, s.width, s.activation].join();
  if (compared.key !== key) {
    const rows = ORDER.map((start) => told(pass(draw(s), s.activation, STARTS[start](s.width))));
    compared = { key, rows };
  }
  return compared.rows;
}

function compute(s) {
  const spread = s.g * STARTS[s.start](s.width), net = draw(s), all = pass(net, s.activation, spread);
  const now = told(all), back = s.depth > 1 && now.ratio ? now.ratio ** (1 / (s.depth - 1)) : 1;
  return { ...now, ...all, m: net.m, spread, rows: compare(s), back, dead: !now.gradients[0] };
}

function numbers(s, r) {
  const whole = { step: 1, whole: true }, hidden = { result: true };
  const all = {
    g: { key: "g", log: true, min: 0.01, max: 5, label: "g", title: "factor on the spread",
      marks: [0.01, 0.1, 1].map((at) => ({ at, label: String(at) })) },
    depth: { ...whole, key: "depth", min: 1, max: 20, label: "depth", title: "layers with weights", marks: [] },
    width: { ...whole, key: "width", min: 8, max: 128, step: 8, label: "width", title: "neurons in each layer",
      marks: [] },
    seed: { ...whole, key: "seed", min: 0, max: 9999, label: "seed", marks: [] },
    spread: { of: () => r.spread, label: "s", title: "spread of the weights" },
    a0: { of: () => r.signal[0], label: "a" }, aL: { of: () => r.signal.at(-1), label: "a", ...hidden },
    g1: { of: () => r.gradients[0], label: "first", ...hidden },
    gL: { of: () => r.gradients.at(-1), label: "last", ...hidden },
    flat: { of: () => 100 * r.flat, label: "flat", decimals: 1, ...hidden },
    ratio: { of: () => r.ratio, label: "last : first", ...hidden },
  };
  r.rows.forEach((row, i) => {
    all[`f${i}`] = { of: () => 100 * row.flat, decimals: 1, label: "flat", ...hidden };
    all[`r${i}`] = { of: () => row.ratio, label: "last : first", ...hidden };
  });
  return all;
}

const plain = { depth: 8, width: 64, g: 1 };
const presets = [
  { name: "Vanishing", set: { ...plain, activation: "sigmoid", start: "1/sqrt(n)" },
    look: "the blue ladder falls towards layer 1 by the same factor at each step. No neuron is flat: all slopes are "
      + "near their best, which is ¼, and ¼ times ¼ times ¼ …" },
  { name: "Saturated", set: { ...plain, activation: "sigmoid", start: "N(0, 1)" },
    look: "four in ten neurons say 0 or 1 and have hardly any slope, yet the gradient loses a factor of about ten on "
      + "its way, not tens of thousands: the large weights make up for it. Compare the columns: two diseases." },
  { name: "Exploding", set: { ...plain, activation: "relu", start: "N(0, 1)" },
    look: "each layer makes the signal about six times larger: in layer 8 it is in the millions. Now choose "
      + "the start √(2/n): both ladders are level." },
  { name: "Level", set: { ...plain, activation: "tanh", start: "1/sqrt(n)" },
    look: "signal and gradient hardly change from layer to layer. Slide g down to 0.5, then up to 5. Which ladder "
      + "falls? When do the neurons go flat? Then make it deeper." },
];

const power = (v) => (v >= 1e4 || v < 1e-3 ? format(v) : String(Number(v.toPrecision(3))));
const percent = (v) => `${(100 * v).toFixed(0)} %`;

function steps(s, r) {
  const { signal, gradients, spread, ratio, back } = r, f = format, n = s.width, L = s.depth;
  return [
    { lit: ["spread", "g"],
      say: `each weight is a normal number with the spread s = ${f(spread)}; the biases are 0` },
    { lit: ["width", "spread"], say: `a neuron adds n = ${n} products: from inputs of size ${f(signal[0])} comes a z `
      + `of size about s · √n · ${f(signal[0])} = ${f(spread * Math.sqrt(n) * signal[0])}` },
    { lit: ["a0"], say: `the activation makes a of it: in layer 1 its size is ${f(signal[1])}` },
    { lit: ["aL"], say: `and so on, layer by layer: ${signal.slice(1).map((v) => power(v)).join(", ")}` },
    { lit: ["gL"], say: `backward: the slopes ∂C/∂w of layer ${L} have the size ${f(gradients.at(-1))}` },
    { lit: ["g1"], say: `each layer on the way back multiplies by its weights and by φ′: on the whole by `
      + `${f(1 / back)} a layer, down to ${f(gradients[0])} in layer 1` },
    { lit: ["ratio", "gL", "g1"], say: `last to first: ${f(gradients.at(-1))} / ${f(gradients[0])} = ${f(ratio)}` },
  ];
}

const offOr = (s) => (s.activation === "relu" ? "off" : "flat");
const summary = (s, r) =>
  `The signal goes from ${format(r.signal[0])} to ${format(r.signal.at(-1))}; the last layer's slopes are `
  + `${format(r.ratio)} times the first layer's; ${percent(r.flat)} of the hidden neurons are ${offOr(s)}.`;

// What the numbers mean, in a sentence or two.
function verdict(s, r, masked) {
  if (masked) return "";
  const { signal, ratio, flat, back, dead } = r, grown = signal.at(-1) / signal[0];
  if (dead) return "The signal has died: in some layer no neuron answers any example. No weight has a slope.";
  const saturated = flat > 0.2 && s.activation !== "relu";
  if (saturated && ratio < 0.02)
    return `Saturated, and yet the gradient grows on its way back, ${power(1 / back)} times in each layer: the large `
      + "weights outdo the flat slopes.";
  if (saturated && ratio < 100)
    return `Saturated, not vanishing: ${percent(flat)} of the neurons are flat, but the slopes of the first and last `
      + `layer differ by a factor ${power(ratio < 1 ? 1 / ratio : ratio)} only.`;
  if (saturated) return `Both diseases: ${percent(flat)} of the neurons are flat, and each layer on the way back `
    + `keeps only ${power(1 / back)} of the gradient.`;
  const keep = grown ** (1 / s.depth);
  if (grown > 100) return `The signal explodes: each layer makes it about ${power(keep)} times larger.`;
  if (ratio > 100)
    return `Vanishing, and nothing is flat: each layer on the way back keeps only about ${power(1 / back)} of the `
      + `gradient, and ${s.depth - 1} such factors make ${power(1 / ratio)}.`;
  if (ratio < 0.01) return `The gradient explodes on its way back: ${power(1 / back)} times larger in each layer.`;
  if (grown < 0.2) return `The signal shrinks: each layer keeps about ${power(keep)} of it. Twenty such layers would `
    + `leave ${power(keep ** 20)}.`;
  if (grown > 5) return `The signal grows: about ${power(keep)} times in each layer. Twenty such layers would make it `
    + `${power(keep ** 20)} times larger.`;
  return "Neither ladder runs away: signal and gradient get through.";
}

// ---- formulas ----
const SPREADS = {
  "N(0, 1)": "{g}·1", 0.01: "{g}·0.01", "1/sqrt(n)": "{g}·[1]/[√{width}]",
  "sqrt(2/n)": "{g}·√( [2]/[{width}] )",
};
const law = ({ start }) => [
  `"spread of the weights" & s = ${SPREADS[start]} = {spread}`,
  '"signal, input to last" & {a0} "\u2009→\u2009" {aL}',
  '"slopes, last : first" & [{gL}]/[{g1}] = {ratio}',
];
const table = (s) => [
  `"start" & "${s.activation === "relu" ? "off" : "saturated"}" & "vanishing"`,
  `"" & "z ${s.activation === "relu" ? "≤ 0" : "beyond ±5"}" & "last : first"`,
  ...ORDER.map((start, i) => `<row${i}|"${NAMES[start]}"> & {f${i}} "\u2009%" & {r${i}}`),
  `<now|"yours${s.g === 1 ? "" : ", with g"}"> & {flat} "\u2009%" & {ratio}`,
];

// ---- pictures ----
const decades = (low, high) => ticks(low, high, 5).filter(Number.isInteger);
const log = (v) => Math.log10(Math.abs(v));

// The places of the layers 1 ... depth, the same in both pictures of histograms.
function frame(width, s, tall, range) {
  return scales({ x: 52, y: 26, w: width - 62, h: tall }, [0.5, s.depth + 0.5], range);
}
function layerNames(pen, { depth }, { X, box }, y) {
  const step = [1, 2, 5].find((k) => (depth / k) * 22 <= box.w);
  for (let l = 1; l <= depth; l++)
    if (l === 1 || l % step === 0)
      pen.put("text", `name${l}`, { class: "nnb-tick", x: X(l), y, "text-anchor": "middle" }, String(l));
}
const dot = (pen, key, run, cx, cy, more) => pen.put("circle", key,
  { class: "nnb-lane-end nnb-result", "data-run": run, r: 4, cx, cy, ...more });

// The values of one layer as a histogram on its side, symmetric about the layer's place.
function violin(pen, key, plot, l, values, place, attrs) {
  const { X, y0, y1, box } = plot, bins = Math.min(48, Math.floor(box.h / 3)), counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const v = place(values[i]), k = Math.floor(((v - y0) / (y1 - y0)) * bins);
    if (k >= 0 && k < bins) counts[k]++;
    else if (v === y1) counts[bins - 1]++;
  }
  const most = Math.max(...counts), half = Math.min(26, (0.46 * box.w) / (plot.x1 - plot.x0));
  if (!most) return;
  const at = (k) => (box.y + box.h - (k * box.h) / bins).toFixed(1), x = X(l);
  let right = "", left = "";
  counts.forEach((count, k) => {
    if (!count) return;
    const w = Math.max(0.4, (half * count) / most);
    right += `M${(x - w).toFixed(1)} ${at(k)}H${(x + w).toFixed(1)}V${at(k + 1)}H${(x - w).toFixed(1)}Z`;
  });
  pen.put("path", key, { ...attrs, d: right + left });
}

function layers(pen, { width }, s, r) {
  const { range } = KINDS[s.activation], sizes = r.signal.slice(1).map(log).filter(Number.isFinite);
  const room = range ? (range[1] - range[0]) * 0.03 : 0;
  const ends = range ? [range[0] - room, range[1] + room]
    : [Math.floor(Math.min(0, ...sizes)) - 2, Math.ceil(Math.max(0, ...sizes)) + 1];
  const plot = frame(width, s, 150, ends), { X, Y, bottom, box } = plot;
  axes(pen, "a", plot, { x: "", y: range ? "activations a of each layer" : "size of the activations |a|",
    xTicks: [], yTicks: range ? undefined : decades(...ends), text: range ? undefined : tenTo });
  for (let l = 1; l <= s.depth; l++) {
    violin(pen, `a${l}`, plot, l, r.A[l], range ? (v) => v : log, { class: "nnb-violin nnb-result" });
    if (!range && r.signal[l])
      dot(pen, `rms${l}`, "signal", X(l), Y(log(r.signal[l])));
  }
  // the share of flat neurons, from 0 to 1
  const foot = bottom + 66, tall = 34, w = Math.min(26, (0.6 * box.w) / s.depth);
  pen.put("text", "flat-title", { class: "nnb-axis", x: box.x - 6, y: bottom + 24 },
    s.activation === "relu" ? "share that is off, z ≤ 0" : "share on the flat part, |z| > 5");
  r.share.forEach((v, i) => {
    const x = X(i + 1) - w / 2;
    pen.put("rect", `all${i}`, { class: "nnb-track-bar", x, width: w, y: foot - tall, height: tall });
    pen.put("rect", `share${i}`,
      { class: "nnb-bar nnb-result", x, width: w, y: foot - tall * v, height: tall * v });
  });
  for (const [text, y] of [["100 %", foot - tall + 9], ["0", foot]])
    pen.put("text", `end${text}`, { class: "nnb-tick", x: box.x - 6, y, "text-anchor": "end" }, text);
  layerNames(pen, s, plot, foot + 15);
}

function slopes(pen, { width }, s, r) {
  const sizes = r.dead ? [0] : r.gradients.map(log);
  const ends = [Math.floor(Math.min(...sizes)) - 2, Math.ceil(Math.max(...sizes)) + 1];
  const plot = frame(width, s, 160, ends), { X, Y } = plot, y = "slopes |∂C/∂w| of each layer";
  axes(pen, "g", plot, { x: "layer", y, xTicks: [], yTicks: decades(...ends), text: tenTo });
  for (let l = 1; l <= s.depth; l++) {
    violin(pen, `g${l}`, plot, l, r.G[l - 1], log, { class: "nnb-violin nnb-slopes nnb-result" });
    if (!r.dead) dot(pen, `size${l}`, "gradient", X(l), Y(sizes[l - 1]));
  }
  layerNames(pen, s, plot, plot.bottom + 15);
}

// Signal and gradient against their source: the input, and the last layer.
function ladder(pen, { width }, s, r) {
  const signal = r.signal.map((v, l) => [l, log(v / r.signal[0])]);
  const gradient = r.gradients.map((v, i) => [i + 1, log(v / r.gradients.at(-1))]);
  const lines = [["signal", signal], ["gradient", gradient]]
    .map(([name, points]) => [name, points.filter(([, v]) => Number.isFinite(v))]);
  const all = lines.flatMap(([, points]) => points.map(([, v]) => v));
  const low = Math.min(-1, Math.floor(Math.min(...all) - 0.2));
  const high = Math.max(1, Math.ceil(Math.max(...all) + 0.2));
  const plot = scales({ x: 52, y: 26, w: width - 128, h: 190 }, [0, s.depth], [low, high]);
  const { X, Y, box, right } = plot;
  const xTicks = ticks(0, s.depth, Math.min(s.depth, box.w / 40)).filter(Number.isInteger);
  axes(pen, "ladder", plot, { x: "layer", y: "size, compared with its source", xTicks, yTicks: decades(low, high),
    text: (v, axis) => (axis === "x" ? String(v) : tenTo(v)) });
  const ends = [];
  for (const [name, points] of lines) {
    if (!points.length) continue;
    const of = { "data-run": name, "data-link": name === "signal" ? "a0 aL" : "ratio gL g1" };
    const pixels = points.map(([l, v]) => [X(l), Y(v)]);
    pen.put("path", name, { ...of, class: "nnb-lane nnb-result",
      d: `M${pixels.map((place) => place.map((v) => v.toFixed(1)).join(" ")).join("L")}` });
    pixels.forEach((place, i) => dot(pen, `${name}${i}`, name, ...place, of));
    ends.push({ name, of, y: pixels.at(-1)[1] });
  }
  for (const { name, of, to } of apart(ends, 17, [box.y + 8, plot.bottom - 4]))
    pen.put("text", `${name}-name`,
      { ...of, class: "nnb-lane-name nnb-halo nnb-result", x: right + 9, y: to + 4.5 }, name);
}

const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

function build(ui) {
  const said = ui.caption(verdict), facts = ui.formula(law), account = ui.formula(table);
  facts.classList.add("nnb-facts");
  said.classList.add("nnb-verdict-line", "nnb-result");
  account.classList.add("nnb-account", "nnb-starts");
  const picture = (what, tall, draw) => ui.picture({ label: label(what), height: () => tall, draw });
  const rungs = picture("the ladders of signal and gradient", 258, ladder);
  rungs.classList.add("nnb-ladder");
  const seed = ui.button("New seed", () => { ui.set({ seed: (ui.now().seed + 1) % 10000 }); ui.settle(); });
  return {
    main: [
      picture("the activations of each layer, and how many are flat", 262, layers),
      picture("the slopes of each layer, on a logarithmic scale", 222, slopes),
    ],
    controls: [
      ui.select("activation", "φ", ACTS), ui.select("start", "start", NAMES),
      ui.slider("g"), ui.slider("depth"), ui.slider("width"), h("div", { class: "nnb-row" }, seed),
    ],
    side: [
      rungs, said, facts, account,
      ui.caption(({ seed: now }, { m }) =>
        `The four starts with g = 1. ${m} examples, seed ${now}; sizes are root mean squares.`),
    ],
    more: [ui.slider("seed")],
  };
}

function check({ depth, width, activation, start, g, seed }) {
  const whole = (v, low, high) => Number.isInteger(v) && v >= low && v <= high;
  return whole(depth, 1, 20) && whole(width, 8, 128) && Object.hasOwn(KINDS, activation)
    && Object.hasOwn(STARTS, start) && g >= 0.01 && g <= 5 && whole(seed, 0, 9999);
}

const init_lab = widget({
  python: "InitLab",
  title: "Before the first step",
  state: ["depth", "width", "activation", "start", "g", "seed"],
  shape: () => 0,
  check, compute, numbers, presets, steps, summary, build,
  predict: { number: "ratio",
    ask: "How many times as large as the first layer's are the last layer's slopes? Your guess:" },
  code: () => ["n.signal, n.gradients, n.diagnose()"],
});
export default init_lab;
