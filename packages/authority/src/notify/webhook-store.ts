import type { Instant } from '@writ/engine'
import { type Insertable, type Kysely, sql, type Transaction, type Updateable } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Orders, type Slice, slice } from '../app/listing.ts'
import type { Reach } from '../enforcers/scope.ts'
import type { DeliveryRow, EventRow, NotifyTables, WebhookRow } from './store.ts'

export type WebhookSort = 'id' | 'created_at'
const ORDERS: Orders<WebhookSort> = { created_at: sql.ref('created_at') }

/** Of those that reach no further than a credential. */
function within({ products, organizations }: Pick<Reach, 'products' | 'organizations'>) {
  const inside = (column: string, all: readonly string[] | undefined) =>
    all === undefined ? sql<boolean>`true` : sql<boolean>`coalesce(${sql.ref(column)} <@ ${[...all]}::text[], false)`
  return sql<boolean>`${inside('products', products)} AND ${inside('organizations', organizations)}`
}

export async function listWebhooks(db: Kysely<Database>, reach: Reach, listing: Listing<WebhookSort>): Promise<Slice<WebhookRow>> {
  return slice(db.selectFrom('webhooks').selectAll().where(within(reach)), listing, { orders: ORDERS })
}

export async function findWebhook(db: Kysely<Database>, reach: Reach, id: string): Promise<WebhookRow | undefined> {
  return db.selectFrom('webhooks').selectAll().where('id', '=', id).where(within(reach)).executeTakeFirst()
}

export async function countWebhooks(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('webhooks')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function insertWebhook(tx: Transaction<Database>, values: Insertable<NotifyTables['webhooks']>): Promise<WebhookRow> {
  return tx.insertInto('webhooks').values(values).returningAll().executeTakeFirstOrThrow()
}

/** @returns `undefined`: there is none any more */
export async function updateWebhook(
  tx: Transaction<Database>,
  id: string,
  values: Updateable<NotifyTables['webhooks']>,
): Promise<WebhookRow | undefined> {
  return tx.updateTable('webhooks').set(values).where('id', '=', id).returningAll().executeTakeFirst()
}

/** With its secrets and deliveries. */
export async function deleteWebhook(tx: Transaction<Database>, id: string): Promise<void> {
  await tx.deleteFrom('webhooks').where('id', '=', id).execute()
}

/** Puts a secret in the place of the one there is, which counts until an instant; one from before that counts no longer. */
export async function insertSecret(
  tx: Transaction<Database>,
  secret: { readonly id: string; readonly webhook_id: string; readonly sealed: string; readonly created_at: Instant },
  until: Instant,
): Promise<void> {
  await tx.deleteFrom('webhook_secrets').where('webhook_id', '=', secret.webhook_id).where('until', 'is not', null).execute()
  await tx.updateTable('webhook_secrets').set({ until }).where('webhook_id', '=', secret.webhook_id).execute()
  await tx
    .insertInto('webhook_secrets')
    .values({ ...secret, until: null })
    .execute()
}

/** Those that count, the newest first. */
export async function findSecrets(db: Kysely<Database>, webhook: string, now: Instant): Promise<{ id: string; sealed: string }[]> {
  return db
    .selectFrom('webhook_secrets')
    .select(['id', 'sealed'])
    .where('webhook_id', '=', webhook)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
    .orderBy('until', (order) => order.desc().nullsFirst())
    .execute()
}

export type ListedDelivery = DeliveryRow & Pick<EventRow, 'id' | 'type' | 'at'>
export interface DeliveryFilter {
  readonly state?: DeliveryRow['state']
}

export async function listDeliveries(
  db: Kysely<Database>,
  webhook: string,
  { state }: DeliveryFilter,
  listing: Listing<'event'>,
): Promise<Slice<ListedDelivery>> {
  let query = db
    .selectFrom('webhook_deliveries')
    .innerJoin('events', 'events.n', 'webhook_deliveries.event')
    .selectAll('webhook_deliveries')
    .select(['events.id', 'events.type', 'events.at'])
    .where('webhook_id', '=', webhook)
  if (state !== undefined) query = query.where('state', '=', state)
  return slice(query, listing, { id: 'event' })
}

/** Makes a delivery due at once, from the beginning. @param event its id @returns `undefined`: there is none */
export async function retryDelivery(
  tx: Transaction<Database>,
  webhook: string,
  event: string,
  now: Instant,
): Promise<ListedDelivery | undefined> {
  const told = await tx.selectFrom('events').select(['n', 'id', 'type', 'at']).where('id', '=', event).executeTakeFirst()
  if (told === undefined) return undefined
  const { n, ...of } = told
  const row = await tx
    .updateTable('webhook_deliveries')
    .set({ state: 'waiting', attempts: 0, next_at: now })
    .where('webhook_id', '=', webhook)
    .where('event', '=', n)
    .returningAll()
    .executeTakeFirst()
  return row && { ...row, ...of }
}
