import type { Instant } from '@writ/engine'
import type { DeviceContact } from '@writ/license'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../../app/database.ts'
import {
  CLOCK_MARGIN_MILLISECONDS,
  insertReservations,
  lockCountersOf,
  lockReservation,
  type ReservationRow,
  writeSettled,
} from '../../usage/reservation-store.ts'
import type { CounterKey } from '../../usage/store.ts'
import type { ActivationRow } from './store.ts'

/** A share is held back as reservations are, one a window, so that the ledger counts it with no other rule. No credential has a blank in its id. */
function sourceOf(activation: string): string {
  return `${SOURCE}${activation}`
}
const SOURCE = 'activation '

/** Seats of a device are leases of nobody: an identity has no blank in its id either. */
export function seatNames(activation: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${sourceOf(activation)} ${n}`)
}

/** Frees the seats of a device that uses them no more. @param tx with the seats of the licence locked @returns how many */
export async function dropSeatShare(tx: Transaction<Database>, license: string, activation: string): Promise<number> {
  const gone = await tx
    .deleteFrom('floating_seats')
    .where('license_id', '=', license)
    .where(sql<boolean>`starts_with(identity_id, ${`${sourceOf(activation)} `})`)
    .returning('identity_id')
    .execute()
  return gone.length
}

export function holdId(meter: string, from: Instant): string {
  return `${meter} ${from}`
}

type HoldRow = Pick<ReservationRow, 'id' | 'amount' | 'settled'> & { readonly is_open: boolean }

/**
 * An activation has a hold for every window of its life; nobody reads them all.
 * @param ids of which windows @param openAt and all others that hold units back at this instant
 */
export async function holdsOf(
  tx: Transaction<Database>,
  activation: string,
  ids: readonly string[],
  openAt?: Instant,
): Promise<readonly HoldRow[]> {
  const { rows } = await sql<HoldRow>`
    SELECT id, amount, settled, is_open FROM reservations,
      LATERAL (SELECT closed_at IS NULL AND until > ${openAt === undefined ? null : openAt - CLOCK_MARGIN_MILLISECONDS}::int8 AS is_open) o
    WHERE source = ${sourceOf(activation)} AND (id = ANY (${[...ids]}::text[]) OR is_open) ORDER BY id`.execute(tx)
  return rows
}

/**
 * What the other activations of this device under the same licence settled: a device counts what it spent of a window in all, whichever
 * activation it had. But one that gave its place back itself has forgotten it, and begins at nothing.
 * @param tx the transaction that locked the licence @returns units by the id of a hold
 */
async function settledOfOthers(
  tx: Transaction<Database>,
  { id, license_id, device_key }: Pick<ActivationRow, 'id' | 'license_id' | 'device_key'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; settled: number }>`
    SELECT r.id, sum(r.settled)::int8 AS settled FROM activations a JOIN reservations r ON r.source = ${SOURCE} || a.id
    WHERE a.license_id = ${license_id} AND a.device_key = ${device_key} AND a.id <> ${id} AND r.id = ANY (${[...ids]}::text[])
      AND a.released_by IS DISTINCT FROM 'device:' || a.id GROUP BY r.id`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.settled]))
}

/** @param tx the transaction that locked the counter of this window */
export async function insertHold(
  tx: Transaction<Database>,
  activation: string,
  { license, meter, from, until: end }: CounterKey,
  held: { readonly amount: number; readonly at: Instant; readonly until: Instant },
): Promise<void> {
  const { amount, at, until } = held
  await insertReservations(tx, [
    {
      source: sourceOf(activation),
      id: holdId(meter, from),
      license_id: license,
      meter,
      amount,
      settled: 0,
      reserved_at: Math.max(at, from),
      until,
      closed_at: null,
      question: '',
      answer: { allowed: true, remedies: [], obligations: [], notices: [], revision: 0 } as never,
    },
  ])
  await sql`
    UPDATE usage_counters SET held_until = greatest(held_until, ${until})
    WHERE license_id = ${license} AND meter = ${meter} AND window_from = ${from} AND window_until = ${end}`.execute(tx)
}

/**
 * Counts what a device spent of one window in all, and never more than it held. Said again, or less than before, it changes nothing. Of a
 * hold that is closed it counts as well: a device may go on that was restored to before it gave its place back.
 * @param closedAt the device uses the rest no more: it is free again
 */
async function settleHold(
  tx: Transaction<Database>,
  activation: string,
  id: string,
  used: number,
  closedAt: Instant | undefined,
): Promise<void> {
  const key = { source: sourceOf(activation), id }
  const seen = await tx.selectFrom('reservations').selectAll().where('source', '=', key.source).where('id', '=', id).executeTakeFirst()
  if (seen === undefined) return
  // Counters before reservations, as a commit of the ledger takes them.
  await lockCountersOf(tx, seen)
  const row = await lockReservation(tx, key)
  if (row === undefined) return
  const settled = Math.min(row.amount, Math.max(row.settled, used))
  if (settled > row.settled || closedAt !== undefined) await writeSettled(tx, row, settled, row.closed_at ?? closedAt)
}

/**
 * Counts what a device says that it spent, in every window that its activation holds or held.
 * @param closedAt as for {@link settleHold} @returns the units that are free again
 */
export async function settleHolds(
  tx: Transaction<Database>,
  row: ActivationRow,
  spent: DeviceContact['spent'],
  closedAt: Instant | undefined,
): Promise<number> {
  const used = new Map(spent?.map((each) => [holdId(each.meter, each.from), each.used]))
  const elsewhere = await settledOfOthers(tx, row, [...used.keys()])
  let free = 0
  for (const { id, amount, settled, is_open } of await holdsOf(tx, row.id, [...used.keys()], closedAt)) {
    const units = Math.min(amount, Math.max(settled, (used.get(id) ?? 0) - (elsewhere.get(id) ?? 0)))
    const closes = is_open ? closedAt : undefined
    if (units === settled && closes === undefined) continue
    await settleHold(tx, row.id, id, units, closes)
    if (closes !== undefined) free += amount - units
  }
  return free
}
