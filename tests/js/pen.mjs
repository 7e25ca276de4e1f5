// A scripted pen that writes digits as people do: what the drawing pad must be able to read.
//
// Each shape is a list of strokes; a stroke is "line" or "curve" and the places [x, y] that it runs
// through, in a box one unit high with y downwards. Shapes and seed stood before the first measurement
// and are not changed to please a network.
import { random } from "../../nnlib/widgets/js/random.js";

export const SEED = 20240917;
export const DRAWINGS = 10; // of each shape

const line = (...points) => ({ points, curved: false });
const curve = (...points) => ({ points, curved: true });

export const SHAPES = {
  0: {
    oval: [curve([0.36, 0.02], [0.14, 0.14], [0.04, 0.48], [0.13, 0.86], [0.34, 1], [0.56, 0.86], [0.64, 0.5],
      [0.55, 0.13], [0.34, 0.01])],
    narrow: [curve([0.3, 0], [0.12, 0.18], [0.07, 0.5], [0.12, 0.82], [0.28, 1], [0.42, 0.82], [0.46, 0.5],
      [0.42, 0.18], [0.26, 0.01])],
    round: [curve([0.62, 0.14], [0.4, 0.02], [0.12, 0.16], [0, 0.5], [0.12, 0.86], [0.42, 1], [0.74, 0.84],
      [0.84, 0.5], [0.74, 0.18], [0.46, 0.03], [0.34, 0.08])],
  },
  1: {
    stroke: [line([0.12, 0], [0.1, 1])],
    flag: [line([0, 0.24], [0.24, 0], [0.24, 1])],
    serif: [line([0.04, 0.2], [0.26, 0], [0.26, 1]), line([0.02, 1], [0.5, 1])],
  },
  2: {
    flat: [curve([0.04, 0.22], [0.14, 0.05], [0.34, 0], [0.54, 0.1], [0.56, 0.32], [0.42, 0.58], [0.2, 0.82],
      [0.03, 0.98]), line([0.03, 0.98], [0.62, 0.98])],
    loop: [curve([0.04, 0.2], [0.2, 0.02], [0.46, 0.04], [0.56, 0.24], [0.44, 0.54], [0.24, 0.84], [0.08, 0.96],
      [0.03, 0.86], [0.14, 0.8], [0.32, 0.9], [0.48, 0.98], [0.68, 0.92])],
    angular: [curve([0.02, 0.12], [0.24, 0], [0.46, 0.06], [0.5, 0.26]), line([0.5, 0.26], [0.02, 1], [0.56, 0.96])],
  },
  3: {
    round: [curve([0.04, 0.13], [0.24, 0], [0.46, 0.08], [0.5, 0.28], [0.36, 0.44], [0.2, 0.48]),
      curve([0.2, 0.48], [0.46, 0.54], [0.56, 0.74], [0.44, 0.94], [0.2, 1], [0.02, 0.88])],
    "flat top": [line([0.04, 0.02], [0.54, 0.02], [0.26, 0.4]),
      curve([0.26, 0.4], [0.5, 0.46], [0.58, 0.7], [0.44, 0.94], [0.18, 1], [0, 0.9])],
    knot: [curve([0.04, 0.1], [0.28, 0], [0.5, 0.12], [0.46, 0.34], [0.26, 0.46], [0.18, 0.5], [0.26, 0.52],
      [0.4, 0.5], [0.56, 0.66], [0.52, 0.9], [0.28, 1], [0.02, 0.92])],
  },
  4: {
    open: [line([0.12, 0], [0.04, 0.56], [0.62, 0.56]), line([0.48, 0.08], [0.46, 1])],
    closed: [line([0.44, 1], [0.44, 0], [0, 0.66], [0.64, 0.66])],
    chair: [curve([0.06, 0.02], [0.03, 0.3], [0.1, 0.5], [0.3, 0.52], [0.52, 0.46]), line([0.56, 0.02], [0.46, 1])],
  },
  5: {
    hat: [line([0.12, 0.02], [0.08, 0.44]), curve([0.08, 0.44], [0.3, 0.38], [0.52, 0.5], [0.54, 0.76], [0.36, 0.97],
      [0.04, 0.94]), line([0.12, 0.02], [0.56, 0.02])],
    "one stroke": [line([0.56, 0], [0.16, 0.04], [0.1, 0.42]), curve([0.1, 0.42], [0.34, 0.4], [0.54, 0.56],
      [0.52, 0.82], [0.3, 1], [0.02, 0.92])],
    snake: [curve([0.58, 0.02], [0.3, 0], [0.14, 0.12], [0.14, 0.34], [0.34, 0.46], [0.52, 0.62], [0.5, 0.86],
      [0.28, 1], [0.02, 0.94])],
  },
  6: {
    hook: [curve([0.44, 0], [0.2, 0.24], [0.06, 0.56], [0.08, 0.86], [0.28, 1], [0.5, 0.9], [0.52, 0.68],
      [0.34, 0.54], [0.14, 0.62], [0.07, 0.78])],
    straight: [line([0.36, 0], [0.06, 0.66]), curve([0.06, 0.66], [0.08, 0.92], [0.28, 1], [0.48, 0.88], [0.46, 0.64],
      [0.26, 0.56], [0.07, 0.7])],
    round: [curve([0.54, 0.08], [0.36, 0], [0.14, 0.14], [0.03, 0.46], [0.06, 0.82], [0.28, 1], [0.52, 0.88],
      [0.54, 0.64], [0.36, 0.5], [0.14, 0.56], [0.05, 0.7])],
  },
  7: {
    plain: [line([0, 0.02], [0.56, 0.02], [0.22, 1])],
    bent: [line([0.02, 0.05], [0.58, 0.02]), curve([0.58, 0.02], [0.42, 0.28], [0.28, 0.62], [0.24, 1])],
    crossed: [line([0, 0.04], [0.58, 0.02], [0.2, 1]), line([0.12, 0.52], [0.58, 0.48])],
  },
  8: {
    eight: [curve([0.5, 0.12], [0.28, 0], [0.08, 0.14], [0.14, 0.36], [0.36, 0.54], [0.54, 0.76], [0.38, 0.98],
      [0.12, 0.94], [0.04, 0.74], [0.24, 0.52], [0.46, 0.34], [0.52, 0.12])],
    rings: [curve([0.28, 0.44], [0.1, 0.34], [0.1, 0.12], [0.28, 0], [0.46, 0.12], [0.46, 0.34], [0.28, 0.45]),
      curve([0.28, 0.45], [0.06, 0.58], [0.04, 0.84], [0.28, 1], [0.52, 0.84], [0.5, 0.58], [0.28, 0.45])],
    slim: [curve([0.28, 0.48], [0.12, 0.34], [0.1, 0.12], [0.26, 0], [0.42, 0.1], [0.4, 0.32], [0.24, 0.54],
      [0.1, 0.74], [0.14, 0.96], [0.32, 0.98], [0.42, 0.8], [0.34, 0.56], [0.26, 0.46])],
  },
  9: {
    stem: [curve([0.5, 0.1], [0.28, 0], [0.06, 0.14], [0.06, 0.38], [0.26, 0.5], [0.46, 0.38], [0.5, 0.1]),
      line([0.5, 0.1], [0.46, 1])],
    tail: [curve([0.52, 0.16], [0.34, 0], [0.1, 0.1], [0.06, 0.34], [0.22, 0.5], [0.44, 0.4], [0.53, 0.18],
      [0.53, 0.5], [0.42, 0.86], [0.2, 1], [0.06, 0.92])],
    leaning: [curve([0.5, 0.06], [0.26, 0.02], [0.06, 0.2], [0.1, 0.42], [0.3, 0.44], [0.5, 0.2]),
      line([0.54, 0.04], [0.3, 1])],
  },
};

// Places on a smooth curve through the points (Catmull and Rom), or the points themselves.
function trace({ points, curved }) {
  if (!curved) return points;
  const at = (i) => points[Math.max(0, Math.min(points.length - 1, i))];
  return points.slice(0, -1).flatMap((_, i) => Array.from({ length: 8 }, (_, k) => {
    const t = k / 8, [p, q, r, s] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    return [0, 1].map((d) => q[d] + (t / 2) * (r[d] - p[d] + t * (2 * p[d] - 5 * q[d] + 4 * r[d] - s[d]
      + t * (3 * (q[d] - r[d]) + s[d] - p[d]))));
  })).concat([points.at(-1)]);
}

// One drawing on a pad of 28 pixels: a list of strokes, each a list of [x, y]. At scale 1 a digit is 18
// pixels high; the hand trembles, slants by up to 15 degrees, and shifts by up to 4 pixels.
function write(strokes, { uniform, normal }) {
  const shaken = strokes.map(({ points, curved }) =>
    ({ curved, points: points.map((p) => p.map((v) => v + normal(0, 0.012))) }));
  const slant = Math.tan((uniform(-15, 15) * Math.PI) / 180), size = 18 * uniform(0.6, 1.2);
  const [dx, dy] = [uniform(-4, 4), uniform(-4, 4)];
  const all = strokes.flatMap(({ points }) => points.map(([x]) => x));
  const middle = (Math.min(...all) + Math.max(...all)) / 2;
  return shaken.map((stroke) => trace(stroke).map(([x, y]) =>
    [14 + dx + size * (x - middle + slant * (0.5 - y)), 14 + dy + size * (y - 0.5)]));
}

// Every drawing of the trial, always the same: [{ digit, shape, strokes }].
export function drawings(seed = SEED) {
  const hand = random(seed);
  return Object.entries(SHAPES).flatMap(([digit, shapes]) => Object.entries(shapes).flatMap(([shape, strokes]) =>
    Array.from({ length: DRAWINGS }, () => ({ digit: Number(digit), shape, strokes: write(strokes, hand) }))));
}
