/** What the pages read of the canonical form of terms. Members that equal their default are left out of it. */
export interface Contract {
  readonly product: string
  readonly title?: string
  readonly features?: Readonly<Record<string, FeatureTerms>>
  readonly meters?: Readonly<Record<string, { readonly unit: string }>>
  readonly context?: Readonly<Record<string, { readonly type: string; readonly from: string }>>
  readonly assurance?: Readonly<Record<string, { readonly acr: string }>>
  readonly roles?: Readonly<Record<string, readonly string[]>>
  readonly plans?: Readonly<Record<string, PlanTerms>>
}
export interface FeatureTerms {
  readonly title?: string
  readonly type?: 'limit' | 'choice'
  readonly unit?: string
  readonly values?: readonly string[]
  readonly meter?: string
  readonly resource?: string
  readonly commands?: readonly string[]
  readonly repair?: boolean
}
/** One entry of a plan, as written: `limit: 1000 per month`. */
export interface EntryTerms {
  readonly limit?: string
  readonly then?: string
  readonly rate?: string
  readonly value?: string | number
  readonly resources?: Readonly<Record<string, unknown>>
  readonly commands?: readonly string[]
  readonly assurance?: string
  readonly approval?: Readonly<Record<string, unknown>>
  readonly obligations?: Readonly<Record<string, unknown>>
  readonly when?: string
  readonly needs?: string
}
export interface PlanTerms {
  readonly title?: string
  readonly seats?: { readonly named?: number; readonly floating?: number }
  readonly grace?: { readonly expiry?: string; readonly payment?: string; readonly offline?: string; readonly then?: string }
  readonly trial?: string
  readonly includes?: Readonly<Record<string, EntryTerms | readonly EntryTerms[]>>
  readonly conditions?: Readonly<Record<string, unknown>>
}

/** The entries of a plan for a feature, alternatives in their order. */
export function entriesOf(plan: PlanTerms | undefined, feature: string): readonly EntryTerms[] {
  const written = plan?.includes?.[feature]
  return written === undefined ? [] : Array.isArray(written) ? written : [written as EntryTerms]
}

/** Whether a role's pattern covers a feature: its exact name, `job.*`, or `*`. */
export function covers(pattern: string, feature: string): boolean {
  return pattern === '*' || pattern === feature || (pattern.endsWith('.*') && feature.startsWith(pattern.slice(0, -1)))
}
