// Images as nnlib/widgets/digits.py packs them: 0 is followed by the length of a run of white pixels.
export const unpack = (view) =>
  unpackBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)).map((v) => v / 255);

// The values 0 to 255 of such bytes; no more than about `most`.
export function unpackBytes(bytes, most = Infinity) {
  const out = [];
  for (let i = 0; i < bytes.length && out.length <= most; i++) {
    if (bytes[i]) out.push(bytes[i]);
    else for (let n = bytes[++i]; n > 0; n--) out.push(0);
  }
  return out;
}
