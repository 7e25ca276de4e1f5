// Gradient descent for the widgets of chapter 4: the path, its trace on a plot, contours.

const FAR = 1e6; // a path ends before a weight is larger, as in descent1d.py

// The path w, w + v, ... of v <- β v − η gradient(w): the same operations as in descent1d.py.
export function descend(gradient, w, eta, steps, beta = 0) {
  const path = [w];
  let v = w.map(() => 0), at = w;
  for (let i = 0; i < steps; i++) {
    v = gradient(...at).map((d, j) => beta * v[j] - eta * d);
    const next = at.map((x, j) => x + v[j]);
    if (next.some((x) => Math.abs(x) > FAR)) break;
    path.push((at = next));
  }
  return path;
}

// The last step inside the picture, for a path that ends outside and higher than it began; or null.
export function explodesAfter(path, costs, inside) {
  if (inside(path.at(-1)) || !(costs.at(-1) > costs[0])) return null;
  return Math.max(0, path.findLastIndex(inside));
}

export const explosion = (step) =>
  (step ? `explodes after step ${step}` : "explodes at the first step");

// The part of a line between two points in pixels that lies in the box, or null (Liang and Barsky).
function clip({ x, y, w, h }, [ax, ay], [bx, by]) {
  const dx = bx - ax, dy = by - ay;
  let [from, to] = [0, 1];
  for (const [run, room] of [[-dx, ax - x], [dx, x + w - ax], [-dy, ay - y], [dy, y + h - ay]]) {
    if (!run && room < 0) return null;
    if (run < 0) from = Math.max(from, room / run);
    if (run > 0) to = Math.min(to, room / run);
  }
  return from > to ? null : [[ax + from * dx, ay + from * dy], [ax + to * dx, ay + to * dy]];
}

const place = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;

// A line through points in pixels, as far as it lies in the box.
export function trail(box, points) {
  let d = "", end = null;
  for (let i = 1; i < points.length; i++) {
    const part = clip(box, points[i - 1], points[i]);
    if (!part) continue;
    const [from, to] = part.map(place);
    d += `${from === end ? "" : `M${from}`}L${to}`;
    end = to;
  }
  return d;
}
export const within = ({ x, y, w, h }) => ([px, py]) =>
  px >= x - 1 && px <= x + w + 1 && py >= y - 1 && py <= y + h + 1;
// Dots on the points in the box, for a line with round ends.
export const dots = (box, points) =>
  points.filter(within(box)).map((point) => `M${place(point)}h0`).join("");

// The values of f on a grid of n × n cells over a plot, for contours().
export function sampled({ x0, x1, y0, y1 }, f, n = 90) {
  const at = (low, high) => Array.from({ length: n + 1 }, (_, i) => low + ((high - low) * i) / n);
  const xs = at(x0, x1);
  return { xs, ys: at(y0, y1), values: at(y0, y1).map((y) => xs.map((x) => f(x, y))) };
}

// The lines where the sampled values cross each level (marching squares), as the path of an element.
export function contours({ X, Y }, { xs, ys, values }, levels) {
  let d = "";
  for (let j = 0; j + 1 < ys.length; j++)
    for (let i = 0; i + 1 < xs.length; i++) {
      const heights = [values[j][i], values[j][i + 1], values[j + 1][i + 1], values[j + 1][i]];
      const low = Math.min(...heights), high = Math.max(...heights);
      for (const level of levels) {
        if (level <= low || level > high) continue;
        const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
        const cuts = [];
        for (let a = 0; a < 4; a++) {
          const b = (a + 1) % 4;
          if (heights[a] < level === heights[b] < level) continue;
          const t = (level - heights[a]) / (heights[b] - heights[a]);
          const [[p, q], [u, v]] = [corners[a], corners[b]];
          cuts.push([X(xs[p] + t * (xs[u] - xs[p])), Y(ys[q] + t * (ys[v] - ys[q]))]);
        }
        for (let c = 0; c + 1 < cuts.length; c += 2) {
          const [from, to] = [place(cuts[c]), place(cuts[c + 1])];
          if (from !== to) d += `M${from}L${to}`;
        }
      }
    }
  return d;
}
