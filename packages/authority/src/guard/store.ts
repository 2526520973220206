import type { Instant } from '@writ/engine'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'

export interface GuardTables {
  /** Tokens that were used: each is good for once. */
  used_confirmations: { id: string; at: number }
  /** Of a change that is made in parts and was weighed whole. */
  confirmed_rests: {
    /** Of what is changed in parts, and by whom. */
    id: string
    /** What it comes to, whole: as many characters for each loss. */
    losses: string
    expires_at: number
  }
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
  await db.deleteFrom('confirmed_rests').where('expires_at', '<', before).execute()
}

/** @returns what the whole was weighed with; `undefined`: it was not, or that is over */
export async function findRest(tx: Transaction<Database>, id: string, now: Instant): Promise<string | undefined> {
  const row = await tx.selectFrom('confirmed_rests').select('losses').where('id', '=', id).where('expires_at', '>', now).executeTakeFirst()
  return row?.losses
}

/** Nothing is left of it. */
export async function dropRest(tx: Transaction<Database>, id: string): Promise<void> {
  await tx.deleteFrom('confirmed_rests').where('id', '=', id).execute()
}

export async function keepRest(tx: Transaction<Database>, id: string, losses: string, expires_at: Instant): Promise<void> {
  const row = { losses, expires_at }
  await tx
    .insertInto('confirmed_rests')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** Holds the place of the next change until the transaction ends: what is weighed from here on is what it is committed on. */
export async function holdRevision(tx: Transaction<Database>): Promise<void> {
  await sql`SELECT revision FROM authority FOR UPDATE`.execute(tx)
}
