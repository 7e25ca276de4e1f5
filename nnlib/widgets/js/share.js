// A widget's state as the end of an address, "#name:w=1.5,-2&b=0.5", and as Python.

export const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
const text = (v) => (Array.isArray(v) ? v.join(",") : typeof v === "boolean" ? Number(v) : v);

export const encode = (name, state) => `#${name}:` + Object.entries(state)
  .map(([key, v]) => `${key}=${encodeURIComponent(text(v)).replaceAll("%2C", ",")}`).join("&");

const LIMIT = 1e6; // as in base.py

// The value that a word stands for, of the same type as `like`; undefined where it is none.
function read(word, like) {
  const number = (t) => (t.trim() && Math.abs(Number(t)) <= LIMIT ? Number(t) : undefined);
  if (typeof like === "number") return number(word);
  if (typeof like === "boolean") return { 0: false, 1: true }[word];
  if (!Array.isArray(like)) return word;
  if (!word) return [];
  if (typeof like[0] === "string") return word.split(",");
  const list = word.split(",").map(number);
  return list.includes(undefined) ? undefined : list;
}

// The part of `state` that the hash changes, or null if the hash is not for this name or is damaged.
export function decode(hash, name, state) {
  if (!hash.startsWith(`#${name}:`)) return null;
  const patch = {};
  for (const part of hash.slice(name.length + 2).split("&")) {
    const [key, word = ""] = part.split("=");
    if (!Object.hasOwn(state, key)) return null;
    try { patch[key] = read(decodeURIComponent(word), state[key]); } catch { return null; }
    if (patch[key] === undefined) return null;
  }
  return patch;
}

// The address follows the state of the widget called `name`: { write(state, initial), read(state) }.
export function addressOf(name) {
  const mine = () => location.hash.startsWith(`#${name}:`);
  const replace = (address) => {
    try { history.replaceState(history.state, "", address); } catch { /* a page that may not */ }
  };
  return {
    write(state, initial) {
      if (!same(state, initial)) replace(encode(name, state));
      else if (mine()) replace(location.pathname + location.search);
    },
    read: (state) => decode(location.hash, name, state),
    link: (state) => location.href.split("#")[0] + encode(name, state),
  };
}

function literal(v) {
  if (typeof v === "boolean") return v ? "True" : "False";
  return typeof v === "string" ? JSON.stringify(v) : JSON.stringify(v).replaceAll(",", ", ");
}

// A call that makes this widget again: Neuron(w=[1.5, -2], b=0.5).
export const call = (name, state) =>
  `${name}(${Object.entries(state).map(([key, v]) => `${key}=${literal(v)}`).join(", ")})`;
