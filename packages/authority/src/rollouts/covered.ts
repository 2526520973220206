import type { LicenseFact, World } from '@writ/engine'
import { isChosen } from './chosen.ts'
import type { RolloutRow } from './store.ts'

type Of = Pick<RolloutRow, 'id' | 'product' | 'edition' | 'share'>

/** The licences that a roll-out has chosen and that are on an edition before its own, by id. @param moved whom it moved before: where they are now somebody has put them */
export function chosenIn(world: World, { id, product, edition, share }: Of, moved: ReadonlySet<string>): LicenseFact[] {
  const chosen: LicenseFact[] = []
  for (const { fact } of world.allLicenses()) {
    if (fact.product !== product || fact.edition >= edition || fact.revoked_at !== undefined || moved.has(fact.id)) continue
    if (isChosen(id, fact.id, share)) chosen.push(fact)
  }
  return chosen.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** As they are after their move. One that the edition has no plan for, or whose overrides it does not take, stays. */
export function movedTo(world: World, edition: number, licenses: readonly LicenseFact[]): LicenseFact[] {
  return licenses.map((fact) => ({ ...fact, edition })).filter((fact) => world.soldAs(fact) !== undefined)
}

/** As they are once they are back where they came from; who was put elsewhere since stays there. */
export function movedBack(world: World, { edition }: Of, moved: ReadonlyMap<string, number>): LicenseFact[] {
  return [...moved].flatMap(([id, from]) => {
    const fact = world.license(id)?.fact
    if (fact === undefined || fact.edition !== edition || fact.revoked_at !== undefined) return []
    const back = { ...fact, edition: from }
    return world.soldAs(back) === undefined ? [] : [back]
  })
}
