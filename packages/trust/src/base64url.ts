const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Int8Array(128).fill(-1)
for (let value = 0; value < 64; value++) VALUES[ALPHABET.charCodeAt(value)] = value

/** Base64url without padding, RFC 4648 section 5. */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63)
    if (left > 1) text += ALPHABET.charAt((group >> 6) & 63)
    if (left > 2) text += ALPHABET.charAt(group & 63)
  }
  return text
}

/**
 * Accepts exactly what `encodeBase64url` writes: no padding, no white space, no set bits past the end. Otherwise two texts
 * would stand for the same bytes, and a file could be changed without being changed.
 * @returns the bytes, or the index of the first bad character
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | number {
  const length = text.length
  const rest = length & 3
  if (rest === 1) return length - 1
  const bytes = new Uint8Array((length * 3) >> 2)
  let out = 0
  let group = 0
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    const value = code < 128 ? (VALUES[code] as number) : -1
    if (value < 0) return at
    group = (group << 6) | value
    if ((at & 3) === 3) {
      bytes[out++] = group >> 16
      bytes[out++] = group >> 8
      bytes[out++] = group
      group = 0
    }
  }
  if (rest === 2) {
    if ((group & 15) !== 0) return length - 1
    bytes[out] = group >> 4
  } else if (rest === 3) {
    if ((group & 3) !== 0) return length - 1
    bytes[out++] = group >> 10
    bytes[out] = group >> 2
  }
  return bytes
}
