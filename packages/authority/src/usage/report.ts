import { type Instant, windowOf } from '@writ/engine'
import type { CompiledPlan, CompiledTerms } from '@writ/terms'
import type { Authority } from '../app/authority.ts'
import type { Reach } from '../enforcers/scope.ts'
import { seesLicense, soldAs } from '../licenses/license.ts'
import { countSeats } from '../licenses/seat-store.ts'
import { readLicense } from '../licenses/service.ts'
import { type MeterWindow, readUsed } from './report-store.ts'

export interface MeterUsage extends MeterWindow {
  readonly used: number
  /** Held back by reservations, beside what is used, for as long as decisions count it. */
  readonly reserved: number
  /** At hand in enforcers, beside what is used; what nobody returned in time is used. */
  readonly leased: number
  /** The largest that the plan has for this window, seats counted in. Beyond it is refused, billed or throttled, as the terms say. */
  readonly limit: number
}

/** What a licence has used of each meter in the windows that are open now. @throws {ApiError} LICENSE_UNKNOWN */
export async function usageOf(authority: Authority, reach: Reach, license: string): Promise<readonly MeterUsage[]> {
  const row = await readLicense(authority, reach, license)
  const now = authority.clock()
  const { terms, plan } = soldAs(authority.world, row)
  const { named, floating } = await countSeats(authority.db, license, now)
  const windows = limitLines(terms, plan, row.starts, now, Math.max(1, named + floating))
  const used = await readUsed(
    authority.db,
    windows.map((window) => ({ ...window, license })),
    now,
  )
  return windows.map((window, place) => ({ ...window, ...(used[place] ?? { used: 0, reserved: 0, leased: 0 }) }))
}

export interface Count extends MeterWindow {
  readonly license: string
  /** With what is held back, and at hand in enforcers. */
  readonly used: number
}

/** What is counted of licences in the windows that are open now, by one read. One that is not there, or out of reach, has nothing. */
export async function countsOf({ world, db, clock }: Authority, reach: Reach, licenses: readonly string[]): Promise<readonly Count[]> {
  const now = clock()
  const windows = [...new Set(licenses)].flatMap((license) => {
    const record = world.license(license)
    const sold = record && world.sold(record)
    if (record === undefined || sold === undefined) return []
    const { product, organization = null } = record.fact
    if (!seesLicense(reach, { product, organization })) return []
    return limitLines(sold.terms, sold.plan, record.starts, now, 1).map(({ meter, from, until }) => ({ license, meter, from, until }))
  })
  const counted = await readUsed(db, windows, now)
  return windows.map((window, place) => {
    const { used, reserved, leased } = counted[place] ?? { used: 0, reserved: 0, leased: 0 }
    return { ...window, used: used + reserved + leased }
  })
}

export type LimitLine = Omit<MeterUsage, 'used' | 'reserved' | 'leased'>

/** Entries that count one meter in one window are one line; the largest limit stands in it. */
export function limitLines(terms: CompiledTerms, plan: CompiledPlan, starts: Instant, now: Instant, seats: number): LimitLine[] {
  const lines = new Map<string, LimitLine>()
  for (const { index, feature } of terms.features.values()) {
    if (feature.meter === undefined) continue
    for (const { limit } of plan.entries[index] ?? []) {
      if (limit === undefined) continue
      const { from, until } = windowOf(limit, starts, now)
      const count = limit.limit.count * (limit.limit.perSeat ? seats : 1)
      const key = JSON.stringify([feature.meter, from, until])
      const known = lines.get(key)?.limit ?? 0
      lines.set(key, { meter: feature.meter, from, until, limit: Math.max(known, count) })
    }
  }
  return [...lines.values()]
}
