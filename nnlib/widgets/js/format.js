// Numbers as text: three significant digits, a real minus sign, no leap of width while dragging.

const MINUS = "\u2212";
const SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹";
// 10 to the n-th as it is written behind "10".
export const power = (n) => (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((d) => SUPER[d]).join("");
// A power of ten: 10⁻³; 1 for n = 0.
export const tenTo = (n) => (n ? `10${power(n)}` : "1");
const decimals = (step) => String(step).split(".")[1]?.length ?? 0;

function digits(v, significant) {
  if (v === 0) return (0).toFixed(significant - 1);
  const [mantissa, power10] = v.toExponential(significant - 1).split("e"), exponent = Number(power10);
  if (exponent < -3 || exponent > 5)
    return `${mantissa}·10${power(exponent)}`;
  return v.toFixed(Math.max(0, significant - 1 - exponent));
}

// v to `significant` digits; a multiple of `step` is shown with the step's decimals instead: 1.5, −2.0.
export function format(v, { significant = 3, step = 0 } = {}) {
  const size = Math.abs(v);
  const onGrid = step && size < 1e6 && Math.abs(size / step - Math.round(size / step)) < 1e-9;
  const text = onGrid ? size.toFixed(decimals(step)) : digits(size, significant);
  return (v < 0 && /[1-9]/.test(text) ? MINUS : "") + text;
}

// Indices and layers: w₁₂⁽³⁾.
export const sub = (n) => [...String(n)].map((d) => "₀₁₂₃₄₅₆₇₈₉"[d]).join("");
export const sup = (n) => `⁽${[...String(n)].map((d) => SUPER[d]).join("")}⁾`;

// The number that such a text shows.
export function parse(text) {
  const [mantissa, exponent] = text.replace(MINUS, "-").split("·10");
  const e = [...(exponent ?? "")].map((c) => (c === "⁻" ? "-" : SUPER.indexOf(c))).join("");
  return Number(mantissa) * 10 ** Number(e || 0);
}

// The multiple of `step` nearest to v, without the dust of binary fractions: 0.30000000000000004 is 0.3.
export const snap = (v, step) => Number((Math.round(v / step) * step).toFixed(decimals(step)));

const grouped = new Intl.NumberFormat("en-US");
// A whole number: 13,002.
export const whole = (n) => grouped.format(n);
