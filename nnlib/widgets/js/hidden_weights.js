// HiddenWeights: the weights of each hidden neuron of a network 784-n-10 as a picture, epoch by epoch.
import { ACTIVATIONS } from "./activations.js";
import { readNet } from "./digit_net.js";
import { unpack } from "./digits.js";
import { h } from "./dom.js";
import { format, tenTo } from "./format.js";
import { apart, axes, cells, legend, scales } from "./plot.js";
import { widget } from "./shell.js";

// As in hidden_weights.py and models/packed.py.
const SIDE = 28, PIXELS = SIDE * SIDE, CLASSES = 10;
const range = (n) => Array.from({ length: n }, (_, i) => i);
const sum = (list, f) => { let total = 0; for (const v of list) total += f(v); return total; };

// ---- the snapshots ----
const decoded = new WeakMap(); // the bytes -> the networks in them

// The networks: { size, lam, epoch, accuracy, W: a row of 784 for each neuron, b, V: 10 rows }.
function networks({ snapshots, weights, ink }) {
  if (decoded.has(weights)) return decoded.get(weights);
  const isInked = (k) => Boolean(ink.getUint8(k >> 3) & (128 >> (k & 7)));
  const inked = range(PIXELS).filter(isInked), white = range(PIXELS).filter((k) => !isInked(k));
  const all = [];
  let at = 0;
  for (const record of snapshots) {
    const { size: n, rim } = record, pixels = rim === null ? PIXELS : inked.length;
    const { W: kept, b, V, end } = readNet(weights, at, n, pixels, 1);
    at = end;
    const start = all.find(({ size, epoch }) => size === n && epoch === 0);
    const W = rim === null ? kept : kept.map((row, j) => {
      const whole = start.W[j].map((w) => rim * w);
      inked.forEach((pixel, i) => { whole[pixel] = row[i]; });
      return whole;
    });
    all.push({ ...record, b, V, W, ...measures(W, white) });
  }
  decoded.set(weights, all);
  return all;
}

const images = new WeakMap(); // the packed bytes -> the mean images
function imagesOf(bytes) {
  if (!images.has(bytes)) images.set(bytes, unpack(bytes));
  return images.get(bytes);
}

// Of all pictures: squared differences of neighbours over the sum of both squares; the largest |w|; the
// share of the squares at the pixels that are never inked.
function measures(W, white) {
  let differences = 0, squares = 0, largest = 0, all = 0, outside = 0;
  const pair = (p, q) => { differences += (p - q) ** 2; squares += p * p + q * q; };
  for (const w of W) {
    for (let k = 0; k < PIXELS; k++) {
      if (k % SIDE < SIDE - 1) pair(w[k], w[k + 1]);
      if (k + SIDE < PIXELS) pair(w[k], w[k + SIDE]);
      largest = Math.max(largest, Math.abs(w[k]));
      all += w[k] ** 2;
    }
    for (const k of white) outside += w[k] ** 2;
  }
  return { rough: squares ? differences / squares : 0, largest, rim: all ? (100 * outside) / all : 0 };
}

const find = (records, { size, lam, epoch }) =>
  records.find((r) => r.size === size && r.epoch === epoch && (r.lam === null || r.lam === lam));
const stopsOf = (records, size) =>
  [...new Set(records.filter((r) => r.size === size).map((r) => r.epoch))].sort((p, q) => p - q);
const lamsOf = (records) =>
  [...new Set(records.map((r) => r.lam))].filter((lam) => lam !== null).sort((p, q) => p - q);
const nearest = (list, v) => list.reduce((best, x) => (Math.abs(x - v) < Math.abs(best - v) ? x : best));

// How alike two pictures are: their correlation.
function likeness(p, q) {
  const mp = sum(p, (v) => v) / p.length, mq = sum(q, (v) => v) / q.length;
  let pq = 0, pp = 0, qq = 0;
  for (let k = 0; k < p.length; k++) {
    pq += (p[k] - mp) * (q[k] - mq);
    pp += (p[k] - mp) ** 2;
    qq += (q[k] - mq) ** 2;
  }
  return pp && qq ? pq / Math.sqrt(pp * qq) : 0;
}

function compute(s, data) {
  const all = networks(data), now = find(all, s), means = imagesOf(data.means);
  const mean = means.slice(PIXELS * s.digit, PIXELS * (s.digit + 1)), j = s.unit - 1, w = now.W[j];
  const products = mean.map((x, k) => x * w[k]);
  const plus = sum(products, (p) => Math.max(0, p)), minus = sum(products, (p) => Math.min(0, p));
  const z = plus + minus + now.b[j], a = ACTIVATIONS[now.hidden].f(z);
  const outputs = now.V.map((row) => row[j]), said = now.V[s.digit];
  const order = range(s.size);
  if (s.sort) order.sort((p, q) => Math.abs(said[q]) - Math.abs(said[p]));
  const like = now.W.map((row) => likeness(row, mean));
  const closest = like.reduce((best, v, i) => (v > like[best] ? i : best), 0);
  const beyond = (100 * sum(now.W, (row) => sum(row, (v) => Math.abs(v) > s.top))) / (PIXELS * s.size);
  const lams = lamsOf(data.snapshots), stops = stopsOf(data.snapshots, s.size);
  const lines = (lams.length ? lams : [s.lam]).map((lam) =>
    ({ lam, places: stops.map((epoch) => find(all, { size: s.size, lam, epoch })) }));
  return { now, means, mean, w, products, plus, minus, z, a, b: now.b[j], outputs, said, order, like,
    closest, beyond, lams, stops, lines, at: stops.indexOf(s.epoch), given: a * outputs[s.digit] };
}

const numbers = (count) => ({ size, digit, unit }) => {
  const all = {
    top: { key: "top", log: true, min: 0.05, max: 5, label: "end", title: "end of the common colour scale",
      marks: [0.1, 1].map((at) => ({ at, label: `±${at}` })) },
    unit: { key: "unit", min: 1, max: size, step: 1, whole: true, label: "unit", title: "hidden neuron",
      marks: [] },
    digit: { key: "digit", min: 0, max: CLASSES - 1, step: 1, whole: true, label: "digit" },
    plus: { of: (r) => r.plus, label: "blue under ink", result: true },
    minus: { of: (r) => r.minus, label: "orange under ink", result: true },
    b: { of: (r) => r.b, label: "b", title: `bias of unit ${unit}` },
    z: { of: (r) => r.z, label: "z", title: "weighted input", result: true },
    a: { of: (r) => r.a, label: "a", title: "activation", result: true },
    given: { of: (r) => r.given, label: "contribution", title: `to output ${digit}`, result: true },
    like: { of: (r) => r.like[unit - 1], label: "likeness", digits: 2 },
    best: { of: (r) => r.like[r.closest], label: "largest likeness", digits: 2 },
    who: { of: (r) => r.closest + 1, whole: true, label: "unit" },
    largest: { of: (r) => r.now.largest, label: "largest |w|" },
    beyond: { of: (r) => r.beyond, label: "beyond the scale" },
    rim: { of: (r) => r.now.rim, label: "of Σw² at the rim", digits: 2 },
  };
  range(CLASSES).forEach((k) => {
    all[`o${k}`] = { of: (r) => r.outputs[k], label: `weight to output ${k}` };
  });
  range(size).forEach((j) => {
    all[`v${j + 1}`] = { of: (r) => r.said[j], label: `weight of unit ${j + 1}`, digits: 2 };
  });
  range(count).forEach((i) => {
    const here = (r) => r.lines[i].places[r.at];
    all[`rough${i}`] = { of: (r) => here(r).rough, label: "roughness" };
    all[`large${i}`] = { of: (r) => here(r).largest, label: "largest |w|" };
    all[`right${i}`] = { of: (r) => 100 * here(r).accuracy, label: "accuracy" };
  });
  return all;
};

// ---- words ----
const lamText = (lam) => (lam ? tenTo(Math.round(Math.log10(lam))) : "0");
const epochs = (n) => `${n} epoch${n === 1 ? "" : "s"}`;

function summary({ epoch, size, unit, digit, scale }, r) {
  const how = scale === "one" ? "on one scale" : "each on its own scale";
  return `${size} pictures after ${epochs(epoch)}, ${how}: roughness ${format(r.now.rough)}. `
    + `For the mean ${digit} unit ${unit} has a = ${format(r.a)}.`;
}

// What the scale does to the eye.
function told({ scale, top }, r) {
  const largest = r.now.W.map((w) => w.reduce((most, v) => Math.max(most, Math.abs(v)), 0));
  if (scale === "each")
    return "Careful: each picture now ends at its own largest weight, here from "
      + `${format(Math.min(...largest))} to ${format(Math.max(...largest))}. Weak and strong look alike, and `
      + "mere noise can look like structure. Compare shapes, never strengths.";
  if (r.now.largest < top / 2)
    return "One scale for all pictures: they are pale because their weights are small, "
      + `${format(r.now.largest)} at most.`;
  return "One scale for all pictures and all epochs: equal colour is equal weight. "
    + `${format(r.beyond)} % of the weights lie beyond ±${format(top, { significant: 2 })} and are painted `
    + "like the ends of the bar.";
}

function steps({ unit, digit, epoch }, r) {
  const n = (v) => format(v), inked = r.mean.filter((x) => x > 0).length;
  const blue = r.products.filter((p) => p > 0).length;
  return [
    { lit: ["unit"], say: `unit ${unit} after ${epochs(epoch)} meets the mean image of the digit ${digit}: `
      + `${inked} of 784 pixels have ink there, ${blue} of them under blue weights` },
    { lit: ["plus"], say: `ink under blue adds ${n(r.plus)}` },
    { lit: ["minus"], say: `ink under orange takes away: ${n(r.minus)}` },
    { lit: ["b", "z"], say: `with the bias ${n(r.b)} this makes z = ${n(r.z)}` },
    { lit: ["z", "a"], say: `the activation of the unit is a = ${n(r.a)}` },
    { lit: ["a", `o${digit}`, "given"], say: `times its weight ${n(r.outputs[digit])} to output ${digit}: `
      + `${n(r.given)} is what the unit says ${r.given < 0 ? "against" : "for"} a ${digit}` },
  ];
}

const meeting = (own) => ({ digit }) => [
  "<z|z> & = & Σ_k w_k x_k + <b|b>",
  "\"\" & = & {plus} + {(minus)} + {(b)} = {z}",
  `<a|a> & = & ${own ? "φ" : "σ"}(<z|z>) = {a}`,
  `<a|a> · <o${digit}|w_${digit}> & = & {a} · {(o${digit})} = {given}`,
];
const alike = ({ digit }) => [
  `"likeness to the mean ${digit}" & {like} & ""`,
  "\"largest likeness of all\" & {best} & \"unit\u00a0\" {who}",
];
const account = (own) => () => [
  "\"one scale ends at ±\" & {top}",
  "\"weights beyond it\" & {beyond} \"\u00a0%\"",
  "\"largest |w|\" & {largest}",
  ...(own ? [] : ["\"Σw² at the white rim\" & {rim} \"\u00a0%\""]),
];
const comparison = (own) => (s, r) => [
  own ? "\"roughness\" & \"largest |w|\"" : "\"λ\" & \"roughness\" & \"largest |w|\" & \"accuracy\"",
  ...r.lines.map(({ lam }, i) => (own ? `{rough${i}} & {large${i}}`
    : `"${lam === s.lam ? "▸ " : ""}${lamText(lam)}" & {rough${i}} & {large${i}} & {right${i}} "\u00a0%"`)),
];

// ---- all pictures ----
const GAP = 2; // pixels of a picture between two pictures
function tiles(width, n) {
  const columns = n <= 16 ? 4 : n > 36 ? 8 : width < 380 ? 5 : 6;
  const across = columns * (SIDE + GAP) - GAP, unit = Math.min(width / across, 3.25);
  const label = Math.ceil(20 / unit), down = SIDE + label, rows = Math.ceil(n / columns);
  const left = (width - across * unit) / 2;
  return { columns, rows, across, down, unit, left, side: SIDE * unit, height: rows * down * unit,
    place: (i) => [left + (i % columns) * (SIDE + GAP) * unit, Math.floor(i / columns) * down * unit],
    find: (x, y) => {
      const column = Math.floor((x - left) / ((SIDE + GAP) * unit)), row = Math.floor(y / (down * unit));
      const i = columns * row + column;
      return column >= 0 && column < columns && row >= 0 && i < n ? i : undefined;
    } };
}

const largestOf = (w) => w.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1;

function sheet(pen, { width }, s, r) {
  const { columns, rows, across, down, unit, left, side, place, find: at } = tiles(width, s.size);
  const ends = r.now.W.map((w) => (s.scale === "each" ? largestOf(w) : s.top));
  cells(pen, "sheet", { x: left, y: 0, w: across * unit, h: rows * down * unit }, rows * down, across,
    (i, j) => {
      const y = i % down, x = j % (SIDE + GAP);
      const neuron = r.order[columns * Math.floor(i / down) + Math.floor(j / (SIDE + GAP))];
      return y < SIDE && x < SIDE && neuron !== undefined
        ? r.now.W[neuron][SIDE * y + x] / ends[neuron] : undefined;
    }, [-1, 1]);
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const shown = r.order.indexOf(s.unit - 1);
  const to = (i) => (r.order[i] === undefined ? 0 : pen.change({ unit: r.order[i] + 1 }));
  pen.grip("rect", "field", { class: "nnb-room nnb-choose", role: "slider", "aria-label": "hidden neuron",
    x: left, y: 0, width: across * unit, height: rows * down * unit, "aria-valuemin": 1,
    "aria-valuemax": s.size, "aria-valuenow": s.unit,
    "aria-valuetext": `unit ${s.unit}, weight to output ${s.digit}: ${format(r.said[s.unit - 1])}` }, {
    tap: (x, y) => to(at(x, y)),
    press: ({ key }) => {
      if (!(key in step || key === "Home" || key === "End")) return false;
      to(key === "Home" ? 0 : key === "End" ? s.size - 1 : shown + step[key]);
      return true;
    } });
  r.order.forEach((neuron, i) => {
    const [x, y] = place(i), base = y + side + 14;
    pen.put("text", `name${neuron}`, { class: "nnb-tick", x, y: base }, neuron + 1);
    if (side >= 52)
      pen.number(`v${neuron + 1}`, `v${neuron}`, { class: "nnb-num nnb-tiny", x: x + side, y: base,
        "text-anchor": "end" });
  });
  pen.put("text", "legend", { class: "nnb-tick", x: width / 2, y: rows * down * unit + 10,
    "text-anchor": "middle" }, side < 52 ? "number of the neuron"
    : `left: its number; right: its weight to output ${s.digit}`);
  const [x, y] = place(shown);
  for (const part of ["nnb-pick-out", "nnb-pick"])
    pen.put("rect", part, { class: part, x, y, width: side, height: side });
  const y0 = rows * down * unit + 24, far = Math.min(90, width / 6);
  legend(pen, "key", { x: width / 2 - far, y: y0, w: 2 * far, open: s.scale === "one",
    name: s.scale === "one" ? "w" : "w / max", range: s.scale === "one" ? [-s.top, s.top] : [-1, 1] });
}

// ---- one neuron: its weights, and those that lead on to the ten outputs ----
const bigOf = (width) => Math.min(220, width * 0.5);

function closeUp(pen, { width }, s, r) {
  const side = bigOf(width), y0 = 24, step = side / SIDE, end = s.scale === "each" ? largestOf(r.w) : s.top;
  pen.put("text", "unit-name", { class: "nnb-title", x: 0, y: 15 }, `Unit ${s.unit}: weights w`);
  cells(pen, "unit", { x: 0, y: y0, w: side, h: side }, SIDE, SIDE, (i, j) => r.w[SIDE * i + j], [-end, end]);
  pen.put("path", "minus", { class: "nnb-minus", d: range(PIXELS).filter((k) => r.w[k] < -end / 2).map((k) =>
    `M${(k % SIDE + 0.3) * step} ${y0 + (Math.floor(k / SIDE) + 0.5) * step}h${0.4 * step}`).join("") });
  const x0 = side + 34, room = width - x0 - 48, zero = x0 + room / 2, row = side / CLASSES;
  const far = Math.max(...r.now.V.map(largestOf)), X = (v) => zero + (v / far) * (room / 2);
  pen.put("text", "to", { class: "nnb-title", x: side + 16, y: 15 }, "to the outputs");
  pen.put("line", "zero", { class: "nnb-grid", "data-zero": "", x1: zero, x2: zero, y1: y0, y2: y0 + side });
  r.outputs.forEach((v, k) => {
    const y = y0 + k * row, bar = (key, to, name) => pen.put("rect", `${key}${k}`, {
      class: name, "data-sign": v < 0 ? "neg" : "pos", "data-link": `o${k}`, x: Math.min(zero, X(to)),
      y: y + row * 0.2, width: Math.abs(X(to) - zero), height: row * 0.6 });
    if (k === s.digit) pen.put("rect", "chosen", { class: "nnb-chosen", x: side + 12, y, rx: 4,
      width: width - side - 12, height: row });
    pen.put("text", `digit${k}`, { x: side + 20, y: y + row / 2 + 5 }, k);
    bar("weight", v, "nnb-outline");
    bar("given", r.a * v, "nnb-cell nnb-result");
    pen.number(`o${k}`, `o${k}`, { class: "nnb-num nnb-tiny", x: width, y: y + row / 2 + 4.5,
      "text-anchor": "end" });
  });
  pen.grip("rect", "outputs", { class: "nnb-room nnb-choose", tabindex: null, x: side + 12, y: y0,
    width: width - side - 12, height: side },
  { tap: (_, y) => pen.change({ digit: Math.max(0, Math.min(9, Math.floor((y - y0) / row))) }) });
}

// ---- the ten mean images, and what the neuron makes of the chosen one ----
const stripOf = (width) => Math.min(40, width / CLASSES);

function strip(pen, { width }, s, r) {
  const size = stripOf(width), left = (width - CLASSES * size) / 2, y0 = 22;
  pen.put("text", "name", { class: "nnb-title", x: 0, y: 15 }, "Mean image of each digit");
  const across = (SIDE + GAP) * CLASSES - GAP;
  cells(pen, "means", { x: left, y: y0, w: CLASSES * size - 2, h: size - 2 }, SIDE, across, (i, j) => {
    const k = Math.floor(j / (SIDE + GAP)), x = j % (SIDE + GAP);
    return x < SIDE ? r.means[PIXELS * k + SIDE * i + x] : undefined;
  }, [0, 1]);
  for (const part of ["nnb-pick-out", "nnb-pick"])
    pen.put("rect", part,
      { class: part, x: left + s.digit * size, y: y0, width: size - 2, height: size - 2 });
  const to = (digit) => pen.change({ digit: Math.max(0, Math.min(9, digit)) });
  pen.grip("rect", "digits", { class: "nnb-room nnb-choose", role: "slider", "aria-label": "digit",
    x: left, y: y0 - 4, width: CLASSES * size, height: size + 8, "aria-valuemin": 0, "aria-valuemax": 9,
    "aria-valuenow": s.digit, "aria-valuetext": `the mean ${s.digit}` }, {
    tap: (x) => to(Math.floor((x - left) / size)),
    press: (event) => pen.press("digit", event),
  });
}

const trialOf = (width) => Math.min(130, (width - 60) / 2);

function trial(pen, { width }, s, r) {
  const side = trialOf(width), x1 = (width - 2 * side - 52) / 2, x2 = x1 + side + 52, y0 = 20;
  const end = s.scale === "each" ? largestOf(r.w) : s.top;
  const title = (key, text, x) =>
    pen.put("text", key, { class: "nnb-label", x: x + side / 2, y: 13, "text-anchor": "middle" }, text);
  title("mean-name", `mean ${s.digit}: x`, x1);
  cells(pen, "mean", { x: x1, y: y0, w: side, h: side }, SIDE, SIDE, (i, j) => r.mean[SIDE * i + j], [0, 1]);
  pen.put("text", "times",
    { x: (x1 + side + x2) / 2, y: y0 + side / 2 + 5, "text-anchor": "middle" }, "· w =");
  title("product-name", "products w x", x2);
  cells(pen, "products", { x: x2, y: y0, w: side, h: side }, SIDE, SIDE, (i, j) => r.products[SIDE * i + j],
    [-end, end], { class: "nnb-cells nnb-result" });
  pen.put("rect", "product-frame", { class: "nnb-frame", x: x2, y: y0, width: side, height: side });
}

// ---- roughness of every snapshot: a map to choose from ----
const RUNS = ["full", "mini", "single"]; // ink, blue dashes, orange dots

function history(pen, { width }, s, r) {
  const last = r.stops.length - 1, end = last || 1;
  const most = Math.max(1, ...r.lines.flatMap((line) => line.places.map((p) => p.rough)));
  const plot = scales({ x: 34, y: 26, w: width - 104, h: 130 }, [-0.12 * end, end], [0, most * 1.06]);
  const { X, Y, box, right, bottom } = plot;
  axes(pen, "plot", plot, { x: "epochs", y: "roughness", xTicks: range(last + 1), yTicks: [0, 0.5, 1],
    text: (v, axis) => String(axis === "x" ? r.stops[v] : v) });
  pen.put("line", "noise", { class: "nnb-guide", x1: box.x, x2: right, y1: Y(1), y2: Y(1) });
  pen.put("text", "noise-name",
    { class: "nnb-tick", x: right, y: Y(1) - 5, "text-anchor": "end" }, "pure noise");
  const here = X(r.at), ends = [];
  pen.put("line", "here", { class: "nnb-guide", x1: here, x2: here, y1: box.y, y2: bottom });
  r.lines.forEach(({ lam, places }, i) => {
    const run = { "data-run": RUNS[i] }, points = places.map((p, k) => [X(k), Y(p.rough)]);
    pen.put("path", `line${i}`,
      { ...run, class: "nnb-lane", d: `M${points.map((p) => p.join(" ")).join("L")}` });
    points.forEach(([cx, cy], k) =>
      pen.put("circle", `p${i}-${k}`, { ...run, class: "nnb-lane-end", r: 4, cx, cy }));
    ends.push({ i, lam, y: points.at(-1)[1] });
  });
  for (const { i, lam, to } of apart(ends, 16, [box.y, bottom]))
    if (r.lams.length) pen.put("text", `lam${i}`, { "data-run": RUNS[i], class: "nnb-lane-name",
      x: right + 10, y: to + 4.5 }, `λ = ${lamText(lam)}`);
  pen.put("circle", "now", { class: "nnb-now", r: 8, cx: here, cy: Y(r.now.rough) });
  const go = (k, i) => pen.set({ epoch: r.stops[Math.max(0, Math.min(last, k))],
    lam: r.lines[Math.max(0, Math.min(r.lines.length - 1, i))].lam });
  const line = r.lines.findIndex(({ lam }) => lam === s.lam);
  const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  pen.grip("rect", "choose", { class: "nnb-room nnb-choose", role: "slider", "aria-label": "snapshot",
    x: box.x, y: box.y, width: box.w + 70, height: box.h, "aria-valuemin": 0, "aria-valuemax": last,
    "aria-valuenow": r.at, "aria-valuetext": `epoch ${s.epoch}, roughness ${format(r.now.rough)}` }, {
    tap: (x, y) => {
      const k = nearest(range(last + 1), plot.x(Math.min(x, right)));
      const heights = r.lines.map(({ places }) => Y(places[k].rough));
      go(k, k || x > right ? heights.indexOf(nearest(heights, y)) : line);
    },
    press: ({ key }) => Boolean(move[key]) && (go(r.at + move[key][0], line + move[key][1]), true),
  });
}

// ---- the body ----
const label = (what) => (s, r, masked) => (masked ? what : `${what}. ${summary(s, r)}`);

function build(own, records) {
  return (ui, { size }) => {
    const stops = stopsOf(records, size), sizes = [...new Set(records.map((r) => r.size))];
    const go = (i) => ui.set({ epoch: stops[Math.max(0, Math.min(stops.length - 1, i))] });
    const at = () => stops.indexOf(ui.now().epoch);
    const player = ui.player({
      step: () => go(at() + 1), back: () => go(at() - 1), restart: () => go(0),
      atStart: () => at() === 0, atEnd: () => at() === stops.length - 1,
    }, { names: { restart: "To the first epoch", back: "Epoch back", play: "Play the epochs",
      pause: "Pause the epochs", next: "Epoch on" } });
    const tabs = stops.map((epoch, i) => {
      const tab = ui.button(String(epoch), () => { go(i); ui.settle(); },
        { "aria-label": `after ${epochs(epoch)}` });
      return ui.live(tab, (s) => tab.setAttribute("aria-pressed", String(s.epoch === epoch)));
    });
    const sizeList = Object.fromEntries(sizes.map((n) => [n, `${n} hidden neurons`]));
    const lamList = Object.fromEntries(lamsOf(records).map((lam) =>
      [lam, lam ? `L2 with λ = ${lamText(lam)}` : "no L2: λ = 0"]));
    const toSize = (v, s) => ({ size: Number(v), unit: Math.min(s.unit, Number(v)),
      epoch: nearest(stopsOf(records, Number(v)), s.epoch) });
    const verdict = ui.caption(told), table = (lines) => {
      const node = ui.formula(lines);
      node.classList.add("nnb-facts");
      return node;
    };
    verdict.classList.add("nnb-verdict");
    ui.live(verdict, ({ scale }) => verdict.toggleAttribute("data-warn", scale === "each"));
    return {
      main: [
        ui.picture({ label: label("the weights of each hidden neuron as a picture"),
          height: (width) => tiles(width, size).height + 42, draw: sheet }),
        h("div", { class: "nnb-row nnb-epochs" }, player, h("div", { class: "nnb-row" },
          "epochs", h("div", { class: "nnb-row nnb-tabs", role: "group", "aria-label": "Epochs" }, tabs))),
        verdict, table(account(own)),
      ],
      controls: [
        ...(own ? [] : [ui.select("lam", "λ", lamList, (v) => ({ lam: Number(v) })),
          ui.select("size", "size", sizeList, toSize)]),
        ui.select("scale", "scale", { one: "one for all pictures", each: "each picture its own" }),
        ui.slider("top"), ui.slider("unit"),
        ui.toggle("sort", "largest |weight to the digit| first"),
      ],
      side: [
        ui.picture({ label: (s, r) => `unit ${s.unit}: its weights, and those to the outputs 0 to 9: `
          + r.outputs.map((v) => format(v)).join(", "),
        height: (width) => bigOf(width) + 34, draw: closeUp }),
        ui.picture({ label: (s) => `the mean images of the ten digits; chosen: ${s.digit}`,
          height: (width) => stripOf(width) + 28, draw: strip }),
        ui.picture({ label: (s) => `the mean ${s.digit}, and its products with the weights of unit ${s.unit}`,
          height: (width) => trialOf(width) + 28, draw: trial }),
        ui.formula(meeting(own)), table(alike),
        ui.picture({ label: (s, r) => `roughness ${format(r.now.rough)} after ${epochs(s.epoch)}`,
          height: () => 192, draw: history }),
        table(comparison(own)),
        ui.caption(() => "Roughness: squared differences of neighbouring weights, over the sum of both "
          + "squares: 1 for pure noise. Means: of the book's own 1,437 small digits."),
      ],
    };
  };
}

const plain = { scale: "one", digit: 3, sort: false }, first = { ...plain, top: 1 };
const PRESETS = [
  { name: "It learns", set: { ...first, size: 30, lam: 0, epoch: 0, unit: 25 },
    look: "press play under the pictures. Pale noise becomes blotches within one epoch; from then on they "
      + "grow stronger and rougher. How many clean strokes or edges do you count?" },
  { name: "L2 smooths", set: { ...first, size: 30, lam: 1e-4, epoch: 30, unit: 25 },
    look: "soft blotches. Switch λ to 0 and back: same start, same images, same order. Then read roughness "
      + "and accuracy: the smoothest pictures do not belong to the best network." },
  { name: "Fake structure", set: { ...first, size: 30, lam: 0, epoch: 0, scale: "each", unit: 25 },
    look: "strong colours everywhere, and nothing has been learned: this is the random start. One scale for "
      + "all pictures shows what it is." },
  { name: "Who speaks for a 3?", set: { ...first, size: 30, lam: 1e-5, epoch: 30, sort: true, unit: 3 },
    look: "the first pictures push the output 3 up or down the most. Does one look like the mean 3? Click "
      + "them, and read the likeness." },
];
const ownPresets = (stops) => [
  { name: "Where it began", set: { ...plain, epoch: stops[0] },
    look: "the first snapshot on the scale of the others. What is there already?" },
  { name: "Each its own scale", set: { ...plain, scale: "each" },
    look: "which pictures seem to have changed, and are only painted in stronger colours?" },
  { name: "Who speaks for a 3?", set: { ...plain, sort: true },
    look: "the first pictures push the output 3 up or down the most. Does one look like the mean 3?" },
];

const whole = (v, low, high) => Number.isInteger(v) && v >= low && v <= high;
const check = (s, { snapshots }) => Boolean(find(snapshots, s)) && whole(s.unit, 1, s.size)
  && whole(s.digit, 0, CLASSES - 1) && ["one", "each"].includes(s.scale) && s.top >= 0.01 && s.top <= 100;

function define(records) {
  const own = records.every(({ lam }) => lam === null);
  const called = (name, { size, lam, ...rest }, usual) => usual(name, rest)
    .replace("(", `(nets, epochs=[${stopsOf(records, size).join(", ")}], `);
  return widget({
    python: "HiddenWeights",
    title: "What did the hidden neurons learn?",
    state: ["size", "lam", "epoch", "scale", "top", "digit", "sort", "unit"],
    looks: ["epoch", "unit", "digit"],
    data: ["snapshots", "weights", "ink", "means"],
    shape: ({ size }) => size,
    check, compute, steps, summary,
    numbers: numbers(lamsOf(records).length || 1),
    presets: own ? ownPresets(stopsOf(records, records[0].size)) : PRESETS,
    build: build(own, records),
    predict: ({ digit, unit }) => ({ number: "a",
      ask: `What will a be, when unit ${unit} meets the mean ${digit}? Your guess:` }),
    about: ({ size, lam, epoch, digit, unit }) => [size, lam, epoch, digit, unit],
    call: own ? called : undefined,
    code: () => [...(own ? ["# nets are your own networks"] : []),
      "net = n.net  # the weights in the picture, as an nnlib.Network", "n"],
  });
}

const hidden_weights = (props) => define(props.model.get("snapshots"))(props);
export default hidden_weights;
