import { randomUUID } from 'node:crypto'
import type { Instant } from '@writ/engine'
import type { Authority } from '../app/authority.ts'
import { webhookSecretPurpose } from '../keys/sealed-places.ts'
import { DISABLED_AFTER, nextAttempt, restUntil } from './backoff.ts'
import { claimWebhook, type Due, giveBack, holdClaim, nextDue, recordAttempt } from './delivery-store.ts'
import { payloadOf } from './event.ts'
import { type Reachable, reachable } from './reachable.ts'
import { type Outcome, send } from './send.ts'
import { signedHeaders } from './sign.ts'
import type { WebhookRow } from './store.ts'
import { findSecrets } from './webhook-store.ts'
import { disableWebhook } from './webhooks.ts'

/** Longer than an attempt can take. */
const CLAIM_MILLISECONDS = 60_000
const AT_ONCE = 8
/** Of one claim; then others have their turn. */
const IN_A_ROW = 100

type Handle = Pick<Authority, 'db' | 'clock' | 'log' | 'sealer' | 'config' | 'counts' | 'mutate'>

/** Brings events to webhooks. Nothing waits for it: what it does not get done stays in the store, for it or another node. */
export class Courier {
  readonly #handle: Handle
  readonly #reachable: Reachable
  readonly #stop = new AbortController()
  readonly #under = new Set<Promise<void>>()

  constructor(handle: Handle) {
    this.#handle = handle
    this.#reachable = reachable(handle.config.webhookNetworks)
  }

  /** Begins with what is due, and does not wait for it. */
  async turn(): Promise<void> {
    const { db, clock, log } = this.#handle
    while (this.#under.size < AT_ONCE && !this.#stop.signal.aborted) {
      const token = randomUUID()
      const webhook = await claimWebhook(db, { now: clock(), until: clock() + CLAIM_MILLISECONDS, token })
      if (webhook === undefined) return
      const done = this.#deliver(webhook, token)
        // Of a fault of the store or at the end; what was sent and not written down is sent again.
        .catch((error: unknown) => {
          if (!this.#stop.signal.aborted) log.error({ err: error, webhook: webhook.id }, 'a webhook could not be worked on')
        })
        .finally(() => this.#under.delete(done))
      this.#under.add(done)
    }
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#under)
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.settled()
  }

  /** One after another, in the order of the events, until one fails: that is tried again later, and those after it go on. */
  async #deliver(webhook: WebhookRow, token: string): Promise<void> {
    const { db, clock } = this.#handle
    let { failures, failing_since } = webhook
    for (let done = 0; done < IN_A_ROW; done++) {
      if (!(await holdClaim(db, webhook.id, token, clock() + CLAIM_MILLISECONDS))) return
      const due = await nextDue(db, webhook.id, clock())
      if (due === undefined) break
      const outcome = await this.send(webhook, due)
      const now = clock()
      const isDelivered = 'status' in outcome && outcome.status >= 200 && outcome.status < 300
      failures = isDelivered ? 0 : failures + 1
      failing_since = isDelivered ? null : (failing_since ?? now)
      await recordAttempt(db, due, attempted(due, outcome, isDelivered, now), {
        failures,
        failing_since,
        rests_until: isDelivered ? 0 : restUntil(now, failures),
      })
      this.#handle.counts.delivered(isDelivered)
      if (isDelivered) continue
      const because = 'status' in outcome && outcome.status === 410 ? 'gone' : 'failing'
      if (because === 'gone' || now - (failing_since ?? now) >= DISABLED_AFTER) await disableWebhook(this.#handle, webhook, because)
      break
    }
    await giveBack(db, webhook.id, token)
  }

  /** One attempt, signed by every secret that counts at this moment. */
  async send(webhook: Pick<WebhookRow, 'id' | 'url'>, event: Pick<Due, 'id' | 'type' | 'at' | 'data'>): Promise<Outcome> {
    const { db, clock, sealer } = this.#handle
    const now = clock()
    const secrets: string[] = []
    for (const { id, sealed } of await findSecrets(db, webhook.id, now))
      secrets.push((await sealer.unseal(db, sealed, webhookSecretPurpose(id))) as string)
    const body = payloadOf(event)
    const headers = signedHeaders(secrets, event.id, Math.floor(now / 1000), body)
    return send({ url: webhook.url, headers, body, reachable: this.#reachable, signal: this.#stop.signal })
  }
}

function attempted({ attempts: before, next_at }: Due, outcome: Outcome, isDelivered: boolean, now: Instant) {
  const attempts = before + 1
  const said = 'status' in outcome ? { last_status: outcome.status, last_error: null } : { last_status: null, last_error: outcome.error }
  const retryAfter = 'status' in outcome ? outcome.retryAfter : undefined
  const next = isDelivered ? undefined : nextAttempt(now, attempts, retryAfter, Math.random())
  const state = isDelivered ? ('delivered' as const) : next === undefined ? ('failed' as const) : ('waiting' as const)
  return { state, attempts, next_at: next ?? next_at, last_at: now, ...said }
}
