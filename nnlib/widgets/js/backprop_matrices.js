// BackpropStepper as matrices: each layer's W and its gradient of the same shape, and its rows
// Z, A, φ′, D and b, with their shapes. One example is one row.
import { frame, framed, present, value, word } from "./backprop_parts.js";
import { range } from "./backprop_record.js";
import { sup } from "./format.js";

const H = 27, PITCH = 31, NAMES = 46, TOP = 74; // NAMES: room for the names of the rows
const LEAST = 56; // pixels that the longest number needs
const rowsOf = (s) => ["Z", "A", "φ′", "D", "b", "gb", ...(s.numerical ? ["≈"] : [])];
const layersOf = (s) => range(s.sizes.length - 1, 1);
const blockHeight = (s, l) =>
  Math.max((s.numerical ? 3 : 2) * (s.sizes[l] * H + 34), rowsOf(s).length * PITCH + 26) + 18;
const blockCells = (s, l) => s.sizes[l - 1] + s.sizes[l];

// Cells as wide as two layers beside each other allow, else as one needs; the blocks in their places.
function arrange(s, width) {
  const layers = layersOf(s), all = layers.reduce((sum, l) => sum + blockCells(s, l), 0);
  const beside = (width - 8 - layers.length * (NAMES + 14)) / all;
  const alone = (width - 8 - NAMES) / Math.max(...layers.map((l) => blockCells(s, l)));
  const w = Math.min(62, beside >= LEAST ? beside : alone);
  let y = TOP;
  const blocks = [];
  let x = 0;
  for (const l of layers) {
    blocks.push({ l, x, y });
    if (beside >= LEAST) x += blockCells(s, l) * w + NAMES + 14;
    else y += blockHeight(s, l);
  }
  const end = beside >= LEAST ? TOP + Math.max(...layers.map((l) => blockHeight(s, l))) : y;
  return { w, blocks, end };
}
export const matricesWidth = (s) => 8 + NAMES + LEAST * Math.max(...layersOf(s).map((l) => blockCells(s, l)));
export const matricesHeight = (width, s) => arrange(s, width).end;

export function drawMatrices(pen, { width }, s, r) {
  const now = present(s, r), { w, blocks } = arrange(s, width);
  function cell(key, name, x, y, double) {
    const sign = name && pen.text(name) !== "?" ? (r.values[name] < 0 ? "neg" : "pos") : null;
    const box = (part, inset, look) => pen.put("rect", `${key}-${part}`, { class: look, "data-link": name ?? "",
      "data-sign": double ? sign : null, x: x + inset, y: y + inset, rx: 6 - inset,
      width: w - 2 * inset, height: H - 2 * inset });
    box("out", 1, !name ? "nnb-empty" : double ? "nnb-grad" : "nnb-box");
    if (!name) return;
    if (double) box("in", 3.5, "nnb-grad nnb-grad-in");
    value(pen, name, key, { class: "nnb-tiny nnb-inside", x: x + w / 2, y: y + H / 2 + 4.5 }, r);
    if (now.made === name) frame(now, x + w / 2, y + H / 2, w + 2, H + 2, 6);
  }
  const title = (key, x, y, name, shape) => {
    pen.put("text", `${key}-title`, { class: "nnb-label", x, y }, name);
    pen.put("text", `${key}-shape`, { class: "nnb-tick", x: x + 7.5 * [...name].length + 8, y }, shape);
  };
  const [n0, K] = [s.sizes[0], s.sizes.at(-1)];
  title("X", 2, 14, `A${sup(0)} = x`, `(1, ${n0})`);
  range(n0, 1).forEach((k) => cell(`X${k}`, `a0_${k}`, (k - 1) * w, 22));
  const right = Math.max(n0 * w + 34, 130);
  title("Y", right + 2, 14, "y", `(1, ${K})`);
  range(K, 1).forEach((j) => cell(`Y${j}`, `y${j}`, right + (j - 1) * w, 22));
  for (const { l, x, y } of blocks) layer(l, x, y);
  framed(pen, now);

  function layer(l, x, top) {
    const n = s.sizes[l], m = s.sizes[l - 1];
    const end = x + blockCells(s, l) * w + NAMES;
    pen.put("line", `rule${l}`, { class: "nnb-grid", x1: x, x2: end, y1: top - 8, y2: top - 8 });
    let y = top + 12;
    const grids = [["W", `W${sup(l)}`, now.w], ["G", `gW${sup(l)}`, now.gw]];
    if (s.numerical) grids.push(["Q", "≈ measured", now.qw]);
    for (const [letter, name, get] of grids) {
      title(`${letter}${l}`, x + 2, y, name, letter === "Q" ? "" : `(${n}, ${m})`);
      y += 7;
      range(n, 1).forEach((j) => range(m, 1).forEach((k) =>
        cell(`${letter}${l}-${j}-${k}`, get(l, j, k), x + (k - 1) * w, y + (j - 1) * H, letter === "G")));
      y += n * H + 27;
    }
    const left = x + m * w + NAMES;
    title(`rows${l}`, left, top + 12, "rows", `(1, ${n})`);
    const get = { Z: now.z, A: now.a, "φ′": now.s, D: now.d, b: now.b, "gb": now.gb, "≈": now.qb };
    rowsOf(s).forEach((row, i) => {
      const y = top + 19 + i * PITCH;
      word(pen, `${row}${l}`, `${row}${sup(l)}`, left - 8, y + H / 2 + 4.5);
      range(n, 1).forEach((j) => {
        cell(`${row}${l}-${j}`, get[row](l, j), left + (j - 1) * w, y, row === "D" || row === "gb");
        if (row !== "φ′" || !now.locked(l, j) || pen.text(`s${l}_${j}`) === "?") return;
        pen.put("path", `lock${l}-${j}`, { class: "nnb-lock", "data-link": `s${l}_${j}`,
          d: `M${left + j * w - 9} ${y + 7}h8v7h-8zM${left + j * w - 7.5} ${y + 7}v-2a2.5 2.5 0 0 1 5 0v2` });
      });
    });
  }
}
