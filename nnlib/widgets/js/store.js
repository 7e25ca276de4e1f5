// The state of one view. It lives in the model; here it is read, changed, settled and undone.
//
// A drag changes the state many times and settles once: settled states are what undo returns to.
// Python hears of a change at most every SYNC milliseconds, and again when it settles.
import { same } from "./share.js";

const SYNC = 80;
const SETTLE = 400; // a pause this long settles a change made with keys, by Python or in another view

export function createStore({ model, keys, data = [], life, onChange, onSettle }) {
  const get = (names) => Object.fromEntries(names.map((key) => [key, model.get(key)]));
  const read = () => get(keys);
  const initial = read();
  const past = [];
  let settled = initial, setting = false, planned = false;
  let unsaved = {}; // what Python has not heard of yet: its echo of an older value must not undo it

  const save = life.throttle(() => {
    unsaved = {};
    try { model.save_changes(); } catch { /* a host without a kernel: the picture is right all the same */ }
  }, SYNC);
  const settleSoon = life.debounce(() => store.held || store.running || settle(), SETTLE);

  function put(patch) {
    setting = true;
    for (const [key, value] of Object.entries(patch)) model.set(key, value);
    setting = false;
  }
  function set(patch) {
    put(patch);
    Object.assign(unsaved, patch);
    save();
    onChange();
    settleSoon();
  }
  function settle() {
    save.flush();
    const now = read();
    if (same(now, settled)) return;
    past.push(settled);
    settled = now;
    onSettle();
  }
  function undo() {
    settle();
    if (!past.length) return;
    settled = past.pop();
    set(settled);
    onSettle();
  }
  // From Python or from another view: drawn once, when all its parts have come.
  function incoming() {
    if (setting) return;
    put(unsaved);
    if (planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      if (life.signal.aborted) return;
      onChange();
      settleSoon();
    });
  }
  for (const key of [...keys, ...data, "predict"]) {
    model.on(`change:${key}`, incoming);
    life.signal.addEventListener("abort", () => {
      try { model.off(`change:${key}`, incoming); } catch { /* a host that cannot */ }
    });
  }
  const report = (patch) => { put(patch); save(); };
  const store = {
    report, read, data: () => get(data), set, save, settle, undo, initial,
    held: false, // true while a drag goes on
    running: false, // true while the state changes by itself
    canUndo: () => past.length > 0 || !same(read(), settled),
  };
  return store;
}
