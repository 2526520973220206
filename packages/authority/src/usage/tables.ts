import type { QuotaWindow, WireDecision } from '@writ/engine'
import type { Generated } from 'kysely'
import type { Json } from '../changes/tables.ts'
import type { RateLease } from './rates/bucket.ts'

/** Spent units, rates and leases. Not World, not in the feed: no statement here takes the authority's revision. */
export interface UsageTables {
  usage_counters: {
    license_id: string
    meter: string
    window_from: number
    window_until: number
    used: number
    held_until: Generated<number>
  }
  /** What was consumed, once an id: the ledger proper. Counters can be made again from it. */
  usage_events: {
    /**
     * Who consumed: an id is unique to its enforcer, so that nobody can use up another's. Of a reservation or a reported event it begins with
     * that word and a blank, which no enforcer's has.
     */
    source: string
    id: string
    license_id: string
    meter: string | null
    amount: number
    /** It counts in the windows that hold this instant. */
    at: number
    /** SHA-256 of the question, in hex: the same id with another question is refused. Null: reported, not asked. */
    question: string | null
    answer: Json<WireDecision> | null
    /** When it happened, of what was reported after its own window was closed; null: at `at`. */
    occurred_at: Generated<number | null>
  }
  /** Units held back for work under way. Open: not closed, and `until` is to come; nothing has to run for one to end. */
  reservations: {
    source: string
    id: string
    license_id: string
    meter: string | null
    amount: number
    /** Counted so far; the rest is held back while it is open. */
    settled: number
    /** The window that it counts in is the one that holds this instant. */
    reserved_at: number
    /** Exclusive. */
    until: number
    /** Settled for the last time, or released. */
    closed_at: number | null
    question: string
    answer: Json<WireDecision>
  }
  /**
   * Slices of hard quotas that enforcers spend by themselves. What is granted stands in the counters as used from the start, so nothing
   * has to happen when an enforcer dies; whoever closes one gives back what was not spent.
   */
  quota_leases: {
    source: string
    id: string
    license_id: string
    /** By its name within the product. */
    feature: string
    /** Empty: nothing was ever granted under this id, nor will be. */
    meter: string
    /** Those that count it, with the limits that it was cut from. */
    windows: Json<readonly QuotaWindow[]>
    /** In all, less what was given back. */
    granted: number
    /** As last reported. */
    spent: number
    /** Of the last report that was taken; an older one says nothing more. */
    seq: number
    /** The windows that it counts in are those that hold this instant. */
    leased_at: number
    /** Exclusive: the enforcer spends nothing of it from then on. Never past the end of a window. */
    until: number
    /** Ended by an administrator: it gets no more. */
    ended_at: number | null
    /** The last word was said: what is granted is what was spent. */
    closed_at: number | null
  }
  /** `arrival` is of what nobody leases. `leases`: parts of the rate that enforcers use by themselves; null: nobody has one. */
  rate_buckets: { license_id: string; bucket: string; arrival: number; leases: Json<readonly RateLease[]> | null }
  floating_seats: {
    license_id: string
    identity_id: string
    taken_at: number
    until: number | null
    /** The API key whose application keeps it by heartbeats. */
    source: Generated<string | null>
    /** Which of the processes that share the key. */
    holder: Generated<string | null>
  }
  /** One row a licence: how many named seats are taken, and the lock for whoever changes that. */
  seat_sheets: { license_id: string; taken: number; next_order: number }
  seats: { license_id: string; identity_id: string; seat_order: number; taken_at: number }
}
