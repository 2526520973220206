import { type Consequence, canonical, diff, type Terms } from '@writ/terms'
import { arbitraryNextEdition } from '@writ/terms/test/graft'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryScene, type Scene } from '../test/arbitrary-scene.ts'
import { decide, type Fact, type Request, World } from './index.ts'

/** A scene sold under one edition, and the edition that comes next. */
const scenes = fc.oneof(arbitraryScene(), arbitraryScene({ kind: true }), arbitraryScene({ kind: true, tight: true }))
const published = fc.oneof(
  scenes.chain((scene) => arbitraryNextEdition(fc.constant(scene.terms)).map(([, next]) => ({ scene, next }))),
  fc
    .tuple(arbitraryScene({ kind: true }), fc.nat())
    .map(([scene, seed]) => ({ scene, next: (PROTECTIVE[seed % PROTECTIVE.length] as (typeof PROTECTIVE)[number])(scene.terms) })),
)

const PROTECTIVE: readonly ((terms: Terms) => Terms)[] = [
  (terms) => {
    const level = terms.levels.at(-1)?.name
    const features = [...terms.features].map(([name, feature]) => [name, { ...feature, ...(level && { assurance: { level } }) }] as const)
    return { ...terms, features: new Map(features) }
  },
  (terms) => ({ ...terms, onSignalFailure: { kind: 'refuse' } }),
  (terms) => ({ ...terms, signals: new Map([...terms.signals].map(([name]) => [name, { effect: { kind: 'refuse' } }])) }),
  (terms) => ({ ...terms, levels: terms.levels.toReversed() }),
]

/** @param editions in order @param sold which of them every licence has */
function worldWith({ facts, standing }: Scene, editions: readonly Terms[], sold: number): World {
  const world = new World()
  const published = editions.map((terms, i): Fact => ({ fact: 'edition', product: terms.product, edition: i + 1, terms }))
  const others = facts.filter(({ fact }) => fact !== 'edition')
  world.apply({
    revision: 1,
    facts: [...published, ...others.map((fact) => (fact.fact === 'license' ? { ...fact, edition: sold } : fact))],
  })
  world.standing = standing
  return world
}

/** Everything about the plan that allowed, the smaller plan it may have degraded to, the feature, or neither. */
function concerns({ plan, feature }: Consequence, plans: readonly string[], asked: string): boolean {
  return (plan === undefined || plans.includes(plan)) && (feature === undefined || feature === asked)
}

function tell({ direction, effect, sentence }: Consequence): string {
  return `${direction} ${effect}: ${sentence}`
}

function featureOf({ feature }: Request): string {
  return String(feature).split(':').at(-1) ?? ''
}

test('where a decision goes from yes to no under the next edition, the diff names what narrowed for that plan and feature', () => {
  const seen = { atOnce: 0, moved: 0, unchanged: 0 }
  fc.assert(
    fc.property(published, ({ scene, next }) => {
      const { terms, requests, usage, now } = scene
      if (canonical(terms) === canonical(next)) return
      const found = diff(terms, next)
      const narrowing = found.filter(({ direction }) => direction === 'narrows')
      const [before, stays, moves] = [worldWith(scene, [terms], 1), worldWith(scene, [terms, next], 1), worldWith(scene, [terms, next], 2)]
      for (const request of requests) {
        const first = decide(before, usage, request, now)
        if (!first.allowed) continue
        const license = first.license === undefined ? undefined : before.license(first.license)
        const plan = license?.fact.plan ?? ''
        const degraded = terms.plans.get(plan)?.grace.degradeTo
        const plans = degraded === undefined ? [plan] : [plan, degraded]
        const about = narrowing.filter((each) => concerns(each, plans, featureOf(request)))
        const [staying, moving] = [decide(stays, usage, request, now), decide(moves, usage, request, now)]
        const named = (when: string, names: boolean, reason: unknown): void => {
          const { feature } = request
          if (!names) throw new Error(JSON.stringify({ when, plan, feature, reason, told: found.map(tell) }, undefined, 1))
        }
        if (!staying.allowed) {
          seen.atOnce++
          named(
            'at once',
            about.some(({ effect }) => effect === 'at_once'),
            staying.reason,
          )
        }
        if (!moving.allowed) {
          seen.moved++
          named('when it moves', about.length > 0, moving.reason)
        }
        if (staying.allowed && moving.allowed) seen.unchanged++
      }
    }),
    { numRuns: 400, endOnFailure: true },
  )
  expect(seen.atOnce).toBeGreaterThan(5)
  expect(seen.moved).toBeGreaterThan(10)
  expect(seen.unchanged).toBeGreaterThan(50)
}, 120_000)
