import type { Instant } from '@writ/engine'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Reach } from '../enforcers/scope.ts'

export interface OpenCounter {
  readonly license: string
  readonly meter: string
  readonly from: Instant
  readonly until: Instant
  readonly used: number
}

export interface OfLicenses {
  readonly organization?: string
  readonly product?: string
}

/** Counters of windows that are open, the most used first, of what a credential sees. */
export async function openCounters(
  db: Kysely<Database>,
  reach: Reach,
  among: OfLicenses,
  now: Instant,
  most: number,
): Promise<OpenCounter[]> {
  const { rows } = await sql<OpenCounter>`
    SELECT c.license_id AS license, c.meter, c.window_from AS "from", c.window_until AS "until", c.used FROM usage_counters c
    WHERE c.window_until > ${now} AND c.window_from <= ${now} AND c.used > 0 ${within(reach, among)}
    ORDER BY c.used DESC LIMIT ${most}`.execute(db)
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
