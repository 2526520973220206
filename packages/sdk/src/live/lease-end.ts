import type { Clock } from '../clock.ts'

/** Neither alone tells when something is over: the first may stand still while the machine sleeps, the second may be set. */
export interface Clocks {
  /** Milliseconds since whenever; nobody sets it, and it never falls. */
  readonly monotonic: () => number
  readonly wall: Clock
}

/** By both clocks. */
export interface Moment {
  readonly monotonic: number
  readonly wall: number
}

/** Clocks of machines differ in speed by far less than a hundredth. */
export const MARGIN_PART = 0.01
const LEAST_MARGIN_MILLISECONDS = 50

export function momentOf({ monotonic, wall }: Clocks): Moment {
  return { monotonic: monotonic(), wall: wall() }
}

/**
 * When that is over here which the authority gave for so long: sooner than it thinks, since it counts from when it answered.
 * @param sentAt when it was asked for @param leastMargin milliseconds
 */
export function leaseEnd(sentAt: Moment, milliseconds: number, leastMargin = LEAST_MARGIN_MILLISECONDS): Moment {
  const lasting = Math.min(milliseconds - leastMargin, milliseconds * (1 - MARGIN_PART))
  return { monotonic: sentAt.monotonic + lasting, wall: sentAt.wall + lasting }
}

/** Milliseconds, by the clock that comes to the end first; 0 or less: it is over. @param now by the wall clock, where it was just read */
export function untilOver({ monotonic, wall }: Clocks, end: Moment, now = wall()): number {
  return Math.min(end.monotonic - monotonic(), end.wall - now)
}
