import type { Fact } from '@writ/engine'

/** The entity a fact is about. JSON of a list, so that no id, whatever it contains, reads as two parts. */
export function factKey(fact: Fact): string {
  switch (fact.fact) {
    case 'edition':
      return JSON.stringify(['edition', fact.product, fact.edition])
    case 'seat':
      return JSON.stringify(['seat', fact.license, fact.identity])
    case 'elsewhere':
      return JSON.stringify(['elsewhere', fact.need, fact.identity ?? null])
    case 'removed':
      return removedKey(fact.of, fact.id, fact.identity)
    default:
      return JSON.stringify([fact.fact, fact.id])
  }
}

function removedKey(of: string, id: string, identity: string | undefined): string {
  if (of === 'seat') return JSON.stringify(['seat', id, identity])
  if (of === 'elsewhere') return JSON.stringify(['elsewhere', id, identity ?? null])
  return JSON.stringify([of, id])
}
