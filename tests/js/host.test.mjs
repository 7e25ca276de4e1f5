// The model that a static page gives to its widgets.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createLife } from "../../nnlib/widgets/js/life.js";
import { makeModel, revive } from "../../nnlib/widgets/js/page.js";
import { createStore } from "../../nnlib/widgets/js/store.js";

test("the model tells of changes, and of nothing else", () => {
  const model = makeModel({ w: [1, 2], b: 0 });
  const heard = [];
  const listen = (event) => { const f = () => heard.push(event); model.on(event, f); return f; };
  const onW = listen("change:w");
  ["change:b", "change"].forEach(listen);
  model.set("w", [1, 2]);
  assert.deepEqual(heard, []);
  model.set({ w: [3, 4], b: 1 });
  assert.deepEqual(heard, ["change:w", "change:b", "change"]);
  assert.deepEqual([model.get("w"), model.get("b")], [[3, 4], 1]);
  model.off("change:w", onW);
  model.set("w", [0]);
  assert.deepEqual(heard.slice(3), ["change"]);
  model.save_changes();
  model.send({});
  model.off();
  model.set("b", 9);
  assert.equal(heard.length, 4);
});

test("bytes of Python arrive as a DataView", () => {
  const { bytes } = JSON.parse(readFileSync(process.env.NNLIB_FIXTURE, "utf8"), revive);
  assert.deepEqual([0, 1, 2].map((i) => bytes.getUint8(i)), [0, 60, 255]);
});

test("an echo of an older value does not undo what Python has not heard of yet", () => {
  const life = createLife();
  const model = makeModel({ w: 0, predict: false });
  const store = createStore({ model, keys: ["w"], life, onChange() {}, onSettle() {} });
  store.set({ w: 1 }); // told at once
  store.set({ w: 2 }); // waits its turn
  model.set("w", 1); // the answer to the first
  assert.equal(model.get("w"), 2);
  store.save.flush();
  model.set("w", 5); // Python's own wish
  assert.equal(model.get("w"), 5);
  life.end();
});
