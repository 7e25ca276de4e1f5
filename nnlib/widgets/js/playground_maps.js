// Maps of the Playground: grids of values as pixels on a canvas, and lines of equal value.
const STEPS = 255;
const mix = (from, to, t) => from.map((v, i) => v + (to[i] - v) * t);
const bytes = ([r, g, b]) => (255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r);

// 256 colours from -1 to 1 (orange, ground, blue), or from 0 to 1 (ground to ink); `depth` is the
// strength of the ends.
function table(pen, signed, depth) {
  const zero = pen.colour("zero");
  return Int32Array.from({ length: STEPS + 1 }, (_, i) => {
    const t = signed ? (2 * i) / STEPS - 1 : i / STEPS;
    return bytes(mix(zero, pen.colour(signed ? (t < 0 ? "neg" : "pos") : "ink"), depth * Math.abs(t)));
  });
}

// The scale of an activation: { signed, most }; null stands for the largest value on the map.
export const SCALES = {
  sigmoid: { most: 1 }, step: { most: 1 }, "piecewise linear": { most: 1 }, relu: { most: null },
  tanh: { signed: true, most: 1 }, sign: { signed: true, most: 1 }, linear: { signed: true, most: null },
};

const sheets = new Map(); // a small canvas for each size: a map is drawn there and enlarged
function sheetOf(size) {
  if (!sheets.has(size)) {
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const context = canvas.getContext("2d"), image = context.createImageData(size, size);
    sheets.set(size, { canvas, context, image, pixels: new Int32Array(image.data.buffer) });
  }
  return sheets.get(size);
}

// A painter of square maps on the canvas of a picture, which it covers: show(values, G, box, scale).
// Of a grid of G × G values, every `stride`-th place is painted.
export function createMaps(pen, { width, height }, depth) {
  const { canvas } = pen, ratio = Math.min(2, window.devicePixelRatio || 1);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  Object.assign(canvas.style, { left: 0, top: 0, width: `${width}px`, height: `${height}px` });
  const context = canvas.getContext("2d"), tables = {};
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";

  function paint(size, box, colour) {
    const { canvas: sheet, context: to, image, pixels } = sheetOf(size);
    for (let i = 0; i < pixels.length; i++) pixels[i] = colour(i);
    to.putImageData(image, 0, 0);
    context.drawImage(sheet, box.x, box.y, box.w, box.h);
  }
  function show(values, G, box, { signed = false, most }, stride = 1) {
    const colours = (tables[signed] ??= table(pen, signed, depth)), size = Math.floor(G / stride);
    const top = most ?? (values.reduce((high, v) => Math.max(high, Math.abs(v)), 0) || 1);
    const [from, by] = signed ? [STEPS / 2, STEPS / 2 / top] : [0, STEPS / top];
    paint(size, box, (i) => {
      const v = values[Math.floor(i / size) * stride * G + (i % size) * stride];
      return colours[Math.max(0, Math.min(STEPS, Math.round(from + v * by)))];
    });
  }
  // Three classes: the colour of the likeliest, the stronger the surer.
  function classes(rows, G, box) {
    const zero = pen.colour("zero"), ends = ["neg", "pos", "accent"].map((name) => pen.colour(name));
    const colours = ends.map((end, k) => Int32Array.from({ length: 64 }, (_, i) =>
      bytes(mix(zero, end, depth * (k === 2 ? 0.7 : 1) * (0.25 + (0.75 * i) / 63)))));
    paint(G, box, (i) => {
      let k = 0;
      for (let j = 1; j < rows.length; j++) if (rows[j][i] > rows[k][i]) k = j;
      return colours[k][Math.max(0, Math.min(63, Math.round(((rows[k][i] - 1 / 3) / (2 / 3)) * 63)))];
    });
  }
  return { show, classes };
}

const tenths = (place) => place.map((v) => v.toFixed(1)).join(" ");
// The line where a grid of G × G values passes `level`, as the d of a path; x(j), y(i) place its cells.
export function contour(values, G, level, x, y) {
  let d = "";
  const cut = (a, b) => (level - a) / (b - a);
  for (let i = 0; i + 1 < G; i++)
    for (let j = 0; j + 1 < G; j++) {
      const at = i * G + j, nw = values[at], ne = values[at + 1], sw = values[at + G], se = values[at + G + 1];
      const ends = [];
      if (nw > level !== ne > level) ends.push([x(j + cut(nw, ne)), y(i)]);
      if (ne > level !== se > level) ends.push([x(j + 1), y(i + cut(ne, se))]);
      if (sw > level !== se > level) ends.push([x(j + cut(sw, se)), y(i + 1)]);
      if (nw > level !== sw > level) ends.push([x(j), y(i + cut(nw, sw))]);
      for (let k = 0; k + 1 < ends.length; k += 2)
        d += `M${tenths(ends[k])}L${tenths(ends[k + 1])}`;
    }
  return d;
}
