/** What was spent of a meter of a licence in a window. */
export interface Spent {
  /** Absent in what versions before wrote where the licence was not known: then it is spent of any. */
  readonly license?: string
  readonly meter: string
  readonly from: number
  readonly until: number
  readonly used: number
  /** As many as the authority said that it heard of; absent: none. */
  readonly told?: number
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
 * A record with more windows than it may have could not be read again. One goes, and closes all that ended as early: whoever turns the clock back to
 * one that is forgotten finds it spent, and not whole. Of those that are over and that the authority knows the first to end goes, and where there
 * are none the first to end of all: it runs where all do.
 * @param at epoch milliseconds: what ended by then is over
 * @returns `undefined`: of this window nobody knows any more what was spent
 */
export function withSpent({ spent, closed = 0 }: SpentBook, now: Spent, at: number): Required<SpentBook> | undefined {
  const others = spent.filter(({ license, meter, from }) => license !== now.license || meter !== now.meter || from !== now.from)
  if (others.length === spent.length && now.until <= closed) return undefined
  if (others.length < MOST_WINDOWS) return { spent: [...others, now], closed }
  // None that runs: it, and all that end with it, would be closed while there is some left.
  const told = others.filter((each) => each.told === each.used && each.until <= at)
  const first = (told.length > 0 ? told : others).reduce((a, b) => (b.until < a.until ? b : a))
  if (now.until < first.until) return undefined
  return { spent: [...others.filter((each) => each !== first), now], closed: Math.max(closed, first.until) }
}

/** Windows, and letters of JSON, of one contact: what the authority takes. */
const MOST_TOLD = 64
const MOST_LETTERS = 6_000
/** What was told is kept for so long after its window, and the 64 that end last are told again: an authority may be put back to a backup. */
const KEPT_MILLISECONDS = 31 * 86_400_000

/**
 * What is to be told of a licence, those windows first that ended first, in as many parts as there are contacts to be made: all of which the
 * authority does not know, and those that end last in any case.
 * @returns one part at least
 */
export function partsToTell(spent: readonly Spent[], license: string): readonly (readonly Spent[])[] {
  const own = spent.filter((each) => isOf(each, license)).sort((a, b) => a.until - b.until)
  let part: Spent[] = []
  const parts = [part]
  let letters = 0
  for (const [at, each] of own.entries()) {
    if (each.told === each.used && at < own.length - MOST_TOLD) continue
    const more = JSON.stringify(each.meter).length + 80
    if (part.length === MOST_TOLD || letters + more > MOST_LETTERS) {
      part = []
      parts.push(part)
      letters = 0
    }
    part.push(each)
    letters += more
  }
  return parts
}

/**
 * Writes down what the authority knows by now. What it knows whole goes when its window is long over.
 * @param proven it is later than that, epoch milliseconds: nothing is spent any more in a window that ended before
 */
export function withTold(
  spent: readonly Spent[],
  license: string,
  told: readonly Omit<Spent, 'license' | 'told'>[],
  proven: number,
): Spent[] {
  const units = new Map(told.map(({ meter, from, used }) => [`${meter} ${from}`, used]))
  return spent
    .map((each) => {
      const used = isOf(each, license) ? units.get(`${each.meter} ${each.from}`) : undefined
      return used === undefined ? each : { ...each, told: used }
    })
    .filter(({ told, used, until }) => told !== used || until > proven - KEPT_MILLISECONDS)
}
