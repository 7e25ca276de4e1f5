// What the three pictures of BackpropStepper share: which number stands where at this step, and how
// values, gradients and padlocks look.
import { LOCKED } from "./backprop_record.js";
import { format } from "./format.js";

// The names of the numbers to show now, null where one is not known (yet, or any more): after the
// update the new weights stand on the edges, and a forward pass with them leaves the rest behind.
export function present(s, r) {
  const again = r.stage.endsWith("again"), n = again ? "n" : "";
  const only = (name) => (r.known(name) ? name : null);
  const newer = (name) => (r.known(`n${name}`) ? `n${name}` : name);
  const stale = (name) => (again ? null : only(name));
  return {
    again,
    w: (l, j, k) => newer(`w${l}_${j}_${k}`), b: (l, j) => newer(`b${l}_${j}`),
    p: (l, j, k) => only(`${n}p${l}_${j}_${k}`), z: (l, j) => only(`${n}z${l}_${j}`),
    a: (l, k) => (l ? only(`${n}a${l}_${k}`) : `a0_${k}`), C: only(`${n}C`),
    s: (l, j) => stale(`s${l}_${j}`), d: (l, j) => stale(`d${l}_${j}`), e: (l, j) => stale(`e${l}_${j}`),
    gw: (l, j, k) => stale(`gw${l}_${j}_${k}`), gb: (l, j) => stale(`gb${l}_${j}`),
    qw: (l, j, k) => (s.numerical ? stale(`qw${l}_${j}_${k}`) : null),
    qb: (l, j) => (s.numerical ? stale(`qb${l}_${j}`) : null),
    locked: (l, j) => !again && r.known(`s${l}_${j}`) && r.values[`s${l}_${j}`] < LOCKED,
    made: r.line ? r.line.makes[0] : "",
  };
}

// Pixels that a gradient takes with its outline: points and raised digits are narrow.
const widthOf = (text) => [...text].reduce((sum, c) => sum + (/[\d−δ]/.test(c) ? 7.5 : 4.6), 14);
const signOf = (pen, name, v) => (pen.text(name) === "?" ? null : v < 0 ? "neg" : "pos");

// A number that can be changed by pointer and keys, or one that is only read.
export function value(pen, name, key, attrs, r) {
  const editable = !(name in r.values), look = attrs.class ?? "nnb-small nnb-halo";
  return pen.number(name, key, { "text-anchor": "middle", ...(editable ? { tabindex: 0, ...pen.slider(name) } : {}),
    ...attrs, class: `nnb-num ${look}${/^n[wb]/.test(name) ? " nnb-new" : ""}` });
}

// The name of a number beside it.
export const word = (pen, key, text, x, y, attrs = {}) =>
  pen.put("text", key, { class: "nnb-label nnb-small nnb-halo", x, y, "text-anchor": "end", ...attrs }, text);

// A gradient: a number in a double outline around (x, y), with a frame if the present line makes it.
export function gradient(pen, name, key, x, y, r, now, label = "") {
  const w = widthOf((label && `${label} `) + pen.text(name)), sign = signOf(pen, name, r.values[name]);
  for (const [part, inset] of [["out", 0], ["in", 2.5]])
    pen.put("rect", `${key}-${part}`, { class: `nnb-grad nnb-grad-${part}`, "data-sign": sign, "data-link": name,
      x: x - w / 2 + inset, y: y - 10 + inset, width: w - 2 * inset, height: 20 - 2 * inset, rx: 7 - inset });
  if (label) pen.put("text", `${key}-name`,
    { class: "nnb-label nnb-tiny nnb-inside", x: x - w / 2 + 7, y: y + 4.5, "data-link": name }, label);
  pen.number(name, key, { class: "nnb-num nnb-tiny nnb-inside", y: y + 4.5,
    ...(label ? { x: x + w / 2 - 7, "text-anchor": "end" } : { x, "text-anchor": "middle" }) });
  if (now?.made === name) frame(now, x, y, w + 4, 24, 9);
}

// The same measured: "≈ 0.0822" below a gradient.
export function measured(pen, name, key, x, y) {
  pen.put("text", `${key}-is`, { class: "nnb-tick", x: x - 22, y: y + 4.5, "text-anchor": "end" }, "≈");
  pen.number(name, key, { class: "nnb-num nnb-tick", x: x - 19, y: y + 4.5 });
}

// A frame around what the present line makes, drawn on top of all else: frame(now, ...), then framed.
export function frame(now, x, y, w, h, rx) {
  now.frame = { x: x - w / 2, y: y - h / 2, width: w, height: h, rx };
}
export function framed(pen, now) {
  if (!now.frame) return;
  for (const part of ["nnb-pick-out", "nnb-pick"]) pen.put("rect", part, { class: part, ...now.frame });
}

// A padlock and its slope in words.
export function padlock(pen, key, x, y, slope, link) {
  if (pen.text(link) === "?") return;
  pen.put("path", `${key}-lock`, { class: "nnb-lock", "data-link": link,
    d: `M${x} ${y - 5}h10v8h-10zM${x + 2} ${y - 5}v-3a3 3 0 0 1 6 0v3` });
  pen.put("text", `${key}-locked`, { class: "nnb-tick nnb-halo", x: x + 14, y: y + 3, "data-link": link },
    `slope ${format(slope, { significant: 2 })}`);
}

// The width of a picture that a scale of the widget's weights needs: the largest, rounded up.
export function reference(s) {
  const largest = Math.max(...s.params.map(Math.abs)) || 1, unit = 10 ** Math.floor(Math.log10(largest));
  return [1, 2, 5, 10].map((k) => k * unit).find((v) => v >= largest * 0.999999);
}
