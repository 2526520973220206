import { REASONS } from '@writ/client/words'
import type { Reason, WireDecision } from '@writ/engine'
import pc from 'picocolors'
import { expect, test } from 'vitest'
import { checklist } from './checklist.ts'
import { decisionInWords } from './decision.ts'

const plain = pc.createColors(false)
const none = { remedies: [], obligations: [], notices: [], revision: 1 }

test('every reason of the engine has its words', () => {
  const all: Record<Reason, { says: string }> = REASONS // a reason without a line does not compile
  expect(Object.keys(all).length).toBeGreaterThan(35)
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
