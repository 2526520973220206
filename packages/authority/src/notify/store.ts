import type { Instant } from '@writ/engine'
import { type Generated, type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import { makeId } from '../app/ids.ts'
import type { Json } from '../changes/tables.ts'
import type { NewEvent } from './event.ts'

export interface NotifyTables {
  events: {
    /** Their order is that of the commits. */
    n: Generated<number>
    id: string
    key: string | null
    type: string
    at: number
    /** `null`: of no product in particular. */
    product: string | null
    /** Any of them; `['*']`: every customer's; `null`: the vendor's own. */
    organizations: string[] | null
    data: Json<Readonly<Record<string, unknown>>>
  }
  webhooks: {
    id: string
    url: string
    description: string | null
    types: string[]
    /** `null`: all. */
    products: string[] | null
    /** `null`: all. */
    organizations: string[] | null
    created_at: number
    created_by: string
    disabled_at: number | null
    /** `asked`, `gone` or `failing`. */
    disabled_because: string | null
    /** In a row, whichever the event. */
    failures: Generated<number>
    failing_since: number | null
    /** Nothing is sent before. */
    rests_until: Generated<number>
    /** One node at a time sends to a webhook, so that the order is kept. */
    claimed_until: Generated<number>
    claimed_by: string | null
  }
  webhook_secrets: {
    id: string
    webhook_id: string
    sealed: string
    created_at: number
    /** `null`: the newest. */
    until: number | null
  }
  webhook_deliveries: {
    webhook_id: string
    event: number
    state: 'waiting' | 'delivered' | 'failed'
    attempts: number
    next_at: number
    last_at: number | null
    last_status: number | null
    last_error: string | null
  }
}
export type EventRow = Selectable<NotifyTables['events']>
export type WebhookRow = Selectable<NotifyTables['webhooks']>
export type DeliveryRow = Selectable<NotifyTables['webhook_deliveries']>

/**
 * The parts of a `WITH` that write events, and a delivery for each webhook that wants one. Within the statement that commits what
 * they are of: whatever dies afterwards, they are there or it did not happen.
 */
export function announcing(events: readonly NewEvent[], at: Instant): RawBuilder<unknown> {
  const column = (of: (event: NewEvent) => string | null) => sql`${events.map(of)}::text[]`
  const whose = ({ organizations }: NewEvent): string | null =>
    organizations === undefined ? null : JSON.stringify(organizations === 'all' ? ['*'] : organizations)
  return sql`announced AS (
      INSERT INTO events (id, key, type, at, product, organizations, data)
      SELECT id, key, type, ${at}::int8, product,
        CASE WHEN organizations IS NULL THEN NULL ELSE ARRAY(SELECT json_array_elements_text(organizations::json)) END, data::json
      FROM unnest(${column(() => makeId('evt'))}, ${column(({ key }) => key ?? null)}, ${column(({ type }) => type)},
        ${column(({ product }) => product ?? null)}, ${column(whose)}, ${column(({ data }) => JSON.stringify(data))})
        AS told (id, key, type, product, organizations, data)
      ON CONFLICT (key) DO NOTHING
      RETURNING n, type, product, organizations
    ), due AS (
      INSERT INTO webhook_deliveries (webhook_id, event, state, attempts, next_at)
      SELECT webhooks.id, announced.n, 'waiting', 0, ${at}::int8 FROM announced JOIN webhooks ON disabled_at IS NULL
        AND (webhooks.products IS NULL OR announced.product = ANY (webhooks.products)
          OR (announced.product IS NULL AND announced.type <> ALL ('{change.parked,webhook.disabled}'::text[])))
        AND (webhooks.organizations IS NULL OR announced.organizations && (webhooks.organizations || '*'::text))
        AND EXISTS (
          SELECT FROM unnest(types) AS wanted (type)
          WHERE wanted.type = announced.type OR (right(wanted.type, 1) = '*' AND starts_with(announced.type, left(wanted.type, -1)))
        )
    )`
}

/** Announces what no mutation is behind. What is known by its key already is not announced again, whichever nodes find it at once. */
export async function announce(db: Kysely<Database>, events: readonly NewEvent[], at: Instant): Promise<void> {
  if (events.length > 0) await sql`WITH ${announcing(events, at)} SELECT 1`.execute(db)
}

/** Removes events from before an instant, and what became of them. @returns how many */
export async function dropEvents(db: Kysely<Database>, before: Instant): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('events').where('at', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}
