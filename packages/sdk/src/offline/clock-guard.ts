/** What a device remembers of time, epoch milliseconds. */
export interface ClockState {
  /** The latest instant that somebody trusted signed. It never falls. */
  readonly proven: number
  /** The latest that the machine's own clock said since then. */
  readonly seen: number
}

/** `turned_back`: earlier than was proven, which is a no. `behind`: earlier than the clock itself said before, which is a warning. */
export type ClockFinding = 'holds' | 'behind' | 'turned_back'

/** Clocks of honest machines differ by so much. */
export const CLOCK_SKEW_MILLISECONDS = 60_000

/**
 * Tells a clock that was turned back from one that went wrong and came back. Only what was signed can refuse: a clock that once jumped
 * a year ahead has proven nothing, and whoever puts it right is not locked out.
 * @see decision.md section 10
 */
export class ClockGuard {
  #proven: number
  #seen: number

  constructor({ proven, seen }: ClockState = { proven: 0, seen: 0 }) {
    this.#proven = proven
    this.#seen = Math.max(proven, seen)
  }

  get state(): ClockState {
    return { proven: this.#proven, seen: this.#seen }
  }

  /** A signed instant: it was not before that. What the clock said until now is forgotten, also what it said wrongly. @returns whether it is news */
  anchor(signed: number): boolean {
    if (!(signed > this.#proven)) return false
    this.#proven = signed
    this.#seen = signed
    return true
  }

  look(now: number): ClockFinding {
    if (now < this.#proven - CLOCK_SKEW_MILLISECONDS) return 'turned_back'
    const isBehind = now < this.#seen - CLOCK_SKEW_MILLISECONDS
    if (now > this.#seen) this.#seen = now
    return isBehind ? 'behind' : 'holds'
  }
}
