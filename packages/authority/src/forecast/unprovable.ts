import type { CompiledPlan, CompiledTerms } from '@writ/terms'
import type { Kysely } from 'kysely'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import { type Reach, seesProduct } from '../enforcers/scope.ts'
import { countByFactors, type FactorGroup } from './store.ts'

export interface Unprovable {
  readonly plan: string
  readonly level: string
  readonly features: readonly string[]
  /** Levels of which whoever could not prove it has no factor; any one of them would do. */
  readonly lacking: readonly string[]
  /** Who could not prove it: no factor of theirs reaches it. */
  readonly identities: number
  /** Of whom it is not known which factors they have. */
  readonly unknown: number
}

/** As consequences have it: a minimum holds for every licence at once, what a plan asks for those sold under it or moved to it. */
type When = 'at_once' | 'sold_or_moved'

export interface NewlyUnprovable extends Unprovable {
  readonly effect: When
}

/**
 * How many of those who have each plan could not prove a level that an edition asks for, were they on it.
 * @param edition absent: the newest @throws {ApiError} PRODUCT_UNKNOWN, EDITION_UNKNOWN
 */
export async function unprovable(
  { db, world }: Authority,
  reach: Reach,
  asked: { readonly product: string; readonly edition?: number; readonly organization?: string },
): Promise<{ edition: number; items: Unprovable[] }> {
  const product = seesProduct(reach, asked.product) ? world.product(asked.product) : undefined
  if (product === undefined) throw new ApiError('PRODUCT_UNKNOWN')
  const edition = asked.edition ?? product.newestEdition
  const terms = product.editions.get(edition)
  if (terms === undefined) throw new ApiError('EDITION_UNKNOWN')
  const groups = await countByFactors(db, reach, asked.product, asked.organization)
  const items = [...terms.plans.values()].flatMap((plan) =>
    [...Map.groupBy(asksOf(terms, plan, terms), ({ level }) => level)].map(([level, asks]) =>
      counted(terms, plan.name, level, asks, groups),
    ),
  )
  return { edition, items }
}

/**
 * How many of those who have each plan could not prove a level that a draft asks for and the newest edition does not. Nobody is told
 * of twice for one level: what holds at once is not told of those who are moved again. The most first.
 * @param before the newest edition; absent: the product is new
 */
export async function newlyUnprovable(
  db: Kysely<Database>,
  reach: Reach,
  product: string,
  before: CompiledTerms | undefined,
  after: CompiledTerms,
): Promise<NewlyUnprovable[]> {
  if (before === undefined) return []
  const groups = await countByFactors(db, reach, product, undefined)
  const rank = (level: string): number => after.ranks.get(level) ?? -1
  const items = [...new Set(groups.map(({ plan }) => plan))].flatMap((name) => {
    const [was, is] = [before.plans.get(name), after.plans.get(name)]
    const known = was === undefined ? [] : asksOf(before, was, before)
    // A plan that the draft does not have is kept by who has it, and what holds at once holds for it too.
    const asks = is === undefined ? (was === undefined ? [] : asksOf(before, was, after).filter(atOnce)) : asksOf(after, is, after)
    const fresh = asks.filter(({ feature, level }) => !known.some((each) => each.feature === feature && rank(each.level) >= rank(level)))
    return [...Map.groupBy(fresh, ({ level, when }) => JSON.stringify([level, when]))].map(([key, own]) => {
      const [level, effect] = JSON.parse(key) as [string, When]
      return { ...counted(after, name, level, own, groups), effect }
    })
  })
  const name = ({ plan, level, effect }: NewlyUnprovable) => JSON.stringify([plan, level, effect])
  return items
    .filter(({ identities, unknown }) => identities + unknown > 0)
    .sort((a, b) => b.identities - a.identities || b.unknown - a.unknown || (name(a) < name(b) ? -1 : 1))
}

interface Asked {
  readonly feature: string
  readonly level: string
  readonly when: When
}

const atOnce = ({ when }: Asked): boolean => when === 'at_once'

/** What the features of a plan ask for: by the minimum of the newest edition, and by the entries of the plan where that is more. */
function asksOf({ features, ranks }: CompiledTerms, { entries }: CompiledPlan, newest: CompiledTerms): Asked[] {
  return [...features.values()].flatMap(({ name, index }): Asked[] => {
    const own = entries[index] ?? []
    const minimum = own.length === 0 ? undefined : newest.features.get(name)?.minimum?.level
    const least = minimum === undefined ? -1 : (ranks.get(minimum) ?? -1)
    const needs = new Set(own.flatMap(({ need }) => (need === undefined || (ranks.get(need.level) ?? -1) <= least ? [] : [need.level])))
    return [
      ...(minimum === undefined ? [] : [{ feature: name, level: minimum, when: 'at_once' as const }]),
      ...[...needs].map((level) => ({ feature: name, level, when: 'sold_or_moved' as const })),
    ]
  })
}

function counted(
  { ranks }: CompiledTerms,
  plan: string,
  level: string,
  asks: readonly Asked[],
  groups: readonly FactorGroup[],
): Unprovable {
  const least = ranks.get(level) ?? 0
  const lacking = [...ranks].flatMap(([name, rank]) => (rank >= least ? [name] : []))
  const sum = { identities: 0, unknown: 0 }
  for (const { plan: of, factors, identities } of groups) {
    if (of !== plan) continue
    if (factors === null) sum.unknown += identities
    else if (!factors.some((factor) => lacking.includes(factor))) sum.identities += identities
  }
  return { plan, level, features: [...new Set(asks.map(({ feature }) => feature))], lacking, ...sum }
}
