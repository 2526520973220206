import fc from 'fast-check'
import { expect, test } from 'vitest'
import { armor, unarmor } from './armor.ts'
import { TrustError } from './error.ts'

const LABEL = 'WRIT TEST'
const body = `${'a'.repeat(64) + 'b'.repeat(64)}c`
const good = armor(LABEL, body)
const read = (text: string, max = 1000) => unarmor(LABEL, text, max)

test('wraps at 64 characters', () => {
  expect(good.split('\n')).toEqual(['-----BEGIN WRIT TEST-----', 'a'.repeat(64), 'b'.repeat(64), 'c', '-----END WRIT TEST-----', ''])
})

const accepted: { name: string; text: string }[] = [
  { name: 'LF', text: good },
  { name: 'CRLF throughout', text: good.replaceAll('\n', '\r\n') },
  { name: 'no line end after the last line', text: good.trimEnd() },
  { name: 'CRLF and no line end after the last line', text: good.trimEnd().replaceAll('\n', '\r\n') },
]
for (const { name, text } of accepted) test(`accepts ${name}`, () => expect(read(text)).toBe(body))

const refused: { name: string; text: string; line: number }[] = [
  { name: 'nothing', text: '', line: 1 },
  { name: 'a byte order mark', text: `\ufeff${good}`, line: 1 },
  { name: 'text before', text: `Dear customer,\n${good}`, line: 1 },
  { name: 'an empty line before', text: `\n${good}`, line: 1 },
  { name: 'text after', text: `${good}x`, line: 6 },
  { name: 'an empty line after', text: `${good}\n`, line: 6 },
  { name: 'a NUL after', text: `${good}\0`, line: 6 },
  { name: 'a second block after', text: good + good, line: 6 },
  { name: 'a space at the end of a line', text: good.replace('a\n', 'a \n'), line: 2 },
  { name: 'one CRLF among LF', text: good.replace('\n', '\r\n'), line: 2 },
  { name: 'old Mac line ends', text: good.replaceAll('\n', '\r'), line: 1 },
  { name: 'another label', text: good.replaceAll('TEST', 'OTHER'), line: 1 },
  { name: 'a label in lower case', text: good.replaceAll('TEST', 'test'), line: 1 },
  { name: 'another label at the end', text: good.replace('END WRIT TEST', 'END WRIT OTHER'), line: 4 },
  { name: 'a missing end', text: good.slice(0, 150), line: 3 },
  { name: 'a header and nothing else', text: '-----BEGIN WRIT TEST-----\n', line: 2 },
  { name: 'an empty body', text: '-----BEGIN WRIT TEST-----\n-----END WRIT TEST-----\n', line: 2 },
  { name: 'a short line inside', text: good.replace('a'.repeat(64), 'a'.repeat(63)), line: 2 },
  { name: 'a long last line', text: good.replace(`${'b'.repeat(64)}\nc`, 'b'.repeat(65)), line: 3 },
  { name: 'an empty line inside', text: good.replace('\nc\n', '\n\nc\n'), line: 4 },
]
for (const { name, text, line } of refused)
  test(`refuses ${name}`, () => {
    const error = caught(() => unarmor(LABEL, text, 1000))
    expect(error.code).toBe('ARMOR_MALFORMED')
    expect(error.details).toEqual({ line })
  })

test('refuses more than the limit before reading it, and takes exactly the limit', () => {
  expect(read(good, good.length)).toBe(body)
  expect(caught(() => unarmor(LABEL, good, good.length - 1)).code).toBe('ARMOR_TOO_LARGE')
})

test('round trip', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'azAZ09-_.'), minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(letters, (text) => {
      expect(read(armor(LABEL, text))).toBe(text)
    }),
  )
})

function caught(run: () => unknown): TrustError {
  try {
    run()
  } catch (error) {
    if (error instanceof TrustError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
