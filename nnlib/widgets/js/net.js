// Networks: nodes with values, edges whose width is the weight's size and whose dash is its sign.

// 0.75 to 6 pixels, with one reference for the whole widget.
const edgeWidth = (w, reference) => 0.75 + 5.25 * Math.min(1, Math.abs(w) / reference);

// One connection from a to b, each { x, y, r }; `link` names the number that it stands for.
export function edge(pen, key, a, b, w, reference, link, opacity = 1) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const ux = (b.x - a.x) / length, uy = (b.y - a.y) / length;
  pen.put("line", key, {
    class: "nnb-edge", "data-link": link, "data-sign": w < 0 ? "neg" : "pos",
    x1: a.x + ux * a.r, y1: a.y + uy * a.r, x2: b.x - ux * b.r, y2: b.y - uy * b.r,
    "stroke-width": edgeWidth(w, reference), opacity: w === 0 ? 0.35 * opacity : opacity,
  });
}

// A circle with a number inside and its symbol beside it, dx and dy from the centre.
export function node(pen, key, place) {
  const { x, y, r, name, label, dx = 0, dy = 0, anchor = "middle", shift = 0 } = place;
  pen.put("circle", `${key}-disc`, { class: "nnb-node", cx: x, cy: y, r, "data-link": name });
  pen.number(name, key, { x, y: y + 4.5 + shift, "text-anchor": "middle" });
  pen.put("text", `${key}-label`,
    { class: "nnb-label", x: x + dx, y: y + dy, "text-anchor": anchor, "data-link": name }, label);
}

// "w₁ = 1.5", with the equals sign at x.
export function numberLabel(pen, name, x, y) {
  const text = `${pen.label(name)} =`;
  pen.put("text", `${name}-is`,
    { class: "nnb-label", x: x - 1, y, "text-anchor": "end", "data-link": name }, text);
  pen.number(name, `${name}-label`, { x: x + 4, y });
}
