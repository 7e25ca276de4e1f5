// BackpropStepper as a graph of operations: each node one operation, its value and its gradient below.
import { ACTIVATIONS } from "./activations.js";
import { frame, framed, gradient, measured, padlock, present, value } from "./backprop_parts.js";
import { range } from "./backprop_record.js";
import { sub } from "./format.js";

const R = 13, EDGE = 40, HEAD = 44, FOOT = 22, UP = 20; // UP: a weight stands a little higher than its product
const slotsOf = (s) => Math.max(...s.sizes.slice(1).map((n, i) => n * Math.max(2, s.sizes[i])));
const depthOf = (s) => 4 * (s.sizes.length - 1) + 1;

export const graphWidth = (s) => 2 * EDGE + 62 * depthOf(s);
export const graphHeight = (width, s) => slotsOf(s) * (s.numerical ? 84 : 68) + HEAD + FOOT;

// Nodes { id, sign, depth, slot, value, gradient, measured } and edges [from, to].
function graphOf(s, now) {
  const nodes = [], edges = [], L = s.sizes.length - 1, slots = slotsOf(s);
  const add = (id, node) => nodes.push({ id, ...node });
  const centre = (l, j) => (slots * (j - 0.5)) / s.sizes[l];
  for (const k of range(s.sizes[0], 1))
    add(`a0_${k}`, { sign: `x${sub(k)}`, leaf: true, depth: 0, slot: centre(0, k), value: `a0_${k}` });
  for (const l of range(L, 1)) for (const j of range(s.sizes[l], 1)) {
    const K = s.sizes[l - 1], depth = 4 * (l - 1), slot = centre(l, j), unit = slots / (s.sizes[l] * Math.max(2, K));
    for (const k of range(K, 1)) {
      const id = `${l}_${j}_${k}`, at = slot + (k - (K + 1) / 2) * unit;
      add(`w${id}`, { sign: `w${sub(j)}${sub(k)}`, leaf: true, depth: depth + 1, slot: at, up: UP,
        value: now.w(l, j, k), gradient: now.gw(l, j, k), measured: now.qw(l, j, k) });
      add(`p${id}`, { sign: "×", depth: depth + 2, slot: at, value: now.p(l, j, k), gradient: now.d(l, j) });
      edges.push([`w${id}`, `p${id}`], [`a${l - 1}_${k}`, `p${id}`], [`p${id}`, `z${l}_${j}`]);
    }
    add(`b${l}_${j}`, { sign: `b${sub(j)}`, leaf: true, depth: depth + 3, slot: slot - 1, value: now.b(l, j),
      gradient: now.gb(l, j), measured: now.qb(l, j) });
    add(`z${l}_${j}`, { sign: "+", depth: depth + 3, slot, value: now.z(l, j), gradient: now.d(l, j) });
    add(`a${l}_${j}`, { sign: ACTIVATIONS[l === L ? s.output : s.hidden].symbol, depth: depth + 4, slot,
      value: now.a(l, j), gradient: now.e(l, j), slope: now.locked(l, j) ? `s${l}_${j}` : null });
    edges.push([`b${l}_${j}`, `z${l}_${j}`], [`z${l}_${j}`, `a${l}_${j}`]);
    if (l < L) continue;
    add(`y${j}`, { sign: `y${sub(j)}`, leaf: true, depth: depth + 4, slot: slot + 0.95, value: `y${j}` });
    edges.push([`a${l}_${j}`, "C"], [`y${j}`, "C"]);
  }
  add("C", { sign: "C", depth: depthOf(s), slot: slots / 2, value: now.C });
  return { nodes, edges };
}

export function drawGraph(pen, { width, height }, s, r) {
  const now = present(s, r), { nodes, edges } = graphOf(s, now), across = (width - 2 * EDGE) / depthOf(s);
  const down = (height - HEAD - FOOT) / slotsOf(s);
  const at = new Map(nodes.map((node) => [node.id,
    { ...node, x: EDGE + node.depth * across, y: HEAD - 16 + node.slot * down - (node.up ?? 0) }]));
  for (const [from, to] of edges) {
    const a = at.get(from), b = at.get(to), length = Math.hypot(b.x - a.x, b.y - a.y);
    const ux = (b.x - a.x) / length, uy = (b.y - a.y) / length;
    pen.put("line", `${from}-${to}`, { class: `nnb-wire nnb-thin${a.value && b.value ? "" : " nnb-faint"}`,
      x1: a.x + R * ux, y1: a.y + R * uy, x2: b.x - R * ux, y2: b.y - R * uy });
  }
  for (const { id, sign, leaf, value: name, gradient: g, measured: q, slope, x, y } of at.values()) {
    const look = { class: name ? "nnb-node" : "nnb-node nnb-empty", "data-link": name ?? "" }, below = y + R + 13;
    if (leaf) pen.put("rect", id, { ...look, x: x - 15, y: y - 11, width: 30, height: 22, rx: 4 });
    else pen.put("circle", id, { ...look, cx: x, cy: y, r: R });
    pen.put("text", `${id}-sign`, { class: `${leaf ? "nnb-label " : ""}nnb-tiny`, x, y: y + 4.5,
      "text-anchor": "middle", "pointer-events": "none" }, sign);
    if (name) value(pen, name, `${id}-v`, { x, y: below, class: "nnb-tiny nnb-halo" }, r);
    if (g) gradient(pen, g, `${id}-g`, x, below + 15, r, id[0] === "p" ? null : now);
    if (q) measured(pen, q, `${id}-q`, x, below + 33);
    if (name && now.made === name) frame(now, x, y, 2 * R + 8, 2 * R + 8, R + 4);
    if (slope) padlock(pen, id, x - 42, y - R - 8, r.values[slope], slope);
  }
  framed(pen, now);
}
