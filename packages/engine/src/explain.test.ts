import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryScene, worldOf } from '../test/arbitrary-scene.ts'
import { edition, identity, license, noUsage, worldOf as plainWorld, termsOf } from '../test/sample.ts'
import { type CandidateTrace, decide, explain } from './index.ts'

const firstRefusal = ({ gates }: CandidateTrace) => gates.findIndex(({ outcome }) => outcome === 'refused')

test('explain says what decide says, and its trace agrees with the answer', () => {
  const seen = { allowed: 0, refused: 0, softened: 0 }
  fc.assert(
    fc.property(arbitraryScene({ kind: true }), (scene) => {
      const world = worldOf(scene)
      for (const request of scene.requests) {
        const { trace = [], ...decision } = explain(world, scene.usage, request, scene.now)
        expect(decision).toEqual(decide(world, scene.usage, request, scene.now))
        if (decision.allowed) {
          const winners = trace.filter(
            (candidate) => candidate.license === decision.license && candidate.entry === decision.entry && firstRefusal(candidate) === -1,
          )
          expect(winners.length).toBeGreaterThan(0)
          if (decision.notices.some(({ type }) => type === 'would_refuse')) seen.softened++
          seen.allowed++
        } else if (trace.length > 0) {
          const depths = trace.map(firstRefusal)
          expect(Math.min(...depths)).toBeGreaterThanOrEqual(0)
          const furthest = Math.max(...depths)
          const reasons = trace.filter((_, i) => depths[i] === furthest).map(({ gates }) => gates[furthest]?.reason)
          expect(decision.reason).toBe(reasons.includes('step_up_required') ? 'step_up_required' : reasons[0])
          seen.refused++
        }
      }
    }),
    { numRuns: 200, endOnFailure: true },
  )
  expect(seen.allowed).toBeGreaterThan(20)
  expect(seen.refused).toBeGreaterThan(100)
  expect(seen.softened).toBeGreaterThan(0)
}, 60_000)

test('one look shows all that would have to change: gates after a refusal are judged as well', () => {
  const terms = termsOf({
    assurance: { word: { acr: 'urn:1', any_of: ['pwd'] } },
    plans: { day: { title: 'Day', seats: { named: 0 }, includes: { cross: { assurance: 'word' } }, conditions: { regions: ['NO'] } } },
  })
  const world = plainWorld(edition(terms), identity('ann', []), license('L', { suspended: true }))
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
  expect(explain(plainWorld(), noUsage, { feature: 'cross' }, 1)).toMatchObject({ allowed: false, reason: 'identity_unknown', trace: [] })
})
