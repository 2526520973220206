import { expect, test } from 'vitest'
import { edition, identity, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Fact, type GrantFact, type Request } from './index.ts'

const terms = termsOf({ features: { cross: { title: 'Cross', commands: ['load', 'sail'] } }, roles: { crew: [], chief: ['*'] } })
const grant = (more: Partial<GrantFact> = {}): GrantFact => ({
  fact: 'grant',
  id: 'g',
  identity: 'ann',
  organization: 'acme',
  feature: 'ferry:cross',
  from: 10,
  until: 20,
  approved_by: [{ identity: 'bob', roles: [] }],
  ...more,
})
function ask(facts: readonly Fact[], request: Partial<Request> = {}, now = 15) {
  const world = worldOf(edition(terms), identity('ann'), identity('bob'), license('L'), ...facts)
  return decide(world, noUsage, { identity: 'ann', feature: 'cross', ...request }, now)
}
const { organization: _, ...nowhere } = grant()

const cases: { name: string; facts: Fact[]; request?: Partial<Request>; now?: number; want: string }[] = [
  { name: 'a grant fills the gate of the role', facts: [grant()], want: 'allow' },
  { name: 'from its first instant', facts: [grant()], now: 10, want: 'allow' },
  { name: 'and not before', facts: [grant()], now: 9, want: 'not_permitted' },
  { name: 'to its last instant', facts: [grant()], now: 19, want: 'allow' },
  { name: 'and no longer', facts: [grant()], now: 20, want: 'not_permitted' },
  { name: 'of somebody else it is worth nothing', facts: [grant({ identity: 'bob' })], want: 'not_permitted' },
  { name: 'of another organization', facts: [grant({ organization: 'globex' })], want: 'not_permitted' },
  { name: 'of no organization', facts: [nowhere], want: 'not_permitted' },
  { name: 'of another feature', facts: [grant({ feature: 'ferry:load' })], want: 'not_permitted' },
  { name: 'of another product', facts: [grant({ feature: 'train:cross' })], want: 'not_permitted' },
  { name: 'by a bare name that one product alone knows', facts: [grant({ feature: 'cross' })], want: 'allow' },
  { name: 'approved by nobody', facts: [grant({ approved_by: [] })], want: 'not_permitted' },
  { name: 'approved by oneself', facts: [grant({ approved_by: [{ identity: 'ann', roles: ['chief'] }] })], want: 'not_permitted' },
  { name: 'that was taken back', facts: [grant(), { fact: 'removed', of: 'grant', id: 'g' }], want: 'not_permitted' },
  { name: 'that was given to another since', facts: [grant(), grant({ identity: 'bob' })], want: 'not_permitted' },
  { name: 'for some commands covers those', facts: [grant({ commands: ['load'] })], request: { commands: ['load'] }, want: 'allow' },
  { name: 'and no others', facts: [grant({ commands: ['load'] })], request: { commands: ['load', 'sail'] }, want: 'not_permitted' },
  { name: 'nor all of them', facts: [grant({ commands: ['load'] })], want: 'not_permitted' },
  { name: 'which a list of none asks for too', facts: [grant({ commands: ['load'] })], request: { commands: [] }, want: 'not_permitted' },
  { name: 'for one resource covers no question about none', facts: [grant({ resource: 'b1' })], want: 'not_permitted' },
  {
    name: 'for one resource covers it',
    facts: [grant({ resource: 'b1' })],
    request: { resource: { id: 'b1', kind: 'boat' } },
    want: 'allow',
  },
  { name: 'and no other', facts: [grant({ resource: 'b1' })], request: { resource: { id: 'b2', kind: 'boat' } }, want: 'not_permitted' },
  {
    name: 'for labels covers what bears them',
    facts: [grant({ resource: { labels: { size: ['small'] } } })],
    request: { resource: { id: 'b', kind: 'boat', labels: { size: 'small' } } },
    want: 'allow',
  },
  {
    name: 'and nothing without them',
    facts: [grant({ resource: { labels: { size: ['small'] } } })],
    request: { resource: { id: 'b', kind: 'boat' } },
    want: 'not_permitted',
  },
  { name: 'an actor needs one of its own', facts: [grant()], request: { actor: 'bob' }, want: 'not_permitted' },
  {
    name: 'and approved by neither of the two',
    facts: [grant({ approved_by: [{ identity: 'cyd', roles: [] }] }), grant({ id: 'h', identity: 'bob' })],
    request: { actor: 'bob' },
    want: 'not_permitted',
  },
  {
    name: 'both granted by a third',
    facts: [
      grant({ approved_by: [{ identity: 'cyd', roles: [] }] }),
      grant({ id: 'h', identity: 'bob', approved_by: [{ identity: 'cyd', roles: [] }] }),
    ],
    request: { actor: 'bob' },
    want: 'allow',
  },
]
for (const { name, facts, request, now, want } of cases)
  test(`${name}: ${want}`, () => {
    expect(summary(ask(facts, request, now))).toBe(want)
  })

test('a bare name that two products know is no feature, so a grant by it opens neither', () => {
  const train = { ...terms, product: 'train' }
  const facts = [edition(train), license('T', { product: 'train' }), grant({ feature: 'cross' })]
  expect(summary(ask(facts, { feature: 'ferry:cross' }))).toBe('not_permitted')
  expect(summary(ask(facts, { feature: 'train:cross' }))).toBe('not_permitted')
  expect(summary(ask([...facts, grant({ id: 'h', feature: 'train:cross' })], { feature: 'train:cross' }))).toBe('allow')
})

test('of several grants the answer names the one that lasts longest, then the smaller id', () => {
  expect(ask([grant(), grant({ id: 'h', until: 30 })])).toMatchObject({ grant: 'h', expires: 30 })
  expect(ask([grant({ id: 'h' }), grant()]).grant).toBe('g')
  expect(ask([grant(), grant({ id: 'h' })]).grant).toBe('g')
  const four = ['d', 'a', 'c', 'b'].map((id) => grant({ id }))
  expect(ask(four).grant).toBe('a')
})

test('a grant for commands covers no feature that knows none', () => {
  const plain = termsOf({ roles: { crew: [] } })
  const answer = (commands?: string[]): string => {
    const facts = [edition(plain), identity('ann'), license('L'), grant(commands && { commands })]
    return summary(decide(worldOf(...facts), noUsage, { identity: 'ann', feature: 'cross' }, 15))
  }
  expect(answer()).toBe('allow')
  expect(answer(['load'])).toBe('not_permitted')
})

test('asking for access is what helps', () => {
  expect(ask([]).remedies).toEqual([{ type: 'request_access' }])
})
