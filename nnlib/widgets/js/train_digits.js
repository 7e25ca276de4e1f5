// TrainDigits: the reader trains 784-30-10 on the embedded digits, in the page. A link, undo and Python carry
// what was set and when, and how many updates were made; the network itself is computed from that.
import { h } from "./dom.js";
import { format, whole } from "./format.js";
import { apart, axes, clip, legend, scales } from "./plot.js";
import { widget } from "./shell.js";
import { decode, picture, SIDE } from "./small_digits.js";
import { CLASSES, createRun, epochEnd, HIDDEN, placeOf, round125, STUCK, stretchAt } from "./trainer.js";

// As in train_digits.py.
const N = 1437, TEST = 360;
const ETA = [0.01, 100], M = 500, EPOCHS = 100, CHANGES = 100;
const SLICE = 8; // milliseconds of work in a frame
const FIRST = 100; // updates that do most of the work
const TOP = 0.4; // where the scale of the weights ends
const HIGHEST = 0.6; // cost at the top of the picture

const count = (n, what) => `${whole(n)} ${what}${n === 1 ? "" : "s"}`;
const percent = (share) => `${Math.round(100 * share)} %`;

// ---- the run: what the state says about it ----
// [until, eta, m, ...] as [{ until, eta, m }], and a whole run as stretches from update 0 on.
const triples = (list) => Array.from({ length: list.length / 3 }, (_, i) =>
  ({ until: list[3 * i], eta: list[3 * i + 1], m: list[3 * i + 2] }));
const stretches = (list) =>
  list.map(({ eta, m }, i) => ({ from: i ? list[i - 1].until : 0, eta, m }));
const runOf = ({ past, updates, eta, m }) => stretches([...triples(past), { until: updates, eta, m }]);
const lastChange = ({ past }) => past.at(-3) ?? 0;
const asGhost = (s) =>
  [s.seed, ...s.past, ...(s.updates > lastChange(s) ? [s.updates, s.eta, s.m] : [])];

// The state with the run at update u; what was changed later is gone.
function at(s, u) {
  const list = triples(s.past), i = list.findIndex(({ until }) => until >= u);
  if (i < 0) return { ...s, updates: u };
  return { ...s, updates: u, past: s.past.slice(0, 3 * i), eta: list[i].eta, m: list[i].m };
}
// A new run from update 0; the one so far becomes the ghost.
const again = (s, change = {}) =>
  ({ ...s, updates: 0, past: [], ghost: s.updates ? asGhost(s) : s.ghost, ...change });
// A change by hand while the network is learning: the updates so far were made with what was set before.
function follow(s, before) {
  if (s.eta === before.eta && s.m === before.m) return s;
  const [eta, m] = before.past.slice(-2);
  if (before.updates === lastChange(before)) // nothing was done with them; perhaps they are as before
    return s.eta === eta && s.m === m ? { ...s, past: before.past.slice(0, -3) } : s;
  if (before.past.length >= 3 * CHANGES) return before;
  return { ...s, past: [...before.past, before.updates, before.eta, before.m] };
}
const epochOf = (s) => placeOf(runOf(s), s.updates, N).epoch;
const over = (s) => epochOf(s) >= EPOCHS;
// Where a running network stops next to be measured and drawn.
function nextStop(s) {
  const step = round125(Math.min(s.updates / 15, N / s.m / 12));
  return Math.min(epochEnd(runOf(s), s.updates, N), (Math.floor(s.updates / step) + 1) * step);
}

// ---- the engine: the run and its ghost, one for each model, in slices ----
let digits = null; // the same for all figures of a page
const engines = new WeakMap();
const engineOf = (bytes) => {
  if (!engines.has(bytes)) engines.set(bytes, createEngine(bytes));
  return engines.get(bytes);
};

function createEngine(bytes) {
  let main = null, ghost = null, cast = "";
  // How far `run` knows a run of this seed and these stretches already; -1 for another seed.
  const known = (run, seed, list, until) => {
    if (run?.seed !== seed) return -1;
    const same = run.stretches.length === list.length
      && list.every((part, i) => ["from", "eta", "m"].every((key) => part[key] === run.stretches[i][key]));
    return same && run.points.has(until) ? until : 0;
  };
  const best = (runs, seed, list, until) => {
    const [run] = runs.filter((one) => known(one, seed, list, until) >= 0)
      .sort((a, b) => known(b, seed, list, until) - known(a, seed, list, until));
    const found = run ?? createRun(digits, seed);
    found.follow(list);
    return found;
  };
  // Which run is the ghost's and which the present one's; what is known of either is kept.
  function assign(s) {
    const list = runOf(s), now = JSON.stringify([s.seed, s.ghost, list]);
    if (now === cast) return;
    cast = now;
    const pool = [ghost, main].filter(Boolean);
    ghost = null;
    if (s.ghost.length) {
      const parts = triples(s.ghost.slice(1)), free = pool.filter((run) => run !== main
        || known(run, s.ghost[0], stretches(parts), parts.at(-1).until) > 0);
      ghost = best(free, s.ghost[0], stretches(parts), parts.at(-1).until);
    }
    main = best(pool.filter((run) => run !== ghost), s.seed, list, s.updates);
  }
  const ghostEnd = (s) => s.ghost.at(-3);
  const there = (s) => digits && main?.u === s.updates && main.points.has(s.updates);
  const ghostly = (s) => Boolean(ghost) && !ghost.points.has(ghostEnd(s)); // it is not all there yet
  // A slice of so many milliseconds; true if there is something new to draw.
  function work(s, ms = SLICE) {
    const until = performance.now() + ms;
    if (!digits) {
      digits = decode(bytes, N);
      return false;
    }
    assign(s);
    const size = () => main.points.size + (ghost?.points.size ?? 0), before = size(), was = there(s);
    if (main.work(s.updates, until) && ghostly(s)) ghost.work(ghostEnd(s), until);
    return size() !== before || there(s) !== was;
  }
  const upTo = (run, u) => [...run.points.values()].filter((point) => point.u <= u).sort((a, b) => a.u - b.u);
  function look(s) {
    if (!digits) return { points: [], old: [] };
    assign(s);
    const points = upTo(main, s.updates);
    return { run: main, points, now: points.at(-1), arrived: there(s),
      old: ghost ? upTo(ghost, ghostEnd(s)) : [] };
  }
  return { work, look, there, ghostly, flowing: null }; // flowing: { from, to } while a view plays it
}

function compute(s, data) {
  const engine = engineOf(data.digits), r = engine.look(s);
  const find = { 0: ({ u }) => u === 0, h: ({ u }) => u === FIRST, e: ({ seen }) => seen === N };
  const marks = Object.entries(find).map(([key, f]) => ({ key, point: r.points.find(f) }))
    .filter(({ point }) => point).map(({ key, point }) => ({ ...point, key })).sort((a, b) => a.u - b.u);
  return { ...r, engine, marks, past: triples(s.past),
    ahead: () => (r.run.arrive(s.updates), r.run.ahead()) };
}

function numbers(s) {
  const decades = [0.01, 0.1, 1, 10, 100].map((v) => ({ at: v, label: String(v) }));
  const all = {
    eta: { key: "eta", log: true, min: ETA[0], max: ETA[1], label: "η", title: "learning rate",
      marks: decades },
    m: { key: "m", min: 1, max: 100, step: 1, whole: true, label: "m", title: "digits in a mini-batch",
      marks: [1, 25, 50, 75, 100].map((v) => ({ at: v, label: String(v) })) },
    seed: { key: "seed", min: 0, max: 99, step: 1, whole: true, label: "seed", marks: [],
      set: (state, seed) => again(state, { seed }) },
    w: { of: (r) => r.run.largest(), label: "largest |w|" },
    ahead: { of: (r) => r.ahead(), step: 1, label: `right after epoch ${epochOf(s) + 1}`, result: true },
  };
  const measured = (key, of) => {
    const result = { result: true };
    all[`u${key}`] = { of: (r) => of(r).u, whole: true, label: "updates" };
    all[`C${key}`] = { ...result, of: (r) => of(r).cost, label: "C", title: "cost on the training digits" };
    all[`D${key}`] = { ...result, of: (r) => of(r).testCost, label: "C", title: "cost on the test digits" };
    all[`r${key}`] = { ...result, of: (r) => of(r).right, whole: true, label: "right",
      title: "training digits right" };
    all[`t${key}`] = { ...result, of: (r) => of(r).testRight, step: 1, label: "right",
      title: "test digits right" };
  };
  measured("", (r) => r.now);
  for (const key of ["0", "h", "e"]) measured(key, (r) => r.marks.find((mark) => mark.key === key));
  return all;
}

// The run that the presets are compared with: the usual one, for five epochs.
const GOOD = [0, 5 * 144, 3, 10];
const fresh = { eta: 3, m: 10, seed: 0, updates: 0, past: [], ghost: [], axis: "updates" };
const presets = [
  { name: "The first hundred", set: fresh,
    look: "how steep the curves are up to the mark at 100 updates, and how flat later. Try it at ¼×: which "
      + "comes first, the cost falling or the pictures changing? Then let it run for ten epochs." },
  { name: "Too small", set: { ...fresh, eta: 0.03, ghost: GOOD },
    look: "the same work as the thin lines, with a hundredth of their η. The pictures hardly change: each "
      + "update is a hundredth of a step. Raise η while it runs, and it wakes up." },
  { name: "Too large", set: { ...fresh, eta: 30, ghost: GOOD },
    look: "the cost is stuck at 0.5 almost at once: every output is near 0, for every digit, and the "
      + "hidden neurons are driven to 0 or 1, where their slope is gone. Can a smaller η still save it?" },
  { name: "One or a hundred", set: { ...fresh, eta: 0.3, m: 100, ghost: [0, 2 * N, 0.3, 1], axis: "epochs" },
    look: "batches of 100 against the thin lines, which took one digit at a time with the same η. After the "
      + "same number of epochs the thin lines are far ahead. Now count updates instead: who is ahead?" },
];

// ---- words ----
const epochs = ({ seen }) => (seen % N ? format(seen / N) : whole(seen / N));
const ago = (point) => `${count(point.u, "update")} (${epochs(point)} epoch${point.seen === N ? "" : "s"})`;
const summary = (s, { now }) => (!now ? "The digits are being made ready."
  : `After ${ago(now)} the cost is ${format(now.cost)} on the training digits, and `
    + `${now.testRight} of the ${TEST} test digits are right.`);

function told(s, { now, marks }) {
  const [start, hundred] = ["0", "h"].map((key) => marks.find((mark) => mark.key === key));
  if (!now) return "The digits are being made ready.";
  if (s.updates - now.u > 2 * (nextStop(s) - s.updates) + 1)
    return `On the way to update ${whole(s.updates)}: ${whole(now.u)} done.`;
  if (!now.u)
    return `Nothing is learned yet: ${now.testRight} of ${TEST} right, as good as guessing. Press play.`;
  const hidden = `${percent(now.stuck)} of the hidden activations have a slope below ${STUCK}`;
  if (now.cost > HIGHEST && now.u > 5)
    return `The cost, ${format(now.cost)}, lies above the picture: η throws the network about. ${hidden}.`;
  if (now.u >= 10 && now.cost > 0.4 && now.stuck > 0.5)
    return `Saturated: ${hidden}, and the outputs hardly move. Almost nothing is left to learn from.`;
  if (now.seen >= N && now.cost > 0.4)
    return `In ${ago(now)} the cost has only come to ${format(now.cost)}: the steps are too small `
      + "to get far.";
  if (now.u <= FIRST || !hundred)
    return `${count(now.u, "update")}: from ${start.testRight} to ${now.testRight} of ${TEST} right.`;
  const gain = now.testRight - hundred.testRight, first = hundred.testRight - start.testRight;
  const later = `${gain < 0 ? "−" : "+"}${Math.abs(gain)}`;
  return `The first ${FIRST} updates: ${first < 0 ? "−" : "+"}${Math.abs(first)} test digits right. `
    + `The ${whole(now.u - FIRST)} since then: ${later}.`;
}

// The update that comes next, in five lines that are computed when they are read.
function steps(s, r) {
  if (!r.arrived || over(s)) return [];
  let known = null;
  const next = () => (known ??= (r.run.arrive(s.updates), r.run.next()));
  const n = (v) => format(v), answer = (a) => a.indexOf(Math.max(...a));
  const lines = [
    [["u"], ({ labels }) => `update ${whole(s.updates + 1)} takes the next ${count(labels.length, "digit")} `
      + `of the random order: ${labels.slice(0, 10).join(", ")}${labels.length > 10 ? ", …" : ""}`],
    [[], ({ labels: [y], before }) => `forward: shown the first of them, a ${y}, the network answers `
      + `${answer(before)} (output ${n(Math.max(...before))}); the output for ${y} is ${n(before[y])} `
      + "and should be 1"],
    [["m"], ({ costs, labels }) => `the mean loss of ${labels.length === 1 ? "it" : `these ${labels.length}`} `
      + `is ${n(costs[0])}; backpropagation gives its derivative by all 23,860 weights and biases`],
    [["eta"], ({ eta, step }) => `a step of η = ${n(eta)} against it: of the first layer's weights none `
      + `changes by more than ${n(step)}`],
    [["m"], ({ costs, labels: [y], after }) => `now the mean loss of this batch is ${n(costs[1])} instead of `
      + `${n(costs[0])}, and the output for that ${y} is ${n(after[y])}`],
  ];
  return lines.map(([lit, say]) => ({ lit, get say() { return say(next()); } }));
}

// The program that makes the same network with nnlib alone.
function code(s) {
  const list = triples([...s.past, s.updates, s.eta, s.m])
    .filter(({ until }, i, all) => until > (all[i - 1]?.until ?? 0));
  const { epoch, offset } = placeOf(runOf(s), s.updates, N);
  const title = ["", "# the same network, from nnlib alone"];
  const start = ["import nnlib", "from nnlib.data import embedded_digits", "",
    "digits = embedded_digits()", `net = nnlib.Network([784, 30, 10], rng=${s.seed})`];
  const end = ["print(nnlib.evaluate(net, digits.X, digits.Y))",
    "print(nnlib.evaluate(net, digits.X_test, digits.Y_test))"];
  if (!list.length) return [...title, ...start, ...end];
  const [{ eta, m }, ...others] = list;
  if (!others.length && !offset) return [...title, ...start,
    `run = nnlib.train(net, (digits.X, digits.Y), epochs=${epoch}, batch_size=${m},`,
    `                  eta=${eta}, rng=${s.seed})`,
    "for epoch in run:", "    print(epoch)", ...end];
  const rows = list.map((part) => `(${part.until}, ${part.eta}, ${part.m})`);
  return [...title, "import numpy as np", "", ...start,
    `rng, order, u = np.random.default_rng(${s.seed}), [], 0`,
    `for until, eta, m in [${rows.join(", ")}]:`,
    "    while u < until:  # each update is one epoch of its own batch",
    "        if len(order) == 0:",
    `            order = rng.permutation(${N})`,
    "        batch, order = order[:m], order[m:]",
    "        data = digits.X[batch], digits.Y[batch]",
    "        next(nnlib.train(net, data, epochs=1, batch_size=m, eta=eta))",
    "        u += 1", ...end];
}

const rule = () => [`W ← W − {eta} · [1]/[{m}] Σ_i [∂"loss"_i]/[∂W]`];
const account = (s, { now, marks }) => {
  const row = (name, key) => `${name} & {u${key}} & {C${key}} & {D${key}} & {r${key}} & {t${key}}`;
  const names = { 0: `"start"`, h: `"first ${FIRST}"`, e: `"epoch 1"` };
  return [`"" & "updates" & C & C_"test" & "right" & "of ${TEST}"`,
    ...marks.filter(({ u }) => u !== now.u).map(({ key }) => row(names[key], key)),
    ...(now ? [row(`"now"`, "")] : [])];
};

// ---- pictures ----
const SETS = [["train", "training", "right", "cost", N], ["test", "test", "testRight", "testCost", TEST]];
const nice = (v) => [1, 2, 5].map((k) => k * 10 ** Math.floor(Math.log10(v))).find((k) => k >= v * 0.999)
  ?? 10 ** (Math.floor(Math.log10(v)) + 1);

// A line through points in pixels, without those that lie within half a pixel of the one before.
function line(points) {
  let d = "", end = -1;
  points.forEach(([x, y], i) => {
    if (x - end < 0.5 && i < points.length - 1) return;
    d += `${d ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    end = x;
  });
  return d;
}

const tight = (width) => width < 310; // the name of the thin lines needs a row of its own
function curves(pen, { width }, s, r) {
  const inEpochs = s.axis === "epochs", along = ({ u, seen }) => (inEpochs ? seen / N : u);
  const far = Math.max(...[r.now, r.old.at(-1)].map((point) => (point ? along(point) : 0)));
  const end = Math.max(inEpochs ? 1 : 2 * FIRST, nice(far || 1));
  const place = (y, h) => ({ x: 42, y, w: width - 108, h });
  const upper = scales(place(26, 150), [0, end], [0, 1]);
  const lower = scales(place(228, 130), [0, end], [0, HIGHEST]);
  const xText = (v) => whole(Number(v.toFixed(2)));
  axes(pen, "right", upper, { y: "right", yTicks: [0, 0.25, 0.5, 0.75, 1],
    text: (v, axis) => (axis === "y" ? percent(v) : "") });
  axes(pen, "cost", lower, { x: inEpochs ? "epochs" : "updates", y: "cost C", yTicks: [0, 0.2, 0.4, HIGHEST],
    text: (v, axis) => (axis === "y" ? String(v) : xText(v)) });
  const tick = (key, x, y, anchor, text, more = "") =>
    pen.put("text", key, { class: `nnb-tick nnb-halo ${more}`, x, y, "text-anchor": anchor }, text);
  const hundred = inEpochs ? r.points.find(({ u }) => u === FIRST) : { u: FIRST };
  if (hundred) {
    const x = upper.X(along(hundred));
    for (const [i, { box, bottom }] of [upper, lower].entries())
      pen.put("line", `hundred${i}`, { class: "nnb-hundred", x1: x, x2: x, y1: box.y, y2: bottom });
    tick("hundred-name", x + 6, upper.bottom - 4, "start", `${FIRST} updates`);
  }
  const chance = upper.Y(1 / CLASSES);
  pen.put("line", "chance", { class: "nnb-guide", x1: 42, x2: upper.right, y1: chance, y2: chance });
  tick("chance-name", upper.right - 4, chance - 5, "end", "guessing");
  const after = [...r.past.slice(1), s];
  r.past.forEach(({ until, ...before }, i) => { // what was changed on the way
    const x = upper.X(along({ u: until, seen: placeOf(runOf(s), until, N).seen })), y = lower.box.y;
    pen.put("path", `change${until}`, { class: "nnb-turn", d: `M${x} ${y + 11}l-5 -9h10z` });
    if (i < r.past.length - 1 || x < 110) return;
    const text = [["eta", "η"], ["m", "m"]].filter(([key]) => after[i][key] !== before[key])
      .map(([key, name]) => `${name} = ${pen.text(key)}`).join(", ");
    tick("change-name", x, y - 6, "middle", text);
  });
  const panes = [[upper, (point, [, , right, , all]) => point[right] / all, "up"],
    [lower, (point, [, , , cost]) => point[cost], "down"]];
  for (const [plot, of, pane] of panes) {
    const { X, Y, y1 } = plot, at = (set) => (point) => [X(along(point)), Y(Math.min(y1, of(point, set)))];
    const window = clip(pen, `${pane}-window`, { ...plot.box, y: plot.box.y - 2, h: plot.box.h + 4 });
    for (const set of SETS) {
      const attrs = { "data-set": set[0], "clip-path": window };
      if (r.old.length) pen.put("path", `${pane}-old-${set[0]}`,
        { ...attrs, class: "nnb-learn nnb-old nnb-result", d: line(r.old.map(at(set))) });
      if (r.now) pen.put("path", `${pane}-${set[0]}`,
        { ...attrs, class: "nnb-learn nnb-result", d: line(r.points.map(at(set))) });
    }
    if (!r.now) continue;
    const ends = SETS.map((set) => { const [x, y] = at(set)(r.now); return { set, x, y }; });
    for (const { set, x, to } of apart(ends, 15, [plot.box.y + 6, plot.bottom - 2])) {
      const attrs = { "data-set": set[0], class: "nnb-learn-name nnb-halo nnb-result" };
      pen.put("text", `${pane}-${set[0]}-name`, { ...attrs, x: x + 9, y: to + 4.5 }, set[1]);
    }
    for (const { set, x, y } of ends)
      pen.put("circle", `${pane}-${set[0]}-end`,
        { "data-set": set[0], class: "nnb-learn-end nnb-result", r: 4, cx: x, cy: y });
  }
  if (r.now)
    pen.put("text", "counter", { class: "nnb-label", x: upper.right + 62, y: 14, "text-anchor": "end" },
      `update ${whole(r.now.u)}, epoch ${epochs(r.now)}`);
  if (s.ghost.length) {
    const [seed, ...parts] = s.ghost, { eta, m } = triples(parts).at(-1);
    tick("old-name", 42, lower.bottom + (tight(width) ? 46 : 31), "start",
      `thin: η = ${format(eta)}, m = ${m}${seed === s.seed ? "" : `, seed ${seed}`}`, "nnb-result");
  }
}

// Paints images of 28 x 28, colour(tile, pixel), as `columns` tiles a row on the picture's canvas.
const GAP = 3, CELL = SIDE + GAP;
function tiles(pen, box, columns, n, colour) {
  const { canvas } = pen, rows = Math.ceil(n / columns), w = columns * CELL - GAP, tall = rows * CELL - GAP;
  if (canvas.width !== w || canvas.height !== tall) Object.assign(canvas, { width: w, height: tall });
  const place = { left: box.x, top: box.y, width: box.w, height: (box.w * tall) / w };
  for (const [key, v] of Object.entries(place)) canvas.style[key] = `${v}px`;
  const context = canvas.getContext("2d"), image = context.createImageData(w, tall);
  const paint = new Uint32Array(image.data.buffer);
  for (let i = 0; i < n; i++) {
    const corner = Math.floor(i / columns) * CELL * w + (i % columns) * CELL;
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) paint[corner + w * y + x] = colour(i, SIDE * y + x);
  }
  context.putImageData(image, 0, 0);
}
// Colours by number, as canvases keep them: 256 steps from the ground to each end.
const packed = ([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
const shades = (from, to) => Uint32Array.from({ length: 256 }, (_, i) =>
  packed(from.map((v, k) => Math.round(v + ((to[k] - v) * i) / 255))));
const shadeOf = (list, t) => list[Math.min(255, Math.round(255 * t))];

const grid = (width) => (width < 380 ? { columns: 10, w: width } : { columns: 6, w: Math.min(width, 390) });
const gridHeight = (width) => {
  const { columns, w } = grid(width);
  return (w * ((HIDDEN / columns) * CELL - GAP)) / (columns * CELL - GAP);
};
function weights(pen, { width }, s, r) {
  const { columns, w } = grid(width), x = (width - w) / 2, y = 24;
  pen.put("text", "title", { class: "nnb-label", x: width / 2, y: 14, "text-anchor": "middle" },
    `weights of the ${HIDDEN} hidden neurons`);
  const below = y + gridHeight(width), middle = width / 2;
  legend(pen, "key", { x: middle - 60, y: below + 10, w: 120, name: "w", range: [-TOP, TOP], open: true });
  if (!r.run) return;
  const under = { class: "nnb-tick", y: below + 36 };
  pen.put("text", "largest", { ...under, x: middle - 4, "text-anchor": "end" }, "largest |w| =");
  pen.number("w", "largest-w", { ...under, x: middle });
  const [minus, plus] = ["neg", "pos"].map((name) => shades(pen.colour("zero"), pen.colour(name)));
  tiles(pen, { x, y, w }, columns, HIDDEN, (j, pixel) => {
    const v = r.run.weight(j, pixel);
    return v < 0 ? shadeOf(minus, -v / TOP) : shadeOf(plus, v / TOP);
  });
}
// A digit as an image, made once for each pair of colours.
const images = new Map();
function imageOf(pen, i) {
  const ground = pen.colour("zero"), ink = pen.colour("ink"), key = `${i} ${ground} ${ink}`;
  if (!images.has(key)) {
    const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    const context = canvas.getContext("2d"), image = context.createImageData(SIDE, SIDE);
    const scale = shades(ground, ink);
    new Uint32Array(image.data.buffer).set(Array.from(picture(digits, i), (v) => shadeOf(scale, 0.85 * v)));
    context.putImageData(image, 0, 0);
    images.set(key, canvas.toDataURL());
  }
  return images.get(key);
}

// The first test digit of each class, and what the network says to it now.
const UNDER = 44; // pixels below an image
const row = (width) => {
  const columns = width < 380 ? 5 : 10;
  return { columns, cell: Math.min(46, width / columns) };
};
const rowHeight = (width) => 24 + (CLASSES / row(width).columns) * (row(width).cell + UNDER);
function answers(pen, { width }, s, r) {
  const { columns, cell } = row(width), left = (width - columns * cell) / 2, side = cell - 6;
  pen.put("text", "title", { class: "nnb-label", x: width / 2, y: 14, "text-anchor": "middle" },
    "ten test digits, and its answers");
  if (!r.run) return;
  for (let k = 0; k < CLASSES; k++) {
    const i = digits.labels.indexOf(k, N), a = r.run.outputs(i), answer = a.indexOf(Math.max(...a));
    const x = left + (k % columns) * cell + 3, y = 24 + Math.floor(k / columns) * (cell + UNDER);
    const bar = { x, y: y + side + 26, height: 5 };
    const right = answer === k, text = { x: x + side / 2, y: y + side + 20, "text-anchor": "middle" };
    pen.put("image", `digit${k}`,
      { class: "nnb-cells", x, y, width: side, height: side, href: imageOf(pen, i) });
    pen.put("text", `answer${k}`,
      { ...text, class: "nnb-answer nnb-result", "data-right": right ? "" : null },
      `${answer} ${right ? "✓" : "✗"}`);
    pen.put("rect", `room${k}`, { ...bar, class: "nnb-track-bar", width: side });
    pen.put("rect", `bar${k}`, { ...bar, class: "nnb-sure nnb-result", width: side * a[answer] });
  }
}
const said = (r) => (!r.run ? "" : Array.from({ length: CLASSES }, (_, k) => {
  const a = r.run.outputs(digits.labels.indexOf(k, N));
  return `to a ${k} ${a.indexOf(Math.max(...a))}`;
}).join(", "));

// ---- the figure ----
const about = ({ updates, axis, ...rest }) => rest;
const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

function build(ui) {
  let engine = null, waiting = 0; // digits that are due
  const go = (updates) => ui.set({ updates });
  const epoch = () => go(epochEnd(runOf(ui.now()), ui.now().updates, N));
  const table = ui.live(ui.formula(account), (s, r) => {
    engine ??= Object.assign(r.engine, { flowing: null });
  });
  table.classList.add("nnb-scores");
  const share = (s) => (engine.flowing && engine.ghostly(s) ? SLICE / 2 : SLICE); // half is the ghost's
  ui.work(() => !engine.flowing?.to && (!engine.there(ui.now()) || engine.ghostly(ui.now())),
    () => { if (engine.work(ui.now(), share(ui.now()))) ui.redraw(); }, () => !engine.there(ui.now()));
  // While it plays, one epoch a second as far as there is time: first it is trained up to the next stop,
  // `to`, then shown. It stops where somebody else has changed the updates.
  function flow(ms) {
    const s = ui.now();
    if (engine.flowing && engine.flowing.from !== s.updates) return false;
    engine.flowing ??= { from: s.updates };
    ui.running(true);
    if (!engine.flowing.to) {
      if (!engine.there(s)) return true;
      const to = nextStop(s), need = (to - s.updates) * s.m;
      waiting = Math.min(waiting + (ms * N) / 1000, Math.max(need, N / 4));
      if (need > waiting) return true;
      waiting -= need;
      engine.flowing.to = to;
    }
    const then = { ...s, updates: engine.flowing.to };
    engine.work(then, share(s));
    if (engine.there(then)) arrive();
    return true;
  }
  function arrive() {
    const { to } = engine.flowing;
    if (!to) return;
    engine.flowing = { from: to };
    go(to);
  }
  function rest() {
    if (engine.flowing?.from === ui.now().updates) arrive();
    engine.flowing = null;
    ui.running(false);
    ui.settle();
    ui.redraw();
  }
  const anew = (change) => { ui.settle(); ui.set(again(ui.now(), change)); ui.settle(); };
  const player = ui.player({
    step: () => go(ui.now().updates + 1), back: () => ui.set(at(ui.now(), ui.now().updates - 1)),
    restart: () => anew(),
    atStart: () => ui.now().updates === 0, atEnd: () => over(ui.now()),
  }, { flow, rest, jump: epoch, names: { restart: "Start again, and keep this run as thin lines",
    back: "One update back", play: "Train", pause: "Pause", next: "One update" } });
  const more = ui.live(ui.button("One epoch", epoch), (s) => { more.disabled = over(s); });
  const verdict = ui.caption(told);
  verdict.classList.add("nnb-told", "nnb-result");
  const graph = ui.picture({ label: label("share of right answers, and cost, against the updates"),
    height: (width, s) => (s.ghost.length && tight(width) ? 411 : 396), draw: curves });
  const maps = ui.picture({ height: (width) => 66 + gridHeight(width), draw: weights, map: true,
    label: () => `the 784 weights of each of the ${HIDDEN} hidden neurons as images; their rim never `
      + "changes, because no digit has ink there" });
  graph.classList.add("nnb-graph");
  maps.classList.add("nnb-maps");
  return {
    main: [
      graph,
      h("div", { class: "nnb-row" }, player, more),
      verdict,
    ],
    controls: [
      ui.slider("eta"), ui.slider("m"),
      h("div", { class: "nnb-row" },
        ui.select("axis", "count", { updates: "updates", epochs: "epochs" }),
        ui.button("New seed", () => anew({ seed: (ui.now().seed + 1) % 1e6 }))),
    ],
    side: [
      maps,
      ui.picture({ height: rowHeight, draw: answers,
        label: (s, r, masked) => `ten test digits${masked ? "" : `; the network answers ${said(r)}`}` }),
      table, ui.formula(rule),
    ],
    more: [ui.slider("seed")],
  };
}

function check(s) {
  const inside = (v, low, high) => v >= low && v <= high;
  const int = (v, low, high) => Number.isInteger(v) && inside(v, low, high);
  // [until, eta, m, ...]: updates that increase, and settings in their ranges, for at most EPOCHS.
  const isRun = (list) => list.length % 3 === 0 && triples(list).every(({ until, eta, m }, i, all) =>
    int(until, i ? all[i - 1].until + 1 : 1, 1e6) && inside(eta, ...ETA) && int(m, 1, M))
    && ends(stretches(triples(list)), list.at(-3) ?? 0);
  const ends = (list, until) => placeOf(list, until, N).seen <= EPOCHS * N;
  const [seed, ...ghost] = s.ghost;
  return inside(s.eta, ...ETA) && int(s.m, 1, M) && int(s.seed, 0, 1e6) && s.past.length <= 3 * CHANGES
    && isRun(s.past) && int(s.updates, lastChange(s), 1e6) && ends(runOf(s), s.updates)
    && (!s.ghost.length || (int(seed, 0, 1e6) && ghost.length && isRun(ghost)))
    && ["updates", "epochs"].includes(s.axis);
}

const train_digits = widget({
  python: "TrainDigits",
  title: "Train a network on digits, here and now",
  state: ["eta", "m", "seed", "updates", "past", "ghost", "axis"],
  data: ["digits"],
  looks: ["updates", "axis"],
  shape: () => 0,
  check, compute, numbers, presets, steps, summary, follow, about, code, build,
  predict: (s) => ({ number: "ahead",
    ask: `How many of the ${TEST} test digits will be right at the end of epoch ${epochOf(s) + 1}? `
      + "Your guess:" }),
  call: (name, s, usual) => // without empty lists
    usual(name, Object.fromEntries(Object.entries(s).filter(([, v]) => v.length !== 0))),
});
export default train_digits;
