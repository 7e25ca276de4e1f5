// The numbers of a widget: where each lives in the state, how it reads, how drag and keys change it.
//
// A number is described once: { key, i, min, max, step, label, title, unit, log, marks, free } for one
// that can be changed, { of: (r, s) => value, label, title, result } for one that is computed;
// set(s, v) gives the change where more of the state changes with it; `whole` numbers read 13,002,
// others show 3 digits, or `digits`, or so many `decimals`. marks are places on the slider's track,
// [{ at, label, side }], of which the number is fixed; `side`: "left" or "right" where two labels would meet.
import { format, snap, whole } from "./format.js";

export const valueOf = (spec, s, r) =>
  spec.of ? spec.of(r, s) : spec.i === undefined ? s[spec.key] : s[spec.key][spec.i];

export const patchOf = (spec, s, v) => (spec.set ? spec.set(s, v) :
  { [spec.key]: spec.i === undefined ? v : s[spec.key].map((old, i) => (i === spec.i ? v : old)) });

export const textOf = (spec, v) => (spec.whole ? whole(v)
  : spec.decimals ? format(Number(v.toFixed(spec.decimals)), { step: 10 ** -spec.decimals })
  : format(v, { step: spec.step && !spec.log ? spec.step : 0, significant: spec.digits }));

// The range that a slider must show so that v lies on it: doubled as often as needed.
export function widen([min, max], v) {
  while (v < min || v > max) {
    const more = max - min;
    if (min === -max) [min, max] = [2 * min, 2 * max];
    else if (v > max) max += more;
    else min -= more;
  }
  return [min, max];
}

// The value on the grid that drags keep to: a multiple of the step, or two digits.
export const onGrid = (spec, v) => (spec.log ? Number(v.toPrecision(2)) : snap(v, spec.step));

// Positions on the track: the value itself, or its logarithm.
export const toTrack = (spec, v) => (spec.log ? Math.log10(v) : v);
export const fromTrack = (spec, p) => onGrid(spec, spec.log ? 10 ** p : p);

const clamp = (v, [min, max]) => Math.min(max, Math.max(min, v));

// The value after a key, or undefined if the key is none of a slider's. Shift and Page make it ten steps.
export function afterKey(spec, v, range, { key, shiftKey }) {
  if (key === "Home") return range[0];
  if (key === "End") return range[1];
  const sign = { ArrowRight: 1, ArrowUp: 1, PageUp: 1, ArrowLeft: -1, ArrowDown: -1, PageDown: -1 }[key];
  if (!sign) return undefined;
  const steps = sign * (shiftKey || key.startsWith("Page") ? 10 : 1);
  if (spec.log) return clamp(Number((v * 10 ** (steps / 20)).toPrecision(3)), range);
  return clamp(snap(v + steps * spec.step, spec.step), range);
}

// The value after dragging a number sideways by dx pixels: 240 pixels for the whole range.
export function afterDrag(spec, start, range, dx) {
  const [low, high] = range.map((v) => toTrack(spec, v));
  const position = toTrack(spec, start) + (dx * (high - low)) / 240;
  return clamp(fromTrack(spec, position), range);
}
