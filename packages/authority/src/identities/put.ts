import { may } from '../access/judge.ts'
import { OWN } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import type { Outcome, Putting } from '../bulk/kinds.ts'
import { putOne } from '../bulk/one-by-one.ts'
import { seesOrganization } from '../enforcers/scope.ts'
import { lockSeatsOf } from './seats.ts'
import {
  type Alteration,
  alterLocked,
  assertSeen,
  distinct,
  factOf,
  type IdentityInput,
  MOST_MEMBERSHIPS,
  seesIdentity,
  seesWhole,
} from './service.ts'
import { type Identity, insertWhole, knownIdentities, knownOrganizations, lockIdentity, takenLinks } from './store.ts'

export interface PutIdentity extends IdentityInput {
  readonly id: string
  readonly kind?: Identity['kind']
  readonly status?: Identity['status']
}

/**
 * Makes identities what rows say: creates those that are not there, all at once, and alters the others, each by itself. A member that a
 * row leaves out stays as it is.
 */
export async function putIdentities(putting: Putting, rows: readonly PutIdentity[]): Promise<Outcome[]> {
  const { tx } = putting
  const taken = new Set(await knownIdentities(tx, [...new Set(rows.map(({ id }) => id))]))
  const organizations = await knownOrganizations(tx, [...new Set(rows.flatMap((row) => Object.keys(row.in ?? {})))])
  const links = await takenLinks(
    tx,
    rows.flatMap((row) => row.links ?? []),
  )
  const outcomes: (Outcome | undefined)[] = []
  const fresh: Identity[] = []
  const now = putting.authority.clock()
  for (const [i, row] of rows.entries()) {
    if (taken.has(row.id)) continue
    const refusal = refusalOf(putting, row, organizations, links)
    outcomes[i] = refusal ?? 'created'
    if (refusal !== undefined) continue
    // The same id again, further down, alters this one.
    taken.add(row.id)
    const made = wholeOf(row, now)
    for (const link of made.links) links.add(linkKey(link))
    fresh.push(made)
  }
  await insertWhole(tx, fresh)
  putting.change.state(...fresh.map(factOf))
  for (const [i, row] of rows.entries()) outcomes[i] ??= await putOne(putting, (own) => alter(own, row))
  return outcomes as Outcome[]
}

function refusalOf(
  { authority, reach }: Putting,
  row: PutIdentity,
  organizations: ReadonlySet<string>,
  links: ReadonlySet<string>,
): ApiError | undefined {
  const joined = Object.keys(row.in ?? {})
  if (!joined.every((id) => organizations.has(id) && seesOrganization(reach, id))) return new ApiError('ORGANIZATION_UNKNOWN')
  if (joined.length > MOST_MEMBERSHIPS) return new ApiError('MEMBERSHIPS_TOO_MANY')
  if (reach.organizations !== undefined && joined.length === 0) return new ApiError('REACH_TOO_NARROW')
  if (joined.includes(OWN) && !may(authority, reach, 'authority.write')) return new ApiError('OWNER_REQUIRED')
  if (row.links?.some((link) => links.has(linkKey(link))) === true) return new ApiError('IDENTITY_LINK_TAKEN')
  return undefined
}

async function alter({ authority, tx, change, reach }: Putting, row: PutIdentity): Promise<Outcome> {
  await lockSeatsOf(tx, row.id)
  const known = await lockIdentity(tx, row.id)
  if (known === undefined) throw new ApiError('IDENTITY_UNKNOWN')
  if (!seesIdentity(reach, known)) throw new ApiError('IDENTITY_EXISTS')
  if (row.kind !== undefined && row.kind !== known.kind) throw new ApiError('IDENTITY_EXISTS')
  const { in: memberships, ...others } = alterationOf(known, row)
  assertSeen(reach, Object.keys(memberships ?? {}))
  if (Object.keys(others).length > 0 && !seesWhole(reach, known)) throw new ApiError('REACH_TOO_NARROW')
  if (known.status === 'revoked' && others.status !== undefined) throw new ApiError('IDENTITY_REVOKED')
  const unseen = Object.entries(known.in).filter(([organization]) => !seesOrganization(reach, organization))
  const joins = memberships && { ...Object.fromEntries(unseen), ...memberships }
  const alteration: Alteration = { ...others, ...(joins !== undefined && !same(joins, known.in) && { in: joins }) }
  if (Object.keys(alteration).length === 0) return 'unchanged'
  await alterLocked({ authority, tx, change, reach }, known, alteration)
  return 'changed'
}

/** What of a row is another than what is there. */
function alterationOf(known: Identity, { id: _id, kind: _kind, ...row }: PutIdentity): Alteration {
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => value !== undefined && !same(value, known[name as keyof Identity])),
  ) as Alteration
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder)
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function wholeOf(row: PutIdentity, now: number): Identity {
  const { id, kind = 'human', status = 'active', name = null, factors = null, attributes = {}, links = [], in: memberships = {} } = row
  return {
    id,
    kind,
    status,
    name,
    factors,
    attributes,
    in: memberships,
    links: distinct(links),
    version: 1,
    created_at: now,
    updated_at: now,
  }
}

function linkKey({ issuer, subject }: { readonly issuer: string; readonly subject: string }): string {
  return JSON.stringify([issuer, subject])
}
