import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryScene, worldOf } from '../test/arbitrary-scene.ts'
import { edition, identity, license, noUsage, worldOf as plainWorld, termsOf } from '../test/sample.ts'
import { explain, propose } from './index.ts'

test('every question in every world gets an answer: nothing is thrown, a refusal has a reason and takes nothing', () => {
  fc.assert(
    fc.property(arbitraryScene({ odd: true }), (scene) => {
      const world = worldOf(scene)
      for (const request of scene.requests) {
        const { decision, spending } = propose(world, scene.usage, request, scene.now)
        expect(decision.reason === undefined).toBe(decision.allowed)
        expect(spending === undefined).toBe(!decision.allowed)
        expect(explain(world, scene.usage, request, scene.now).trace).toBeInstanceOf(Array)
      }
    }),
    { numRuns: 250 },
  )
}, 60_000)

const terms = termsOf({
  features: { cross: { title: 'Cross', meter: 'trips' } },
  meters: { trips: { unit: 'trip', aggregate: 'sum' } },
  plans: {
    day: {
      title: 'Day',
      includes: { cross: { limit: '5 per calendar month in Europe/Oslo', rate: '5 per second' } },
      conditions: { hours: { zone: 'Europe/Oslo', open: ['mon-fri 08:00-18:00'] } },
    },
  },
})

for (const now of [Number.NaN, -1, 1e300, -1e300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 8.64e15 + 1])
  test(`asked at ${now} it still answers`, () => {
    const world = plainWorld(edition(terms), identity('ann'), license('L', { starts: Number.NEGATIVE_INFINITY }))
    expect(typeof propose(world, noUsage, { identity: 'ann', feature: 'cross' }, now).decision.allowed).toBe('boolean')
  })

for (const amount of [Number.NaN, -1, -0.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
  test(`an amount of ${amount} is never let through to be counted`, () => {
    const world = plainWorld(edition(terms), identity('ann'), license('L'))
    const wednesdayNoon = Date.UTC(2026, 4, 13, 12)
    const ask = { identity: 'ann', feature: 'cross' }
    for (const more of [{ consume: { amount, id: 'c' } }, { wanted: amount }, { consume: { amount, id: 'c' }, partial: true }]) {
      const { decision, spending } = propose(world, noUsage, { ...ask, ...more }, wednesdayNoon)
      expect(decision).toMatchObject({ allowed: false, reason: 'quota_exhausted', remedies: [] })
      expect(spending).toBeUndefined()
    }
  })
