import fc, { type Arbitrary } from 'fast-check'
import type { Change, Fact, RemovedFact } from '../src/index.ts'
import { arbitraryScene, type Scene } from './arbitrary-scene.ts'

function removalOf(fact: Fact): RemovedFact | undefined {
  switch (fact.fact) {
    case 'edition':
    case 'removed':
      return undefined
    case 'seat':
      return { fact: 'removed', of: 'seat', id: fact.license, identity: fact.identity }
    case 'elsewhere':
      return { fact: 'removed', of: 'elsewhere', id: fact.need, ...(fact.identity !== undefined && { identity: fact.identity }) }
    default:
      return { fact: 'removed', of: fact.fact, id: fact.id }
  }
}

/** Facts of two scenes about the same names, with removals: seats freed, memberships and roles changed, things gone and back. */
export const arbitraryHistory: Arbitrary<{ scene: Scene; changes: Change[] }> = fc
  .tuple(arbitraryScene({ kind: true }), arbitraryScene({ kind: true }), fc.infiniteStream(fc.nat(5)))
  .map(([scene, other, dice]) => {
    const restated = other.facts
      .filter(({ fact }) => fact !== 'edition')
      .map((fact) => (fact.fact === 'license' ? { ...fact, product: scene.terms.product, edition: 1 } : fact))
    const facts: Fact[] = []
    for (const fact of [...scene.facts, ...restated]) {
      facts.push(fact)
      const removal = removalOf(fact)
      const roll = dice.next().value
      if (removal !== undefined && roll === 0) facts.push(removal)
      if (removal !== undefined && roll === 1) facts.push(removal, fact)
    }
    const changes: Change[] = []
    for (let at = 0; at < facts.length; ) {
      const size = 1 + (dice.next().value ?? 0)
      changes.push({ revision: changes.length + 1, facts: facts.slice(at, at + size) })
      at += size
    }
    return { scene: { ...scene, requests: [...scene.requests, ...other.requests] }, changes }
  })
