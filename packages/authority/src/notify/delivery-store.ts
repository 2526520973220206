import type { Instant } from '@writ/engine'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import type { DeliveryRow, EventRow, WebhookRow } from './store.ts'

/**
 * Claims a webhook that has something due, so that no other node sends to it meanwhile. A node that dies loses its claim with time.
 * @param token of this claim alone
 */
export async function claimWebhook(
  db: Kysely<Database>,
  { now, until, token }: { readonly now: Instant; readonly until: Instant; readonly token: string },
): Promise<WebhookRow | undefined> {
  const { rows } = await sql<WebhookRow>`
    UPDATE webhooks SET claimed_until = ${until}, claimed_by = ${token}
    WHERE id = (
      SELECT id FROM webhooks
      WHERE disabled_at IS NULL AND claimed_until <= ${now} AND rests_until <= ${now} AND EXISTS (
        SELECT FROM webhook_deliveries WHERE webhook_id = webhooks.id AND state = 'waiting' AND next_at <= ${now}
      )
      ORDER BY claimed_until, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING *`.execute(db)
  return rows[0]
}

/** Holds on to a claim. @returns false: it is another's by now, or the webhook is gone or disabled */
export async function holdClaim(db: Kysely<Database>, id: string, token: string, until: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('webhooks')
    .set({ claimed_until: until })
    .where('id', '=', id)
    .where('claimed_by', '=', token)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function giveBack(db: Kysely<Database>, id: string, token: string): Promise<void> {
  await db
    .updateTable('webhooks')
    .set({ claimed_until: 0, claimed_by: null })
    .where('id', '=', id)
    .where('claimed_by', '=', token)
    .execute()
}

export type Due = DeliveryRow & Pick<EventRow, 'id' | 'type' | 'at' | 'data'>

/** The earliest event that is due. */
export async function nextDue(db: Kysely<Database>, webhook: string, now: Instant): Promise<Due | undefined> {
  return db
    .selectFrom('webhook_deliveries')
    .innerJoin('events', 'events.n', 'webhook_deliveries.event')
    .selectAll('webhook_deliveries')
    .select(['events.id', 'events.type', 'events.at', 'events.data'])
    .where('webhook_id', '=', webhook)
    .where('state', '=', 'waiting')
    .where('next_at', '<=', now)
    .orderBy('event')
    .limit(1)
    .executeTakeFirst()
}

export interface Attempted extends Pick<DeliveryRow, 'state' | 'attempts' | 'next_at' | 'last_status' | 'last_error'> {
  readonly last_at: Instant
}

/** Writes down an attempt, and how the webhook as a whole fares. */
export async function recordAttempt(
  db: Kysely<Database>,
  { webhook_id, event }: Pick<DeliveryRow, 'webhook_id' | 'event'>,
  attempt: Attempted,
  fares: Pick<WebhookRow, 'failures' | 'failing_since' | 'rests_until'>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('webhook_deliveries').set(attempt).where('webhook_id', '=', webhook_id).where('event', '=', event).execute()
    await tx.updateTable('webhooks').set(fares).where('id', '=', webhook_id).execute()
  })
}
