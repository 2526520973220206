import { expect, test } from 'vitest'
import { edition, identity, license, noUsage, termsOf, worldOf } from '../test/sample.ts'
import { explain } from './index.ts'

test('one look shows all that would have to change: gates after a refusal are judged as well', () => {
  const terms = termsOf({
    assurance: { word: { acr: 'urn:1', any_of: ['pwd'] } },
    plans: { day: { title: 'Day', seats: { named: 0 }, includes: { cross: { assurance: 'word' } }, conditions: { regions: ['NO'] } } },
  })
  const world = worldOf(edition(terms), identity('ann', []), license('L', { suspended: true }))
  const { reason, trace } = explain(world, noUsage, { identity: 'ann', feature: 'cross' }, 1)
  expect(reason).toBe('license_suspended')
  expect(trace).toEqual([
    {
      license: 'L',
      plan: 'day',
      entry: 0,
      gates: [
        { gate: 'facts', outcome: 'passed' },
        { gate: 'identity', outcome: 'passed' },
        { gate: 'license', outcome: 'refused', reason: 'license_suspended' },
        { gate: 'seat', outcome: 'refused', reason: 'seats_exhausted' },
        { gate: 'entitlement', outcome: 'passed' },
        { gate: 'role', outcome: 'refused', reason: 'not_permitted' },
        { gate: 'context', outcome: 'refused', reason: 'context_missing' },
        { gate: 'needs', outcome: 'passed' },
        { gate: 'quota', outcome: 'passed' },
        { gate: 'approval', outcome: 'passed' },
        { gate: 'assurance', outcome: 'refused', reason: 'step_up_required' },
      ],
    },
  ])
})

test('a fault of the question has an empty trace', () => {
  expect(explain(worldOf(), noUsage, { feature: 'cross' }, 1)).toMatchObject({ allowed: false, reason: 'identity_unknown', trace: [] })
})

test('the trace names what of the question is overridden, and nothing else', () => {
  const overridden = (overrides: string | undefined) => {
    const more = overrides === undefined ? {} : { overrides }
    const world = worldOf(edition(termsOf({ features: { cross: {}, other: {} } })), identity('ann'), license('L', more))
    return explain(world, noUsage, { identity: 'ann', feature: 'cross' }, 1).trace?.map(({ overrides }) => overrides)
  }
  expect(overridden(undefined)).toEqual([undefined])
  expect(overridden('{"seats":{"named":3}}')).toEqual([['seats']])
  expect(overridden('{"includes":{"other":{}}}')).toEqual([undefined])
  expect(overridden('{"seats":{"named":3},"includes":{"cross":{}}}')).toEqual([['seats', 'includes.cross']])
})

test('a candidate whose plan lacks the feature has no entry', () => {
  const world = worldOf(edition(termsOf({ plans: { day: { title: 'Day', includes: {} } } })), identity('ann'), license('L'))
  expect(explain(world, noUsage, { identity: 'ann', feature: 'cross' }, 1).trace?.map((of) => 'entry' in of)).toEqual([false])
})
