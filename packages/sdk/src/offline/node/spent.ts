/** What was spent of a meter of a licence in a window. */
export interface Spent {
  /** Absent in what versions before wrote where the licence was not known: then it is spent of any. */
  readonly license?: string
  readonly meter: string
  readonly from: number
  readonly until: number
  readonly used: number
}

export interface SpentBook {
  readonly spent: readonly Spent[]
  /** Windows that ended by then, epoch milliseconds, and are not in `spent` may have been there: nothing is spent in them any more. */
  readonly closed?: number
}

/** Of all licences and meters. An hourly share lasts for 400 hours. */
export const MOST_WINDOWS = 1_024

export function usedOf(spent: readonly Spent[], { license, meter, from }: Pick<Spent, 'license' | 'meter' | 'from'>): number {
  const same = spent.filter((each) => each.meter === meter && each.from === from && isOf(each, license))
  return Math.max(0, ...same.map(({ used }) => used))
}

export function isOf(spent: Spent, license: string | undefined): boolean {
  return spent.license === undefined || spent.license === license
}

/**
 * A record with more windows than it may have could not be read again. Those that end first go, and close all that ended as early: whoever turns
 * the clock back to one that is forgotten finds it spent, and not whole.
 * @returns `undefined`: of this window nobody knows any more what was spent
 */
export function withSpent({ spent, closed = 0 }: SpentBook, now: Spent): Required<SpentBook> | undefined {
  const others = spent.filter(({ license, meter, from }) => license !== now.license || meter !== now.meter || from !== now.from)
  if (others.length === spent.length && now.until <= closed) return undefined
  if (others.length < MOST_WINDOWS) return { spent: [...others, now], closed }
  const first = others.reduce((a, b) => (b.until < a.until ? b : a))
  if (now.until < first.until) return undefined
  return { spent: [...others.filter((each) => each !== first), now], closed: Math.max(closed, first.until) }
}
