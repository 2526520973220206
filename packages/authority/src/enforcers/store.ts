import type { Instant } from '@writ/engine'
import { type Generated, type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { OWN, OWNER } from '../access/permissions.ts'
import type { Database } from '../app/database.ts'
import { contains, type Listing, type Orders, type Slice, slice } from '../app/listing.ts'
import type { Json } from '../changes/tables.ts'
import type { Scope } from './scope.ts'

export interface EnforcersTables {
  api_keys: {
    id: string
    /** SHA-256 of the key, hex. The key itself is nowhere. */
    hash: string
    name: string
    scopes: Json<readonly Scope[]>
    products: Json<readonly string[]> | null
    organizations: Json<readonly string[]> | null
    reasons: Generated<boolean>
    unattended: Generated<boolean>
    created_at: number
    created_by: string
    revoked_at: number | null
    /** Written in batches: may be some seconds late. */
    last_used_at: number | null
    /** Whom it acts for in running the authority; `null`: nobody, its scopes alone count. */
    identity: string | null
    /** The key that it was made with; `null`: none, at setup or on the host. */
    made_by: string | null
    /** From then on it opens nothing. */
    expires_at: number | null
    rotated_at: number | null
    /** Of the secret before the last rotation, which opens as well until `old_until`. */
    old_hash: string | null
    old_until: number | null
  }
  setup_codes: { hash: string; expires_at: number }
}
export type ApiKeyRow = Selectable<EnforcersTables['api_keys']>

export interface NewApiKey {
  readonly id: string
  readonly hash: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly products?: readonly string[]
  readonly organizations?: readonly string[]
  readonly reasons?: boolean
  readonly unattended?: boolean
  readonly created_at: Instant
  readonly created_by: string
  readonly identity?: string
  readonly made_by?: string
  readonly expires_at?: Instant
}

export async function insertApiKey(tx: Transaction<Database>, key: NewApiKey): Promise<ApiKeyRow> {
  const { id, hash, name, products, organizations, scopes, reasons, created_at, created_by, identity, made_by, expires_at, unattended } =
    key
  return tx
    .insertInto('api_keys')
    .values({
      id,
      hash,
      name,
      created_at,
      created_by,
      ...(reasons !== undefined && { reasons }),
      ...(unattended !== undefined && { unattended }),
      identity: identity ?? null,
      made_by: made_by ?? null,
      expires_at: expires_at ?? null,
      scopes: JSON.stringify(scopes),
      products: products === undefined ? null : JSON.stringify(products),
      organizations: organizations === undefined ? null : JSON.stringify(organizations),
      revoked_at: null,
      last_used_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** @returns the row; `undefined` when there is none or it was revoked before */
export async function revokeApiKey(tx: Transaction<Database>, id: string, now: Instant): Promise<ApiKeyRow | undefined> {
  return tx
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

export async function findApiKey(db: Kysely<Database>, id: string): Promise<ApiKeyRow | undefined> {
  return db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst()
}

/** By the hash of its secret, or of the one before the last rotation. */
/** Live or revoked. */
export async function findApiKeys(db: Kysely<Database>, ids: readonly string[]): Promise<ApiKeyRow[]> {
  return ids.length === 0 ? [] : db.selectFrom('api_keys').selectAll().where('id', 'in', ids).execute()
}

export async function findApiKeyByHash(db: Kysely<Database>, hash: string): Promise<ApiKeyRow | undefined> {
  return db
    .selectFrom('api_keys')
    .selectAll()
    .where((eb) => eb.or([eb('hash', '=', hash), eb('old_hash', '=', hash)]))
    .executeTakeFirst()
}

/** Puts a new secret in the place of the one there is, which opens as well until an instant. @returns `undefined` for a revoked key */
export async function rotateApiKey(
  tx: Transaction<Database>,
  id: string,
  { hash, until, now }: { readonly hash: string; readonly until: Instant; readonly now: Instant },
): Promise<ApiKeyRow | undefined> {
  return tx
    .updateTable('api_keys')
    .set((eb) => ({ hash, old_hash: eb.ref('hash'), old_until: until, rotated_at: now }))
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

export interface ApiKeyFilter {
  /** Part of the id or the name. */
  readonly q?: string
  readonly state?: 'live' | 'revoked'
}
export type ApiKeySort = 'id' | 'name' | 'created_at'

const ORDERS: Orders<ApiKeySort> = { name: sql`lower(name) COLLATE "C"`, created_at: sql.ref('created_at') }

export async function listApiKeys(
  db: Kysely<Database>,
  { q, state }: ApiKeyFilter,
  listing: Listing<ApiKeySort>,
  keep: (row: ApiKeyRow) => boolean,
): Promise<Slice<ApiKeyRow>> {
  let query = db.selectFrom('api_keys').selectAll()
  if (q !== undefined) query = query.where(contains(sql`((id || ' ' || name) COLLATE "default")`, q))
  if (state !== undefined) query = query.where('revoked_at', state === 'live' ? 'is' : 'is not', null)
  return slice(query, listing, { orders: ORDERS, keep })
}

/** Keys that still open something. @param ids absent: all */
export async function liveApiKeys(db: Kysely<Database>, ids?: readonly string[]): Promise<ApiKeyRow[]> {
  let query = db.selectFrom('api_keys').selectAll().where('revoked_at', 'is', null)
  if (ids !== undefined) query = query.where('id', 'in', ids)
  return query.execute()
}

/**
 * Whether a key is there that opens everything: of an owner, or of nobody and every capability. Waits for others who ask the same and may be about to make one: of two that
 * find none, both would become administrators on the strength of one setup.
 */
export async function adminExists(tx: Transaction<Database>, now: Instant): Promise<boolean> {
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(7_070_003)})`.execute(tx)
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (
      SELECT 1 FROM api_keys WHERE revoked_at IS NULL AND scopes::jsonb ? 'manage:*' AND (expires_at IS NULL OR expires_at > ${now})
        AND (identity IS NULL OR EXISTS (
          SELECT 1 FROM memberships JOIN identities ON identities.id = identity_id
          WHERE identity_id = api_keys.identity AND organization_id = ${OWN} AND status = 'active' AND roles::jsonb ? ${OWNER}
        ))
    ) AS found`.execute(tx)
  return rows[0]?.found === true
}

/** Forward only: two nodes may have seen the same key. */
export async function markUsed(db: Kysely<Database>, used: ReadonlyMap<string, Instant>): Promise<void> {
  await sql`
    UPDATE api_keys SET last_used_at = used.at
    FROM unnest(${[...used.keys()]}::text[], ${[...used.values()]}::int8[]) AS used (id, at)
    WHERE api_keys.id = used.id AND (last_used_at IS NULL OR last_used_at < used.at)`.execute(db)
}

/** One code at a time: a new start makes the one before worthless. */
export async function replaceSetupCode(tx: Transaction<Database>, hash: string, expiresAt: Instant): Promise<void> {
  await tx.deleteFrom('setup_codes').execute()
  await tx.insertInto('setup_codes').values({ hash, expires_at: expiresAt }).execute()
}

/** Whether a code was given out and not used; it may be over. */
export async function hasSetupCode(db: Kysely<Database>, hash: string): Promise<boolean> {
  return (await db.selectFrom('setup_codes').select('hash').where('hash', '=', hash).executeTakeFirst()) !== undefined
}

/** Uses up a code. @returns false when it is wrong, used or over; at its expiry it is over */
export async function takeSetupCode(tx: Transaction<Database>, hash: string, now: Instant): Promise<boolean> {
  const row = await tx.deleteFrom('setup_codes').where('hash', '=', hash).where('expires_at', '>', now).returning('hash').executeTakeFirst()
  return row !== undefined
}
