import { readFileSync } from 'node:fs'
import { AUTHORITY_PRODUCT } from '@writ/engine'
import { type CompiledTerms, canonical, check, compile, type Terms } from '@writ/terms'
import type { CAPABILITIES, Scope } from '../enforcers/scope.ts'

/** The authority's own product, organization and licence go by one name. */
export const OWN = AUTHORITY_PRODUCT

/** As it stands in the repository, comments included. */
export const OWN_SOURCE = readFileSync(new URL('writ.terms.yaml', import.meta.url), 'utf8')

/** The plan that the authority holds. */
export const OWN_PLAN = 'authority'

/** The role that may do everything, and of which one is always left. */
export const OWNER = 'owner'

export const OWN_TERMS: Terms = checked()
export const OWN_CANONICAL: string = canonical(OWN_TERMS)
const COMPILED: CompiledTerms = compile(OWN_TERMS)

/** Every permission, by the name of its feature within the product: `licenses.read`. */
export const PERMISSIONS: readonly string[] = [...COMPILED.features.keys()]

/** What a route says of itself. */
export interface RouteNeeds {
  /** The scope that a credential needs; of several, any. */
  readonly permission?: Scope | readonly Scope[]
  /** The feature that its identity needs, where it is not the capability and what the method does. */
  readonly feature?: string
}

/** A scope, and the permission that goes with it. */
export interface Need {
  readonly scope: Scope
  readonly permission: string
}

/** What a route needs, of several any. The permission is `read` for what only reads, else `write`; for what an enforcer asks, `decisions.check`. */
export function needsOf({ permission: scopes = [], feature }: RouteNeeds, method: string): Need[] {
  const verb = method === 'GET' || method === 'HEAD' ? 'read' : 'write'
  const plain = (scope: Scope): string => (scope.startsWith('manage:') ? `${scope.slice('manage:'.length)}.${verb}` : 'decisions.check')
  return (typeof scopes === 'string' ? [scopes] : scopes).map((scope) => ({ scope, permission: feature ?? plain(scope) }))
}

/** Those whose scope is not that of their capability. */
const SCOPED: Readonly<Record<string, Scope>> = {
  'decisions.check': 'decide',
  'decisions.explain': 'decide',
  'signals.read': 'manage:identities',
  'signals.write': 'manage:identities',
}

/** The scope without which a credential does not have a permission. */
export function scopeOf(permission: string): Scope {
  const capability = permission.slice(0, permission.indexOf('.')) as (typeof CAPABILITIES)[number]
  return SCOPED[permission] ?? `manage:${capability}`
}

/** The roles that permit it, as written. */
export function rolesPermitting(permission: string): string[] {
  const index = PERMISSIONS.indexOf(permission)
  return [...COMPILED.roles].filter(([, permits]) => permits[index] === 1).map(([role]) => role)
}

function checked(): Terms {
  const { terms, findings } = check(OWN_SOURCE)
  if (terms === undefined) throw new Error(`writ.terms.yaml has faults: ${JSON.stringify(findings)}`)
  return terms
}
