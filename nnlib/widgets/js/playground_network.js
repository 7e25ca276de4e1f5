// The Playground's network: what every unit does to the plane as a small map, the weights as lines, the
// biases as dots; all of them can be chosen.
import { sub, sup } from "./format.js";
import { createMaps, SCALES } from "./playground_maps.js";

const REFERENCE = 3; // |w| of the thickest line
const TOP = 40, BOTTOM = 44, LEFT = 50, RIGHT = 50;
export const GRID = { moving: 50, still: 100 };

export const phiOf = (s, net, l) => (l < net.L ? s.activations[l - 1] : net.soft ? "softmax" : "sigmoid");
export const weightName = (l, j, k) => `w${l}_${j + 1}_${k + 1}`;
export const biasName = (l, j) => `b${l}_${j + 1}`;
export const unitName = (l, j) => (l ? `a${l}_${j + 1}` : `x${j + 1}`);

// What number i of the weights and biases is: { l, j, k }, without k for a bias.
export function partOf(net, i) {
  const { l, W, b, k } = net.layers.findLast((layer) => layer.W <= i);
  return i < b ? { l, j: Math.floor((i - W) / k), k: (i - W) % k } : { l, j: i - b };
}
export function labelOf(net, i) {
  const { l, j, k } = partOf(net, i);
  return k === undefined ? `b${sub(j + 1)}${sup(l)}` : `w${sub(j + 1)}${sub(k + 1)}${sup(l)}`;
}

const most = ({ sizes }) => Math.max(2, ...sizes);
const gapOf = (net) => ({ 2: 84, 3: 76, 4: 68, 5: 60 }[most(net)] ?? 54);
export const networkHeight = (width, s, { net }) => TOP + BOTTOM + Math.max(3, most(net)) * gapOf(net);

function placesOf({ net }, width, height) {
  const gap = gapOf(net), across = (width - LEFT - RIGHT) / net.L;
  const side = Math.round(Math.min(gap - 22, 0.56 * across, 44)), middle = TOP + (height - TOP - BOTTOM) / 2;
  return { side, columns: net.sizes.map((n, l) => Array.from({ length: n }, (_, j) =>
    ({ x: LEFT + l * across, y: middle - 5 + (j - (n - 1) / 2) * gap }))) };
}
// A line from unit to unit that leaves and arrives level.
const ends = (a, b, half) => ({ x1: a.x + half, y1: a.y, x2: b.x - half, y2: b.y });
function bend({ x1, y1, x2, y2 }) {
  const c = (x1 + x2) / 2;
  return `M${x1} ${y1}C${c} ${y1} ${c} ${y2} ${x2} ${y2}`;
}
function along({ x1, y1, x2, y2 }, t) {
  const u = 1 - t, c = (x1 + x2) / 2, part = 3 * u * t;
  return [u ** 3 * x1 + part * c + t ** 3 * x2, (u ** 3 + part * u) * y1 + (part * t + t ** 3) * y2];
}

function edges(pen, s, { net, p }, { columns, side }) {
  const [ul, uj] = s.unit, chosen = s.weight < 0 ? {} : partOf(net, s.weight);
  for (const { l, W, n, k } of net.layers)
    for (let j = 0; j < n; j++)
      for (let q = 0; q < k; q++) {
        const i = W + j * k + q, w = p[i], name = weightName(l, j, q);
        const line = bend(ends(columns[l - 1][q], columns[l][j], side / 2));
        const here = !ul || (l === ul && j === uj - 1) || i === s.weight;
        if (i === s.weight) pen.put("path", "chosen-weight", { class: "nnb-pg-chosen", d: line });
        pen.put("path", name, { class: "nnb-edge nnb-pg-edge", d: line, "data-link": name,
          "data-sign": w < 0 ? "neg" : "pos", opacity: here ? (w === 0 ? 0.3 : 0.95) : 0.14,
          "stroke-width": (0.75 + 5.25 * Math.min(1, Math.abs(w) / REFERENCE)).toFixed(2) });
      }
  return chosen;
}

function tiles(pen, box, s, r, { columns, side }, G, stride) {
  const { net } = r, { show, classes } = createMaps(pen, box, 0.9), grids = r.grids(G);
  columns.forEach((column, l) => column.forEach(({ x, y }, j) => {
    const at = { x: x - side / 2, y: y - side / 2, w: side, h: side };
    if (l === 0) show(grids[0][j], G, at, { signed: true, most: Math.max(...s.span[j].map(Math.abs)) }, stride);
    else if (l < net.L) show(grids[l][j], G, at, SCALES[s.activations[l - 1]], stride);
    else if (net.K === 1) show(grids[l][0].map((v) => 2 * v - 1), G, at, { signed: true, most: 1 }, stride);
    else show(grids[l][j], G, at, { most: 1 }, stride);
  }));
  return classes;
}

// The place of the inspected point on a tile.
function dot(pen, key, { x, y }, side, s) {
  const [[x0, x1], [y0, y1]] = s.span;
  const u = (s.x[0] - x0) / (x1 - x0), v = (s.x[1] - y0) / (y1 - y0);
  if (u < 0 || u > 1 || v < 0 || v > 1) return;
  pen.put("circle", key, { class: "nnb-pg-dot", r: 3, cx: x + (u - 0.5) * side, cy: y + (0.5 - v) * side });
}

function nodes(pen, s, r, { columns, side }) {
  const { net, p } = r, half = side / 2;
  columns.forEach((column, l) => column.forEach(({ x, y }, j) => {
    const key = `unit${l}_${j}`, chosen = s.unit[0] === l && s.unit[1] === j + 1 && l > 0;
    if (chosen) pen.put("rect", `${key}-ring`,
      { class: "nnb-pg-ring", x: x - half - 3, y: y - half - 3, width: side + 6, height: side + 6, rx: 7 });
    pen.put("rect", key, { class: "nnb-pg-tile", x: x - half, y: y - half, width: side, height: side, rx: 4,
      "data-link": unitName(l, j) });
    dot(pen, `${key}-dot`, { x, y }, side, s);
    if (l) {
      const i = net.layers[l - 1].b + j, b = p[i], name = biasName(l, j);
      if (i === s.weight) pen.put("circle", "chosen-bias",
        { class: "nnb-pg-chosen", r: 7.5, cx: x - half, cy: y + half });
      pen.put("circle", name, { class: "nnb-pg-bias", "data-sign": b < 0 ? "neg" : "pos", "data-link": name,
        r: 5.5, cx: x - half, cy: y + half,
        "fill-opacity": (0.15 + 0.85 * Math.min(1, Math.abs(b) / REFERENCE)).toFixed(2) });
      if (b < 0) pen.put("path", `${name}-minus`,
        { class: "nnb-pg-minus", d: `M${x - half - 3} ${y + half}h6` });
    }
  }));
}

// The activations of the inspected point, under its units; symbols of inputs and outputs beside them.
function values(pen, r, { columns, side }) {
  columns.forEach((column, l) => column.forEach(({ x, y }, j) => {
    pen.number(unitName(l, j), `value${l}_${j}`,
      { class: "nnb-num nnb-tick nnb-halo nnb-pg-value", x, y: y + side / 2 + 13, "text-anchor": "middle" });
    if (l === 0) pen.put("text", `symbol${j}`, { class: "nnb-label", x: x - side / 2 - 7, y: y + 5,
      "text-anchor": "end" }, `x${sub(j + 1)}`);
    if (l === r.net.L) pen.put("text", `class${j}`, { class: "nnb-label", x: x + side / 2 + 7, y: y + 5 },
      r.net.K === 1 ? "a" : ["○", "△", "□"][j]);
  }));
}

// The numbers on the lines into the chosen unit, and on the chosen line.
function weights(pen, s, r, { columns, side }) {
  const [ul, uj] = s.unit, { net } = r;
  const put = (l, j, k, i) => {
    if (i === s.weight) return;
    const [x, y] = along(ends(columns[l - 1][k], columns[l][j], side / 2), 0.32);
    pen.number(weightName(l, j, k), `on${i}`,
      { class: "nnb-num nnb-tick nnb-halo", x, y: y + 4, "text-anchor": "middle" });
  };
  if (ul) {
    const { W, k } = net.layers[ul - 1];
    for (let q = 0; q < k; q++) put(ul, uj - 1, q, W + (uj - 1) * k + q);
  }
}

// Below each hidden layer its activation; above it the number of its units and the buttons for it.
function heads(pen, s, r, { columns }, height, set) {
  columns.forEach((column, l) => {
    const { x } = column[0], hidden = l > 0 && l < r.net.L;
    pen.put("text", `phi${l}`, { class: "nnb-tick", x, y: height - 24, "text-anchor": "middle" },
      l ? phiOf(s, r.net, l) : "inputs");
    if (!hidden) {
      if (l) pen.put("text", "output", { class: "nnb-tick", x, y: height - 8, "text-anchor": "middle" }, "output");
      return;
    }
    pen.put("text", `layer${l}`, { class: "nnb-tick", x, y: height - 8, "text-anchor": "middle" }, `layer ${l}`);
    pen.put("text", `n${l}`, { class: "nnb-pg-n", x, y: 21, "text-anchor": "middle" }, String(column.length));
    for (const [sign, step] of [["−", -1], ["+", 1]]) {
      const n = column.length + step, off = n < 1 || n > 8;
      pen.put("text", `sign${l}${step}`, { class: "nnb-pg-sign", x: x + 19 * step, y: 22, "text-anchor": "middle",
        opacity: off ? 0.3 : 1 }, sign);
      const act = () => !off && set({ layers: s.layers.map((old, i) => (i === l - 1 ? n : old)) });
      pen.grip("rect", `grip${l}${step}`, { class: "nnb-room nnb-choose", role: "button", rx: 6,
        "aria-label": `${step > 0 ? "one unit more" : "one unit less"} in layer ${l}`, "aria-disabled": String(off),
        x: x + (step > 0 ? 8 : -30), y: 2, width: 22, height: 30 }, {
        tap: act, press: ({ key }) => (key === "Enter" || key === " ") && (act(), true),
      });
    }
  });
}

// What lies at a place of the picture: a unit, else a bias, else a line.
function at(net, { columns, side }, x, y) {
  let best = { far: 12 };
  const near = (item, px, py, bonus = 0) => {
    const far = Math.hypot(px - x, py - y) - bonus;
    if (far < best.far) best = { ...item, far };
  };
  for (const { l, W, b, n, k } of net.layers)
    for (let j = 0; j < n; j++) {
      const { x: cx, y: cy } = columns[l][j];
      near({ weight: b + j }, cx - side / 2, cy + side / 2, 6);
      if (Math.max(Math.abs(cx - x), Math.abs(cy - y)) < side / 2 + 2) near({ unit: [l, j + 1] }, x, y, 3);
      for (let q = 0; q < k; q++)
        for (let t = 0.08; t < 0.95; t += 0.06)
          near({ weight: W + j * k + q }, ...along(ends(columns[l - 1][q], columns[l][j], side / 2), t));
    }
  return best;
}

const clamp = (v, low, high) => Math.min(high, Math.max(low, v));
// Arrows go from unit to unit, Enter through the numbers that lead into one.
function turn(pen, { net }, { key }) {
  const { unit: [l, j], weight } = pen.now();
  const go = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (go) {
    const layer = clamp(l + go[0], l ? 1 : 0, net.L) || 1, n = net.sizes[layer];
    pen.set({ unit: [layer, clamp(l ? j + go[1] : 1, 1, n)], weight: -1 });
    return true;
  }
  if (key !== "Enter" || !l) return false;
  const { W, b, k } = net.layers[l - 1], list = [...Array(k).keys()].map((q) => W + (j - 1) * k + q);
  list.push(b + j - 1);
  pen.set({ weight: list[list.indexOf(weight) + 1] ?? -1 });
  return true;
}

function said(s, r) {
  const [l, j] = s.unit, text = l ? `layer ${l}, unit ${j}` : "no unit chosen";
  return s.weight < 0 ? text : `${text}; ${labelOf(r.net, s.weight)} chosen`;
}

// spec of ui.picture; set(patch) changes the network and begins anew.
export function networkPicture(label, set, isMoving) {
  return {
    label, map: true, height: networkHeight,
    draw(pen, box, s0, r) {
      const s = { ...s0, span: r.span }, places = placesOf(r, box.width, box.height);
      const G = isMoving(r, pen) ? GRID.moving : GRID.still;
      tiles(pen, box, s, r, places, G, 2);
      pen.canvas.dataset.of = r.stamp;
      edges(pen, s, r, places);
      pen.grip("rect", "field", { class: "nnb-room nnb-choose", role: "slider", "aria-label":
        "units: arrows choose one, Enter goes through its weights", "aria-valuenow": s.unit[1], "aria-valuemin": 0,
        "aria-valuemax": 8, "aria-valuetext": said(s, r),
        x: 0, y: 34, width: box.width, height: box.height - 74 }, {
        tap(x, y) {
          const hit = at(r.net, places, x, y), now = pen.now();
          if (hit.unit) pen.set({ unit: String(now.unit) === String(hit.unit) ? [0, 0] : hit.unit, weight: -1 });
          else pen.set({ weight: hit.weight ?? -1, ...(hit.weight === undefined && { unit: [0, 0] }) });
        },
        press: (event) => turn(pen, r, event),
      });
      nodes(pen, s, r, places);
      values(pen, r, places);
      weights(pen, s, r, places);
      heads(pen, s, r, places, box.height, set);
    },
  };
}
