import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from './base64url.ts'

test('writes what the platform writes and reads it back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = encodeBase64url(bytes)
      expect(text).toBe(
        btoa(String.fromCharCode(...bytes))
          .replaceAll('+', '-')
          .replaceAll('/', '_')
          .replaceAll('=', ''),
      )
      expect(decodeBase64url(text)).toEqual(new Uint8Array(bytes))
    }),
  )
})

test('what it accepts re-encodes to the same text', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'AQgwBCxyz09-_=+/ \n\u0141'), maxLength: 12 })
  let accepted = 0
  fc.assert(
    fc.property(letters, (text) => {
      const bytes = decodeBase64url(text)
      if (typeof bytes === 'number') return
      accepted++
      expect(encodeBase64url(bytes)).toBe(text)
    }),
    { numRuns: 2000 },
  )
  expect(accepted).toBeGreaterThan(50)
})

const refused: { name: string; text: string; at: number }[] = [
  { name: 'padding', text: 'QQ==', at: 2 },
  { name: 'a bit set past the end of one byte', text: 'QR', at: 1 },
  { name: 'a bit set past the end of two bytes', text: 'QUJ', at: 2 },
  { name: 'a length that no bytes have', text: 'QUJDR', at: 4 },
  { name: 'the other alphabet', text: 'QU+/', at: 2 },
  { name: 'white space', text: 'QU\nJ', at: 2 },
  { name: 'a letter that is an A in its low byte', text: 'Q\u0141JD', at: 1 },
]
for (const { name, text, at } of refused) test(`refuses ${name}`, () => expect(decodeBase64url(text)).toBe(at))
