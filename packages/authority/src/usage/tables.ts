import type { WireDecision } from '@writ/engine'
import type { Generated } from 'kysely'
import type { Json } from '../changes/tables.ts'

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
    /** Who consumed: an id is unique to its enforcer, so that nobody can use up another's. */
    source: string
    id: string
    license_id: string
    meter: string | null
    amount: number
    at: number
    /** SHA-256 of the question, in hex: the same id with another question is refused. */
    question: string
    answer: Json<WireDecision>
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
  rate_buckets: { license_id: string; bucket: string; arrival: number }
  floating_seats: { license_id: string; identity_id: string; taken_at: number; until: number | null }
  /** One row a licence: how many named seats are taken, and the lock for whoever changes that. */
  seat_sheets: { license_id: string; taken: number; next_order: number }
  seats: { license_id: string; identity_id: string; seat_order: number; taken_at: number }
}
