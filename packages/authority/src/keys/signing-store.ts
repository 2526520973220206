import type { Instant } from '@writ/engine'
import type { PublicJwk, SigningUse } from '@writ/trust'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'
import type { Json } from '../changes/tables.ts'

export interface SigningKeysTables {
  signing_keys: {
    kid: string
    use: 'root' | SigningUse
    public_jwk: Json<PublicJwk>
    /** The private half, sealed for this kid; null: the root, while it is kept outside the store. */
    sealed: string | null
    /** What the root says of it, newest; null: it is the root, or the root has yet to vouch for it. */
    statement: string | null
    created_at: number
    /** Exclusive; null: the root, which ends with the authority. */
    expires_at: number | null
    revoked_at: number | null
    /** Of the root: when a backup was last taken. */
    backed_up_at: number | null
    /** Of the root: since when it is kept outside the store. */
    taken_out_at: number | null
  }
}
export type SigningKeyRow = Selectable<SigningKeysTables['signing_keys']>
export type NewSigningKey = Pick<SigningKeyRow, 'kid' | 'use' | 'public_jwk' | 'sealed' | 'statement' | 'created_at' | 'expires_at'>

export async function insertSigningKey(tx: Transaction<Database>, key: NewSigningKey): Promise<SigningKeyRow> {
  return tx
    .insertInto('signing_keys')
    .values({ ...key, public_jwk: JSON.stringify(key.public_jwk), revoked_at: null, backed_up_at: null, taken_out_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function findRoot(db: Kysely<Database>): Promise<SigningKeyRow | undefined> {
  return db.selectFrom('signing_keys').selectAll().where('use', '=', 'root').executeTakeFirst()
}

/** Reads the root to sign with it; whoever makes or revokes keys waits, so that two never make the next key of a use. */
export async function lockRoot(tx: Transaction<Database>): Promise<SigningKeyRow> {
  return tx.selectFrom('signing_keys').selectAll().where('use', '=', 'root').forUpdate().executeTakeFirstOrThrow()
}

/** The newest key of a use that the root vouches for, in force from `now` until after `until`, and not revoked. */
export async function findKeyInForce(
  db: Kysely<Database>,
  use: SigningUse,
  now: Instant,
  until: Instant,
): Promise<SigningKeyRow | undefined> {
  return db
    .selectFrom('signing_keys')
    .selectAll()
    .where('use', '=', use)
    .where('revoked_at', 'is', null)
    .where('statement', 'is not', null)
    .where('created_at', '<=', now)
    .where('expires_at', '>', until)
    .orderBy('created_at', 'desc')
    .orderBy('kid')
    .limit(1)
    .executeTakeFirst()
}

export async function findSigningKey(db: Kysely<Database>, kid: string): Promise<SigningKeyRow | undefined> {
  return db.selectFrom('signing_keys').selectAll().where('kid', '=', kid).executeTakeFirst()
}

export async function listSigningKeys(
  db: Kysely<Database>,
  { use }: { readonly use?: SigningKeyRow['use'] },
  listing: Listing,
): Promise<Slice<SigningKeyRow>> {
  const query = db.selectFrom('signing_keys').selectAll()
  return slice(use === undefined ? query : query.where('use', '=', use), listing, {
    orders: { created_at: sql.ref('created_at') },
    id: 'kid',
  })
}

/**
 * What the published key set says: keys in force, and every revoked one. Those first, or as many new keys as a reader takes would push
 * a revocation out of sight. Newest first.
 */
export async function listStatements(db: Kysely<Database>, now: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select('statement')
    .where('statement', 'is not', null)
    .where((eb) => eb.or([eb('revoked_at', 'is not', null), eb('expires_at', '>', now)]))
    .orderBy((eb) => eb('revoked_at', 'is', null))
    .orderBy('created_at', 'desc')
    .orderBy('kid')
    .limit(limit)
    .execute()
  return rows.map(({ statement }) => statement as string)
}

/** @param tx the transaction that locked the root */
export async function setStatement(
  tx: Transaction<Database>,
  { kid, revoked_at, statement }: Pick<SigningKeyRow, 'kid' | 'revoked_at' | 'statement'>,
): Promise<SigningKeyRow> {
  return tx.updateTable('signing_keys').set({ revoked_at, statement }).where('kid', '=', kid).returningAll().executeTakeFirstOrThrow()
}

export async function markBackedUp(tx: Transaction<Database>, kid: string, now: Instant): Promise<void> {
  await tx.updateTable('signing_keys').set({ backed_up_at: now }).where('kid', '=', kid).execute()
}

/** Into the store, or out of it. @param tx the transaction that locked the root */
export async function moveRoot(
  tx: Transaction<Database>,
  kid: string,
  to: Pick<SigningKeyRow, 'sealed' | 'taken_out_at' | 'backed_up_at'>,
): Promise<SigningKeyRow> {
  return tx.updateTable('signing_keys').set(to).where('kid', '=', kid).returningAll().executeTakeFirstOrThrow()
}
