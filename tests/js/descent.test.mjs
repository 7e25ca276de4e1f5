// The pictures of descent: lines cut at the frame, contours; and the path, by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  contours, descend, dots, explodesAfter, sampled, trail,
} from "../../nnlib/widgets/js/descent.js";

const BOX = { x: 0, y: 0, w: 10, h: 10 };

test("a path follows the rule and ends before it is too far", () => {
  const slope = (u, v) => [u, 10 * v];
  assert.deepEqual(descend(slope, [1, 1], 0.5, 2), [[1, 1], [0.5, -4], [0.25, 16]]);
  assert.deepEqual(descend((w) => [w], [4], 0.25, 2, 0.5).map(([w]) => w), [4, 3, 1.75]);
  const far = descend((w) => [w], [1], 11, 50);
  assert.equal(far.length, 7); // −10 times as large each time, up to a million
  assert.equal(Math.abs(far.at(-1)[0]), 1e6);
});

test("only a path that ends outside and higher has exploded", () => {
  const inside = (w) => Math.abs(w) < 5;
  assert.equal(explodesAfter([1, -2, 4, -8, 16], [1, 4, 16, 64, 256], inside), 2);
  assert.equal(explodesAfter([9, 8, 7], [81, 64, 49], inside), null);
  assert.equal(explodesAfter([1, 8, 4], [1, 64, 16], inside), null);
  assert.equal(explodesAfter([6, 60], [36, 3600], inside), 0);
});

test("a line is cut at the frame and goes on where it comes back", () => {
  assert.equal(trail(BOX, [[1, 1], [5, 5], [9, 1]]), "M1.0 1.0L5.0 5.0L9.0 1.0");
  assert.equal(trail(BOX, [[5, 5], [25, 5], [25, 8], [5, 8]]), "M5.0 5.0L10.0 5.0M10.0 8.0L5.0 8.0");
  assert.equal(trail(BOX, [[-5, 4], [15, 4]]), "M0.0 4.0L10.0 4.0");
  assert.equal(trail(BOX, [[-5, 4], [-5, 40], [1e9, 1e9]]), "");
  assert.equal(dots(BOX, [[5, 5], [50, 5]]), "M5.0 5.0h0");
});

test("contours are where the function has the level", () => {
  const plot = { x0: -1, x1: 1, y0: -1, y1: 1, X: (v) => 100 * v, Y: (v) => 100 * v };
  const grid = sampled(plot, (x, y) => x * x + y * y);
  const corners = [...contours(plot, grid, [0.25]).matchAll(/[ML](\S+) ([^ML]+)/g)];
  assert.ok(corners.length > 100);
  for (const [, x, y] of corners) assert.ok(Math.abs(Math.hypot(x, y) - 50) < 0.2);
  assert.equal(contours(plot, grid, [5]), "");
});
