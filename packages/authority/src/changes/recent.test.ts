import { type Change, decide, type Fact, World } from '@writ/engine'
import { arbitraryHistory } from '@writ/engine/test/arbitrary-history'
import fc, { type Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'
import { admit } from '../decisions/admit.ts'
import { ADMIN_SCOPES, type Reach } from '../enforcers/scope.ts'
import { factKey } from './fact-key.ts'
import { Recent } from './recent.ts'
import { snapshotParts } from './snapshot.ts'

const arbitraryReach = (product: string): Arbitrary<Reach> =>
  fc.record(
    {
      scopes: fc.constant(ADMIN_SCOPES),
      organizations: fc.constantFrom(['acme'], ['globex'], ['acme', 'globex'], ['nobody']),
      products: fc.constantFrom([product], ['another']),
    },
    { requiredKeys: ['scopes'] },
  )

/** A history, who follows it, when they begin, and in which steps they hear of the rest. */
const arbitraryStory = arbitraryHistory.chain(({ scene, changes }) =>
  fc.record({
    scene: fc.constant(scene),
    changes: fc.constant(changes.map(({ revision, facts }) => ({ revision, facts: facts.map(withItsLink) }))),
    reach: arbitraryReach(scene.terms.product),
    begin: fc.nat(changes.length),
    steps: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 }),
  }),
)

/** The store lets a link be of one identity alone; a copy could not know of another's claim. */
function withItsLink(fact: Fact): Fact {
  return fact.fact === 'identity' ? { ...fact, links: [{ issuer: 'https://id.example', subject: fact.id }] } : fact
}

async function snapshot(world: World, recent: Recent, reach: Reach): Promise<Fact[]> {
  const facts: Fact[] = []
  const parts = snapshotParts(world, recent, reach)
  for (let next = await parts.next(); next.done !== true; next = await parts.next()) facts.push(...next.value)
  return facts
}

/** In an order of its own, so that two ways to the same facts compare. */
function sorted(facts: Iterable<Fact>): Fact[] {
  return [...facts]
    .map((fact) => [factKey(fact), fact] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, fact]) => fact)
}

test('who follows has what who begins anew would have, hears of nothing else, and decides as the authority does for them', async () => {
  const seen = { decisions: 0, removals: 0, departures: 0 }
  await fc.assert(
    fc.asyncProperty(arbitraryStory, async ({ scene, changes, reach, begin, steps }) => {
      const world = new World()
      const recent = new Recent(world)
      for (const change of changes.slice(0, begin)) recent.apply(change)
      recent.begin()
      const copy = new World()
      copy.apply({ revision: world.revision, facts: await snapshot(world, recent, reach) })
      const follow = () => {
        const facts = recent.since(copy.revision, reach) as Fact[]
        for (const fact of facts) {
          if (fact.fact !== 'removed') continue
          seen.removals++
          // What was never seen is not told to be gone: its name would be news.
          expect(copy.stated(fact)).toBeDefined()
          if (world.stated(fact) !== undefined) seen.departures++
        }
        copy.apply({ revision: world.revision, facts })
      }
      const rest = changes.slice(begin)
      for (const step of [...steps, rest.length]) {
        for (const change of rest.splice(0, step)) recent.apply(change)
        follow()
      }
      expect(sorted(copy.facts())).toEqual(sorted(await snapshot(world, recent, reach)))
      const told = JSON.stringify([...copy.facts()])
      if (reach.organizations !== undefined)
        for (const other of ['acme', 'globex']) if (!reach.organizations.includes(other)) expect(told).not.toContain(`"${other}"`)
      world.standing = scene.standing
      copy.standing = scene.standing
      for (const request of scene.requests) {
        const { allowed, reason } = decide(copy, scene.usage, request, scene.now)
        const want = decide(world, scene.usage, admit(request, reach, world).request, scene.now)
        // Whoever asks of a product out of sight is refused either way; its signals are out of sight too.
        const unseen = want.reason === 'risk_denied' && reason === 'feature_unknown'
        expect({ allowed, reason }).toEqual({ allowed: want.allowed, reason: unseen ? reason : want.reason })
        seen.decisions++
      }
    }),
    { numRuns: 150 },
  )
  expect(seen.decisions).toBeGreaterThan(100)
  expect(seen.removals).toBeGreaterThan(20)
  expect(seen.departures).toBeGreaterThan(0)
}, 60_000)

test('a snapshot that others change while it is read is whole, of the moment at which it ends', async () => {
  const world = new World()
  const recent = new Recent(world)
  const identity = (id: string, organization: string): Fact => ({
    ...{ fact: 'identity', id, kind: 'human', status: 'active' },
    in: { [organization]: [] },
  })
  const people = Array.from({ length: 5_000 }, (_, at) => identity(`p${at}`, 'acme'))
  recent.apply({ revision: 1, facts: [{ fact: 'organization', id: 'acme' }, ...people] })
  recent.begin()
  const reach: Reach = { scopes: ['decide'], organizations: ['acme'] }
  const facts: Fact[] = []
  const changes: Change[] = [
    { revision: 2, facts: [identity('p0', 'globex'), identity('p4999', 'globex')] },
    { revision: 3, facts: [identity('new', 'acme'), { fact: 'removed', of: 'identity', id: 'p1' }] },
  ]
  const parts = snapshotParts(world, recent, reach)
  let next = await parts.next()
  for (; next.done !== true; next = await parts.next()) {
    facts.push(...next.value)
    const change = changes.shift()
    if (change !== undefined) recent.apply(change)
  }
  expect(next.value).toBe(3)
  const copy = new World()
  copy.apply({ revision: 3, facts })
  expect(sorted(copy.facts())).toEqual(sorted(await snapshot(world, recent, reach)))
  expect([...copy.facts()]).toHaveLength(5_000 - 1)
})

test('what is no longer remembered, or not yet, is not at hand', () => {
  const recent = new Recent(new World(), 10)
  const reach: Reach = { scopes: ['decide'] }
  expect(recent.since(0, reach)).toBeUndefined()
  recent.begin()
  for (let revision = 1; revision <= 20; revision++) recent.apply({ revision, facts: [{ fact: 'organization', id: `o${revision}` }] })
  expect(recent.since(21, reach)).toBeUndefined()
  expect(recent.since(20, reach)).toEqual([])
  expect(recent.since(15, reach)).toHaveLength(5)
  expect(recent.since(14, reach)).toBeUndefined()
})
