// Numbers as text, addresses, Python literals, formulas' neighbours: what needs no page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { format, parse, snap } from "../../nnlib/widgets/js/format.js";
import { afterDrag, afterKey, widen } from "../../nnlib/widgets/js/numbers.js";
import { edge } from "../../nnlib/widgets/js/net.js";
import { lineInside, scales, ticks } from "../../nnlib/widgets/js/plot.js";
import { random } from "../../nnlib/widgets/js/random.js";
import { call, decode, encode } from "../../nnlib/widgets/js/share.js";

test("three digits, a real minus sign, powers of ten at the ends", () => {
  const shown = [[0.731058, "0.731"], [1, "1.00"], [-2.345, "−2.35"], [0, "0.00"], [-0, "0.00"],
    [99.96, "100"], [999.6, "1000"], [123456, "123456"], [1234567, "1.23·10⁶"], [4.54e-5, "4.54·10⁻⁵"],
    [-0.00099999, "−0.00100"], [9.9996e-4, "0.00100"], [1e-300, "1.00·10⁻³⁰⁰"]];
  for (const [v, text] of shown) assert.equal(format(v), text);
});

test("on the grid of its step a number keeps the step's decimals", () => {
  const shown = [[1.5, "1.5"], [-2, "−2.0"], [0.30000000000000004, "0.3"], [1.25, "1.25"], [0, "0.0"], [-10, "−10.0"]];
  for (const [v, text] of shown) assert.equal(format(v, { step: 0.1 }), text);
  assert.equal(format(0.75, { step: 0.25 }), "0.75");
});

test("what is shown is the rounding of the value, and reads back", () => {
  const { uniform } = random(3);
  for (let i = 0; i < 2000; i++) {
    const v = uniform(-1, 1) * 10 ** uniform(-8, 8);
    assert.ok(Math.abs(parse(format(v)) - v) <= 0.00501 * Math.abs(v), `${v} as ${format(v)}`);
  }
  assert.equal(parse("−2.5"), -2.5);
  assert.equal(snap(0.1 + 0.2, 0.1), 0.3);
});

test("the width of a dragged number does not jump between 0.9 and 1.1", () => {
  const widths = [0.9, 1, 1.1].map((v) => format(v, { step: 0.1 }).length);
  assert.equal(new Set(widths).size, 1);
});

test("keys: one step, ten with Shift or Page, the ends with Home and End", () => {
  const spec = { step: 0.1 }, range = [-5, 5];
  const press = (v, key, shiftKey = false) => afterKey(spec, v, range, { key, shiftKey });
  assert.equal(press(0.2, "ArrowRight"), 0.3);
  assert.equal(press(0.2, "ArrowDown"), 0.1);
  assert.equal(press(0.2, "ArrowUp", true), 1.2);
  assert.equal(press(0.2, "PageDown"), -0.8);
  assert.equal(press(0.2, "Home"), -5);
  assert.equal(press(4.95, "PageUp"), 5);
  assert.equal(press(0.2, "a"), undefined);
  assert.equal(afterKey({ log: true }, 1, [0.001, 10], { key: "ArrowRight" }), 1.12);
});

test("a drag of 240 pixels covers the range, and stops at its ends", () => {
  assert.equal(afterDrag({ step: 0.1 }, 0, [-5, 5], 24), 1);
  assert.equal(afterDrag({ step: 0.1 }, 0, [-5, 5], -900), -5);
  assert.equal(afterDrag({ log: true }, 1, [0.01, 100], 60), 10);
});

test("a range grows until it holds the value", () => {
  assert.deepEqual(widen([-5, 5], 4), [-5, 5]);
  assert.deepEqual(widen([-5, 5], -10), [-10, 10]);
  assert.deepEqual(widen([0, 1], 2.5), [0, 4]);
});

test("the end of an address carries the state and nothing else", () => {
  const state = { w: [1.5, -2], b: 0.5, activation: "piecewise linear", derivative: true };
  const hash = encode("1.2-neuron", state);
  assert.equal(hash, "#1.2-neuron:w=1.5,-2&b=0.5&activation=piecewise%20linear&derivative=1");
  assert.deepEqual(decode(hash, "1.2-neuron", { ...state, derivative: false }), state);
  assert.deepEqual(decode("#a:b=.25", "a", state), { b: 0.25 });
  for (const bad of ["#b:b=1", "#a:b=one", "#a:b=", "#a:w=1,,2", "#a:b=1e999", "#a:c=1", "#a:b=%", "#a:derivative=2",
    "#a:__proto__=1", "#a:b=1e7", "#a", ""]) assert.equal(decode(bad, "a", state), null, bad);
});

test("Python reads the call", () => {
  assert.equal(call("Neuron", { w: [1.5, -2], b: 0.5, activation: "tanh", derivative: false }),
    'Neuron(w=[1.5, -2], b=0.5, activation="tanh", derivative=False)');
});

test("random numbers: the same for a seed, in their ranges, with their moments", () => {
  const a = random(7), b = random(7), c = random(8);
  const draw = (r) => Array.from({ length: 5 }, () => r.uniform());
  assert.deepEqual(draw(a), draw(b));
  assert.notDeepEqual(draw(random(7)), draw(c));
  const { uniform, normal, shuffle, integer } = random(1);
  const n = 20000, moment = (list, k) => list.reduce((s, v) => s + v ** k, 0) / n;
  const u = Array.from({ length: n }, () => uniform());
  const z = Array.from({ length: n }, () => normal());
  assert.ok(Math.min(...u) >= 0 && Math.max(...u) < 1);
  assert.ok(Math.abs(moment(u, 1) - 0.5) < 0.01);
  assert.ok(Math.abs(moment(u, 2) - 1 / 3) < 0.01);
  assert.ok(Math.abs(moment(z, 1)) < 0.03);
  assert.ok(Math.abs(moment(z, 2) - 1) < 0.05);
  assert.ok(Math.abs(moment(z, 4) - 3) < 0.3);
  assert.deepEqual(shuffle([1, 2, 3, 4, 5]).sort(), [1, 2, 3, 4, 5]);
  const first = Array.from({ length: 6000 }, () => shuffle([0, 1, 2])[0]);
  for (const v of [0, 1, 2]) assert.ok(Math.abs(first.filter((f) => f === v).length - 2000) < 150);
  assert.deepEqual([...new Set(Array.from({ length: 100 }, () => integer(3)))].sort(), [0, 1, 2]);
});

test("ticks are round, and lie inside", () => {
  assert.deepEqual(ticks(-2, 2, 4), [-2, -1, 0, 1, 2]);
  assert.deepEqual(ticks(0, 1, 2), [0, 0.5, 1]);
  assert.ok(ticks(-6.1, 5.9, 5).every((v) => v >= -6.1 && v <= 5.9));
});

test("the line p·x + q·y + c = 0 is cut off at the frame", () => {
  const plot = scales({ x: 0, y: 0, w: 100, h: 100 }, [-2, 2], [-2, 2]);
  const on = (p, q, c) => lineInside(plot, p, q, c).every(([x, y]) => Math.abs(p * plot.x(x) + q * plot.y(y) + c) < 1e-9);
  assert.ok(on(1.5, -2, 0.5) && on(1, 0, 0.3) && on(0, 1, -0.7) && on(1, 1, 0));
  assert.equal(lineInside(plot, 1, 1, 10), null);
  assert.equal(lineInside(plot, 0, 0, 1), null);
});

test("an edge shows size and sign of its weight, from rim to rim", () => {
  const drawn = new Map();
  const pen = { put: (tag, key, attrs) => drawn.set(key, attrs) };
  const [a, b] = [{ x: 0, y: 0, r: 10 }, { x: 100, y: 0, r: 20 }];
  for (const w of [1, -2, 0, 9]) edge(pen, w, a, b, w, 4, `w${w}`);
  assert.deepEqual([...drawn.values()].map((line) => line["stroke-width"]),
    [0.75 + 5.25 / 4, 0.75 + 5.25 / 2, 0.75, 6]);
  assert.deepEqual([...drawn.values()].map((line) => line["data-sign"]), ["pos", "neg", "pos", "pos"]);
  assert.deepEqual([drawn.get(-2).x1, drawn.get(-2).x2, drawn.get(-2)["data-link"]], [10, 80, "w-2"]);
});
