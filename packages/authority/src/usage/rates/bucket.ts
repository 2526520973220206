import { arrivalAfter, burstMilliseconds, type Instant, joined, partOf, type RatePart } from '@writ/engine'
import type { Rate } from '@writ/terms'
import { LEASE_MARGIN_MILLISECONDS } from '../leases/margin.ts'

/** A part of a rate that an enforcer uses by itself. */
export interface RateLease {
  readonly source: string
  readonly id: string
  /** Of the last report that was taken; an older one says nothing more. */
  readonly seq: number
  /** So much of the count of the rate, and as much of its burst. 0: given back, or nothing was free. */
  readonly count: number
  /** What it would have, were it free. */
  readonly wanted: number
  /** Exclusive: the enforcer uses nothing of it from then on. */
  readonly until: Instant
}

/** How far a rate is used, and who has parts of it. */
export interface RateBucket {
  /** GCRA's theoretical arrival time, of the part that nobody leases. It is time, so a part of it is as far used as the whole was. */
  readonly arrival: Instant
  readonly leases: readonly RateLease[]
}

/** As it is at `now`: what is over belongs to the rest again, used up, since nobody knows what was left of it. */
export function settled(rate: Rate, bucket: RateBucket, now: Instant): RateBucket {
  const over = bucket.leases.filter((lease) => freeAt(lease) <= now).sort((a, b) => a.until - b.until)
  if (over.length === 0) return bucket
  let { arrival } = bucket
  let rest = restOf(rate, bucket)
  for (const lease of over) {
    const at = freeAt(lease)
    arrival = at + joined(Math.max(0, arrival - at), rest, burstMilliseconds(rate), lease.count)
    rest += lease.count
  }
  return { arrival, leases: bucket.leases.filter((lease) => freeAt(lease) > now) }
}

/** What of the count nobody leases. */
export function restOf({ count }: Rate, { leases }: RateBucket): number {
  return leases.reduce((rest, lease) => rest - lease.count, count)
}

/** The part that the authority itself lets through. `undefined`: all of it. */
export function restPart(rate: Rate, bucket: RateBucket, now: Instant): RatePart | undefined {
  if (bucket.leases.length === 0) return undefined
  const { arrival, leases } = settled(rate, bucket, now)
  const rest = partOf(rate, restOf(rate, { arrival, leases }))
  return { rate: rest, arrival, until: Math.min(Number.POSITIVE_INFINITY, ...leases.map(freeAt)) }
}

/** @returns the bucket after so many units went through what nobody leases */
export function used(rate: Rate, bucket: RateBucket, amount: number, now: Instant): RateBucket {
  const { arrival, leases } = settled(rate, bucket, now)
  return { arrival: arrivalAfter(partOf(rate, restOf(rate, { arrival, leases })), arrival, amount, now), leases }
}

function freeAt({ until }: RateLease): Instant {
  return until + LEASE_MARGIN_MILLISECONDS
}
