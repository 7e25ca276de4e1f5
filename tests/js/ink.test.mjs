// The pad's ink, its framing and the network behind it, against NumPy; and digits of a scripted pen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { forward, unpackNet } from "../../nnlib/widgets/js/digit_net.js";
import { blank, framed, fromText, SIDE, stroke, toText, written } from "../../nnlib/widgets/js/ink.js";
import { revive } from "../../nnlib/widgets/js/page.js";
import { drawings, DRAWINGS } from "./pen.mjs";

const { digits } = JSON.parse(readFileSync(process.env.NNLIB_FIXTURE, "utf8"), revive);
const close = (got, want, room) => {
  assert.equal(got.length, want.length);
  got.forEach((v, i) => assert.ok(Math.abs(v - want[i]) <= room, `${v} is not ${want[i]} at ${i}`));
};
const shares = (ink) => Float64Array.from(ink, (v) => v / 255);

test("framing and the networks give NumPy's numbers", () => {
  for (const { network, ink, text, seen, z, out } of digits.runs) {
    assert.deepEqual([...fromText(text)], ink);
    assert.equal(toText(Uint8Array.from(ink)), text);
    const image = framed(shares(ink));
    close([...image], seen, 1e-12);
    const run = forward(unpackNet(network), image);
    close(run.z, z, 1e-9);
    close(run.out, out, 1e-9);
  }
});

test("a framed digit is not changed by framing it again", () => {
  for (const { strokes } of drawings()) {
    const once = framed(shares(written(strokes)));
    close([...framed(once)], [...once], 1e-9);
  }
});

test("the pen is soft, leaves no gap, and the eraser takes ink away", () => {
  const line = stroke(blank(), [2.5, 3.5], [25.5, 20.5], 2);
  for (let j = 3; j < 25; j++) {
    const column = [...Array(SIDE).keys()].map((i) => line[SIDE * i + j]);
    assert.ok(Math.max(...column) > 200 && column.some((v) => v > 0 && v < 200));
    assert.ok(column.filter((v) => v > 0).length <= 5);
  }
  assert.ok(stroke(line, [2.5, 3.5], [25.5, 20.5], 5, true).every((v) => v === 0));
  assert.deepEqual(stroke(blank(), [40, 40], [60, -20], 3), blank()); // beside the pad
  const areas = [1, 2, 3].map((width) => stroke(blank(), [5, 14], [23, 14], width).reduce((s, v) => s + v) / 255);
  areas.forEach((area, i) => assert.ok(Math.abs(area - 18 * (i + 1)) < 3 * (i + 1) + 2, `${areas}`));
});

test("a text that is no ink is refused", () => {
  const good = toText(written(drawings()[0].strokes));
  for (const text of ["", "A", good.slice(4), `${good}AQ`, "%%%", "AP8A_w", good.replace(/.{9}$/, "")])
    assert.equal(fromText(text), null, text);
});

test("nine of ten digits of each class by a scripted pen are read right", () => {
  const net = unpackNet(digits.project), right = Array(10).fill(0), all = Array(10).fill(0);
  for (const { digit, strokes } of drawings()) {
    const { out } = forward(net, framed(shares(written(strokes))));
    right[digit] += out.indexOf(Math.max(...out)) === digit;
    all[digit] += 1;
  }
  assert.ok(all.every((n) => n >= 3 * DRAWINGS));
  assert.ok(right.every((n, k) => n >= 0.9 * all[k]), `right: ${right} of ${all}`);
});
