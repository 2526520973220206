import { isDeepStrictEqual } from 'node:util'
import type { Transaction } from 'kysely'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import type { Reach } from '../enforcers/scope.ts'
import type { Identity, Memberships } from '../identities/store.ts'
import { assertMayChangeWhoRuns } from './judge.ts'
import { hasOtherOwner } from './owner-store.ts'
import { OWN, OWNER } from './permissions.ts'

/** Who gives roles here gives every permission. @throws {ApiError} OWNER_REQUIRED */
export function assertMayJoin(authority: Authority, reach: Reach, organizations: readonly string[]): void {
  if (organizations.includes(OWN)) assertMayChangeWhoRuns(authority, reach)
}

/**
 * Holds whoever runs this authority, or would, to what owners alone may do: who gives them other roles, changes their standing, or how
 * they prove themselves, could take their place.
 * @throws {ApiError} OWNER_REQUIRED
 */
export function assertMayAlter(
  authority: Authority,
  reach: Reach,
  before: Identity,
  { in: memberships, ...whole }: Partial<Identity>,
): void {
  const isWhole = Object.keys(whole).length > 0 && rolesHere(before.in) !== undefined
  const isRole = memberships !== undefined && !isDeepStrictEqual(rolesHere(memberships), rolesHere(before.in))
  if (isWhole || isRole) assertMayChangeWhoRuns(authority, reach)
}

/** An authority without an owner could be repaired from its host alone. @throws {ApiError} LAST_OWNER */
export async function assertOwnerLeft(tx: Transaction<Database>, before: Identity, after: Identity): Promise<void> {
  if (isOwner(before) && !isOwner(after) && !(await hasOtherOwner(tx, before.id))) throw new ApiError('LAST_OWNER')
}

function isOwner({ status, in: memberships }: Identity): boolean {
  return status === 'active' && rolesHere(memberships)?.includes(OWNER) === true
}

function rolesHere(memberships: Memberships): readonly string[] | undefined {
  return Object.hasOwn(memberships, OWN) ? memberships[OWN] : undefined
}
