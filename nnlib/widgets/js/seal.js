// Opens what nnlib/exercises/seal.py has sealed: a text that becomes a value.

export function unseal(text) {
  let x = 1234567;
  const bytes = Uint8Array.from(atob(text), (char) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return char.charCodeAt(0) ^ (x >>> 24);
  });
  return JSON.parse(new TextDecoder().decode(bytes));
}
