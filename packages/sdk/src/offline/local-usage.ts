import { arrivalAfter, type FloatingSeat, type Instant, type Spending, type Usage } from '@writ/engine'

type Rate = Parameters<Usage['arrival']>[2]

/**
 * What is spent in this process alone. A hard quota cannot be known here, since others spend it too; rates and floating seats are
 * counted as far as this process goes.
 */
export class LocalUsage implements Usage {
  readonly #arrivals = new Map<string, Instant>()
  #floating: readonly FloatingSeat[] = []

  used(): undefined {
    return undefined
  }

  arrival(_license: string, feature: string, rate: Rate): Instant {
    return this.#arrivals.get(bucket(feature, rate)) ?? Number.NEGATIVE_INFINITY
  }

  floating(): readonly FloatingSeat[] {
    return this.#floating
  }

  spend({ rate, seat }: Spending, now: Instant): void {
    for (const { feature, rate: limit, amount } of rate ?? []) {
      const name = bucket(feature, limit)
      this.#arrivals.set(name, arrivalAfter(limit, this.#arrivals.get(name) ?? Number.NEGATIVE_INFINITY, amount, now))
    }
    if (seat?.kind !== 'floating') return
    const { identity, leaseSeconds } = seat
    const lease = { identity, ...(leaseSeconds !== undefined && { until: now + leaseSeconds * 1000 }) }
    const standing = this.#floating.filter(({ until }) => until === undefined || until > now)
    const held = standing.findIndex((each) => each.identity === identity)
    // Renewed in its place: the order in which seats were taken says whose is overage.
    this.#floating = held === -1 ? [...standing, lease] : standing.with(held, lease)
  }
}

function bucket(feature: string, { count, periodSeconds, burst }: Rate): string {
  return `${feature} ${count}/${periodSeconds} ${burst}`
}
