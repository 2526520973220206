/** The Bech32 alphabet: no 1, b, i or o, one case. Neighbours in it rarely look alike. BIP-173. */
export const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const BECH32M = 0x2bc830a3

/**
 * Six characters that complete `data`. A BCH code: any one to four wrong characters are caught for certain, so also every two
 * neighbours swapped, and anything else but once in 2^30.
 * @param data characters of `ALPHABET`; together with the prefix at most 83
 * @see BIP-350
 */
export function checksum(prefix: string, data: string): string {
  const values = [...expanded(prefix), ...Array.from(data, (letter) => ALPHABET.indexOf(letter)), 0, 0, 0, 0, 0, 0]
  const remainder = polymod(values) ^ BECH32M
  return [25, 20, 15, 10, 5, 0].map((shift) => ALPHABET.charAt((remainder >>> shift) & 31)).join('')
}

/** Five bits a character, first bit first. The number of bits is a multiple of five. */
export function toLetters(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >>> (bits - 5)) & 31)
    held &= 31
  }
  return text
}

function expanded(prefix: string): number[] {
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0))
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)]
}

function polymod(values: readonly number[]): number {
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [bit, generator] of GENERATOR.entries()) if ((top >>> bit) & 1) sum ^= generator
  }
  return sum
}
