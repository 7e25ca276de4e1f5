// The Playground's points, start and training are nnlib's (NNLIB_FIXTURE); its record can be run, cut,
// lengthened and changed in any order and always gives the same weights.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { backprop, unpackParams } from "../../nnlib/widgets/js/network.js";
import { byHand, longer, reach, rowsOf, shorter } from "../../nnlib/widgets/js/playground_run.js";

const { playgrounds } = JSON.parse(readFileSync(process.env.NNLIB_FIXTURE, "utf8"));
const near = (a, b, off, what) => assert.ok(Math.abs(a - b) < off, `${what}: ${a} and ${b}`);

test("points, weights and costs are nnlib's", () => {
  for (const { state, X, params, costs } of playgrounds) {
    const { points, p, net } = reach(state), what = `${state.data}, ${state.layers}`;
    assert.deepEqual([...points.x], X);
    params.forEach((want, i) => near(p[i], want, 1e-9, `${what}, number ${i}`));
    near(net.measure(p, points, points.train).cost, costs[0], 1e-9, what);
    near(net.measure(p, points, points.test).cost, costs[1], 1e-9, what);
  }
});

test("one step goes down the gradient of the plain network", () => {
  for (const { state } of playgrounds) {
    const before = { ...state, record: [] }, start = reach(before), { net, points } = start, first = start.p.slice();
    const { p } = reach({ ...before, record: [1, 0.001, 500, 0] });
    const names = [...state.activations.slice(0, state.layers.length), net.soft ? "softmax" : "sigmoid"];
    const plain = { ...unpackParams(net.sizes, [...first]), activations: names };
    const X = points.train.map((e) => [points.x[2 * e], points.x[2 * e + 1]]);
    const Y = points.train.map((e) => (net.K === 1 ? [points.label[e]]
      : [0, 1, 2].map((k) => Number(k === points.label[e]))));
    const cost = state.cost === "quadratic" ? "quadratic" : net.soft ? "softmax cross-entropy" : "cross-entropy";
    const { gW, gb } = backprop(plain, X, Y, cost), flat = gW.flatMap((W, i) => [...W.flat(), ...gb[i]]);
    flat.forEach((g, i) => near((first[i] - p[i]) / 0.001, g, 1e-9, `${state.data}, ${state.layers}, ${i}`));
  }
});

test("whatever is done to a record, its weights are those of a run from the start", () => {
  let code = 7;
  const random = (n) => {
    code = (Math.imul(code, 1103515245) + 12345) >>> 0;
    return Math.floor((code / 2 ** 32) * n);
  };
  const { state } = playgrounds[5], kept = [];
  let record = [];
  for (let i = 0; i < 400; i++) {
    const s = { ...state, record, eta: [0.01, 0.03][random(2)] }, { rows } = reach(s);
    record = [() => longer(s, rows, 1 + random(20)), () => longer(s, rows, 1), () => shorter(rows, random(30)),
      () => byHand(rows, random(9), random(5)), () => kept[random(kept.length)] ?? []][random(5)]();
    if (random(4) === 0) kept.push(record);
    const run = reach({ ...state, record }), now = run.p.slice(), curve = [...run.curve]; // the run goes on
    if (i % 20) continue;
    const first = reach({ ...state, record: [] }).p.slice(), again = reach({ ...state, record, start: first });
    now.forEach((v, k) => assert.equal(v, again.p[k], `after ${i} changes: ${JSON.stringify(rowsOf(record))}`));
    assert.deepEqual(curve, again.curve);
  }
});
