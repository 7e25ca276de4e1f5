// The arithmetic of the widgets against nnlib's values (NNLIB_FIXTURE) and against finite differences.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ACTIVATIONS, softmax } from "../../nnlib/widgets/js/activations.js";
import { backprop, costValue, forward } from "../../nnlib/widgets/js/network.js";

const fixture = JSON.parse(readFileSync(process.env.NNLIB_FIXTURE, "utf8"));

function close(actual, expected, tolerance = 1e-12) {
  if (Array.isArray(expected)) {
    assert.equal(actual.length, expected.length);
    expected.forEach((v, i) => close(actual[i], v, tolerance));
  } else {
    const off = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
    assert.ok(off <= tolerance, `${actual} is not ${expected}`);
  }
}
const difference = (f, x, h = 1e-6) => (f(x + h) - f(x - h)) / (2 * h);

for (const [name, { f, df }] of Object.entries(fixture.activations))
  test(`${name} and its slope`, () => {
    close(fixture.z.map(ACTIVATIONS[name].f), f);
    close(fixture.z.map(ACTIVATIONS[name].df), df);
    for (const z of [-3.2, -0.31, 0.13, 0.27, 0.9, 2.1])
      close(ACTIVATIONS[name].df(z), difference(ACTIVATIONS[name].f, z), 1e-8);
  });

test("there are as many activations here as there", () => {
  assert.deepEqual(Object.keys(ACTIVATIONS), Object.keys(fixture.activations));
});

test("softmax neither overflows nor forgets a class", () => {
  close(softmax([1000, 1000, -1000]), [0.5, 0.5, 0]);
});

for (const net of fixture.networks) {
  const title = `${net.activations.join(" ")}, ${net.cost}`;
  test(`forward and backward: ${title}`, () => {
    const { Z, A } = forward(net, net.x);
    close(Z, net.Z);
    close(A.slice(1), net.A.slice(1));
    close(costValue(net, net.x, net.y, net.cost), net.value);
    const { gW, gb } = backprop(net, net.x, net.y, net.cost);
    close(gW, net.gW);
    close(gb, net.gb);
  });
}

test("the gradient is that of finite differences", () => {
  for (const net of fixture.networks.filter(({ activations }) =>
    activations.every((name) => ["linear", "sigmoid", "tanh", "softmax"].includes(name)))) {
    const { gW } = backprop(net, net.x, net.y, net.cost);
    net.weights.forEach((W, l) => W.forEach((row, j) => row.forEach((w, k) => {
      const cost = (v) => {
        row[k] = v;
        return costValue(net, net.x, net.y, net.cost);
      };
      close(gW[l][j][k], difference(cost, w, 1e-5), 1e-8);
      row[k] = w;
    })));
  }
});

test("a cost refuses an output it is not made for", () => {
  const net = { weights: [[[1]]], biases: [[0]], activations: ["tanh"] };
  assert.throws(() => costValue(net, [[1]], [[1]], "cross-entropy"), /cannot be used with the output tanh/);
});
