import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryProof, arbitraryScene, worldOf } from '../test/arbitrary-scene.ts'
import { NARROWINGS } from '../test/narrower.ts'
import { DAY } from '../test/sample.ts'
import { decide, explain, type Fact } from './index.ts'

test('no layer widens: whatever narrows never turns a no into a yes', () => {
  const bitten = new Map(NARROWINGS.map(({ name }) => [name, 0]))
  fc.assert(
    fc.property(arbitraryScene({ kind: true }), fc.nat(1000), (scene, seed) => {
      const world = worldOf(scene)
      const before = scene.requests.map((request) => decide(world, scene.usage, request, scene.now))
      // A quarter of them each time: compiling a world is what takes long.
      for (const { name, narrow } of NARROWINGS.filter((_, i) => (i + seed) % 4 === 0)) {
        const narrower = narrow(scene, seed)
        const narrowed = worldOf(narrower)
        for (const [i, request] of narrower.requests.entries()) {
          const wide = before[i]
          // Which organization is meant hangs on which of them are licensed: a question of its own, not a layer.
          if (wide?.reason === 'organization_required') continue
          const { allowed } = decide(narrowed, narrower.usage, request, narrower.now)
          if (allowed) expect(wide?.allowed, `${name} let in ${JSON.stringify(request)}`).toBe(true)
          else if (wide?.allowed === true) bitten.set(name, (bitten.get(name) ?? 0) + 1)
        }
      }
    }),
    { numRuns: 300, endOnFailure: true },
  )
  // Steps that never took anything would prove nothing.
  expect([...bitten.values()].filter((times) => times > 0).length).toBeGreaterThan(NARROWINGS.length / 2)
}, 120_000)

test('a grant changes nothing at any gate other than role and approval', () => {
  let helped = 0
  fc.assert(
    fc.property(arbitraryScene({ kind: true }), (scene) => {
      const { terms, now, usage, requests } = scene
      const world = worldOf(scene)
      const grants = [...terms.features.keys()].map(
        (feature): Fact => ({
          fact: 'grant',
          id: `more:${feature}`,
          identity: 'ann',
          organization: 'acme',
          feature: `${terms.product}:${feature}`,
          from: now - DAY,
          until: now + DAY,
          approved_by: ['x1', 'x2', 'x3'].map((identity) => ({ identity, roles: ['crew', ...terms.roles.keys()] })),
          context: { ticket: 'OPS-7' },
        }),
      )
      const granted = worldOf({ ...scene, facts: [...scene.facts, ...grants] })
      for (const request of requests) {
        const without = explain(world, usage, request, now)
        const withGrants = explain(granted, usage, request, now)
        if (withGrants.allowed && !without.allowed) helped++
        const others = (decision: typeof without) =>
          decision.trace?.map(({ gates, ...candidate }) => ({
            ...candidate,
            gates: gates.filter(({ gate }) => gate !== 'role' && gate !== 'approval'),
          }))
        expect(others(withGrants)).toEqual(others(without))
        if (without.allowed) expect(withGrants.allowed).toBe(true)
      }
    }),
    { numRuns: 150, endOnFailure: true },
  )
  expect(helped).toBeGreaterThan(0)
}, 60_000)

test('a stronger, fresher or further proof never turns a yes into a no', () => {
  let helped = 0
  fc.assert(
    fc.property(
      arbitraryScene({ kind: true }).chain((scene) => fc.tuple(fc.constant(scene), arbitraryProof(scene.terms, scene.now))),
      fc.nat(3),
      ([scene, further], which) => {
        const { terms, now, usage, requests } = scene
        const world = worldOf(scene)
        // By the newest edition's ladder, where decisions read ranks first: another edition's next level may be no level there.
        const { levels } = world.product(terms.product)?.newest.terms ?? terms
        for (const request of requests) {
          const { proofs = [] } = request
          const before = decide(world, usage, request, now)
          const stronger = proofs.map((proof, i) => {
            const rank = levels.findIndex(({ name }) => name === proof.level)
            return i === which && rank >= 0 ? { ...proof, level: levels[rank + 1]?.name ?? proof.level } : proof
          })
          const fresher = proofs.map((proof, i) => (i === which ? { ...proof, at: Math.max(proof.at, now) } : proof))
          for (const better of [stronger, fresher, [...proofs, further]]) {
            const after = decide(world, usage, { ...request, proofs: better }, now)
            if (before.allowed) expect(after.allowed).toBe(true)
            else if (after.allowed) helped++
          }
        }
      },
    ),
    { numRuns: 200 },
  )
  expect(helped).toBeGreaterThan(0)
}, 60_000)
