import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'

export interface DataKeysTables {
  data_keys: {
    id: string
    /** By the master key; null: the one derived from the master key, until a start wraps it. */
    wrapped: string | null
    /** The id of the master key that wrapped it. */
    master_key: string | null
    created_at: number
    /** Since when it seals nothing new; null: it seals. */
    stopped_at: number | null
  }
}
export interface DataKeyRow {
  readonly id: string
  readonly wrapped: string
  readonly master_key: string
  readonly created_at: number
  readonly stopped_at: number | null
}

/** What nodes are told of through the feed: `change.touch(DATA_KEY, id)`. */
export const DATA_KEY = 'data_key'

/** Oldest first. */
export async function listDataKeys(db: Kysely<Database>): Promise<DataKeyRow[]> {
  const query = db.selectFrom('data_keys').selectAll().where('wrapped', 'is not', null).orderBy('created_at').orderBy('id')
  return (await query.execute()) as DataKeyRow[]
}

export async function findDataKey(db: Kysely<Database>, id: string): Promise<DataKeyRow | undefined> {
  const query = db.selectFrom('data_keys').selectAll().where('id', '=', id).where('wrapped', 'is not', null)
  return (await query.executeTakeFirst()) as DataKeyRow | undefined
}

/** The one that seals. Whoever makes the next waits. */
export async function lockSealing(tx: Transaction<Database>): Promise<DataKeyRow> {
  const query = tx.selectFrom('data_keys').selectAll().where('stopped_at', 'is', null).forNoKeyUpdate()
  return (await query.executeTakeFirstOrThrow()) as DataKeyRow
}

export async function insertDataKey(tx: Transaction<Database>, row: Omit<DataKeyRow, 'stopped_at'>): Promise<void> {
  await tx
    .insertInto('data_keys')
    .values({ ...row, stopped_at: null })
    .execute()
}

export async function stopDataKey(tx: Transaction<Database>, id: string, now: number): Promise<void> {
  await tx.updateTable('data_keys').set({ stopped_at: now }).where('id', '=', id).execute()
}

/** Whether a data key of earlier texts waits for its first wrapping. */
export async function awaitsWrapping(tx: Transaction<Database>, id: string): Promise<boolean> {
  return (await tx.selectFrom('data_keys').select('id').where('id', '=', id).where('wrapped', 'is', null).executeTakeFirst()) !== undefined
}

/** @param was what it was wrapped as when it was read; another means that somebody was faster. @returns whether it was so */
export async function rewrapDataKey(
  tx: Transaction<Database>,
  { id, wrapped, master_key }: Pick<DataKeyRow, 'id' | 'wrapped' | 'master_key'>,
  was: string | null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('data_keys')
    .set({ wrapped, master_key })
    .where('id', '=', id)
    .where(sql<boolean>`wrapped IS NOT DISTINCT FROM ${was}`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function countDataKeys(tx: Transaction<Database>): Promise<number> {
  const { count } = await tx.selectFrom('data_keys').select(tx.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return Number(count)
}

/** @throws by a foreign key, while anything is sealed under it */
export async function deleteDataKey(tx: Transaction<Database>, id: string): Promise<void> {
  await tx.deleteFrom('data_keys').where('id', '=', id).execute()
}
