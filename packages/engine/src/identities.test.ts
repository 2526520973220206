import { expect, test } from 'vitest'
import { edition, identity, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Fact, propose, type Request, World } from './index.ts'

const terms = termsOf({ roles: { crew: ['*'], guest: [] } })
const base: readonly Fact[] = [edition(terms), license('L')]
const link = { issuer: 'https://id.example', subject: 'a-1' }

function ask(facts: readonly Fact[], request: Partial<Request>): string {
  return summary(decide(worldOf(...base, ...facts), noUsage, { feature: 'cross', ...request }, 1))
}

test('an identity is found by issuer and subject, and only by both', () => {
  const ann = identity('ann', ['crew'], { links: [link] })
  expect(ask([ann], { identity: link })).toBe('allow')
  expect(ask([ann], { identity: { ...link, issuer: 'https://other.example' } })).toBe('identity_unknown')
  expect(ask([ann], { identity: { ...link, subject: 'a-2' } })).toBe('identity_unknown')
})

test('who is asked about by issuer and subject has the seat that they hold, and may not approve for themselves', () => {
  const one = termsOf({ plans: { day: { title: 'Day', seats: { floating: 1, lease: '10 minutes' }, includes: { cross: {} } } } })
  const facts: Fact[] = [edition(one), license('L'), identity('ann', ['crew'], { links: [link] })]
  const usage = { ...noUsage, floating: () => [{ identity: 'ann' }] }
  const { decision, spending } = propose(worldOf(...facts), usage, { feature: 'cross', identity: link }, 1)
  expect([summary(decision), spending?.seat?.identity]).toEqual(['allow', 'ann'])
  const own: Fact = {
    fact: 'grant',
    id: 'g',
    identity: 'ann',
    organization: 'acme',
    feature: 'cross',
    from: 0,
    until: 9,
    approved_by: [{ identity: 'ann', roles: ['crew'] }],
  }
  expect(ask([identity('ann', ['guest'], { links: [link] }), own], { identity: link })).toBe('not_permitted')
})

test('an id is no subject, and a subject is no id', () => {
  const ann = identity('ann', ['crew'], { links: [link] })
  expect(ask([ann], { identity: 'a-1' })).toBe('identity_unknown')
  expect(ask([ann], { identity: { issuer: 'https://id.example', subject: 'ann' } })).toBe('identity_unknown')
})

test('a link that moves to another identity moves whole, whichever is stated first', () => {
  const before = [identity('ann', ['crew'], { links: [link] }), identity('bob', ['guest'])]
  const after = [identity('ann', ['crew']), identity('bob', ['guest'], { links: [link] })]
  for (const moved of [after, after.toReversed()]) expect(ask([...before, ...moved], { identity: link })).toBe('not_permitted')
})

test('a link that two identities claim is nobody, in either order, until one lets go', () => {
  const ann = identity('ann', ['crew'], { links: [link] })
  const bob = identity('bob', ['guest'], { links: [link] })
  for (const facts of [
    [ann, bob],
    [bob, ann],
  ])
    expect(ask(facts, { identity: link })).toBe('identity_unknown')
  const gone: Fact = { fact: 'removed', of: 'identity', id: 'bob' }
  expect(ask([ann, bob, gone], { identity: link })).toBe('allow')
  expect(ask([bob, ann, identity('bob', ['guest'])], { identity: link })).toBe('allow')
  expect(ask([ann, bob, identity('ann', ['crew'])], { identity: link })).toBe('not_permitted')
})

test('an identity may claim a link twice', () => {
  expect(ask([identity('ann', ['crew'], { links: [link, link] })], { identity: link })).toBe('allow')
})

test('no subject can be written so that it reads as another issuer and subject', () => {
  const ann = identity('ann', ['crew'], { links: [{ issuer: 'a\nb', subject: 'c' }] })
  expect(ask([ann], { identity: { issuer: 'a', subject: 'b\nc' } })).toBe('identity_unknown')
  const bob = identity('bob', ['crew'], { links: [{ issuer: '1:ab', subject: 'c' }] })
  expect(ask([bob], { identity: { issuer: '1:a', subject: 'bc' } })).toBe('identity_unknown')
})

test('one odd role name is not two roles', () => {
  const pair = identity('bob', ['guest', 'crew'])
  for (const odd of ['crew\nguest', 'crew,guest', '"crew","guest"', '["crew","guest"]'])
    expect(ask([pair, identity('ann', [odd])], { identity: 'ann' })).toBe('not_permitted')
})

test('one odd factor name is not two factors', () => {
  const strong = termsOf({
    assurance: { word: { acr: 'urn:1', any_of: ['pwd'] }, key: { acr: 'urn:2', any_of: ['hwk'] } },
    plans: { day: { title: 'Day', includes: { cross: { assurance: 'key' } } } },
  })
  const facts = [edition(strong), license('L'), identity('bob', ['crew'], { factors: ['word', 'key'] })]
  const world = worldOf(...facts, identity('ann', ['crew'], { factors: ['word\nkey'] }))
  expect(summary(decide(world, noUsage, { identity: 'ann', feature: 'cross' }, 1))).toBe('assurance_unreachable')
  expect(summary(decide(world, noUsage, { identity: 'bob', feature: 'cross' }, 1))).toBe('step_up_required')
})

test('an organization and an identity with the name of a prototype member live through a snapshot', () => {
  const world = new World()
  const facts: Fact[] = [
    edition(terms),
    license('L', { organization: '__proto__' }),
    identity('constructor', [], { in: JSON.parse('{"__proto__":["crew"],"acme":["guest"]}') }),
  ]
  world.apply({ revision: 1, facts })
  const copy = new World()
  copy.apply({ revision: 1, facts: [...world.facts()] })
  const question = { identity: 'constructor', organization: '__proto__', feature: 'cross' }
  for (const one of [world, copy]) expect(summary(decide(one, noUsage, question, 1))).toBe('allow')
})

const status: { name: string; facts: Fact[]; request: Partial<Request>; want: string }[] = [
  { name: 'nobody at all', facts: [], request: {}, want: 'identity_unknown' },
  {
    name: 'an identity that only a seat names',
    facts: [{ fact: 'seat', license: 'L', identity: 'ann', order: 0 }],
    request: { identity: 'ann' },
    want: 'identity_unknown',
  },
  {
    name: 'a removed identity',
    facts: [identity('ann'), { fact: 'removed', of: 'identity', id: 'ann' }],
    request: { identity: 'ann' },
    want: 'identity_unknown',
  },
  {
    name: 'a suspended identity',
    facts: [identity('ann', ['crew'], { status: 'suspended' })],
    request: { identity: 'ann' },
    want: 'identity_suspended',
  },
  {
    name: 'a revoked identity',
    facts: [identity('ann', ['crew'], { status: 'revoked' })],
    request: { identity: 'ann' },
    want: 'identity_revoked',
  },
  { name: 'an unknown actor', facts: [identity('ann')], request: { identity: 'ann', actor: 'bot' }, want: 'identity_unknown' },
  {
    name: 'a suspended actor',
    facts: [identity('ann'), identity('bot', ['crew'], { status: 'suspended' })],
    request: { identity: 'ann', actor: 'bot' },
    want: 'identity_suspended',
  },
  {
    name: 'an actor without a role that permits it',
    facts: [identity('ann'), identity('bot', ['guest'], { kind: 'agent' })],
    request: { identity: 'ann', actor: 'bot' },
    want: 'not_permitted',
  },
  {
    name: 'an actor of another organization',
    facts: [identity('ann'), identity('bot', [], { in: { globex: ['crew'] } })],
    request: { identity: 'ann', actor: 'bot' },
    want: 'not_permitted',
  },
  {
    name: 'an actor with a role',
    facts: [identity('ann'), identity('bot', ['crew'], { kind: 'agent' })],
    request: { identity: 'ann', actor: 'bot' },
    want: 'allow',
  },
  {
    name: 'an actor named by issuer and subject',
    facts: [identity('ann'), identity('bot', ['crew'], { links: [link] })],
    request: { identity: 'ann', actor: link },
    want: 'allow',
  },
]
for (const { name, facts, request, want } of status)
  test(`${name} gets ${want}`, () => {
    expect(ask(facts, request)).toBe(want)
  })
