// The page shuffles as NumPy does (NNLIB_FIXTURE), so that a new seed there is Python's seed too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { permutations } from "../../nnlib/widgets/js/numpy.js";

const { shuffles } = JSON.parse(readFileSync(process.env.NNLIB_FIXTURE, "utf8"));

test("permutations are those of default_rng(seed)", () => {
  for (const [seed, rows] of Object.entries(shuffles))
    assert.deepEqual(permutations(Number(seed), rows.length, 64), rows, `seed ${seed}`);
});

test("one and two numbers can be shuffled as well", () => {
  assert.deepEqual(permutations(0, 2, 1), [[0], [0]]);
  assert.deepEqual(permutations(3, 1, 2)[0].sort(), [0, 1]);
});
