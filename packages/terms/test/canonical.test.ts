import { expect, test } from 'vitest'
import { canonical, hash, parse } from '../src/index.ts'

test('the order of plans and of alternatives changes the hash', async () => {
  const plain = parse(
    '{ terms: 1, product: p, features: { a: {} }, plans: { x: { includes: { a: [{ rate: 1 per second }, {}] } }, y: {} } }',
  ).terms
  const plans = parse(
    '{ terms: 1, product: p, features: { a: {} }, plans: { y: {}, x: { includes: { a: [{ rate: 1 per second }, {}] } } } }',
  ).terms
  const entries = parse(
    '{ terms: 1, product: p, features: { a: {} }, plans: { x: { includes: { a: [{}, { rate: 1 per second }] } }, y: {} } }',
  ).terms
  const hashes = await Promise.all([plain, plans, entries].map((terms) => hash(terms ?? fail())))
  expect(new Set(hashes).size).toBe(3)
  expect(hashes[0]).toMatch(/^sha256:[0-9a-f]{64}$/)
})

test('the hash of one small file is what SHA-256 of its canonical form says', async () => {
  const { terms } = parse('# a comment\nproduct: "p"\nterms: 1\n')
  expect(canonical(terms ?? fail())).toBe('{"terms":1,"product":"p"}')
  expect(await hash(terms ?? fail())).toBe('sha256:f020984ffc119a9d5f4fa0bff1721e1e72b016a14f5c45d7e8d3e4c9940586c9')
})

function fail(): never {
  throw new Error('the terms do not parse')
}
