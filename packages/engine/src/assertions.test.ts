import { expect, test } from 'vitest'
import { assertionsOf, type Request, withoutAssertions } from './index.ts'

const ALL = { identity: true, resource: true, context: true, proofs: true }
const NONE = { identity: false, resource: false, context: false, proofs: false }
const sent: Request = {
  identity: 'ann',
  actor: 'bot',
  feature: 'cross',
  organization: 'acme',
  resource: { id: 'north', kind: 'gate', environment: 'production' },
  commands: ['open'],
  context: { country: 'DE' },
  proofs: [{ level: 'word', at: 0 }],
  properties: { subject: { team: 'a' }, resource: { owner: 'b' }, action: { why: 'c' } },
}

test('each scope allows one kind of assertion, and no other scope does', () => {
  expect(assertionsOf(['assert:identity', 'assert:resource', 'assert:context', 'assert:proofs'])).toEqual(ALL)
  expect(assertionsOf([])).toEqual(NONE)
  expect(assertionsOf(['identity', 'assert:', 'assert:all', 'decide', 'manage:*'])).toEqual(NONE)
  for (const name of ['identity', 'resource', 'context', 'proofs'] as const)
    expect(assertionsOf([`assert:${name}`])).toEqual({ ...NONE, [name]: true })
})

test('who may state everything is asked as sent', () => {
  expect(withoutAssertions(sent, ALL)).toBe(sent)
})

test('who may state nothing asks about nobody, of the resource by its id, without context, proofs and properties', () => {
  expect(withoutAssertions(sent, NONE)).toStrictEqual({
    feature: 'cross',
    organization: 'acme',
    resource: 'north',
    commands: ['open'],
    properties: {},
  })
})

const without = (...names: (keyof Request)[]): Request =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => !names.includes(name as keyof Request))) as unknown as Request

test.each([
  ['identity', { ...without('identity', 'actor'), properties: { resource: { owner: 'b' }, action: { why: 'c' } } }],
  ['resource', { ...sent, resource: 'north', properties: { subject: { team: 'a' }, action: { why: 'c' } } }],
  ['context', { ...without('context'), properties: { subject: { team: 'a' }, resource: { owner: 'b' } } }],
  ['proofs', without('proofs')],
] as const)('without %s alone, that alone goes, and what the properties say of it', (name, left) => {
  const copy = structuredClone(sent)
  expect(withoutAssertions(sent, { ...ALL, [name]: false })).toStrictEqual(left)
  expect(sent).toEqual(copy)
})

test.each([[{ feature: 'cross' }], [{ feature: 'cross', resource: 'north', organization: 'acme', commands: ['open'] }]] as Request[][])(
  'a question that states nothing stays the one that was sent',
  (question) => {
    expect(withoutAssertions(question as Request, NONE)).toBe(question)
  },
)

test.each(['identity', 'resource', 'context'] as const)('properties are read without %s, also where all else is as it may be', (name) => {
  const question: Request = { feature: 'cross', properties: {} }
  const left = withoutAssertions(question, { ...ALL, [name]: false })
  expect(left).toStrictEqual(question)
  expect(withoutAssertions(question, { ...ALL, proofs: false })).toBe(question)
})

test.each([
  ['identity', { identity: 'ann' }],
  ['identity', { actor: 'bot' }],
  ['context', { context: {} }],
  ['proofs', { proofs: [] }],
  ['resource', { resource: { id: 'north' } }],
] as const)('%s is dropped also where nothing else is: %o', (name, stated) => {
  const question: Request = { feature: 'cross', ...stated }
  const left = withoutAssertions(question, { ...ALL, [name]: false })
  expect(left).toStrictEqual(name === 'resource' ? { feature: 'cross', resource: 'north' } : { feature: 'cross' })
})
