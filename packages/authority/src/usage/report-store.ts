import type { Instant } from '@writ/engine'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import { CLOCK_MARGIN_MILLISECONDS } from './reservation-store.ts'

export interface MeterWindow {
  readonly meter: string
  readonly from: Instant
  readonly until: Instant
}

interface OfLicense extends MeterWindow {
  readonly license: string
}

export interface Used {
  readonly used: number
  /** Held back by reservations, for as long as decisions count it. */
  readonly reserved: number
  /** At hand in enforcers, to be spent without asking. */
  readonly leased: number
}

/** What licences have used in windows, in their order. One that has no counter yet is what the events of its time say. */
export async function readUsed(db: Kysely<Database>, windows: readonly OfLicense[], now: Instant): Promise<Used[]> {
  if (windows.length === 0) return []
  const { rows } = await sql<Used>`
    SELECT used - leased AS used, leased, reserved FROM (SELECT coalesce(
      (SELECT c.used FROM usage_counters c
       WHERE c.license_id = k.license_id AND c.meter = k.meter AND c.window_from = k.window_from AND c.window_until = k.window_until),
      (SELECT coalesce(sum(e.amount), 0)::int8 FROM usage_events e
       WHERE e.license_id = k.license_id AND e.meter = k.meter AND e.at >= k.window_from AND e.at < k.window_until)
    ) AS used,
    (SELECT coalesce(sum(r.amount - r.settled), 0)::int8 FROM reservations r
     WHERE r.license_id = k.license_id AND r.meter = k.meter AND r.closed_at IS NULL AND r.until > ${now - CLOCK_MARGIN_MILLISECONDS}
       AND r.reserved_at >= k.window_from AND r.reserved_at < k.window_until) AS reserved,
    (SELECT coalesce(sum(l.granted - l.spent), 0)::int8 FROM quota_leases l
     WHERE l.license_id = k.license_id AND l.meter = k.meter AND l.closed_at IS NULL AND l.until > ${now}
       AND l.leased_at >= k.window_from AND l.leased_at < k.window_until) AS leased, place
    FROM unnest(${windows.map(({ license }) => license)}::text[], ${windows.map(({ meter }) => meter)}::text[], ${windows.map(({ from }) => from)}::int8[], ${windows.map(({ until }) => until)}::int8[])
      WITH ORDINALITY AS k (license_id, meter, window_from, window_until, place)) counted ORDER BY place`.execute(db)
  return rows
}
