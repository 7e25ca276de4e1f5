// Images as nnlib/widgets/digits.py packs them: 0 is followed by the length of a run of white pixels.
export function unpack(view) {
  const out = [];
  for (let i = 0; i < view.byteLength; i++) {
    const value = view.getUint8(i);
    if (value) out.push(value / 255);
    else for (let n = view.getUint8(++i); n > 0; n--) out.push(0);
  }
  return out;
}
