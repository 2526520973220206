import type { EditionFact, Entity, Fact } from '../facts.ts'
import { entityOf } from '../facts.ts'
import type { World } from '../world.ts'

/** For whom facts may change a decision; for everybody else it stays what it is. */
export interface Scope {
  readonly isAll: boolean
  /** Identities, wherever they are. */
  readonly rows: ReadonlySet<number>
  /** Organizations, for all of their members. */
  readonly organizations: ReadonlySet<number>
}

export const EVERYBODY: Scope = { isAll: true, rows: new Set(), organizations: new Set() }

/** @param world as it is before the facts */
export function scopeOf(world: World, facts: readonly Fact[]): Scope {
  const rows = new Set<number>()
  const organizations = new Set<number>()
  let isAll = false
  const licensed = (organization: string | undefined, holder: string | undefined): void => {
    if (organization !== undefined) organizations.add(world.organizationIds.intern(organization))
    if (holder !== undefined) rows.add(world.identities.row(holder))
  }
  const touch = (fact: Exclude<Fact, EditionFact>): void => {
    switch (fact.fact) {
      case 'organization':
        organizations.add(world.organizationIds.intern(fact.id))
        break
      case 'identity':
        rows.add(world.identities.row(fact.id))
        break
      case 'license':
        licensed(fact.organization, fact.holder)
        break
      case 'seat': {
        // One seat less or more is a seat that another may take, or no more.
        const license = world.license(fact.license)?.fact
        if (license !== undefined) licensed(license.organization, license.holder)
        break
      }
      case 'grant':
      case 'signal':
      case 'elsewhere':
        if (fact.identity === undefined) isAll = true
        else rows.add(world.identities.row(fact.identity))
    }
  }
  for (const fact of facts) {
    if (fact.fact === 'edition') {
      for (const license of world.allLicenses())
        if (license.product === fact.product) licensed(license.fact.organization, license.fact.holder)
      // A grant that names a feature bare means nothing any more once a second product has a feature of that name.
      for (const row of world.rowsWithGrants()) rows.add(row)
      continue
    }
    touch(fact)
    const known = world.stated(entityOf(fact) satisfies Entity)
    if (known !== undefined) touch(known)
  }
  return { isAll, rows, organizations }
}

/** The rows that a scope may be about, in order. */
export function* rowsOf(world: World, { isAll, rows, organizations }: Scope): Iterable<number> {
  const { identities } = world
  if (!isAll && organizations.size === 0) {
    yield* [...rows].sort((a, b) => a - b)
    return
  }
  for (let row = 0; row < identities.size; row++) {
    if (isAll || organizations.has(identities.firstMembership(row)) || rows.has(row)) yield row
    else if (identities.hasMore(row) && identities.memberships(row).some((organization) => organizations.has(organization))) yield row
  }
}
