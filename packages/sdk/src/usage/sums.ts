import { type EventDefaults, eventOf, MOST_AMOUNT, type Usage } from './usage.ts'

interface Sum {
  readonly id: string
  readonly license: string
  readonly meter: string
  amount: number
}

/** Looked through one by one. */
const MOST_SUMS = 20

/**
 * Usage of one licence and meter in one millisecond, as one event: of a busy process it stands for hundreds of checks. What is in here is
 * not recorded yet.
 */
export class Sums {
  readonly #defaults: EventDefaults
  readonly #append: (json: string) => void
  readonly #sums: Sum[] = []
  #at = Number.NaN

  /** @param append keeps an event, or throws */
  constructor(defaults: EventDefaults, append: (json: string) => void) {
    this.#defaults = defaults
    this.#append = append
  }

  /**
   * @returns the id of the event that it will be in; `undefined`: it has to be an event of its own
   * @throws what `append` throws of those before it: then it is not added
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
    // Refused as it comes, if it is to be.
    const { id } = eventOf(usage, this.#defaults)
    if (at !== this.#at || known !== undefined || this.#sums.length === MOST_SUMS) this.record()
    this.#at = at
    this.#sums.push({ id, license, meter, amount })
    return id
  }

  /** Keeps them. @throws what `append` throws: then the others stay */
  record(): void {
    const time = new Date(this.#at)
    for (let sum = this.#sums[0]; sum !== undefined; sum = this.#sums[0]) {
      this.#append(eventOf({ ...sum, time }, this.#defaults).json)
      this.#sums.shift()
    }
  }
}

function isWhole(amount: number): boolean {
  return Number.isInteger(amount) && amount >= 1
}
