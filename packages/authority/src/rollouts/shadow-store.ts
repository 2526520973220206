import type { Instant } from '@writ/engine'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'
import type { DifferenceKind } from './difference.ts'
import type { DifferenceRow, Example, Tally } from './store.ts'

/** Kinds of difference that are kept of one roll-out; more are counted as dropped. */
const MOST_DIFFERENCES = 10_000

export interface Seen extends Omit<DifferenceRow, 'rollout_id' | 'examples'> {
  readonly examples: readonly Example[]
}

/** Adds what a node has seen to what all have. */
export async function addSeen(db: Kysely<Database>, rollout: string, tally: Tally, seen: readonly Seen[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      INSERT INTO rollout_differences (rollout_id, id, license_id, organization, feature, kind, before, after, counted, first_seen, last_seen, examples)
      SELECT ${rollout}, seen.* FROM json_to_recordset(${JSON.stringify(seen)}::json) AS seen (
        id text, license_id text, organization text, feature text, kind text, before text, after text, counted int8, first_seen int8, last_seen int8, examples json)
      WHERE (SELECT count(*) FROM rollout_differences WHERE rollout_id = ${rollout}) < ${MOST_DIFFERENCES}
        OR EXISTS (SELECT 1 FROM rollout_differences known WHERE known.rollout_id = ${rollout} AND known.id = seen.id)
      ORDER BY seen.id
      ON CONFLICT (rollout_id, id) DO UPDATE SET counted = rollout_differences.counted + excluded.counted,
        first_seen = least(rollout_differences.first_seen, excluded.first_seen), last_seen = greatest(rollout_differences.last_seen, excluded.last_seen)
      RETURNING id`.execute(tx)
    const kept = new Set(rows.map(({ id }) => id))
    const dropped = tally.dropped + seen.reduce((sum, { id, counted }) => sum + (kept.has(id) ? 0 : counted), 0)
    await sql`
      INSERT INTO rollout_tallies (rollout_id, evaluated, differing, passed_over, unsure, dropped, failed)
      VALUES (${rollout}, ${tally.evaluated}, ${tally.differing}, ${tally.passed_over}, ${tally.unsure}, ${dropped}, ${tally.failed})
      ON CONFLICT (rollout_id) DO UPDATE SET evaluated = rollout_tallies.evaluated + excluded.evaluated,
        differing = rollout_tallies.differing + excluded.differing, passed_over = rollout_tallies.passed_over + excluded.passed_over, unsure = rollout_tallies.unsure + excluded.unsure,
        dropped = rollout_tallies.dropped + excluded.dropped, failed = rollout_tallies.failed + excluded.failed`.execute(tx)
  })
}

/** Forgets who asked what, of differences that were first seen before; that they were seen, and how often, stays. */
export async function dropOldExamples(db: Kysely<Database>, before: Instant): Promise<void> {
  await sql`UPDATE rollout_differences SET examples = '[]' WHERE first_seen < ${before} AND examples::text <> '[]'`.execute(db)
}

export async function readTally(db: Kysely<Database>, rollout: string): Promise<Tally> {
  const row = await db.selectFrom('rollout_tallies').selectAll().where('rollout_id', '=', rollout).executeTakeFirst()
  const { evaluated = 0, differing = 0, passed_over = 0, unsure = 0, dropped = 0, failed = 0 } = row ?? {}
  return { evaluated, differing, passed_over, unsure, dropped, failed }
}

export interface KindCount {
  readonly kind: DifferenceKind
  readonly before: string
  readonly after: string
  readonly licenses: number
  readonly counted: number
}

/** The differences by what they are, the most frequent first. */
export async function countDifferences(db: Kysely<Database>, rollout: string): Promise<KindCount[]> {
  const { rows } = await sql<KindCount>`
    SELECT kind, before, after, count(DISTINCT license_id)::int8 AS licenses, sum(counted)::int8 AS counted FROM rollout_differences
    WHERE rollout_id = ${rollout} GROUP BY kind, before, after ORDER BY counted DESC, kind, before, after LIMIT 100`.execute(db)
  return rows
}

export interface DifferenceFilter {
  readonly kind?: DifferenceKind
  readonly license?: string
  readonly feature?: string
}
export type DifferenceSort = 'counted' | 'last_seen'

export async function listDifferences(
  db: Kysely<Database>,
  rollout: string,
  { kind, license, feature }: DifferenceFilter,
  listing: Listing<DifferenceSort>,
): Promise<Slice<DifferenceRow>> {
  let query = db.selectFrom('rollout_differences').selectAll().where('rollout_id', '=', rollout)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (license !== undefined) query = query.where('license_id', '=', license)
  if (feature !== undefined) query = query.where('feature', '=', feature)
  return slice(query, listing, { orders: { counted: sql.ref('counted'), last_seen: sql.ref('last_seen') } })
}
