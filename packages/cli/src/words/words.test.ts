import type { WireDecision } from '@writ/engine'
import pc from 'picocolors'
import { expect, test } from 'vitest'
import { checklist } from './checklist.ts'
import { decisionInWords, noticeInWords, obligationInWords, remedyInWords } from './decision.ts'
import { inWords, REASONS, whatHelps } from './reasons.ts'

const plain = pc.createColors(false)
const none = { remedies: [], obligations: [], notices: [], revision: 1 }

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
  for (const { says, helps } of all) {
    expect(says).toMatch(/^[A-Z].*\.$/)
    if (helps !== undefined) expect(helps).toMatch(/^[a-z`].*[^.]$/)
  }
  expect(inWords('a_reason_to_come')).toBe('a_reason_to_come')
  expect(whatHelps('toString')).toBeUndefined()
})

test('a refusal says its reason, remedies and where it stands', () => {
  const decision: WireDecision = {
    ...none,
    allowed: false,
    reason: 'no_license',
    remedies: [{ type: 'buy' }],
    simulated: true,
    expires: 'T',
  }
  expect(decisionInWords(decision, plain)).toBe(
    [
      '✗ refused  no_license  There is no licence for this product.  simulated',
      '  what would help  buy a licence',
      '  holds until      T',
    ].join('\n'),
  )
})

test('a checklist marks what passed, what refused and would help, and what was let pass', () => {
  const decision: WireDecision = {
    ...none,
    allowed: false,
    reason: 'license_expired',
    trace: [
      {
        license: 'L',
        plan: 'standard',
        entry: 0,
        gates: [
          { gate: 'identity', outcome: 'passed' },
          { gate: 'license', outcome: 'refused', reason: 'license_expired' },
          { gate: 'context', outcome: 'softened', reason: 'outside_hours' },
        ],
      },
    ],
  }
  expect(checklist(decision, plain).split('\n').slice(2)).toEqual([
    'licence L, plan standard, entry 1',
    '  ✓ identity     the identity is active, and no signal closes it',
    '  ✗ license      license_expired: The licence has ended, and its grace too. Would help: renew the licence.',
    '  ~ context      outside_hours: It is outside the hours that the plan is open. Let pass: these terms only advise.',
  ])
})
