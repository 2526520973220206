import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ringsOf } from './rings.ts'

function reaches(from: string, to: string, edges: ReadonlyMap<string, ReadonlySet<string>>, seen = new Set<string>()): boolean {
  if (from === to) return true
  if (seen.has(from)) return false
  seen.add(from)
  return [...(edges.get(from) ?? [])].some((next) => reaches(next, to, edges, seen))
}

test('two names are in one ring exactly when each leads to the other', () => {
  const name = fc.constantFrom(...'abcdefgh')
  fc.assert(
    fc.property(fc.array(fc.tuple(name, name), { maxLength: 16 }), (pairs) => {
      const edges = new Map<string, Set<string>>()
      for (const [from, to] of pairs) edges.set(from, (edges.get(from) ?? new Set()).add(to))
      const rings = ringsOf(edges)
      for (const [from, to] of pairs) expect(rings.get(from) === rings.get(to)).toBe(reaches(to, from, edges))
    }),
    { numRuns: 500 },
  )
})

test('a chain as long as a file allows overflows nothing', () => {
  const edges = new Map(Array.from({ length: 50_000 }, (_, index) => [`f${index}`, new Set([`f${(index + 1) % 50_000}`])]))
  expect(new Set(ringsOf(edges).values()).size).toBe(1)
})
