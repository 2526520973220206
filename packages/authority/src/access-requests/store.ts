import type { GrantFact, Instant } from '@writ/engine'
import { type ColumnType, type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Orders, type Slice, slice } from '../app/listing.ts'
import type { Json } from '../changes/tables.ts'

type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>

export interface AccessRequestsTables {
  grants: {
    id: string
    identity_id: string
    /** `null`: for licences that the identity holds itself. */
    organization_id: string | null
    /** Qualified: `atlas:host.shell`. */
    feature: string
    resource: JsonOrNull<NonNullable<GrantFact['resource']>>
    commands: JsonOrNull<readonly string[]>
    starts_at: number
    ends_at: number
    approved_by: Json<GrantFact['approved_by']>
    context: JsonOrNull<NonNullable<GrantFact['context']>>
    created_at: number
    created_by: string
    /** When it was taken back, or ended with the membership. */
    revoked_at: number | null
  }
}
export type GrantRow = Selectable<AccessRequestsTables['grants']>

/** @returns `undefined` when the id is taken */
export async function insertGrant(tx: Transaction<Database>, grant: Omit<GrantRow, 'revoked_at'>): Promise<GrantRow | undefined> {
  const { resource, commands, approved_by, context } = grant
  return tx
    .insertInto('grants')
    .values({
      ...grant,
      resource: resource === null ? null : JSON.stringify(resource),
      commands: commands === null ? null : JSON.stringify(commands),
      approved_by: JSON.stringify(approved_by),
      context: context === null ? null : JSON.stringify(context),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function lockGrant(tx: Transaction<Database>, id: string): Promise<GrantRow | undefined> {
  return tx.selectFrom('grants').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** @param tx the transaction that locked the grant */
export async function markRevoked(tx: Transaction<Database>, id: string, now: Instant): Promise<void> {
  await tx.updateTable('grants').set({ revoked_at: now }).where('id', '=', id).execute()
}

/** Takes back what an identity was granted in organizations, as far as it is not over. @returns the ids */
export async function revokeGrantsIn(
  tx: Transaction<Database>,
  identity: string,
  organizations: readonly string[],
  now: Instant,
): Promise<string[]> {
  if (organizations.length === 0) return []
  const rows = await tx
    .updateTable('grants')
    .set({ revoked_at: now })
    .where('identity_id', '=', identity)
    .where('organization_id', 'in', organizations)
    .where('revoked_at', 'is', null)
    .where('ends_at', '>', now)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id).sort()
}

export async function findGrant(db: Kysely<Database>, id: string): Promise<GrantRow | undefined> {
  return db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst()
}

/** How a grant stands at an instant: to come, in force, over, or taken back. */
export type GrantState = 'scheduled' | 'active' | 'ended' | 'revoked'

export interface GrantFilter {
  readonly identity?: string
  readonly organization?: string
  /** Qualified: `atlas:host.shell`. */
  readonly feature?: string
  readonly state?: GrantState
  /** Absent: all. */
  readonly organizations?: readonly string[]
  readonly products?: readonly string[]
}

export type GrantSort = 'id' | 'from' | 'until' | 'created_at'

const ORDERS: Orders<GrantSort> = { from: sql.ref('starts_at'), until: sql.ref('ends_at'), created_at: sql.ref('created_at') }

export async function listGrants(
  db: Kysely<Database>,
  { identity, organization, organizations, products, feature, state }: GrantFilter,
  now: Instant,
  listing: Listing<GrantSort>,
): Promise<Slice<GrantRow>> {
  let query = db.selectFrom('grants').selectAll()
  if (identity !== undefined) query = query.where('identity_id', '=', identity)
  if (organization !== undefined) query = query.where('organization_id', '=', organization)
  if (organizations !== undefined) query = query.where('organization_id', 'in', organizations)
  if (products !== undefined) query = query.where((eb) => eb(eb.fn('split_part', ['feature', eb.val(':'), eb.lit(1)]), 'in', products))
  if (feature !== undefined) query = query.where('feature', '=', feature)
  if (state !== undefined) query = query.where('revoked_at', state === 'revoked' ? 'is not' : 'is', null)
  if (state === 'scheduled') query = query.where('starts_at', '>', now)
  if (state === 'active') query = query.where('starts_at', '<=', now).where('ends_at', '>', now)
  if (state === 'ended') query = query.where('ends_at', '<=', now)
  return slice(query, listing, { orders: ORDERS })
}
