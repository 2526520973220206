import type { Instant } from '@writ/engine'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** After the first failed attempt, the second, …: about three days in all. https://www.standardwebhooks.com, "Retry schedule". */
const WAITS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
const JITTER = 0.2

/** A webhook at which nothing at all has come through for so long is disabled. */
export const DISABLED_AFTER = 5 * 24 * HOUR

/** Failures in a row from which a webhook as a whole rests, so that a dead one costs little. */
const RESTS_FROM = 3
const LONGEST_REST = 10 * MINUTE

/**
 * When an event is tried again.
 * @param attempts how many have failed @param asked of the receiver's `Retry-After`; counted when it is seconds, and later than ours
 * @param chance 0 to 1 @returns `undefined`: not again by itself
 */
export function nextAttempt(now: Instant, attempts: number, asked: string | undefined, chance: number): Instant | undefined {
  const wait = WAITS[attempts - 1]
  if (wait === undefined) return undefined
  const wanted = asked !== undefined && /^\d{1,6}$/.test(asked) ? Math.min(Number(asked) * SECOND, 24 * HOUR) : 0
  return now + Math.max(wanted, Math.round(wait * (1 + JITTER * (2 * chance - 1))))
}

/** Until when a webhook rests after so many failures in a row. */
export function restUntil(now: Instant, failures: number): Instant {
  return failures < RESTS_FROM ? now : now + Math.min(LONGEST_REST, 15 * SECOND * 2 ** (failures - RESTS_FROM))
}
