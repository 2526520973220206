import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryHistory } from '../test/arbitrary-history.ts'
import type { Scene } from '../test/arbitrary-scene.ts'
import { type Change, decide, type Fact, World } from './index.ts'

/** What a fact is about; facts about different entities commute. */
function entityOf(fact: Fact): string {
  switch (fact.fact) {
    case 'edition':
      return `edition ${fact.product} ${fact.edition}`
    case 'seat':
      return `seat ${fact.license} ${fact.identity}`
    case 'elsewhere':
      return `elsewhere ${fact.need} ${fact.identity ?? ''}`
    case 'removed':
      return `${fact.of} ${fact.id}${fact.of === 'seat' || fact.of === 'elsewhere' ? ` ${fact.identity ?? ''}` : ''}`
    default:
      return `${fact.fact} ${fact.id}`
  }
}

function build(changes: readonly Change[]): World {
  const world = new World()
  for (const change of changes) world.apply(change)
  return world
}

/** The plain version of World's memory: what was said last of each entity, roles as sets. */
function remembered(changes: readonly Change[]): Fact[] {
  const last = new Map<string, Fact>()
  for (const fact of changes.flatMap(({ facts }) => facts)) {
    if (fact.fact === 'removed') last.delete(entityOf(fact))
    else last.set(entityOf(fact), fact)
  }
  return [...last.values()].map((fact) => {
    if (fact.fact !== 'identity') return fact
    const memberships = Object.entries(fact.in).map(([organization, roles]) => [organization, [...new Set(roles)].sort()])
    return { ...fact, in: Object.fromEntries(memberships) as typeof fact.in }
  })
}

function sorted(facts: Iterable<Fact>) {
  return [...facts].map((fact) => [entityOf(fact), fact] as const).sort(([a], [b]) => (a < b ? -1 : 1))
}

function expectEqual(one: World, other: World, { usage, requests, now, terms }: Scene): void {
  expect(sorted(other.facts())).toEqual(sorted(one.facts()))
  expect(other.revision).toBe(one.revision)
  for (const feature of terms.features.keys()) {
    const request = { identity: { issuer: 'https://id.example', subject: 'one' }, feature }
    expect(decide(other, usage, request, now)).toEqual(decide(one, usage, request, now))
  }
  for (const request of requests) expect(decide(other, usage, request, now)).toEqual(decide(one, usage, request, now))
}

test('a snapshot holds what was said last of each entity, and nothing else', () => {
  fc.assert(
    fc.property(arbitraryHistory, ({ changes }) => {
      expect(sorted(build(changes).facts())).toEqual(sorted(remembered(changes)))
    }),
    { numRuns: 100, endOnFailure: true },
  )
}, 60_000)

test('facts about different entities commute', () => {
  fc.assert(
    fc.property(arbitraryHistory, fc.infiniteStream(fc.nat(1_000_000)), ({ scene, changes }, dice) => {
      // Entities are shuffled against each other; what is said of one keeps its order.
      const queues = new Map<string, Fact[]>()
      for (const fact of changes.flatMap(({ facts }) => facts)) queues.set(entityOf(fact), [...(queues.get(entityOf(fact)) ?? []), fact])
      const shuffled: Fact[] = []
      while (queues.size > 0) {
        const names = [...queues.keys()]
        const name = names[(dice.next().value ?? 0) % names.length] ?? ''
        const [next, ...rest] = queues.get(name) ?? []
        if (next !== undefined) shuffled.push(next)
        if (rest.length === 0) queues.delete(name)
        else queues.set(name, rest)
      }
      expectEqual(build(changes), build([{ revision: changes.length, facts: shuffled }]), scene)
    }),
    { numRuns: 100, endOnFailure: true },
  )
}, 60_000)

test('a snapshot and the tail after it are a full replay, wherever the snapshot was taken', () => {
  fc.assert(
    fc.property(arbitraryHistory, fc.nat(1000), ({ scene, changes }, where) => {
      const cut = where % (changes.length + 1)
      const head = build(changes.slice(0, cut))
      const snapshot: Change = { revision: head.revision, facts: [...head.facts()] }
      expectEqual(build(changes), build([snapshot, ...changes.slice(cut)]), scene)
    }),
    { numRuns: 100, endOnFailure: true },
  )
}, 60_000)

test('a change applied twice is a change applied once', () => {
  fc.assert(
    fc.property(arbitraryHistory, ({ scene, changes }) => {
      const twice = changes.flatMap((change) => [change, change])
      expectEqual(build(changes), build(twice), scene)
    }),
    { numRuns: 50, endOnFailure: true },
  )
}, 60_000)

test('facts survive JSON, which is how they travel', () => {
  fc.assert(
    fc.property(arbitraryHistory, ({ scene, changes }) => {
      const travelled = changes.map((change) => ({
        ...change,
        facts: change.facts.map((fact) => (fact.fact === 'edition' ? fact : (JSON.parse(JSON.stringify(fact)) as Fact))),
      }))
      expectEqual(build(changes), build(travelled), scene)
    }),
    { numRuns: 50, endOnFailure: true },
  )
}, 60_000)

test('a revision never goes back', () => {
  const world = build([
    { revision: 7, facts: [] },
    { revision: 3, facts: [] },
  ])
  expect(world.revision).toBe(7)
})

test('an edition whose terms do not parse is refused whole', () => {
  expect(() => build([{ revision: 1, facts: [{ fact: 'edition', product: 'ferry', edition: 1, terms: 'terms: 1' }] }])).toThrow(RangeError)
})
