import { expect, test } from 'vitest'
import { hashSetupCode, makeSetupCode } from './setup-code.ts'

test('a code is four groups of four, new each time', () => {
  const codes = new Set(Array.from({ length: 100 }, makeSetupCode))
  expect(codes.size).toBe(100)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
})

test('it may be typed as people type', () => {
  const want = hashSetupCode('01AB-CDEF-GHJK-MNPQ')
  for (const typed of ['01ab cdef ghjk mnpq', 'OIABCDEFGHJKMNPQ', ' olab-cdef-ghjk-mnpq ']) expect(hashSetupCode(typed), typed).toBe(want)
  expect(hashSetupCode('01AB-CDEF-GHJK-MNPR')).not.toBe(want)
})
