import type { LicenseClaims, RosterEntry } from './claims.ts'
import type { FileFact, FileFactValue } from './file-facts.ts'

export interface EditionWorldFact {
  readonly fact: 'edition'
  readonly product: string
  readonly edition: number
  readonly terms: string
}
export interface LicenseWorldFact {
  readonly fact: 'license'
  readonly id: string
  readonly product: string
  readonly edition: number
  readonly plan: string
  readonly organization?: string
  readonly holder?: string
  readonly starts: number
  readonly ends?: number
  readonly trial_ends?: number
  readonly suspended?: boolean
  readonly past_due_since?: number
  readonly overrides?: string
}
export interface IdentityWorldFact {
  readonly fact: 'identity'
  readonly id: string
  readonly kind: RosterEntry['kind']
  readonly status: 'active'
  readonly in: Readonly<Record<string, readonly string[]>>
  readonly factors?: readonly string[]
  readonly attributes?: Readonly<Record<string, FileFactValue>>
}
export type WorldFact = EditionWorldFact | LicenseWorldFact | IdentityWorldFact | FileFact

/** The facts of a verified file, whole and in an order that a World can apply: edition, organization, licence, roster, the rest. */
export function worldFacts(claims: LicenseClaims): readonly WorldFact[] {
  const { holder, facts = [] } = claims
  const organization = 'organization' in holder ? holder.organization : undefined
  const stated = facts.some((fact) => fact.fact === 'organization' && fact.id === organization)
  return [
    { fact: 'edition', product: claims.product, edition: claims.edition, terms: claims.terms },
    ...(organization === undefined || stated ? [] : [{ fact: 'organization', id: organization } as const]),
    licenseFact(claims),
    ...(claims.roster ?? []).map((entry) => identityFact(entry, organization)),
    ...facts,
  ]
}

function licenseFact(claims: LicenseClaims): LicenseWorldFact {
  const { holder, ends, trial_ends, suspended, past_due_since, overrides } = claims
  return {
    fact: 'license',
    id: claims.license,
    product: claims.product,
    edition: claims.edition,
    plan: claims.plan,
    ...('organization' in holder ? { organization: holder.organization } : { holder: holder.identity }),
    starts: claims.starts,
    ...(ends !== undefined && { ends }),
    ...(trial_ends !== undefined && { trial_ends }),
    ...(suspended !== undefined && { suspended }),
    ...(past_due_since !== undefined && { past_due_since }),
    ...(overrides !== undefined && { overrides }),
  }
}

function identityFact(entry: RosterEntry, organization: string | undefined): IdentityWorldFact {
  const { factors, attributes } = entry
  return {
    fact: 'identity',
    id: entry.id,
    kind: entry.kind,
    status: 'active',
    in: organization === undefined ? {} : { [organization]: entry.roles },
    ...(factors !== undefined && { factors }),
    ...(attributes !== undefined && { attributes }),
  }
}
