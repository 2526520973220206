import { asStaged, type GrantFact, type Instant, licensesWithin } from '@writ/engine'
import { assertMayChangeWhoRuns } from '../access/judge.ts'
import { OWN } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { By, Deed } from '../changes/mutate.ts'
import { type Reach, seesOrganization, seesProduct } from '../enforcers/scope.ts'
import { readIdentity } from '../identities/service.ts'
import { type Identity, lockIdentity } from '../identities/store.ts'
import { longestGrant } from './longest.ts'
import { findGrant, type GrantFilter, type GrantRow, type GrantSort, insertGrant, listGrants, lockGrant, markRevoked } from './store.ts'

export interface NewGrant extends Omit<GrantFact, 'fact' | 'id' | 'from'> {
  readonly id?: string
  /** Default: now. */
  readonly from?: Instant
}

/**
 * Records a grant as a fact: what was asked for, until when, and who approved it, with the roles that each held then.
 * @throws {ApiError} GRANT_EXISTS, GRANT_TOO_LONG, GRANT_SELF_APPROVED, FEATURE_UNKNOWN, COMMAND_UNKNOWN, IDENTITY_UNKNOWN,
 *   IDENTITY_REVOKED, ORGANIZATION_UNKNOWN, MEMBERSHIP_UNKNOWN, REACH_TOO_NARROW; REQUEST_INVALID when it ends before it starts or is over
 */
export async function createGrant(authority: Authority, by: By, reach: Reach, input: NewGrant): Promise<GrantRow> {
  const { id = makeId('grt'), identity, organization, resource, context, commands, approved_by } = input
  const now = authority.clock()
  const from = input.from ?? now
  if (input.until <= from) throw unfit('/until', 'must be later than from')
  if (input.until <= now) throw unfit('/until', 'must lie in the future')
  assertInReach(reach, organization)
  const feature = featureAsked(authority, reach, input)
  if (feature.product === OWN) assertMayChangeWhoRuns(authority, reach)
  const approvers = new Set(approved_by.map((approver) => approver.identity))
  if (approvers.has(identity)) throw new ApiError('GRANT_SELF_APPROVED')
  for (const approver of approvers) await readIdentity(authority, reach, approver)

  return authority.mutate(by, deed('create', id, organization), async (tx, change) => {
    const known = await lockIdentity(tx, identity)
    assertMember(known, reach, organization)
    const longest = longestGrant(authority.world, { ...feature, organization, identity })
    if (longest !== undefined && input.until - from > longest * 1000) throw new ApiError('GRANT_TOO_LONG')
    const row = await insertGrant(tx, {
      id,
      identity_id: identity,
      organization_id: organization ?? null,
      feature: `${feature.product}:${feature.feature}`,
      resource: resource ?? null,
      commands: commands ?? null,
      starts_at: from,
      ends_at: input.until,
      approved_by,
      context: context ?? null,
      created_at: now,
      created_by: by.actor,
    })
    if (row === undefined) throw new ApiError('GRANT_EXISTS')
    change.state(factOf(row))
    const { id: _, fact: __, ...detail } = factOf(row)
    change.note(detail)
    return row
  })
}

/** Takes a grant back. Once it is, doing so again changes nothing. @throws {ApiError} GRANT_UNKNOWN */
export async function revokeGrant(authority: Authority, by: By, reach: Reach, id: string): Promise<void> {
  const { organization_id } = await readGrant(authority, reach, id)
  await authority.mutate(by, deed('revoke', id, organization_id ?? undefined), async (tx, change) => {
    const known = await lockGrant(tx, id)
    if (known === undefined) throw new ApiError('GRANT_UNKNOWN')
    if (known.revoked_at !== null) return change.unchanged()
    await markRevoked(tx, id, authority.clock())
    change.state({ fact: 'removed', of: 'grant', id })
  })
}

/** @throws {ApiError} GRANT_UNKNOWN, alike for one that is not there and one that the credential does not see */
export async function readGrant({ db }: Authority, reach: Reach, id: string): Promise<GrantRow> {
  const row = await findGrant(db, id)
  if (row === undefined || !seesGrant(reach, row)) throw new ApiError('GRANT_UNKNOWN')
  return row
}

/** Those that the credential sees. */
export async function pageOfGrants(
  { db, clock }: Authority,
  { organizations, products }: Reach,
  filter: GrantFilter,
  listing: Listing<GrantSort>,
): Promise<Slice<GrantRow>> {
  const within = { ...filter, ...(organizations !== undefined && { organizations }), ...(products !== undefined && { products }) }
  return listGrants(db, within, clock(), listing)
}

function seesGrant(reach: Reach, { organization_id, feature }: GrantRow): boolean {
  if (!seesProduct(reach, feature.slice(0, feature.indexOf(':')))) return false
  return organization_id === null ? reach.organizations === undefined : seesOrganization(reach, organization_id)
}

function assertInReach(reach: Reach, organization: string | undefined): void {
  if (organization === undefined && reach.organizations !== undefined) throw new ApiError('REACH_TOO_NARROW')
  if (organization !== undefined && !seesOrganization(reach, organization)) throw new ApiError('ORGANIZATION_UNKNOWN')
}

function assertMember(known: Identity | undefined, reach: Reach, organization: string | undefined): void {
  const inSight =
    known !== undefined && (reach.organizations === undefined || Object.keys(known.in).some((id) => seesOrganization(reach, id)))
  if (!inSight) throw new ApiError('IDENTITY_UNKNOWN')
  if (known.status === 'revoked') throw new ApiError('IDENTITY_REVOKED')
  if (organization !== undefined && !Object.hasOwn(known.in, organization)) throw new ApiError('MEMBERSHIP_UNKNOWN')
}

function featureAsked(
  { world }: Authority,
  reach: Reach,
  { feature: name, commands, identity, organization }: Pick<NewGrant, 'feature' | 'commands' | 'identity' | 'organization'>,
): { product: string; feature: string } {
  const found = world.feature(name)
  if (found === undefined || !seesProduct(reach, found.product.name)) throw new ApiError('FEATURE_UNKNOWN')
  const row = world.identities.find(identity)
  // Whoever is on a staged edition has its commands already.
  const known = asStaged(found, () =>
    (row === undefined ? [] : licensesWithin(world, row, organization)).filter(
      ({ fact }) => fact.organization === undefined || seesOrganization(reach, fact.organization),
    ),
  )
  const declared = known.feature.feature.commands ?? []
  if (commands?.some((command) => !declared.includes(command))) throw new ApiError('COMMAND_UNKNOWN')
  return { product: found.product.name, feature: found.name }
}

function factOf({
  id,
  identity_id,
  organization_id,
  feature,
  resource,
  commands,
  starts_at,
  ends_at,
  approved_by,
  context,
}: GrantRow): GrantFact {
  return {
    fact: 'grant',
    id,
    identity: identity_id,
    ...(organization_id !== null && { organization: organization_id }),
    feature,
    ...(resource !== null && { resource }),
    ...(commands !== null && { commands }),
    from: starts_at,
    until: ends_at,
    approved_by,
    ...(context !== null && { context }),
  }
}

function deed(verb: string, id: string, organization: string | undefined): Deed {
  return { action: `grant.${verb}`, subject: `grant:${id}`, ...(organization !== undefined && { organization }) }
}
