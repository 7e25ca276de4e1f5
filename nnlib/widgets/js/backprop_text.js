// The words of BackpropStepper: each line as a formula with its numbers, as a sentence, and the
// algorithm in the notation of the book.
import { ACTIVATIONS } from "./activations.js";
import { LOCKED, range } from "./backprop_record.js";
import { format, sub, sup } from "./format.js";

const layers = (l) => `^[(${l})]`;
const phiOf = (s, l) => ACTIVATIONS[l === s.sizes.length - 1 ? s.output : s.hidden].symbol;
const isSigmoid = (s, l) => (l === s.sizes.length - 1 ? s.output : s.hidden) === "sigmoid";

// A symbol of the formula that lights up with its number.
const symbols = {
  z: (n, l, j) => `<${n}z${l}_${j}|z_${j}${layers(l)}>`,
  a: (n, l, k) => (l ? `<${n}a${l}_${k}|a_${k}${layers(l)}>` : `<a0_${k}|x_${k}>`),
  w: (n, l, j, k) => `<${n}w${l}_${j}_${k}|w_[${j} ${k}]${layers(l)}>`,
  b: (n, l, j) => `<${n}b${l}_${j}|b_${j}${layers(l)}>`,
  d: (l, j) => `<d${l}_${j}|δ_${j}${layers(l)}>`,
  y: (j) => `<y${j}|y_${j}>`,
  by: (what) => `[∂C]/[∂${what}]`,
};
const { z, a, w, b, d, y, by } = symbols;
const GAP = '"\u2003"', LN = '"\u2009ln"';
const CROSS_ENTROPY = `−∑_j (y_j ${LN}(a_j) + (1 − y_j) ${LN}(1 − a_j))`;

// Terms of a sum on one row, or on rows of `most`.
function rows(head, terms, most, tail = "") {
  const parts = [];
  for (let i = 0; i < terms.length; i += most) parts.push(terms.slice(i, i + most).join(" + "));
  return parts.map((part, i) => `${i ? "&" : head}${i ? ` ${GAP}+ ` : ""}${part}${i + 1 < parts.length ? "" : tail}`);
}

function sumLines(s, { l, j, makes, uses }, narrow) {
  const n = makes[0][0] === "n" ? "n" : "", K = s.sizes[l - 1], most = narrow ? 2 : 4;
  const bias = uses.at(-1), nb = bias[0] === "n" ? "n" : "";
  const from = range(K, 1), input = (k) => `${l > 1 ? n : ""}a${l - 1}_${k}`;
  return [
    ...rows(`${z(n, l, j)} & = `, [...from.map((k) => `${w(n, l, j, k)} ${a(n, l - 1, k)}`), b(nb, l, j)], most),
    ...rows("& = ", [...from.map((k) => `{(${n}w${l}_${j}_${k})}·{(${input(k)})}`), `{(${bias})}`], most),
    `& = {${makes[0]}}`,
  ];
}

function activationLines(s, { l, j, makes }) {
  const n = makes[0][0] === "n" ? "n" : "", phi = phiOf(s, l), own = makes[0];
  const lines = [`${a(n, l, j)} & = ${phi}(${z(n, l, j)}) = ${phi}({${n}z${l}_${j}}) = {${own}}`];
  if (n) return lines;
  const slope = `<s${l}_${j}|${phi}′(${z("", l, j)})>`;
  return [...lines, isSigmoid(s, l) ? `${slope} & = ${a("", l, j)} (1 − ${a("", l, j)}) = {s${l}_${j}}`
    : `${slope} & = {s${l}_${j}}`, '& "the slope, kept for the way back"'];
}

function costLines(s, { l, makes }, narrow) {
  const n = makes[0][0] === "n" ? "n" : "", K = s.y.length, from = range(K, 1), own = makes[0];
  const factor = { quadratic: "1/2", mse: K > 1 ? `1/${K}` : "" }[s.cost];
  const lines = s.cost === "cross-entropy" ? [
    `C & = ${CROSS_ENTROPY}`,
    ...from.map((j) => `& ${j > 1 ? GAP : "= "}− ({y${j}} ${LN}({${n}a${l}_${j}}) `
      + `+ (1 − {y${j}}) ${LN}(1 − {${n}a${l}_${j}}))`),
  ] : [
    `C & = ${factor}${K > 1 ? " ∑_j" : ""} (${K > 1 ? "a_j" : a(n, l, 1)} − ${K > 1 ? "y_j" : y(1)})^2`,
    ...rows("& = ", from.map((j) => `${K > 1 ? "" : factor}({${n}a${l}_${j}} − {(y${j})})^2`), narrow ? 1 : 2)
      .map((line, i, all) => (K === 1 || !factor ? line
        : `${i ? line : line.replace("= ", `= ${factor} (`)}${i + 1 < all.length ? "" : ")"}`)),
  ];
  if (!n) return [...lines, `& = {${own}}`];
  return [`"new\u2002" ${lines[0]}`, ...lines.slice(1), `& = {nC}`,
    `"change" & = ${narrow ? "" : "{nC} − {C} = "}{dC}`, `"predicted" & = −η ∑ (${by("w")})^2 = {pC}`];
}

function errorLines(s, { l, j, part }, narrow) {
  const phi = phiOf(s, l), slope = `<s${l}_${j}|${phi}′(${z("", l, j)})>`, own = `d${l}_${j}`;
  const end = `& = {(e${l}_${j})}·{s${l}_${j}} = {${own}}`;
  if (part === "BP2") {
    const after = range(s.sizes[l + 1], 1), most = narrow ? 2 : 4, one = after.length === 1;
    const [open, close] = one ? ["", ""] : ["(", ")"];
    return [
      ...rows(`${d(l, j)} & = ${open}`,
        after.map((i) => `${d(l + 1, i)} ${w("", l + 1, i, j)}`), most, `${close} ${slope}`),
      ...rows(`& = ${open}`,
        after.map((i) => `{(d${l + 1}_${i})}·{(w${l + 1}_${i}_${j})}`), most, `${close}·{s${l}_${j}}`),
      ...(one ? [`& = {${own}}`] : [end]),
    ];
  }
  const A = a("", l, j), Y = y(j), numbers = `({a${l}_${j}} − {(y${j})})`, K = s.y.length;
  if (s.cost === "cross-entropy")
    return [`${d(l, j)} & = ${by(`a_${j}`)} ${slope}`, `& = [${A} − ${Y}]/[${A}(1 − ${A})] ${A}(1 − ${A})`,
      `& = ${A} − ${Y}`, `& = {a${l}_${j}} − {(y${j})} = {${own}}`, '& "the slope has cancelled"'];
  const factor = s.cost === "mse" ? (K > 1 ? `2/${K}` : "2") : "";
  const chain = `${d(l, j)} & = ${by(`a_${j}`)} ${slope}`, known = `= ${factor}(${A} − ${Y}) ${slope}`;
  return [...(narrow ? [chain, `& ${known}`] : [`${chain} ${known}`]),
    `& = ${factor}${factor ? "·" : ""}${numbers}·{s${l}_${j}}`, end];
}

function updateLines({ kind, l, j, k }) {
  const at = kind === "w" ? `${l}_${j}_${k}` : `${l}_${j}`;
  const symbol = kind === "w" ? w("", l, j, k) : b("", l, j);
  const plain = (kind === "w" ? `w_[${j} ${k}]` : `b_${j}`) + layers(l);
  return [`"new\u2002" ${symbol} & = ${symbol} − <eta|η> ${by(plain)}`,
    `& = {(${kind}${at})} − {eta}·{(g${kind}${at})}`, `& = {n${kind}${at}}`];
}

const KINDS = {
  z: sumLines, a: activationLines, C: costLines, d: errorLines,
  gb: (s, { l, j }) => [`${by(`b_${j}${layers(l)}`)} & = ${d(l, j)}`, `& = {gb${l}_${j}}`],
  gw: (s, { l, j, k }) => [`${by(`w_[${j} ${k}]${layers(l)}`)} & = ${a("", l - 1, k)} ${d(l, j)}`,
    `& = {(a${l - 1}_${k})}·{(d${l}_${j})} = {gw${l}_${j}_${k}}`],
  w: (s, line) => updateLines(line), b: (s, line) => updateLines(line),
};

// In the view of the matrices: the equation of the whole layer, with the shapes under it.
function shapes(s, { kind, part, l }) {
  const row = (i) => `(1, ${s.sizes[i]})`, W = (i) => `(${s.sizes[i]}, ${s.sizes[i - 1]})`, n = s.sizes[l - 1];
  const at = (i) => `^[(${i})]`, x = l > 1 ? `A${at(l - 1)}` : "X", T = `^[(${l})T]`;
  const [equation, under] = {
    z: [`Z${at(l)} & = ${x} W${T} + b${at(l)}`, `${row(l)} & = ${row(l - 1)} (${n}, ${s.sizes[l]}) + ${row(l)}`],
    a: [`A${at(l)} & = φ(Z${at(l)})`, `${row(l)} & = ${row(l)}`],
    BP1: [`D${at(l)} & = ∇_A C ⊙ φ′(Z${at(l)})`, `${row(l)} & = ${row(l)} ⊙ ${row(l)}`],
    BP2: [`D${at(l)} & = (D${at(l + 1)} W${at(l + 1)}) ⊙ φ′(Z${at(l)})`,
      `${row(l)} & = ${row(l + 1)} ${part === "BP2" ? W(l + 1) : ""} ⊙ ${row(l)}`],
    gb: [`G_b${at(l)} & = D${at(l)}`, `${row(l)} & = ${row(l)}`],
    gw: [`G_W${at(l)} & = D${T} ${x}`, `${W(l)} & = (${s.sizes[l]}, 1) ${row(l - 1)}`],
    w: [`"new\u2002" W${at(l)} & = W${at(l)} − η G_W${at(l)}`, `${W(l)} & = ${W(l)} − ${W(l)}`],
    b: [`"new\u2002" b${at(l)} & = b${at(l)} − η G_b${at(l)}`, `${row(l)} & = ${row(l)} − ${row(l)}`],
  }[kind === "d" ? part : kind] ?? [];
  return equation ? [equation, under] : [];
}

// The line that has just been done, with its numbers; before the first, what is given.
export function formulaOf(s, r, narrow) {
  const list = (names) => names.map((name) => `{${name}}`).join(", ");
  if (r.line) return [...(s.view === "matrices" ? shapes(s, r.line) : []), ...KINDS[r.line.kind](s, r.line, narrow)];
  return [`x & = (${list(s.x.map((_, k) => `a0_${k + 1}`))})`, `y & = (${list(s.y.map((_, j) => `y${j + 1}`))})`,
    "η & = {eta}"];
}

// Labels of the numbers, in plain text.
export function labelOf(name) {
  if (name === "eta") return "η";
  if (/^n?C$/.test(name)) return name === "C" ? "C" : "new C";
  const [, n, letter, l, j, k] = /^(n?)([a-z]+?)(\d)(?:_(\d))?(?:_(\d))?$/.exec(name);
  if (letter === "y") return `y${sub(l)}`;
  const index = `${sub(j)}${k ? sub(k) : ""}${sup(l)}`;
  const words = { d: `δ${index}`, s: `φ′(z${index})`, e: `∂C/∂a${index}`, gw: `∂C/∂w${index}`,
    gb: `∂C/∂b${index}`, qw: `measured ∂C/∂w${index}`, qb: `measured ∂C/∂b${index}`, p: `w${index} a${sub(k)}` };
  return (n ? "new " : "") + (words[letter] ?? (letter === "a" && l === "0" ? `x${sub(j)}` : `${letter}${index}`));
}

const number = (v) => format(v);
const SAY = {
  z: ({ l, j }) => `neuron ${j} of layer ${l} adds its weighted ${l > 1 ? "activations" : "inputs"} and its bias`,
  a: ({ l, j }, s) => `${phiOf(s, l)} makes it the activation of neuron ${j} of layer ${l}`,
  C: ({ part }) => `how wrong is the output${part === "cost" ? "" : " now"}`,
  BP1: ({ j }) => `the error of output ${j}: how C changes with its z`,
  BP2: ({ l, j }) => `the errors of layer ${l + 1} come back through the weights to neuron ${j} of layer ${l}`,
  gb: ({ l, j }) => `the gradient of bias ${j} of layer ${l} is the error itself`,
  gw: ({ l, j, k }) => `what comes in, times the error of where it goes: from ${k} to ${j}, layer ${l}`,
  w: ({ l, j, k }) => `a step against the gradient, for the weight from ${k} to ${j} of layer ${l}`,
  b: ({ l, j }) => `a step against the gradient, for bias ${j} of layer ${l}`,
};
const result = ({ makes }, r) => `${labelOf(makes[0])} = ${number(r.values[makes[0]])}`;

// The lines for the player: what each says, and what it lights.
export const steps = (s, r) => r.lines.map((line) => ({
  say: SAY[line.kind === "d" ? line.part : line.kind](line, s),
  lit: [...line.makes.slice(0, 1), ...line.uses],
}));

export function summary(s, r) {
  const shape = s.sizes.join("-");
  if (!r.line) return `A ${shape} network with its input; nothing is computed yet.`;
  return `Step ${s.step} of ${r.lines.length}, ${r.line.part}: ${result(r.line, r)}.`;
}

// ---- the algorithm ----
// entry: for one neuron or weight; rows: for a whole layer, one example a row, as the code has it.
const quadratic = { quadratic: "1/2 ∑_j (a_j − y_j)^2", mse: "1/K ∑_j (a_j − y_j)^2",
  "cross-entropy": CROSS_ENTROPY };
const L1 = "^[(l+1)]", L0 = "^[(l)]", LM = "^[(l−1)]";
export const ALGORITHM = [
  { part: "forward", name: "Forward", loop: "l = 1…L", kinds: [
    { kind: "z", entry: `z_j${L0} = ∑_k w_[j k]${L0} a_k${LM} + b_j${L0}`,
      rows: `Z${L0} = A${LM} W^[(l)T] + b${L0}` },
    { kind: "a", entry: `a_j${L0} = φ(z_j${L0})`, rows: `A${L0} = φ(Z${L0})` }] },
  { part: "cost", name: "Cost", kinds: [{ kind: "C", cost: quadratic }] },
  { part: "BP1", name: "BP1", kinds: [
    { kind: "d", entry: "δ_j^[(L)] = [∂C]/[∂a_j] φ′(z_j^[(L)])",
      rows: "D^[(L)] = ∇_a C ⊙ φ′(Z^[(L)])" }] },
  { part: "BP2", name: "BP2", loop: "l = L−1…1", kinds: [
    { kind: "d", entry: `δ_k${L0} = (∑_j δ_j${L1} w_[j k]${L1}) φ′(z_k${L0})`,
      rows: `D${L0} = (D${L1} W${L1}) ⊙ φ′(Z${L0})` }] },
  { part: "BP3", name: "BP3", loop: "l = L…1", kinds: [
    { kind: "gb", entry: `[∂C]/[∂b_j${L0}] = δ_j${L0}`, rows: `G_b${L0} = D${L0}` }] },
  { part: "BP4", name: "BP4", loop: "l = L…1", kinds: [
    { kind: "gw", entry: `[∂C]/[∂w_[j k]${L0}] = a_k${LM} δ_j${L0}`, rows: `G_W${L0} = D^[(l)T] A${LM}` }] },
  { part: "update", name: "Update", loop: "l = L…1", kinds: [
    { kind: "w", entry: `w_[j k] ← w_[j k] − η [∂C]/[∂w_[j k]]`, rows: `W${L0} ← W${L0} − η G_W${L0}` },
    { kind: "b", entry: `b_j ← b_j − η [∂C]/[∂b_j]`, rows: `b${L0} ← b${L0} − η G_b${L0}` }] },
  { part: "forward again", name: "Again", kinds: [{ kind: "again", words: "forward with the new weights" }] },
];

// What the present part of the round shows.
export function insight(s, r) {
  const count = r.lines.filter(({ kind }) => kind === "d").length;
  const gradients = r.lines.filter(({ kind }) => kind === "gb" || kind === "gw").length;
  const slope = r.line?.makes.concat(r.line.uses).find((name) => name[0] === "s");
  if (slope && r.values[slope] < LOCKED)
    return "The slope is below 0.05: a padlock, almost nothing of an error passes back through this neuron.";
  if (!r.line) return "Press ▸ for one line of arithmetic at a time. Every dashed number can be dragged.";
  return {
    forward: "Forward: from layer to layer. Each z and a is kept, the way back needs them.",
    cost: "One number says how wrong the output is. Which weights made it so, and how much?",
    BP1: "δ answers it for each output neuron: how fast C grows with its z.",
    BP2: "No new sum over the whole network: the δ of the layer to the right is used again.",
    BP3: "A bias counts once in z, so its gradient is δ.",
    BP4: `Each weight: what came in, a, times the δ of the neuron it leads to. ${count} errors, each `
      + `computed once, give all ${gradients} gradients.`,
    update: "Every weight takes its step against its gradient. All gradients belong to the old weights.",
    "forward again": "The same input with the new weights. What was computed with the old ones is gone.",
    "cost again": r.values.dC < 0 ? "The cost has fallen, by about as much as the gradient predicted."
      : "The cost has not fallen: the step was too long for the slope to hold.",
  }[r.line.part];
}
