// ChainNudge: a nudge runs down a chain of number lines. Each link scales it; each line shows it
// under a lens of its own; the measured ratios stand beside the derivatives, and multiply as they do.
import { ACTIVATIONS } from "./activations.js";
import { h } from "./dom.js";
import { format } from "./format.js";
import { widget } from "./shell.js";

const LEAST = 1e-5; // the smallest nudge, as in chain_nudge.py
const SECOND = ["v", "c"]; // the numbers of the second neuron
const CAN = ["w", "b", "x", ...SECOND]; // what can be nudged
const sigma = ACTIVATIONS.sigmoid.f;
const TITLE = {
  x: "input", w: "weight", b: "bias", v: "second weight", c: "second bias", z: "weighted input",
  a: "activation", z2: "second weighted input", a2: "second activation", C: "cost",
};
const symbol = (key) => key.replaceAll("2", "₂");
const tex = (key) => key.replace("2", "_2");
const curved = (far) => far === "a" || far === "a2";
const outOf = ({ links }) => (links === 2 ? "a2" : "a");
const pathOf = ({ of, links }) =>
  [of, ...(SECOND.includes(of) ? [] : ["z", "a"]), ...(links === 2 ? ["z2", "a2"] : []), "C"];
const linksOf = (path) => path.slice(1).map((far, i) => ({ near: path[i], far }));

// What a link's derivative is, in the notation of formula.js; that of a bias is 1.
const RULES = {
  "w z": "<x|x>", "x z": "<w|w>", "a z2": "<v|v>", "v z2": "<a|a>",
  "z a": "<a|a> (1 − <a|a>)", "z2 a2": "<a2|a_2> (1 − <a2|a_2>)",
  "a C": "<a|a> − <y|y>", "a2 C": "<a2|a_2> − <y|y>",
};
const ruleOf = ({ near, far }) => (RULES[`${near} ${far}`] ? `${RULES[`${near} ${far}`]} = ` : "");
const plain = (rule) => rule.replace(/<\w+\||>/g, "").replaceAll("_2", "₂");

function compute(s) {
  const { links, x, w, b, v, c, y, of, nudge } = s;
  const z = w * x + b, a = sigma(z), z2 = v * a + c, a2 = sigma(z2);
  const old = { x, w, b, v, c, z, a, z2, a2 };
  old.C = (old[outOf(s)] - y) ** 2 / 2;
  const path = pathOf(s), chain = linksOf(path);
  const by = { w: x, x: w, b: 1, v: a, a: v, c: 1 };
  const slopes = Object.fromEntries(chain.map(({ near, far }) => [far,
    far === "C" ? old[near] - y : curved(far) ? sigma(old[near]) * sigma(-old[near]) : by[near]]));

  // The changes that a nudge makes, each to its last digit: none is a difference of rounded numbers.
  function changesBy(first) {
    const changes = { [of]: first };
    for (const { near, far } of chain) {
      const d = changes[near], from = old[near];
      changes[far] = far === "C" ? d * (from - y + d / 2)
        : curved(far) ? -Math.expm1(-d) * sigma(from + d) * sigma(-from) : d * slopes[far];
    }
    return changes;
  }
  const changes = changesBy(nudge);
  const ratios = Object.fromEntries(chain.map(({ near, far }) =>
    [far, changes[near] ? changes[far] / changes[near] : null])); // null: 0/0
  const promised = { [of]: nudge }; // what the derivatives alone make of the nudge
  for (const { near, far } of chain) promised[far] = promised[near] * slopes[far];
  return { old, path, chain, slopes, changesBy, changes, ratios, promised,
    dead: Object.values(ratios).includes(null), ratio: changes.C / nudge,
    product: Object.values(slopes).reduce((p, f) => p * f, 1) };
}

// Digits that tell the value before from the value after.
const digitsFor = (old, d) =>
  (d ? Math.min(12, Math.max(3, Math.ceil(Math.log10(Math.abs(old / d) + 1e-9)) + 2)) : 3);

function numbers(s) {
  const { old, path, chain, changes } = compute(s);
  const knob = (key) => ({ key, min: -5, max: 5, step: 0.1, label: key, title: TITLE[key] });
  const all = Object.fromEntries(CAN.map((key) => [key, knob(key)]));
  all.y = { key: "y", min: 0, max: 1, step: 0.05, label: "y", title: "target" };
  all.size = { key: "nudge", of: (r, { nudge }) => Math.abs(nudge), log: true, min: LEAST, max: 1,
    digits: 2, set: ({ nudge }, v) => ({ nudge: nudge < 0 ? -v : v }), label: "by",
    title: `size of the nudge of ${s.of}` };
  for (const key of ["z", "a", "z2", "a2", "C"])
    all[key] = { of: (r) => r.old[key], label: symbol(key), title: TITLE[key],
      digits: path.includes(key) ? digitsFor(old[key], changes[key]) : 3 };
  for (const key of path) {
    const result = key !== s.of;
    all[`new_${key}`] = { of: (r) => r.old[key] + r.changes[key], result, label: `new ${symbol(key)}`,
      digits: digitsFor(old[key], changes[key]), step: result ? 0 : 0.1 };
    all[`d_${key}`] = { of: (r) => r.changes[key], label: `Δ${symbol(key)}`, result };
  }
  for (const { near, far } of chain) {
    all[`r_${far}`] = { of: (r) => r.ratios[far], digits: 4, result: true,
      label: `Δ${symbol(far)}/Δ${symbol(near)}` };
    all[`s_${far}`] = { of: (r) => r.slopes[far], digits: 4,
      label: `∂${symbol(far)}/∂${symbol(near)}` };
  }
  all.ratio = { of: (r) => r.ratio, digits: 4, result: true, label: `ΔC/Δ${s.of}` };
  all.product = { of: (r) => r.product, digits: 4, result: true, label: `∂C/∂${s.of}` };
  return all;
}

const presets = [
  { name: "Shrink the nudge",
    set: { links: 1, x: 1.5, w: 0.8, b: -0.2, y: 0, of: "w", nudge: 0.5 },
    look: "each measured ratio misses its derivative a little. Slide the nudge down to 0.001: every "
      + "ratio becomes its derivative, and the solid path lands on the yellow marks." },
  { name: "A saturated neuron",
    set: { links: 1, x: 1.5, w: 4, b: 2, y: 0, of: "w", nudge: 0.1 },
    look: "z = 8 lies far out on the flat end of σ. The nudge reaches z at full size, and a hardly "
      + "moves: one small factor, a(1 − a), stops it for the whole chain." },
  { name: "A longer chain",
    set: { links: 2, x: 1.5, w: 0.8, b: -0.2, v: 2, c: -1, y: 0, of: "w", nudge: 0.1 },
    look: "five links, five factors. Each σ passes on at most a quarter, so the nudge of the first "
      + "weight arrives small. Now nudge v: its path is shorter." },
  { name: "The exact answer",
    set: { links: 1, x: 1, w: 1, b: -1, y: 0.5, of: "w", nudge: 0.5 },
    look: "a = y: the last derivative is 0, so the whole product is 0. The measured ratio is not yet, "
      + "for ½(a − y)² bends. Halve the nudge: the ratio halves too." },
];

const exact = (v) => format(v, { significant: 4 });
const wider = (v, d) => format(v, { significant: digitsFor(v, d) });

function steps({ of }, { old, chain, changes, ratios, slopes, ratio, product, dead }) {
  const nudged = { lit: [of, `new_${of}`, `d_${of}`, "size"],
    say: `${of} is nudged from ${wider(old[of], changes[of])} to `
      + `${wider(old[of] + changes[of], changes[of])}: Δ${of} = ${format(changes[of])}` };
  const link = (both) => {
    const { near, far } = both, [n, f] = [symbol(near), symbol(far)], rate = ratios[far] === null
      ? "no change arrives, so there is no ratio to measure"
      : `Δ${f}/Δ${n} = ${format(changes[far])} / ${format(changes[near])} = ${exact(ratios[far])}`;
    return { lit: [`d_${near}`, `d_${far}`, `r_${far}`, `s_${far}`],
      say: `${f} changes by ${format(changes[far])}: ${rate}; the derivative is `
        + `${plain(ruleOf(both))}${exact(slopes[far])}` };
  };
  const factors = chain.map(({ far }) => exact(ratios[far] ?? 0)).join(" · ");
  const all = chain.map(({ far }) => `r_${far}`);
  return [nudged, ...chain.map(link),
    { lit: [...chain.map(({ far }) => `s_${far}`), "product"],
      say: `multiply the derivatives: ∂C/∂${of} = ${exact(product)}` },
    { lit: [...all, "ratio", "d_C", `d_${of}`],
      say: dead ? `nothing reaches C: ΔC/Δ${of} = ${exact(ratio)}`
        : `multiply the ratios, and all but the first and the last change cancel: ${factors} `
          + `= ΔC/Δ${of} = ${exact(ratio)}` },
  ];
}

const summary = ({ of, nudge }, { ratio, product }) => `Nudge ${format(nudge)} of ${of}: measured `
  + `ΔC/Δ${of} = ${format(ratio)}, product of the derivatives ${format(product)}.`;

// ---- the formulas ----
function forward({ links }, r, narrow) {
  const out = outOf({ links });
  const straight = (z, w, x, b) => [[`<${z}|${tex(z)}>`, `${w} ${x} + ${b}`],
    [`{${w}}·{(${x})} + {(${b})}`, `{${z}}`]];
  const bent = (a, z) => [[`<${a}|${tex(a)}>`, `σ(${tex(z)})`], [`{${a}}`]];
  const lines = [
    straight("z", "w", "x", "b"), bent("a", "z"),
    ...(links === 2 ? [straight("z2", "v", "a", "c"), bent("a2", "z2")] : []),
    [["<C|C>", `[1]/[2] (${tex(out)} − y)^2`], [`[1]/[2] ({${out}} − {y})^2`, "{C}"]],
  ];
  return lines.flatMap(([law, now]) => {
    const [first, rest] = [law.join(" & = & "), now.join(" = ")];
    return narrow && now.length > 1 ? [first, `& = & ${rest}`] : [`${first} = ${rest}`];
  });
}

const fraction = (sign, { near, far }) => `[${sign} ${tex(far)}]/[${sign} ${tex(near)}]`;

// Each link's measured ratio beside its derivative; below it where long numbers leave no room.
function comparison({ of, nudge, links }, { chain, changes, slopes, ratios }, narrow) {
  const long = chain.some(({ far }) => [slopes[far], changes[far]].some((v) => v && Math.abs(v) < 1e-3));
  const measured = (link) => {
    const { near, far } = link, parts = narrow && !long ? "" : `[{d_${far}}]/[{d_${near}}] = `;
    const rate = ratios[far] === null ? '"0/0"' : `${parts}{r_${far}}`;
    return `<r_${far}|${fraction("Δ", link)}> & = & ${rate}`;
  };
  const derived = (link) => {
    const { near, far } = link, short = curved(far) && (narrow || links === 2);
    const rule = short ? `σ′(<${near}|${tex(near)}>) = ` : ruleOf(link);
    return `<s_${far}|${fraction("∂", link)}> & = & ${rule}{s_${far}}`;
  };
  return [`<size|Δ ${of}> & = & ${nudge < 0 ? "−" : ""}{size}`, ...chain.flatMap((link) =>
    (narrow && long ? [measured(link), derived(link)]
      : [`${measured(link)} & "\u2002" & ${derived(link)}`]))];
}

// The two products; the result stands on a line of its own where the factors fill one.
function products({ of }, { chain, dead }, narrow) {
  const product = (sign, name, letter) => {
    const factors = chain.map(({ far }, i) => (i ? `·{(${letter}_${far})}` : `{${letter}_${far}}`));
    const rows = narrow ? [factors.slice(0, 3), factors.slice(3)] : [factors, []];
    rows[rows[1].length || narrow || factors.length > 3 ? 1 : 0].push(` = {${name}}`);
    const [first, second] = rows.map((row) => row.join(""));
    const start = `<${name}|${fraction(sign, { near: of, far: "C" })}> & = &`;
    if (dead && letter === "r") return [`${start} {${name}}`];
    return [`${start} ${first}`, ...(second ? [`& & ${second}`] : [])];
  };
  return [...product("Δ", "ratio", "r"), ...product("∂", "product", "s")];
}

function apart({ ratio, product }) {
  if (ratio === product) return "the same";
  return product ? `${format(100 * Math.abs(ratio / product - 1), { significant: 2 })} % apart`
    : `${format(Math.abs(ratio))} apart`;
}

function told({ of }, { chain, dead }) {
  if (dead)
    return "The nudge stops on its way: a link of exactly 0 passes nothing on, and 0/0 is no ratio.";
  const between = chain.slice(0, -1).map(({ far }) => `Δ${symbol(far)}`);
  return `The measured ratios multiply to ΔC/Δ${of} exactly, at any size of the nudge: `
    + `${between.join(", ").replace(/, ([^,]*)$/, " and $1")} each stand once above and once below, `
    + "and cancel.";
}

// ---- the picture ----
const PITCH = 80, TOP = 52, FOOT = 96; // from line to line; above the first, below the last
const REACH = 1.2; // a nudge of 0.5 under the lens ×1 has 0.6 of the room to one side
const LENSES = [1000, ...[2, 1, 0, -1, -2].flatMap((e) => [5, 2, 1].map((k) => k * 10 ** e))];
const sign = (v) => (v < 0 ? "neg" : "pos");
const diamond = (x, y) => `M${x} ${y - 9}l7 9l-7 9l-7 -9z`;

// The lens of the first line, and those of the others as multiples of it: the strongest under which
// their changes fit.
function lensesOf({ nudge }, { path, changes, promised }) {
  const strongest = (key) => {
    const size = Math.max(Math.abs(changes[key]), Math.abs(promised[key]));
    return size && LENSES.find((k) => size * k * REACH * 0.5 <= Math.abs(nudge));
  };
  const first = 0.5 / Math.abs(nudge);
  return Object.fromEntries(path.map((key, i) => [key, first * (i && strongest(key) || 1)]));
}

// The number lines, and what runs between them. `changes` is what of the nudge is drawn, `lenses` how.
function drawChain(pen, width, s, r, { changes, lenses, held }) {
  const { path, chain, old, promised } = r, narrow = width < 400, middle = width / 2;
  const unit = REACH * (middle - (narrow ? 84 : 128)); // pixels of 1 under the lens ×1
  const lensOf = (key) => lenses[key] ?? 1; // while a drag goes on, a longer chain may come
  const shift = (v, lens) => Math.max(-middle, Math.min(middle, v * lens * unit));
  const Y = (i) => TOP + i * PITCH, last = Y(path.length - 1);
  const words = (key, x, y, anchor, text, link) => pen.put("text", key,
    { class: "nnb-tick nnb-halo", x, y, "text-anchor": anchor, "data-link": link }, text);
  const number = (name, key, x, y, anchor, more = "") => pen.number(name, key,
    { class: `nnb-num nnb-halo${more}`, x, y, "text-anchor": anchor });
  const line = (key, x1, x2, y1, y2, attrs) =>
    pen.put("line", key, { class: "nnb-scale", x1, x2, y1, y2, ...attrs });

  function header() {
    const title = { class: "nnb-title", y: 17 };
    pen.put("path", "by-mark", { class: "nnb-mark", d: diamond(8, 12) });
    pen.put("text", "by", { ...title, x: 20 }, narrow ? "derivative" : "by the derivatives");
    pen.put("circle", "real-dot", { class: "nnb-landed", cx: width - 6, cy: 12, r: 5 });
    pen.put("text", "real", { ...title, x: width - 17, "text-anchor": "end" }, "measured");
  }

  // From one line to the next: the change stretched by the link at one scale, and a cone where the
  // scale changes: after it to a stronger lens, before it to a weaker one.
  function link({ near, far }, y, end) {
    const from = lensOf(near), to = lensOf(far), cone = Math.abs(from / to - 1) < 1e-9 ? 0 : 22;
    const stronger = to > from, cut = stronger || !cone ? end - cone : y + cone;
    const corners = (all) => [[shift(all[near], from), y],
      [stronger ? shift(all[far], from) : shift(all[cone ? near : far], to), cut],
      [shift(all[far], to), end]].map(([x, at]) => [(middle + x).toFixed(2), at]);
    const way = (points) => points.map((point) => point.join(" ")).join("L");
    const now = corners(changes), both = { "data-sign": sign(changes[far]) };
    const area = (key, [p, q]) => pen.put("path", `${key}-${far}`, { ...both,
      class: `nnb-${key} nnb-result`, "data-link": `r_${far} s_${far}`,
      d: `M${middle} ${p[1]}L${way([p, q])}L${middle} ${q[1]}Z` });
    const parts = [now.slice(0, 2), now.slice(1)];
    if (cone) area("lens", parts[stronger ? 1 : 0]);
    area("stretch", parts[stronger || !cone ? 0 : 1]);
    pen.put("path", `promise-${far}`,
      { class: "nnb-promise nnb-result", d: `M${way(corners(promised))}` });
    pen.put("path", `flow-${far}`, { ...both, class: "nnb-flow nnb-result", d: `M${way(now)}` });
    for (const [name, x, anchor] of [[`s_${far}`, 0, "start"], [`r_${far}`, width, "end"]]) {
      words(`${name}-is`, x, y + 41, anchor, pen.label(name), name);
      if (name[0] === "r" && r.ratios[far] === null) words(name, x, y + 59, anchor, "0/0");
      else number(name, name, x, y + 59, anchor);
    }
  }

  // Strokes at round values, 0.1 apart under the lens ×1, 0.01 under ×10; each fifth is longer.
  function strokes(key, y) {
    const lens = lensOf(key), step = 10 ** (-1 - Math.floor(Math.log10(lens) + 1e-9));
    const centre = old[key] / step, apart = step * lens * unit, every = apart < 7 ? 5 : 1;
    const reach = (x) => Math.ceil(centre + (x - middle) / apart);
    for (let k = reach(28); k < reach(width - 4); k++) {
      const x = middle + (k - centre) * apart, half = k % 5 ? 3 : 6;
      if (k % every === 0) line(`stroke-${key}-${k}`, x, x, y - half, y + half);
    }
  }

  // A value beside its point, on a plate that keeps the line away from it.
  function value(name, x, y, side, kind) {
    const wide = 9 * pen.text(name).length + 6;
    const start = Math.min(width - wide, Math.max(wide, x + 11 * side));
    pen.put("rect", `plate-${name}`,
      { class: `nnb-plate${kind}`, x: side < 0 ? start - wide : start, y: y - 9, width: wide, height: 18 });
    number(name, `v-${name}`, start + 3 * side, y + 5, side < 0 ? "end" : "start", kind);
  }

  function numberLine(key, y, first) {
    const lens = lensOf(key), now = middle + shift(changes[key], lens), d = r.changes[key];
    const mark = middle + shift(promised[key], lens), kind = first ? "" : " nnb-result";
    const side = d < 0 ? -1 : 1, both = { "data-sign": sign(d) };
    line(`line-${key}`, 26, width - 2, y, y);
    strokes(key, y);
    line(`change-${key}`, middle, now, y, y,
      { ...both, class: `nnb-change${kind}`, "data-link": `d_${key}` });
    pen.put("circle", `old-${key}`, { class: "nnb-open", cx: middle, cy: y, r: 5, "data-link": key });
    if (first) end(key, now, y, lens);
    else {
      pen.put("path", `mark-${key}`, { class: "nnb-mark nnb-result", d: diamond(mark, y) });
      pen.put("circle", `new-${key}`, { ...both, class: "nnb-landed nnb-result", cx: now, cy: y, r: 4,
        "data-link": `new_${key} d_${key}` });
    }
    pen.put("text", `name-${key}`,
      { class: "nnb-label nnb-title", x: 0, y: y + 5, "data-link": key }, symbol(key));
    value(key, middle, y, -side, "");
    value(`new_${key}`, side * Math.max(side * now, side * mark), y, side, kind);
    const strength = Number(lens.toPrecision(3)).toLocaleString("en-US");
    words(`lens-of-${key}`, 0, y + 20, "start", `${narrow ? "" : "lens "}×${strength}`);
    const room = 9 * pen.text(`d_${key}`).length + 4;
    words(`d-${key}-is`, width - room, y + 20, "end", `Δ${symbol(key)} =`, `d_${key}`);
    number(`d_${key}`, `d-${key}`, width, y + 20, "end");
  }

  // The end of the nudge can be dragged, also to the other side.
  function end(key, x, y, lens) {
    const nudge = (px) => {
      const v = Number(((px - middle) / (lens * unit)).toPrecision(2));
      return Math.abs(v) < LEAST ? Math.sign(v || 1) * LEAST : Math.max(-1, Math.min(1, v));
    };
    pen.grip("circle", `new-${key}`, { class: "nnb-landed nnb-handle nnb-push", cx: x, cy: y, r: 8,
      "data-sign": sign(s.nudge), "data-link": "size", ...pen.slider("size") }, {
      down: () => held(lenses), up: () => held(null),
      move: (px) => pen.set({ nudge: nudge(px) }), press: (event) => pen.press("size", event),
    });
  }

  function totals(y) {
    line("sum", 0, width, y, y);
    for (const [name, x, anchor, more] of
      [["product", 0, "start", ", product of the derivatives"], ["ratio", width, "end", ", measured"]]) {
      words(`${name}-is`, x, y + 20, anchor, `${pen.label(name)}${narrow ? "" : more}`, name);
      number(name, name, x, y + 44, anchor, " nnb-total");
    }
    pen.put("text", "apart", { class: "nnb-tick nnb-result", x: middle, y: y + (narrow ? 20 : 43),
      "text-anchor": "middle" }, apart(r));
  }

  header();
  chain.forEach((both, i) => link(both, Y(i), Y(i + 1)));
  line("before", middle, middle, Y(0), last, { class: "nnb-guide" });
  path.forEach((key, i) => numberLine(key, Y(i), i === 0));
  totals(last + 36);
}

// The picture, and the two things that buttons do to it: apply the nudge, and turn it round.
function createChain(ui) {
  let part = 1, turn = 0, kept = null, pen = null; // part: how much of the nudge is drawn
  const held = (lenses) => { kept = lenses; pen.redraw(); }; // a drag keeps the lenses it began with
  const node = ui.picture({
    label: (s, r, masked) => (masked ? "the chain" : `the chain; ${summary(s, r)}`),
    height: (width, s) => TOP + PITCH * (pathOf(s).length - 1) + FOOT,
    draw(now, { width }, s, r) {
      pen = now;
      const lenses = kept ?? lensesOf(s, r), changes = r.changesBy(s.nudge * part);
      drawChain(pen, width, s, r, { changes, lenses, held });
    },
  });
  function apply() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches, mine = ++turn;
    let begun = null;
    const frame = (now) => {
      if (mine !== turn) return;
      begun ??= now;
      const p = Math.min(1, (now - begun) / 700);
      part = still ? Number(p === 1) : p * p * (3 - 2 * p);
      pen.redraw();
      if (p < 1) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }
  return { node, apply, turn: () => ui.set({ nudge: -ui.now().nudge }) };
}

function build(ui) {
  const picture = createChain(ui);
  const nudged = Object.fromEntries(CAN.map((key) => [key, `${key}, ${TITLE[key]}`]));
  const chains = { 1: "one neuron: z, a, C", 2: "two in a row: z, a, z₂, a₂, C" };
  const ofChain = (links, { of }) =>
    ({ links: Number(links), of: links === "1" && SECOND.includes(of) ? "w" : of });
  return {
    main: [
      ui.select("of", "nudge", nudged, (of, s) => ({ of, links: SECOND.includes(of) ? 2 : s.links })),
      ui.slider("size"),
      picture.node,
      h("div", { class: "nnb-row" }, ui.button("Apply the nudge", picture.apply),
        ui.button("Turn it round (±)", picture.turn)),
      ui.caption(() => "Grey cones are lenses: × says how strongly each line is magnified."),
    ],
    controls: [
      ui.select("links", "chain", chains, ofChain), ui.slider("w"), ui.slider("x"), ui.slider("y"),
    ],
    side: [ui.formula(forward), ui.formula(comparison), ui.formula(products), ui.caption(told)],
    more: [ui.slider("b"), ui.slider("v"), ui.slider("c")],
  };
}

const check = ({ links, x, w, b, v, c, y, of, nudge }) =>
  [1, 2].includes(links) && [x, w, b, v, c].every((value) => Math.abs(value) <= 10)
  && y >= 0 && y <= 1 && CAN.includes(of) && (links === 2 || !SECOND.includes(of))
  && Math.abs(nudge) >= LEAST && Math.abs(nudge) <= 1;

const chain_nudge = widget({
  python: "ChainNudge",
  title: "A nudge runs down the chain",
  state: ["links", "x", "w", "b", "v", "c", "y", "of", "nudge"],
  shape: () => 0,
  check, compute, numbers, presets, steps, summary, build,
  predict: { number: "ratio",
    ask: "Multiply the derivatives: what will the measured ratio be? Your guess:" },
  code: () => ["n.ratios, n.derivatives", "n.ratio, n.product"],
});
export default chain_nudge;
