import type { Instant } from '@writ/engine'

/** Everything that is announced, and when. What an event carries is in `docs/how-to/webhooks.md`. */
export const EVENT_TYPES = {
  'license.issued': 'A licence was issued.',
  'license.renewed': 'A licence has its next end.',
  'license.suspended': 'A licence was suspended.',
  'license.resumed': 'A suspended licence goes on.',
  'license.revoked': 'A licence was revoked, which is final.',
  'license.ending_soon': 'A licence, its trial or its grace ends in 30, 7 or 1 days.',
  'license.ended': 'A licence, its trial or its grace has ended.',
  'quota.threshold': 'Use has reached a mark that the terms set by `alert_at`.',
  'seats.nearly_full': 'Nine tenths of the seats of a licence are taken, or more.',
  'edition.published': 'A product has a new edition of its terms.',
  'identity.revoked': 'An identity was revoked, which is final.',
  'change.parked': 'A change waits for somebody else to confirm what it takes from whom.',
  'rollout.stopped': 'A roll-out moves nobody any more, since others came meanwhile whom it would take something from.',
  'webhook.disabled': 'Nothing is delivered to a webhook any more, since it failed for too long or said that it is gone.',
  'webhook.test': 'Somebody asked for a trial. It is sent to that webhook alone, whatever it subscribes to.',
} as const

export type EventType = keyof typeof EVENT_TYPES

/** Something that others may want to hear of. Ids and dates, never a secret, and of a person nothing but the id. */
export interface NewEvent {
  readonly type: EventType
  /** Of no other there is one: told again, it is not announced again. Absent: it happens once by itself. */
  readonly key?: string
  /** Absent: of no product in particular. */
  readonly product?: string
  /** Whose business it is, any of them; `all`: every customer's; absent: the vendor's own. */
  readonly organizations?: 'all' | readonly string[]
  readonly data: Readonly<Record<string, unknown>>
}

/** The body of a delivery. https://www.standardwebhooks.com, "Payload structure". */
export function payloadOf({ type, at, data }: { readonly type: string; readonly at: Instant; readonly data: object }): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
}

/** Whether a subscription takes anything at all: a type, or the beginning of one with `*` at the end. */
export function isSubscription(pattern: string): boolean {
  return Object.keys(EVENT_TYPES).some((type) => (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern))
}
