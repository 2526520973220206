import { expect, test } from 'vitest'
import { inWords, noticeInWords, obligationInWords, REASONS, remedyInWords, whatHelps } from './index.ts'

const remedies: [remedy: Record<string, unknown>, words: string][] = [
  [{ type: 'wait', until: '2026-11-30T07:00:00Z' }, 'wait until 2026-11-30T07:00:00Z'],
  [{ type: 'wait', seconds: 3 }, 'wait 3 s'],
  [{ type: 'upgrade' }, 'upgrade'],
  [{ type: 'upgrade', plans: ['standard', 'enterprise'] }, 'upgrade to standard or enterprise'],
  [{ type: 'step_up', acr_values: ['phr', 'phrh'], max_age: 900 }, 'step up to phr or phrh, at most 15 minutes old'],
  [{ type: 'step_up', acr_values: ['phr'], max_age: 3600 }, 'step up to phr, at most 1 hour old'],
  [{ type: 'step_up', acr_values: ['phr'], max_age: 61 }, 'step up to phr, at most 61 seconds old'],
  [{ type: 'step_up', acr_values: ['phr'] }, 'step up to phr'],
  [{ type: 'contact' }, 'contact the vendor'],
  [{ type: 'a_remedy_to_come' }, 'a_remedy_to_come'],
]
for (const [remedy, words] of remedies) test(`a remedy reads: ${words}`, () => expect(remedyInWords(remedy)).toBe(words))

test('notices and obligations read as sentences', () => {
  expect(noticeInWords({ type: 'in_grace', cause: 'expiry', until: 'T' })).toBe('in grace (expiry) until T')
  expect(noticeInWords({ type: 'would_refuse', reason: 'outside_hours' })).toBe('let pass for now, would be refused: outside_hours')
  expect(obligationInWords({ type: 'mask', fields: ['email', 'iban'] })).toBe('mask email, iban')
  expect(obligationInWords({ type: 'record' })).toBe('record what is done')
})

test('every reason is a sentence, and what helps is none', () => {
  const all = Object.values(REASONS)
  expect(all.length).toBeGreaterThan(35)
  for (const { says, helps } of all as { says: string; helps?: string }[]) {
    expect(says).toMatch(/^[A-Z].*\.$/)
    if (helps !== undefined) expect(helps).toMatch(/^[a-z`].*[^.]$/)
  }
  expect(inWords('a_reason_to_come')).toBe('a_reason_to_come')
  expect(whatHelps('toString')).toBeUndefined()
})
