import type { Instant } from '@writ/engine'
import { type Kysely, type RawBuilder, type Selectable, type SqlBool, sql, type Transaction } from 'kysely'
import type { Database } from '../../app/database.ts'
import type { Reach } from '../../enforcers/scope.ts'
import type { ConsumeKey } from '../store.ts'
import type { UsageTables } from '../tables.ts'

export type LeaseRow = Selectable<UsageTables['quota_leases']>

/** Where a lease counts: in every window of the meter that holds the instant at which it was taken. */
type Place = Pick<LeaseRow, 'license_id' | 'meter' | 'leased_at'>

export async function findLease(db: Kysely<Database>, { source, id }: ConsumeKey): Promise<LeaseRow | undefined> {
  return db.selectFrom('quota_leases').selectAll().where('source', '=', source).where('id', '=', id).executeTakeFirst()
}

/** Whoever changes the same waits. */
export async function lockLease(tx: Transaction<Database>, { source, id }: ConsumeKey): Promise<LeaseRow | undefined> {
  return tx.selectFrom('quota_leases').selectAll().where('source', '=', source).where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Locks every counter in which a lease counts, in the order in which a commit does. */
export async function lockCountersAt(tx: Transaction<Database>, place: Place): Promise<void> {
  await sql`SELECT 1 FROM usage_counters WHERE ${windowsAt(place)} ORDER BY license_id, meter, window_from, window_until FOR UPDATE`.execute(
    tx,
  )
}

/** Enforcers that have a slice of a meter at `now`, but for one. Behind the locks of the counters. */
export async function countSharing(
  tx: Transaction<Database>,
  { license_id, meter }: Place,
  but: ConsumeKey,
  now: Instant,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM quota_leases WHERE license_id = ${license_id} AND meter = ${meter} AND closed_at IS NULL AND ended_at IS NULL
      AND until > ${now} AND NOT (source = ${but.source} AND id = ${but.id})`.execute(tx)
  return rows[0]?.n ?? 0
}

/** @param tx with the counters of it locked */
export async function insertLease(tx: Transaction<Database>, row: LeaseRow): Promise<void> {
  await tx
    .insertInto('quota_leases')
    .values({ ...row, windows: JSON.stringify(row.windows) })
    .execute()
  await count(tx, row, row.granted)
}

/** Writes a report down; what is granted more or less than before, the counters have more or less. @param tx with the lease and its counters locked */
export async function updateLease(tx: Transaction<Database>, before: LeaseRow, after: LeaseRow): Promise<void> {
  const { source, id, windows, ...row } = after
  await tx
    .updateTable('quota_leases')
    .set({ ...row, windows: JSON.stringify(windows) })
    .where('source', '=', source)
    .where('id', '=', id)
    .execute()
  await count(tx, after, after.granted - before.granted)
}

/** Deletes some leases of which nothing was spent, closed before `before`: only an asking or a report that comes later would need to find them. */
export async function deleteUnspent(db: Kysely<Database>, before: Instant, most: number): Promise<number> {
  // As the index has it, by which they are found.
  const { numAffectedRows } = await sql`
    DELETE FROM quota_leases l USING (
      SELECT source, id FROM quota_leases WHERE closed_at < ${before} AND granted = 0 ORDER BY closed_at LIMIT ${most} FOR UPDATE SKIP LOCKED
    ) AS old WHERE l.source = old.source AND l.id = old.id`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** What is granted is used: in the counters, and in the ledger that they can be made again from. */
async function count(tx: Transaction<Database>, row: LeaseRow, more: number): Promise<void> {
  if (more === 0) return
  const { source, id, license_id, meter, leased_at: at } = row
  await sql`UPDATE usage_counters SET used = used + ${more} WHERE ${windowsAt(row)}`.execute(tx)
  await sql`
    INSERT INTO usage_events (source, id, license_id, meter, amount, at) VALUES (${eventSource(source)}, ${id}, ${license_id}, ${meter}, ${more}, ${at})
    ON CONFLICT (source, id) DO UPDATE SET amount = usage_events.amount + excluded.amount`.execute(tx)
  // Of which nothing was used is no usage, and no line of a receipt.
  if (row.granted === 0) await sql`DELETE FROM usage_events WHERE source = ${eventSource(source)} AND id = ${id}`.execute(tx)
}

function windowsAt({ license_id, meter, leased_at }: Place) {
  return sql`license_id = ${license_id} AND meter = ${meter} AND window_from <= ${leased_at} AND window_until > ${leased_at}`
}

/** A lease and a consumption of the same id are two. No credential has an id with a blank in it. */
function eventSource(source: string): string {
  return `lease ${source}`
}

export interface LeaseFilter {
  readonly license?: string | undefined
  readonly organization?: string | undefined
  readonly product?: string | undefined
}

/** A condition on `licenses`: those that a credential sees, and that a filter names. */
export function sought(
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  { license, organization, product }: LeaseFilter,
): RawBuilder<SqlBool> {
  const parts: RawBuilder<unknown>[] = []
  if (license !== undefined) parts.push(sql`licenses.id = ${license}`)
  if (organization !== undefined) parts.push(sql`licenses.organization = ${organization}`)
  if (product !== undefined) parts.push(sql`licenses.product = ${product}`)
  if (products !== undefined) parts.push(sql`licenses.product = ANY (${[...products]}::text[])`)
  if (organizations !== undefined) parts.push(sql`licenses.organization = ANY (${[...organizations]}::text[])`)
  return parts.length === 0 ? sql`TRUE` : sql.join(parts, sql` AND `)
}

/** Those not closed whose windows are still open, of licences that are {@link sought}; the latest to end come first. */
export async function listOpenLeases(
  db: Kysely<Database>,
  reach: Pick<Reach, 'products' | 'organizations'>,
  filter: LeaseFilter,
  after: Instant,
  limit: number,
): Promise<LeaseRow[]> {
  return db
    .selectFrom('quota_leases')
    .innerJoin('licenses', 'licenses.id', 'quota_leases.license_id')
    .selectAll('quota_leases')
    .where('quota_leases.closed_at', 'is', null)
    .where('quota_leases.until', '>', after)
    .where(sought(reach, filter))
    .orderBy('quota_leases.until', 'desc')
    .orderBy('quota_leases.source')
    .orderBy('quota_leases.id')
    .limit(limit)
    .execute()
}
