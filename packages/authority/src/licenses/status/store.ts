import type { Instant } from '@writ/engine'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database, Tx } from '../../app/database.ts'

export type StatusKind = 'license' | 'activation' | 'identity'
export interface StatusTables {
  /** Each has as many places as {@link LIST_SIZE}; the address is the one that files name, whatever the authority's is later. */
  status_lists: { number: number; uri: string; created_at: number }
  status_entries: { list: number; place: number; kind: StatusKind; subject: string }
}
export type StatusListRow = Selectable<StatusTables['status_lists']>
export type StatusEntryRow = Selectable<StatusTables['status_entries']>

/** Any number of its own: two that need the first list, or the next, make one. */
const LISTS_LOCK = 7_070_066

/** The newest list. Whoever draws places in it waits for the others. */
export async function lockNewestList(tx: Tx): Promise<StatusListRow | undefined> {
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(LISTS_LOCK)})`.execute(tx)
  return tx.selectFrom('status_lists').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst()
}

export async function countTaken(tx: Tx, list: number): Promise<number> {
  const counted = await tx
    .selectFrom('status_entries')
    .select((eb) => eb.fn.countAll<number>().as('taken'))
    .where('list', '=', list)
    .executeTakeFirstOrThrow()
  return Number(counted.taken)
}

export async function insertList(tx: Tx, row: StatusListRow): Promise<void> {
  await tx.insertInto('status_lists').values(row).execute()
}

export async function findList(db: Kysely<Database>, number: number): Promise<StatusListRow | undefined> {
  return db.selectFrom('status_lists').selectAll().where('number', '=', number).executeTakeFirst()
}

export async function listUris(db: Kysely<Database>): Promise<string[]> {
  return (await db.selectFrom('status_lists').select('uri').orderBy('number').execute()).map(({ uri }) => uri)
}

/** The newest places of these subjects, whichever list they are in. */
export async function findPlaces(db: Kysely<Database>, kind: StatusKind, subjects: readonly string[]): Promise<StatusEntryRow[]> {
  if (subjects.length === 0) return []
  return db.selectFrom('status_entries').selectAll().where('kind', '=', kind).where('subject', 'in', subjects).orderBy('list').execute()
}

/** @returns those that were taken; a place that was another's already is not among them */
export async function insertEntries(tx: Tx, rows: readonly StatusEntryRow[]): Promise<StatusEntryRow[]> {
  return tx
    .insertInto('status_entries')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .execute()
}

/** All that are in a list, with what the store alone knows: the licence of an activation, and whether that is over. */
export async function entriesOf(
  db: Kysely<Database>,
  list: number,
  now: Instant,
): Promise<(StatusEntryRow & { readonly license_id: string | null; readonly is_over: boolean })[]> {
  const rows = await db
    .selectFrom('status_entries as entry')
    .leftJoin('activations as device', (join) => join.onRef('device.id', '=', 'entry.subject').on('entry.kind', '=', 'activation'))
    .selectAll('entry')
    .select([
      'device.license_id',
      sql<boolean>`device.released_at IS NOT NULL OR device.revoked_at IS NOT NULL OR device.cloned_at IS NOT NULL OR coalesce(device.ends_at <= ${now}, false)`.as(
        'is_over',
      ),
    ])
    .where('entry.list', '=', list)
    .execute()
  return rows.map((row) => ({ ...row, list: Number(row.list), place: Number(row.place) }))
}
