import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant, parseInstant } from './instant.ts'

const cases: { text: string; is: number | undefined }[] = [
  { text: '1970-01-01T00:00:00Z', is: 0 },
  { text: '1970-01-01t00:00:00z', is: 0 },
  { text: '1970-01-01T00:00:00.1Z', is: 100 },
  { text: '1970-01-01T00:00:00.123999999Z', is: 123 },
  { text: '1970-01-01T00:00:00.1234567890Z', is: undefined },
  { text: '1970-01-01T01:30:00+01:30', is: 0 },
  { text: '1969-12-31T19:00:00-05:00', is: 0 },
  { text: '1970-01-01T23:59:00+23:59', is: 0 },
  { text: '1970-01-01T00:00:00+24:00', is: undefined },
  { text: '1970-01-01T00:00:00+00:60', is: undefined },
  { text: '1970-01-01T23:59:59Z', is: 86_399_000 },
  { text: '1970-01-01T24:00:00Z', is: undefined },
  { text: '1970-01-01T23:60:00Z', is: undefined },
  { text: '1972-06-30T23:59:60Z', is: undefined },
  { text: '2024-02-29T00:00:00Z', is: Date.UTC(2024, 1, 29) },
  { text: '2023-02-29T00:00:00Z', is: undefined },
  { text: '2026-02-30T00:00:00Z', is: undefined },
  { text: '2026-00-10T00:00:00Z', is: undefined },
  { text: '2026-13-10T00:00:00Z', is: undefined },
  { text: '2026-01-00T00:00:00Z', is: undefined },
  { text: '2026-01-32T00:00:00Z', is: undefined },
  { text: '0000-01-01T00:00:00Z', is: -62_167_219_200_000 },
  { text: '0099-12-31T23:59:59Z', is: -59_011_459_201_000 },
  { text: '9999-12-31T23:59:59.999Z', is: 253_402_300_799_999 },
  { text: '2026-01-01', is: undefined },
  { text: '2026-01-01T00:00:00', is: undefined },
  { text: '2026-01-01T00:00Z', is: undefined },
  { text: ' 2026-01-01T00:00:00Z', is: undefined },
  { text: '2026-01-01T00:00:00Z\n', is: undefined },
  { text: '+02026-01-01T00:00:00Z', is: undefined },
  { text: '1767225600000', is: undefined },
  { text: '', is: undefined },
]
for (const { text, is } of cases)
  test(`${JSON.stringify(text)} is ${is ?? 'no instant'}`, () => {
    expect(parseInstant(text)).toBe(is)
  })

test('what is written is read back as the same millisecond, from year 0 to year 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), (at) => {
      expect(parseInstant(formatInstant(at))).toBe(at)
    }),
  )
})

test('what is read is what the platform reads, at any offset', () => {
  const pad = (n: number): string => String(n).padStart(2, '0')
  fc.assert(
    fc.property(
      fc.integer({ min: -62_000_000_000_000, max: 253_000_000_000_000 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.constantFrom('+', '-'),
      (at, hours, minutes, sign) => {
        const text = `${new Date(at).toISOString().slice(0, -1)}${sign}${pad(hours)}:${pad(minutes)}`
        expect(parseInstant(text)).toBe(Date.parse(text))
      },
    ),
  )
})

test('an instant is written without a fraction where there is none', () => {
  expect(formatInstant(0)).toBe('1970-01-01T00:00:00Z')
  expect(formatInstant(1)).toBe('1970-01-01T00:00:00.001Z')
})

test('an instant that RFC 3339 cannot write is the last or first that it can', () => {
  // A hundred years of grace after the last day of `Date`: no answer may fail for it.
  expect(formatInstant(8.64e15 + 3_162_240_000_000)).toBe('9999-12-31T23:59:59.999Z')
  expect(formatInstant(253_402_300_800_000)).toBe('9999-12-31T23:59:59.999Z')
  expect(formatInstant(-62_167_219_200_001)).toBe('0000-01-01T00:00:00Z')
})
