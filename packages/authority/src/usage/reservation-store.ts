import type { Instant } from '@writ/engine'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Hold } from './license-usage.ts'
import type { ConsumeKey } from './store.ts'
import type { UsageTables } from './tables.ts'

/**
 * Units are free again so much after nobody may settle them any more: two nodes whose clocks differ by less, or one whose clock is set
 * back, never give a unit twice.
 */
export const CLOCK_MARGIN_MILLISECONDS = 5000

export type ReservationRow = Selectable<UsageTables['reservations']>

/** What open reservations hold back at `now`, of some licences or of all. In a commit: after the counters are locked. */
export async function readHolds(
  db: Kysely<Database>,
  now: Instant,
  licenses?: readonly string[],
): Promise<(Hold & { readonly license: string })[]> {
  const among = licenses === undefined ? sql`TRUE` : sql`license_id = ANY (${[...licenses]}::text[])`
  const { rows } = await sql<Hold & { license: string }>`
    SELECT license_id AS license, meter, reserved_at AS "reservedAt", amount - settled AS amount, until + ${CLOCK_MARGIN_MILLISECONDS}::int8 AS until
    FROM reservations WHERE closed_at IS NULL AND until > ${now - CLOCK_MARGIN_MILLISECONDS} AND meter IS NOT NULL AND settled < amount AND ${among}`.execute(
    db,
  )
  return rows
}

/** Reservations that were made before. */
export async function findReservations(db: Kysely<Database>, keys: readonly ConsumeKey[]): Promise<ReservationRow[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<ReservationRow>`
    SELECT r.* FROM reservations r
    JOIN unnest(${keys.map(({ source }) => source)}::text[], ${keys.map(({ id }) => id)}::text[]) AS k (source, id) USING (source, id)`.execute(
    db,
  )
  return rows
}

/** @param tx the commit that locked the counters which these hold units of */
export async function insertReservations(tx: Transaction<Database>, rows: readonly ReservationRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('reservations')
    .values(rows.map((row) => ({ ...row, answer: JSON.stringify(row.answer) })))
    .execute()
  // Windows of other terms, that the licence may come back to, are to look at what is held as well.
  await sql`
    UPDATE usage_counters c SET held_until = greatest(c.held_until, r.until + ${CLOCK_MARGIN_MILLISECONDS}::int8)
    FROM unnest(${rows.map((row) => row.license_id)}::text[], ${rows.map((row) => row.meter)}::text[], ${rows.map((row) => row.reserved_at)}::int8[],
      ${rows.map((row) => row.until)}::int8[]) AS r (license_id, meter, reserved_at, until)
    WHERE c.license_id = r.license_id AND c.meter = r.meter AND c.window_from <= r.reserved_at AND c.window_until > r.reserved_at
      AND c.held_until < r.until + ${CLOCK_MARGIN_MILLISECONDS}::int8`.execute(tx)
}

/** Reads one to settle or release it; whoever changes the same waits. */
export async function lockReservation(tx: Transaction<Database>, { source, id }: ConsumeKey): Promise<ReservationRow | undefined> {
  return tx.selectFrom('reservations').selectAll().where('source', '=', source).where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function findReservation(db: Kysely<Database>, { source, id }: ConsumeKey): Promise<ReservationRow | undefined> {
  return db.selectFrom('reservations').selectAll().where('source', '=', source).where('id', '=', id).executeTakeFirst()
}

/** Those that are open at `now`, of one licence, by what they end and then by id; at most `limit`. */
export async function listOpen(db: Kysely<Database>, license: string, now: Instant, limit: number): Promise<ReservationRow[]> {
  return db
    .selectFrom('reservations')
    .selectAll()
    .where('license_id', '=', license)
    .where('closed_at', 'is', null)
    .where('until', '>', now)
    .orderBy('until')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Locks every counter in which a reservation counts, in the order in which a commit does. */
export async function lockCountersOf(tx: Transaction<Database>, row: ReservationRow): Promise<void> {
  await sql`SELECT 1 FROM usage_counters WHERE ${windowsOf(row)} ORDER BY license_id, meter, window_from, window_until FOR UPDATE`.execute(
    tx,
  )
}

function windowsOf({ license_id, meter, reserved_at }: ReservationRow) {
  return sql`license_id = ${license_id} AND meter = ${meter} AND window_from <= ${reserved_at} AND window_until > ${reserved_at}`
}

/**
 * Counts what is settled more than before, in every window that holds the instant of the reservation, and writes it down as used.
 * @param row locked, and its counters by {@link lockCountersOf} @param settled in all @param closedAt absent: the rest stays held back
 */
export async function writeSettled(
  tx: Transaction<Database>,
  row: ReservationRow,
  settled: number,
  closedAt: Instant | undefined,
): Promise<ReservationRow> {
  const { source, id, license_id, meter, reserved_at: at, question, answer } = row
  const more = settled - row.settled
  if (more > 0) await sql`UPDATE usage_counters SET used = used + ${more} WHERE ${windowsOf(row)}`.execute(tx)
  if (more > 0)
    await sql`
      INSERT INTO usage_events (source, id, license_id, meter, amount, at, question, answer)
      VALUES (${eventSource(source)}, ${id}, ${license_id}, ${meter}, ${more}, ${at}, ${question}, ${JSON.stringify(answer)})
      ON CONFLICT (source, id) DO UPDATE SET amount = usage_events.amount + excluded.amount`.execute(tx)
  return tx
    .updateTable('reservations')
    .set({ settled, ...(closedAt !== undefined && { closed_at: closedAt }) })
    .where('source', '=', source)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/**
 * Forgets reservations that were over before this instant; what was settled of them stays in the ledger. Not what is held back for devices,
 * which say later what they spent: no credential has an id with a blank in it.
 * @returns how many, at most `most`
 */
export async function deleteOldReservations(db: Kysely<Database>, before: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM reservations r USING (
      SELECT source, id FROM reservations WHERE until < ${before} AND position(' ' IN source) = 0 ORDER BY until LIMIT ${most} FOR UPDATE SKIP LOCKED
    ) AS old WHERE r.source = old.source AND r.id = old.id`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Under which what is settled stands in the ledger: a reservation and a consumption of the same id are two. */
export function eventSource(source: string): string {
  return `reservation ${source}`
}
