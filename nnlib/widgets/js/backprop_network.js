// BackpropStepper as a network: z, a and δ on each neuron, w and its gradient on each edge.
import { frame, framed, gradient, measured, padlock, present, reference, value, word } from "./backprop_parts.js";
import { range } from "./backprop_record.js";
import { sub } from "./format.js";
import { edge } from "./net.js";

const TOP = 80, BOX = 46, LEFT = 26, RIGHT = 46; // BOX: half the width of the cost
const gapOf = (s) => (s.numerical ? 170 : 150);
const roomOf = (s) => (Math.max(...s.sizes) > 1 ? 96 : 60); // that the numbers of a layer's edges need
const radius = (width) => (width < 440 ? 20 : 22);
const beside = (s, width) => width > networkWidth(s) + 2 * BOX + 50; // the cost stands beside the outputs, not below

export const networkWidth = (s) => (40 + roomOf(s)) * (s.sizes.length - 1) + LEFT + RIGHT;
export const networkHeight = (width, s) =>
  TOP + gapOf(s) * (Math.max(...s.sizes) - 1) + (s.numerical ? 116 : 96) + (beside(s, width) ? 0 : 72);

// Places of all units, layer by layer; of the cost beside or below them.
function places(s, width) {
  const L = s.sizes.length - 1, gap = gapOf(s), r = radius(width);
  const middle = TOP + ((Math.max(...s.sizes) - 1) / 2) * gap;
  const right = beside(s, width) ? 2 * BOX + r + 30 : RIGHT;
  const across = (width - LEFT - right) / L;
  const columns = s.sizes.map((n, l) => range(n).map((i) =>
    ({ r, l, j: i + 1, x: LEFT + l * across, y: middle + (i - (n - 1) / 2) * gap })));
  const cost = beside(s, width) ? { x: width - BOX - 4, y: middle }
    : { x: width / 2 - 20, y: networkHeight(width, s) - 40 };
  return { columns, cost, beside: beside(s, width), space: across - 2 * r };
}

// Heights of the labels of one layer's edges, near their sources, pushed apart to `least`.
function labelHeights(edges, least) {
  const order = [...edges].sort((a, b) => a.at - b.at);
  for (let pass = 0; pass < 30; pass++)
    for (let i = 1; i < order.length; i++) {
      const short = least - (order[i].at - order[i - 1].at);
      if (short <= 0.1) continue;
      order[i - 1].at -= short / 2;
      order[i].at += short / 2;
    }
}

function edges(pen, s, r, now, { columns, space }) {
  const scale = reference(s);
  for (const l of range(s.sizes.length - 1, 1)) {
    const list = columns[l].flatMap((to) => columns[l - 1].map((from) => ({ from, to,
      w: now.w(l, to.j, from.j), g: now.gw(l, to.j, from.j), q: now.qw(l, to.j, from.j) })));
    const t = space > 130 ? 0.36 : 0.42; // nearer to where they come from: there the edges lie apart
    for (const one of list) {
      const v = one.w in r.values ? r.values[one.w] : s.params[weightAt(s, l, one.to.j, one.from.j)];
      edge(pen, `e${one.w.replace("n", "")}`, one.from, one.to, v, scale, `${one.w} ${one.g ?? ""}`, 0.8);
      one.at = one.from.y + t * (one.to.y - one.from.y);
    }
    const busy = list.length > 9;
    const lit = (one) => r.line && r.line.l === l && [...r.line.makes, ...r.line.uses].some((name) =>
      name === one.w || name === one.g || name === one.w.replace("n", ""));
    const labelled = busy ? list.filter(lit) : list;
    labelHeights(labelled, s.numerical ? 57 : 40);
    const { x: from, r: size } = columns[l - 1][0];
    const x = from + size + Math.max(Math.min(54, space / 2), (t - 0.04) * space);
    for (const { w, g, q, at } of labelled) {
      const key = `l${w.replace("n", "")}`, high = g ? at - 10 : at;
      pen.put("rect", `${key}-ground`, { class: "nnb-ground", x: x - 22, y: high - 9, width: 44, height: 18, rx: 6 });
      value(pen, w, `${key}-w`, { x, y: high + 4.5 }, r);
      if (g) gradient(pen, g, `${key}-g`, x, at + 10, r, now);
      if (q) measured(pen, q, `${key}-q`, x, at + 28);
      if (now.made === w && w[0] === "n") frame(now, x, high, 60, 24, 9);
    }
  }
}

// Where w of layer l, to j from k, stands in params.
function weightAt({ sizes }, l, j, k) {
  const before = sizes.slice(1, l).reduce((sum, n, i) => sum + n * (sizes[i] + 1), 0);
  return before + (j - 1) * sizes[l - 1] + k - 1;
}

function unit(pen, s, r, now, { x, y, r: R, l, j }) {
  const a = now.a(l, j), key = `u${l}-${j}`;
  pen.put("circle", key, { class: a ? "nnb-node" : "nnb-node nnb-empty", cx: x, cy: y, r: R, "data-link": a ?? "" });
  if (a && now.made === a) frame(now, x, y, 2 * R + 8, 2 * R + 8, R + 4);
  if (a) value(pen, a, `${key}-a`, { x, y: y + 4.5, class: "nnb-small nnb-inside" }, r);
  if (!l) {
    word(pen, `${key}-x`, `x${sub(j)}`, x, y - R - 8, { "text-anchor": "middle", "data-link": a });
    return;
  }
  const z = now.z(l, j), d = now.d(l, j), b = now.b(l, j), gb = now.gb(l, j), qb = now.qb(l, j);
  word(pen, `${key}-z`, `z${sub(j)}`, x - (z ? 14 : 0), y - R - 9,
    { "text-anchor": z ? "end" : "middle", "data-link": z ?? "" });
  if (z) pen.number(z, `${key}-zn`, { class: "nnb-num nnb-small nnb-halo", x: x - 9, y: y - R - 9 });
  if (z && now.made === z) frame(now, x, y - R - 13.5, 80, 22, 8);
  if (now.locked(l, j)) padlock(pen, key, x - 42, y - R - 27, r.values[`s${l}_${j}`], `s${l}_${j}`);
  let below = y + R + 15;
  if (d) {
    gradient(pen, d, `${key}-d`, x, below, r, now, "δ");
  } else if (!now.again)
    pen.put("rect", `${key}-d-empty`, { class: "nnb-empty", x: x - 24, y: below - 9, width: 48, height: 18, rx: 7 });
  below += 21;
  word(pen, `${key}-b`, "b", x - 12, below + 4.5, { "data-link": b });
  value(pen, b, `${key}-bn`, { x: x - 6, y: below + 4.5, "text-anchor": "start" }, r);
  if (now.made === b && b[0] === "n") frame(now, x + 6, below, 70, 22, 8);
  if (gb) gradient(pen, gb, `${key}-gb`, x, below + 20, r, now);
  if (qb) measured(pen, qb, `${key}-qb`, x, below + 38);
}

// The cost, with the targets beside or below it.
function cost(pen, s, r, now, { columns, cost: { x, y }, beside }) {
  for (const [i, out] of columns.at(-1).entries()) {
    const link = `y${out.j}`, row = (i - (s.y.length - 1) / 2) * 19;
    const at = beside ? { x: x - 2, y: y + 38 + 19 * i } : { x: x + BOX + 32, y: y + 5 + row };
    if (beside) pen.put("line", `c${out.j}`,
      { class: "nnb-wire nnb-thin", x1: out.x + out.r, y1: out.y, x2: x - BOX, y2: y });
    word(pen, `t${out.j}`, `y${sub(out.j)}`, at.x - 6, at.y, { "data-link": link });
    value(pen, link, `tn${out.j}`, { ...at, "text-anchor": "start" }, r);
  }
  const C = now.C, name = now.again ? "new C" : "C";
  pen.put("rect", "cost", { class: C ? "nnb-node" : "nnb-node nnb-empty", "data-link": C ?? "",
    x: x - BOX, y: y - 18, width: 2 * BOX, height: 36, rx: 9 });
  pen.put("text", "cost-name", { class: "nnb-label", ...(beside ? { x, y: y - 26, "text-anchor": "middle" }
    : { x: x - BOX - 8, y: y + 5, "text-anchor": "end" }) }, name);
  if (C) value(pen, C, "cost-value", { class: "nnb-small nnb-inside", x, y: y + 4.5 }, r);
  if (C && now.made === C) frame(now, x, y, 2 * BOX + 6, 42, 12);
  if (!now.again || !r.known("nC")) return;
  const was = beside ? y - 46 : y + 34;
  pen.put("text", "old", { class: "nnb-tick", x: x - BOX, y: was }, "was");
  pen.number("C", "old-C", { class: "nnb-num nnb-tick", x: x + BOX + 2, y: was, "text-anchor": "end" });
}

// Which way the numbers go now: an arrow over the columns, and a band on the layer at work.
function direction(pen, s, r, { columns }) {
  const L = s.sizes.length - 1;
  columns.forEach((column, l) => pen.put("text", `name${l}`,
    { class: "nnb-tick", x: column[0].x, y: 14, "text-anchor": "middle" }, l ? `layer ${l}` : "input"));
  if (!r.line || r.line.kind === "C") return;
  const { l, part } = r.line, back = part === "BP2", forward = part.startsWith("forward");
  if (!back && !forward) return;
  const [from, to] = back ? [columns[l + 1][0].x, columns[l][0].x] : [columns[l - 1][0].x, columns[l][0].x];
  const u = Math.sign(to - from), x1 = from + 30 * u, x2 = to - 30 * u;
  for (const name of ["nnb-arrow-edge", "nnb-arrow"])
    pen.put("path", name, { class: name, d: `M${x1} 10H${x2}M${x2 - 7 * u} 4L${x2} 10L${x2 - 7 * u} 16` });
}

export function drawNetwork(pen, { width }, s, r) {
  const at = places(s, width), now = present(s, r);
  direction(pen, s, r, at);
  edges(pen, s, r, now, at);
  for (const column of at.columns) for (const one of column) unit(pen, s, r, now, one);
  cost(pen, s, r, now, at);
  framed(pen, now);
}
