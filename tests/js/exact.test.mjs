// sin and exp against values of Python that are rounded once (NNLIB_FIXTURE): equal to the last digit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { exp, sin } from "../../nnlib/widgets/js/exact.js";

const { exact } = JSON.parse(readFileSync(process.env.NNLIB_FIXTURE, "utf8"));

for (const [name, f] of Object.entries({ exp, sin }))
  test(`${name} is correctly rounded`, () => {
    exact.x.forEach((x, i) => assert.equal(f(x), exact[name][i], `${name}(${x})`));
  });

test("they are right where little is left: at 0 and close to it", () => {
  for (const x of [0, 1e-16, -1e-16, 3e-20]) assert.equal(sin(x), x);
  assert.deepEqual([exp(0), exp(1e-17), exp(2.3e-16)], [1, 1, 1 + Number.EPSILON]);
});
