// DrawDigit: what is drawn on the pad, what the network sees of it, its hidden units and its ten answers.
import { ACTIVATIONS } from "./activations.js";
import { forward, unpackNet } from "./digit_net.js";
import { unpack } from "./digits.js";
import { h, svg } from "./dom.js";
import { format } from "./format.js";
import { blank, bounds, framed, fromText, SIDE, stroke, toText, written } from "./ink.js";
import { legend } from "./plot.js";
import { random } from "./random.js";
import { widget } from "./shell.js";

const N = SIDE * SIDE, CLASSES = 10;
const ROW = 10; // hidden units in a row of the picture
const PALE = 0.22; // how strong a weight looks where there is no ink
const LEVELS = 16; // shades of ink in the pictures; the numbers know 256
const range = (n) => Array.from({ length: n }, (_, i) => i);
const clamp = (v, low, high) => Math.min(high, Math.max(low, v));
const two = (v) => format(Number(v.toFixed(2)), { step: 0.01 });

// ---- the numbers ----
// The weight that stands for the strongest colour: all but one in 25 are smaller.
const shades = new WeakMap();
function shadeOf(net) {
  if (!shades.has(net)) {
    const sizes = net.W.flatMap((w) => Array.from(w, Math.abs)).sort((p, q) => p - q);
    shades.set(net, sizes[Math.floor(0.96 * (sizes.length - 1))] || 1);
  }
  return shades.get(net);
}

function compute({ ink, framing, unit }, { network, samples, mistakes }) {
  const bytes = fromText(ink), pad = Float64Array.from(bytes, (v) => v / 255);
  const net = unpackNet(network), image = framing ? framed(pad) : pad, run = forward(net, image);
  const order = range(CLASSES).sort((p, q) => run.out[q] - run.out[p]), j = unit - 1, w = net.W[j];
  return { ...run, net, samples, mistakes, bytes, pad, image, order, blank: !pad.some(Boolean),
    reach: network.reach, shade: shadeOf(net), w, products: w.map((v, i) => v * image[i]), votes: net.V.map((v) => v[j] * run.a[j]),
    sum: run.sums[j], b: net.b[j], zUnit: run.z[j], aUnit: run.a[j] };
}

function numbers(_, { net }) {
  const result = (label, title, of, more) => ({ label, title, of, result: true, ...more });
  const all = {
    unit: { key: "unit", min: 1, max: net.n, step: 1, whole: true, label: "unit", title: "hidden unit", marks: [] },
    b: { of: (r) => r.b, label: "b", title: "bias of the unit" },
    sum: result("the sum", "weights times ink, summed", (r) => r.sum),
    z: result("z", "weighted input of the unit", (r) => r.zUnit),
    a: result("a", "activation of the unit", (r) => r.aUnit),
    answer: result("read as", "the digit of the largest output", (r) => r.order[0], { digits: 1 }),
    second: result("then", "the digit of the second output", (r) => r.order[1], { digits: 1 }),
  };
  for (const k of range(CLASSES))
    all[`o${k}`] = result(`output ${k}`, `output for the digit ${k}`, (r) => r.out[k], { decimals: 2 });
  return all;
}

// ---- examples ----
const noise = (seed) => {
  const { integer } = random(seed);
  return Uint8Array.from({ length: N }, () => integer(256));
};
const THREE = [[[8, 7.5], [11, 5.6], [15, 5.4], [18, 7], [18.4, 9.6], [16.5, 12], [13, 13.2], [16.6, 13.8], [19.2, 16],
  [19.4, 19], [17, 21.8], [13, 22.6], [9.5, 21.8], [7.4, 20]]];
const FOUR = [[[11.6, 6], [9.1, 9], [8.2, 13], [11, 14.6], [15, 14.4], [18.6, 12.6]],
  [[18.8, 6], [18.6, 12.6], [18, 18], [17.6, 23]]];
const moved = (strokes, dx, dy) => strokes.map((points) => points.map(([x, y]) => [x + dx, y + dy]));
const on = (ink, framing = true) => ({ ink: toText(ink), framing });
const presets = [
  { name: "A clear 3", set: on(written(THREE)),
    look: "the hidden units. Where your ink lies their weights shine: blue speaks for the unit, orange against it. "
      + "Click one with a long bar, then one with none." },
  { name: "The same 3, aside", set: on(written(moved(THREE, 5, 4)), false),
    look: "the answer. The same 3 stands a few pixels aside, framing is off, and the network is lost: its weights "
      + "wait for ink in fixed places. Now switch MNIST framing on." },
  { name: "4 or 9?", set: on(written(FOUR)),
    look: "two long bars. Close the gap at the top with the pen, and watch one give way to the other; then undo, and "
      + "open it with the eraser." },
  { name: "Noise", set: on(noise(3)),
    look: "how sure it is of an 8. No digit is there, but no output stands for “none”. Try other noise, "
      + "below the pad." },
];

// ---- words ----
const symbol = ({ net }) => (net.hidden === "softmax" ? "softmax" : ACTIVATIONS[net.hidden].symbol);
const summary = ({ unit }, r) => `It is read as ${r.order[0]} (${two(r.out[r.order[0]])}), then as ${r.order[1]} `
  + `(${two(r.out[r.order[1]])}). Hidden unit ${unit}: z = ${format(r.zUnit)}, a = ${format(r.aUnit)}.`;

function said(_, r, masked) {
  const [p, q] = r.order, first = r.out[p], second = r.out[q];
  if (r.blank) return "Finger, mouse, or arrow keys and Enter. Until then the biases speak alone.";
  if (masked) return "What will it answer?";
  if (second > first / 2) return `Not sure: ${q} is close behind ${p}.`;
  if (first < 0.5) return `${p} has the largest output, but it is small: none of the ten fits.`;
  return first > 0.9 ? `Sure: a ${p}. Is it?` : `Rather a ${p} than anything else.`;
}

function steps({ framing, unit }, r) {
  const [p, q] = r.order, n = (v) => format(v), box = bounds(r.pad), lit = r.pad.filter(Boolean).length;
  const most = r.a.indexOf(Math.max(...r.a));
  return [
    { lit: ["pad"], say: box ? `${lit} of the 784 pixels have ink; they fit into ${box.rows} rows and ${box.columns} `
      + "columns" : "the pad is blank: all 784 inputs are 0" },
    { lit: ["seen"], say: framing ? "framing makes the longer side 20 pixels and puts the centre of mass into the middle, "
      + "as in MNIST" : "framing is off: the network sees the pad as it is" },
    { lit: ["product", "sum"], say: `hidden unit ${unit} multiplies each pixel by its weight for it; the 784 products `
      + `add up to ${n(r.sum)}` },
    { lit: ["z", "a"], say: `with its bias, z = ${n(r.sum)} ${r.b < 0 ? "−" : "+"} ${n(Math.abs(r.b))} = ${n(r.zUnit)}; `
      + `its activation is ${symbol(r)}(z) = ${n(r.aUnit)}` },
    { lit: ["hidden"], say: `the other ${r.net.n - 1} do the same with their own weights; the largest activation is `
      + `${n(r.a[most])}, of unit ${most + 1}` },
    { lit: [`o${p}`], say: `output ${p} weighs these ${r.net.n} activations: with its bias its z is ${n(r.zOut[p])}, `
      + `and its value ${n(r.out[p])}` },
    { lit: ["answer", `o${p}`, `o${q}`], say: `the largest of the ten outputs is that of ${p}, the second that of ${q}: `
      + `it is read as ${p}` },
  ];
}

const lines = (_, r) => {
  return ["\"hidden unit\u2002\" {unit}: \u2002 z = ∑_i w_i x_i + <b|b>", "\"\u2002\" = {sum} + {(b)} = {z}",
    `<a|a> = ${symbol(r)}(<z|z>) = {a}`, "\"the largest output is that of\u2002\" <answer|{answer}>"];
};

// ---- pictures ----
// Squares of ink as one path for each shade, { shade: path }: they follow the theme by themselves.
function squares(values, [x0, y0], cell, levels = LEVELS) {
  const paths = {};
  for (let k = 0; k < N; k++) {
    const level = Math.round(values[k] * levels);
    if (!level) continue;
    let run = 1;
    while ((k + run) % SIDE && Math.round(values[k + run] * levels) === level) run++;
    const x = x0 + cell * (k % SIDE), y = y0 + cell * Math.floor(k / SIDE);
    paths[level] = `${paths[level] ?? ""}M${x} ${y}h${run * cell}v${cell}h${-run * cell}z`;
    k += run - 1;
  }
  return paths;
}
function paper(pen, key, at, cell, values, grid) {
  const [x, y] = at, size = SIDE * cell;
  pen.put("rect", `${key}-paper`, { class: "nnb-dd-paper", "data-link": key, x, y, width: size, height: size, rx: 3 });
  for (const [level, d] of Object.entries(squares(values, at, cell)))
    pen.put("path", `${key}-ink${level}`, { class: "nnb-dd-ink", "fill-opacity": level / LEVELS, d });
  if (grid) pen.put("path", `${key}-grid`, { class: "nnb-dd-grid",
    d: range(SIDE).slice(1).map((i) => `M${x + i * cell} ${y}v${size}M${x} ${y + i * cell}h${size}`).join("") });
}
// The box around the ink and its centre of mass: what framing goes by.
function frame(pen, key, [x0, y0], cell, values) {
  const box = bounds(values);
  if (!box) return;
  const x = x0 + cell * box.x, y = y0 + cell * box.y;
  pen.put("rect", `${key}-box`, { class: "nnb-dd-box", x: x0 + cell * box.left, y: y0 + cell * box.top,
    width: cell * box.columns, height: cell * box.rows });
  for (const part of ["nnb-dd-mass-edge", "nnb-dd-mass"])
    pen.put("path", `${key}-${part}`, { class: part, d: `M${x - 6} ${y}h12M${x} ${y - 6}v12` });
}

const padCell = (width) => Math.floor(Math.min(width - (width < 350 ? 28 : 0), 448) / SIDE);

function pad(hand) {
  return (pen, { width }, s, r) => {
    const cell = padCell(width), size = SIDE * cell, x0 = Math.floor((width - size) / 2), y0 = 4;
    paper(pen, "pad", [x0, y0], cell, r.pad, true);
    if (s.framing) frame(pen, "pad", [x0, y0], cell, r.pad);
    if (r.blank) {
      const x = width / 2, y = y0 + size / 2;
      pen.put("path", "pencil", { class: "nnb-dd-pencil", transform: `translate(${x - 22} ${y - 62})`,
        d: "M4 40l3-12L31 4a4 4 0 0 1 6 0l3 3a4 4 0 0 1 0 6L16 37zM7 28l9 9M27 8l9 9" });
      pen.put("text", "invite", { class: "nnb-dd-invite", x, y: y + 14, "text-anchor": "middle" }, "Draw a digit");
    }
    const place = (x, y) => [(x - x0) / cell, (y - y0) / cell], [column, row] = hand.at.map((v) => onPad(v) - 0.5);
    const ink = (places) => {
      let bytes = fromText(pen.now().ink);
      for (const to of places) {
        bytes = stroke(bytes, hand.at, to, hand.erase ? hand.width + 2 : hand.width, hand.erase);
        hand.at = to;
      }
      pen.set({ ink: toText(bytes) });
    };
    pen.grip("rect", "sheet", {
      class: "nnb-room nnb-handle nnb-dd-sheet", role: "slider", x: x0, y: y0, width: size, height: size,
      "aria-label": "drawing pad: arrows move the pen, Enter puts it down and lifts it, Home, End, Page Up and "
        + "Page Down move it aslant",
      "aria-valuemin": 0, "aria-valuemax": N - 1, "aria-valuenow": SIDE * row + column,
      "aria-valuetext": `row ${row + 1}, column ${column + 1}, `
        + `${hand.erase ? "eraser" : "pen"} ${hand.down ? "down" : "up"}`,
    }, {
      down: (x, y) => { hand.at = place(x, y); ink([hand.at]); },
      move: (x, y, passed) => ink([...passed, [x, y]].map((p) => place(...p))),
      up: () => { hand.at = hand.at.map(onPad); hand.down = false; pen.redraw(); },
      press: (event) => keys(event, hand, ink, pen),
    });
    pen.put("circle", "cursor", { class: "nnb-dd-cursor", "data-down": hand.down ? "" : null,
      cx: x0 + cell * onPad(hand.at[0]), cy: y0 + cell * onPad(hand.at[1]), r: Math.max(6, (hand.width * cell) / 2) });
  };
}
const onPad = (v) => clamp(Math.floor(v) + 0.5, 0.5, SIDE - 0.5);

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  Home: [-1, -1], PageUp: [1, -1], End: [-1, 1], PageDown: [1, 1] };
function keys({ key, shiftKey }, hand, ink, pen) {
  const move = MOVES[key];
  if (move) {
    const to = hand.at.map((v, d) => onPad(onPad(v) + move[d] * (shiftKey ? 4 : 1)));
    if (hand.down) ink([to]);
    else { hand.at = to; pen.redraw(); }
  } else if (key === "Enter" || key === " ") {
    hand.down = !hand.down;
    hand.at = hand.at.map(onPad);
    if (hand.down) ink([hand.at]);
    else pen.redraw();
  } else return false;
  return true;
}

// The colours of values from -1 to 1, in 511 steps.
function shadesOf(pen, negative, positive) {
  const [zero, neg, pos] = ["zero", negative, positive].map(pen.colour), bytes = new Uint8ClampedArray(4 * 511);
  for (let i = 0; i < 511; i++) {
    const t = Math.abs(i - 255) / 255, to = i < 255 ? neg : pos;
    bytes.set([...zero.map((v, c) => v + t * (to[c] - v)), 255], 4 * i);
  }
  return new Uint32Array(bytes.buffer);
}
// A canvas with images of 28 x 28, one under the other, from their values one after the other.
const scratch = typeof document === "undefined" ? null : document.createElement("canvas");
function sprite(values, shades) {
  const count = values.length / N, context = scratch.getContext("2d", { willReadFrequently: true });
  if (scratch.width !== SIDE || scratch.height < SIDE * count)
    Object.assign(scratch, { width: SIDE, height: SIDE * count });
  const data = context.createImageData(SIDE, SIDE * count), pixels = new Uint32Array(data.data.buffer);
  for (let i = 0; i < count; i++) {
    const colours = shades(i);
    for (let k = N * i; k < N * (i + 1); k++)
      pixels[k] = colours[255 + Math.round(255 * clamp(values[k], -1, 1))];
  }
  context.putImageData(data, 0, 0);
  return scratch;
}
// Clears the picture's canvas, as sharp as the screen; gives a function that lays image i of a sprite on it.
function layer(pen, { width, height }, smooth) {
  const { canvas } = pen, scale = window.devicePixelRatio || 1, context = canvas.getContext("2d");
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
  Object.assign(canvas.style, { left: 0, top: 0, width: `${width}px`, height: `${height}px` });
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingEnabled = smooth;
  return (image, i, x, y, side) => context.drawImage(image, 0, SIDE * i, SIDE, SIDE, x, y, side, side);
}

// From top to bottom: what the network sees and what it answers, the hidden units, the ten outputs.
function plan(width, n) {
  const pitch = (width + 4) / ROW, tile = pitch - 4, rows = Math.ceil(n / ROW), seen = 22, cell = 4;
  const hidden = seen + SIDE * cell + 40, tall = rows * (tile + 12), out = hidden + tall + 30;
  const tileAt = (j) => [(j % ROW) * pitch, hidden + Math.floor(j / ROW) * (tile + 12)];
  return { pitch, tile, tileAt, tall, cell, seen, hidden, out, bars: 84, height: out + 84 + 50 };
}
function layers(pen, box, s, r) {
  const at = plan(box.width, r.net.n), size = SIDE * at.cell, bottom = at.seen + size;
  pen.put("text", "seen-name", { class: "nnb-label", x: 0, y: 14 }, "the network sees");
  paper(pen, "seen", [0, at.seen], at.cell, r.image);
  if (s.framing) frame(pen, "seen", [0, at.seen], at.cell, r.image);
  answer(pen, r, size + 26, at.seen, box.width);
  pen.put("path", "cone", { class: "nnb-dd-cone", d: `M0 ${bottom + 4}H${size}L${box.width} ${at.hidden - 6}H0z` });
  hidden(pen, box, s, r, at);
  choose(pen, s, r, at, box.width);
  outputs(pen, box.width, r, at);
}

// The two largest outputs and their digits.
function answer(pen, r, x, y, width) {
  const [first, second] = r.order, seen = !pen.masked(), link = (k) => (seen ? `o${k}` : null);
  pen.put("text", "answer-name", { class: "nnb-label", x, y: 14 }, "and reads it as");
  pen.number("answer", "answer", { class: "nnb-dd-answer nnb-result", "data-blank": r.blank ? "" : null,
    "data-link": link(first), x: x - 4, y: y + 84 });
  pen.put("text", "then", { class: "nnb-label nnb-result", x: x + 62, y: y + 74 }, "then");
  pen.number("second", "second", { class: "nnb-dd-second nnb-result", "data-link": link(second), x: x + 96, y: y + 75 });
  if (seen) pen.number(`o${first}`, "answer-o", { class: "nnb-dd-sure", x: x + 62, y: y + 44 });
  if (seen && width - x > 150)
    pen.number(`o${second}`, "second-o", { class: "nnb-num nnb-dd-plain", x: x + 118, y: y + 74 });
}

// The weights of each hidden unit, bright where the ink lies, over a bar for its activation.
function hidden(pen, box, s, r, at) {
  const { net, image, reach } = r, title = { y: at.hidden - 13 };
  pen.put("text", "hidden-name", { class: "nnb-label", "data-link": "hidden", x: 8, ...title }, `${net.n} hidden units`);
  pen.put("text", "hidden-bars", { class: "nnb-tick", x: box.width, "text-anchor": "end", ...title },
    `bar: a, up to ${reach}`);
  const light = image.map((v) => (r.blank ? 0.7 : PALE + (1 - PALE) * v) / r.shade);
  const values = new Float32Array(N * net.n), colours = shadesOf(pen, "neg", "pos");
  net.W.forEach((w, j) => { for (let k = 0; k < N; k++) values[N * j + k] = w[k] * light[k]; });
  const lay = layer(pen, box, true), tiles = sprite(values, () => colours);
  r.a.forEach((a, j) => {
    const [x, y] = at.tileAt(j), bar = { x, y: y + at.tile + 2, height: 4, rx: 1 };
    lay(tiles, j, x, y, at.tile);
    pen.put("rect", `track${j}`, { class: "nnb-track-bar", ...bar, width: at.tile });
    pen.put("rect", `bar${j}`, { class: "nnb-ink nnb-dd-bar nnb-result", "data-sign": a < 0 ? "neg" : "pos",
      "data-link": "hidden", ...bar, width: Math.min(1, Math.abs(a) / reach) * at.tile });
  });
  const [x, y] = at.tileAt(s.unit - 1);
  for (const part of ["nnb-pick-out", "nnb-pick"])
    pen.put("rect", part, { class: part, x: x - 1, y: y - 1, width: at.tile + 2, height: at.tile + 2, rx: 2 });
}

function choose(pen, s, { net: { n } }, at, width) {
  const pick = (unit) => pen.set({ unit: clamp(unit, 1, n) });
  pen.grip("rect", "choose", {
    class: "nnb-room nnb-choose nnb-dd-choose", x: 0, y: at.hidden, width, height: at.tall, ...pen.slider("unit"),
    "aria-label": `hidden unit that is shown below, 1 to ${n}` }, {
    down: (x, y) => {
      const row = Math.floor((y - at.hidden) / (at.tile + 12)), column = Math.floor(clamp(x, 0, width - 1) / at.pitch);
      if (ROW * row + column < n) pick(ROW * row + column + 1);
    },
    press: ({ key, shiftKey }) => {
      const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -ROW, ArrowDown: ROW, PageUp: -ROW, PageDown: ROW,
        Home: -n, End: n }[key];
      if (by) pick(s.unit + by * (shiftKey && Math.abs(by) === 1 ? ROW : 1));
      return Boolean(by);
    },
  });
}

// Ten bars over the ten digits, from 0 to 1 unless outputs go beyond.
function outputs(pen, width, { out, order }, at) {
  const low = Math.min(0, ...out), high = Math.max(1, ...out), pitch = width / CLASSES;
  const Y = (v) => at.out + at.bars * (1 - (v - low) / (high - low));
  pen.put("text", "out-name", { class: "nnb-label", x: 0, y: at.out - 10 }, "10 outputs");
  for (const k of range(CLASSES)) {
    const x = k * pitch + pitch / 2, wide = Math.min(24, pitch - 5), top = Y(Math.max(0, out[k]));
    pen.put("rect", `out-track${k}`,
      { class: "nnb-track-bar", x: x - wide / 2, y: at.out, width: wide, height: at.bars, rx: 3 });
    pen.put("rect", `out${k}`, { class: "nnb-dd-out nnb-result", "data-link": `o${k}`,
      "data-first": order[0] === k && !pen.masked() ? "" : null,
      "data-sign": out[k] < 0 ? "neg" : "pos",
      x: x - wide / 2, y: top, width: wide, height: Math.max(1, Y(Math.min(0, out[k])) - top), rx: 3 });
    pen.put("text", `out-digit${k}`, { class: "nnb-dd-digit", x, y: at.out + at.bars + 18, "text-anchor": "middle",
      "data-link": `o${k}` }, String(k));
    if (pitch > (low < 0 ? 38 : 28) || pen.masked() || order.indexOf(k) < 2) // where there is room
      pen.number(`o${k}`, `out-value${k}`, { class: "nnb-num nnb-tick nnb-dd-plain", x, y: at.out + at.bars + 34,
        "text-anchor": "middle" });
  }
}

// One hidden unit: its weights times what the network sees, and what it says to each output.
const tileOf = (width) => SIDE * Math.max(2, Math.floor((width - 44) / 3 / SIDE));
function unit(pen, box, s, r) {
  const { width } = box, size = tileOf(width), gap = (width - 3 * size) / 2, y = 40;
  pen.put("text", "unit-name", { class: "nnb-title", x: 0, y: 14 }, `Hidden unit ${s.unit}`);
  const scaled = (v) => v / r.shade, signs = shadesOf(pen, "neg", "pos"), inks = shadesOf(pen, "neg", "ink");
  const image = sprite([...r.w.map(scaled), ...r.image.map((v) => 0.85 * v), ...r.products.map(scaled)],
    (i) => (i === 1 ? inks : signs));
  const lay = layer(pen, box, false);
  (size > 70 ? ["weights w", "seen x", "products w x"] : ["w", "x", "w x"]).forEach((text, i) => {
    const x = i * (size + gap), link = ["weight", "seen", "product"][i], middle = { "text-anchor": "middle" };
    lay(image, i, x, y, size);
    pen.put("text", `name${i}`, { class: "nnb-label nnb-small", x: x + size / 2, y: y - 8, ...middle }, text);
    pen.put("rect", `tile${i}`, { class: "nnb-frame nnb-dd-tile", "data-link": link, x, y, width: size, height: size });
    if (i) pen.put("text", `sign${i}`, { x: x - gap / 2, y: y + size / 2 + 5, ...middle }, i === 1 ? "·" : "=");
  });
  const ends = [-r.shade, r.shade].map((v) => Number(v.toPrecision(2)));
  legend(pen, "key", { x: width / 2 - 60, y: y + size + 12, w: 120, name: "", range: ends, open: true });
  votes(pen, width, s, r, y + size + 60);
}
// Activation times weight, for each of the ten outputs; the frames are the votes of a full activation.
function votes(pen, width, s, { votes: all, net, reach }, y) {
  const pitch = width / CLASSES, full = net.V.map((v) => v[s.unit - 1] * reach), tall = 22;
  const most = Math.max(...full.map(Math.abs)) || 1, zero = y + 10 + tall;
  pen.put("text", "votes-name", { class: "nnb-label nnb-small", x: 0, y: y - 4 },
    width < 290 ? "its votes: a times weight" : "its vote for each output: a times weight");
  pen.put("line", "votes-zero", { class: "nnb-grid", "data-zero": "", x1: 0, x2: width, y1: zero, y2: zero });
  for (const k of range(CLASSES)) {
    const x = k * pitch + pitch / 2;
    const bar = (key, attrs, v) => pen.put("rect", `${key}${k}`, { ...attrs, x: x - 7, width: 14, "data-link": `o${k}`,
      y: zero - Math.max(0, v / most) * tall, height: (Math.abs(v) / most) * tall });
    bar("full", { class: "nnb-frame" }, full[k]);
    bar("vote", { class: "nnb-cell nnb-result", "data-sign": all[k] < 0 ? "neg" : "pos" }, all[k]);
    pen.put("text", `vote-digit${k}`, { class: "nnb-tick nnb-dd-digit", x, y: zero + tall + 16, "text-anchor": "middle",
      "data-link": `o${k}` }, String(k));
  }
}

// ---- tools and galleries ----
const icon = (...parts) => svg("svg", { viewBox: "0 0 20 20", class: "nnb-dd-icon", "aria-hidden": "true" }, parts);
const PENS = [1, 2, 3];

function tools(ui, hand) {
  const choices = [...PENS.map((width) => [`pen, ${width} pixel${width > 1 ? "s" : ""} wide`,
    { width, erase: false }, icon(svg("circle", { cx: 10, cy: 10, r: 1 + 1.6 * width }))]),
  ["eraser", { erase: true }, icon(svg("path", { d: "M3.5 12.5l7-8 6 5-7 8h-3zM7 8.6l6 5", class: "nnb-dd-stroke" }))]];
  const buttons = choices.map(([name, tool, picture]) => {
    const use = () => { Object.assign(hand, tool); show(); ui.redraw(); };
    return ui.button(picture, use, { "aria-label": name, title: name });
  });
  const show = () => choices.forEach(([, tool], i) => buttons[i].setAttribute("aria-pressed",
    String(tool.erase === hand.erase && (hand.erase || tool.width === hand.width))));
  show();
  let seed = 3;
  const put = (bytes) => { ui.set({ ink: toText(bytes) }); ui.settle(); };
  return h("div", { class: "nnb-row nnb-dd-tools" },
    h("div", { class: "nnb-row nnb-tabs", role: "group", "aria-label": "pen" }, buttons),
    ui.button("Clear", () => put(blank())),
    ui.toggle("framing", "MNIST framing"),
    ui.button("Noise", () => put(noise(seed += 1))));
}

// A row of small pictures to put on the pad; list(r) = [{ bytes, name, note }], at most ten.
function gallery(ui, title, list) {
  let known = null, now = [];
  const buttons = range(CLASSES).map((i) => ui.button("", () => {
    ui.set({ ink: toText(now[i].bytes), ...(now[i].framing && { framing: true }) });
    ui.settle();
  }));
  const node = h("div", { class: "nnb-dd-gallery", role: "group", "aria-label": title },
    h("span", { class: "nnb-dd-title" }, title), h("div", { class: "nnb-dd-thumbs" }, buttons));
  return ui.live(node, (s, r) => {
    const source = list.of(r);
    if (source === known) return;
    known = source;
    now = list.make(source);
    node.hidden = !now.length;
    buttons.forEach((button, i) => {
      button.hidden = !now[i];
      if (!now[i]) return;
      const { bytes, name, note } = now[i], values = Array.from(bytes, (v) => v / 255);
      button.setAttribute("aria-label", name);
      button.title = name;
      const paths = Object.entries(squares(values, [0, 0], 1, 4)).map(([level, d]) =>
        svg("path", { d, class: "nnb-dd-ink", "fill-opacity": level / 4 }));
      button.replaceChildren(svg("svg", { viewBox: "2 2 24 24", "aria-hidden": "true" }, paths));
      if (note) button.append(h("small", {}, note));
    });
  });
}
const images = (view) => {
  const all = unpack(view);
  return range(all.length / N).map((i) => Uint8Array.from(all.slice(N * i, N * (i + 1)), (v) => Math.round(255 * v)));
};
const SAMPLES = { of: (r) => r.samples,
  make: (view) => images(view).map((bytes, k) => ({ bytes, name: `a handwritten ${k}` })) };
const MISTAKES = { of: (r) => r.mistakes, make: ({ images: view, digits, read }) => images(view).map((bytes, i) =>
  ({ bytes, framing: true, name: `a ${digits[i]}, read as ${read[i]}`, note: `${digits[i]}→${read[i]}` })) };

function build(ui) {
  const hand = { width: 2, erase: false, at: [13.5, 13.5], down: false };
  const sheet = ui.picture({ label: (s, r, masked) => (masked ? "the pad" : `the pad. ${summary(s, r)}`),
    height: (width) => SIDE * padCell(width) + 8, draw: pad(hand) });
  const net = ui.picture({ map: true, label: (s, r, masked) => (masked ? "the layers of the network"
    : `what the network sees, its hidden units and its outputs: ${range(CLASSES).map((k) => `${k}: ${two(r.out[k])}`)
      .join(", ")}`), height: (width, s, r) => plan(width, r.net.n).height, draw: layers });
  const one = ui.picture({ map: true, label: ({ unit }, r, masked) => (masked ? `hidden unit ${unit}`
    : `hidden unit ${unit}: weights times ink add up to ${format(r.sum)}`),
    height: (width) => tileOf(width) + 40 + 58 + 72, draw: unit });
  [["pad", sheet], ["net", net], ["one", one]].forEach(([name, node]) => node.classList.add(`nnb-dd-${name}`));
  const caption = ui.caption(said);
  caption.classList.add("nnb-dd-said");
  return {
    main: [sheet, tools(ui, hand), caption, gallery(ui, "Take one", SAMPLES),
      gallery(ui, "It gets these wrong", MISTAKES)],
    controls: [ui.slider("unit")],
    side: [net, one, ui.formula(lines)],
  };
}

let checked = {};
function isInk(text) {
  if (checked.text !== text) checked = { text, good: fromText(text) !== null };
  return checked.good;
}

const drawdigit = widget({
  python: "DrawDigit",
  title: "Draw a digit",
  state: ["ink", "framing", "unit"],
  data: ["network", "samples", "mistakes"],
  check: (s, { network }) => isInk(s.ink) && Number.isInteger(s.unit) && s.unit >= 1 && s.unit <= network.n,
  shape: () => 0,
  compute, numbers, presets, steps, summary, build,
  about: ({ ink, framing }) => ({ ink, framing }),
  predict: { number: "answer", ask: "Which digit will it be read as? Your guess:", name: true },
  call: (name, s, usual, { network }) => (network.given ? usual(name, s).replace("(", "(net, ") : usual(name, s)),
  code: () => ["n.net(n.image).round(3)"],
});
export default drawdigit;
