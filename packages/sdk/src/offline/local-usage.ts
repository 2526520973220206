import { arrivalAfter, type FloatingSeat, type Instant, type LeasedUnits, type Spending, type Usage } from '@writ/engine'
import type { LicenseClaims } from '@writ/license'
import type { Clock } from '../clock.ts'
import type { DeviceGuard } from './device-guard.ts'
import { type SeatsHere, SeatsInProcess } from './seats-here.ts'

type Rate = Parameters<Usage['arrival']>[2]

/**
 * What is spent on this device alone. A hard quota is spent by others too, so of it there is the share that the file carries, and no
 * more, and so it is with floating seats; rates are counted as far as this process goes, and so is all of whoever has no device.
 */
export class LocalUsage implements Usage {
  readonly #arrivals = new Map<string, Instant>()
  readonly #clock: Clock
  readonly #claims: LicenseClaims | undefined
  readonly #guard: DeviceGuard | undefined
  readonly #seats: SeatsHere

  /** @param guard absent: nothing is remembered, so no share can be spent */
  constructor(clock: Clock, claims?: LicenseClaims, guard?: DeviceGuard) {
    this.#clock = clock
    this.#claims = claims
    this.#guard = guard
    this.#seats = guard?.seats ?? new SeatsInProcess()
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
    return {
      amount: Math.max(0, Math.min(share, most) - this.#guard.units.spent(claims.license, meter, from)),
      until: Math.min(end, until),
    }
  }

  arrival(_license: string, feature: string, rate: Rate): Instant {
    return this.#arrivals.get(bucket(feature, rate)) ?? Number.NEGATIVE_INFINITY
  }

  floating(license: string): readonly FloatingSeat[] {
    return this.#seats.held(license, this.#clock())
  }

  seatShare(): number | undefined {
    return this.#claims?.share?.seats
  }

  /** Keeps seats that are held, for another lease. @returns whose */
  keep(license: string, identities: readonly string[], leaseSeconds: number | undefined, now: Instant): readonly string[] {
    const held = this.#seats.held(license, now).filter(({ identity }) => identities.includes(identity))
    const whose = held.map(({ identity }) => identity)
    this.#seats.take(license, whose, leaseSeconds, now)
    return whose
  }

  /** Frees seats. @returns whose */
  free(license: string, identities: readonly string[] | 'all', now: Instant): readonly string[] {
    const whose = identities === 'all' ? this.#seats.held(license, now).map(({ identity }) => identity) : identities
    return this.#seats.free(license, whose, now)
  }

  /** @returns false: it could not be written down, and nothing was taken */
  spend({ license, rate, seat, quota }: Spending, now: Instant): boolean {
    const sitting = seat?.kind === 'floating' ? seat : undefined
    const isNew = sitting !== undefined && !this.#seats.held(license, now).some(({ identity }) => identity === sitting.identity)
    if (sitting !== undefined && !this.#seats.take(license, [sitting.identity], sitting.leaseSeconds, now)) return false
    for (const window of quota?.windows ?? []) {
      const { meter, amount } = quota as NonNullable<typeof quota>
      const share = this.#claims?.share?.quotas?.[meter]
      if (window.hardLimit === undefined || share === undefined) continue
      if (this.#guard?.units.spend(license, meter, window, amount, share, now) === true) continue
      if (isNew) this.#seats.free(license, [sitting.identity], now)
      return false
    }
    for (const { feature, rate: limit, amount } of rate ?? []) {
      const name = bucket(feature, limit)
      this.#arrivals.set(name, arrivalAfter(limit, this.#arrivals.get(name) ?? Number.NEGATIVE_INFINITY, amount, now))
    }
    return true
  }
}

function bucket(feature: string, { count, periodSeconds, burst }: Rate): string {
  return `${feature} ${count}/${periodSeconds} ${burst}`
}
