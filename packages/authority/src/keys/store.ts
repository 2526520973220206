import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'

export interface KeysTables {
  /** Secrets by name, sealed under the master key for that name. */
  sealed_secrets: { name: string; sealed: string }
}

export async function findSealed(tx: Transaction<Database>, name: string): Promise<string | undefined> {
  const row = await tx.selectFrom('sealed_secrets').select('sealed').where('name', '=', name).executeTakeFirst()
  return row?.sealed
}

export async function insertSealed(tx: Transaction<Database>, name: string, sealed: string): Promise<void> {
  await tx.insertInto('sealed_secrets').values({ name, sealed }).execute()
}

export async function findAuthorityId(tx: Transaction<Database>): Promise<string | undefined> {
  return (await tx.selectFrom('authority').select('id').executeTakeFirst())?.id
}

export async function insertAuthority(tx: Transaction<Database>, id: string, now: number): Promise<void> {
  await tx.insertInto('authority').values({ one: true, id, revision: 0, created_at: now }).execute()
}

/** Any number of its own: nodes that start together on an empty store make one authority between them. */
const IDENTITY_LOCK = 7_070_002

export async function inTurn<T>(db: Kysely<Database>, work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(IDENTITY_LOCK)})`.execute(tx)
    return work(tx)
  })
}
