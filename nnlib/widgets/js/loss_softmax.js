// Softmax in LossShowdown: scores become shares, and the slope of the loss is q − y.
import { softmax } from "./activations.js";
import { format } from "./format.js";
import { axes, scales } from "./plot.js";

function compute({ z, T, y, eta }) {
  const u = z.map((v) => v / T), q = softmax(u), top = Math.max(...u);
  const rest = Math.log(u.reduce((sum, v) => sum + Math.exp(v - top), 0));
  const g = q.map((v, k) => v - (k === y ? 1 : 0));
  return { u, q, g, loss: top + rest - u[y], next: z[y] - (eta * g[y]) / T };
}

function numbers({ z, y }, r) {
  const all = {
    T: { key: "T", log: true, min: 0.1, max: 5, label: "T", title: "temperature",
      marks: [0.1, 1, 5].map((at) => ({ at, label: String(at) })) },
    K: { key: "z", of: () => z.length, min: 3, max: 10, step: 1, whole: true, label: "K",
      title: "number of classes", marks: [],
      set: (s, K) => ({ z: Array.from({ length: K }, (_, k) => s.z[k] ?? 0), y: Math.min(s.y, K - 1) }) },
    zy: { of: () => z[y], label: "z" }, uy: { of: () => r.u[y], label: "u" },
    qy: { of: () => r.q[y], label: "q", result: true }, gy: { of: () => r.g[y], label: "q − 1", result: true },
    loss: { of: () => r.loss, label: "ℓ", title: "loss", result: true },
    next: { of: () => r.next, label: "new z", result: true },
  };
  z.forEach((_, k) => {
    all[`z${k}`] = { key: "z", i: k, min: -6, max: 6, step: 0.1, label: `z of class ${k}`,
      title: `score of class ${k}` };
    all[`s${k}`] = { of: () => z[k], decimals: 1, label: "z" };
    all[`q${k}`] = { of: () => r.q[k], decimals: 2, label: "q", result: true };
    all[`g${k}`] = { of: () => r.g[k], decimals: 2, label: "q − y", result: true };
  });
  return all;
}

function steps({ z, T, y, eta }, { u, q, g, loss, next }) {
  const f = format, list = (values) => values.map((v) => f(v)).join(", ");
  return [
    { lit: ["T", "uy"], say: `divide each score by T = ${f(T)}: ${list(u)}` },
    { lit: [], say: `the exponentials make them positive: ${list(u.map(Math.exp))}` },
    { lit: ["qy"], say: `divide by their sum: the shares are ${list(q)}, and they add to 1` },
    { lit: ["qy", "loss"], say: `the true class ${y} got ${f(q[y])}, so the loss is −ln ${f(q[y])} = ${f(loss)}` },
    { lit: ["gy"], say: `its slopes are the shares, less 1 at the true class: ${list(g)}; they add to 0` },
    { lit: ["eta", "gy", "next"], say: `a step of descent, −η (q − y) / T with η = ${f(eta)}, moves the true `
      + `score from ${f(z[y])} to ${f(next)}; the others move too, against their own slopes` },
  ];
}

const summary = ({ y }, { q, loss }) =>
  `The true class ${y} has the share ${format(q[y])}; the loss is ℓ = ${format(loss)}.`;

const law = () => [
  "u_k & = & [z_k]/[T] \"\u2003with\u2002\" T = {T}",
  "q_k & = & [e^[u_k]]/[Σ_j e^[u_j]]",
  "ℓ & = & − ln \"\u2009\" q_true = − ln \"\u2009\" {qy} = {loss}",
];
const gradient = () => ["[∂ ℓ]/[∂ u_k] & = & q_k − y_k"];
const update = (s, r, narrow) => [
  "[∂ ℓ]/[∂ u_true] & = & {qy} − 1 = {gy}",
  `z_true & ← & {zy} − {eta}·[{(gy)}]/[T]${narrow ? "" : " = {next}"}`,
  ...(narrow ? ["& = & {next}"] : []),
];

// Columns of the classes, the same in all three parts.
function columns(width, z) {
  const x = 44, w = (width - x - 8) / z.length;
  return { x, w, middle: (k) => x + (k + 0.5) * w, bar: Math.min(40, w * 0.62), tight: w < 38 };
}
const put = (pen, key, at, from, to, bar, attrs) => pen.put("rect", key,
  { x: at - bar / 2, width: bar, y: Math.min(from, to), height: Math.max(0.5, Math.abs(to - from)), ...attrs });
const number = (pen, name, at, y, more = "") => pen.number(name, `${name}-is`,
  { class: `nnb-num nnb-tiny nnb-halo ${more}`, x: at, y, "text-anchor": "middle" });

function scores(pen, { width }, { z, y }) {
  const { x, w, middle, bar, tight } = columns(width, z);
  const plot = scales({ x, y: 26, w: w * z.length, h: 128 }, [0, z.length], [-6, 6]), { Y, bottom } = plot;
  pen.put("text", "true-is", { class: "nnb-tick", x: x - 6, y: bottom + 54, "text-anchor": "end" }, "true:");
  axes(pen, "z", plot, { y: "scores z: drag them", xTicks: [], yTicks: [-6, 0, 6] });
  z.forEach((v, k) => {
    const at = middle(k), link = { "data-link": `z${k}` };
    put(pen, `z-bar${k}`, at, Y(0), Y(v), bar, { ...link, class: "nnb-score", "data-sign": v < 0 ? "neg" : "pos" });
    pen.handle(`z-point${k}`, plot, [null, `z${k}`], { ...link, cx: at, r: 7 });
    number(pen, `s${k}`, at, bottom + 20 + (tight && k % 2 ? 13 : 0));
    pen.grip("rect", `class${k}`, { ...link, class: "nnb-room nnb-choose", x: at - w / 2 + 1, y: bottom + 35,
      width: w - 2, height: 30, role: "button", "aria-pressed": String(k === y),
      "aria-label": `class ${k} is the true one` },
    { tap: () => pen.set({ y: k }), press: ({ key }) => ["Enter", " "].includes(key) && (pen.set({ y: k }), true) });
    if (k === y) pen.put("rect", "true", { class: "nnb-true", x: at - Math.min(22, w / 2), y: bottom + 39,
      width: Math.min(44, w), height: 22, rx: 8 });
    pen.put("text", `name${k}`,
      { class: "nnb-label nnb-name", x: at, y: bottom + 55, "text-anchor": "middle" }, String(k));
  });
}

function shareBars(pen, { width }, { z, y }, { q }) {
  const { x, w, middle, bar, tight } = columns(width, z);
  const plot = scales({ x, y: 26, w: w * z.length, h: 116 }, [0, z.length], [0, 1.16]), { Y } = plot;
  axes(pen, "q", plot, { y: "shares q; dashed: the target y", xTicks: [], yTicks: [0, 0.5, 1] });
  q.forEach((v, k) => {
    const at = middle(k), link = { "data-link": `z${k}` };
    put(pen, `q-bar${k}`, at, Y(0), Y(v), bar, { ...link, class: "nnb-ink nnb-result" });
    if (k === y) put(pen, "target", at, Y(0), Y(1), bar + 6, { ...link, class: "nnb-target" });
    number(pen, `q${k}`, at, Y(v) - (tight && k % 2 && v < 0.85 ? 19 : 6), "nnb-result");
  });
}

function slopes(pen, { width }, { z }, { g }) {
  const { x, w, middle, bar, tight } = columns(width, z);
  const plot = scales({ x, y: 26, w: w * z.length, h: 120 }, [0, z.length], [-1.2, 1.2]), { Y } = plot;
  axes(pen, "g", plot, { y: "slopes q − y; they add to 0", xTicks: [], yTicks: [-1, 0, 1] });
  g.forEach((v, k) => {
    const at = middle(k), link = { "data-link": `z${k}`, "data-sign": v < 0 ? "neg" : "pos" };
    put(pen, `g-bar${k}`, at, Y(0), Y(v), bar, { ...link, class: "nnb-grad nnb-result" });
    const tall = Math.abs(Y(v) - Y(0)) - 6;
    if (tall > 0) pen.put("rect", `g-in${k}`, { ...link, class: "nnb-grad nnb-grad-in nnb-result",
      x: at - bar / 2 + 3, width: bar - 6, y: Math.min(Y(0), Y(v)) + 3, height: tall });
    const off = tight && k % 2 ? 13 : 0;
    number(pen, `g${k}`, at, v < 0 ? Y(v) + 14 + off : Y(v) - 5 - off, "nnb-result");
  });
}

const label = (what) => (s, r, masked) => (masked ? what : `${what}; ${summary(s, r)}`);

function build(ui) {
  const statement = ui.formula(gradient);
  statement.classList.add("nnb-statement");
  return {
    main: [
      ui.picture({ label: label("the scores"), height: () => 222, draw: scores }),
      ui.picture({ label: label("the shares beside the target"), height: () => 150, draw: shareBars }),
      ui.picture({ label: label("the shares less the target"), height: () => 160, draw: slopes }),
    ],
    controls: [ui.slider("T"), ui.slider("K"), ui.slider("eta")],
    side: [ui.formula(law), statement, ui.caption(said), ui.formula(update)],
  };
}

function said({ z, T, y }, { q, g }, masked) {
  const slope = "No slope of any activation is left: what was wrong is what is felt.";
  if (masked) return slope;
  const strongest = g[y] < -0.9
    ? `Sure and wrong: the true class is pulled up with ${format(-g[y])}, almost the whole 1.`
    : g[y] > -0.05 ? "The true class has nearly all, and hardly anything is left to learn."
      : `The true class has ${format(q[y])} and is pulled up by what it lacks, ${format(-g[y])}.`;
  const heat = T === 1 ? "" : ` By the score z itself the slope is (q − y) / T.`;
  return `${slope} ${strongest}${heat}`;
}

export const shares = { compute, numbers, steps, summary, build };
