import type { CompiledPlan, CompiledTerms, Rate } from '@writ/terms'
import { type Ask, Horizon } from './ask.ts'
import type { Reason } from './decision.ts'
import type { Instant } from './facts.ts'
import type { LicenseRecord } from './license-record.ts'
import { licenseState } from './license-state.ts'
import { windowOf } from './quota-window.ts'
import { seatsTaken } from './seats.ts'
import type { QuotaWindow, Usage } from './usage.ts'
import type { World } from './world.ts'

/** The windows that count what a feature uses, at least one with a hard limit, and until when the licence surely stands as it does. */
export interface Leasable {
  readonly meter: string
  readonly windows: readonly QuotaWindow[]
  readonly until: Instant
}

/**
 * What slices of a quota are cut from. Where several entries limit a feature in one window, the widest is the limit: whoever spends a slice
 * under a narrower one has so much less of it.
 * @returns a reason: nothing may be used of this licence now; `undefined`: the feature has no hard limit in it, or repairs and is not counted
 */
export function leasable(world: World, usage: Usage, license: LicenseRecord, feature: string, now: Instant): Leasable | Reason | undefined {
  const stands = standing(world, license, now)
  if (typeof stands !== 'object') return stands
  const { plan, changes } = stands
  const known = stands.terms.features.get(feature)
  if (known?.feature.meter === undefined || known.feature.repair) return undefined
  const { meter } = known.feature
  const ask = { world, usage, now, horizon: new Horizon(now) } as Ask
  const windows: (QuotaWindow & { hardLimit?: number })[] = []
  for (const counted of plan.windows.get(meter) ?? []) {
    const window = windowOf(counted, license.starts, now)
    if (!windows.some((known) => sameWindow(known, window))) windows.push({ ...window })
  }
  for (const { entry, limit } of plan.entries[known.index] ?? []) {
    if (limit === undefined || entry.then.kind !== 'refuse') continue
    const own = windowOf(limit, license.starts, now)
    const window = windows.find((each) => sameWindow(each, own))
    const most = limit.limit.perSeat ? limit.limit.count * Math.max(1, seatsTaken(license, ask)) : limit.limit.count
    if (window !== undefined) window.hardLimit = Math.max(window.hardLimit ?? 0, most)
  }
  if (windows.every(({ hardLimit }) => hardLimit === undefined)) return undefined
  return { meter, windows, until: Math.min(changes, ...windows.map(({ until }) => until)) }
}

/**
 * The rates that hold for a feature in a licence, of which enforcers may have parts.
 * @returns a reason: nothing may be used of this licence now
 */
export function leasableRates(world: World, license: LicenseRecord, feature: string, now: Instant): readonly Rate[] | Reason {
  const stands = standing(world, license, now)
  if (stands === undefined) return []
  if (typeof stands === 'string') return stands
  const known = stands.terms.features.get(feature)
  const entries = known === undefined || known.feature.repair ? [] : (stands.plan.entries[known.index] ?? [])
  return entries.flatMap(({ entry: { rate, then } }) => [
    ...(rate === undefined ? [] : [rate]),
    ...(then.kind === 'throttle' ? [then.rate] : []),
  ])
}

/**
 * What a licence sells, while it may be used.
 * @returns a reason: it may not; `undefined`: two plans say yes to what a degraded licence uses, and what neither can say alone is asked of
 * the ledger, as is what is only advised
 */
function standing(
  world: World,
  license: LicenseRecord,
  now: Instant,
): { terms: CompiledTerms; plan: CompiledPlan; changes: Instant } | Reason | undefined {
  const sold = world.sold(license)
  if (sold === undefined) return 'no_license'
  const { terms, plan } = sold
  const state = licenseState(license, plan.plan, now)
  if (state.kind === 'refused') return state.reason
  if (state.kind === 'degraded' || plan.plan.enforcement === 'advise') return undefined
  const { holder } = license.fact
  // A licence may name a holder whom nobody stated yet, or who is gone.
  const status = holder === undefined ? 'active' : world.identities.status(world.identities.row(holder))
  if (status !== 'active') return status === undefined ? 'identity_unknown' : `identity_${status}`
  return { terms, plan, changes: state.changes }
}

function sameWindow(a: QuotaWindow, b: QuotaWindow): boolean {
  return a.from === b.from && a.until === b.until
}
