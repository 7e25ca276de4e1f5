// Elements that show a number of the state, and the ways to change one: drag, keys, sliders.
//
// An element with data-name shows the number, data-value is its full value; data-scrub can be dragged.
import { afterDrag, afterKey, patchOf, textOf, toTrack, valueOf, widen } from "./numbers.js";
import { same } from "./share.js";

export function createFields(view) {
  const ranges = new Map(); // number -> the range that its slider has grown to
  const spec = (name) => view.numbers[name];
  const value = (name) => valueOf(spec(name), view.s, view.r);
  const hidden = (name) => spec(name).result && view.masked();
  const text = (name) => (hidden(name) ? "?" : textOf(spec(name), value(name)));
  const editable = (name) => Boolean(spec(name).key);

  function range(name) {
    const { min, max } = spec(name);
    const grown = widen(ranges.get(name) ?? [min, max], value(name));
    ranges.set(name, grown);
    return grown;
  }
  // Set several numbers at once: change({ x1: 0.5, x2: -1 }).
  function change(values) {
    const next = { ...view.s };
    for (const [name, v] of Object.entries(values)) Object.assign(next, patchOf(spec(name), next, v));
    if (!same(next, view.s)) view.store.set(view.follow(next));
  }
  function attrs(name) {
    return {
      "data-name": name,
      "data-value": hidden(name) ? null : String(value(name)),
      "data-sign": hidden(name) ? null : value(name) < 0 ? "neg" : "pos",
      "data-scrub": editable(name) ? "" : null,
      "data-of": view.r.stamp ?? null, // the state that it was computed from, where a widget says so
    };
  }
  function sliderAttrs(name) {
    const [min, max, now] = [...range(name), value(name)].map((v) => toTrack(spec(name), v));
    const { label, title, unit } = spec(name);
    return {
      role: "slider", "aria-label": title ?? label, "aria-valuemin": min, "aria-valuemax": max,
      "aria-valuenow": now, "aria-valuetext": `${label} = ${text(name)}${unit ? ` ${unit}` : ""}`,
    };
  }
  // Keeps `node` at the number's present value; make(attrs) has made it.
  function bind(make, name, focusable = editable(name)) {
    const node = make(focusable ? { tabindex: 0 } : {});
    const kept = {};
    view.onDraw(() => {
      const now = { ...attrs(name), ...(focusable ? sliderAttrs(name) : {}) };
      for (const [key, v] of Object.entries(now)) {
        if (kept[key] === v) continue;
        if (v === null) node.removeAttribute(key);
        else node.setAttribute(key, v);
        kept[key] = v;
      }
      if (kept.text !== text(name)) node.textContent = kept.text = text(name);
    });
    return node;
  }
  // The change that a drag makes: a function of the pointer's x.
  function scrub(name, x) {
    const start = value(name), limits = range(name);
    return (event) => change({ [name]: afterDrag(spec(name), start, limits, event.clientX - x) });
  }
  // True if the key changed the number.
  function press(name, event, limits = range(name)) {
    const v = afterKey(spec(name), value(name), limits, event);
    if (v !== undefined) change({ [name]: v });
    return v !== undefined;
  }
  const forgetRanges = () => ranges.clear();
  return { spec, value, text, range, change, attrs, sliderAttrs, bind, scrub, press, forgetRanges };
}
