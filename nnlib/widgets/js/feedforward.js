// FeedForward: a network layer by layer, one of its neurons in numbers, and the count of what it learns.
import { ACTIVATIONS } from "./activations.js";
import { unpack } from "./digits.js";
import { format, sub, sup, whole } from "./format.js";
import { edge } from "./net.js";
import { forward, unpackParams } from "./network.js";
import { cells } from "./plot.js";
import { uniforms } from "./random.js";
import { same } from "./share.js";
import { widget } from "./shell.js";

// As in feedforward.py.
const SMALL = 200, IMAGE = 784, X = [1, 0.5, -1, 1.5];
const MOST = 100; // neurons of a layer that is made here
const range = (n, from = 0) => Array.from({ length: n }, (_, i) => from + i);
const plural = (n, what) => `${whole(n)} ${what}${n === 1 ? "" : "s"}`;
const counts = (sizes) => sizes.slice(1).map((n, i) => sizes[i] * n + n);
const countOf = (sizes) => counts(sizes).reduce((sum, n) => sum + n, 0);
const isImage = (sizes, l) => l === 0 && sizes[0] === IMAGE;
const offset = (sizes, l) => countOf(sizes.slice(0, l)); // where W of layer l begins in params

const most = (sizes) => (sizes.length > 4 ? 12 : 16); // units of a layer that are drawn

// Which of a layer's units are drawn, from 0; of an image, part of its middle row.
function seen(sizes, l) {
  const n = sizes[l];
  if (isImage(sizes, l)) return range(most(sizes), 398);
  const half = most(sizes) / 2;
  return n <= 2 * half ? range(n) : [...range(half), ...range(half, n - half)];
}
const shownLayer = ({ layer }) => Math.max(1, layer); // whose matrix is drawn: at the input, the next one's

// Places along a layer: one for each unit drawn and one for each run of dots; at(i) is unit i's.
function slots(sizes, l) {
  const shown = Math.min(sizes[l], most(sizes)), half = most(sizes) / 2;
  if (isImage(sizes, l)) return { length: shown + 2, at: (i) => i + 1, dots: [0, shown + 1] };
  if (sizes[l] > shown) return { length: shown + 1, at: (i) => i + (i >= half), dots: [half] };
  return { length: shown, at: (i) => i, dots: [] };
}
const defaultX = (n) => (n === IMAGE ? [] : range(n).map((k) => X[k % X.length]));

let made = {}; // the last network made from a seed: it may have 25,000 numbers
function fromSeed(sizes, seed) {
  const key = `${sizes} ${seed}`;
  if (made.key === key) return made.params;
  const u = uniforms(seed, countOf(sizes));
  if (u.length <= SMALL) return u.map((v) => (Math.floor(41 * v) - 20) / 10);
  const scales = sizes.slice(1).flatMap((n, i) => [...Array(n * sizes[i]).fill(Math.sqrt(3 / sizes[i])),
    ...Array(n).fill(1)]);
  made = { key, params: u.map((v, i) => (2 * v - 1) * scales[i]) };
  return made.params;
}

// The numbers of the net by layer l and unit, from 0: a(l, k), z(l, j), b(l, j), w(l, j, k).
function fromParams(s, pixels) {
  const params = s.params.length ? s.params : fromSeed(s.sizes, s.seed);
  const { weights, biases } = unpackParams(s.sizes, params);
  const activations = weights.map((_, i) => (i + 1 < weights.length ? s.hidden : s.output));
  const { Z, A } = forward({ weights, biases, activations }, [pixels ?? s.x]);
  return { a: (l, k) => A[l][0][k], z: (l, j) => Z[l - 1][0][j], b: (l, j) => biases[l - 1][j],
    w: (l, j, k) => weights[l - 1][j][k] };
}
function fromPython({ sizes }, { full, weights }) {
  const units = sizes.map((_, l) => seen(sizes, l));
  const place = units.map((list) => new Map(list.map((unit, i) => [unit, i])));
  const inFull = (l, part, j) => {
    const before = units.slice(1, l).reduce((sum, list) => sum + 3 * list.length, units[0].length);
    return full.getFloat64(8 * (before + part * units[l].length + place[l].get(j)), true);
  };
  const w = (l, j, k) => {
    const before = range(l - 1).reduce((sum, i) => sum + units[i].length * units[i + 1].length, 0);
    return weights.getFloat32(4 * (before + place[l].get(j) * units[l - 1].length + place[l - 1].get(k)),
      true);
  };
  return { a: (l, k) => (l ? inFull(l, 1, k) : full.getFloat64(8 * place[0].get(k), true)),
    z: (l, j) => inFull(l, 0, j), b: (l, j) => inFull(l, 2, j), w };
}

function compute(s, { image, drawn }) {
  const { sizes } = s;
  const pixels = sizes[0] === IMAGE ? unpack(s.given ? drawn.image : image) : null;
  const net = s.given ? fromPython(s, drawn) : fromParams(s, pixels);
  const units = sizes.map((_, l) => seen(sizes, l));
  const largest = Math.max(...units.slice(1).flatMap((list, i) =>
    list.flatMap((j) => units[i].map((k) => Math.abs(net.w(i + 1, j, k))))));
  const unit = 10 ** Math.floor(Math.log10(largest || 1));
  const reference = [1, 2, 5, 10].map((k) => k * unit).find((v) => v >= largest * 0.999999);
  return { ...net, L: sizes.length - 1, units, pixels, reference, counts: counts(sizes),
    total: countOf(sizes) };
}

// ---- changes that take others along ----
function resized(s, sizes) {
  const small = countOf(sizes) <= SMALL;
  return {
    sizes, params: small ? fromSeed(sizes, s.seed) : [], given: false, unit: 0,
      layer: Math.min(s.layer, sizes.length - 1),
    x: s.x.length === sizes[0] ? s.x : defaultX(sizes[0]),
  };
}
const withLayers = (s, L) => {
  const n = s.sizes.at(-1), inner = s.sizes.slice(0, -1);
  return resized(s, [...range(L).map((i) => Math.min(inner[i] ?? 3, i ? MOST : IMAGE)), n]);
};
function atUnit(s, v) {
  const units = [0, ...(s.layer ? seen(s.sizes, s.layer).map((j) => j + 1) : [])];
  const unit = v > s.unit ? units.find((j) => j >= v) ?? units.at(-1) : units.findLast((j) => j <= v) ?? 0;
  return { unit };
}
function atLayer(s, layer) {
  const units = layer ? seen(s.sizes, layer).map((j) => j + 1) : [];
  return { layer, unit: s.unit && units.length ? units.findLast((j) => j <= s.unit) ?? units[0] : 0 };
}

function numbers(s) {
  const { sizes, layer, given } = s, L = sizes.length - 1, open = s.params.length > 0;
  const all = {
    layer: { key: "layer", min: 0, max: L, step: 1, label: "layer", title: "how far the input has come",
      set: atLayer,
      marks: range(L + 1).map((at) => ({ at })) },
    unit: { key: "unit", min: 0, max: sizes[layer], step: 1, label: "neuron",
      title: "the neuron shown alone, 0 for none", set: atUnit },
    total: { of: (r) => r.total, whole: true, label: "the total", result: true },
    reference: { of: (r) => r.reference, label: "|w|" },
  };
  sizes.forEach((n, l) => {
    all[`n${l}`] = { key: "sizes", i: l, min: 1, max: 32, step: 1, label: `n${sub(l)}`,
      title: l ? `neurons of layer ${l}` : "inputs", marks: [],
        set: (now, v) => resized(now, now.sizes.map((old, i) => (i === l ? v : old))) };
    seen(sizes, l).forEach((k) => {
      all[`a${l}_${k + 1}`] = l || !s.x.length || given
        ? { of: (r) => r.a(l, k), label: `a${sub(k + 1)}${sup(l)}`,
        title: `activation ${k + 1} of layer ${l}` }
        : { key: "x", i: k, min: -2, max: 2, step: 0.1, label: `x${sub(k + 1)}`, title: `input ${k + 1}` };
    });
    if (!l) return;
    all[`count${l}`] = { of: (r) => r.counts[l - 1], whole: true, label: `numbers of layer ${l}`,
      result: true };
    all[`share${l}`] = { of: (r) => (100 * r.counts[l - 1]) / r.total, label: `share of layer ${l}`,
      unit: "%", result: true };
  });
  const at = shownLayer(s), start = offset(sizes, at), k0 = sizes[at - 1], rows = sizes[at];
  const learned = (of, i, label, title) =>
    (open ? { key: "params", i, min: -2, max: 2, step: 0.1, label, title } : { of, label, title });
  for (const j of seen(sizes, at)) {
    all[`z${j + 1}`] = { of: (r) => r.z(at, j), label: `z${sub(j + 1)}`,
      title: `weighted input of neuron ${j + 1}` };
    all[`b${j + 1}`] = learned((r) => r.b(at, j), start + rows * k0 + j, `b${sub(j + 1)}`,
      `bias of neuron ${j + 1}`);
    for (const k of seen(sizes, at - 1))
      all[`w${j + 1}_${k + 1}`] = learned((r) => r.w(at, j, k), start + j * k0 + k,
        `w${sub(j + 1)}${sub(k + 1)}`,
          `weight to neuron ${j + 1} from ${at > 1 ? "neuron" : "input"} ${k + 1}`);
  }
  return all;
}

const start = { params: [], x: [], hidden: "sigmoid", output: "sigmoid", seed: 1, given: false };
const presets = [
  { name: "2-2-1 (Alice)",
    set: { ...start, sizes: [2, 2, 1], params: [1, 1, 1, 1, 0, 0, 1, 1, 0], x: [-2, -1], layer: 2,
    unit: 1 },
    look: "Alice is 2 pounds and 1 inch below the middle. All weights are 1 and all biases 0, so both "
      + "hidden neurons say the same. Go to layer 1 and change one weight: now they differ." },
  { name: "2-3-1", set: { ...start, sizes: [2, 3, 1], params: fromSeed([2, 3, 1], 1), x: [1, 0.5], layer: 1,
    unit: 2 },
    look: "three times the same numbers: on the edges into the neuron, in its line of the formula, in "
      + "its row of W. All rows at once are one matrix product." },
  { name: "784-16-16-10", set: { ...start, sizes: [784, 16, 16, 10], layer: 1, unit: 9 },
    look: "the bars of the count. Nearly all that this network learns sits in one place. Where, and why?" },
  { name: "784-30-10", set: { ...start, sizes: [784, 30, 10], layer: 2, unit: 4 },
    look: "one hidden layer fewer and far more numbers to learn. Move n₁: what does one more "
      + "neuron cost?" },
];

const nameOf = (s, r) => (s.layer === r.L ? s.output : s.hidden);
const symbolOf = (s, r) => ACTIVATIONS[nameOf(s, r)]?.symbol ?? "softmax";

function steps(s, r) {
  const { layer: l, unit } = s, phi = symbolOf(s, r);
  const v = (x) => format(x), wrap = (x) => (x < 0 ? `(${v(x)})` : v(x));
  if (!l) return [{ lit: r.units[0].map((k) => `a0_${k + 1}`),
    say: "layer 0 computes nothing: its activations are the inputs. Go on to layer 1" }];
  if (!unit) return r.units[l].map((j) => ({ lit: [`row${j + 1}`, `a${l}_${j + 1}`],
    say: `row ${j + 1} of W${sup(l)} times a${sup(l - 1)}, plus b${sub(j + 1)}, is `
      + `z${sub(j + 1)} = ${v(r.z(l, j))}; ${phi} makes it a${sub(j + 1)} = ${v(r.a(l, j))}` }));
  const j = unit - 1, from = r.units[l - 1], hidden = s.sizes[l - 1] - from.length;
  const sum = r.z(l, j) - r.b(l, j);
  return [
    ...from.map((k) => ({ lit: [`w${unit}_${k + 1}`, `a${l - 1}_${k + 1}`],
      say: `${l > 1 ? "neuron" : "input"} ${k + 1} times its weight: ${v(r.a(l - 1, k))} · `
        + `${wrap(r.w(l, j, k))} = ${v(r.a(l - 1, k) * r.w(l, j, k))}` })),
    { lit: [`row${unit}`],
      say: `all ${whole(s.sizes[l - 1])} products${hidden ? ", drawn or not," : ""} make ${v(sum)}` },
    { lit: [`b${unit}`, `z${unit}`],
      say: `the bias comes on top: z${sub(unit)} = ${v(sum)} ${r.b(l, j) < 0 ? "−" : "+"} `
        + `${v(Math.abs(r.b(l, j)))} = ${v(r.z(l, j))}` },
    { lit: [`z${unit}`, `a${l}_${unit}`],
      say: `${phi === "softmax" ? "softmax, which looks at all z of the layer," : phi} makes it `
        + `a${sub(unit)} = ${v(r.a(l, j))}` },
  ];
}

function place({ sizes, layer: l, unit }, r) {
  const head = `Layer ${l} of ${r.L}`;
  return unit ? `${head}, neuron ${unit}: z = ${format(r.z(l, unit - 1))}, a = ${format(r.a(l, unit - 1))}.`
    : `${head}: ${plural(sizes[l], l ? "neuron" : "input")}.`;
}
const summary = (s, r) => `${place(s, r)} ${plural(r.total, "number")} to learn.`;

// ---- the formula of the layer, or of the neuron alone, with its numbers ----
// The inputs of the neuron that the formula names: all of few, else two or three of the drawn ones.
function told({ sizes, layer }, r) {
  const from = r.units[layer - 1];
  if (from.length <= 3) return from;
  return isImage(sizes, layer - 1) ? from.slice(from.length / 2 - 1, from.length / 2 + 1) : [from[0], from[1], from.at(-1)];
}

function lines(s, r) {
  const { layer: l, unit: j, sizes } = s, n = sizes[l - 1];
  if (!l) return ["a^[(0)] = x"];
  const phi = symbolOf(s, r), shift = '"\u2002"', letter = l > 1 ? "a" : "x";
  const inputs = l > 1 ? `a^[(${l - 1})]` : "x";
  if (!j)
    return [`z^[(${l})] = W^[(${l})] ${inputs} + b^[(${l})]`, `a^[(${l})] = ${phi}(z^[(${l})])`];
  const some = told(s, r), all = n === some.length, image = isImage(sizes, l - 1);
  const symbols = some.map((k) =>
    `<w${j}_${k + 1}|w_[${j}${k + 1}]> <a${l - 1}_${k + 1}|${letter}_${k + 1}>`);
  const [one, two, last] = some.map((k, i) => {
    const w = i || image ? `{(w${j}_${k + 1})}` : `{w${j}_${k + 1}}`;
    return `${w}·{(a${l - 1}_${k + 1})}`;
  });
  const start = image ? `⋯ + ${one}` : two ? `${one} + ${two}` : one;
  const end = image ? ` + ${two} + ⋯` : last ? ` + ${all ? "" : "⋯ + "}${last}` : "";
  const bias = `{(b${j})}`, z = `<z${j}|z_${j}>`;
  const output = phi === "softmax" ? `(z)_${j}` : `(${z}) = ${phi}({z${j}})`;
  return [
    `${z} = ${all ? symbols.join(" + ") : `∑_k w_[${j}k] ${letter}_k`} + <b${j}|b_${j}>`,
    ...(end ? [`${shift} = ${start}`, `${shift}${shift}${end} + ${bias}`]
      : [`${shift} = ${start} + ${bias}`]),
    `${shift} = {z${j}}`,
    `<a${l}_${j}|a_${j}> = ${phi}${output} = {a${l}_${j}}`,
  ];
}

// ---- the picture of the network ----
const TOP = 30, LEFT = 54, RIGHT = 58;
const nodesHeight = (sizes) => Math.min(296, 74 * Math.max(3, ...sizes.map((_, l) => slots(sizes, l).length)));

// Places of the units that are drawn; `dots` stand for the others.
function columns({ sizes }, r, width) {
  const left = r.pixels ? 126 : LEFT, tall = nodesHeight(sizes);
  return r.units.map((units, l) => {
    const { length, at, dots } = slots(sizes, l), gap = tall / Math.max(length, 3);
    const x = left + (l * (width - left - RIGHT)) / r.L,
      y = (slot) => TOP + tall / 2 + (slot - (length - 1) / 2) * gap;
    const column = units.map((index, i) => ({ x, y: y(at(i)), r: Math.min(24, 0.4 * gap), index }));
    return Object.assign(column, { x, dots: dots.map(y), cut: dots.length > 0 });
  });
}

function network(pen, { width }, s, r) {
  const { layer, unit, sizes } = s, all = columns(s, r, width), end = TOP + nodesHeight(sizes);
  for (let l = 1; l <= r.L; l++) {
    const here = l === layer, faint = layer === 0 ? 0.5 : all[l].length * all[l - 1].length > 60 ? 0.06
      : 0.15;
    for (const to of all[l]) for (const from of all[l - 1])
      edge(pen, `e${l}-${to.index}-${from.index}`, from, to, r.w(l, to.index, from.index), r.reference,
        here ? `w${to.index + 1}_${from.index + 1} row${to.index + 1}` : null,
          here && (!unit || unit === to.index + 1) ? 1 : faint);
  }
  const tight = all[1].x - all[0].x < 78;
  all.forEach((column, l) => {
    const known = l <= layer, first = l === 0, last = l === r.L;
    const strongest = Math.max(1, ...column.map((unit) => Math.abs(r.a(l, unit.index))));
    pen.put("text", `name${l}`, { class: "nnb-label", x: column.x, y: 14, "text-anchor": "middle" },
      first ? "x" : `a${sup(l)}`);
    for (const y of column.dots) pen.put("text", `dots${l}-${y}`,
      { class: "nnb-halo", x: column.x, y: y + 5, "text-anchor": "middle" }, "⋮");
    if (column.cut) brace(pen, `brace${l}`, last ? column.x + 15 : column.x - 15, TOP, end, last ? 1 : -1);
    pen.put("text", `n${l}`,
      { class: "nnb-tick nnb-halo", x: column.x, y: end + 18, "text-anchor": "middle",
      "data-link": `n${l}` },
      tight ? whole(sizes[l]) : plural(sizes[l], first ? "input" : last ? "output" : "neuron"));
    for (const { x, y, r: radius, index } of column) {
      const name = `a${l}_${index + 1}`, key = `u${l}-${index}`, a = r.a(l, index), big = radius >= 20;
      const chosen = l === layer && unit === index + 1;
      if (chosen) for (const part of ["nnb-pick-out", "nnb-pick"]) pen.put("circle", part,
        { class: part, cx: x, cy: y, r: radius + 2.5 });
      pen.put("circle", key, { class: "nnb-node", cx: x, cy: y, r: radius, "data-link": name });
      if (known && !big) pen.put("circle", `${key}-ink`,
        { class: "nnb-ink", cx: x, cy: y, r: radius - 1.5, "data-sign": a < 0 ? "neg" : "pos",
        opacity: Math.abs(a) / strongest, "pointer-events": "none" });
    }
  });
  if (r.pixels) digit(pen, all[0], r.pixels, (TOP + end) / 2);
  pen.grip("rect", "field",
    { class: "nnb-room nnb-choose", role: "slider", x: 0, y: 0, width, height: end + 6,
    "aria-label": "layer and neuron", "aria-valuemin": 0, "aria-valuemax": sizes[layer],
      "aria-valuenow": unit,
    "aria-valuetext": place(s, r) }, {
    tap: (x, y) => choose(pen, s, all, x, y),
    press: ({ key }) => turn(pen, s, key),
  });
  all.forEach((column, l) => {
    if (l > layer) return;
    for (const { x, y, r: radius, index } of column) {
      const name = `a${l}_${index + 1}`;
      const at = { y: y + 4.5, "pointer-events": l || r.pixels ? "none" : null };
      if (radius >= 20) pen.number(name, `${name}-value`,
        { ...at, class: "nnb-num nnb-small", x, "text-anchor": "middle" });
      else if (l === r.L) pen.number(name, `${name}-value`,
        { ...at, class: "nnb-num nnb-small", x: x + (column.cut ? 30 : radius + 5) });
      else if (l === 0 && !r.pixels) pen.number(name, `${name}-value`,
        { ...at, class: "nnb-num nnb-small", x: x - (column.cut ? 30 : radius + 5), "text-anchor": "end" });
    }
    if (column[0].r >= 20 && l === 0) for (const { x, y, index } of column)
      pen.put("text", `xl${index}`, { class: "nnb-label", x: x - 28, y: y + 5, "text-anchor": "end" },
        `x${sub(index + 1)}`);
  });
  if (layer) weightLabels(pen, all, s, r);
}

// The weights on the edges into the neuron that is alone, or on all edges where they are few.
function weightLabels(pen, all, s, r) {
  const { layer, unit, sizes } = s, some = sizes[layer - 1] <= 6 ? r.units[layer - 1] : told(s, r);
  if (!unit && sizes[layer] * sizes[layer - 1] > 6) return;
  for (const to of all[layer]) {
    if (unit && to.index !== unit - 1) continue;
    for (const from of all[layer - 1]) {
      if (!some.includes(from.index)) continue;
      const t = from.r < 20 ? 0.1 : unit ? 0.42 : 0.3;
      pen.number(`w${to.index + 1}_${from.index + 1}`, `wl${to.index}-${from.index}`,
        { class: "nnb-num nnb-small nnb-halo",
        x: from.x + from.r + (to.x - to.r - from.x - from.r) * t, y: from.y + (to.y - from.y) * t + 4,
          "text-anchor": from.r < 20 ? "start" : "middle" });
    }
    const below = all[layer].find((other) => other.y > to.y)?.y ?? Infinity;
    if (unit && to.r >= 20 && below - to.y > 70) {
      pen.put("text", "b-label",
        { class: "nnb-label nnb-halo", x: to.x - 4, y: to.y + to.r + 17, "text-anchor": "end" }, "b =");
      pen.number(`b${unit}`, "b-value", { class: "nnb-num nnb-halo", x: to.x, y: to.y + to.r + 17 });
    }
  }
}

function brace(pen, key, x, top, bottom, side) {
  const w = 8 * side, middle = (top + bottom) / 2;
  pen.put("path", key, { class: "nnb-brace",
    d: `M${x} ${top}q${w} 0 ${w} 12V${middle - 12}q0 12 ${w} 12`
      + `q${-w} 0 ${-w} 12V${bottom - 12}q0 12 ${-w} 12` });
}

// The input as an image; the pixels that are drawn as units are framed.
function digit(pen, column, pixels, middle) {
  const size = 84, x = 0, y = middle - size / 2, unit = size / 28;
  cells(pen, "digit", { x, y, w: size, h: size }, 28, 28, (i, j) => pixels[28 * i + j], [0, 1]);
  pen.put("rect", "digit-frame", { class: "nnb-frame", x, y, width: size, height: size });
  const top = y + 14 * unit, left = x + 6 * unit;
  const from = left + column.length * unit + 2, to = column[0].x - 30;
  for (const part of ["nnb-pick-out", "nnb-pick"]) pen.put("rect", `digit-${part}`,
    { class: part, x: left - 2, y: top - 2, width: column.length * unit + 4, height: unit + 4 });
  pen.put("path", "digit-lines", { class: "nnb-guide", fill: "none",
    d: `M${from} ${top - 2}L${to} ${column[0].y - 8}M${from} ${top + unit + 2}L${to} ${column.at(-1).y + 8}` });
}

// The unit nearest to a tap; tapping it again takes it back into its layer.
function choose(pen, s, all, x, y) {
  const distance = (u) => Math.hypot(u.x - x, u.y - y);
  const [found, l] = all.flatMap((column, l) => column.map((unit) => [unit, l])).reduce((a, b) =>
    (distance(b[0]) < distance(a[0]) ? b : a));
  if (distance(found) > Math.max(24, found.r + 6)) return;
  const again = l === s.layer && s.unit === found.index + 1;
  pen.change({ layer: l, unit: l && !again ? found.index + 1 : 0 });
}
function turn(pen, s, key) {
  const [name, by] = { ArrowLeft: ["layer", -1], ArrowRight: ["layer", 1], ArrowUp: ["unit", -1],
    ArrowDown: ["unit", 1] }[key] ?? [];
  if (key === "Enter" && s.layer) pen.change({ unit: s.unit ? 0 : 1 });
  else if (name) pen.change(
    { [name]: Math.max(0,
    Math.min(name === "layer" ? s.sizes.length - 1 : s.sizes[s.layer], s[name] + by)) });
  return Boolean(name) || key === "Enter";
}

// ---- the layer as one matrix product: z = W a + b ----
const withNumbers = (sizes, l, width) => sizes[l] <= 6 && sizes[l - 1] <= 4 && (sizes[l - 1] + 3) * 46
  + 66 <= width;
function measure(sizes, l, width) {
  const open = withNumbers(sizes, l, width);
  const w = open ? Math.min(56, (width - 66) / (sizes[l - 1] + 3))
    : Math.min(15, (width - 80) / (slots(sizes, l - 1).length + 3));
  return { open, w, h: open ? 32 : Math.min(15, w) };
}
const matrixHeight = (sizes, width) => 58 + Math.max(...sizes.slice(1).map((_, i) =>
  Math.max(slots(sizes, i).length, slots(sizes, i + 1).length) * measure(sizes, i + 1, width).h));

function product(pen, { width, height }, s, r) {
  const { layer, unit, sizes } = s, l = shownLayer(s);
  const { open, w, h } = measure(sizes, l, width), middle = 24 + (height - 58) / 2, space = open ? 22 : 20;
  const side = (layer) => { // the rows of a block with the units of a layer
    const { length, at, dots } = slots(sizes, layer), top = middle - (length * h) / 2;
    return { units: r.units[layer], length, at, dots, top, y: (i) => top + at(i) * h };
  };
  const rows = side(l), across = side(l - 1), W = across.length * w;
  const x0 = (width - (3 * w + W + 2 * space + 16)) / 2, xW = x0 + w + space, xa = xW + W + 12,
    xb = xa + w + 4 + space;
  let minus = "";
  function cell(name, link, x, y, v, scale, ink) {
    pen.put("rect", `c-${name}`,
      { class: ink && v >= 0 ? "nnb-cell nnb-ink" : "nnb-cell", "data-sign": v < 0 ? "neg" : "pos",
      "data-link": link,
      x: x + 0.5, y: y + 0.5, width: w - 1, height: h - 1,
        "fill-opacity": (open ? 0.22 : 1) * Math.min(1, Math.abs(v) / scale) });
    if (open) pen.number(name, `t-${name}`,
      { class: "nnb-num nnb-small", x: x + w / 2, y: y + h / 2 + 4.5, "text-anchor": "middle" });
    else if (v < 0) minus += `M${x + w / 2 - 2.5} ${y + h / 2}h5`;
  }
  function block(name, shape, x, { top, length, dots }, cellsAcross = 1) {
    const bottom = top + length * h, right = x + cellsAcross * w, centre = (x + right) / 2;
    pen.put("path", `${name}-bracket`,
      { class: "nnb-bracket",
      d: `M${x + 2} ${top - 3}H${x - 3}V${bottom + 3}H${x + 2}`
        + `M${right - 2} ${top - 3}H${right + 3}V${bottom + 3}H${right - 2}` });
    for (const dot of dots) pen.put("text", `${name}-dots${dot}`,
      { class: "nnb-tick", x: centre, y: top + (dot + 0.5) * h + 4, "text-anchor": "middle" }, "⋮");
    pen.put("text", `${name}-name`, { class: "nnb-label", x: centre, y: 14, "text-anchor": "middle" },
      name);
    pen.put("text", `${name}-shape`,
      { class: "nnb-tick", x: centre, y: height - 8, "text-anchor": "middle" }, shape);
  }
  const largest = (values) => Math.max(1e-12, ...values.map(Math.abs));
  const scale = { z: largest(rows.units.map((j) => r.z(l, j))),
    b: largest(rows.units.map((j) => r.b(l, j))),
    a: Math.max(1, largest(across.units.map((k) => r.a(l - 1, k)))),
    w: largest(rows.units.flatMap((j) => across.units.map((k) => r.w(l, j, k)))) };
  pen.grip("rect", "rows",
    { class: "nnb-room nnb-choose", tabindex: null, x: 0, y: 20, width, height: height - 44 },
    { tap: (_, y) => {
    const j = rows.units.find((_, i) => y >= rows.y(i) && y < rows.y(i) + h);
    if (j !== undefined && layer) pen.change({ unit: unit === j + 1 ? 0 : j + 1 });
  } });
  rows.units.forEach((j, i) => {
    const y = rows.y(i), row = `row${j + 1}`;
    if (layer) cell(`z${j + 1}`, `z${j + 1} ${row}`, x0, y, r.z(l, j), scale.z);
    across.units.forEach((k, m) => cell(`w${j + 1}_${k + 1}`, `w${j + 1}_${k + 1} ${row}`,
      xW + across.at(m) * w, y, r.w(l, j, k), scale.w));
    cell(`b${j + 1}`, `b${j + 1} ${row}`, xb, y, r.b(l, j), scale.b);
  });
  across.units.forEach((k, i) => cell(`a${l - 1}_${k + 1}`, `a${l - 1}_${k + 1}`, xa, across.y(i),
    r.a(l - 1, k), scale.a, true));
  if (!open) pen.put("path", "minus", { class: "nnb-minus", d: minus });
  block(`z${sup(l)}`, whole(sizes[l]), x0, rows);
  block(`W${sup(l)}`, `${whole(sizes[l])} × ${whole(sizes[l - 1])}`, xW, rows, across.length);
  block(l > 1 ? `a${sup(l - 1)}` : "x", whole(sizes[l - 1]), xa, across);
  block(`b${sup(l)}`, whole(sizes[l]), xb, rows);
  for (const dot of across.dots) pen.put("text", `W-more${dot}`,
    { class: "nnb-tick", x: xW + (dot + 0.5) * w, y: middle + 4, "text-anchor": "middle" }, "⋯");
  for (const [sign, x] of [["=", x0 + w + space / 2], ["+", xb - space / 2]])
    pen.put("text", `sign${sign}`, { x, y: middle + 5, "text-anchor": "middle" }, sign);
  if (!unit) return;
  const y = rows.y(rows.units.indexOf(unit - 1));
  for (const [key, x, n] of [["z", x0, 1], ["W", xW, across.length], ["b", xb, 1]])
    for (const part of ["nnb-pick-out", "nnb-pick"]) pen.put("rect", `${part}${key}`,
      { class: part, x: x - 1, y: y - 1, width: n * w + 2, height: h + 2, rx: 3 });
}

// ---- the count, with bars to scale ----
function count(pen, { width }, { sizes }, r) {
  pen.put("text", "head", { class: "nnb-title", x: 0, y: 28 }, "Numbers to learn, layer by layer");
  r.counts.forEach((n, i) => {
    const l = i + 1, y = 42 + 44 * i, link = `count${l}`;
    pen.put("text", `say${l}`, { x: 0, y: y + 13, "data-link": link },
      `${whole(sizes[i])} · ${whole(sizes[l])} + ${whole(sizes[l])} =`);
    pen.number(link, `c${l}`,
      { x: width - 62, y: y + 13, "text-anchor": "end", class: "nnb-num nnb-count" });
    pen.number(`share${l}`, `s${l}`, { x: width - 18, y: y + 13, "text-anchor": "end", class: "nnb-tick" });
    pen.put("text", `p${l}`, { class: "nnb-tick", x: width - 14, y: y + 13 }, "%");
    pen.put("rect", `track${l}`, { class: "nnb-track-bar", x: 0, y: y + 20, width, height: 10, rx: 3 });
    pen.put("rect", `bar${l}`,
      { class: "nnb-bar nnb-result", x: 0, y: y + 20, width: Math.max(2, (n / r.total) * width), height: 10,
      rx: 3, "data-link": link });
  });
  const y = 42 + 44 * r.counts.length;
  pen.put("line", "rule", { class: "nnb-grid", x1: 0, x2: width, y1: y, y2: y });
  pen.put("text", "all", { class: "nnb-title", x: 0, y: y + 20 }, "in all");
  pen.number("total", "total",
    { x: width - 62, y: y + 20, "text-anchor": "end", class: "nnb-num nnb-count nnb-title" });
}

function about(s, r) {
  const { layer: l, unit, sizes, given } = s, n = sizes[l - 1];
  if (!l) return "Layer 0 holds the input and computes nothing. Move the layer slider on: layer 1 is this product.";
  const rounded = given ? " The weights of so large a network are kept here to 7 digits." : "";
  const from = l > 1 ? "activation" : "input";
  const what = unit
    ? `Neuron ${unit} of layer ${l}: row ${unit} of W${sup(l)} is its ${plural(n, "weight")}, one for each ${from}.`
    : `Layer ${l} has ${plural(sizes[l], "neuron")}, each with ${plural(n, "weight")} and a bias. Click one.`;
  return what + rounded;
}
const key = (s, r) =>
  `Blue is +, dashed orange is −, the thickest line is |w| = ${format(r.reference, { significant: 1 })}`;

function build(ui, { sizes }) {
  const L = sizes.length - 1;
  const inputs = Object.fromEntries([...new Set([1, 2, 3, 4, 8, 16, 32, IMAGE, sizes[0]])].sort((a, b) =>
    a - b).map((n) => [n, n === IMAGE ? "784, an image" : n]));
  return {
    main: [
      ui.picture({ label: (s, r) => `a network of ${sizes.join(", ")} units. ${place(s, r)}`,
        height: () => TOP + nodesHeight(sizes) + 28, draw: network }),
      ui.caption(key),
    ],
    controls: [
      ui.slider("layer"),
      ui.select("sizes", "L", { 1: "1 layer", 2: "2 layers", 3: "3 layers", 4: "4 layers" },
        (L, s) => withLayers(s, Number(L)), (s) => s.sizes.length - 1),
      ...range(L, 1).map((l) => ui.slider(`n${l}`)),
    ],
    side: [
      ui.picture({ label: (s) => `layer ${s.layer} as a matrix product`,
        height: (width) => matrixHeight(sizes, width), draw: product }),
      ui.formula(lines), ui.caption(about),
      ui.picture({ label: (s, r, masked) =>
        (masked ? "the count is hidden" : `${whole(r.total)} numbers to learn`), height: () => 72 + 44 * L,
        draw: count }),
    ],
    more: [
      ui.slider("unit"),
      ui.select("sizes", "inputs", inputs, (n, s) => resized(s, [Number(n), ...s.sizes.slice(1)]),
        (s) => s.sizes[0]),
    ],
  };
}

function check(s, { drawn }) {
  const { sizes, params, x, given, seed, layer, unit } = s, small = countOf(sizes) <= SMALL;
  const fits = sizes.length >= 2 && sizes.length <= 5
    && sizes.every((n, l) => Number.isInteger(n) && n >= 1 && (given || n <= (l ? MOST : IMAGE)));
  return fits && params.length === (small ? countOf(sizes) : 0) && (!given || same(sizes, drawn.sizes))
    && x.length === (given || sizes[0] === IMAGE ? 0 : sizes[0])
      && [seed, layer, unit].every((v) => Number.isInteger(v) && v >= 0)
    && layer < sizes.length && (!unit || (layer && seen(sizes, layer).includes(unit - 1)))
    && Object.hasOwn(ACTIVATIONS, s.hidden)
    && (s.output === "softmax" || Object.hasOwn(ACTIVATIONS, s.output));
}

const feedforward = widget({
  python: "FeedForward",
  title: "A network, layer by layer",
  state: ["sizes", "params", "x", "hidden", "output", "seed", "given", "layer", "unit"],
  data: ["image", "drawn"],
  shape: ({ sizes, given }) => `${sizes} ${given}`,
  check, compute, numbers, presets, steps, summary, build,
  predict: { number: "total", ask: "How many numbers does this network learn? Your guess:" },
  call: (name, s, usual) => (s.given ? `${name}(net, x, layer=${s.layer}, unit=${s.unit})  # your net and x`
    : usual(name, s)),
  code: () => ["n.total, n.z, n.a"],
});
export default feedforward;
