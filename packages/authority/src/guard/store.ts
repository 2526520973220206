import type { Instant } from '@writ/engine'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'

export interface GuardTables {
  /** Tokens that were used: each is good for once. */
  used_confirmations: { id: string; at: number }
}

/** @returns false: it was used before. Of two at once the second waits for the first. */
export async function useUp(tx: Transaction<Database>, id: string, at: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('used_confirmations')
    .values({ id, at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Forgets those that are over anyhow. */
export async function dropUsed(db: Kysely<Database>, before: Instant): Promise<void> {
  await db.deleteFrom('used_confirmations').where('at', '<', before).execute()
}

/** Holds the place of the next change until the transaction ends: what is weighed from here on is what it is committed on. */
export async function holdRevision(tx: Transaction<Database>): Promise<void> {
  await sql`SELECT revision FROM authority FOR UPDATE`.execute(tx)
}
