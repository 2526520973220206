const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const ENCODER = new TextEncoder()
/** Above 63: not in the alphabet. */
const VALUES = new Uint8Array(256).fill(255)
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
export function decodeBase64url(text: string | Uint8Array): Uint8Array<ArrayBuffer> | number {
  const from = typeof text === 'string' ? ENCODER.encode(text) : text
  const length = from.length
  const rest = length & 3
  const whole = length - rest
  const bytes = new Uint8Array((length * 3) >> 2)
  let out = 0
  for (let at = 0; at < whole; at += 4) {
    const a = VALUES[from[at] as number] as number
    const b = VALUES[from[at + 1] as number] as number
    const c = VALUES[from[at + 2] as number] as number
    const d = VALUES[from[at + 3] as number] as number
    if ((a | b | c | d) > 63) return firstBad(from, at)
    bytes[out++] = (a << 2) | (b >> 4)
    bytes[out++] = (b << 4) | (c >> 2)
    bytes[out++] = (c << 6) | d
  }
  if (rest === 0) return bytes
  const a = VALUES[from[whole] as number] as number
  const b = rest > 1 ? (VALUES[from[whole + 1] as number] as number) : 0
  const c = rest > 2 ? (VALUES[from[whole + 2] as number] as number) : 0
  if ((a | b | c) > 63) return firstBad(from, whole)
  if (rest === 1 || (rest === 2 && (b & 15) !== 0) || (c & 3) !== 0) return length - 1
  bytes[out++] = (a << 2) | (b >> 4)
  if (rest === 3) bytes[out] = (b << 4) | (c >> 2)
  return bytes
}

function firstBad(from: Uint8Array, start: number): number {
  let at = start
  while ((VALUES[from[at] as number] as number) < 64) at++
  return at
}
