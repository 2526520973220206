import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchesOf, type Owned } from './batches.ts'

const owner = fc.constantFrom('a', 'b', 'c', 'd')
const owned = fc
  .array(fc.tuple(owner, fc.boolean()))
  .map((owners) =>
    owners.map(([name, isHeld], index): Owned => ({ id: `L${index}`, ...(isHeld ? { holder: name } : { organization: name }) })),
  )

test('each licence is in one part, and nobody is in two', () => {
  fc.assert(
    fc.property(owned, fc.integer({ min: 1, max: 8 }), (licenses, size) => {
      const batches = batchesOf(licenses, size)
      expect(batches.flat().sort()).toEqual(licenses.map(({ id }) => id).sort())
      const partOf = new Map(batches.flatMap((ids, part) => ids.map((id) => [id, part])))
      const parts = new Map<string, Set<number | undefined>>()
      for (const { id, organization, holder } of licenses) {
        const whose = `${organization}/${holder}`
        parts.set(whose, (parts.get(whose) ?? new Set()).add(partOf.get(id)))
      }
      for (const of of parts.values()) expect(of.size).toBe(1)
      // More than asked for are those of one alone.
      for (const ids of batches.filter((each) => each.length > size))
        expect(new Set(licenses.filter(({ id }) => ids.includes(id)).map((each) => `${each.organization}/${each.holder}`)).size).toBe(1)
    }),
  )
})

test('of nobody there is one part, for what is done at the end', () => {
  expect(batchesOf([], 100)).toEqual([[]])
})
