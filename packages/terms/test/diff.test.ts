import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CONSEQUENCE_TYPES, type Consequence, canonical, diff, type Terms } from '../src/index.ts'
import { arbitraryTerms } from './arbitrary-terms.ts'
import { arbitraryNextEdition } from './graft.ts'

const pairs = fc.oneof(fc.tuple(arbitraryTerms(), arbitraryTerms()), arbitraryNextEdition())

test('equal terms have no consequences, and what differs has at least one', () => {
  const seen = { equal: 0, different: 0 }
  fc.assert(
    fc.property(pairs, ([before, after]) => {
      const same = canonical(before) === canonical(after)
      seen[same ? 'equal' : 'different']++
      expect(diff(before, after).length === 0).toBe(same)
    }),
    { numRuns: 250 },
  )
  expect(seen.different).toBeGreaterThan(100)
  expect(diff(...(fc.sample(arbitraryTerms(), 1).flatMap((terms) => [terms, terms]) as [Terms, Terms]))).toEqual([])
}, 60_000)

/** Lists without an order, sorted; what has one, such as levels, plans, alternatives and values, as it is. */
function unordered(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((each) => unordered(each))
    return items.every((item) => typeof item === 'string') && key !== 'values' ? items.toSorted() : items
  }
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, each]) => [name, name === 'any_of' ? sets(each) : unordered(each, name)])
  return Object.fromEntries(members)
}

function sets(alternatives: readonly (string | readonly string[])[]): string[] {
  return alternatives.map((one) => [one].flat().toSorted().join(' ')).toSorted()
}

test('"the same in other words" is said only of what differs in the order of lists that have none', () => {
  fc.assert(
    fc.property(pairs, ([before, after]) => {
      const [first, ...others] = diff(before, after)
      if (first?.type !== 'wording') return
      expect(others).toEqual([])
      expect(unordered(JSON.parse(canonical(after)))).toEqual(unordered(JSON.parse(canonical(before))))
    }),
    { numRuns: 200 },
  )
}, 60_000)

test('each consequence has a known type, a sentence, and comes in order: what takes away first', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(pairs, ([before, after]) => {
      const found = diff(before, after)
      const order = [
        'narrows at_once',
        'narrows sold_or_moved',
        'widens at_once',
        'widens sold_or_moved',
        'neutral at_once',
        'neutral sold_or_moved',
      ]
      const places = found.map(({ direction, effect }) => order.indexOf(`${direction} ${effect}`))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      for (const { type, sentence, before: was, after: now } of found) {
        seen.add(type)
        expect(Object.keys(CONSEQUENCE_TYPES)).toContain(type)
        expect(sentence).not.toMatch(/undefined|NaN|Infinity|\[object|\n/)
        expect(JSON.stringify(was) === JSON.stringify(now) && was !== undefined).toBe(false)
      }
    }),
    { numRuns: 250 },
  )
  // Values and facts are constant in random terms.
  const constant = ['wording', 'values', 'fact']
  expect(Object.keys(CONSEQUENCE_TYPES).filter((type) => !seen.has(type) && !constant.includes(type))).toEqual([])
}, 60_000)

test('what narrows one way widens, or at least does not vanish, the other way', () => {
  fc.assert(
    fc.property(pairs, ([before, after]) => {
      const only = (found: readonly Consequence[]) => found.map(({ direction }) => direction)
      const [there, back] = [only(diff(before, after)), only(diff(after, before))]
      if (there.length > 0 && there.every((direction) => direction === 'widens')) expect(back).toContain('narrows')
    }),
    { numRuns: 200 },
  )
}, 60_000)
