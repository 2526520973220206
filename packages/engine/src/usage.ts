import type { Rate } from '@writ/terms'
import type { Instant } from './facts.ts'

/** A read view of what is spent. Not World, not in the feed; only the ledger or a lease changes it. */
export interface Usage {
  /** Units used in the half-open window [from, until); `undefined`: cannot be known now (cut off, and no lease left). */
  used(license: string, meter: string, from: Instant, until: Instant): number | undefined
  /** Units held back by reservations that were made in the window; only while each is open they are gone. Absent: there are none. */
  reserved?(license: string, meter: string, from: Instant, until: Instant): readonly ReservedUnits[]
  /**
   * Of a view that holds leases, in the place of `used` and `reserved`, which it does not know: units that may be spent here under a limit
   * of `most` without asking anybody. `undefined`: no lease is at hand.
   */
  left?(license: string, meter: string, from: Instant, until: Instant, most: number): LeasedUnits | undefined
  /** GCRA's theoretical arrival time of one bucket, or -Infinity when nothing went through it. */
  arrival(license: string, feature: string, rate: Rate): Instant
  /** Of a view that has a share of the floating seats: how many may be used here. Absent: all that the licence has. */
  seatShare?(license: string): number | undefined
  /**
   * Of a rate that enforcers hold leases of: the part that may be used here, in the place of `arrival`. Absent or `undefined`: nobody has
   * a part of it.
   */
  part?(license: string, feature: string, rate: Rate, now: Instant): RatePart | undefined
  /** Floating seats in use, in the order taken. */
  floating(license: string): readonly FloatingSeat[]
}

export interface ReservedUnits {
  readonly amount: number
  /** Exclusive: from then on they are free again. */
  readonly until: Instant
}

export interface LeasedUnits {
  readonly amount: number
  /** Exclusive: from then on nothing of it may be spent. */
  readonly until: Instant
}

/** A part of a rate is a rate: it has its part of the burst, and fills by its part of the count. */
export interface RatePart {
  readonly rate: Rate
  readonly arrival: Instant
  /** Exclusive: from then on it is another part, or none. */
  readonly until: Instant
}

export interface FloatingSeat {
  readonly identity: string
  /** Exclusive; absent: kept until somebody releases it. */
  readonly until?: Instant
}

/** What one commit must take, all of it or nothing. `decide` only says it; the ledger does it. */
export interface Spending {
  readonly license: string
  readonly seat?: { readonly identity: string; readonly kind: 'named' | 'floating'; readonly leaseSeconds?: number }
  readonly quota?: { readonly meter: string; readonly amount: number; readonly windows: readonly QuotaWindow[] }
  readonly rate?: readonly { readonly feature: string; readonly rate: Rate; readonly amount: number }[]
}

export interface QuotaWindow {
  readonly from: Instant
  readonly until: Instant
  /** Units allowed in the window when the limit is hard; absent: counted, never refused. */
  readonly hardLimit?: number
}
