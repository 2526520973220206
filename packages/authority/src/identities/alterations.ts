import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { By } from '../changes/mutate.ts'
import { type Reach, seesOrganization } from '../enforcers/scope.ts'
import { alterIdentity, assertSeen, type IdentityInput, organizationsInWorld } from './service.ts'
import type { Identity, Memberships } from './store.ts'

type Versions = readonly number[] | undefined

/** Replaces what is given and leaves the rest; of the memberships, those in organizations that the credential sees. */
export async function changeIdentity(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  { in: memberships, ...input }: IdentityInput,
  versions: Versions,
): Promise<Identity> {
  const joins = Object.keys(memberships ?? {})
  assertSeen(reach, joins)
  const isWhole = Object.keys(input).length > 0
  // A membership in sight that is not named ends.
  const touched = memberships === undefined ? [] : organizationsInWorld(authority, id).filter((each) => seesOrganization(reach, each))
  const concerns = isWhole ? { joins } : { organizations: [...new Set([...touched, ...joins])] }
  return alterIdentity(authority, by, reach, id, { verb: 'update', versions, ...concerns }, (known) => ({
    ...input,
    ...(memberships !== undefined && { in: { ...unseen(known, reach), ...memberships } }),
  }))
}

function unseen({ in: memberships }: Identity, reach: Reach): Memberships {
  return Object.fromEntries(Object.entries(memberships).filter(([organization]) => !seesOrganization(reach, organization)))
}

/** Makes an identity a member, or gives a member other roles. */
export async function putMembership(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  organization: string,
  roles: readonly string[],
  versions: Versions,
): Promise<Identity> {
  assertSeen(reach, [organization])
  return alterIdentity(authority, by, reach, id, { verb: 'set_roles', versions, organizations: [organization] }, (known) => ({
    in: { ...known.in, [organization]: roles },
  }))
}

/** Ends a membership, and with it the seats and grants that came with it. @throws {ApiError} MEMBERSHIP_UNKNOWN */
export async function endMembership(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  organization: string,
  versions: Versions,
): Promise<Identity> {
  assertSeen(reach, [organization])
  return alterIdentity(authority, by, reach, id, { verb: 'leave', versions, organizations: [organization] }, (known) => {
    if (!Object.hasOwn(known.in, organization)) throw new ApiError('MEMBERSHIP_UNKNOWN')
    const { [organization]: _, ...others } = known.in
    return { in: others }
  })
}

const STATUS = { suspend: 'suspended', resume: 'active', revoke: 'revoked' } as const

/** Suspends, resumes or revokes an identity. Revoked is final. @throws {ApiError} IDENTITY_REVOKED */
export async function setStanding(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  verb: keyof typeof STATUS,
  versions: Versions,
): Promise<Identity> {
  const status = STATUS[verb]
  return alterIdentity(authority, by, reach, id, { verb, versions }, (known) => {
    if (known.status === status) return undefined
    if (known.status === 'revoked') throw new ApiError('IDENTITY_REVOKED')
    return { status }
  })
}
