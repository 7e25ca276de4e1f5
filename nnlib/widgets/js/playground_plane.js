// The Playground's large picture: the plane with its points and what the network says about it, or the
// same points as the last hidden layer sees them.
import { sub, sup } from "./format.js";
import { contour, createMaps, SCALES } from "./playground_maps.js";
import { GRID, phiOf } from "./playground_network.js";
import { axes, clip, lineInside, scales } from "./plot.js";

const DEPTH = 0.5; // of the colours: the points must stand out
const LEFT = 34, TOP = 24, BOTTOM = 38;
const sideOf = (width) => Math.min(width - LEFT - 10, 400);
export const planeHeight = (width) => TOP + sideOf(width) + BOTTOM;

// The marks of the three classes as parts of a path.
const SHAPES = [
  (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  (x, y, r) => `M${x} ${y - 1.25 * r}L${x + 1.15 * r} ${y + 0.85 * r}H${x - 1.15 * r}Z`,
  (x, y, r) => `M${x - 0.9 * r} ${y - 0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}Z`,
];
// The points `list` of class k as one path; place(e) gives pixels.
function shapes({ label }, list, k, place) {
  const r = label.length > 250 ? 3.2 : 4, tenth = (v) => Math.round(10 * v) / 10;
  return list.filter((e) => label[e] === k).map((e) => {
    const [x, y] = place(e);
    return SHAPES[k](tenth(x), tenth(y), r);
  }).join("");
}
// All points, by class and part of the data. Where they do not move, `kept` has what was drawn for `key`.
function marks(pen, s, { points }, place, attrs, kept = {}, key = NaN) {
  if (kept.key !== key) Object.assign(kept, { key, paths: {} });
  for (const [part, list] of [["test", s.held ? points.test : []], ["train", points.train]])
    for (let k = 0; k < points.K; k++) {
      const d = list.length ? (kept.paths[part + k] ??= shapes(points, list, k, place)) : "";
      pen.put("path", `${part}${k}`, { ...attrs, class: "nnb-pg-mark", "data-class": k, "data-part": part, d });
    }
}

const pixels = (plot, G) => {
  const { box } = plot;
  return [(j) => box.x + ((j + 0.5) * box.w) / G, (i) => box.y + ((i + 0.5) * box.h) / G];
};
const line = (pen, key, d, attrs) => {
  pen.put("path", `${key}-edge`, { class: "nnb-pg-bound-edge nnb-result", ...attrs, d });
  pen.put("path", key, { class: "nnb-pg-bound nnb-result", ...attrs, d });
};

// The lines on which the units of the first hidden layer have z = 0.
function unitLines(pen, plot, { net, p, units }, attrs) {
  if (net.L < 2) return;
  const { W, b, n } = net.layers[0];
  for (let j = 0; j < n; j++) {
    const inside = lineInside(plot, p[W + 2 * j], p[W + 2 * j + 1], p[b + j]);
    if (!inside) continue;
    const [[x1, y1], [x2, y2]] = inside;
    pen.put("line", `line${j}`, { ...attrs, class: "nnb-pg-line nnb-result", x1, y1, x2, y2, "data-link": `a1_${j + 1}`,
      "data-on": units === j + 1 ? "" : null });
  }
}

function output(pen, box, plot, r, grid, G, attrs) {
  const { net } = r, maps = createMaps(pen, box, DEPTH), rows = grid[net.L], [x, y] = pixels(plot, G);
  if (net.K === 1) {
    maps.show(rows[0].map((v) => 2 * v - 1), G, plot.box, { signed: true, most: 1 });
    line(pen, "bound", contour(rows[0], G, 0.5, x, y), attrs);
    return;
  }
  maps.classes(rows, G, plot.box);
  let d = "";
  for (const k of [0, 1]) {
    const lead = rows[k].map((v, i) => v - Math.max(...rows.map((row, j) => (j === k ? 0 : row[i]))));
    d += contour(lead, G, 0, x, y);
  }
  line(pen, "bound", d, attrs);
}

function oneUnit(pen, box, plot, s, r, grid, G, attrs) {
  const [l, j] = s.unit, values = grid[l][j - 1], [x, y] = pixels(plot, G), name = phiOf(s, r.net, l);
  const scale = SCALES[name] ?? { most: 1 };
  createMaps(pen, box, 0.75).show(values, G, plot.box, scale);
  const middle = scale.signed || name === "relu" ? 0 : 0.5;
  line(pen, "bound", contour(values, G, name === "relu" ? 1e-9 : middle, x, y), attrs);
}

function title(pen, plot, text) {
  pen.put("text", "title", { class: "nnb-tick", x: plot.right, y: TOP - 8, "text-anchor": "end" }, text);
}

// The plane of the inputs.
function plane(pen, box, s, r, G, brush, kept) {
  const side = sideOf(box.width), [[x0, x1], [y0, y1]] = r.span;
  const plot = scales({ x: LEFT + (box.width - LEFT - side) / 2, y: TOP, w: side, h: side }, [x0, x1], [y0, y1]);
  const attrs = { "clip-path": clip(pen, "window", plot.box) }, grid = r.grids(G);
  const one = s.unit[0] > 0 && s.unit[0] < r.net.L;
  (one ? oneUnit(pen, box, plot, s, r, grid, G, attrs) : output(pen, box, plot, r, grid, G, attrs));
  axes(pen, "plane", plot, { x: "x₁", y: "x₂" });
  unitLines(pen, plot, { ...r, units: s.unit[0] === 1 ? s.unit[1] : 0 }, attrs);
  title(pen, plot, one ? `activation of unit ${s.unit[1]} in layer ${s.unit[0]}` : "what the network says");
  marks(pen, s, r, (e) => [plot.X(r.points.x[2 * e]), plot.Y(r.points.x[2 * e + 1])], attrs,
    kept, `${r.points.key} ${side} ${r.span}`);
  const inside = (v, low, high) => Math.min(high, Math.max(low, v));
  const spot = (px, py) => [plot.x(inside(px, plot.box.x, plot.right)), plot.y(inside(py, TOP, plot.bottom))]
    .map((v) => Number(v.toPrecision(3)));
  const painting = s.data === "own" && brush.on();
  pen.grip("rect", "ground", { class: `nnb-room ${painting ? "nnb-paint" : "nnb-choose"}`, tabindex: -1,
    x: plot.box.x, y: TOP, width: side, height: side }, {
    down: (px, py) => painting && brush.paint(spot(px, py), plot, true),
    move: (px, py) => painting && brush.paint(spot(px, py), plot, false),
    tap: (px, py) => painting || pen.set({ x: spot(px, py) }),
  });
  if (r.x[0] >= x0 && r.x[0] <= x1 && r.x[1] >= y0 && r.x[1] <= y1) pen.handle("pin", plot, ["x1", "x2"], { r: 7 });
}

// ---- as the last hidden layer sees it ----
const LIMITS = { sigmoid: [-0.08, 1.08], step: [-0.08, 1.08], "piecewise linear": [-0.08, 1.08],
  tanh: [-1.12, 1.12], sign: [-1.12, 1.12] };

// The pair of units on the axes: p and q; without a second unit the classes stand in rows.
export function pairOf({ pair }, { net }) {
  const n = net.sizes[net.L - 1], [p, q] = pair.map((j) => Math.min(n, Math.max(1, j)) - 1);
  return n === 1 ? [0, -1] : [p, p === q ? (p + 1) % n : q];
}
function limitsOf(name, lists) {
  if (LIMITS[name]) return LIMITS[name];
  const low = Math.min(0, ...lists), high = Math.max(0, ...lists), room = 0.06 * (high - low) || 1;
  return [low - room, high + room];
}

function lastLayer(pen, box, s, r, G) {
  const { net, p: numbers, points } = r, l = net.L - 1, [p, q] = pairOf(s, r), n = net.sizes[l];
  const side = sideOf(box.width);
  const seen = Array.from(points.label, (label, e) => {
    const a = net.see(numbers, points.x[2 * e], points.x[2 * e + 1])[l];
    return [a[p], q < 0 ? label : a[q]];
  });
  const name = l ? s.activations[l - 1] : "linear";
  const [lx, ly] = [0, 1].map((k) => (k && q < 0 ? [-0.5, points.K - 0.5] : limitsOf(name, seen.map((v) => v[k]))));
  const plot = scales({ x: LEFT + (box.width - LEFT - side) / 2, y: TOP, w: side, h: side }, lx, ly);
  const attrs = { "clip-path": clip(pen, "window", plot.box) };
  const symbol = (j) => (l ? `a${sub(j + 1)}${sup(l)}` : `x${sub(j + 1)}`);
  const whole = n <= 2; // the picture shows all that the output layer sees
  if (whole) output(pen, box, plot, r, net.grid(numbers, [lx, ly], G, l, [p, q]), G, attrs);
  else createMaps(pen, box, DEPTH);
  axes(pen, "plane", plot, { x: symbol(p), y: q < 0 ? "class" : symbol(q),
    yTicks: q < 0 ? [0, 1, 2].slice(0, points.K) : undefined });
  if (q >= 0 && l) for (const [key, d] of web(r, l, p, q, plot, G))
    pen.put("path", key, { ...attrs, class: "nnb-pg-web nnb-result", d });
  title(pen, plot, whole ? "what the output layer sees" : `two of its ${n} units`);
  marks(pen, s, r, (e) => [plot.X(seen[e][0]), plot.Y(seen[e][1])], { ...attrs, opacity: pen.masked() ? 0 : null });
  const a = net.see(numbers, ...r.x)[l];
  pen.put("circle", "pin", { class: "nnb-point nnb-result", r: 7, cx: plot.X(a[p]),
    cy: plot.Y(q < 0 ? (points.K - 1) / 2 : a[q]) });
}

// The squared paper of the plane, bent by the layers; each line in so many steps.
function web({ net, p: numbers, span }, l, p, q, plot, steps) {
  const [[x0, x1], [y0, y1]] = span, list = [];
  for (let i = 0; i <= 6; i++)
    for (const across of [true, false]) {
      let d = "";
      for (let k = 0; k <= steps; k++) {
        const u = k / steps, v = i / 6;
        const a = net.see(numbers, x0 + (x1 - x0) * (across ? u : v), y0 + (y1 - y0) * (across ? v : u))[l];
        d += `${k ? "L" : "M"}${plot.X(a[p]).toFixed(1)} ${plot.Y(a[q]).toFixed(1)}`;
      }
      list.push([`web${i}${across}`, d]);
    }
  return list;
}

// spec of ui.picture.
export function planePicture(label, brush, isMoving) {
  const kept = {};
  return {
    label, map: true, height: planeHeight,
    draw(pen, box, s, r) {
      const G = isMoving(r, pen) ? GRID.moving : GRID.still;
      if (s.view === "plane") plane(pen, box, s, r, G, brush, kept);
      else lastLayer(pen, box, s, r, G);
      pen.canvas.dataset.of = r.stamp;
    },
  };
}
