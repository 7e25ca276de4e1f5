// The page draws as NumPy does (NNLIB_FIXTURE), so that a new seed there is Python's seed too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { generator, permutations } from "../../nnlib/widgets/js/numpy.js";

const { normals, shuffles } = JSON.parse(readFileSync(process.env.NNLIB_FIXTURE, "utf8"));

test("permutations are those of default_rng(seed)", () => {
  for (const [seed, rows] of Object.entries(shuffles))
    assert.deepEqual(permutations(Number(seed), rows.length, 64), rows, `seed ${seed}`);
});

test("uniform numbers are those of random(), normal ones to the last digits", () => {
  for (const [seed, { uniform, numbers }] of Object.entries(normals)) {
    const { random, normal } = generator(Number(seed));
    for (const v of uniform) assert.equal(random(), v);
    for (const v of numbers) assert.ok(Math.abs(normal() - v) < 1e-13 * Math.max(1, Math.abs(v)), `${seed}: ${v}`);
    assert.ok(Math.max(...numbers.map(Math.abs)) > 3.66); // the tail was met
  }
});

test("one and two numbers can be shuffled as well", () => {
  assert.deepEqual(permutations(0, 2, 1), [[0], [0]]);
  assert.deepEqual(permutations(3, 1, 2)[0].sort(), [0, 1]);
});
