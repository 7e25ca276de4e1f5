// Pictures: an SVG drawn at its real size, so that 12 pixels of text are 12 pixels on a phone too.
import { h, painter, svg } from "./dom.js";
import { onGrid } from "./numbers.js";

// Colours of the present theme as [r, g, b], for canvases.
export function createPalette(view) {
  const { root, life } = view;
  let known = new Map();
  function colour(name) {
    if (!known.has(name)) {
      const context = h("canvas", { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
      context.fillStyle = getComputedStyle(root).getPropertyValue(`--nnb-${name}`).trim();
      context.fillRect(0, 0, 1, 1);
      known.set(name, [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)]);
    }
    return known.get(name);
  }
  const renew = () => { known = new Map(); view.draw(); };
  const filter = { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-light"] };
  for (const node of [document.documentElement, document.body])
    life.observe(MutationObserver, renew, node, filter);
  life.listen(matchMedia("(prefers-color-scheme: dark)"), "change", renew);
  return colour;
}

// spec = { label(s, r, masked), height(width, s, r), draw(pen, box, s, r), map }; with `map` there is a
// canvas under the drawing.
export function createPicture(view, { label, height, draw, map }) {
  const { life, fields, gestures } = view;
  const canvas = map ? h("canvas", { "aria-hidden": "true" }) : null;
  const image = svg("svg", { role: "group" });
  const node = h("div", { class: "nnb-picture" }, canvas, image);
  const { put, done } = painter(image);
  let width = 0, kept = "";

  // A number of the state as text; one that can be changed gets room for a finger around it.
  function number(name, key, attrs = {}) {
    const { x, y, "text-anchor": anchor = "start" } = attrs;
    if (fields.spec(name).key) {
      const left = anchor === "middle" ? x - 22 : anchor === "end" ? x - 40 : x - 4;
      put("rect", `${key}-room`, { class: "nnb-room", "data-scrub": "", "data-link": name,
        x: left, y: y - 18, width: 44, height: 26 });
    }
    return put("text", key, { class: "nnb-num", ...attrs, ...fields.attrs(name) }, fields.text(name));
  }
  // A point of a plot that can be dragged and moved with the arrow keys; each name may be null.
  function handle(key, plot, [across, up], attrs = {}) {
    const names = [across, up].filter(Boolean);
    const limits = { [across]: [plot.x0, plot.x1], [up]: [plot.y0, plot.y1] };
    const within = (name, v) => {
      const [low, high] = limits[name];
      return Math.min(high, Math.max(low, onGrid(fields.spec(name), v)));
    };
    const disc = put("circle", key, {
      class: "nnb-point nnb-handle", "data-handle": "", "data-link": names.join(" "), r: 8, tabindex: 0,
      cx: across ? plot.X(fields.value(across)) : 0, cy: up ? plot.Y(fields.value(up)) : 0,
      ...fields.sliderAttrs(names[0]),
      "aria-label": names.map((name) => fields.spec(name).title).join(" and "),
      "aria-valuetext": names.map((name) => `${fields.spec(name).label} = ${fields.text(name)}`).join(", "),
      ...attrs,
    });
    gestures.handles.set(disc, {
      move: (x, y) => fields.change({
        ...(across && { [across]: within(across, plot.x(x)) }), ...(up && { [up]: within(up, plot.y(y)) }),
      }),
      press: (event) => {
        const name = ["ArrowUp", "ArrowDown"].includes(event.key) ? up ?? across : across ?? up;
        return fields.press(name, event, limits[name]);
      },
    });
    return disc;
  }
  // An element that pointer and keys act on, with places in pixels of the picture.
  function grip(tag, key, attrs, acts) {
    const node = put(tag, key, { "data-handle": "", tabindex: 0, ...attrs });
    gestures.handles.set(node, { press: () => false, ...acts });
    return node;
  }
  const pen = {
    put, number, handle, grip, canvas, colour: view.colour, masked: view.masked,
    label: (name) => fields.spec(name).label,
    text: fields.text, press: fields.press, slider: fields.sliderAttrs,
    change: fields.change, set: view.store.set, now: () => view.s, redraw: () => redraw(),
  };

  function redraw() {
    if (!width) return;
    const { s, r } = view, tall = height(width, s, r);
    const now = `0 0 ${width} ${tall}`;
    if (kept !== now) {
      image.setAttribute("viewBox", now);
      image.style.height = `${tall}px`;
      kept = now;
    }
    image.setAttribute("aria-label", label(s, r, view.masked()));
    draw(pen, { width, height: tall }, s, r);
    done();
  }
  view.onDraw(redraw);
  life.observe(ResizeObserver, () => {
    if (width === node.clientWidth) return;
    width = node.clientWidth;
    redraw();
    gestures.relight(true);
  }, node);
  return node;
}
