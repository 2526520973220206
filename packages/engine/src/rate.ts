import type { Rate } from '@writ/terms'
import type { Instant } from './facts.ts'

/** Instants have double precision of about a quarter of a microsecond; a bucket is never judged finer than this. */
const TOLERANCE = 0.05

/** Milliseconds that one unit takes. */
function emission({ count, periodSeconds }: Rate): number {
  return (periodSeconds * 1000) / count
}

/** GCRA: the first instant (whole milliseconds) at which so many units may go through; Infinity when the burst never holds them. */
export function readyAt(rate: Rate, arrival: Instant, amount: number): Instant {
  if (amount > rate.burst) return Number.POSITIVE_INFINITY
  return Math.ceil(arrival + (amount - rate.burst) * emission(rate) - TOLERANCE)
}

/** GCRA's theoretical arrival time after so many units went through. */
export function arrivalAfter(rate: Rate, arrival: Instant, amount: number, now: Instant): Instant {
  return Math.max(arrival, now) + amount * emission(rate)
}

/** How many whole units may go through now. */
export function roomFor(rate: Rate, arrival: Instant, now: Instant): number {
  const backlog = Math.max(0, arrival - now) / emission(rate)
  const room = Math.max(0, Math.floor(rate.burst - backlog)) || 0
  // What `readyAt` lets through is in; a second formula would differ from it in the last bit.
  return readyAt(rate, arrival, room + 1) <= now ? room + 1 : room
}

/** So much of the count of a rate, with as much of its burst. Parts that are used each by itself never let through more than the whole. */
export function partOf({ count, periodSeconds, burst }: Rate, part: number): Rate {
  return { count: part, periodSeconds, burst: (burst * part) / count }
}

/** The least part of the count that lets so many units through at once. */
export function leastPartFor({ count, burst }: Rate, amount: number): number {
  return Math.ceil((amount * count) / burst)
}

/** How long an untouched rate is used up for by its whole burst, in milliseconds; of every part of it alike. */
export function burstMilliseconds(rate: Rate): number {
  return rate.burst * emission(rate)
}

/**
 * Two parts of a rate as one: how long it is used up for. Neither has more left than before, and together they have what both had.
 * @param a milliseconds that the first, with so much of the count, is used up for
 */
export function joined(a: number, countA: number, b: number, countB: number): number {
  return countA + countB === 0 ? b : (a * countA + b * countB) / (countA + countB)
}
