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
    /** Lists of what is lost, each once. */
    losses: string
    expires_at: number
  }
  /** Who loses what of it and has not yet, in bunches: as many characters for each, with the number of a list. */
  confirmed_parts: { rest_id: string; bunch: string; losses: string }
  /** How many lost something by what nobody was asked about: counted with the next of the same kind by the same, so that small ones come to what a large one does. */
  unasked_losses: { id: string; losing: number; expires_at: number }
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

/** Forgets those that are over anyhow, and waits for none that somebody has locked: who has several of them may wait for one that is forgotten here. */
export async function dropUsed(db: Kysely<Database>, before: Instant): Promise<void> {
  for (const [table, over] of [
    ['used_confirmations', 'at'],
    ['confirmed_rests', 'expires_at'],
    ['unasked_losses', 'expires_at'],
  ] as const) {
    const [from, when] = [sql.table(table), sql.ref(over)]
    await sql`DELETE FROM ${from} WHERE id IN (SELECT id FROM ${from} WHERE ${when} < ${before} FOR UPDATE SKIP LOCKED)`.execute(db)
  }
}

/** Of two parts at once the second waits. @returns its lists; `undefined`: it was not weighed, or that is over */
export async function findRest(tx: Transaction<Database>, id: string, now: Instant): Promise<string | undefined> {
  const row = await tx
    .selectFrom('confirmed_rests')
    .select('losses')
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst()
  return row?.losses
}

/** Nothing is left of it. */
export async function dropRest(tx: Transaction<Database>, id: string): Promise<void> {
  await tx.deleteFrom('confirmed_rests').where('id', '=', id).execute()
}

export async function storeRest(tx: Transaction<Database>, id: string, losses: string, expires_at: Instant): Promise<void> {
  await tx.insertInto('confirmed_rests').values({ id, losses, expires_at }).execute()
}

export async function setLists(tx: Transaction<Database>, id: string, losses: string): Promise<void> {
  await tx.updateTable('confirmed_rests').set({ losses }).where('id', '=', id).execute()
}

export type Bunch = Omit<GuardTables['confirmed_parts'], 'rest_id'>

export async function findParts(tx: Transaction<Database>, id: string, bunches: readonly string[]): Promise<Bunch[]> {
  if (bunches.length === 0) return []
  const { rows } = await sql<Bunch>`
    SELECT bunch, losses FROM confirmed_parts WHERE rest_id = ${id} AND bunch = ANY (${[...bunches]}::text[])`.execute(tx)
  return rows
}

export async function putParts(tx: Transaction<Database>, id: string, parts: readonly Bunch[]): Promise<void> {
  if (parts.length === 0) return
  const [bunches, losses] = [parts.map(({ bunch }) => bunch), parts.map((part) => part.losses)]
  await sql`
    INSERT INTO confirmed_parts (rest_id, bunch, losses) SELECT ${id}, bunch, losses FROM unnest(${bunches}::text[], ${losses}::text[]) AS part (bunch, losses)
    ON CONFLICT (rest_id, bunch) DO UPDATE SET losses = excluded.losses`.execute(tx)
}

/** Of two at once the second waits, so that each counts what the other took. */
export async function lockUnasked(tx: Transaction<Database>, id: string, now: Instant): Promise<number> {
  const row = await tx
    .insertInto('unasked_losses')
    .values({ id, losing: 0, expires_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ expires_at: eb.ref('unasked_losses.expires_at') })))
    .returning(['losing', 'expires_at'])
    .executeTakeFirstOrThrow()
  return row.expires_at > now ? row.losing : 0
}

/** @param id one that is locked */
export async function setUnasked(tx: Transaction<Database>, id: string, losing: number, expires_at: Instant): Promise<void> {
  await tx.updateTable('unasked_losses').set({ losing, expires_at }).where('id', '=', id).execute()
}

/** Holds the place of the next change until the transaction ends: what is weighed from here on is what it is committed on. */
export async function holdRevision(tx: Transaction<Database>): Promise<void> {
  await sql`SELECT revision FROM authority FOR UPDATE`.execute(tx)
}
