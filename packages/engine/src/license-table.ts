import type { Instant, LicenseFact } from './facts.ts'

/** A row is one cache line. */
const STRIDE = 8
const STARTS = 0
const ENDS = 1
const TRIAL_ENDS = 2
const REVOKED_AT = 3
const PAST_DUE_SINCE = 4
const SUSPENDED = 5
const SEATS_TAKEN = 6

/** A number that is not there. */
const ABSENT = Number.NaN

/**
 * What a decision reads of a licence, as rows of numbers: as objects each licence's would lie on pages of its own, and among thousands of
 * customers every one of them would have to be found in memory anew.
 */
export class LicenseTable {
  #cells = new Float64Array(64 * STRIDE)
  #rows = 0

  /** A new row, without a licence yet: seats may be stated before it. */
  add(): number {
    const row = this.#rows++
    if (this.#rows * STRIDE > this.#cells.length) this.#grow()
    return row
  }

  put(row: number, fact: LicenseFact): void {
    const at = row * STRIDE
    this.#cells[at + STARTS] = fact.starts
    this.#cells[at + ENDS] = fact.ends ?? ABSENT
    this.#cells[at + TRIAL_ENDS] = fact.trial_ends ?? ABSENT
    this.#cells[at + REVOKED_AT] = fact.revoked_at ?? ABSENT
    this.#cells[at + PAST_DUE_SINCE] = fact.past_due_since ?? ABSENT
    this.#cells[at + SUSPENDED] = fact.suspended === true ? 1 : 0
  }

  starts(row: number): Instant {
    return this.#cells[row * STRIDE + STARTS] as number
  }

  ends(row: number): Instant | undefined {
    return this.#optional(row * STRIDE + ENDS)
  }

  trialEnds(row: number): Instant | undefined {
    return this.#optional(row * STRIDE + TRIAL_ENDS)
  }

  revokedAt(row: number): Instant | undefined {
    return this.#optional(row * STRIDE + REVOKED_AT)
  }

  pastDueSince(row: number): Instant | undefined {
    return this.#optional(row * STRIDE + PAST_DUE_SINCE)
  }

  suspended(row: number): boolean {
    return this.#cells[row * STRIDE + SUSPENDED] === 1
  }

  seatsTaken(row: number): number {
    return this.#cells[row * STRIDE + SEATS_TAKEN] as number
  }

  putSeatsTaken(row: number, taken: number): void {
    this.#cells[row * STRIDE + SEATS_TAKEN] = taken
  }

  #optional(at: number): number | undefined {
    const value = this.#cells[at] as number
    return Number.isNaN(value) ? undefined : value
  }

  #grow(): void {
    const larger = new Float64Array(this.#cells.length * 2)
    larger.set(this.#cells)
    this.#cells = larger
  }
}
