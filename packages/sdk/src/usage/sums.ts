import type { Queue } from './queue.ts'
import { type EventDefaults, eventOf, MOST_AMOUNT, type Usage } from './usage.ts'

interface Sum {
  readonly id: string
  readonly license: string
  readonly meter: string
  amount: number
}

/** Those of one millisecond; looked through one by one. */
const MOST_SUMS = 20
/** What an amount of one unit may grow by as it is written. */
const DIGITS = String(MOST_AMOUNT).length

/**
 * Usage of one licence and meter in one millisecond, as one event: of a busy process it stands for hundreds of checks. There is room for
 * what is in here, which is not recorded yet.
 */
export class Sums {
  readonly #defaults: EventDefaults
  readonly #queue: Pick<Queue, 'admit'>
  readonly #record: (json: string) => void
  #sums: Sum[] = []
  /** UTF-16, at the most, of all that is in here as it will be written. */
  #units = 0
  #at = Number.NaN

  constructor(defaults: EventDefaults, queue: Pick<Queue, 'admit'>, record: (json: string) => void) {
    this.#defaults = defaults
    this.#queue = queue
    this.#record = record
  }

  get size(): number {
    return this.#sums.length
  }

  /**
   * @returns the id of the event that it will be in; `undefined`: it has to be an event of its own
   * @throws {WritError} USAGE_INVALID, SPOOL_FULL, SPOOL_CLOSED: then it is in none
   */
  add(usage: Usage): string | undefined {
    if (usage.id !== undefined || usage.time === undefined || !('license' in usage)) return undefined
    const { license, meter, amount = 1, time } = usage
    const at = time.getTime()
    const known = at === this.#at ? this.#sums.find((sum) => sum.meter === meter && sum.license === license) : undefined
    if (known !== undefined && isWhole(amount) && known.amount + amount <= MOST_AMOUNT) {
      known.amount += amount
      return known.id
    }
    const { id, json } = eventOf(usage, this.#defaults)
    if (at !== this.#at || known !== undefined || this.#sums.length === MOST_SUMS) this.recordAll()
    const units = json.length + DIGITS
    this.admit(units)
    this.#units += units
    this.#at = at
    this.#sums.push({ id, license, meter, amount })
    return id
  }

  /** Whether there is room for one of so many UTF-16 units beside what is in here. @throws {WritError} SPOOL_FULL, SPOOL_CLOSED: there is not */
  admit(units: number): void {
    this.#queue.admit(this.#units + units, this.#sums.length + 1)
  }

  recordAll(): void {
    const time = new Date(this.#at)
    const sums = this.#sums
    this.#sums = []
    this.#units = 0
    for (const sum of sums) this.#record(eventOf({ ...sum, time }, this.#defaults).json)
  }
}

function isWhole(amount: number): boolean {
  return Number.isInteger(amount) && amount >= 1
}
