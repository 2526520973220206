import { type Decision, decide } from '@writ/engine'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { Refused } from '../app/refused.ts'
import { holds, type Reach } from '../enforcers/scope.ts'
import { OWN, PERMISSIONS, rolesPermitting, scopeOf } from './permissions.ts'

type Facts = Pick<Authority, 'world' | 'ledger' | 'clock'>

/**
 * What the authority's own terms say of the identity that a credential acts for. They narrow what its scopes allow and never add to it;
 * a credential that acts for nobody has its scopes alone.
 * @returns the refusal; `undefined`: allowed
 */
export function refusalOf({ world, ledger, clock }: Facts, { identity }: Reach, permission: string, ip?: string): Decision | undefined {
  if (identity === undefined) return undefined
  const asked = { identity, organization: OWN, feature: `${OWN}:${permission}`, ...(ip !== undefined && { context: { ip } }) }
  const decision = decide(world, ledger.view, asked, clock())
  return decision.allowed ? undefined : decision
}

/** Whether a credential has a permission: by its scopes, and by the roles of its identity. */
export function may(authority: Facts, reach: Reach, permission: string): boolean {
  return holds(reach, scopeOf(permission)) && refusalOf(authority, reach, permission) === undefined
}

/** @throws {ApiError} SCOPE_MISSING @throws {Refused} */
export function assertMay(authority: Facts, reach: Reach, permission: string): void {
  const scope = scopeOf(permission)
  if (!holds(reach, scope)) throw new ApiError('SCOPE_MISSING', { scope })
  const refusal = refusalOf(authority, reach, permission)
  if (refusal !== undefined) throw new Refused(refusal, `${OWN}:${permission}`, { roles: rolesPermitting(permission) })
}

/** All that a credential may do, by name. */
export function permissionsOf(authority: Facts, reach: Reach): string[] {
  return PERMISSIONS.filter((permission) => may(authority, reach, permission)).sort()
}

/** @throws {ApiError} OWNER_REQUIRED unless the credential may say who runs this authority */
export function assertMayChangeWhoRuns(authority: Facts, reach: Reach): void {
  if (!may(authority, reach, 'authority.write')) throw new ApiError('OWNER_REQUIRED')
}
