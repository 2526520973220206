import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeUnlockCode, readUnlockCode } from './unlock-code.ts'

test('a code is six groups of five, and read however it is typed', () => {
  const code = makeUnlockCode()
  expect(code).toMatch(/^([02-9ac-hj-np-z]{5}-){5}[02-9ac-hj-np-z]{5}$/)
  const read = readUnlockCode(code)
  expect(read).toEqual({ letters: code.replaceAll('-', '') })
  for (const typed of [code.toUpperCase(), code.replaceAll('-', ' '), ` ${code.replaceAll('-', '')}\n`])
    expect(readUnlockCode(typed)).toEqual(read)
  expect(makeUnlockCode()).not.toBe(code)
})

test('up to four wrong letters, and two neighbours swapped, are found for certain', () => {
  const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
  const change = fc.record({ at: fc.nat(29), to: fc.constantFrom(...letters) })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(28), (changes, swapped) => {
      const code = makeUnlockCode().replaceAll('-', '')
      const typed = changes.reduce((text, { at, to }) => text.slice(0, at) + to + text.slice(at + 1), code)
      expect(readUnlockCode(typed)).toEqual(typed === code ? { letters: code } : { fault: { kind: 'typo' } })
      const other = code.slice(0, swapped) + code[swapped + 1] + code[swapped] + code.slice(swapped + 2)
      expect(readUnlockCode(other)).toEqual(other === code ? { letters: code } : { fault: { kind: 'typo' } })
    }),
  )
})

test('what can be no code is told with why', () => {
  expect(readUnlockCode('qqqqq-bqqqq')).toEqual({ fault: { kind: 'bad_character', at: 6 } })
  expect(readUnlockCode('qqqqq')).toEqual({ fault: { kind: 'wrong_length', letters: 5 } })
  expect(readUnlockCode('')).toEqual({ fault: { kind: 'wrong_length', letters: 0 } })
})
