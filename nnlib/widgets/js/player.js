// Play, step, back and restart for anything that goes by steps. It never starts by itself, pauses out
// of sight, and where motion is unwelcome "play" makes one step.
import { h, svg } from "./dom.js";
import { createFrames } from "./frames.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4];
const PACE = 1200; // milliseconds a step at speed 1: time to read one line
const NAMES = { restart: "Back to the start", back: "One step back (,)", play: "Play (Space)",
  pause: "Pause (Space)", next: "One step on (.)" };
const ICONS = {
  restart: "M3 2v12M14 2L6 8l8 6z", back: "M12 2L4 8l8 6z", play: "M4 2l9 6-9 6z",
  pause: "M4 2v12M6 2v12M11 2v12M13 2v12", next: "M2 2l8 6-8 6zM13 2v12",
};
const icon = (name) => svg("svg", { viewBox: "0 0 16 16", class: "nnb-icon", "aria-hidden": "true" },
  svg("path", { d: ICONS[name] }));

// steps = { step(), back(), restart(), atStart(), atEnd() }; returns { node, draw, stop, press }.
// Another pace and other names are for a second player in the same figure. What runs by itself has `flow`
// instead of a pace: flow(ms) is called in each frame until it says false, rest() at a pause; where motion
// is unwelcome "play" is jump(). No `speeds`: no choice of one.
export function createPlayer(life, root, steps, options = {}) {
  const { pace = PACE, names = NAMES, speeds = SPEEDS, flow, rest, jump = steps.step } = options;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let timer = null, visible = true, shown = null;
  const button = (name, f) => {
    const node = h("button", { type: "button", "aria-label": names[name], title: names[name] }, icon(name));
    life.listen(node, "click", f);
    return node;
  };
  const restart = button("restart", () => { stop(); steps.restart(); });
  const back = button("back", () => { stop(); steps.back(); });
  const play = button("play", toggle);
  const next = button("next", () => { stop(); steps.step(); });
  const speed = h("select", { "aria-label": "Speed" },
    speeds.map((v) => h("option", { value: v, selected: v === 1 }, `${v}×`)));
  const node = h("div", { class: "nnb-player" }, restart, back, play, next, speeds.length > 0 && speed);

  const wake = flow && createFrames(life, root, () => timer !== null, (ms) => {
    if (flow(Math.min(100, ms) * Number(speed.value || 1)) === false || steps.atEnd()) stop();
  });
  function stop() {
    if (timer !== null) rest?.();
    life.cancel(timer);
    timer = null;
    draw();
  }
  function start() {
    if (!flow) return tick();
    timer = 0;
    wake();
    draw();
  }
  function tick() {
    if (visible && !document.hidden) steps.step();
    if (steps.atEnd()) return stop();
    timer = life.later(tick, pace / Number(speed.value));
    draw();
  }
  function toggle() {
    if (timer !== null) return stop();
    if (steps.atEnd()) steps.restart();
    if (still.matches) jump();
    else start();
  }
  function draw() {
    restart.disabled = back.disabled = steps.atStart();
    next.disabled = steps.atEnd();
    const name = timer === null ? "play" : "pause";
    if (name === shown) return;
    shown = name;
    play.setAttribute("aria-label", names[name]);
    play.replaceChildren(icon(name));
  }
  const keys = { ".": () => next.click(), ",": () => back.click(), " ": toggle };
  const press = (key) => Boolean(keys[key]) && (keys[key](), true); // true if the key was the player's
  life.observe(IntersectionObserver, (entries) => { visible = entries.at(-1).isIntersecting; }, root);
  return { node, draw, stop, press };
}
