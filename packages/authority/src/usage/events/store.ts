import type { Instant } from '@writ/engine'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../app/database.ts'
import type { CounterKey } from '../store.ts'

/** Usage that was reported, and what it counts for. */
export interface ReportedUsage {
  /** By {@link eventSource}. */
  readonly source: string
  readonly id: string
  readonly license: string
  readonly meter: string
  readonly amount: number
  /** It counts in the windows that hold this instant. */
  readonly at: Instant
  /** When it happened, where that is another instant. */
  readonly occurredAt: Instant | undefined
}

export interface Counted extends CounterKey {
  readonly used: number
}

/**
 * Writes down what is new and counts it in every window that holds its instant, in one round trip. The counters of the plans are there
 * and locked; each is written once, whatever was reported.
 * @returns the places of those that were there before, and the counters as they are now
 */
export async function writeReported(
  tx: Transaction<Database>,
  events: readonly ReportedUsage[],
): Promise<{ known: readonly number[]; counted: readonly Counted[] }> {
  const { rows } = await sql<{ known: number[] | null; counted: Counted[] | null }>`
    WITH reported AS (
      SELECT * FROM unnest(${events.map(({ source }) => source)}::text[], ${events.map(({ id }) => id)}::text[], ${events.map(({ license }) => license)}::text[],
        ${events.map(({ meter }) => meter)}::text[], ${events.map(({ amount }) => amount)}::int8[], ${events.map(({ at }) => at)}::int8[],
        ${events.map(({ occurredAt }) => occurredAt ?? null)}::int8[]) WITH ORDINALITY AS r (source, id, license_id, meter, amount, at, occurred_at, place)
    ), written AS (
      INSERT INTO usage_events (source, id, license_id, meter, amount, at, occurred_at)
      SELECT source, id, license_id, meter, amount, at, occurred_at FROM reported ORDER BY source COLLATE "C", id COLLATE "C"
      ON CONFLICT (source, id) DO NOTHING RETURNING source, id, license_id, meter, amount, at
    ), counted AS (
      UPDATE usage_counters c SET used = c.used + n.amount
      FROM (SELECT c.license_id, c.meter, c.window_from, c.window_until, sum(w.amount)::int8 AS amount FROM written w
        JOIN usage_counters c ON c.license_id = w.license_id AND c.meter = w.meter AND c.window_from <= w.at AND c.window_until > w.at
        GROUP BY c.license_id, c.meter, c.window_from, c.window_until) n
      WHERE c.license_id = n.license_id AND c.meter = n.meter AND c.window_from = n.window_from AND c.window_until = n.window_until
      RETURNING c.license_id AS license, c.meter, c.window_from AS "from", c.window_until AS "until", c.used
    )
    SELECT (SELECT json_agg(place - 1) FROM reported r WHERE NOT EXISTS (SELECT 1 FROM written w WHERE w.source = r.source AND w.id = r.id)) AS known,
      (SELECT json_agg(counted) FROM counted) AS counted`.execute(tx)
  return { known: rows[0]?.known ?? [], counted: rows[0]?.counted ?? [] }
}

/** What was reported before. */
export async function findReported(
  db: Kysely<Database>,
  keys: readonly { readonly source: string; readonly id: string }[],
): Promise<ReportedUsage[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<ReportedUsage & { occurredAt: Instant | null }>`
    SELECT e.source, e.id, e.license_id AS license, e.meter, e.amount, e.at, e.occurred_at AS "occurredAt" FROM usage_events e
    JOIN unnest(${keys.map(({ source }) => source)}::text[], ${keys.map(({ id }) => id)}::text[]) AS k (source, id) ON e.source = k.source AND e.id = k.id`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt ?? undefined }))
}
