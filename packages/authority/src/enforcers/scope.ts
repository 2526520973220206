/** What the routes of each capability ask for: `manage:organizations`. A new capability adds its folder's name. */
export const CAPABILITIES = [
  'access_requests',
  'activations',
  'audit',
  'authority',
  'backup',
  'catalog',
  'decisions',
  'enforcers',
  'guard',
  'identities',
  'keys',
  'license_files',
  'licenses',
  'organizations',
  'seats',
  'usage',
  'webhooks',
] as const

const PLAIN = ['decide', 'consume', 'simulate', 'assert:identity', 'assert:resource', 'assert:context', 'assert:proofs'] as const

export type Scope = (typeof PLAIN)[number] | `manage:${(typeof CAPABILITIES)[number]}` | 'manage:*'

/** All of `decision.md` section 1. `manage:*` is an administrator: every capability, those to come included. */
export const SCOPES: readonly Scope[] = [...PLAIN, ...CAPABILITIES.map((capability) => `manage:${capability}` as const), 'manage:*']

export const ADMIN_SCOPES: readonly Scope[] = [...PLAIN, 'manage:*']

/** What a credential may do, and what it sees. */
export interface Reach {
  readonly scopes: readonly Scope[]
  /** Absent: all. */
  readonly products?: readonly string[]
  /** Absent: all. */
  readonly organizations?: readonly string[]
  /** Whether answers say why. Absent: they do. */
  readonly reasons?: boolean
  /** Nobody stands behind it: what it would take from more than a few waits for a person. */
  readonly unattended?: boolean
  /** Whom it acts for in running the authority. Absent: nobody; its scopes alone count. */
  readonly identity?: string
}

export function holds({ scopes }: Reach, scope: Scope): boolean {
  return scopes.includes(scope) || (scope.startsWith('manage:') && scopes.includes('manage:*'))
}

export function seesOrganization({ organizations }: Reach, id: string): boolean {
  return organizations === undefined || organizations.includes(id)
}

export function seesProduct({ products }: Reach, id: string): boolean {
  return products === undefined || products.includes(id)
}

/** Whether a credential is limited neither in products nor in organizations: what belongs to none of them reaches all of them. */
export function seesEverything({ products, organizations }: Reach): boolean {
  return products === undefined && organizations === undefined
}

/** Whether `inner` reaches nothing that `outer` does not. */
export function isWithin(inner: Reach, outer: Reach): boolean {
  const narrower = (some: readonly string[] | undefined, all: readonly string[] | undefined) =>
    all === undefined || some?.every((each) => all.includes(each)) === true
  return (
    inner.scopes.every((scope) => holds(outer, scope)) &&
    (inner.reasons === false || outer.reasons !== false) &&
    narrower(inner.products, outer.products) &&
    narrower(inner.organizations, outer.organizations)
  )
}
