import type { Instant } from '@writ/engine'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Reach } from '../enforcers/scope.ts'

export interface DayOfUse {
  /** Which of those asked for. */
  readonly place: number
  /** Days since `from`, 0 the first. */
  readonly day: number
  readonly amount: number
}

const DAY = 86_400_000

/** What was consumed of some meters on each day of a period; days without are left out. */
export async function usageByDay(
  db: Kysely<Database>,
  of: readonly { readonly license: string; readonly meter: string }[],
  from: Instant,
  until: Instant,
): Promise<DayOfUse[]> {
  const { rows } = await sql<DayOfUse>`
    SELECT k.place::int4 - 1 AS place, ((e.at - ${from}::int8) / ${sql.lit(DAY)})::int4 AS day, sum(e.amount)::int8 AS amount
    FROM unnest(${of.map(({ license }) => license)}::text[], ${of.map(({ meter }) => meter)}::text[]) WITH ORDINALITY AS k (license, meter, place)
    JOIN usage_events e ON e.license_id = k.license AND e.meter = k.meter AND e.at >= ${from} AND e.at < ${until}
    GROUP BY 1, 2`.execute(db)
  return rows
}

/** Named seats taken on each day of a period and held still. */
export async function seatsByDay(db: Kysely<Database>, licenses: readonly string[], from: Instant, until: Instant): Promise<DayOfUse[]> {
  const { rows } = await sql<DayOfUse>`
    SELECT k.place::int4 - 1 AS place, ((s.taken_at - ${from}::int8) / ${sql.lit(DAY)})::int4 AS day, count(*)::int8 AS amount
    FROM unnest(${[...licenses]}::text[]) WITH ORDINALITY AS k (license, place)
    JOIN seats s ON s.license_id = k.license AND s.taken_at >= ${from} AND s.taken_at < ${until}
    GROUP BY 1, 2`.execute(db)
  return rows
}

export interface FactorGroup {
  readonly plan: string
  /** Levels that they can prove; `null`: it is not known. */
  readonly factors: readonly string[] | null
  readonly identities: number
}

/** Active members of the customers of a product, and those who hold a licence of it themselves, by plan and by what they can prove. */
export async function countByFactors(
  db: Kysely<Database>,
  { organizations }: Pick<Reach, 'organizations'>,
  product: string,
  organization: string | undefined,
): Promise<FactorGroup[]> {
  const seen = organizations === undefined ? sql`true` : sql`organization = ANY (${[...organizations]}::text[])`
  const wanted = organization === undefined ? sql`true` : sql`organization = ${organization}`
  const { rows } = await sql<{ plan: string; factors: string | null; identities: number }>`
    WITH chosen AS (SELECT DISTINCT plan, organization, holder FROM licenses WHERE product = ${product} AND revoked_at IS NULL AND ${seen} AND ${wanted}),
    people AS (
      SELECT c.plan, m.identity_id AS id FROM chosen c JOIN memberships m ON m.organization_id = c.organization
      UNION SELECT plan, holder FROM chosen WHERE holder IS NOT NULL
    )
    SELECT p.plan, i.factors::text AS factors, count(*)::int8 AS identities
    FROM people p JOIN identities i ON i.id = p.id AND i.status = 'active' GROUP BY 1, 2 ORDER BY 1`.execute(db)
  return rows.map(({ factors, ...row }) => ({ ...row, factors: factors === null ? null : (JSON.parse(factors) as string[]) }))
}
