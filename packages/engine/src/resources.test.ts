import { expect, test } from 'vitest'
import { edition, identity, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Request, type ResourceFact } from './index.ts'

const terms = termsOf({
  features: { cross: { title: 'Cross', resource: 'boat' }, see: { title: 'See' } },
  plans: {
    day: {
      title: 'Day',
      includes: { cross: { resources: { environment: ['calm'], region: ['north'], labels: { size: ['small'] } } }, see: {} },
    },
  },
})
const boat: ResourceFact = { fact: 'resource', id: 'b1', kind: 'boat', environment: 'calm', region: 'north', labels: { size: 'small' } }

function ask(known: ResourceFact | undefined, resource: Request['resource'], feature = 'cross'): string {
  const world = worldOf(edition(terms), identity('ann'), license('L'), ...(known ? [known] : []))
  return summary(decide(world, noUsage, { identity: 'ann', feature, ...(resource !== undefined && { resource }) }, 1))
}

const described = { id: 'b9', kind: 'boat', environment: 'calm', region: 'north', labels: { size: 'small' } }
const { environment: _, ...anywhere } = boat
const cases: { name: string; known?: ResourceFact; resource?: Request['resource']; want: string }[] = [
  { name: 'a declared resource is asked about by its id', known: boat, resource: 'b1', want: 'allow' },
  {
    name: 'what the enforcer says of a declared environment counts for nothing',
    known: { ...boat, environment: 'storm' },
    resource: { id: 'b1', environment: 'calm' },
    want: 'not_entitled',
  },
  {
    name: 'nor does what it says of a declared region',
    known: { ...boat, region: 'south' },
    resource: { id: 'b1', region: 'north' },
    want: 'not_entitled',
  },
  {
    name: 'nor does what it says of a declared label',
    known: { ...boat, labels: { size: 'large' } },
    resource: { id: 'b1', labels: { size: 'small' } },
    want: 'not_entitled',
  },
  {
    name: 'and it cannot take a declared environment away either',
    known: boat,
    resource: { id: 'b1', environment: 'storm' },
    want: 'allow',
  },
  {
    name: 'what the record leaves open the enforcer may fill in',
    known: anywhere,
    resource: { id: 'b1', environment: 'calm' },
    want: 'allow',
  },
  { name: 'and what nobody says matches nothing', known: anywhere, resource: 'b1', want: 'not_entitled' },
  {
    name: 'labels are filled in one by one',
    known: { ...boat, labels: { flag: 'no' } },
    resource: { id: 'b1', labels: { size: 'small' } },
    want: 'allow',
  },
  {
    name: 'a declared resource of another kind than said is unknown',
    known: boat,
    resource: { id: 'b1', kind: 'car' },
    want: 'resource_unknown',
  },
  { name: 'and one of the kind that is said is itself', known: boat, resource: { id: 'b1', kind: 'boat' }, want: 'allow' },
  {
    name: 'a declared resource of another kind than the feature asks for is unknown',
    known: { ...boat, kind: 'car' },
    resource: 'b1',
    want: 'resource_unknown',
  },
  { name: 'a described resource is judged as described', resource: described, want: 'allow' },
  { name: 'a described resource without a kind is unknown', resource: { id: 'b9', environment: 'calm' }, want: 'resource_unknown' },
  { name: 'an id that nobody declared is unknown', resource: 'b9', want: 'resource_unknown' },
  { name: 'the name of a prototype member is unknown', known: boat, resource: '__proto__', want: 'resource_unknown' },
  { name: 'a feature about a resource is not asked without one', want: 'resource_unknown' },
  {
    name: 'a label does not come from a prototype',
    resource: { ...described, labels: Object.create({ size: 'small' }) as Record<string, string> },
    want: 'not_entitled',
  },
]
for (const { name, known, resource, want } of cases)
  test(name, () => {
    expect(ask(known, resource)).toBe(want)
  })

test('a feature about nothing in particular takes any known resource and none, but no unknown one', () => {
  expect(ask(boat, 'b1', 'see')).toBe('allow')
  expect(ask(boat, undefined, 'see')).toBe('allow')
  expect(ask(boat, 'b2', 'see')).toBe('resource_unknown')
  expect(ask(boat, { id: 'b1', kind: 'car' }, 'see')).toBe('resource_unknown')
  expect(ask(boat, null as never, 'see')).toBe('allow')
})

test('a resource that was removed is unknown, and one stated again is what was stated last', () => {
  const world = worldOf(edition(terms), identity('ann'), license('L'), boat)
  const answer = (): string => summary(decide(world, noUsage, { identity: 'ann', feature: 'cross', resource: 'b1' }, 1))
  world.apply({ revision: 2, facts: [{ ...boat, environment: 'storm' }] })
  expect(answer()).toBe('not_entitled')
  world.apply({ revision: 3, facts: [{ fact: 'removed', of: 'resource', id: 'b1' }] })
  expect(answer()).toBe('resource_unknown')
})
