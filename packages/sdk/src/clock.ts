/** Tells the time in epoch milliseconds. */
export type Clock = () => number

/** Of the machine that the application runs on. Read in this one place; whoever wants another gives one. */
export const systemClock: Clock = () => Date.now()
