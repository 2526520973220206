import type { Instant } from '@writ/engine'

/** Tells the time in epoch milliseconds. Made once, here, and handed to whoever needs it, so that a test can set it. */
export type Clock = () => Instant

export const systemClock: Clock = () => Date.now()
