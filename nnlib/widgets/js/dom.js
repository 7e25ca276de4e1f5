// Elements of HTML, SVG and MathML, and a painter that keeps them between two drawings.

const SPACES = {
  html: "http://www.w3.org/1999/xhtml",
  svg: "http://www.w3.org/2000/svg",
  math: "http://www.w3.org/1998/Math/MathML",
};
const FOCUSABLE = ["input", "select", "button", "summary", "textarea", "a"];

function create(space, tag, attrs, children) {
  const node = document.createElementNS(SPACES[space], tag);
  for (const [key, value] of Object.entries(attrs ?? {})) setAttr(node, key, value);
  // JupyterLab takes the arrow keys unless the focused element itself carries this attribute.
  if (FOCUSABLE.includes(tag) || "tabindex" in (attrs ?? {}))
    node.setAttribute("data-lm-suppress-shortcuts", "true");
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

function setAttr(node, key, value) {
  if (value == null || value === false) node.removeAttribute(key);
  else node.setAttribute(key, value === true ? "" : value);
}

// h("button", { type: "button" }, "Reset"), and the same for SVG and MathML.
export const h = (tag, attrs, ...children) => create("html", tag, attrs, children);
export const svg = (tag, attrs, ...children) => create("svg", tag, attrs, children);
export const math = (tag, attrs, ...children) => create("math", tag, attrs, children);

let count = 0;
// An id that no other view on the page has.
export const uid = () => `nnb-${Date.now().toString(36)}-${++count}`;

// A painter of one SVG element. In each pass put(tag, key, attrs, text) makes or updates the element
// with that key, so that it keeps focus and drag; done() removes what was not put this time.
export function painter(root) {
  const kept = new Map();
  let last = null, seen = new Set();
  function put(tag, key, attrs = {}, text) {
    let item = kept.get(key);
    if (!item) {
      const node = svg(tag, "tabindex" in attrs ? { tabindex: attrs.tabindex } : {});
      kept.set(key, (item = { node, attrs: {}, text: undefined }));
      root.insertBefore(node, last ? last.nextSibling : root.firstChild);
    }
    for (const name of new Set([...Object.keys(item.attrs), ...Object.keys(attrs)]))
      if (item.attrs[name] !== attrs[name]) setAttr(item.node, name, attrs[name]);
    if (text !== undefined && text !== item.text) item.node.textContent = item.text = text;
    item.attrs = attrs;
    seen.add(key);
    return (last = item.node);
  }
  function done() {
    for (const [key, item] of kept)
      if (!seen.has(key)) { item.node.remove(); kept.delete(key); }
    last = null;
    seen = new Set();
  }
  return { put, done };
}
