import type { FloatingSeat, Instant, LeasedUnits, RatePart, Usage } from '@writ/engine'
import { LeasePool, type LeasePoolOptions } from './lease-pool.ts'
import type { Rate } from './rate-lease.ts'
import { RatePool } from './rate-pool.ts'
import { SeatHolds } from './seat-holds.ts'
import type { SoftCounts } from './soft-counts.ts'

export type LeasesOptions = Omit<LeasePoolOptions, 'license' | 'feature'> & { readonly holder: string }

const TICK_MILLISECONDS = 500

/** All slices, parts of rates and floating seats that this process has at hand, kept up in the background. */
export class Leases {
  readonly #options: LeasesOptions
  readonly #pools = new Map<string, LeasePool>()
  readonly #rates = new Map<string, RatePool>()
  /** One question asks for its part several times. */
  #latestRate: { license: string; feature: string; rate: Rate; pool: RatePool } | undefined
  readonly seats: SeatHolds
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: LeasesOptions) {
    this.#options = options
    this.seats = new SeatHolds(options)
  }

  find(license: string, feature: string): LeasePool | undefined {
    return this.#pools.get(poolKey(license, feature))
  }

  of(license: string, feature: string): LeasePool {
    const known = this.find(license, feature)
    if (known !== undefined) return known
    const pool = new LeasePool({ ...this.#options, license, feature })
    this.#pools.set(poolKey(license, feature), pool)
    this.keepUp()
    return pool
  }

  findRate(license: string, feature: string, rate: Rate): RatePool | undefined {
    const latest = this.#latestRate
    if (latest !== undefined && latest.rate === rate && latest.license === license && latest.feature === feature) return latest.pool
    const pool = this.#rates.get(rateKey(license, feature, rate))
    this.#latestRate = pool && { license, feature, rate, pool }
    return pool
  }

  /** Those that hold for a feature: one, or one beside that which an exceeded limit slows down to. */
  ratesOf(license: string, feature: string): RatePool[] {
    return [...this.#rates.values()].filter(({ options }) => options.license === license && options.feature === feature)
  }

  ofRate(license: string, feature: string, rate: Rate): RatePool {
    const known = this.findRate(license, feature, rate)
    if (known !== undefined) return known
    const pool = new RatePool({ ...this.#options, license, feature, rate })
    this.#rates.set(rateKey(license, feature, rate), pool)
    this.keepUp()
    return pool
  }

  /** Gives back what is left. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const pools = [...this.#pools.values(), ...this.#rates.values()]
    this.#pools.clear()
    this.#rates.clear()
    this.#latestRate = undefined
    await Promise.all([this.seats.close(), ...pools.map((pool) => pool.close())])
  }

  /** To be called whenever something was taken. */
  keepUp(): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      for (const pools of [this.#pools, this.#rates])
        for (const [key, pool] of pools) {
          pool.tick()
          if (pool.isIdle) pools.delete(key)
        }
      this.#latestRate = undefined
      this.seats.tick()
      if (this.#pools.size + this.#rates.size > 0 || !this.seats.isEmpty) this.keepUp()
    }, TICK_MILLISECONDS)
    // A process that has nothing else to do may end; it closes first.
    ;(this.#timer as { unref?: () => void }).unref?.()
  }
}

/** Neither has a blank in it. */
function poolKey(license: string, feature: string): string {
  return `${license} ${feature}`
}

function rateKey(license: string, feature: string, { count, periodSeconds, burst }: Rate): string {
  return `${license} ${feature} ${count} ${periodSeconds} ${burst}`
}

interface Asked {
  readonly feature: string
  /** Its id, however the question names it; `undefined`: nobody is known by it. */
  readonly identity: string | undefined
  readonly amount: number
  readonly now: Instant
}

/** Usage as far as the slices at hand tell, for one question. */
export class LeaseView implements Usage {
  readonly #leases: Leases | undefined
  readonly #soft: SoftCounts | undefined
  readonly #feature: string
  readonly #amount: number
  readonly #now: Instant
  readonly #identity: string | undefined
  /** Something was asked that only the authority knows. */
  wasAsked = false
  /** The first licence whose slice at hand does not hold what is asked, where the authority did not just say that there is no more. */
  short: string | undefined
  /** The first rate of which no part is at hand. */
  partless: { readonly license: string; readonly rate: Rate } | undefined

  constructor(leases: Leases | undefined, soft: SoftCounts | undefined, asked: Asked) {
    const { feature, identity, amount, now } = asked
    this.#leases = leases
    this.#soft = soft
    this.#feature = feature
    this.#amount = amount
    this.#now = now
    this.#identity = identity
  }

  left(license: string, _meter: string, from: Instant, until: Instant, most: number): LeasedUnits | undefined {
    const pool = this.#leases?.find(license, this.#feature)
    const atHand = pool?.left(from, until, most, this.#now)
    if ((atHand === undefined || atHand.amount < this.#amount) && pool?.isDry !== true) this.short ??= license
    return atHand && { amount: atHand.amount, until: this.#now + Math.floor(atHand.milliseconds) }
  }

  used(license: string, meter: string, from: Instant, until: Instant): number | undefined {
    // When a decision looks ahead, to when its answer changes.
    if (from > this.#now) return 0
    const used = this.#soft === undefined ? 'unheard' : this.#soft.used(license, meter, from, until)
    if (used !== 'unheard') return used
    this.wasAsked = true
    return undefined
  }

  part(license: string, feature: string, rate: Rate): RatePart | undefined {
    return this.#leases?.findRate(license, feature, rate)?.partAt(this.#now)
  }

  arrival(license: string, _feature: string, rate: Rate): number {
    if (this.#leases === undefined) this.wasAsked = true
    else this.partless ??= { license, rate }
    return Number.NEGATIVE_INFINITY
  }
  floating(license: string): readonly FloatingSeat[] {
    const identity = this.#identity
    const held = identity === undefined ? undefined : this.#leases?.seats.find(license, identity)
    if (identity === undefined || held === undefined) {
      this.wasAsked = true
      return []
    }
    const { rank, milliseconds } = held
    const own = { identity, ...(Number.isFinite(milliseconds) && { until: this.#now + Math.floor(milliseconds) }) }
    // Whose those before it are makes no difference, only how many there are.
    return [...Array.from({ length: rank }, () => OTHER), own]
  }
}

const OTHER: FloatingSeat = { identity: '' }
