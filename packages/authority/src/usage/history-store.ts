import type { Instant } from '@writ/engine'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../app/database.ts'

export interface Consumed {
  readonly units: number
  /** How many times units were consumed, or settled. */
  readonly times: number
}

/** What a licence consumed of a meter between one edge and the next, in their order: one short walk of the index each. */
export async function readHistory(db: Kysely<Database>, license: string, meter: string, edges: readonly Instant[]): Promise<Consumed[]> {
  const { rows } = await sql<Consumed>`
    SELECT coalesce(sum(e.amount), 0)::int8 AS units, count(e.amount) AS times
    FROM unnest(${edges.slice(0, -1)}::int8[], ${edges.slice(1)}::int8[]) WITH ORDINALITY AS k (begins, ends, place)
    LEFT JOIN LATERAL (
      SELECT amount FROM usage_events WHERE license_id = ${license} AND meter = ${meter} AND at >= k.begins AND at < k.ends
    ) e ON TRUE
    GROUP BY place ORDER BY place`.execute(db)
  return rows
}
