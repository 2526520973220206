import type { Instant } from '@writ/engine'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Reach } from '../enforcers/scope.ts'
import { CLOCK_MARGIN_MILLISECONDS } from './reservation-store.ts'

export interface OpenCounter {
  readonly license: string
  readonly meter: string
  readonly from: Instant
  readonly until: Instant
  readonly used: number
  /** Held back by reservations, for as long as decisions count it. */
  readonly reserved: number
  /** At hand in enforcers. */
  readonly leased: number
}

export interface OfLicenses {
  readonly organization?: string
  readonly product?: string
}

/** Counters of windows that are open and count something, those with the most of it first, of what a credential sees. */
export async function openCounters(
  db: Kysely<Database>,
  reach: Reach,
  among: OfLicenses,
  now: Instant,
  most: number,
): Promise<OpenCounter[]> {
  const { rows } = await sql<OpenCounter>`
    SELECT license, meter, "from", "until", used - leased AS used, reserved, leased
    FROM (SELECT c.license_id AS license, c.meter, c.window_from AS "from", c.window_until AS "until", c.used, CASE WHEN c.held_until > ${now} THEN
      (SELECT coalesce(sum(r.amount - r.settled), 0)::int8 FROM reservations r
       WHERE r.license_id = c.license_id AND r.meter = c.meter AND r.closed_at IS NULL AND r.until > ${now - CLOCK_MARGIN_MILLISECONDS}
         AND r.reserved_at >= c.window_from AND r.reserved_at < c.window_until) ELSE 0 END AS reserved,
      (SELECT coalesce(sum(l.granted - l.spent), 0)::int8 FROM quota_leases l
       WHERE l.license_id = c.license_id AND l.meter = c.meter AND l.closed_at IS NULL AND l.until > ${now}
         AND l.leased_at >= c.window_from AND l.leased_at < c.window_until) AS leased
    FROM usage_counters c
    WHERE c.window_until > ${now} AND c.window_from <= ${now} AND (c.used > 0 OR c.held_until > ${now}) ${within(reach, among)}) counting
    WHERE used + reserved > 0 ORDER BY used + reserved DESC LIMIT ${most}`.execute(db)
  return rows
}

/** How many floating seats are in use, by licence. */
export async function floatingInUse(db: Kysely<Database>, reach: Reach, among: OfLicenses, now: Instant): Promise<Map<string, number>> {
  const { rows } = await sql<{ license: string; taken: number }>`
    SELECT c.license_id AS license, count(*) AS taken FROM floating_seats c
    WHERE (c.until IS NULL OR c.until > ${now}) ${within(reach, among)} GROUP BY c.license_id`.execute(db)
  return new Map(rows.map(({ license, taken }) => [license, Number(taken)]))
}

function within({ products, organizations }: Reach, { organization, product }: OfLicenses): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = []
  if (products !== undefined) parts.push(sql`l.product = ANY (${[...products]}::text[])`)
  if (organizations !== undefined) parts.push(sql`l.organization = ANY (${[...organizations]}::text[])`)
  if (product !== undefined) parts.push(sql`l.product = ${product}`)
  if (organization !== undefined) parts.push(sql`l.organization = ${organization}`)
  if (parts.length === 0) return sql``
  return sql`AND EXISTS (SELECT 1 FROM licenses l WHERE l.id = c.license_id AND ${sql.join(parts, sql` AND `)})`
}
