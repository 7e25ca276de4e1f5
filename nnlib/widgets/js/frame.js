// The parts that every widget has: presets, "Predict first", steps, sharing, help, the live region.
import { h, uid } from "./dom.js";
import { format, parse } from "./format.js";
import { textOf } from "./numbers.js";
import { createPlayer } from "./player.js";
import { call as callOf, same } from "./share.js";

const KEYS = [
  ["Tab", "to the next control or number"],
  ["Arrows", "change it by one step; with Shift, or Page Up and Page Down, by ten"],
  ["Home, End", "to the ends of its range"],
  ["Ctrl+Z or ⌘Z", "undo"],
  ["R", "reset"],
  [". and ,", "one step of the calculation on, or back; Space plays"],
  ["Esc", "leave the figure"],
];
const write = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
  node.hidden = !text;
};

// Buttons that set a state and say what to look for, until the state changes (and after the guess).
// They leave alone what `looks` names, the part of the state that only says how it is looked at.
export function createPresets(view, presets, looks = []) {
  const { store, button } = view;
  const look = h("p", { class: "nnb-look", role: "status" });
  let chosen = null;
  const kept = () => Object.fromEntries(looks.map((key) => [key, view.s[key]]));
  const stateOf = (preset) => ({ ...store.initial, ...preset.set, ...kept() });
  const buttons = presets.map((preset) => button(preset.name, () => {
    chosen = preset;
    view.restart({ ...stateOf(preset), ...preset.set });
  }));
  function draw() {
    presets.forEach((preset, i) =>
      buttons[i].setAttribute("aria-pressed", String(same(view.s, stateOf(preset)))));
    if (chosen && !same(view.s, stateOf(chosen))) chosen = null;
    write(look, chosen && !view.masked() ? `Look for: ${chosen.look}` : "");
  }
  const attrs = { class: "nnb-row nnb-presets", role: "group", "aria-label": "Examples to try" };
  return { nodes: [h("div", attrs, buttons), look], draw };
}

// Hides the results until a guess is typed, then compares the two; a change of the state asks again.
// `predict`, { number, ask }, may be a function of s and r; `name: true` if the number is a name, as a
// digit is, and no size.
export function createGuess(view, predict, about) {
  const { life, model, store } = view;
  const asked = () => (typeof predict === "function" ? predict(view.s, view.r) : predict);
  const box = h("input", { type: "checkbox" });
  const toggle = h("label", { class: "nnb-toggle" }, box, "Predict first");
  const input = h("input",
    { type: "text", inputmode: "decimal", autocomplete: "off", size: 7, id: uid() });
  const question = h("label", { for: input.id });
  const form = h("form", { class: "nnb-guess" }, question, input, h("button", { type: "submit" }, "Show"));
  const answer = h("p", { class: "nnb-look", role: "status" });
  let guess = null, said = "", basis;

  life.listen(box, "change", () => {
    model.set("predict", box.checked);
    store.save();
    clear();
    view.draw();
  });
  life.listen(form, "submit", (event) => {
    event.preventDefault();
    const text = input.value.trim(), { whole } = view.numbers[asked().number];
    const plain = whole ? text.replace(/[,\s]/g, "") : text.replace(",", ".");
    const value = text ? parse(plain) : NaN;
    guess = Number.isFinite(value) ? value : null;
    basis = about?.(view.s);
    said = guess === null ? "Type a number first: any guess will do." : verdict();
    view.draw();
    view.announce();
  });
  function verdict() {
    const { number, name } = asked(), { whole, label } = view.numbers[number];
    const off = guess - view.fields.value(number);
    const size = textOf({ whole }, Math.abs(off)), typed = whole ? textOf({ whole }, guess) : guess;
    const wrong = name ? "" : ` ${size} too ${off > 0 ? "high" : "low"}.`;
    const how = Math.abs(off) < 0.0005 ? " That is it." : wrong;
    const truth = `${label}${name ? "" : " ="} ${view.fields.text(number)}`;
    return `You said ${typed}; it is ${truth}.${how} Change something to guess again.`
      .replaceAll("-", "−");
  }
  const masked = () => model.get("predict") && guess === null;
  function clear() {
    if (guess !== null) input.value = "";
    guess = null;
    said = "";
  }
  const forget = () => { if (!about || guess === null || !same(about(store.read()), basis)) clear(); };
  function draw() {
    box.checked = model.get("predict");
    form.hidden = !masked();
    write(question, asked().ask);
    write(answer, model.get("predict") ? said : "");
  }
  return { toggle, nodes: [form, answer], draw, masked, forget };
}

// The calculation one line at a time; steps(s, r) gives [{ say, lit }]. Where the state itself counts
// the lines done, `key` is that number: then the picture shows no more than these lines have made.
export function createSteps(view, steps, key) {
  const list = () => steps(view.s, view.r);
  let own = -1;
  const at = () => (key ? view.s[key] - 1 : Math.min(own, list().length - 1)); // fewer inputs, fewer lines
  const hidden = () => view.masked() && !key;
  const go = (i) => {
    own = Math.max(-1, Math.min(i, list().length - 1));
    if (key) view.store.set({ [key]: own + 1 });
    else draw();
  };
  const player = createPlayer(view.life, view.root, {
    step: () => go(at() + 1), back: () => go(at() - 1), restart: () => go(-1),
    atStart: () => at() < 0, atEnd: () => at() >= list().length - 1,
  });
  const say = h("p", { class: "nnb-say", role: key ? null : "status" });
  const node = h("div", { class: "nnb-steps" }, player.node, say);
  function draw() {
    node.hidden = hidden();
    const lines = list(), i = at();
    write(say, i < 0 ? "Follow the calculation step by step."
      : `${i + 1} of ${lines.length}: ${lines[i].say}.`);
    player.draw();
    view.gestures.relight(Boolean(key)); // a step has drawn elements that nothing has lit yet
  }
  const names = () => (at() < 0 || hidden() ? "" : list()[at()]?.lit.join(" ") ?? "");
  const restart = () => { player.stop(); if (!key) go(-1); };
  return { node, draw, names, press: player.press, restart };
}

// Under "More": further controls, the two copies, the keys.
export function createMore(view, { python, code, call = (name, s, usual) => usual(name, s) }) {
  const { button, address } = view;
  const note = h("p", { class: "nnb-look", role: "status" });
  const copied = h("pre", { hidden: true, tabindex: 0, role: "region", "aria-label": "Copied text" });
  const controls = h("div", { class: "nnb-more-controls" });
  async function copy(what, text) {
    copied.textContent = text;
    copied.hidden = false;
    try {
      await navigator.clipboard.writeText(text);
      note.textContent = `${what} copied.`;
    } catch {
      getSelection().selectAllChildren(copied);
      const done = document.execCommand("copy");
      note.textContent = done ? `${what} copied.` : `Select the ${what} below and copy it.`;
    }
  }
  const lines = () => ["from nnlib import widgets", "",
    `n = widgets.${call(python, view.s, callOf, view.store.data())}`, ...code(view.s, view.r), ""];
  const node = h("details", { class: "nnb-more" }, h("summary", {}, "More"), controls,
    h("div", { class: "nnb-row" },
      button("Copy Python", () => copy("Python", lines().join("\n"))),
      address ? button("Copy link", () => copy("link", address.link(view.s))) : null),
    note, copied,
    h("p", { class: "nnb-look" }, "Drag any underlined number sideways, or use the keys:"),
    h("dl", { class: "nnb-keys" }, KEYS.map(([key, text]) => [h("dt", {}, key), h("dd", {}, text)])));
  return { node, controls };
}
