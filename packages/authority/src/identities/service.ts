import type { IdentityFact } from '@writ/engine'
import type { Transaction } from 'kysely'
import { assertMayAlter, assertMayJoin, assertOwnerLeft } from '../access/owners.ts'
import { endGrants } from '../access-requests/ending.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Putting } from '../bulk/kinds.ts'
import type { Draft } from '../changes/draft.ts'
import type { By, Deed } from '../changes/mutate.ts'
import { type Reach, seesOrganization } from '../enforcers/scope.ts'
import { freeSeats, lockSeatsOf } from './seats.ts'
import {
  type Attributes,
  findIdentity,
  type Identity,
  type IdentityFilter,
  type IdentitySort,
  insertIdentity,
  knownOrganizations,
  type Link,
  listIdentities,
  lockIdentity,
  type Memberships,
  replaceLinks,
  replaceMemberships,
  updateIdentity,
} from './store.ts'

export interface IdentityInput {
  readonly name?: string | null
  readonly in?: Memberships
  readonly factors?: readonly string[] | null
  readonly attributes?: Attributes
  readonly links?: readonly Link[]
}
export interface NewIdentity extends IdentityInput {
  readonly id?: string
  readonly kind?: IdentityFact['kind']
}

/** What one change of an identity makes of it. */
export type Alteration = Partial<Pick<Identity, 'status' | 'name' | 'in' | 'factors' | 'attributes' | 'links'>>

/** More would make the fact, which states an identity whole, too large to pass around. */
export const MOST_MEMBERSHIPS = 256

/**
 * @throws {ApiError} IDENTITY_EXISTS, IDENTITY_LINK_TAKEN, ORGANIZATION_UNKNOWN, MEMBERSHIPS_TOO_MANY; REACH_TOO_NARROW for a
 *   credential that sees some organizations, when the identity would belong to none of them
 */
export async function createIdentity(authority: Authority, by: By, reach: Reach, input: NewIdentity): Promise<Identity> {
  const { id = makeId('idn'), kind = 'human', name = null, factors = null, attributes = {}, links = [], in: memberships = {} } = input
  const organizations = Object.keys(memberships)
  assertSeen(reach, organizations)
  assertMayJoin(authority, reach, organizations)
  if (reach.organizations !== undefined && organizations.length === 0) throw new ApiError('REACH_TOO_NARROW')
  return authority.mutate(by, deed('create', id, organizations), async (tx, change) => {
    const values = { id, kind, status: 'active', name, factors, attributes } as const
    const row = await insertIdentity(tx, values, authority.clock())
    if (row === undefined) throw new ApiError('IDENTITY_EXISTS')
    const made = { ...row, in: memberships, links: distinct(links) }
    await putMemberships(tx, made, organizations)
    await putLinks(tx, made)
    change.state(factOf(made))
    change.note({ ...input })
    return made
  })
}

export interface AlterOptions {
  readonly verb: string
  /** Those versions that the caller has seen and means; absent: any. */
  readonly versions?: readonly number[] | undefined
  /** The organizations that it concerns; absent: all that the identity belongs to. */
  readonly organizations?: readonly string[] | undefined
  /** Those that it joins, beside all that it belongs to. */
  readonly joins?: readonly string[]
}

/**
 * Changes an identity under its lock, and all that follows from the change: who leaves an organization leaves its seats and grants,
 * who is no longer active leaves every seat.
 * @param next what it becomes; `undefined`: what it was. It may throw
 * @throws {ApiError} IDENTITY_UNKNOWN, PRECONDITION_FAILED, IDENTITY_LINK_TAKEN, ORGANIZATION_UNKNOWN, MEMBERSHIPS_TOO_MANY;
 *   REACH_TOO_NARROW when it concerns an organization that the credential does not see; OWNER_REQUIRED, LAST_OWNER for who runs this authority
 */
export async function alterIdentity(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  { verb, versions, organizations, joins = [] }: AlterOptions,
  next: (known: Identity) => Alteration | undefined,
): Promise<Identity> {
  const concerned = organizations ?? [...new Set([...organizationsInWorld(authority, id), ...joins])]
  return authority.mutate(by, deed(verb, id, concerned), async (tx, change) => {
    await lockSeatsOf(tx, id)
    const known = await lockIdentity(tx, id)
    if (known === undefined || !seesIdentity(reach, known)) throw new ApiError('IDENTITY_UNKNOWN')
    if (organizations === undefined && !seesWhole(reach, known)) throw new ApiError('REACH_TOO_NARROW')
    if (versions?.includes(known.version) === false) throw new ApiError('PRECONDITION_FAILED')
    const alteration = next(known)
    if (alteration === undefined) {
      change.unchanged()
      return known
    }
    change.note(told(alteration, concerned))
    return alterLocked({ authority, tx, change, reach }, known, alteration)
  })
}

/** In the transaction that locked the identity and its seats. @throws {ApiError} as {@link alterIdentity} */
export async function alterLocked({ authority, tx, change, reach }: Putting, known: Identity, alteration: Alteration): Promise<Identity> {
  assertMayAlter(authority, reach, known, alteration)
  const wanted = { ...known, ...alteration, links: distinct(alteration.links ?? known.links) }
  await assertOwnerLeft(tx, known, wanted)
  const row = await updateIdentity(tx, wanted, authority.clock())
  const altered: Identity = { ...row, in: wanted.in, links: wanted.links }
  if (alteration.in !== undefined) {
    const joined = Object.keys(altered.in).filter((organization) => !Object.hasOwn(known.in, organization))
    await putMemberships(tx, altered, joined)
  }
  if (alteration.links !== undefined) await putLinks(tx, altered)
  await leave(authority, tx, change, known, altered)
  if (known.status !== 'revoked' && altered.status === 'revoked')
    change.announce({ type: 'identity.revoked', organizations: Object.keys(known.in), data: { identity: known.id } })
  change.state(factOf(altered))
  return altered
}

/** A row of one organization's audit does not tell where else the identity belongs. */
function told(alteration: Alteration, concerned: readonly string[]): Alteration {
  const { in: memberships, ...others } = alteration
  const [only, ...more] = concerned
  if (memberships === undefined || only === undefined || more.length > 0) return alteration
  return { ...others, in: Object.fromEntries(Object.entries(memberships).filter(([organization]) => organization === only)) }
}

async function leave(authority: Authority, tx: Transaction<Database>, change: Draft, before: Identity, after: Identity): Promise<void> {
  const left = Object.keys(before.in).filter((organization) => !Object.hasOwn(after.in, organization))
  const inactive = before.status === 'active' && after.status !== 'active'
  if (left.length === 0 && !inactive) return
  const freed = await freeSeats(authority, tx, change, after.id, (license) => inactive || left.includes(license?.organization ?? ''))
  if (freed.length > 0) change.note({ freed_seats: freed })
  const ended = await endGrants(authority, tx, change, after.id, left)
  if (ended.length > 0) change.note({ ended_grants: ended })
}

async function putMemberships(tx: Transaction<Database>, { id, in: memberships }: Identity, joined: readonly string[]): Promise<void> {
  if (Object.keys(memberships).length > MOST_MEMBERSHIPS) throw new ApiError('MEMBERSHIPS_TOO_MANY')
  const known = await knownOrganizations(tx, joined)
  if (joined.some((organization) => !known.has(organization))) throw new ApiError('ORGANIZATION_UNKNOWN')
  await replaceMemberships(tx, id, memberships)
}

async function putLinks(tx: Transaction<Database>, { id, links }: Identity): Promise<void> {
  if (!(await replaceLinks(tx, id, links))) throw new ApiError('IDENTITY_LINK_TAKEN')
}

/** @throws {ApiError} IDENTITY_UNKNOWN, alike for one that is not there and one that the credential does not see */
export async function readIdentity({ db }: Authority, reach: Reach, id: string): Promise<Identity> {
  const known = await findIdentity(db, id)
  if (known === undefined || !seesIdentity(reach, known)) throw new ApiError('IDENTITY_UNKNOWN')
  return known
}

/** Those that the credential sees. Whoever is in both an organization in sight and another is not found by what they are in the other. */
export async function pageOfIdentities(
  { db }: Authority,
  { organizations }: Reach,
  filter: IdentityFilter,
  listing: Listing<IdentitySort>,
): Promise<Slice<Identity>> {
  return listIdentities(db, { ...filter, ...(organizations !== undefined && { organizations }) }, listing)
}

/** An identity is in sight as a member of an organization in sight. */
export function seesIdentity(reach: Reach, { in: memberships }: Identity): boolean {
  return reach.organizations === undefined || Object.keys(memberships).some((id) => seesOrganization(reach, id))
}

/** Whether all that happens to an identity stays within what the credential sees. */
export function seesWhole(reach: Reach, { in: memberships }: Identity): boolean {
  return Object.keys(memberships).every((id) => seesOrganization(reach, id))
}

/** @throws {ApiError} ORGANIZATION_UNKNOWN, as for one that is not there */
export function assertSeen(reach: Reach, organizations: readonly string[]): void {
  if (!organizations.every((id) => seesOrganization(reach, id))) throw new ApiError('ORGANIZATION_UNKNOWN')
}

/** For the audit row, which tells one customer of it: where the identity belongs, if to one alone. */
export function organizationsInWorld({ world }: Authority, id: string): string[] {
  const row = world.identities.find(id)
  return row === undefined ? [] : world.identities.memberships(row).map((index) => world.organizationIds.name(index))
}

export function distinct(links: readonly Link[]): Link[] {
  return [...new Map(links.map((link) => [JSON.stringify([link.issuer, link.subject]), link])).values()]
}

export function factOf({ id, kind, status, in: memberships, factors, attributes, links }: Identity): IdentityFact {
  return {
    fact: 'identity',
    id,
    kind,
    status,
    in: memberships,
    ...(factors !== null && { factors }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(links.length > 0 && { links }),
  }
}

function deed(verb: string, id: string, organizations: readonly string[]): Deed {
  const [only, ...others] = organizations
  return {
    action: `identity.${verb}`,
    subject: `identity:${id}`,
    ...(only !== undefined && others.length === 0 && { organization: only }),
  }
}
