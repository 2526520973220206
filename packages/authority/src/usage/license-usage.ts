import type { FloatingSeat, Instant, RatePart, ReservedUnits, Spending, Usage } from '@writ/engine'
import type { Rate } from '@writ/terms'
import { type RateBucket, restPart, used } from './rates/bucket.ts'

export interface Counter {
  readonly meter: string
  readonly from: Instant
  readonly until: Instant
  used: number
}

/** What an open reservation holds back. */
export interface Hold extends ReservedUnits {
  readonly meter: string
  readonly reservedAt: Instant
}

/** What one licence has spent, as the ledger last knew it. */
export interface LicenseUsage {
  readonly counters: Counter[]
  /** By {@link bucketName}. */
  readonly rates: Map<string, RateBucket>
  floating: (FloatingSeat & { readonly takenAt: Instant })[]
  holds: readonly Hold[]
}

export function noUsage(): LicenseUsage {
  return { counters: [], rates: new Map(), floating: [], holds: NO_HOLDS }
}

/** A copy to write to, without what is over at `now`: a ledger that runs for years keeps only what is open. */
export function openPart({ counters, rates, floating, holds }: LicenseUsage, now: Instant): LicenseUsage {
  return {
    counters: counters.filter(({ until }) => until > now).map((counter) => ({ ...counter })),
    rates: new Map([...rates].filter(([, { arrival, leases }]) => arrival > now || leases.length > 0)),
    floating: floating.filter(({ until }) => until === undefined || until > now),
    holds: holds.filter(({ until }) => until > now),
  }
}

/** Entries of one feature with the same rate share a bucket; another rate is another bucket. */
export function bucketName(feature: string, { count, periodSeconds, burst }: Rate): string {
  return `${feature} ${count}/${periodSeconds} ${burst}`
}

/** What {@link bucketName} names. */
export function rateNamed(bucket: string): { readonly feature: string; readonly rate: Rate } {
  const [, feature = '', count, periodSeconds, burst] = /^(.*) (\d+)\/(\d+) (\d+)$/.exec(bucket) ?? []
  return { feature, rate: { count: Number(count), periodSeconds: Number(periodSeconds) as Rate['periodSeconds'], burst: Number(burst) } }
}

export function findCounter({ counters }: LicenseUsage, meter: string, from: Instant, until: Instant): Counter | undefined {
  for (const counter of counters) if (counter.from === from && counter.until === until && counter.meter === meter) return counter
  return undefined
}

/** Counters of other windows that count what is used of a meter now as well, as long as the licence has other terms in view. */
export function alsoCounting({ counters }: LicenseUsage, { meter, windows }: NonNullable<Spending['quota']>, now: Instant): Counter[] {
  return counters.filter(
    ({ meter: of, from, until }) =>
      of === meter && from <= now && now < until && !windows.some((window) => window.from === from && window.until === until),
  )
}

/** Writes a spending into a licence's usage. */
export function spend(usage: LicenseUsage, { seat, quota, rate }: Spending, now: Instant): void {
  for (const window of quota?.windows ?? []) {
    const { meter, amount } = quota as NonNullable<typeof quota>
    const counter = findCounter(usage, meter, window.from, window.until)
    if (counter === undefined) usage.counters.push({ meter, from: window.from, until: window.until, used: amount })
    else counter.used += amount
  }
  for (const { feature, rate: limit, amount } of rate ?? []) {
    const bucket = bucketName(feature, limit)
    usage.rates.set(bucket, used(limit, usage.rates.get(bucket) ?? UNTOUCHED, amount, now))
  }
  if (seat?.kind === 'floating') {
    const known = usage.floating.findIndex(({ identity, until: end }) => identity === seat.identity && (end === undefined || end > now))
    const held = usage.floating[known]
    // What an application was promised for longer is not cut short by a question that somebody else asks.
    const until = seat.leaseSeconds === undefined ? undefined : Math.max(now + seat.leaseSeconds * 1000, held?.until ?? 0)
    const lease = { identity: seat.identity, takenAt: held?.takenAt ?? now, ...(until !== undefined && { until }) }
    if (known !== -1) usage.floating = usage.floating.with(known, lease)
    else usage.floating = [...usage.floating.filter(({ identity }) => identity !== seat.identity), lease]
  }
}

/** The engine's read view over the usage of many licences. */
export class UsageView implements Usage {
  readonly #of: (license: string) => LicenseUsage | undefined

  constructor(of: (license: string) => LicenseUsage | undefined) {
    this.#of = of
  }

  used(license: string, meter: string, from: Instant, until: Instant): number {
    const usage = this.#of(license)
    return usage === undefined ? 0 : (findCounter(usage, meter, from, until)?.used ?? 0)
  }

  /** Whether it has a counter for that window; where it has none, what was used there is not known here. */
  counts(license: string, meter: string, from: Instant, until: Instant): boolean {
    const usage = this.#of(license)
    return usage !== undefined && findCounter(usage, meter, from, until) !== undefined
  }

  reserved(license: string, meter: string, from: Instant, until: Instant): readonly ReservedUnits[] {
    const holds = this.#of(license)?.holds ?? NO_HOLDS
    return holds.length === 0 ? holds : holds.filter((hold) => hold.meter === meter && hold.reservedAt >= from && hold.reservedAt < until)
  }

  arrival(license: string, feature: string, rate: Rate): Instant {
    return this.#of(license)?.rates.get(bucketName(feature, rate))?.arrival ?? Number.NEGATIVE_INFINITY
  }

  part(license: string, feature: string, rate: Rate, now: Instant): RatePart | undefined {
    const bucket = this.#of(license)?.rates.get(bucketName(feature, rate))
    return bucket && restPart(rate, bucket, now)
  }

  floating(license: string): readonly FloatingSeat[] {
    return this.#of(license)?.floating ?? NO_SEATS
  }
}

const UNTOUCHED: RateBucket = { arrival: Number.NEGATIVE_INFINITY, leases: [] }
const NO_SEATS: readonly FloatingSeat[] = []
const NO_HOLDS: readonly Hold[] = []
