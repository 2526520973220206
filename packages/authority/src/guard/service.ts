import type { Fact, Impact, World } from '@writ/engine'
import type { CompiledTerms, Terms } from '@writ/terms'
import { canonical, compile } from '@writ/terms'
import type { Authority } from '../app/authority.ts'
import { readPublishable } from '../catalog/service.ts'
import { type Reach, seesOrganization } from '../enforcers/scope.ts'
import { type NewlyUnprovable, newlyUnprovable } from '../forecast/unprovable.ts'

/** What will happen by itself. */
export function forecast({ guard, db }: Authority, horizonMilliseconds: number): Promise<Impact> {
  return guard.foretell(db, undefined, horizonMilliseconds)
}

/**
 * What publishing terms comes to, and with `move` what it comes to once every licence is moved to them; and who could not prove what they
 * newly ask for, which is no loss of whoever never could.
 * @throws {ApiError} as {@link readPublishable}
 */
export async function impactOfTerms(
  { guard, db, world }: Authority,
  reach: Reach,
  { product, source, move }: { readonly product: string; readonly source: string; readonly move: boolean },
  horizonMilliseconds: number,
): Promise<{ readonly impact: Impact; readonly unprovable: readonly NewlyUnprovable[] }> {
  const { terms } = await readPublishable(reach, product, source)
  const sold = world.product(product)
  const edition = Math.max(0, ...(sold?.editions.keys() ?? [])) + 1
  const published: Fact = { fact: 'edition', product, edition, terms: canonical(terms as Terms) }
  const compiled = compile(terms)
  const moved = move ? movedTo(world, reach, { product, edition }, compiled) : []
  return {
    impact: await guard.foretell(db, [published, ...moved], horizonMilliseconds),
    unprovable: await newlyUnprovable(db, reach, product, sold?.newest, compiled),
  }
}

/** The licences of a product as they would be on another edition; one whose plan it does not have stays. */
export function movedTo(
  world: World,
  reach: Reach,
  {
    product,
    edition,
    ...only
  }: { readonly product: string; readonly edition: number; readonly plan?: string; readonly organization?: string; readonly from?: number },
  terms: CompiledTerms,
): Fact[] {
  const facts: Fact[] = []
  for (const { fact } of world.allLicenses()) {
    if (fact.product !== product || fact.edition === edition || fact.revoked_at !== undefined || !terms.plans.has(fact.plan)) continue
    if (only.plan !== undefined && fact.plan !== only.plan) continue
    if (only.organization !== undefined && fact.organization !== only.organization) continue
    if (only.from !== undefined && fact.edition !== only.from) continue
    if (fact.organization === undefined ? reach.organizations !== undefined : !seesOrganization(reach, fact.organization)) continue
    facts.push({ ...fact, edition })
  }
  return facts
}
