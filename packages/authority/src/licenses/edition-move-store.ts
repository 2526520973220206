import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Place } from '../app/listing.ts'
import type { Reach } from '../enforcers/scope.ts'
import type { LicenseRow } from './store.ts'

/** Licences of a product that are not of an edition yet; revoked ones stay what they were. */
export interface Movable {
  readonly product: string
  readonly edition: number
  readonly plan?: string
  readonly organization?: string
  /** Only those of this edition. */
  readonly from?: number
}

/** Those of an organization or a holder. */
const WHOSE = sql.raw('coalesce(organization, holder)')

/**
 * Each held as it is until the transaction ends; those of one organization or holder together, since what one takes another may give.
 * @param after exclusive
 */
export async function lockMovable(
  tx: Transaction<Database>,
  reach: Reach,
  movable: Movable,
  after: Place | undefined,
  limit: number,
): Promise<LicenseRow[]> {
  const beyond = after === undefined ? sql`TRUE` : sql`(${WHOSE}, id) > (${after[0]}::text, ${after[1]}::text)`
  const { rows } = await sql<LicenseRow>`
    SELECT * FROM licenses WHERE ${among(reach, movable)} AND ${beyond} ORDER BY ${WHOSE}, id LIMIT ${limit} FOR UPDATE`.execute(tx)
  return rows
}

export interface MovableGroup {
  readonly plan: string
  readonly edition: number
  readonly licenses: number
  readonly organizations: number
  /** Active members of those organizations, and identities that hold one themselves. */
  readonly identities: number
}

/** How many there are, by the plan and edition that they are on. */
export async function countMovable(db: Kysely<Database>, reach: Reach, movable: Movable): Promise<MovableGroup[]> {
  const { rows } = await sql<MovableGroup>`
    WITH chosen AS (SELECT plan, edition, organization, holder FROM licenses WHERE ${among(reach, movable)}),
    people AS (
      SELECT c.plan, c.edition, m.identity_id AS identity FROM (SELECT DISTINCT plan, edition, organization FROM chosen) c
      JOIN memberships m ON m.organization_id = c.organization JOIN identities i ON i.id = m.identity_id AND i.status = 'active'
      UNION SELECT plan, edition, holder FROM chosen WHERE holder IS NOT NULL
    )
    SELECT plan, edition, count(*)::int8 AS licenses, count(DISTINCT organization)::int8 AS organizations,
      (SELECT count(*)::int8 FROM people p WHERE p.plan = c.plan AND p.edition = c.edition) AS identities
    FROM chosen c GROUP BY plan, edition ORDER BY plan, edition`.execute(db)
  return rows
}

/** Those with overrides, which the new edition might not take; at most `limit`. */
export async function overriddenMovable(db: Kysely<Database>, reach: Reach, movable: Movable, limit: number): Promise<LicenseRow[]> {
  const { rows } = await sql<LicenseRow>`
    SELECT * FROM licenses WHERE ${among(reach, movable)} AND overrides IS NOT NULL ORDER BY id LIMIT ${limit}`.execute(db)
  return rows
}

function among({ organizations }: Reach, { product, edition, plan, organization, from }: Movable): RawBuilder<boolean> {
  const parts = [sql`product = ${product}`, sql`edition <> ${edition}`, sql`revoked_at IS NULL`]
  if (organizations !== undefined) parts.push(sql`organization = ANY (${[...organizations]}::text[])`)
  if (organization !== undefined) parts.push(sql`organization = ${organization}`)
  if (plan !== undefined) parts.push(sql`plan = ${plan}`)
  if (from !== undefined) parts.push(sql`edition = ${from}`)
  return sql`${sql.join(parts, sql` AND `)}`
}
