import type { Instant } from '@writ/engine'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { By } from '../changes/mutate.ts'
import { isWithin, type Reach } from '../enforcers/scope.ts'
import { webhookSecretPurpose } from '../keys/sealed-places.ts'
import { isSubscription } from './event.ts'
import { reachable } from './reachable.ts'
import type { Outcome } from './send.ts'
import { makeSecret } from './sign.ts'
import type { WebhookRow } from './store.ts'
import {
  countWebhooks,
  type DeliveryFilter,
  deleteWebhook,
  findWebhook,
  insertSecret,
  insertWebhook,
  type ListedDelivery,
  listDeliveries,
  listWebhooks,
  retryDelivery,
  updateWebhook,
  type WebhookSort,
} from './webhook-store.ts'

/** Each event is compared with every one of them, in the transaction that it is of. */
const MOST_WEBHOOKS = 200

export interface NewWebhook {
  readonly url: string
  readonly types: readonly string[]
  readonly description?: string
  /** Absent: those that the credential sees. */
  readonly products?: readonly string[]
  readonly organizations?: readonly string[]
}

export interface WebhookChange {
  readonly url?: string
  readonly types?: readonly string[]
  readonly description?: string
  readonly enabled?: boolean
}

/** @returns its secret in the clear: here once, and nowhere else @throws {ApiError} REQUEST_INVALID, REACH_TOO_NARROW, WEBHOOKS_TOO_MANY */
export async function createWebhook(
  authority: Authority,
  by: By,
  reach: Reach,
  { url, types, description, ...asked }: NewWebhook,
): Promise<WebhookRow & { secret: string }> {
  assertFit(authority, { url, types })
  const { products = reach.products, organizations = reach.organizations } = asked
  const own: Reach = { scopes: [], ...(products && { products }), ...(organizations && { organizations }), reasons: false }
  if (!isWithin(own, reach)) throw new ApiError('REACH_TOO_NARROW')
  const id = makeId('whk')
  return authority.mutate(by, { action: 'webhook.create', subject: `webhook:${id}` }, async (tx, change) => {
    if ((await countWebhooks(tx)) >= MOST_WEBHOOKS) throw new ApiError('WEBHOOKS_TOO_MANY')
    const row = await insertWebhook(tx, {
      id,
      url,
      description: description ?? null,
      types: [...types],
      products: products === undefined ? null : [...products],
      organizations: organizations === undefined ? null : [...organizations],
      created_at: authority.clock(),
      created_by: by.actor,
    })
    const secret = await giveSecret(authority, tx, id, 0)
    // Of the address its host alone: the rest may be what lets one in there.
    change.note({ host: new URL(url).host, types })
    return { ...row, secret }
  })
}

/** @throws {ApiError} WEBHOOK_UNKNOWN, alike for one that is not there and one that reaches further than the credential */
export async function readWebhook({ db }: Authority, reach: Reach, id: string): Promise<WebhookRow> {
  return known(db, reach, id)
}

async function known(at: Parameters<typeof findWebhook>[0], reach: Reach, id: string): Promise<WebhookRow> {
  const row = await findWebhook(at, reach, id)
  if (row === undefined) throw new ApiError('WEBHOOK_UNKNOWN')
  return row
}

export async function pageOfWebhooks({ db }: Authority, reach: Reach, listing: Listing<WebhookSort>): Promise<Slice<WebhookRow>> {
  return listWebhooks(db, reach, listing)
}

/** @throws {ApiError} WEBHOOK_UNKNOWN, REQUEST_INVALID */
export async function changeWebhook(authority: Authority, by: By, reach: Reach, id: string, asked: WebhookChange): Promise<WebhookRow> {
  assertFit(authority, asked)
  const { enabled, types, ...values } = asked
  return authority.mutate(by, { action: 'webhook.change', subject: `webhook:${id}` }, async (tx, change) => {
    const before = await known(tx, reach, id)
    const row = await updateWebhook(tx, id, {
      ...values,
      ...(types !== undefined && { types: [...types] }),
      ...(enabled === true && { disabled_at: null, disabled_because: null, failures: 0, failing_since: null, rests_until: 0 }),
      ...(enabled === false && before.disabled_at === null && { disabled_at: authority.clock(), disabled_because: 'asked' }),
    })
    if (row === undefined) throw new ApiError('WEBHOOK_UNKNOWN')
    change.note({
      ...(asked.url !== undefined && { host: new URL(asked.url).host }),
      ...(types && { types }),
      ...(enabled !== undefined && { enabled }),
    })
    return row
  })
}

/** @throws {ApiError} WEBHOOK_UNKNOWN */
export async function removeWebhook(authority: Authority, by: By, reach: Reach, id: string): Promise<void> {
  await authority.mutate(by, { action: 'webhook.delete', subject: `webhook:${id}` }, async (tx) => {
    await known(tx, reach, id)
    await deleteWebhook(tx, id)
  })
}

/**
 * Gives a webhook another secret. Until the overlap ends everything is signed by both.
 * @returns the secret in the clear: here once, and nowhere else @throws {ApiError} WEBHOOK_UNKNOWN
 */
export async function rotateSecret(authority: Authority, by: By, reach: Reach, id: string, overlapSeconds: number) {
  const oldUntil = authority.clock() + overlapSeconds * 1000
  return authority.mutate(by, { action: 'webhook.rotate', subject: `webhook:${id}` }, async (tx, change) => {
    await known(tx, reach, id)
    // Of two at once each then has a secret before it.
    if ((await updateWebhook(tx, id, { id })) === undefined) throw new ApiError('WEBHOOK_UNKNOWN')
    change.note({ old_until: oldUntil })
    return { id, secret: await giveSecret(authority, tx, id, oldUntil), oldUntil }
  })
}

/** Sends a trial at once, and says what came back. @throws {ApiError} WEBHOOK_UNKNOWN */
export async function testWebhook(authority: Authority, reach: Reach, id: string): Promise<Outcome> {
  const webhook = await readWebhook(authority, reach, id)
  return authority.courier.send(webhook, { id: makeId('evt'), type: 'webhook.test', at: authority.clock(), data: { webhook: id } })
}

/** @throws {ApiError} WEBHOOK_UNKNOWN */
export async function pageOfDeliveries(
  authority: Authority,
  reach: Reach,
  id: string,
  filter: DeliveryFilter,
  listing: Listing<'event'>,
): Promise<Slice<ListedDelivery>> {
  await readWebhook(authority, reach, id)
  return listDeliveries(authority.db, id, filter, listing)
}

/** Makes a delivery due at once, delivered or given up. @throws {ApiError} WEBHOOK_UNKNOWN, DELIVERY_UNKNOWN, WEBHOOK_DISABLED */
export async function redeliver(authority: Authority, by: By, reach: Reach, id: string, event: string): Promise<ListedDelivery> {
  return authority.mutate(by, { action: 'webhook.retry', subject: `webhook:${id}` }, async (tx, change) => {
    await known(tx, reach, id)
    const webhook = await updateWebhook(tx, id, { rests_until: 0 })
    if (webhook === undefined) throw new ApiError('WEBHOOK_UNKNOWN')
    if (webhook.disabled_at !== null) throw new ApiError('WEBHOOK_DISABLED')
    const row = await retryDelivery(tx, id, event, authority.clock())
    if (row === undefined) throw new ApiError('DELIVERY_UNKNOWN')
    change.note({ event })
    return row
  })
}

/** Stops a webhook, and tells those who hear of such. What it did not get stays, for when it is enabled again. */
export async function disableWebhook(
  { mutate, clock, log }: Pick<Authority, 'mutate' | 'clock' | 'log'>,
  { id, products, organizations }: WebhookRow,
  because: 'gone' | 'failing',
): Promise<void> {
  const by: By = { actor: 'authority', requestId: 'webhooks' }
  await mutate(by, { action: 'webhook.disable', subject: `webhook:${id}` }, async (tx, change) => {
    await updateWebhook(tx, id, { disabled_at: clock(), disabled_because: because })
    change.note({ because })
    // Others of the same reach hear of it; of several products, only those that hear of all.
    const [product, ...others] = products ?? []
    change.announce({
      type: 'webhook.disabled',
      ...(product !== undefined && { product }),
      ...(organizations !== null && others.length === 0 && { organizations }),
      data: { webhook: id, because },
    })
  })
  log.warn({ webhook: id, because }, 'a webhook is disabled')
}

async function giveSecret({ clock, sealer }: Authority, tx: Parameters<typeof insertSecret>[0], webhook_id: string, until: Instant) {
  const secret = makeSecret()
  const id = makeId('whs')
  await insertSecret(tx, { id, webhook_id, sealed: sealer.seal(secret, webhookSecretPurpose(id)), created_at: clock() }, until)
  return secret
}

/** @throws {ApiError} REQUEST_INVALID */
function assertFit({ config }: Authority, { url, types = [] }: Pick<WebhookChange, 'url' | 'types'>): void {
  const fault = url === undefined ? undefined : reachable(config.webhookNetworks).fault(url)
  if (fault !== undefined) throw unfit('/url', `must ${fault}`)
  const unknown = types.findIndex((type) => !isSubscription(type))
  if (unknown >= 0) throw unfit(`/types/${unknown}`, 'must be a type of event, or the beginning of one with * at the end')
}
