import type { Instant } from '@writ/engine'
import { type Generated, type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Orders, type Slice, slice } from '../app/listing.ts'

export interface BulkTables {
  imports: {
    id: string
    kind: string
    format: 'csv' | 'jsonl'
    dry_run: boolean
    /** That began it. */
    credential: string
    state: 'open' | 'done'
    /** Rows that are done with, refused ones included, and the lines that they took. */
    rows: number
    lines: number
    /** Of those rows, one after another: that who sends them again sends the same. */
    digest: string
    created: number
    changed: number
    unchanged: number
    refused: number
    /** Those who lost something by rows that went through unasked: counted with those that come. */
    losing: Generated<number>
    created_at: number
    updated_at: number
  }
  import_faults: { import_id: string; row: number; line: number; column: string | null; code: string; detail: string }
}
export type ImportRow = Selectable<BulkTables['imports']>
export type FaultRow = Selectable<BulkTables['import_faults']>

/** @returns `undefined` when the id is taken */
export async function insertImport(db: Kysely<Database>, row: Insertable<BulkTables['imports']>): Promise<ImportRow | undefined> {
  return db
    .insertInto('imports')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function findImport(db: Kysely<Database>, id: string): Promise<ImportRow | undefined> {
  return db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst()
}

export type Progress = Pick<ImportRow, 'state' | 'rows' | 'lines' | 'digest' | 'created' | 'changed' | 'unchanged' | 'refused'>

/** @param from the rows that were done before: of two who send the same import at once, one goes on @returns false for the other */
export async function advanceImport(db: Kysely<Database>, id: string, from: number, to: Progress, now: Instant): Promise<boolean> {
  const row = await db
    .updateTable('imports')
    .set({ ...to, updated_at: now })
    .where('id', '=', id)
    .where('rows', '=', from)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** @param id one that has been advanced in the same transaction, so that no other counts meanwhile */
export async function setLosing(tx: Transaction<Database>, id: string, losing: number): Promise<void> {
  await tx.updateTable('imports').set({ losing }).where('id', '=', id).execute()
}

/** @param after rows up to this keep their faults */
export async function replaceFaults(db: Kysely<Database>, id: string, after: number, faults: readonly FaultRow[]): Promise<void> {
  await db.deleteFrom('import_faults').where('import_id', '=', id).where('row', '>', after).execute()
  if (faults.length > 0) await db.insertInto('import_faults').values(faults).execute()
}

/**
 * Deletes imports that were last touched before an instant, with their faults; those to which rows are coming this moment are passed over.
 * @returns how many, at most `limit`
 */
export async function deleteOldImports(db: Kysely<Database>, before: Instant, limit: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const old = await tx
      .selectFrom('imports')
      .select('id')
      .where('updated_at', '<', before)
      .orderBy('updated_at')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute()
    if (old.length === 0) return 0
    const ids = old.map(({ id }) => id)
    await tx.deleteFrom('import_faults').where('import_id', 'in', ids).execute()
    await tx.deleteFrom('imports').where('id', 'in', ids).execute()
    return ids.length
  })
}

export type ImportSort = 'id' | 'created_at'

const ORDERS: Orders<ImportSort> = { created_at: sql.ref('created_at') }

/** @param credential absent: of all */
export async function listImports(
  db: Kysely<Database>,
  credential: string | undefined,
  listing: Listing<ImportSort>,
): Promise<Slice<ImportRow>> {
  let query = db.selectFrom('imports').selectAll()
  if (credential !== undefined) query = query.where('credential', '=', credential)
  return slice(query, listing, { orders: ORDERS })
}

export async function listFaults(db: Kysely<Database>, id: string, listing: Listing<'row'>): Promise<Slice<FaultRow>> {
  return slice(db.selectFrom('import_faults').selectAll().where('import_id', '=', id), listing, { id: 'row' })
}
