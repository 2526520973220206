import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, contract, parse, type Terms } from '../src/index.ts'
import { arbitraryTerms } from './arbitrary-terms.ts'
import { arbitraryNextEdition } from './graft.ts'

const reference = { hash: `sha256:${'0'.repeat(64)}`, edition: 3 }
const text = (terms: Terms) => contract(terms, reference, 'text')

test('terms that differ in anything read differently', () => {
  fc.assert(
    fc.property(arbitraryNextEdition(), ([before, after]) => {
      if (canonical(before) === canonical(after)) return
      expect(text(after)).not.toBe(text(before))
      expect(contract(after, reference)).not.toBe(contract(before, reference))
    }),
    { numRuns: 300 },
  )
}, 60_000)

test('the same terms read the same, however they were written', () => {
  fc.assert(
    fc.property(arbitraryTerms(), (terms) => {
      const turned = <T>(map: ReadonlyMap<string, T>) => new Map([...map].toReversed())
      const plans = new Map([...terms.plans].map(([name, plan]) => [name, { ...plan, includes: turned(plan.includes) }]))
      const other = {
        ...terms,
        features: turned(terms.features),
        roles: turned(terms.roles),
        meters: turned(terms.meters),
        signals: turned(terms.signals),
        plans,
      }
      expect(text(other)).toBe(text(terms))
      expect(text(parse(canonical(terms)).terms as Terms)).toBe(text(terms))
    }),
    { numRuns: 100 },
  )
}, 60_000)

/** Names and values of the canonical form; short forms as the words that must be read. */
function leaves(value: unknown, key = '', path: readonly string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => leaves(each, key, path))
  if (typeof value === 'object' && value !== null) {
    const named = NAMED.has(path.join('.')) || path.at(-1) === 'includes' || path.at(-1) === 'labels' || path.at(-1) === 'price'
    return Object.entries(value).flatMap(([name, each]) => [
      ...(named && name !== 'on_failure' && path.at(-1) !== 'includes' ? [name] : []),
      ...leaves(each, name, [...path, name]),
    ])
  }
  // Words and flags of the language have sentences of their own; that they tell them apart is held above.
  if (typeof value === 'boolean' || WORDS.has(key) || path[0] === 'attributes' || path[0] === 'properties') return []
  if (['value', 'burst', 'named', 'floating', 'count'].includes(key)) return [String(value)]
  const said = String(value)
  if (said === '*' && path[0] === 'roles') return ['everything']
  if (key === 'open' || key === 'at') return [...said.matchAll(/\d\d:\d\d/g)].map(([time]) => time)
  if (key === 'on' || key === 'days') return []
  if (
    ['limit', 'rate', 'trial', 'hold', 'lease', 'expiry', 'payment', 'offline', 'then', 'for', 'over', 'overage', 'assurance'].includes(key)
  )
    return said.match(/\d+(\.\d+)?/g) ?? []
  return [said]
}
const NAMED = new Set([
  'features',
  'meters',
  'context',
  'attributes',
  'properties.subject',
  'properties.resource',
  'properties.action',
  'assurance',
  'signals',
  'roles',
  'plans',
  'federation',
])
const WORDS = new Set([
  'terms',
  'type',
  'from',
  'attributes',
  'subject',
  'resource',
  'action',
  'unreachable',
  'take',
  'outage',
  'enforcement',
  'on_failure',
  'regions',
])

test('every name, number and text of the canonical form is there to be read', () => {
  fc.assert(
    fc.property(arbitraryTerms(), (terms) => {
      const plain = (said: string) => said.replace(/(\d),(?=\d{3}\b)/g, '$1')
      const prose = plain(text(terms))
      const missing = leaves(JSON.parse(canonical(terms))).filter(
        (leaf) => !prose.includes(plain(leaf)) && !prose.includes(leaf.replace(/\.\*$/, '.')),
      )
      expect(missing).toEqual([])
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('the fingerprint and the edition stand on top, and a draft says that it is one', () => {
  const { terms } = parse('{ terms: 1, product: atlas, title: Atlas }')
  expect(
    contract(terms as Terms, reference)
      .split('\n')
      .slice(0, 5),
  ).toEqual(['# Atlas', '', '**Edition 3** of the terms of atlas', '', `\`${reference.hash}\``])
  expect(contract(terms as Terms, { hash: reference.hash })).toContain('**Draft** of the terms of atlas, not published')
})

test('what people wrote is text, not markup', () => {
  const { terms } = parse(
    '{ terms: 1, product: p, title: "<b>*x*</b> [a](http://b) | `c`", context: { t: { type: string, from: token } }, features: { f: {} }, roles: { r: [f] }, plans: { q: { title: "# no heading", includes: { f: { when: "context.t == \'`\'" } } } } }',
  )
  const prose = contract(terms as Terms, reference)
  expect(prose).toContain('# \\<b\\>\\*x\\*\\</b\\> \\[a\\](http://b) \\| \\`c\\`')
  expect(prose).toContain("``context.t == '`'``")
  expect(prose).toContain('### 9.1. \\# no heading (q)')
})
