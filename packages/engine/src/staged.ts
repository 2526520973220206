import type { CompiledTerms } from '@writ/terms'
import type { LicenseRecord } from './license-record.ts'
import type { NamedFeature, ProductRecord } from './products.ts'
import type { World } from './world.ts'

/**
 * A feature as the newest edition knows it that somebody has a licence of: a staged edition may give it other commands, or another kind
 * of resource, and for whoever is on that they hold already.
 * @param licenses of whom it is asked
 */
export function asStaged(found: NamedFeature, licenses: () => Iterable<LicenseRecord>): NamedFeature {
  const { product, name } = found
  if (product.staged.size === 0) return found
  let newest = product.newestEdition
  let { feature } = found
  for (const { product: of, edition } of licenses()) {
    if (of !== product.name || edition <= newest) continue
    const own = product.editions.get(edition)?.features.get(name)
    if (own === undefined) continue
    newest = edition
    feature = own
  }
  return { ...found, feature }
}

/** The newest edition of a product for whoever has these licences: one that is staged is it for whoever is on it. */
export function newestWithin(product: ProductRecord, licenses: Iterable<LicenseRecord>): CompiledTerms {
  let newest = product.newestEdition
  for (const { product: of, edition } of licenses)
    if (of === product.name && edition > newest && product.editions.has(edition)) newest = edition
  return product.editions.get(newest) ?? product.newest
}

/** Licences that an identity may be judged by: of the organization asked about, else of each that it is in, and its own. */
export function licensesWithin(world: World, identity: number, organization: string | undefined): LicenseRecord[] {
  const asked = organization === undefined ? undefined : world.organizationIds.find(organization)
  const places = world.identities.memberships(identity).filter((place) => organization === undefined || place === asked)
  return [...places.flatMap((place) => world.licensesOf(place)), ...world.licensesHeldBy(identity)]
}
