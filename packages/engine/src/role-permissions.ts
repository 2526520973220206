import { type CompiledTerms, featuresMatching } from '@writ/terms'
import type { CustomerRole } from './facts.ts'

/** One byte a feature index. A customer's role narrows the vendor role of its name; a new name picks from vendor roles; an unknown name permits nothing. */
export function permittedBy(
  terms: CompiledTerms,
  roles: readonly string[],
  own: Readonly<Record<string, CustomerRole>> | undefined,
): Uint8Array {
  const all = new Uint8Array(terms.features.size)
  for (const role of roles) {
    const one = permittedByRole(terms, role, own !== undefined && Object.hasOwn(own, role) ? own[role] : undefined)
    for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) | (one[i] as number)
  }
  return all
}

function permittedByRole(terms: CompiledTerms, role: string, own: CustomerRole | undefined): Uint8Array {
  const vendor = terms.roles.get(role)
  if (own === undefined) return vendor ?? new Uint8Array(terms.features.size)
  const [from, features] = 'from' in own ? [own.from, own.features] : [undefined, own]
  const picked = featuresMatching(features, terms.features)
  const sources = from?.map((name) => terms.roles.get(name)).filter((source) => source !== undefined)
  for (let i = 0; i < picked.length; i++) {
    const byName = vendor === undefined ? sources !== undefined : vendor[i] === 1
    const bySource = sources === undefined || sources.some((source) => source[i] === 1)
    if (!byName || !bySource) picked[i] = 0
  }
  return picked
}
