import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edition, identity, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { type CustomerRole, decide, type Fact } from './index.ts'

const FEATURES = ['deck.load', 'deck.wash', 'cross', 'mend']
const terms = termsOf({
  features: Object.fromEntries(FEATURES.map((name) => [name, { title: name }])),
  roles: { crew: ['deck.*', 'cross'], guest: ['cross'], captain: ['*'] },
  plans: { day: { title: 'Day', includes: Object.fromEntries(FEATURES.map((name) => [name, {}])) } },
})

/** The features that roles permit in an organization with roles of its own. */
function permitted(roles: readonly string[], own?: Readonly<Record<string, CustomerRole>>): string[] {
  const facts: Fact[] = [edition(terms), identity('ann', roles), license('L')]
  const world = worldOf(...facts, { fact: 'organization', id: 'acme', ...(own && { roles: own }) })
  return FEATURES.filter((feature) => decide(world, noUsage, { identity: 'ann', feature }, 1).allowed)
}

const cases: { name: string; roles: string[]; own?: Record<string, CustomerRole>; want: string[] }[] = [
  { name: "a vendor's role permits what it says", roles: ['crew'], want: ['deck.load', 'deck.wash', 'cross'] },
  { name: 'several roles permit what any of them does', roles: ['guest', 'crew'], want: ['deck.load', 'deck.wash', 'cross'] },
  { name: 'no role permits nothing', roles: [], want: [] },
  { name: 'an unknown role permits nothing', roles: ['pilot', 'toString', '__proto__', '*'], want: [] },
  { name: "a customer's role of a vendor's name narrows it", roles: ['crew'], own: { crew: ['deck.load'] }, want: ['deck.load'] },
  { name: 'and never widens it', roles: ['guest'], own: { guest: ['*'] }, want: ['cross'] },
  { name: 'and narrows nobody else', roles: ['captain'], own: { crew: [] }, want: FEATURES },
  {
    name: 'a new name picks from vendor roles',
    roles: ['loader'],
    own: { loader: { from: ['crew'], features: ['deck.load', 'mend'] } },
    want: ['deck.load'],
  },
  { name: 'a new name that picks from none permits nothing', roles: ['loader'], own: { loader: ['deck.load'] }, want: [] },
  {
    name: 'a new name that picks from unknown roles permits nothing',
    roles: ['loader'],
    own: { loader: { from: ['pilot'], features: ['*'] } },
    want: [],
  },
  {
    name: 'a new name picks from several',
    roles: ['loader'],
    own: { loader: { from: ['guest', 'crew'], features: ['*'] } },
    want: ['deck.load', 'deck.wash', 'cross'],
  },
  {
    name: "a vendor's name that picks from a larger role is still narrowed to its own",
    roles: ['guest'],
    own: { guest: { from: ['captain'], features: ['*'] } },
    want: ['cross'],
  },
  { name: 'a name that only a prototype has is no role of the customer', roles: ['toString'], own: {}, want: [] },
]
for (const { name, roles, own, want } of cases) test(name, () => expect(permitted(roles, own)).toEqual(want))

test('whatever a customer writes, nobody is permitted more than the vendor roles behind it', () => {
  const vendors = ['crew', 'guest', 'captain']
  const features = fc.subarray([...FEATURES, '*', 'deck.*'])
  const role: fc.Arbitrary<CustomerRole> = fc.oneof(features, fc.record({ from: fc.subarray([...vendors, 'pilot']), features }))
  const own = fc.dictionary(fc.constantFrom(...vendors, 'loader', 'pilot'), role)
  let narrowed = 0
  fc.assert(
    fc.property(fc.subarray([...vendors, 'loader', 'pilot']), own, (roles, theirs) => {
      const behind = roles.flatMap((name) => {
        const customers = Object.hasOwn(theirs, name) ? theirs[name] : undefined
        return vendors.includes(name) ? [name] : customers !== undefined && 'from' in customers ? customers.from : []
      })
      const [most, got] = [permitted(behind), permitted(roles, theirs)]
      expect(most).toEqual(expect.arrayContaining(got))
      if (got.length < most.length) narrowed++
    }),
    { numRuns: 300 },
  )
  expect(narrowed).toBeGreaterThan(0)
})

test('roles that change are the new ones at the next question, in both directions', () => {
  const world = worldOf(edition(terms), identity('ann', ['crew']), license('L'))
  const answer = (): string => summary(decide(world, noUsage, { identity: 'ann', feature: 'deck.load' }, 1))
  expect(answer()).toBe('allow')
  world.apply({ revision: 2, facts: [{ fact: 'organization', id: 'acme', roles: { crew: ['cross'] } }] })
  expect(answer()).toBe('not_permitted')
  world.apply({ revision: 3, facts: [{ fact: 'organization', id: 'acme', roles: { crew: ['deck.*'] } }] })
  expect(answer()).toBe('allow')
  world.apply({ revision: 4, facts: [{ fact: 'organization', id: 'acme', roles: { crew: [] } }] })
  expect(answer()).toBe('not_permitted')
  world.apply({ revision: 5, facts: [{ fact: 'removed', of: 'organization', id: 'acme' }] })
  expect(answer()).toBe('allow')
  world.apply({ revision: 6, facts: [identity('ann', [], { in: {} })] })
  expect(answer()).toBe('no_license')
})
