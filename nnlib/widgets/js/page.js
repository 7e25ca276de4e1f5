// The host of a static page: gives every widget found there a model without a kernel, and draws it.
import render from "./index.js";

const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

// The part of anywidget's model that the widgets use.
export function makeModel(state) {
  const data = { ...state };
  const listeners = new Map();
  const emit = (event, ...args) => [...(listeners.get(event) ?? [])].forEach((f) => f(...args));
  return {
    get: (key) => data[key],
    set(key, value) {
      const changed = Object.entries(typeof key === "object" ? key : { [key]: value })
        .filter(([k, v]) => !same(data[k], v));
      for (const [k, v] of changed) data[k] = v;
      for (const [k, v] of changed) emit(`change:${k}`, this, v);
      if (changed.length) emit("change", this);
    },
    on(events, f) {
      for (const e of events.split(" ")) listeners.set(e, [...(listeners.get(e) ?? []), f]);
    },
    off(events, f) {
      for (const e of events ? events.split(" ") : listeners.keys())
        listeners.set(e, f ? (listeners.get(e) ?? []).filter((g) => g !== f) : []);
    },
    save_changes() {},
    send() {},
  };
}

// Bytes traits travel as {"$bytes": base64} and reach the widgets as a DataView, as in JupyterLab.
export function revive(key, value) {
  if (typeof value?.$bytes !== "string") return value;
  return new DataView(Uint8Array.from(atob(value.$bytes), (c) => c.charCodeAt(0)).buffer);
}

const models = new Map();

function mount(host) {
  if (host.dataset.nnbMounted) return;
  host.dataset.nnbMounted = "yes";
  const el = document.createElement("div");
  const fallback = host.querySelector(".nnb-fallback");
  host.insertBefore(el, fallback);
  try {
    const id = host.dataset.nnbModel;
    if (!models.has(id)) {
      const text = host.querySelector('script[type="application/json"]').textContent;
      models.set(id, makeModel(JSON.parse(text, revive)));
    }
    render({ model: models.get(id), el, page: { name: host.id } });
    if (fallback) fallback.hidden = true;
  } catch (error) {
    el.className = "nnb-error";
    el.setAttribute("role", "alert");
    el.textContent = `This live figure could not start (${error.message}). Its values stand below.`;
    console.error(error);
  }
}

const mountAll = () => document.querySelectorAll("[data-nnb-widget]").forEach(mount);

if (typeof document !== "undefined") {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mountAll);
  else mountAll();
}
