// Sliders, lists, switches, buttons, formulas and captions, each kept at the present state.
import { h, math, uid } from "./dom.js";
import { formula } from "./formula.js";
import { fromTrack, toTrack } from "./numbers.js";
import { same } from "./share.js";

const row = (link, label, ...rest) => h("div", { class: "nnb-control", "data-link": link }, label, rest);

export function createControls(view) {
  const { life, fields, store, onDraw } = view;

  function button(label, f, attrs = {}) {
    const node = h("button", { type: "button", ...attrs }, label);
    life.listen(node, "click", f);
    return node;
  }

  function slider(name) {
    const { label, title, unit, log } = fields.spec(name);
    const marks = () => fields.spec(name).marks ?? (log ? [] : [{ at: 0 }]);
    const id = uid();
    const input = h("input", { type: "range", id, step: "any", "data-slider": name });
    const ticks = marks().map(() => h("i"));
    const track = h("span", { class: "nnb-track" }, input, ticks);
    life.listen(input, "input", () =>
      fields.change({ [name]: fromTrack(fields.spec(name), Number(input.value)) }));
    life.listen(input, "change", store.settle);
    onDraw(() => {
      const value = toTrack(fields.spec(name), fields.value(name));
      const [min, max] = fields.range(name).map((end) => toTrack(fields.spec(name), end));
      const place = (v) => (max > min ? (v - min) / (max - min) : 0);
      if (Number(input.min) !== min || Number(input.max) !== max)
        Object.assign(input, { min, max });
      if (Number(input.value) !== value) input.value = value;
      input.setAttribute("aria-valuetext", fields.sliderAttrs(name)["aria-valuetext"]);
      track.dataset.sign = value < 0 && !log ? "neg" : "pos";
      track.style.setProperty("--at", place(value));
      track.style.setProperty("--zero", log ? 0 : Math.max(0, place(0)));
      marks().forEach(({ at, label: text = "", side }, i) => {
        const where = place(toTrack(fields.spec(name), at)), hidden = !(where >= 0 && where <= 1);
        ticks[i].hidden = hidden;
        if (hidden) return;
        ticks[i].style.setProperty("--mark", where);
        if (ticks[i].textContent !== text) ticks[i].textContent = text;
        if (side) ticks[i].dataset.side = side;
      });
    });
    const value = fields.bind(() => h("output", { class: "nnb-value", for: id }), name, false);
    return row(name,
      h("label", { for: id, title }, label, h("span", { class: "nnb-sr" }, title && `, ${title}`)),
      track, h("span", { class: "nnb-value" }, value, unit ? ` ${unit}` : null));
  }

  // options: { value: text }; change(value, s) gives the patch, get(s) the value that is chosen.
  function select(key, label, options, change = (v) => ({ [key]: v }), get = (s) => s[key]) {
    const id = uid();
    const node = h("select", { id },
      Object.entries(options).map(([value, text]) => h("option", { value }, text)));
    life.listen(node, "change", () => { store.set(change(node.value, view.s)); store.settle(); });
    onDraw((s) => { if (node.value !== String(get(s))) node.value = get(s); });
    return row(key, h("label", { for: id }, label), node);
  }

  function toggle(key, label, change = (v) => ({ [key]: v })) {
    const input = h("input", { type: "checkbox" });
    life.listen(input, "change", () => { store.set(change(input.checked, view.s)); store.settle(); });
    onDraw((s) => { input.checked = s[key]; });
    return h("label", { class: "nnb-toggle", "data-link": key }, input, label);
  }

  const number = (name) => fields.bind((attrs) => h("span", { class: "nnb-number", ...attrs }), name);

  function caption(text) {
    const node = h("p", { class: "nnb-caption" });
    onDraw((s, r) => {
      const now = text(s, r, view.masked());
      if (node.textContent !== now) node.textContent = now;
    });
    return node;
  }

  function formulaNumber(name, bracketed) {
    const node = fields.bind((attrs) => math("mn", attrs), name);
    if (!bracketed) return node;
    const [open, close] = ["(", ")"].map((sign) => math("mo", { stretchy: "false" }, sign));
    onDraw(() => {
      const display = fields.value(name) < 0 ? "" : "none";
      if (open.style.display !== display) open.style.display = close.style.display = display;
    });
    return math("mrow", {}, open, node, close);
  }
  // lines(s, r, narrow) in the notation of formula.js; built anew only when that text changes.
  function formulaView(lines) {
    const node = h("div", { class: "nnb-formula" });
    let text = null, inner = [];
    onDraw((s, r) => {
      const now = lines(s, r, view.narrow());
      if (!same(now, text)) {
        inner = view.collect(() => node.replaceChildren(formula(now, formulaNumber)));
        text = now;
        view.gestures.relight(true);
      }
      inner.forEach((f) => f(s, r));
    });
    return node;
  }
  const live = (node, f) => { onDraw(f); return node; };
  return { set: store.set, settle: store.settle, now: () => view.s, result: () => view.r,
    live, button, slider, select, toggle,
    number, caption, formula: formulaView };
}
