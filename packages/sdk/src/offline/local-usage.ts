import { arrivalAfter, type FloatingSeat, type Instant, type LeasedUnits, type Spending, type Usage } from '@writ/engine'
import type { LicenseClaims } from '@writ/license'
import type { DeviceGuard, SeatsHere } from './device-guard.ts'

type Rate = Parameters<Usage['arrival']>[2]

/**
 * What is spent on this device alone. A hard quota is spent by others too, so of it there is the share that the file carries, and no
 * more, and so it is with floating seats; rates, and the seats of a file that has no share of them, are counted as far as this process goes.
 */
export class LocalUsage implements Usage {
  readonly #arrivals = new Map<string, Instant>()
  readonly #claims: LicenseClaims | undefined
  readonly #guard: DeviceGuard | undefined
  readonly #seats: SeatsHere

  /** @param guard absent: nothing is remembered, so no share can be spent */
  constructor(claims?: LicenseClaims, guard?: DeviceGuard) {
    this.#claims = claims
    this.#guard = guard
    this.#seats = guard?.seats ?? { held: [] }
  }

  used(): undefined {
    return undefined
  }

  left(_license: string, meter: string, from: Instant, until: Instant, most: number): LeasedUnits | undefined {
    const claims = this.#claims
    const share = claims?.share?.quotas?.[meter]
    if (claims === undefined || share === undefined || this.#guard === undefined) return undefined
    const since = claims.iat * 1000
    const end = since + (claims.grace?.offline_seconds ?? 0) * 1000
    // Units were taken for the windows that the file can be used in, and for no others.
    if (until <= since || from >= end) return undefined
    return { amount: Math.max(0, Math.min(share, most) - this.#guard.spent(claims.license, meter, from)), until: Math.min(end, until) }
  }

  arrival(_license: string, feature: string, rate: Rate): Instant {
    return this.#arrivals.get(bucket(feature, rate)) ?? Number.NEGATIVE_INFINITY
  }

  floating(): readonly FloatingSeat[] {
    return this.#seats.held
  }

  seatShare(): number | undefined {
    return this.#claims?.share?.seats
  }

  /** Keeps seats that are held, for another lease. @returns whose */
  keep(identities: readonly string[], leaseSeconds: number | undefined, now: Instant): string[] {
    const kept = this.#held(now).filter(({ identity }) => identities.includes(identity))
    const until = leaseSeconds === undefined ? {} : { until: now + leaseSeconds * 1000 }
    this.#seats.held = this.#held(now).map((seat) => (kept.includes(seat) ? { identity: seat.identity, ...until } : seat))
    return kept.map(({ identity }) => identity)
  }

  /** Frees seats. @returns whose */
  free(identities: readonly string[], now: Instant): string[] {
    const held = this.#held(now)
    this.#seats.held = held.filter(({ identity }) => !identities.includes(identity))
    return held.filter((seat) => !this.#seats.held.includes(seat)).map(({ identity }) => identity)
  }

  #held(now: Instant): readonly FloatingSeat[] {
    return this.#seats.held.filter(({ until }) => until === undefined || until > now)
  }

  /** @returns false: the share could not be written down, and nothing was taken */
  spend({ license, rate, seat, quota }: Spending, now: Instant): boolean {
    for (const window of quota?.windows ?? []) {
      const { meter, amount } = quota as NonNullable<typeof quota>
      const share = this.#claims?.share?.quotas?.[meter]
      if (window.hardLimit === undefined || share === undefined) continue
      if (this.#guard?.spend(license, meter, window, amount, share) !== true) return false
    }
    for (const { feature, rate: limit, amount } of rate ?? []) {
      const name = bucket(feature, limit)
      this.#arrivals.set(name, arrivalAfter(limit, this.#arrivals.get(name) ?? Number.NEGATIVE_INFINITY, amount, now))
    }
    if (seat?.kind !== 'floating') return true
    const { identity, leaseSeconds } = seat
    const lease = { identity, ...(leaseSeconds !== undefined && { until: now + leaseSeconds * 1000 }) }
    const standing = this.#held(now)
    const held = standing.findIndex((each) => each.identity === identity)
    // Renewed in its place: the order in which seats were taken says whose is overage.
    this.#seats.held = held === -1 ? [...standing, lease] : standing.with(held, lease)
    return true
  }
}

function bucket(feature: string, { count, periodSeconds, burst }: Rate): string {
  return `${feature} ${count}/${periodSeconds} ${burst}`
}
