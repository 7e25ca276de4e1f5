// The race of LossShowdown: two sigmoid neurons, input 1, target 0, the same start and the same rate;
// one pays the squared cost, the other cross-entropy.
import { ACTIVATIONS } from "./activations.js";
import { h } from "./dom.js";
import { format } from "./format.js";
import { axes, scales } from "./plot.js";

export const MOST = 50000; // steps of a race, as in loss_showdown.py
const GOAL = 0.1; // arrived: the output is below
const sigma = ACTIVATIONS.sigmoid.f, slope = ACTIVATIONS.sigmoid.df;

// C and its slope by z, of the output for the target 0.
const COSTS = {
  squared: { key: "q", C: (z) => sigma(z) ** 2 / 2, delta: (z) => sigma(z) * slope(z), most: 0.5 },
  "cross-entropy": { key: "c", delta: sigma, most: 1,
    C: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) },
};
const NAMES = Object.keys(COSTS);
const whole = (n) => n.toLocaleString("en-US");

// w and b after each step, until the neuron has arrived and at least `steps` far.
function run({ w, b, eta }, { delta }, steps) {
  const ws = [w], bs = [b];
  let arrival = null;
  for (let n = 0; ; n++) {
    if (arrival === null && sigma(w + b) < GOAL) arrival = n;
    if (n >= steps && arrival !== null) return { ws, bs, arrival };
    const d = delta(w + b);
    ws.push((w -= eta * d));
    bs.push((b -= eta * d));
  }
}

// Both runs, and the last step of the picture; kept, as each step of the race needs them.
let known = { key: "" };
function runs(s) {
  const key = [s.w, s.b, s.eta].join();
  if (known.key !== key || s.steps > known.end) {
    const arrivals = NAMES.map((name) => run(s, COSTS[name], 0).arrival);
    const own = Math.min(MOST, Math.max(20, 10 * Math.ceil(Math.max(...arrivals) * 0.115)));
    const end = Math.max(own, s.steps);
    known = { key, own, end, arrivals, runs: NAMES.map((name) => run(s, COSTS[name], end)) };
  }
  return known;
}

function at(run, name, n) {
  const w = run.ws[n], b = run.bs[n], z = w + b, { C, delta } = COSTS[name];
  return { w, b, z, a: sigma(z), C: C(z), d: delta(z) };
}

function compute(s) {
  const both = runs(s), { own, arrivals } = both;
  const [start, now, next] = [0, s.steps, 1].map((n) =>
    Object.fromEntries(NAMES.map((name, i) => [COSTS[name].key, at(both.runs[i], name, n)])));
  return { runs: both.runs, end: Math.max(own, s.steps), start, now, next,
    nq: arrivals[0], nc: arrivals[1], ratio: start.c.d / start.q.d, slope: slope(s.w + s.b) };
}

function numbers(s, r) {
  const knob = { min: -3, max: 3, step: 0.1 };
  const all = {
    w: { ...knob, key: "w", label: "w", title: "weight at the start" },
    b: { ...knob, key: "b", label: "b", title: "bias at the start" },
    steps: { key: "steps", min: 0, max: r.end, step: 1, whole: true, label: "steps" },
    n: { of: () => s.steps, whole: true, label: "steps" },
    z0: { of: () => r.start.q.z, label: "z" }, a0: { of: () => r.start.q.a, label: "a" },
    s0: { of: () => r.slope, label: "σ′(z)", title: "slope of the sigmoid" },
    d0q: { of: () => r.start.q.d, label: "δ" }, d0c: { of: () => r.start.c.d, label: "δ" },
    w1q: { of: () => r.next.q.w, label: "w" }, w1c: { of: () => r.next.c.w, label: "w" },
    ratio: { of: () => r.ratio, label: "ratio" },
  };
  for (const key of ["q", "c"]) {
    const say = { result: true, title: NAMES[key === "q" ? 0 : 1] };
    all[`a${key}`] = { of: () => r.now[key].a, label: "a", ...say };
    all[`v${key}`] = { ...all[`a${key}`], decimals: 3 };
    all[`C${key}`] = { of: () => r.now[key].C, label: "C", ...say };
    all[`d${key}`] = { of: () => r.now[key].d, label: "δ", ...say };
    all[`n${key}`] = { of: () => r[`n${key}`], step: 1, label: "steps", ...say };
  }
  return all;
}

function steps(s, r) {
  const { w, b, eta } = s, { start, next } = r, [f, error] = [format, format(r.start.q.a)];
  return [
    { lit: ["w", "b", "z0"], say: `both neurons start alike: z = ${f(w)} · 1 + ${f(b)} = ${f(r.start.q.z)}` },
    { lit: ["a0"], say: `a = σ(z) = ${error}; it should be 0, so both are off by a − y = ${error}` },
    { lit: ["s0"], say: `here the sigmoid has the slope σ′(z) = a (1 − a) = ${f(r.slope)}; the largest is 0.25` },
    { lit: ["squared", "d0q", "s0"], say: `squared cost: ∂C/∂a = a − y, and through the sigmoid `
      + `δ = ${error} · ${f(r.slope)} = ${f(start.q.d)}` },
    { lit: ["cross", "cancel", "d0c"], say: "cross-entropy: ∂C/∂a = (a − y) / σ′(z), and through the sigmoid "
      + `σ′(z) cancels: δ = ${f(start.c.d)}, ${f(r.ratio)} times as much` },
    { lit: ["eta", "w1q"], say: `first step, squared cost: w = ${f(w)} − ${f(eta)} · ${f(start.q.d)} = `
      + `${f(next.q.w)}, and b moves as far` },
    { lit: ["eta", "w1c"], say: `first step, cross-entropy: w = ${f(w)} − ${f(eta)} · ${f(start.c.d)} = `
      + `${f(next.c.w)}` },
  ];
}

const arrived = ({ steps: n }, r, key) => n >= r[`n${key}`];
const when = (s, r, key) =>
  (arrived(s, r, key) ? `below 0.1 after ${whole(r[`n${key}`])} steps` : "not below 0.1 yet");
const summary = (s, r) => `After ${whole(s.steps)} steps: squared cost, a = ${format(r.now.q.a)}, `
  + `${when(s, r, "q")}; cross-entropy, a = ${format(r.now.c.a)}, ${when(s, r, "c")}.`;

function law(s, r, narrow) {
  const times = "{a0}·{s0} = {d0q}", wide = !narrow, cancel = "[a − y]/[<cancel|σ′(z)>] <cancel|σ′(z)>";
  return [
    "& z & = & {w}·1 + {(b)} = {z0}",
    "& a & = & σ(z) = {a0}",
    `<squared|"squared"> & δ & = & (a − y) <s0|σ′(z)>${wide ? ` = ${times}` : ""}`,
    ...(wide ? [] : [`& & = & ${times}`]),
    `<cross|"cross-entropy"> & δ & = & ${cancel}${wide ? " = a − y = {d0c}" : ""}`,
    ...(wide ? [] : ["& & = & a − y = {d0c}"]),
    '& "ratio" & = & {ratio}',
  ];
}
const first = () => [
  `<squared|"squared"> & w & ← & {w} − {eta}·{d0q} & = & {w1q}`,
  `<cross|"cross-entropy"> & w & ← & {w} − {eta}·{d0c} & = & {w1c}`,
];
const table = (s, r) => [
  `{n} "\u2002steps" & <squared|"squared"> & <cross|"cross-entropy">`,
  "a & {aq} & {ac}", "C & {Cq} & {Cc}", "δ & {dq} & {dc}",
  `"below 0.1 after" & ${["q", "c"].map((key) => (arrived(s, r, key) ? `{n${key}}` : '"…"')).join(" & ")}`,
];

// ---- pictures ----
const of = (name) => ({ "data-run": name, "data-link": name === "squared" ? "squared" : "cross" });

// Two lanes from a = 1 on the left to 0; footprints, the runner with its output; below, its slope.
function lanes(pen, { width }, s, r) {
  const box = { x: 24, w: width - 48 }, X = (a) => box.x + (1 - a) * box.w;
  const stride = Math.max(1, Math.round(r.end / 40));
  NAMES.forEach((name, i) => {
    const { key } = COSTS[name], y = 54 + 112 * i, { a, d } = r.now[key];
    pen.put("text", `${name}-name`, { ...of(name), class: "nnb-label nnb-title", x: box.x - 10, y: y - 30 },
      name === "squared" ? "squared cost" : "cross-entropy");
    pen.put("rect", `${name}-lane`, { class: "nnb-track-bar", x: box.x - 18, y: y - 22, width: box.w + 36,
      height: 44, rx: 22 });
    pen.put("line", `${name}-goal`, { class: "nnb-goal", x1: X(GOAL), x2: X(GOAL), y1: y - 22, y2: y + 22 });
    let prints = "";
    for (let n = 0; n <= s.steps; n += stride) {
      const place = sigma(r.runs[i].ws[n] + r.runs[i].bs[n]);
      prints += `M${X(place).toFixed(1)} ${y - 7}v14`;
    }
    pen.put("path", `${name}-prints`, { ...of(name), class: "nnb-print nnb-result", d: prints });
    pen.put("circle", `${name}-runner`, { ...of(name), class: "nnb-runner nnb-result", cx: X(a), cy: y, r: 22 });
    pen.number(`v${key}`, `${name}-a`, { x: X(a), y: y + 4.5, "text-anchor": "middle",
      class: "nnb-num nnb-tiny nnb-result" });
    slopeBar(pen, `${name}-slope`, { x: box.x, y: y + 31, w: d * box.w, width }, `d${key}`);
  });
  const foot = 54 + 112 + 62;
  for (const a of [1, 0.8, 0.6, 0.4, 0.2, 0])
    pen.put("text", `tick${a}`, { class: "nnb-tick", x: X(a), y: foot, "text-anchor": "middle" }, String(a));
  pen.put("text", "finish", { class: "nnb-tick", x: X(GOAL) - 6, y: 24, "text-anchor": "end" }, "finish: a < 0.1");
  pen.put("text", "axis", { class: "nnb-axis", x: box.x - 10, y: foot + 18 }, "output a; the target is 0");
}

// A slope to the scale of the lane, in the double outline of gradients.
function slopeBar(pen, key, { x, y, w, width }, name) {
  const attrs = { "data-sign": "pos", "data-link": name };
  pen.put("rect", key, { ...attrs, class: "nnb-grad nnb-result", x, y, width: Math.max(1, w), height: 14 });
  pen.put("rect", `${key}-in`, { ...attrs, class: "nnb-grad nnb-grad-in nnb-result", x: x + 3, y: y + 3,
    width: Math.max(0, w - 6), height: 8 });
  const outside = x + w + 90 < width, left = outside ? x + w + 8 : x + 10;
  pen.put("text", `${key}-is`, { class: "nnb-label nnb-small nnb-halo nnb-result", x: left,
    y: y + 11.5, "data-link": name }, "δ =");
  pen.number(name, `${key}-value`, { class: "nnb-num nnb-small nnb-halo nnb-result",
    x: left + 30, y: y + 11.5 });
}

// One quantity of both neurons against the steps, as far as they have gone.
function curves(what, title, top) {
  return (pen, { width }, s, r) => {
    const high = top ?? Math.max(0.5, ...NAMES.map((name, i) => at(r.runs[i], name, 0).C)) * 1.06;
    const plot = scales({ x: 40, y: 26, w: width - 56, h: 138 }, [0, r.end], [0, high]);
    const { X, Y, box, right, bottom } = plot;
    axes(pen, what, plot, { x: "steps", y: title });
    if (what === "a") pen.put("line", "goal", { class: "nnb-goal", x1: box.x, x2: right, y1: Y(GOAL), y2: Y(GOAL) });
    else key(pen, right);
    NAMES.forEach((name, i) => {
      let d = "M";
      const points = Math.min(s.steps, Math.ceil(box.w));
      for (let k = 0; k <= points; k++) {
        const n = points ? Math.round((k * s.steps) / points) : 0;
        d += `${k ? "L" : ""}${X(n).toFixed(1)} ${Y(at(r.runs[i], name, n)[what]).toFixed(1)}`;
      }
      const now = r.now[COSTS[name].key][what];
      pen.put("path", `${what}-${name}`, { ...of(name), class: "nnb-lane nnb-result", d });
      pen.put("circle", `${what}-${name}-end`, { ...of(name), class: "nnb-lane-end nnb-result", r: 5,
        cx: X(s.steps), cy: Y(now) });
      const n = r[`n${COSTS[name].key}`];
      if (what === "a" && s.steps >= n)
        pen.put("line", `${name}-arrival`, { ...of(name), class: "nnb-arrival nnb-result", x1: X(n), x2: X(n),
          y1: Y(GOAL), y2: bottom });
    });
    if (what === "a") pen.handle("steps", plot, ["steps", null], { class: "nnb-point nnb-handle nnb-result",
      cy: bottom, r: 7, "aria-label": "step of the race", "aria-valuemax": r.end });
  };
}
function key(pen, right) {
  [["squared", right - 190], ["cross-entropy", right - 98]].forEach(([name, x]) => {
    pen.put("path", `key-${name}`, { ...of(name), class: "nnb-lane", d: `M${x - 24} 12h20` });
    pen.put("text", `key-${name}-name`, { ...of(name), class: "nnb-lane-name", x, y: 16 }, name);
  });
}

const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

function told(s, r) {
  if (!s.steps) return "Which of the two arrives first, and by how much? Decide, then press play.";
  const [fast, slow] = [arrived(s, r, "c"), arrived(s, r, "q")];
  if (!fast && !slow) return "Both are on their way. The prints are equally many steps apart.";
  if (!slow) return `Cross-entropy has arrived after ${whole(r.nc)} steps. The squared cost is still at `
    + `a = ${format(r.now.q.a)}.`;
  return `Below 0.1 after ${whole(r.nc)} steps with cross-entropy, after ${whole(r.nq)} with the squared cost.`;
}

// The race runs for about seven seconds, however many steps it has.
function transport(ui) {
  let end = 0, part = 0;
  const go = (by) => ui.set({ steps: Math.max(0, Math.min(end, ui.now().steps + by)) });
  const stride = () => Math.max(1, Math.round(end / 40));
  ui.live(null, (s, r) => { end = r.end; }); // before the player is drawn
  return ui.player({
    step: () => go(stride()), back: () => go(-stride()), restart: () => ui.set({ steps: 0 }),
    atStart: () => ui.now().steps === 0, atEnd: () => ui.now().steps >= end,
  }, {
    names: { restart: "To the starting line", back: "Race back", play: "Run the race", pause: "Pause the race",
      next: "Race on" },
    flow(ms) {
      ui.running(true);
      part += (ms * end) / 7000;
      go(Math.floor(part));
      part %= 1;
    },
    rest() { ui.running(false); ui.settle(); },
    jump: () => ui.set({ steps: end }),
  });
}

function build(ui) {
  const account = ui.formula(table), verdict = ui.caption(told), laws = ui.formula(law);
  account.classList.add("nnb-account", "nnb-duel-table");
  verdict.classList.add("nnb-verdict-line", "nnb-result");
  laws.classList.add("nnb-duel");
  return {
    main: [
      ui.picture({ label: label("two neurons on their way from output 1 to output 0"), height: () => 252,
        draw: lanes }),
      h("div", { class: "nnb-transport" }, transport(ui)), verdict, laws,
    ],
    controls: [ui.slider("eta"), ui.slider("w"), ui.slider("b")],
    side: [
      ui.picture({ label: label("the output of both after each step"), height: () => 202,
        draw: curves("a", "output a", 1) }),
      ui.picture({ label: label("the cost of both after each step"), height: () => 202,
        draw: curves("C", "cost C") }),
      account, ui.formula(first),
    ],
  };
}

// The state after a change by hand: a race that was over is over with the new start too.
function follow(next, before) {
  if (["w", "b", "eta"].every((name) => next[name] === before[name])) return next;
  const old = runs(before).own, { own } = runs({ ...next, steps: 0 });
  return { ...next, steps: before.steps >= old ? own : Math.min(next.steps, own) };
}

export const race = { compute, numbers, steps, summary, build, follow };
