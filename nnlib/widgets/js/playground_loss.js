// The Playground's loss curves, on the training and the test points, with the run before as a ghost.
import { power } from "./format.js";
import { axes, clip, scales, ticks } from "./plot.js";

const LEFT = 46, TOP = 24, TALL = 150;
export const lossHeight = () => TOP + TALL + 38;
const FLOOR = 1e-6; // of the logarithmic axis

// The least of 1, 2, 5 times a power of ten that is not below v.
function round(v) {
  const unit = 10 ** Math.floor(Math.log10(v));
  return unit * [1, 2, 5, 10].find((k) => k * unit >= v * 0.999999);
}
// Ticks of a logarithmic axis: 1, 2 and 5 of each power of ten, or 1 alone where there are many.
function decades(low, high) {
  const few = high / low < 200, list = [];
  for (let unit = 1e-6; unit <= high * 1.001; unit *= 10)
    for (const k of few ? [1, 2, 5] : [1]) list.push(k * unit);
  return list.filter((v) => v > low * 0.999 && v < high * 1.001);
}
const tenths = (v) => (v < 0.0009 ? `10${power(Math.round(Math.log10(v)))}` : String(Number(v.toPrecision(1))));
const curves = (list) => ["train", "test"].flatMap((part) =>
  (list[0][part] ? [[part, list.map((at) => [at.epochs, at[part].cost])]] : []));

function ranges(s, all) {
  const values = all.flatMap(([, points]) => points.map(([, cost]) => cost));
  const most = Math.max(...values), least = Math.max(FLOOR, Math.min(...values));
  const epochs = Math.max(20, ...all.map(([, points]) => points.at(-1)[0]));
  const high = round(Math.max(FLOOR, most * 1.02) || 1), low = s.log ? 1 / round(1 / least) : 0;
  return { epochs: round(epochs), low, high: Math.max(high, 2 * low) };
}

// spec of ui.picture; ghost() gives { curve, name } or null.
export function lossPicture(label, ghost) {
  return {
    label, height: lossHeight,
    draw(pen, { width }, s, r) {
      const old = ghost(), mine = curves(r.curve), before = old ? curves(old.curve) : [];
      const { epochs, low, high } = ranges(s, [...mine, ...before]);
      const place = s.log ? (v) => Math.log10(Math.max(v, FLOOR)) : (v) => v;
      const plot = scales({ x: LEFT, y: TOP, w: width - LEFT - 46, h: TALL }, [0, epochs], [place(low), place(high)]);
      const { X, Y } = plot, attrs = { "clip-path": clip(pen, "window", plot.box) };
      axes(pen, "loss", plot, { x: "epoch", y: "C", xTicks: ticks(0, epochs, 5).filter(Number.isInteger),
        yTicks: s.log ? decades(low, high).map(place) : ticks(low, high, 4),
        text: (v, axis) => (axis === "y" && s.log ? tenths(10 ** v) : String(Number(v.toPrecision(6)))) });
      const trace = (points) => points.map(([e, cost], i) =>
        `${i ? "L" : "M"}${X(e).toFixed(1)} ${Y(place(cost)).toFixed(1)}`).join("");
      for (const [part, points] of before)
        pen.put("path", `ghost-${part}`, { ...attrs, class: "nnb-pg-ghost nnb-result", "data-part": part,
          d: trace(points) });
      for (const [part, points] of mine)
        pen.put("path", part, { ...attrs, class: "nnb-pg-curve nnb-result", "data-part": part, d: trace(points) });
      const ends = mine.map(([part, points]) => ({ part, x: X(points.at(-1)[0]), y: Y(place(points.at(-1)[1])) }));
      ends.sort((a, b) => a.y - b.y).forEach((end, i) => {
        end.to = i ? Math.max(end.y, ends[i - 1].to + 15) : end.y;
      });
      const over = ends.length ? Math.max(0, ends.at(-1).to - plot.bottom) : 0;
      for (const { part, x, y, to } of ends) {
        pen.put("circle", `end-${part}`, { class: "nnb-pg-end nnb-result", "data-part": part, r: 3.5, cx: x, cy: y });
        pen.put("text", `name-${part}`, { class: "nnb-tick nnb-halo nnb-result", x: x + 8, y: to - over + 4 },
          part === "train" ? "training" : "test");
      }
    },
  };
}
