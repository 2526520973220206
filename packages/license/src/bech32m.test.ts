import { expect, test } from 'vitest'
import { checksum, toLetters } from './bech32m.ts'

// Valid strings of BIP-350: prefix, `1`, data, six of checksum.
const valid = [
  'a1lqfn3a',
  '?1v759aa',
  'an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6',
  'split1checkupstagehandshakeupstreamerranterredcaperredlc445v',
]
for (const text of valid)
  test(`computes the checksum of ${text}`, () => {
    const at = text.lastIndexOf('1')
    expect(checksum(text.slice(0, at), text.slice(at + 1, -6))).toBe(text.slice(-6))
  })

test('five bits a letter, first bit first', () => {
  expect(toLetters(new Uint8Array([0, 0, 0, 0, 0]))).toBe('qqqqqqqq')
  expect(toLetters(new Uint8Array([255, 255, 255, 255, 255]))).toBe('llllllll')
  expect(toLetters(new Uint8Array([0b00001_000, 0b10_00011_0, 0b0100_0010, 0b1_00110_00, 0b111_01000]))).toBe('pzry9x8g')
})
