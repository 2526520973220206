import type { Instant, LeasedUnits, Usage } from '@writ/engine'
import { LeasePool, type LeasePoolOptions } from './lease-pool.ts'

export type LeasesOptions = Omit<LeasePoolOptions, 'license' | 'feature'>

const TICK_MILLISECONDS = 500

/** All slices that this process has at hand, kept up in the background. */
export class Leases {
  readonly #options: LeasesOptions
  readonly #pools = new Map<string, LeasePool>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: LeasesOptions) {
    this.#options = options
  }

  find(license: string, feature: string): LeasePool | undefined {
    return this.#pools.get(JSON.stringify([license, feature]))
  }

  of(license: string, feature: string): LeasePool {
    const known = this.find(license, feature)
    if (known !== undefined) return known
    const pool = new LeasePool({ ...this.#options, license, feature })
    this.#pools.set(JSON.stringify([license, feature]), pool)
    this.#keepUp()
    return pool
  }

  /** Gives back what is left. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const pools = [...this.#pools.values()]
    this.#pools.clear()
    await Promise.all(pools.map((pool) => pool.close()))
  }

  #keepUp(): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      for (const [key, pool] of this.#pools) {
        pool.tick()
        if (pool.isIdle) this.#pools.delete(key)
      }
      if (this.#pools.size > 0) this.#keepUp()
    }, TICK_MILLISECONDS)
    // A process that has nothing else to do may end; it closes first.
    ;(this.#timer as { unref?: () => void }).unref?.()
  }
}

/** Usage as far as the slices at hand tell, for one question. */
export class LeaseView implements Usage {
  readonly #leases: Leases | undefined
  readonly #feature: string
  readonly #amount: number
  readonly #now: Instant
  /** Something was asked that only the authority knows. */
  wasAsked = false
  /** The first licence whose slice at hand does not hold what is asked, where the authority did not just say that there is no more. */
  short: string | undefined

  constructor(leases: Leases | undefined, feature: string, amount: number, now: Instant) {
    this.#leases = leases
    this.#feature = feature
    this.#amount = amount
    this.#now = now
  }

  left(license: string, _meter: string, from: Instant, until: Instant, most: number): LeasedUnits | undefined {
    const pool = this.#leases?.find(license, this.#feature)
    const atHand = pool?.left(from, until, most)
    if ((atHand === undefined || atHand.amount < this.#amount) && pool?.isDry !== true) this.short ??= license
    return atHand && { amount: atHand.amount, until: this.#now + Math.floor(atHand.milliseconds) }
  }

  used(): undefined {
    this.wasAsked = true
  }
  arrival(): number {
    this.wasAsked = true
    return Number.NEGATIVE_INFINITY
  }
  floating(): readonly never[] {
    this.wasAsked = true
    return []
  }
}
