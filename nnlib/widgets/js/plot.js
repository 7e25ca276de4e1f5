// Axes, curves and maps, drawn with a picture's pen.
import { format } from "./format.js";

const nice = (v) => format(v, { significant: 3 }).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");

// About `count` round places between low and high.
export function ticks(low, high, count = 5) {
  const raw = (high - low) / count;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = unit * [1, 2, 5, 10].find((k) => k * unit >= raw * 0.999);
  const list = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i++) list.push(i * step + 0); // + 0: no −0
  return list;
}

// The two scales of a plot whose frame is `box` = { x, y, w, h } in pixels.
export function scales(box, [x0, x1], [y0, y1]) {
  return {
    box, x0, x1, y0, y1,
    X: (v) => box.x + ((v - x0) / (x1 - x0)) * box.w,
    Y: (v) => box.y + box.h - ((v - y0) / (y1 - y0)) * box.h,
    x: (px) => x0 + ((px - box.x) / box.w) * (x1 - x0),
    y: (py) => y0 + ((box.y + box.h - py) / box.h) * (y1 - y0),
  };
}

// Frame, ticks and names of the axes; grid lines at 0.
export function axes(pen, key, plot, { x = "", y = "", xTicks, yTicks }) {
  const { box, X, Y, x0, x1, y0, y1 } = plot;
  const right = box.x + box.w, bottom = box.y + box.h;
  for (const v of xTicks ?? ticks(x0, x1, box.w / 55)) {
    pen.put("line", `${key}-x${v}`, { class: "nnb-grid", "data-zero": v === 0 ? "" : null, x1: X(v), x2: X(v), y1: box.y, y2: bottom });
    pen.put("text", `${key}-xt${v}`, { class: "nnb-tick", x: X(v), y: bottom + 15, "text-anchor": "middle" }, nice(v));
  }
  for (const v of yTicks ?? ticks(y0, y1, box.h / 40)) {
    pen.put("line", `${key}-y${v}`, { class: "nnb-grid", "data-zero": v === 0 ? "" : null, x1: box.x, x2: right, y1: Y(v), y2: Y(v) });
    pen.put("text", `${key}-yt${v}`, { class: "nnb-tick", x: box.x - 6, y: Y(v) + 4, "text-anchor": "end" }, nice(v));
  }
  pen.put("text", `${key}-xn`, { class: "nnb-axis", x: right, y: bottom + 31, "text-anchor": "end" }, x);
  pen.put("text", `${key}-yn`, { class: "nnb-axis", x: box.x - 6, y: box.y - 9, "text-anchor": "start" }, y);
}

// The path of f over the plot, broken where it leaps and cut off at the frame's upper and lower edge.
export function curve(pen, key, plot, f, attrs = {}, breaks = []) {
  const { x0, x1, y0, y1, X, Y, box } = plot;
  const ends = [x0, ...breaks.filter((v) => v > x0 && v < x1), x1];
  const room = (y1 - y0) * 0.02;
  let d = "";
  for (let i = 0; i + 1 < ends.length; i++) {
    const from = ends[i] + (i ? 1e-9 : 0), to = ends[i + 1] - (i + 2 < ends.length ? 1e-9 : 0);
    const n = Math.max(2, Math.ceil(((to - from) / (x1 - x0)) * box.w / 2));
    let pen = "M";
    for (let j = 0; j <= n; j++) {
      const v = from + ((to - from) * j) / n, y = f(v);
      if (y < y0 - room || y > y1 + room) { pen = "M"; continue; }
      d += `${pen}${X(v).toFixed(1)} ${Y(y).toFixed(1)}`;
      pen = "L";
    }
  }
  pen.put("path", key, { class: "nnb-curve", ...attrs, d });
}

// The part of the line p·x + q·y + c = 0 inside the plot, as two points in pixels, or null.
export function lineInside(plot, p, q, c) {
  const { x0, x1, y0, y1, X, Y } = plot;
  const points = [];
  const add = (x, y) => {
    if (x >= x0 - 1e-9 && x <= x1 + 1e-9 && y >= y0 - 1e-9 && y <= y1 + 1e-9
      && !points.some((o) => Math.hypot(o[0] - x, o[1] - y) < 1e-6)) points.push([x, y]);
  };
  if (q) for (const x of [x0, x1]) add(x, -(p * x + c) / q);
  if (p) for (const y of [y0, y1]) add(-(q * y + c) / p, y);
  return points.length < 2 ? null : points.slice(0, 2).map(([x, y]) => [X(x), Y(y)]);
}

// Colours of a map. With range [0, 1]: ground to ink; otherwise orange for negative, blue for positive.
function ramp(pen, [low, high]) {
  const ground = pen.colour("zero");
  const mix = (to, t) => ground.map((v, i) => v + (to[i] - v) * t);
  return (v) => (low >= 0
    ? mix(pen.colour("ink"), 0.85 * Math.min(1, (v - low) / (high - low)))
    : mix(pen.colour(v < 0 ? "neg" : "pos"), Math.min(1, Math.abs(v) / high)));
}

// Fills the plot on the picture's canvas with f(x, y), in cells of 2 pixels; `range` is the colour scale.
export function heat(pen, plot, f, range) {
  const { box, x, y } = plot, { canvas } = pen;
  const columns = Math.round(box.w / 2), rows = Math.round(box.h / 2);
  const table = Array.from({ length: 256 }, (_, i) => ramp(pen, range)(range[0] + (i / 255) * (range[1] - range[0])));
  if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
  Object.assign(canvas.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${box.w}px`, height: `${box.h}px` });
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let j = 0, k = 0; j < rows; j++)
    for (let i = 0; i < columns; i++, k += 4) {
      const v = f(x(box.x + 2 * i + 1), y(box.y + 2 * j + 1));
      const t = Math.max(0, Math.min(255, Math.round(((v - range[0]) / (range[1] - range[0])) * 255)));
      image.data.set(table[t], k);
      image.data[k + 3] = 255;
    }
  context.putImageData(image, 0, 0);
}

// The scale of a map, as a bar with its two ends named.
export function legend(pen, key, { x, y, w, name, range }) {
  const cells = 24, colour = ramp(pen, range);
  for (let i = 0; i < cells; i++) {
    const v = range[0] + ((i + 0.5) / cells) * (range[1] - range[0]);
    pen.put("rect", `${key}-${i}`, { x: x + (i * w) / cells, y, width: w / cells + 0.5, height: 8,
      fill: `rgb(${colour(v).map(Math.round)})` });
  }
  pen.put("text", `${key}-low`, { class: "nnb-tick", x: x - 5, y: y + 8, "text-anchor": "end" }, `${name} = ${nice(range[0])}`);
  pen.put("text", `${key}-high`, { class: "nnb-tick", x: x + w + 5, y: y + 8 }, nice(range[1]));
}
