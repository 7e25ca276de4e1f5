// LossShowdown: the squared cost against cross-entropy, in a race of two neurons; then softmax and q − y.
import { h } from "./dom.js";
import { MOST, race } from "./loss_race.js";
import { shares } from "./loss_softmax.js";
import { widget } from "./shell.js";

const VIEWS = { race: { name: "Two neurons", ...race }, softmax: { name: "Softmax", ...shares } };
const call = (what) => (s, ...rest) => VIEWS[s.view][what](s, ...rest);

const presets = [
  { name: "Nearly right", set: { view: "race", w: 0.6, b: 0.9, eta: 0.15, steps: 0 },
    look: "press play. Both start at a = 0.82. The squared cost's slope carries the factor σ′ = 0.149, so it "
      + "sets off about seven times as slowly. Does it ever catch up?" },
  { name: "Terribly wrong", set: { view: "race", w: 2, b: 2, eta: 0.15, steps: 0 },
    look: "press play. Both answer 0.98 and should answer 0. One starts at its fastest; the other hardly moves, "
      + "because where the error is largest the sigmoid is flattest: a slope of 0.0173 against 0.982." },
  { name: "Many classes", set: { view: "softmax", z: [2, 1, -1, 0.5], T: 1, y: 0 },
    look: "the lowest bars are the middle ones less the dashed target. Only the true class has a negative slope, all "
      + "others a positive one, and they add to 0. Drag a score: all bars move." },
  { name: "Sure and wrong", set: { view: "softmax", z: [-3, 5, 0, 1, -2], T: 1, y: 0 },
    look: "the wrong class has nearly everything, and the slopes are nearly −1 and 1: as large as they can be. "
      + "Heat it with T, and it is less sure; cool it, and the loss grows." },
];

function tabs(ui) {
  const buttons = Object.entries(VIEWS).map(([view, { name }]) => {
    const button = ui.button(name, () => { ui.set({ view }); ui.settle(); });
    return ui.live(button, (s) => button.setAttribute("aria-pressed", String(s.view === view)));
  });
  return h("div", { class: "nnb-row nnb-tabs", role: "group", "aria-label": "View" }, buttons);
}

function build(ui, s) {
  const parts = VIEWS[s.view].build(ui);
  return { ...parts, main: [tabs(ui), ...parts.main] };
}

function check({ view, w, b, eta, steps, z, T, y }) {
  const whole = (v, low, high) => Number.isInteger(v) && v >= low && v <= high;
  return Object.hasOwn(VIEWS, view) && [w, b].every((v) => Math.abs(v) <= 3) && eta >= 0.005 && eta <= 1
    && whole(steps, 0, MOST) && whole(z.length, 3, 10) && z.every((v) => Math.abs(v) <= 6)
    && T >= 0.1 && T <= 5 && whole(y, 0, z.length - 1);
}

const numbers = (s, r) => ({
  eta: { key: "eta", log: true, min: 0.005, max: 1, label: "η", title: "learning rate",
    marks: [0.01, 0.1, 1].map((at) => ({ at, label: String(at) })) },
  ...VIEWS[s.view].numbers(s, r),
});

const loss_showdown = widget({
  python: "LossShowdown",
  title: "Two costs in a race",
  state: ["view", "w", "b", "eta", "steps", "z", "T", "y"],
  shape: ({ view }) => view,
  check, numbers, presets, build,
  compute: call("compute"), steps: call("steps"), summary: call("summary"),
  follow: (next, before) => (next.view === "race" ? race.follow(next, before) : next),
  predict: ({ view }) => (view === "race"
    ? { number: "nq", ask: "After how many steps will the squared cost's output be below 0.1? Your guess:" }
    : { number: "loss", ask: "What will the loss of the true class be? Your guess:" }),
  about: ({ view, w, b, eta, z, T, y }) => (view === "race" ? [view, w, b, eta] : [view, z, T, y]),
  code: ({ view }) => [view === "race" ? "n.start_errors, n.arrivals, n.now()" : "n.q, n.loss, n.gradient"],
});
export default loss_showdown;
