import { REASONS } from '@writ/client/words'
import type { Reason, WireDecision } from '@writ/engine'
import pc from 'picocolors'
import { expect, test } from 'vitest'
import { heldInWords } from '../held.ts'
import { checklist } from './checklist.ts'
import { decisionInWords } from './decision.ts'
import { rolloutInWords } from './rollout.ts'

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

test('a roll-out that stopped says so, with what to do', () => {
  const compared = { evaluated: 0, differing: 0, passed_over: 0, unsure: 0, dropped: 0, failed: 0 }
  const moves = { moved: 2, stays: 0, back: 0, elsewhere: 0 }
  const at = { id: 'rol_1', product: 'kit', edition: 2, stage: 'promoted', percent: 100, is_moving: false }
  const rollout = { ...at, licenses: { on: 2, off: 3 }, moves, compared, differences: [] }
  const said = (stopped?: { losing: number; detail: string }) => rolloutInWords({ ...rollout, stopped }, [], plain).split('\n')
  const detail = 'It stopped: 7 would lose something.'
  expect(said({ losing: 7, detail }).filter((line) => !said().includes(line))).toEqual([detail])
})

test('of a change that is held it is said what counts with it, and that it takes somebody else', () => {
  const of = (losing: number) => ({ losing, gaining: 0, changing: 0, features: [], instants: [], groups: [], more_groups: 0 })
  const both = { impact: of(6), meanwhile: of(8), losing: 14 }
  expect(heldInWords({ changed: true, second_person: true, taken_before: 3, confirmed_before: 900, ...both }, { paint: plain })).toEqual([
    'It is no longer what was confirmed.',
    'what went before took something from 3, and counts with this',
    'of what went before one person alone has confirmed 900, which count with this',
    'So many that somebody else confirms it too: it waits until they do.',
    'identities: 6 lose',
    'that is all of it; this batch by itself takes more, some of it only until a later one gives it back:',
    'identities: 8 lose',
    'by either: 14 lose',
  ])
})
