// sin and exp, computed to 160 binary places and rounded once: every browser gives the same digits.
// Math.sin and Math.exp may differ in the last one, and a quotient by a tiny h would show it.

const ONE = 1n << 160n;
const fixed = (x) => BigInt(Math.trunc(x * 2 ** 160));

// first + second + ..., each made from the one before, until nothing is added.
function series(first, next) {
  let sum = first;
  for (let term = first, k = 1n; (term = next(term, k)); k++) sum += term;
  return Number(sum) / 2 ** 160;
}

// Both for arguments of a few units at most.
export function exp(x) {
  const v = fixed(x);
  return series(ONE, (term, k) => ((term * v) >> 160n) / k);
}
export function sin(x) {
  const v = fixed(x), square = (v * v) >> 160n;
  return series(v, (term, k) => ((-term * square) >> 160n) / (2n * k * (2n * k + 1n)));
}
