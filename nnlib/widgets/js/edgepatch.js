// EdgePatch: 144 weights laid on a patch of a digit as a template: product by product, summed up.
import { ACTIVATIONS } from "./activations.js";
import { unpack } from "./digits.js";
import { format, snap } from "./format.js";
import { axes, cells, legend, scales } from "./plot.js";
import { widget } from "./shell.js";

// As in edgepatch.py.
const SIDE = 28, N = 12, PLACES = SIDE - N + 1;
const PICTURES = [..."0123456789", "bar", "block", "given"];
const range = (n) => Array.from({ length: n }, (_, i) => i);
const grid = (f) => range(N * N).map((i) => f(Math.floor(i / N), i % N));
const within = (v, low, high) => (v >= low && v <= high);

const bar = grid((i) => (within(i, 5, 6) ? 1 : 0));
const surround = grid((i) => (within(i, 5, 6) ? 1 : within(i, 4, 7) ? -1 : 0));
const turned = (W) => grid((i, j) => W[N * j + i]);
const blob = grid((i, j) => (within(i, 4, 7) && within(j, 4, 7) ? 1 : within(i, 3, 8) && within(j, 3, 8)
  ? -0.8 : 0));

// What the same weights make of three plain patches.
const PLAIN = [["bar", "a bar", bar], ["upright", "a bar, upright", turned(bar)],
  ["block", "a full block", grid(() => 1)]];
const tidy = (v) => Number(v.toFixed(12)); // sums of tenths leave dust: 1.8·10⁻¹⁵ is 0
const weigh = (W, patch) => tidy(W.reduce((sum, w, i) => sum + w * patch[i], 0));
const patchAt = (image, row, col) => grid((i, j) => image[SIDE * (row + i) + col + j]);

function compute({ picture, row, col, W, b }, { images }) {
  const all = unpack(images), at = PICTURES.indexOf(picture) * SIDE * SIDE,
    image = all.slice(at, at + SIDE * SIDE);
  const patch = patchAt(image, row, col), products = W.map((w, i) => w * patch[i]);
  let total = 0;
  const running = [0, ...products.map((p) => (total = tidy(total + p)))];
  const rows = range(N).map((i) => tidy(running[N * (i + 1)] - running[N * i]));
  const response = range(PLACES).map((i) => range(PLACES).map((j) => weigh(W, patchAt(image, i, j)) + b));
  const z = total + b, sigma = ACTIVATIONS.sigmoid.f;
  const plain = Object.fromEntries(PLAIN.map(([key, , plainPatch]) => [key, weigh(W, plainPatch) + b]));
  return { image, patch, products, running, rows, response, plain, sum: total, z, a: sigma(z),
    sure: Object.fromEntries(PLAIN.map(([key]) => [key, sigma(plain[key])])) };
}

function numbers() {
  const place = { min: 0, max: PLACES - 1, step: 1, marks: [] };
  const all = {
    row: { ...place, key: "row", label: "row", title: "row of the window" },
    col: { ...place, key: "col", label: "col", title: "column of the window" },
    b: { key: "b", min: -10, max: 10, step: 0.1, label: "b", title: "bias" },
    brush: { key: "brush", min: -2, max: 2, step: 0.1, label: "paint", title: "the weight that you paint",
      marks: [-1, 0, 1].map((at) => ({ at })) },
    sum: { of: (r) => r.sum, label: "the sum", title: "sum of the products", result: true },
    z: { of: (r) => r.z, label: "z", title: "weighted input", result: true },
    a: { of: (r) => r.a, label: "a", title: "output", result: true },
  };
  for (const [key, title] of PLAIN) {
    all[`z_${key}`] = { of: (r) => r.plain[key], label: "z", title: `z of ${title}`, result: true };
    all[`a_${key}`] = { of: (r) => r.sure[key], label: "a", title: `a of ${title}`, result: true };
  }
  return all;
}

const on = (picture, row, col, W) => ({ picture, row, col, W, b: 0, brush: 1 });
const presets = [
  { name: "Horizontal bar", set: on("7", 3, 8, bar),
    look: "the three plain patches. The bar scores high, and so does the full block, which has no "
      + "edge at all." },
  { name: "Bar and surround", set: on("7", 3, 8, surround),
    look: "the full block now: what the bar gains, the negative rows around it take away. Slide the "
      + "window down the stem: no bar, no answer. Then b = −5: only bars are still sure." },
  { name: "Vertical", set: on("4", 12, 12, turned(surround)),
    look: "the same template turned. On the map the stems of the 4 stand out, its crossbar "
      + "does not." },
  { name: "Blob", set: on("8", 3, 7, blob),
    look: "no direction is preferred: both bars score alike, and the full block still cancels." },
];

function steps({ b }, r) {
  const v = (x) => format(x);
  return [
    ...r.rows.map((sum, i) =>
      ({ lit: [`r${i}`], 
        say: `row ${i + 1}: its 12 products make ${v(sum)}; so far ${v(r.running[N * (i + 1)])}` })),
    { lit: ["b", "z"],
      say: `the bias on top: z = ${v(r.sum)} ${b < 0 ? "−" : "+"} ${v(Math.abs(b))} = ${v(r.z)}` },
    { lit: ["z", "a"], say: `σ makes z = ${v(r.z)} into a = ${v(r.a)}: that is how sure the neuron is` },
  ];
}
const summary = ({ row, col }, r) =>
  `Window at row ${row}, column ${col}: z = ${format(r.z)}, a = ${format(r.a)}.`;
const lines = () => ["z = ∑_i w_i x_i + <b|b>", "\"\u2002\" = {sum} + {(b)} = {z}",
  "<a|a> = σ(<z|z>) = σ({z}) = {a}"];

// ---- patch · weights = products ----
const three = (width) => (width < 440
  ? { w: 240, cell: 20, weights: [(width - 240) / 2, 24], patch: [width / 2 - 150, 308],
    products: [width / 2 + 18, 308], small: 132, height: 452 }
  : { w: (width - 52) / 3, cell: (width - 52) / 36, patch: [0, 24], weights: [(width - 52) / 3 + 26, 24],
    products: [(2 * (width - 52)) / 3 + 52, 24],
    small: (width - 52) / 3, height: 24 + (width - 52) / 3 + 12 });

function template(cursor) {
  return (pen, { width }, s, r) => {
    const at = three(width), { w, cell, small } = at, scale = [-2, 2];
    const title = (name, text, [x, y], size) =>
      pen.put("text", name, { class: "nnb-label", x: x + size / 2, y: y - 8, "text-anchor": "middle" },
      text);
    const square = (key, [x, y], size, value, colours, attrs) => {
      cells(pen, key, { x, y, w: size, h: size }, N, N, (i, j) => value[N * i + j], colours, attrs);
      const step = size / N,
        d = range(N + 1).map((i) => `M${x + i * step} ${y}v${size}M${x} ${y + i * step}h${size}`).join("");
      pen.put("path", `${key}-grid`, { class: "nnb-hair", d });
      if (colours === scale) pen.put("path", `${key}-minus`, { class: "nnb-minus", ...attrs,
        d: grid((i, j) => (value[N * i + j] < 0
          ? `M${x + (j + 0.28) * step} ${y + (i + 0.5) * step}h${0.44 * step}` : "")).join("") });
    };
    square("patch", at.patch, small, r.patch, [0, 1]);
    square("weights", at.weights, w, s.W, scale);
    square("products", at.products, small, r.products, scale, { class: "nnb-cells nnb-result" });
    title("patch-name", "patch x", at.patch, small);
    title("weights-name", "weights w: paint here", at.weights, w);
    title("products-name", "products w x", at.products, small);
    const sign = (key, text, x, y) => pen.put("text", key, { x, y, "text-anchor": "middle" }, text);
    if (small === w) { sign("times", "·", w + 13, 24 + w / 2); sign("equals", "=", 2 * w + 39, 24 + w / 2);
      }
    for (const [key, [x, y]] of [["p", at.patch], ["q", at.products]]) for (const i of range(N))
      pen.put("rect", `${key}${i}`,
        { class: "nnb-band", "data-link": `r${i}`, x, y: y + (i * small) / N, width: small,
        height: small / N });
    const [x0, y0] = at.weights,
      cellAt = (x, y) => [y - y0, x - x0].map((v) => Math.max(0, Math.min(N - 1, Math.floor(v / cell))));
    const paint = ([i, j], v) => {
      Object.assign(cursor, { i, j });
      const { W } = pen.now(); // several moves may come before the next drawing
      if (W[N * i + j] !== v) pen.set({ W: W.map((old, k) => (k === N * i + j ? v : old)) });
    };
    pen.grip("rect", "paper",
      { class: "nnb-room nnb-handle nnb-paint", role: "slider", x: x0, y: y0, width: w, height: w,
      "aria-label": "weights, 12 rows of 12: arrows move, Enter paints, plus and minus change, 0 clears",
      "aria-valuemin": -2, "aria-valuemax": 2, "aria-valuenow": s.W[N * cursor.i + cursor.j],
      "aria-valuetext": `row ${cursor.i + 1}, column ${cursor.j + 1}: `
        + `w = ${format(s.W[N * cursor.i + cursor.j], { step: 0.1 })}` }, {
      down: (x, y) => {
        const [i, j] = cellAt(x, y);
        cursor.v = s.W[N * i + j] === s.brush ? 0 : s.brush; // a second touch takes it away
        paint([i, j], cursor.v);
      },
      move: (x, y) => paint(cellAt(x, y), cursor.v),
      press: (event) => keys(event, s, cursor, paint, pen),
    });
    pen.put("rect", "cursor",
      { class: "nnb-cursor", x: x0 + cursor.j * cell, y: y0 + cursor.i * cell, width: cell, height: cell });
  };
}

function keys({ key, shiftKey }, s, cursor, paint, pen) {
  const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key];
  const w = s.W[N * cursor.i + cursor.j], change = { "+": 0.1, "=": 0.1, "-": -0.1, "−": -0.1 }[key];
  if (move) {
    cursor.i = Math.max(0, Math.min(N - 1, cursor.i + move[0]));
    cursor.j = Math.max(0, Math.min(N - 1, cursor.j + move[1]));
    if (shiftKey) paint([cursor.i, cursor.j], s.brush);
    pen.redraw();
  } else if (change) paint([cursor.i, cursor.j], Math.max(-2, Math.min(2, snap(w + change, 0.1))));
  else if (key === "0") paint([cursor.i, cursor.j], 0);
  else if (key === "Enter" || key === " ") paint([cursor.i, cursor.j], w === s.brush ? 0 : s.brush);
  else return false;
  return true;
}

// ---- the sum as it grows, row by row of the products ----
function runningSum(pen, { width }, { b }, r) {
  const all = [...r.running, r.z], top = Math.max(4, ...all), low = Math.min(0, ...all);
  const plot = scales({ x: 40, y: 22, w: width - 100, h: 96 }, [0, N * N],
    [low < 0 ? Math.min(low, -4) : 0, top]), { X, Y } = plot;
  axes(pen, "sum", plot,
    { x: "products, row by row", y: "running sum", xTicks: range(7).map((i) => 24 * i) });
  range(N).forEach((i) => {
    const part = range(N + 1).map((k) => N * i + k);
    pen.put("path", `part${i}`,
      { class: "nnb-curve nnb-result", "data-link": `r${i}`,
      d: `M${part.map((k) => `${X(k)} ${Y(r.running[k])}`).join("L")}` });
  });
  const x = X(N * N);
  pen.put("line", "bias",
    { class: "nnb-term nnb-result", "data-sign": b < 0 ? "neg" : "pos", "data-link": "b", x1: x, x2: x,
    y1: Y(r.sum), y2: Y(r.z) });
  pen.put("circle", "z", { class: "nnb-point nnb-result", cx: x, cy: Y(r.z), r: 6, "data-link": "z" });
  pen.put("text", "z-name", { class: "nnb-label", x: x + 12, y: Y(r.z) + 5 }, "z");
  pen.number("z", "z-value", { x: x + 22, y: Y(r.z) + 5, class: "nnb-num nnb-small" });
}

// ---- the digit with its window, and the answer at every place of the window ----
const unitOf = (width) => Math.min(8, (width - 30) / (SIDE + PLACES));

function places(pen, { width }, s, r) {
  const unit = unitOf(width), x0 = (width - unit * (SIDE + PLACES) - 30) / 2, y0 = 24, size = unit * SIDE;
  const map = { x: x0 + size + 30, y: y0 + (unit * (SIDE - PLACES)) / 2 - 10, w: unit * PLACES,
    h: unit * PLACES }, scale = [-20, 20];
  const name = (key, text, x) =>
    pen.put("text", key, { class: "nnb-label", x, y: 14, "text-anchor": "middle" }, text);
  name("digit-name", "picture: drag the window", x0 + size / 2);
  pen.put("text", "map-name",
    { class: "nnb-label", x: map.x + map.w / 2, y: map.y - 8, "text-anchor": "middle" },
    "z at every place");
  cells(pen, "digit", { x: x0, y: y0, w: size, h: size }, SIDE, SIDE, (i, j) => r.image[SIDE * i + j],
    [0, 1]);
  cells(pen, "map", map, PLACES, PLACES, (i, j) => r.response[i][j], scale,
    { class: "nnb-cells nnb-result" });
  const [wx, wy] = [x0 + s.col * unit, y0 + s.row * unit];
  for (const part of ["nnb-pick-out", "nnb-pick"]) {
    pen.put("rect", part, { class: part, x: wx, y: wy, width: N * unit, height: N * unit });
    pen.put("rect", `${part}-map`,
      { class: part, x: map.x + s.col * unit, y: map.y + s.row * unit, width: unit, height: unit });
  }
  const to = (x, y) => pen.change({ row: y, col: x });
  const clamp = (v) => Math.max(0, Math.min(PLACES - 1, Math.round(v)));
  const toWindow = (x, y) => to(clamp((x - x0) / unit - N / 2), clamp((y - y0) / unit - N / 2));
  const toMap = (x, y) => to(clamp((x - map.x) / unit - 0.5), clamp((y - map.y) / unit - 0.5));
  const press = ({ key, shiftKey }) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1],
      ArrowDown: [0, 1] }[key] ?? [0, 0];
    if (dx || dy) to(clamp(s.col + dx * (shiftKey ? 4 : 1)), clamp(s.row + dy * (shiftKey ? 4 : 1)));
    return Boolean(dx || dy);
  };
  const attrs = { class: "nnb-room nnb-handle", role: "slider", "aria-valuemin": 0,
    "aria-valuemax": PLACES - 1, "aria-valuenow": s.row,
    "aria-valuetext": `row ${s.row}, column ${s.col}` };
  pen.grip("rect", "slide",
    { ...attrs, x: x0, y: y0, width: size, height: size, "aria-label": "window on the picture" },
    { down: toWindow, move: toWindow, press });
  pen.grip("rect", "jump",
    { ...attrs, tabindex: null, role: null, "aria-valuemin": null, "aria-valuemax": null,
    "aria-valuenow": null, "aria-valuetext": null,
    x: map.x, y: map.y, width: map.w, height: map.h }, { down: toMap, move: toMap });
  legend(pen, "key", { x: map.x + 44, y: map.y + map.h + 10, w: map.w - 82, name: "", range: scale,
    open: true });
}

// ---- the same weights on three plain patches ----
function plain(pen, { width }, s, r) {
  pen.put("text", "head", { class: "nnb-title", x: 0, y: 22 }, "The same weights on");
  const rows = [["this", "this patch", r.patch, "z", "a"],
    ...PLAIN.map(([key, text, patch]) => [key, text, patch, `z_${key}`, `a_${key}`])];
  const far = Math.max(10, ...rows.map(([key]) => Math.abs(key === "this" ? r.z : r.plain[key])));
  const x0 = 140, room = width - x0 - 112, zero = x0 + room / 2;
  pen.put("text", "head-z", { class: "nnb-label", x: width - 60, y: 22, "text-anchor": "end" }, "z");
  pen.put("text", "head-a", { class: "nnb-label", x: width - 4, y: 22, "text-anchor": "end" }, "σ(z)");
  pen.put("line", "zero",
    { class: "nnb-grid", "data-zero": "", x1: zero, x2: zero, y1: 34, y2: 34 + 38 * rows.length });
  rows.forEach(([key, text, patch, name, out], i) => {
    const y = 36 + 38 * i, v = key === "this" ? r.z : r.plain[key], to = zero + (v / far) * (room / 2);
    cells(pen, key, { x: 0, y, w: 32, h: 32 }, N, N, (a, c) => patch[N * a + c], [0, 1]);
    pen.put("rect", `${key}-frame`, { class: "nnb-frame", x: 0, y, width: 32, height: 32 });
    pen.put("text", `${key}-text`, { x: 40, y: y + 21, "data-link": name }, text);
    pen.put("rect", `${key}-bar`,
      { class: "nnb-cell nnb-result", "data-sign": v < 0 ? "neg" : "pos", "data-link": name,
      x: Math.min(zero, to), y: y + 9, width: Math.max(1, Math.abs(to - zero)), height: 14 });
    pen.number(name, `${key}-z`, { x: width - 60, y: y + 21, "text-anchor": "end" });
    pen.number(out, `${key}-a`, { x: width - 4, y: y + 21, "text-anchor": "end" });
  });
}

function said(s, r) {
  const sum = s.W.reduce((total, w) => total + w, 0);
  const block = Math.abs(sum) < 1e-9 ? "All weights together make 0: a full block cancels."
    : `All weights together make ${format(snap(sum, 0.1), { step: 0.1 })}: so much a full block scores.`;
  return `${block} b moves every z alike: it sets how much is needed to say yes.`;
}

function build(ui, { picture }) {
  const cursor = { i: 5, j: 5, v: 1 };
  const names = Object.fromEntries(PICTURES.map((name) =>
    [name, /\d/.test(name) ? `the digit ${name}` : `a ${name}`]));
  if (picture !== "given") delete names.given;
  else names.given = "your picture";
  return {
    main: [
      ui.picture({ label: (s, r, masked) =>
        (masked ? "patch and weights" : `patch, weights and products. ${summary(s, r)}`),
        height: (width) => three(width).height, draw: template(cursor) }),
      ui.picture({ label: (s, r, masked) =>
        (masked ? "the sum is hidden" : `the running sum ends at ${format(r.sum)}`), height: () => 156,
        draw: runningSum }),
      ui.formula(lines),
    ],
    controls: [ui.slider("brush"), ui.slider("b"), ui.slider("row"), ui.slider("col"),
      ui.select("picture", "image", names)],
    side: [
      ui.picture({ label: (s) =>
        `the picture with the window at row ${s.row}, column ${s.col}, and the answers at every place`,
        height: (width) => 30 + unitOf(width) * SIDE, draw: places }),
      ui.picture({ label: (s, r, masked) =>
        (masked ? "three plain patches"
        : PLAIN.map(([key, text]) => `z of ${text}: ${format(r.plain[key])}`).join("; ")),
        height: () => 34 + 38 * 4, draw: plain }),
      ui.caption(said),
    ],
    more: [ui.button("All weights 0", () => ui.set({ W: grid(() => 0) }))],
  };
}

const isPlace = (v) => Number.isInteger(v) && v >= 0 && v < PLACES;
const edgepatch = widget({
  python: "EdgePatch",
  title: "Weights are a template",
  state: ["picture", "row", "col", "W", "b", "brush"],
  data: ["images"],
  check: (s, { images }) => isPlace(s.row) && isPlace(s.col) && s.W.length === N * N
    && s.W.every((w) => Math.abs(w) <= 2) && Math.abs(s.brush) <= 2
    && within(PICTURES.indexOf(s.picture), 0, unpack(images).length / SIDE ** 2 - 1),
  shape: () => 0,
  compute, numbers, presets, steps, summary, build,
  predict: { number: "z", ask: "What will z be? Your guess:" },
  call: (name, s, usual) =>
    (s.picture === "given" ? usual(name, s).replace('picture="given"', "image=image") : usual(name, s)),
  code: (s) => [...(s.picture === "given" ? ["# image is your own picture"] : []), "n.z, n.a"],
});
export default edgepatch;
