// SGDPaths: a line learns 64 points from one example, a mini-batch or all of them per update; the three
// paths stand on one landscape of the cost, and what they have cost is counted.
import { dots, trail, within } from "./descent.js";
import { h } from "./dom.js";
import { format, power, whole } from "./format.js";
import { permutations } from "./numpy.js";
import { apart, axes, clip, scales } from "./plot.js";
import { widget } from "./shell.js";

const N = 64; // examples
const MOST = 20; // epochs, as in sgdpaths.py
const END = 4; // w and b lie between -END and END
const LOST = 1e6; // a path whose cost passes this is no longer followed
const LETTERS = ["1", "m", "f"]; // in the names of the three paths' numbers
const DECADES = [-5, 3]; // of the costs in the picture
const NEAR = 0.8; // half the width of the closer look

const mean = (list, f) => list.reduce((sum, v) => sum + f(v), 0) / list.length;
const plural = (n, what) => `${whole(n)} ${what}${n === 1 ? "" : "s"}`;

// ---- the numbers ----
// The cost is a bowl: its lowest place and its second derivatives p (by w), q (mixed) and 1 (by b).
function bowl(X, Y) {
  const all = [...X.keys()], q = mean(all, (i) => X[i]), p = mean(all, (i) => X[i] ** 2);
  const u = mean(all, (i) => X[i] * Y[i]), v = mean(all, (i) => Y[i]), det = p - q * q;
  const w = (u - q * v) / det, b = (p * v - q * u) / det;
  const excess = (x, y) => (p * (x - w) ** 2 + 2 * q * (x - w) * (y - b) + (y - b) ** 2) / 2;
  return { w, b, p, q, excess };
}

// The order of examples, an array an epoch. Python's for the seed that it gave, computed for others.
let known = { key: "" };
function orders({ seed, epochs, reshuffle }, { shuffles }) {
  const count = reshuffle ? epochs : 1, { rows } = shuffles;
  if (seed === shuffles.seed && rows.byteLength >= N * count) {
    const row = (i) => Array.from({ length: N }, (_, k) => rows.getUint8(N * i + k));
    return Array.from({ length: epochs }, (_, i) => row(reshuffle ? i : 0));
  }
  const key = `${seed} ${count}`;
  if (known.key !== key) known = { key, list: permutations(seed, count, N) };
  return Array.from({ length: epochs }, (_, i) => known.list[reshuffle ? i : 0]);
}

// The gradient of the mean loss over the examples `batch` at (w, b).
function slopes({ X, Y }, batch, w, b) {
  let dw = 0, db = 0;
  for (const i of batch) {
    const gap = w * X[i] + b - Y[i];
    dw += gap * X[i];
    db += gap;
  }
  return [dw / batch.length, db / batch.length];
}

// All places of one path; it ends early where the cost passes LOST.
function walk(s, data, order, excess, size) {
  const places = [{ w: s.w, b: s.b, C: excess(s.w, s.b), samples: 0 }];
  let { w, b } = s;
  for (const [epoch, row] of order.entries())
    for (let first = 0; first < N; first += size) {
      const last = Math.min(N, first + size);
      const [dw, db] = slopes(data, row.slice(first, last), w, b);
      w -= s.eta * dw;
      b -= s.eta * db;
      places.push({ w, b, C: excess(w, b), samples: N * epoch + last });
      if (places.at(-1).C > LOST) return places;
    }
  return places;
}

function run(s, data, order, low, size) {
  const all = walk(s, data, order, low.excess, size), epoch = Math.ceil(N / size);
  const due = Math.floor(s.seen / N) * epoch + Math.floor((s.seen % N) / size);
  const u = Math.min(due, all.length - 1), places = all.slice(0, u + 1), last = places.slice(-epoch);
  const average = mean(last, (at) => at.C), before = places.slice(-2 * epoch, -epoch);
  const middle = low.excess(mean(last, (at) => at.w), mean(last, (at) => at.b));
  // It wanders if an epoch ends about as high as the one before, and its places lie around the lowest.
  const wanders = size < N && s.seen >= 2 * N && middle < average / 2
    && average > mean(before, (at) => at.C) / 4;
  return { u, places, average, wanders, end: places.at(-1), lost: places.at(-1).C > LOST };
}

function compute(s, data) {
  const order = orders(s, data), low = bowl(data.X, data.Y);
  const kinds = [["single", "single", 1], ["mini", `m = ${s.m}`, s.m], ["full", "full", N]];
  const runs = kinds.map(([key, label, size]) => ({ key, label, ...run(s, data, order, low, size) }));
  // what is being seen now: the epoch's order, and how far into it
  const epoch = Math.max(0, Math.ceil(s.seen / N) - 1), inside = s.seen - N * epoch;
  const first = Math.max(0, Math.ceil(inside / s.m) - 1) * s.m;
  return { ...data, order, low, runs, row: order[epoch], inside, batch: order[epoch].slice(first, inside) };
}

function numbers(s) {
  const place = { min: -END, max: END, step: 0.1 };
  const whole = { step: 1, whole: true };
  const decades = [0.001, 0.01, 0.1, 1].map((at) => ({ at, label: String(at) }));
  const all = {
    w: { ...place, key: "w", label: "w", title: "weight at the start" },
    b: { ...place, key: "b", label: "b", title: "bias at the start" },
    eta: { key: "eta", log: true, min: 0.001, max: 1, label: "η", title: "learning rate", marks: decades },
    m: { ...whole, key: "m", min: 1, max: N, label: "m", title: "examples in a mini-batch",
      marks: [1, 16, 32, 48, N].map((at) => ({ at, label: String(at) })) },
    seen: { ...whole, key: "seen", min: 0, max: N * s.epochs, label: "seen", title: "examples seen",
      marks: [{ at: N, label: "1 epoch" }] },
    epochs: { ...whole, key: "epochs", min: 1, max: MOST, label: "epochs",
      set: (_, epochs) => ({ epochs, seen: N * epochs }), marks: [] },
    seed: { ...whole, key: "seed", min: 0, max: 99, label: "seed", marks: [] },
  };
  LETTERS.forEach((letter, i) => {
    const name = ["single", `m = ${s.m}`, "full"][i];
    all[`u${letter}`] = { of: (r) => r.runs[i].u, whole: true, label: `updates, ${name}` };
    all[`e${letter}`] = { of: (r) => r.runs[i].end.C, label: "C − Cₘᵢₙ", title: name, result: true };
    all[`s${letter}`] = { of: (r) => r.runs[i].average, label: `its mean, ${name}`, result: true };
  });
  return all;
}

const plain = { m: 8, axis: "samples", zoom: false, reshuffle: true };
const presets = [
  { name: "Who arrives first?", set: { ...plain, eta: 0.1, epochs: 10, seen: N },
    look: "one epoch: each path has seen the same 64 examples once. From them the full batch made one "
      + "step, m = 8 made eight, and the single examples made 64: they are nearly there." },
  { name: "Who settles?", set: { ...plain, eta: 0.1, epochs: 20, seen: 1280, zoom: true },
    look: "the end, closely. The single-example path arrived first and never settles: its ellipse is the "
      + "average height of its ball of noise. The ball of m = 8 is far smaller. Halve η: do both shrink?" },
  { name: "Per update", set: { ...plain, eta: 0.1, epochs: 10, seen: 640, axis: "updates" },
    look: "counted in updates the three curves start alike, and the full batch is the smoothest. But each of "
      + "its updates looks at 64 examples. Now count samples seen instead." },
  { name: "Too bold", set: { ...plain, eta: 0.6, epochs: 10, seen: 640 },
    look: "with η = 0.6 the full batch strides to the bottom, m = 8 rattles about, and single examples are "
      + "thrown out: the noisier the slope, the smaller the η that it can bear." },
];

// ---- words ----
const worded = (r, f) => r.runs.map((run) => `${run.label} ${f(run)}`).join(", ");
const summary = ({ seen }, r) =>
  `After ${plural(seen, "example")} C is above its lowest value by: ${worded(r, (run) => format(run.end.C))}.`;

function told(s, r) {
  const lost = r.runs.filter((run) => run.lost), noisy = r.runs.filter((run) => run.wanders && !run.lost);
  if (lost.length)
    return `${lost.map((run) => `${run.label} is lost after ${plural(run.u, "update")}`).join(", ")}: there `
      + "its cost passes a million, and it is not followed further. Make η smaller, or press Reset.";
  if (!s.seen) return "Nothing is seen yet, and all three stand at the start. Press play.";
  if (!noisy.length) {
    const [first, ...rest] = r.runs.map((run) => [run.u, run.label]);
    return `From the same ${plural(s.seen, "example")}: ${plural(first[0], "update")} of ${first[1]}`
      + `${rest.map(([u, name]) => `, ${u} of ${name}`).join("")}.`;
  }
  const [first, ...rest] = noisy.map((run) => [run.label, format(run.average)]);
  return `Noise in the last epoch: on average ${first[0]} is ${first[1]} above the lowest cost`
    + `${rest.map(([name, height]) => `, ${name} is ${height}`).join("")}. The ellipses are these heights.`;
}

// The update that the mini-batch path has made last, or will make first.
function steps(s, r) {
  const mini = r.runs[1], u = Math.max(1, mini.u), first = ((u - 1) % Math.ceil(N / s.m)) * s.m;
  const { w, b, samples } = mini.places[u - 1];
  const batch = r.order[Math.floor(samples / N)].slice(first, first + s.m), i = batch[0];
  const n = (v) => format(v), signed = (v) => (v < 0 ? `(${n(v)})` : n(v)), eta = n(s.eta);
  const gap = w * r.X[i] + b - r.Y[i], many = plural(batch.length, "example");
  const [dw, db] = slopes(r, batch, w, b), [fw, fb] = slopes(r, [...r.X.keys()], w, b);
  const [w2, b2] = [w - s.eta * dw, b - s.eta * db];
  return [
    { lit: ["um"], say: `${mini.u ? `update ${u}` : "the first update"} of the blue path starts from `
      + `w = ${n(w)}, b = ${n(b)} and takes the next ${many} of the random order` },
    { lit: ["m"], say: `the first of them is x = ${n(r.X[i])}, y = ${n(r.Y[i])}: a − y = ${n(gap)}, so `
      + `its own slopes are (a − y) x = ${n(gap * r.X[i])} by w and a − y = ${n(gap)} by b` },
    { lit: ["m"], say: `the mean over the ${many} is the slope of the mini-batch: ${n(dw)} by w and `
      + `${n(db)} by b` },
    { lit: [], say: `all 64 would have said ${n(fw)} by w and ${n(fb)} by b, for `
      + `${n(N / batch.length)} times the work` },
    { lit: ["eta"], say: `the step: w = ${n(w)} − ${eta} · ${signed(dw)} = ${n(w2)}, `
      + `b = ${n(b)} − ${eta} · ${signed(db)} = ${n(b2)}` },
    { lit: ["em"], say: `it takes C from ${n(mini.places[u - 1].C)} to ${n(r.low.excess(w2, b2))} `
      + "above its lowest value" },
  ];
}

const rule = () => [
  "w & ← & w − {eta} · [1]/[{m}] Σ_i (a_i − y_i) x_i",
  "b & ← & b − {eta} · [1]/[{m}] Σ_i (a_i − y_i)",
];
const account = (s, r) => [
  `"" & "updates" & C − C_"min" & "epoch mean"`,
  ...r.runs.map(({ key, label }, i) =>
    `<${key}|"${label}"> & ${["u", "e", "s"].map((name) => `{${name}${LETTERS[i]}}`).join(" & ")}`),
];

// ---- pictures ----
const of = (run) => ({ "data-run": run.key, "data-link": run.key });

// The names of the paths at the ends of their lines, and a disc on each end where { cx } says so.
function names(pen, ends, frame) {
  for (const { run, y, cx } of ends)
    if (cx !== undefined) pen.put("circle", `end-${run.key}`,
      { ...of(run), class: "nnb-lane-end nnb-result", r: 5, cx, cy: y });
  for (const { run, x, to } of apart(ends, 16, frame))
    pen.put("text", `name-${run.key}`,
      { ...of(run), class: "nnb-lane-name nnb-halo nnb-result", x: x + 10, y: to + 4.5 }, run.label);
}
// Each value holds until the next one comes.
const stairs = (points) => points.flatMap(([x, y], i) => (i ? [[x, points[i - 1][1]], [x, y]] : [[x, y]]));

const LONG = 4000; // pixels; a longer line is a scribble, and as thousands of dots it is slow to paint
const lengthOf = (points) => points.reduce((sum, [x, y], i) =>
  (i ? sum + Math.hypot(x - points[i - 1][0], y - points[i - 1][1]) : 0), 0);

// One path as far as it lies in the box, its stops as dots if they are few.
function path(pen, run, box, stops, few, points = stops) {
  pen.put("path", `trail-${run.key}`, { ...of(run), class: "nnb-lane nnb-result",
    "data-long": lengthOf(points) > LONG ? "" : null, d: trail(box, points) });
  if (stops.length <= few)
    pen.put("path", `dots-${run.key}`, { ...of(run), class: "nnb-lane-dots nnb-result", d: dots(box, stops) });
}

const title = (pen, { right, box }, text) =>
  pen.put("text", "title", { class: "nnb-tick", x: right, y: box.y - 8, "text-anchor": "end" }, text);

// The contour of the cost at the height C above the lowest place, as two halves of an ellipse.
function contour({ p, q, w, b }, { X, Y, box, x0, x1 }, C) {
  const root = Math.hypot((p - 1) / 2, q), unit = box.w / (x1 - x0);
  const [rx, ry] = [1, -1].map((sign) => Math.sqrt((2 * C) / ((p + 1) / 2 + sign * root)) * unit);
  const turn = -Math.atan2(2 * q, p - 1) / 2;
  const [dx, dy] = [rx * Math.cos(turn), rx * Math.sin(turn)], x = X(w), y = Y(b);
  const half = (sign) => `A${rx} ${ry} ${(turn * 180) / Math.PI} 0 0 ${x + sign * dx} ${y + sign * dy}`;
  return `M${x - dx} ${y - dy}${half(1)}${half(-1)}Z`;
}

function landscape(pen, { width }, s, r) {
  const side = Math.min(width - 50, 430), { low, runs } = r;
  const box = { x: 42 + (width - 50 - side) / 2, y: 24, w: side, h: side };
  const [w, b, half] = s.zoom ? [low.w, low.b, NEAR] : [0, 0, END];
  const plot = scales(box, [w - half, w + half], [b - half, b + half]), { X, Y } = plot;
  const attrs = { "clip-path": clip(pen, "window", box) };
  pen.put("rect", "ground", { class: "nnb-bowl", x: box.x, y: box.y, width: side, height: side });
  const levels = s.zoom ? [0.64, 0.16, 0.04, 0.01] : [64, 16, 4, 1, 0.25];
  for (const C of levels)
    pen.put("path", `level${C}`, { ...attrs, class: "nnb-depth", d: contour(low, plot, C) });
  axes(pen, "map", plot, { x: "w", y: "b" });
  title(pen, plot, "contours: C above the lowest");
  for (const C of levels) { // named below the lowest place, or to its left
    const below = low.b - Math.sqrt(2 * C), left = low.w - Math.sqrt((2 * C) / low.p);
    const [at, up] = below > plot.y0 + half / 12 ? [low.w, below] : [left, low.b];
    if (at > plot.x0 + half / 12)
      pen.put("text", `depth-name${C}`, { class: "nnb-tick nnb-halo", "text-anchor": "middle",
        x: X(at), y: Y(up) + 4 }, String(C));
  }
  pen.put("path", "lowest", { class: "nnb-lowest", d: `M${X(low.w) - 6} ${Y(low.b)}h12m-6 -6v12` });
  const balls = runs.filter((run) => run.wanders && !run.lost);
  const ball = (run, part) => pen.put("path", `${part}-${run.key}`,
    { ...of(run), ...attrs, class: `${part} nnb-result`, d: contour(low, plot, run.average) });
  for (const run of balls) ball(run, "nnb-ball");
  const ends = [];
  for (const run of runs) {
    const points = run.places.map((at) => [X(at.w), Y(at.b)]), [x, y] = points.at(-1);
    path(pen, run, box, points, 100);
    if (within(box)([x, y])) ends.push({ run, x: Math.min(x, plot.right - 58), y, cx: x });
  }
  for (const run of balls) for (const part of ["nnb-rim-edge", "nnb-rim"]) ball(run, part);
  names(pen, ends, [box.y + 10, plot.bottom - 10]);
  if (!s.zoom) pen.handle("start", plot, ["w", "b"]);
}

// The points, the three lines, and which points are being seen: filled are those of this epoch.
function dataPlot(pen, { width }, s, r) {
  const { X: xs, Y: ys, runs, row, inside, batch } = r;
  const room = (list) => {
    const low = Math.min(...list), high = Math.max(...list), more = (high - low) * 0.08;
    return [low - more, high + more];
  };
  const plot = scales({ x: 42, y: 24, w: width - 104, h: 200 }, room(xs), room(ys));
  const { X, Y, box, right, bottom } = plot;
  axes(pen, "data", plot, { x: "x", y: "y" });
  title(pen, plot, "the points and the three lines");
  const seen = new Set(row.slice(0, inside)), now = new Set(batch), last = row[inside - 1];
  xs.forEach((x, i) => pen.put("circle", `point${i}`, { class: "nnb-datum", r: now.has(i) ? 5 : 3.5,
    "data-seen": seen.has(i) ? "" : null, "data-now": now.has(i) ? "" : null, cx: X(x), cy: Y(ys[i]) }));
  if (last !== undefined)
    pen.put("circle", "last", { class: "nnb-last", r: 9, cx: X(xs[last]), cy: Y(ys[last]) });
  const ends = runs.filter((run) => !run.lost).map((run) => {
    const f = (x) => run.end.w * x + run.end.b;
    path(pen, run, box, [plot.x0, plot.x1].map((x) => [X(x), Y(f(x))]), 0);
    return { run, x: right, y: Y(Math.min(plot.y1, Math.max(plot.y0, f(plot.x1)))) };
  });
  names(pen, ends, [box.y, bottom]);
}

// The cost above the lowest, against samples or updates, both axes by powers of ten.
function costs(pen, { width }, s, { runs }) {
  const most = N * s.epochs, [low, high] = DECADES;
  const place = (n) => 1 + Math.log10(n); // 1, so that no line looks like that of zero
  const plot = scales({ x: 42, y: 24, w: width - 104, h: 190 }, [0.8, place(most)], [low, high]);
  const { X, Y, box, right, bottom } = plot;
  const samples = s.axis === "samples";
  const xTicks = [1, 10, 100, 1000].filter((v) => v <= most).map(place);
  axes(pen, "count", plot, { x: samples ? "samples seen" : "updates", xTicks, yTicks: [],
    text: (v) => String(Math.round(10 ** (v - 1))) });
  axes(pen, "cost", plot, { y: "C above the lowest", xTicks: [], yTicks: [-5, -3, -1, 1, 3],
    text: (v) => (v < 0 ? `10${power(v)}` : String(10 ** v)) });
  if (samples) {
    const x = X(place(N));
    pen.put("line", "epoch", { class: "nnb-guide", x1: x, x2: x, y1: box.y, y2: bottom });
    pen.put("text", "epoch-name",
      { class: "nnb-tick", x: x - 5, y: bottom - 7, "text-anchor": "end" }, "1 epoch");
  }
  const ends = runs.map((run) => {
    const points = run.places.map((at, u) => [Math.max(box.x, X(place(samples ? at.samples : u))),
      Y(Math.log10(Math.max(at.C, 1e-99)))]);
    const now = run.lost ? run.end.samples : s.seen, [end, y] = points.at(-1);
    const x = samples ? Math.max(box.x, X(place(now))) : end;
    path(pen, run, box, points, 20, stairs([...points, [x, y]]));
    return { run, x, y: Math.min(bottom, Math.max(box.y, y)), cx: within(box)([x, y]) ? x : undefined };
  });
  names(pen, ends, [box.y, bottom]);
}

const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

function build(ui) {
  const stride = (seen) => (seen < N ? 1 : 8); // while playing: each example of the first epoch, then eight
  const go = (by) => {
    const { seen, epochs } = ui.now();
    ui.set({ seen: Math.max(0, Math.min(N * epochs, seen + by)) });
  };
  const player = ui.player({
    step: () => go(stride(ui.now().seen)), back: () => go(-stride(ui.now().seen - 1)),
    restart: () => ui.set({ seen: 0 }),
    atStart: () => ui.now().seen === 0, atEnd: () => ui.now().seen >= N * ui.now().epochs,
  }, { pace: 60, names: { restart: "Rewind the run", back: "Run back", play: "Play the run",
    pause: "Pause the run", next: "Run on" } });
  const table = ui.formula(account), verdict = ui.caption(told);
  table.classList.add("nnb-account");
  verdict.classList.add("nnb-verdict", "nnb-result");
  return {
    main: [
      ui.picture({ label: label("the cost over w and b, with the three paths"),
        height: (width) => 64 + Math.min(width - 50, 430), draw: landscape }),
      h("div", { class: "nnb-transport" }, player, ui.slider("seen")),
      verdict,
    ],
    controls: [
      ui.slider("eta"), ui.slider("m"),
      h("div", { class: "nnb-row" },
        ui.toggle("zoom", "look at the end closely"), ui.toggle("reshuffle", "reshuffle every epoch"),
        ui.button("New seed", () => ui.set({ seed: (ui.now().seed + 1) % 1e6 }))),
    ],
    side: [
      ui.picture({ label: label("the 64 points and the three lines"), height: () => 262, draw: dataPlot }),
      ui.caption(() => "Filled: seen in this epoch. Yellow: the mini-batch. Ring: the single example."),
      ui.select("axis", "axis", { samples: "samples seen", updates: "updates" }),
      ui.picture({ label: label("the cost above its lowest value"), height: () => 252, draw: costs }),
      table, ui.formula(rule),
    ],
    more: [ui.slider("seed"), ui.slider("epochs")],
  };
}

function check(s, { X, Y, shuffles }) {
  const whole = (v, low, high) => Number.isInteger(v) && v >= low && v <= high;
  return [s.w, s.b].every((v) => Math.abs(v) <= END) && s.eta >= 0.001 && s.eta <= 1
    && whole(s.m, 1, N) && whole(s.seed, 0, 1e6) && whole(s.epochs, 1, MOST)
    && whole(s.seen, 0, N * s.epochs) && ["samples", "updates"].includes(s.axis)
    && X.length === N && Y.length === N && Boolean(shuffles.rows);
}

const sgdpaths = widget({
  python: "SGDPaths",
  title: "One example, a few, or all: three ways down",
  state: ["w", "b", "eta", "m", "seed", "epochs", "reshuffle", "axis", "zoom", "seen"],
  data: ["X", "Y", "shuffles"],
  shape: () => 0,
  check, compute, numbers, presets, steps, summary, build,
  predict: { number: "e1", ask: "How far above the lowest cost does the single-example path end? Your guess:" },
  call: (name, s, usual, { X, Y }) => usual(name, { X, Y, ...s }),
  code: () => ["n.now()"],
});
export default sgdpaths;
