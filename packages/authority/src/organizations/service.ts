import { isDeepStrictEqual } from 'node:util'
import type { OrganizationFact } from '@writ/engine'
import { assertMayChangeWhoRuns } from '../access/judge.ts'
import { OWN, OWNER } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Outcome, Putting } from '../bulk/kinds.ts'
import type { By, Deed } from '../changes/mutate.ts'
import { type Reach, seesOrganization } from '../enforcers/scope.ts'
import {
  findOrganization,
  insertOrganization,
  listOrganizations,
  lockOrganization,
  type OrganizationFilter,
  type OrganizationRow,
  type OrganizationSort,
  type Roles,
  updateOrganization,
} from './store.ts'

export interface NewOrganization {
  readonly id?: string
  readonly title: string
  readonly roles?: Roles
}

/** @throws {ApiError} ORGANIZATION_EXISTS; ORGANIZATION_UNKNOWN when the credential would not see what it made */
export async function createOrganization(authority: Authority, by: By, reach: Reach, input: NewOrganization): Promise<OrganizationRow> {
  const { id = makeId('org'), title, roles = {} } = input
  if (!seesOrganization(reach, id)) throw new ApiError('ORGANIZATION_UNKNOWN')
  return authority.mutate(by, deed('create', id), async (tx, change) => {
    const row = await insertOrganization(tx, { id, title, roles }, authority.clock())
    if (row === undefined) throw new ApiError('ORGANIZATION_EXISTS')
    change.state(factOf(row))
    change.note({ title, roles })
    return row
  })
}

/**
 * Changes a title or replaces the customer's roles.
 * @param versions those that the caller has seen and means; absent: any
 * @throws {ApiError} ORGANIZATION_UNKNOWN, PRECONDITION_FAILED
 */
export async function changeOrganization(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  input: { readonly title?: string; readonly roles?: Roles },
  versions: readonly number[] | undefined,
): Promise<OrganizationRow> {
  if (!seesOrganization(reach, id)) throw new ApiError('ORGANIZATION_UNKNOWN')
  if (id === OWN) assertOwnOrganization(authority, reach, input.roles)
  return authority.mutate(by, deed(input.roles === undefined ? 'update' : 'set_roles', id), async (tx, change) => {
    const known = await lockOrganization(tx, id)
    if (known === undefined) throw new ApiError('ORGANIZATION_UNKNOWN')
    if (versions?.includes(known.version) === false) throw new ApiError('PRECONDITION_FAILED')
    const row = await updateOrganization(tx, { ...known, ...input }, authority.clock())
    change.state(factOf(row))
    change.note({ ...input })
    return row
  })
}

/** Makes an organization what a row says: creates it, or changes what is another. */
export async function putOrganization(
  { authority, tx, change, reach }: Putting,
  { id, ...input }: NewOrganization & { readonly id: string },
): Promise<Outcome> {
  if (!seesOrganization(reach, id)) throw new ApiError('ORGANIZATION_UNKNOWN')
  if (id === OWN) assertOwnOrganization(authority, reach, input.roles)
  const known = await lockOrganization(tx, id)
  if (known === undefined) {
    const row = await insertOrganization(tx, { roles: {}, ...input, id }, authority.clock())
    if (row === undefined) throw new ApiError('ORGANIZATION_EXISTS')
    change.state(factOf(row))
    return 'created'
  }
  if (isDeepStrictEqual({ ...known, ...input }, known)) return 'unchanged'
  change.state(factOf(await updateOrganization(tx, { ...known, ...input }, authority.clock())))
  return 'changed'
}

/** Those who run this authority may have roles of their own making; the owner's is not for narrowing. @throws {ApiError} OWNER_REQUIRED, BUILT_IN */
function assertOwnOrganization(authority: Authority, reach: Reach, roles: Roles = {}): void {
  assertMayChangeWhoRuns(authority, reach)
  if (Object.hasOwn(roles, OWNER)) throw new ApiError('BUILT_IN')
}

/** @throws {ApiError} ORGANIZATION_UNKNOWN, alike for one that is not there and one that the credential does not see */
export async function readOrganization({ db }: Authority, reach: Reach, id: string): Promise<OrganizationRow> {
  const row = seesOrganization(reach, id) ? await findOrganization(db, id) : undefined
  if (row === undefined) throw new ApiError('ORGANIZATION_UNKNOWN')
  return row
}

/** Those that the credential sees. */
export async function pageOfOrganizations(
  { db }: Authority,
  reach: Reach,
  filter: OrganizationFilter,
  listing: Listing<OrganizationSort>,
): Promise<Slice<OrganizationRow>> {
  return listOrganizations(db, reach.organizations, filter, listing)
}

export function factOf({ id, roles }: OrganizationRow): OrganizationFact {
  return { fact: 'organization', id, ...(Object.keys(roles).length > 0 && { roles }) }
}

function deed(verb: string, id: string): Deed {
  return { action: `organization.${verb}`, subject: `organization:${id}`, organization: id }
}
