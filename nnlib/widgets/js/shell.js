// The frame of every widget. HOW TO WRITE A WIDGET
//
// 1. Python: nnlib/widgets/NAME.py, a class with `kind`, its traits, `predict`, caption() and table().
// 2. JavaScript: js/NAME.js, one call of widget({...}), named in js/index.js. It describes:
//      python, title     the Python class; a few words for the head
//      state             the traits that make the picture; undo, reset and the copies carry them
//      data              further traits that the picture needs and does not change
//      check(s, data)    true if such a state can be drawn (a link or half a change may not be)
//      shape(s)          the body is built anew when this value changes (another number of inputs)
//      compute(s, data) => r   every computed number, from these alone, without DOM
//      numbers(s, r)     { w1: spec, z: spec }, as in numbers.js; `result: true` marks what is guessed
//      presets           [{ name, set, look }]: what to set, and what to look for
//      looks             names of the state that only say how it is looked at (may be left out)
//      predict           { number: "a", ask: "What will a be?" }, or a function of s and r that gives it
//      about(s)          what the guess depends on: a change of the rest keeps it (may be left out)
//      steps(s, r)       [{ say, lit: ["w1", "x1"] }]: the calculation, one line at a time
//      step              the number of the state that counts its lines, where it is part of the picture
//      summary(s, r)     one sentence for a screen reader
//      code(s, r)        lines of Python after the call
//      call(python, s, usual, data)   that call, where it is not usual(python, s)
//      follow(s, before) the state after a change by hand, where one brings another (may be left out)
//      report(s, r)      traits that Python is told when a change has settled (may be left out)
//      build(ui, s)      { main, controls, side, more }: lists of elements; at most 6 controls
// 3. build uses ui.slider("w1"), ui.select("activation", "φ", { value: text }), ui.number("z"),
//      ui.toggle("derivative", "label"), ui.button("text", f), ui.caption((s, r, masked) => text),
//      ui.formula((s, r, narrow) => lines), ui.player(steps, options), ui.set(patch), ui.now(), ui.result(),
//      ui.live(node, (s, r) => ...) for what else is kept at the present state, ui.later(f, ms) for
//      a function that runs f once, ms after its last call, ui.work(due, slice, busy)
//      ui.picture({ label, height, draw(pen, box, s, r), map }).
//      In draw, plot.js and net.js help, and pen.put(tag, key, attrs, text), pen.number("z", key,
//      attrs), pen.handle(key, plot, ["x1", "x2"]), pen.grip(tag, key, attrs, { down, move, up, tap, press })
//      for what pointer and keys do to anything else; pen.change({ x1: 2 }), pen.set({ x: [2, 1] }).
// 4. Whatever carries data-name or data-link="w1" lights up together. The class nnb-result hides a part
//      of a picture while the reader guesses. There is one way to draw: read the model, compute, draw;
//      a change goes through store.set and is drawn at once, Python hears of it a little later.
// 5. A test in Chromium for each feature; tests/browser/test_neuron.py shows how.
import { createControls } from "./controls.js";
import { h } from "./dom.js";
import { createFields } from "./fields.js";
import { createFrames } from "./frames.js";
import { createGuess, createMore, createPresets, createSteps } from "./frame.js";
import { createGestures } from "./gestures.js";
import { createLife } from "./life.js";
import { createPalette, createPicture } from "./picture.js";
import { createPlayer } from "./player.js";
import { addressOf, same } from "./share.js";
import { createStore } from "./store.js";

// The render function of a widget, for JupyterLab and for the page; it returns the clean-up.
export function widget(def) {
  return ({ model, el, page }) => {
    const life = createLife();
    try {
      createView(def, model, el, page, life);
    } catch (error) {
      life.end();
      throw error;
    }
    return life.end;
  };
}

function createView(def, model, el, page, life) {
  const root = h("section", { class: "nnb", "aria-label": def.title });
  let drawers = [], shape, width = 0, body = createLife();
  life.signal.addEventListener("abort", () => body.end());
  const view = {
    root, life, model, draw,
    address: page?.name ? addressOf(page.name) : null,
    onDraw: (f) => drawers.push(f),
    narrow: () => width < 440,
    masked: () => guess.masked(),
    stepNames: () => steps.names(),
    // What the functions that f calls want to do at each drawing.
    collect(f) {
      const outer = drawers;
      drawers = [];
      f();
      const inner = drawers;
      drawers = outer;
      return inner;
    },
    // A new beginning: a preset or the initial state.
    restart(state) {
      view.fields.forgetRanges();
      steps.restart();
      view.store.set(state);
      view.store.settle();
    },
    follow: (s) => def.follow?.(s, view.s) ?? s,
    press: (key) => (key.toLowerCase() === "r" ? (reset(), true) : steps.press(key)),
  };
  view.store = createStore({ model, keys: def.state, data: def.data, life, onChange: changed, onSettle: settled });
  view.fields = createFields(view);
  view.gestures = createGestures(view);
  view.colour = createPalette(view);
  view.button = createControls(view).button;
  view.undo = () => { view.fields.forgetRanges(); view.store.undo(); };

  const reset = () => view.restart(view.store.initial);
  const undoButton = view.button("Undo", view.undo);
  const resetButton = view.button("Reset", reset);
  const presets = createPresets(view, def.presets, def.looks);
  const guess = createGuess(view, def.predict, def.about);
  const steps = createSteps(view, def.steps, def.step);
  const more = createMore(view, def);
  const main = h("div"), side = h("div");
  const live = h("p", { class: "nnb-sr", role: "status" });
  view.announce = life.throttle(() => {
    live.textContent = guess.masked() ? "The result is hidden until you guess it."
      : def.summary(view.s, view.r);
  }, 1000);

  function build() {
    body.end();
    body = createLife();
    const inner = Object.assign(Object.create(view), { life: body });
    const player = (steps, options) => {
      const { node, draw: show } = createPlayer(body, root, steps, options);
      inner.onDraw(show);
      return node;
    };
    const work = (due, slice, busy) => inner.onDraw(createFrames(body, root, due, slice,
      (on) => root.setAttribute("aria-busy", String(on && busy()))));
    const picture = (spec) => createPicture(inner, spec);
    const running = (on) => { view.store.running = on; }; // what changes meanwhile is undone as one
    const ui = { ...createControls(inner), picture, player, work, running, redraw: draw, later: body.debounce };
    drawers = view.collect(() => {
      const parts = def.build(ui, view.s);
      if (parts.controls.length > 6) throw new Error("more than 6 controls are visible");
      const controls = h("div", { class: "nnb-controls" }, parts.controls);
      main.replaceChildren(...parts.main, controls, steps.node);
      side.replaceChildren(...(parts.side ?? []));
      more.controls.replaceChildren(...(parts.more ?? []));
    });
  }
  function draw() {
    const s = view.store.read(), data = view.store.data();
    if (!def.check(s, data)) return; // half of a change: the other half is on its way
    const r = def.compute(s, data);
    Object.assign(view, { s, r, numbers: def.numbers(s, r) });
    const rebuilt = shape !== def.shape(view.s);
    if (rebuilt) build();
    shape = def.shape(view.s);
    root.toggleAttribute("data-masked", guess.masked());
    for (const f of drawers) f(view.s, view.r);
    for (const part of [presets, guess, steps]) part.draw();
    undoButton.disabled = !view.store.canUndo();
    resetButton.disabled = same(view.s, view.store.initial);
    if (rebuilt) view.gestures.relight(true);
  }
  function changed() {
    guess.forget();
    draw();
  }
  function settled() {
    if (def.report) view.store.report(def.report(view.s, view.r));
    view.address?.write(view.s, view.store.initial);
    undoButton.disabled = !view.store.canUndo();
    view.announce();
  }
  function followAddress() {
    const patch = view.address.read(view.s);
    if (!patch || !def.check({ ...view.s, ...patch }, view.store.data())) return;
    view.restart({ ...view.s, ...patch });
    root.scrollIntoView({ block: "nearest" });
  }

  root.append(
    h("header", { class: "nnb-head" }, h("strong", {}, def.title),
      h("div", { class: "nnb-row" }, guess.toggle, undoButton, resetButton)),
    ...presets.nodes, ...guess.nodes, h("div", { class: "nnb-body" }, main, side), more.node, live);
  el.replaceChildren(root);
  draw();
  life.observe(ResizeObserver, () => {
    const narrow = view.narrow();
    width = main.clientWidth;
    if (narrow !== view.narrow()) draw();
  }, root);
  if (view.address) {
    followAddress();
    life.listen(window, "hashchange", followAddress);
  }
}
