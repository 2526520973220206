import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryScene, worldOf } from '../test/arbitrary-scene.ts'
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
