import type { ImpactReport, World } from '@writ/engine'
import type { Config } from '../app/config.ts'

export interface Thresholds {
  /** More than so many, and more than that share of those who have the product … */
  readonly identities: number
  readonly percent: number
  /** … or more than so many whatever the share. */
  readonly most: number
  /** More than so many: a second person confirms it. */
  readonly secondPerson: number
}

export function thresholdsOf({ guardIdentities = 5, guardPercent = 1, guardMost = 100, guardSecondPerson = 1_000 }: Config): Thresholds {
  return { identities: guardIdentities, percent: guardPercent, most: guardMost, secondPerson: guardSecondPerson }
}

/** How much has to be said before a change is made: nothing, a word of who asks, or a word of somebody else. */
export type Weight = 'light' | 'confirm' | 'second_person'

export function weightOf(world: World, { losing, products }: Pick<ImpactReport, 'losing' | 'products'>, thresholds: Thresholds): Weight {
  const { identities, percent, most, secondPerson } = thresholds
  if (losing > secondPerson) return 'second_person'
  if (losing > most) return 'confirm'
  const isShare = products.some(
    (each) => each.losing > identities && each.losing * 100 > percent * populationOf(world, each.product, each.losing, percent),
  )
  return isShare ? 'confirm' : 'light'
}

/**
 * How many active identities have a product, by a licence of an organization that they are in or one of their own. Counts no further
 * than it takes to know that `losing` is no more than the share.
 */
function populationOf(world: World, product: string, losing: number, percent: number): number {
  const enough = percent === 0 ? 0 : (losing * 100) / percent
  const organizations = new Set<number>()
  for (const license of world.allLicenses()) {
    if (license.product === product && license.organization !== undefined) organizations.add(license.organization)
  }
  const { identities } = world
  let population = 0
  for (let row = 0; row < identities.size && population < enough; row++) {
    if (identities.status(row) !== 'active') continue
    const has = identities.memberships(row).some((organization) => organizations.has(organization))
    if (has || world.licensesHeldBy(row).some((license) => license.product === product)) population++
  }
  return population
}
