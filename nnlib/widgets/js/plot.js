// Axes, curves and maps, drawn with a picture's pen.
import { svg, uid } from "./dom.js";
import { format } from "./format.js";

const nice = (v) => format(v).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");

// About `count` round places between low and high.
export function ticks(low, high, count = 5) {
  const raw = (high - low) / count;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = unit * [1, 2, 5, 10].find((k) => k * unit >= raw * 0.999);
  const list = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i++)
    list.push(i * step + 0); // + 0: no −0
  return list;
}

// The two scales of a plot whose frame is `box` = { x, y, w, h } in pixels.
export function scales(box, [x0, x1], [y0, y1]) {
  return {
    box, x0, x1, y0, y1,
    right: box.x + box.w, bottom: box.y + box.h,
    X: (v) => box.x + ((v - x0) / (x1 - x0)) * box.w,
    Y: (v) => box.y + box.h - ((v - y0) / (y1 - y0)) * box.h,
    x: (px) => x0 + ((px - box.x) / box.w) * (x1 - x0),
    y: (py) => y0 + ((box.y + box.h - py) / box.h) * (y1 - y0),
  };
}

// Frame, ticks and names of the axes; the grid lines at 0 are stronger. text(v, "x" or "y") words a
// tick.
export function axes(pen, key, plot, { x = "", y = "", xTicks, yTicks, text = nice }) {
  const { box, right, bottom, X, Y, x0, x1, y0, y1 } = plot;
  const grid = (name, v, ends) =>
    pen.put("line", name, { class: "nnb-grid", "data-zero": v === 0 ? "" : null, ...ends });
  const tick = (axis, v, place) =>
    pen.put("text", `${key}-${axis}t${v}`, { class: "nnb-tick", ...place }, text(v, axis));
  for (const v of xTicks ?? ticks(x0, x1, box.w / 55)) {
    grid(`${key}-x${v}`, v, { x1: X(v), x2: X(v), y1: box.y, y2: bottom });
    tick("x", v, { x: X(v), y: bottom + 15, "text-anchor": "middle" });
  }
  for (const v of yTicks ?? ticks(y0, y1, box.h / 40)) {
    grid(`${key}-y${v}`, v, { x1: box.x, x2: right, y1: Y(v), y2: Y(v) });
    tick("y", v, { x: box.x - 6, y: Y(v) + 4, "text-anchor": "end" });
  }
  const name = { class: "nnb-axis" };
  pen.put("text", `${key}-xn`, { ...name, x: right, y: bottom + 31, "text-anchor": "end" }, x);
  pen.put("text", `${key}-yn`, { ...name, x: box.x - 6, y: box.y - 9 }, y);
}

// The value of the attribute clip-path that shows only what lies in the box.
export function clip(pen, key, { x, y, w, h }) {
  const node = pen.put("clipPath", key);
  if (!node.id) {
    node.id = uid();
    node.append(svg("rect"));
  }
  const place = { x, y, width: w, height: h };
  for (const [name, v] of Object.entries(place)) node.firstChild.setAttribute(name, v);
  return `url(#${node.id})`;
}

// The path of f over the plot, broken at `breaks` and cut off at the frame's upper and lower edge.
export function curve(pen, key, plot, f, attrs = {}, breaks = []) {
  const { x0, x1, y0, y1, X, Y, box } = plot;
  const ends = [x0, ...breaks.filter((v) => v > x0 && v < x1), x1];
  const room = (y1 - y0) * 0.02;
  let d = "";
  for (let i = 0; i + 1 < ends.length; i++) {
    const from = ends[i] + (i ? 1e-9 : 0), to = ends[i + 1] - (i + 2 < ends.length ? 1e-9 : 0);
    const n = Math.max(2, Math.ceil((((to - from) / (x1 - x0)) * box.w) / 2));
    let command = "M";
    for (let j = 0; j <= n; j++) {
      const v = from + ((to - from) * j) / n, y = f(v);
      const inside = y >= y0 - room && y <= y1 + room;
      if (inside) d += `${command}${X(v).toFixed(1)} ${Y(y).toFixed(1)}`;
      command = inside ? "L" : "M";
    }
  }
  pen.put("path", key, { class: "nnb-curve", ...attrs, d });
}

// Open circles on both sides of each leap of f: there the curve has neither of the two values.
export function leaps(pen, key, plot, f, jumps) {
  for (const at of jumps)
    for (const side of [-1e-9, 1e-9])
      pen.put("circle", `${key}-${at}-${side}`,
        { class: "nnb-open", cx: plot.X(at), cy: plot.Y(f(at + side)), r: 4 });
}

// A piece of the tangent at (x, y), 46 pixels to each side.
export function tangent(pen, key, { X, Y, box, x0, x1, y0, y1 }, x, y, slope, attrs = {}) {
  const steep = (slope * box.h * (x1 - x0)) / (box.w * (y1 - y0)); // the slope in pixels
  const dx = ((46 / Math.hypot(1, steep)) * (x1 - x0)) / box.w;
  pen.put("line", key, { class: "nnb-tangent nnb-result", ...attrs,
    x1: X(x - dx), y1: Y(y - slope * dx), x2: X(x + dx), y2: Y(y + slope * dx) });
}

// A value of a gradient: two rings, so that it is not taken for an activation.
export function slopePoint(pen, key, { X, Y }, x, slope, link) {
  const at = { cx: X(x), cy: Y(slope), "data-link": link };
  pen.put("circle", `${key}-ring`, { class: "nnb-ring nnb-result", r: 6, ...at });
  pen.put("circle", key, { class: "nnb-ring nnb-result", r: 3, ...at });
}

// The part of the line p·x + q·y + c = 0 inside the plot, as two points in pixels, or null.
export function lineInside(plot, p, q, c) {
  const { x0, x1, y0, y1, X, Y } = plot;
  const points = [];
  const add = (x, y) => {
    const inside = x >= x0 - 1e-9 && x <= x1 + 1e-9 && y >= y0 - 1e-9 && y <= y1 + 1e-9;
    const known = points.some((o) => Math.hypot(o[0] - x, o[1] - y) < 1e-6);
    if (inside && !known) points.push([x, y]);
  };
  if (q) for (const x of [x0, x1]) add(x, -(p * x + c) / q);
  if (p) for (const y of [y0, y1]) add(-(q * y + c) / p, y);
  return points.length < 2 ? null : points.slice(0, 2).map(([x, y]) => [X(x), Y(y)]);
}

// The line p·x + q·y + c = 0 and the arrow (p, q) that stands on it; each link names its numbers.
export function boundary(pen, key, plot, [p, q], c, links) {
  const line = lineInside(plot, p, q, c);
  if (!line) return;
  const [[x1, y1], [x2, y2]] = line;
  pen.put("line", `${key}-edge`, { class: "nnb-line-edge", x1, y1, x2, y2 });
  pen.put("line", key, { class: "nnb-line", x1, y1, x2, y2, "data-link": links.line });
  arrow(pen, key, [(x1 + x2) / 2, (y1 + y2) / 2], [p, q], 30, { "data-link": links.arrow });
}

// An arrow from a place in pixels, `length` pixels long, in the direction (p, q) of the plot.
export function arrow(pen, key, [x, y], [p, q], length, attrs) {
  const size = Math.hypot(p, q), ux = p / size, uy = -q / size;
  const along = (far, aside) => `${x + far * ux - aside * uy} ${y + far * uy + aside * ux}`;
  const tip = along(length, 0);
  const d = `M${x} ${y}L${tip}M${along(length - 8, 5)}L${tip}L${along(length - 8, -5)}`;
  for (const part of ["nnb-arrow-edge", "nnb-arrow"])
    pen.put("path", `${key}-${part}`, { ...attrs, class: `${part} ${attrs.class ?? ""}`, d });
}

// A sample of a line and its name, ending at x.
export function lineName(pen, key, x, y, text, attrs) {
  const start = x - 7 * text.length - 8;
  pen.put("line", `${key}-sample`, { ...attrs, x1: start - 26, x2: start, y1: y - 4, y2: y - 4 });
  pen.put("text", `${key}-name`, { class: "nnb-tick", x: start + 6, y }, text);
}

// Places { y } from top to bottom with at least `room` pixels from one to the next, in { to }.
export function apart(places, room, [top, bottom]) {
  const sorted = [...places].sort((p, q) => p.y - q.y);
  sorted.forEach((place, i) => { place.to = Math.max(place.y, i ? sorted[i - 1].to + room : top); });
  for (let i = sorted.length - 1, limit = bottom; i >= 0; i--, limit = sorted[i + 1].to - room)
    sorted[i].to = Math.min(sorted[i].to, limit);
  return places;
}

// Colours of a map. From 0 up: ground to ink; otherwise orange for negative, blue for positive.
function ramp(pen, [low, high]) {
  const ground = pen.colour("zero");
  const mix = (to, t) => ground.map((v, i) => v + (to[i] - v) * Math.min(1, t));
  return (v) => (low >= 0
    ? mix(pen.colour("ink"), 0.85 * ((v - low) / (high - low)))
    : mix(pen.colour(v < 0 ? "neg" : "pos"), Math.abs(v) / high));
}

// Fills the plot on the picture's canvas with f(x, y), in cells of 2 pixels; `range` is the scale.
export function heat(pen, { box, x, y }, f, range) {
  const { canvas } = pen, [low, high] = range;
  const columns = Math.round(box.w / 2), rows = Math.round(box.h / 2);
  const colour = ramp(pen, range);
  const table = Array.from({ length: 256 }, (_, i) => colour(low + (i / 255) * (high - low)));
  if (canvas.width !== columns || canvas.height !== rows)
    Object.assign(canvas, { width: columns, height: rows });
  Object.assign(canvas.style,
    { left: `${box.x}px`, top: `${box.y}px`, width: `${box.w}px`, height: `${box.h}px` });
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let j = 0, k = 0; j < rows; j++)
    for (let i = 0; i < columns; i++, k += 4) {
      const v = f(x(box.x + 2 * i + 1), y(box.y + 2 * j + 1));
      const t = Math.round(((v - low) / (high - low)) * 255);
      image.data.set(table[Math.max(0, Math.min(255, t))], k);
      image.data[k + 3] = 255;
    }
  context.putImageData(image, 0, 0);
}

// An image of equal cells in the box { x, y, w, h }: value(row, column) in the colours of `range`;
// where it is undefined, nothing is painted.
export function cells(pen, key, { x, y, w, h }, rows, columns, value, range, attrs = {}) {
  const canvas = document.createElement("canvas"), colour = ramp(pen, range);
  Object.assign(canvas, { width: columns, height: rows });
  const context = canvas.getContext("2d"), image = context.createImageData(columns, rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const v = value(i, j);
      if (v !== undefined) image.data.set([...colour(v), 255], 4 * (columns * i + j));
    }
  context.putImageData(image, 0, 0);
  pen.put("image", key, { class: "nnb-cells", x, y, width: w, height: h,
    preserveAspectRatio: "none", href: canvas.toDataURL(), ...attrs });
}

// The scale of a map, as a bar with its ends named; `open`: values beyond the ends look like them.
export function legend(pen, key, { x, y, w, name, range, open }) {
  const cells = 24, colour = ramp(pen, range), [low, high] = range;
  for (let i = 0; i < cells; i++) {
    const fill = `rgb(${colour(low + ((i + 0.5) / cells) * (high - low)).map(Math.round)})`;
    const place = { x: x + (i * w) / cells, y, width: w / cells + 0.5, height: 8 };
    pen.put("rect", `${key}-${i}`, { ...place, fill });
  }
  const end = (place, text) => pen.put("text", `${key}-end${place.x}`,
    { class: "nnb-tick", y: y + 8, ...place }, text);
  end({ x: x - 5, "text-anchor": "end" }, `${name} ${open && low ? "≤" : "="} ${nice(low)}`);
  end({ x: x + w + 5 }, `${open ? "≥ " : ""}${nice(high)}`);
}
