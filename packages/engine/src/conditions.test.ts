import { expect, test } from 'vitest'
import { edition, identity, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Fact, type IdentityFact, type Request } from './index.ts'

const sections = {
  features: { cross: { title: 'Cross', resource: 'boat' } },
  context: {
    sea: { type: 'string', from: 'enforcer' },
    ticket: { type: 'string', from: 'access_request' },
    clearance: { type: 'string', from: 'world' },
    crew: { type: 'list of string', from: 'token' },
  },
  attributes: { clearance: 'string', email: 'string', age: 'number' },
  properties: { subject: { role: 'string' }, resource: { ownerID: 'string' }, action: { soft: 'boolean' } },
}
const boat = { id: 'b', kind: 'boat', environment: 'calm', labels: { flag: 'NO' } }
const request = (ticket?: unknown): Fact => ({
  fact: 'grant',
  id: 'g',
  identity: 'ann',
  organization: 'acme',
  feature: 'cross',
  from: 0,
  until: 10,
  approved_by: [{ identity: 'bob', roles: [] }],
  ...(ticket !== undefined && { context: { ticket: ticket as string } }),
})

interface Question {
  when: string
  ask?: Partial<Request>
  who?: Partial<IdentityFact>
  facts?: Fact[]
}
function ask({ when, ask: asked = {}, who = {}, facts = [] }: Question): string {
  const terms = termsOf({ ...sections, plans: { day: { title: 'Day', includes: { cross: { when } } } } })
  const world = worldOf(edition(terms), identity('ann', ['crew', 'mate'], who), license('L'), ...facts)
  return summary(decide(world, noUsage, { identity: 'ann', feature: 'cross', resource: boat, ...asked }, 1))
}

const prototyped = Object.create({ sea: 'calm' }) as Record<string, string>
const cases: (Question & { name: string; want: string })[] = [
  { name: 'a fact of the enforcer', when: 'context.sea == "calm"', ask: { context: { sea: 'calm' } }, want: 'allow' },
  { name: 'another value of it', when: 'context.sea == "calm"', ask: { context: { sea: 'rough' } }, want: 'condition_failed' },
  { name: 'a fact that is missing', when: 'context.sea == "calm"', want: 'context_missing' },
  { name: 'a fact that is null', when: 'context.sea == "calm"', ask: { context: { sea: null } }, want: 'context_missing' },
  { name: 'a fact of another type', when: 'context.sea == "1"', ask: { context: { sea: 1 } }, want: 'context_missing' },
  { name: 'a fact that only a prototype holds', when: 'context.sea == "calm"', ask: { context: prototyped }, want: 'context_missing' },
  { name: 'a missing fact that is asked about with has()', when: '!has(context.sea) || context.sea == "calm"', want: 'allow' },
  { name: 'a list', when: '"ann" in context.crew', ask: { context: { crew: ['ann'] } }, want: 'allow' },
  {
    name: 'a list of something else',
    when: '"ann" in context.crew',
    ask: { context: { crew: ['ann', 1] as unknown as string[] } },
    want: 'context_missing',
  },
  {
    name: 'a list that is too long to look through',
    when: '"ann" in context.crew',
    ask: { context: { crew: new Array(101).fill('ann') } },
    want: 'context_missing',
  },
  { name: 'a fact of World', when: 'context.clearance == "high"', who: { attributes: { clearance: 'high' } }, want: 'allow' },
  {
    name: 'a fact of World that the asker sends',
    when: 'context.clearance == "high"',
    ask: { context: { clearance: 'high' } },
    want: 'context_missing',
  },
  {
    name: 'a fact of World that the asker sends otherwise',
    when: 'context.clearance == "high"',
    ask: { context: { clearance: 'high' } },
    who: { attributes: { clearance: 'low' } },
    want: 'condition_failed',
  },
  {
    name: 'an attribute',
    when: 'subject.attributes.email.endsWith("@a.example")',
    who: { attributes: { email: 'x@a.example' } },
    want: 'allow',
  },
  { name: 'an attribute that is not there', when: 'subject.attributes.email.endsWith("@a.example")', want: 'context_missing' },
  {
    name: 'an attribute of another type',
    when: 'subject.attributes.age > 17.0',
    who: { attributes: { age: '18' } },
    want: 'context_missing',
  },
  { name: 'a number', when: 'subject.attributes.age > 17.0', who: { attributes: { age: 18 } }, want: 'allow' },
  {
    name: 'a property of the subject',
    when: 'subject.properties.role == "skipper"',
    ask: { properties: { subject: { role: 'skipper' } } },
    want: 'allow',
  },
  {
    name: 'an attribute is no property',
    when: 'subject.attributes.email == "e"',
    ask: { properties: { subject: { email: 'e' } } },
    want: 'context_missing',
  },
  {
    name: 'a property of the resource',
    when: 'resource.properties.ownerID == subject.id',
    ask: { properties: { resource: { ownerID: 'ann' } } },
    want: 'allow',
  },
  { name: 'a property of the action', when: 'action.properties.soft', ask: { properties: { action: { soft: true } } }, want: 'allow' },
  {
    name: 'a property of the action that is false',
    when: 'action.properties.soft',
    ask: { properties: { action: { soft: false } } },
    want: 'condition_failed',
  },
  { name: 'what the resource is', when: 'resource.id == "b" && resource.kind == "boat" && resource.environment == "calm"', want: 'allow' },
  { name: 'a region that the resource lacks', when: 'resource.region == "north"', want: 'context_missing' },
  { name: 'a label', when: 'resource.labels["flag"] == "NO"', want: 'allow' },
  { name: 'a label that is missing', when: 'resource.labels["owner"] == "NO"', want: 'context_missing' },
  { name: 'the roles of this organization', when: 'subject.roles == ["crew", "mate"]', want: 'allow' },
  { name: 'and no others', when: '"captain" in subject.roles', want: 'condition_failed' },
  { name: 'who asks', when: 'subject.id == "ann" && subject.kind == "human" && action.name == "cross"', want: 'allow' },
  {
    name: 'what cannot be computed',
    when: '1 / int(subject.attributes.age) == 1',
    who: { attributes: { age: 0 } },
    want: 'condition_failed',
  },
  { name: 'a fact of an access request without one', when: 'context.ticket == "T"', want: 'approval_required' },
  {
    name: 'a fact of an access request that the asker sends',
    when: 'context.ticket == "T"',
    ask: { context: { ticket: 'T' } },
    want: 'approval_required',
  },
  { name: 'a fact of an access request', when: 'context.ticket == "T"', facts: [request('T')], want: 'allow' },
  {
    name: 'another value of it',
    when: 'context.ticket == "T"',
    facts: [request('U')],
    ask: { context: { ticket: 'T' } },
    want: 'condition_failed',
  },
  {
    name: 'a request without it',
    when: 'context.ticket == "T"',
    facts: [request()],
    ask: { context: { ticket: 'T' } },
    want: 'context_missing',
  },
  { name: 'a request with something else', when: 'context.ticket == "T"', facts: [request(1)], want: 'context_missing' },
  {
    name: 'a negated fact of a request',
    when: '!has(context.ticket)',
    facts: [request()],
    ask: { context: { ticket: 'T' } },
    want: 'allow',
  },
  { name: 'the local rules of the enforcer', when: 'true', ask: { locally_refused: true }, want: 'condition_failed' },
  { name: 'the local rules may not help', when: 'false', ask: { locally_refused: false }, want: 'condition_failed' },
]
for (const { name, want, ...question } of cases)
  test(`${name}: ${question.when} gives ${want}`, () => {
    expect(ask(question)).toBe(want)
  })

test('a grant brings only what is declared to come from requests', () => {
  const bringing = (context: Record<string, string>): Fact => ({ ...request('T'), context }) as Fact
  const when = 'context.ticket == "T" && context.sea == "calm"'
  expect(ask({ when, facts: [bringing({ ticket: 'T', sea: 'calm' })] })).toBe('context_missing')
  expect(ask({ when, facts: [bringing({ ticket: 'T' })], ask: { context: { sea: 'calm' } } })).toBe('allow')
})

test('conditions on a request, of the plan and of the entry, both hold', () => {
  const answer = (plan: string, entry: string): string => {
    const day = { title: 'Day', includes: { cross: { when: entry } }, conditions: { when: plan } }
    const world = worldOf(edition(termsOf({ ...sections, plans: { day } })), identity('ann'), license('L'), request('T'))
    return summary(decide(world, noUsage, { identity: 'ann', feature: 'cross', resource: boat }, 1))
  }
  expect(answer('context.ticket == "T"', 'context.ticket == "T"')).toBe('allow')
  expect(answer('context.ticket == "T"', 'context.ticket == "U"')).toBe('condition_failed')
  expect(answer('context.ticket == "U"', 'context.ticket == "T"')).toBe('condition_failed')
})

test('a plan’s condition and an entry’s both hold', () => {
  const both = (plan: string, entry: string): string => {
    const terms = termsOf({ plans: { day: { title: 'Day', includes: { cross: { when: entry } }, conditions: { when: plan } } } })
    return summary(decide(worldOf(edition(terms), identity('ann'), license('L')), noUsage, { identity: 'ann', feature: 'cross' }, 1))
  }
  expect(both('true', 'true')).toBe('allow')
  expect(both('false', 'true')).toBe('condition_failed')
  expect(both('true', 'false')).toBe('condition_failed')
})

test('roles in a condition are those of the candidate’s organization', () => {
  const terms = termsOf({
    roles: { crew: ['*'], guest: ['*'] },
    plans: { day: { title: 'Day', includes: { cross: { when: '"crew" in subject.roles' } } } },
  })
  const facts = [identity('ann', [], { in: { acme: ['guest'], globex: ['crew'] } }), license('L'), license('M', { organization: 'globex' })]
  const world = worldOf(edition(terms), ...facts)
  const of = (organization: string): string => summary(decide(world, noUsage, { identity: 'ann', organization, feature: 'cross' }, 1))
  expect(of('acme')).toBe('condition_failed')
  expect(of('globex')).toBe('allow')
})

test('a licence of one’s own has the role *', () => {
  const terms = termsOf({ plans: { day: { title: 'Day', includes: { cross: { when: 'subject.roles == ["*"]' } } } } })
  const { organization: _, ...own } = license('P', { holder: 'ann' })
  const world = worldOf(edition(terms), identity('ann', [], { in: {} }), own)
  expect(summary(decide(world, noUsage, { identity: 'ann', feature: 'cross' }, 1))).toBe('allow')
})
