// Formulas as native MathML in which each number is an element of its own.
//
// The notation is a line of text:  "<w1|w_1> x_1 + b & = & {w1}·{(x1)} + {b}"
//   {w1} the number w1; {(w1)} the same, in brackets while it is negative
//   a_b a^b scripts, φ′ a prime, [a]/[b] a fraction, [a b] a group, "words", & the next column
//   <w1|w_1> a symbol that lights up together with the number w1
import { math } from "./dom.js";

const TOKEN = /\s*(\{\(?\w+\)?\}|<\w+\||"[^"]*"|\p{L}+|\d+(?:\.\d+)?|.)/uy;

function tokens(text) {
  TOKEN.lastIndex = 0;
  const list = [];
  for (let m; TOKEN.lastIndex < text.trimEnd().length && (m = TOKEN.exec(text)); ) list.push(m[1]);
  return list;
}

function group(list, close, number) {
  const items = [];
  while (list.length && list[0] !== close) items.push(scripts(list, number));
  if (close && list.shift() !== close) throw new Error(`a formula lacks its "${close}"`);
  return items;
}

function scripts(list, number) {
  let base = atom(list, number);
  while (["_", "^", "′", "/"].includes(list[0])) {
    const sign = list.shift();
    if (sign === "′") base = math("msup", {}, base, math("mo", {}, "′"));
    else if (sign === "/") base = math("mfrac", {}, base, atom(list, number));
    else base = math(sign === "_" ? "msub" : "msup", {}, base, atom(list, number));
  }
  return base;
}

function atom(list, number) {
  const token = list.shift();
  if (token === "[") return math("mrow", {}, ...group(list, "]", number));
  if (token[0] === "{" && token.length > 1)
    return number(token.replace(/[{()}]/g, ""), token[1] === "(");
  if (token[0] === "<" && token.length > 1)
    return math("mrow", { "data-link": token.slice(1, -1) }, ...group(list, ">", number));
  if (token[0] === '"') return math("mtext", {}, token.slice(1, -1));
  if (/^\d/.test(token)) return math("mn", {}, token);
  if (/^\p{L}/u.test(token)) return math("mi", {}, token);
  return math("mo", token === "(" || token === ")" ? { stretchy: "false" } : {}, token);
}

// A table of lines; number(name, bracketed) gives the element of a number.
export function formula(lines, number) {
  const rows = lines.map((line) => math("mtr", {}, ...line.split("&").map((cell) =>
    math("mtd", {}, ...group(tokens(cell), undefined, number)))));
  // a group, because what has the role of math hides its parts, and these can be changed
  const attrs = { class: "nnb-math", display: "block", role: "group", "aria-label": "formula" };
  return math("math", attrs, math("mtable", { displaystyle: "true" }, ...rows));
}
