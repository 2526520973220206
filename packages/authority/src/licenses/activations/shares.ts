import { type Instant, windowOf } from '@writ/engine'
import type { CompiledLimit } from '@writ/terms'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import type { Tx } from '../../app/database.ts'
import { readHolds } from '../../usage/reservation-store.ts'
import { type CounterKey, lockCounters } from '../../usage/store.ts'
import { type Offer, soldAs } from '../license.ts'
import type { LicenseRow } from '../store.ts'
import { holdId, holdsOf, insertHold } from './share-store.ts'

/** One meter's windows that a file can be used in; each is a row. */
const MOST_WINDOWS = 400
/** What was spent in a window may be told so long after the file could be used last. */
const SETTLED_LATER_MILLISECONDS = 3 * 86_400_000

interface Holding {
  readonly activation: string
  readonly quotas: Readonly<Record<string, number>>
  readonly now: Instant
  /** Exclusive: from then on the file says no by itself. */
  readonly until: Instant
}

/**
 * Takes the share of a device from every window in which its file can be used, under the locks of the ledger: what is held here, spent
 * online and held by others is never more than the limit. Windows that it holds already stay as they are.
 * @param strict refuses what cannot be held whole; else as much is held as every window has
 * @returns units a window by meter, for the file
 * @throws {ApiError} SHARE_UNAVAILABLE
 */
export async function holdShare(
  { world }: Authority,
  tx: Tx,
  license: LicenseRow,
  { activation, quotas, now, until }: Holding,
  strict: boolean,
): Promise<Readonly<Record<string, number>>> {
  const meters = Object.entries(quotas).filter(([, amount]) => amount > 0)
  if (meters.length === 0) return {}
  const offer = soldAs(world, license)
  const plans = meters.flatMap(([meter, wanted]) => {
    const limit = hardLimit(offer, meter)
    const keys = limit && windowsUntil(limit.window, license, meter, now, until)
    if (limit !== undefined && keys !== undefined) return [{ meter, wanted, most: limit.most, keys }]
    if (strict) throw new ApiError('SHARE_UNAVAILABLE', { meter, left: 0 })
    return []
  })
  const counters = await lockCounters(
    tx,
    plans.flatMap(({ keys }) => keys),
  )
  const holds = await readHolds(tx, now, [license.id])
  const ids = plans.flatMap(({ keys }) => keys.map(({ meter, from }) => holdId(meter, from)))
  const own = new Map((await holdsOf(tx, activation, ids)).map((row) => [row.id, row.amount]))
  const leftIn = ({ meter, from, until: end }: CounterKey, most: number): number => {
    const used = counters.find((counter) => counter.meter === meter && counter.from === from && counter.until === end)?.used ?? 0
    const held = holds.filter((hold) => hold.meter === meter && hold.reservedAt >= from && hold.reservedAt < end && hold.until > now)
    return most - used - held.reduce((sum, { amount }) => sum + amount, 0)
  }
  const given: Record<string, number> = {}
  for (const { meter, wanted, most, keys } of plans) {
    let amount = wanted
    for (const key of keys) amount = Math.min(amount, own.get(holdId(meter, key.from)) ?? leftIn(key, most))
    if (strict && amount < wanted) throw new ApiError('SHARE_UNAVAILABLE', { meter, left: Math.max(0, amount) })
    if (amount < 1) continue
    for (const key of keys) {
      if (own.has(holdId(meter, key.from))) continue
      await insertHold(tx, activation, key, { amount, at: now, until: Math.max(key.until, until) + SETTLED_LATER_MILLISECONDS })
    }
    given[meter] = amount
  }
  return given
}

/** The one window in which a plan limits a meter hard; of several limits in it the narrowest. `undefined`: none, or several windows. */
function hardLimit({ plan }: Offer, meter: string): { window: CompiledLimit; most: number } | undefined {
  const windows = plan.windows.get(meter) ?? []
  const [window] = windows
  if (window === undefined || windows.length > 1 || plan.plan.enforcement === 'advise') return undefined
  let most = Number.POSITIVE_INFINITY
  for (const entry of plan.entries.flatMap((entries) => entries ?? [])) {
    if (entry.limit === undefined || entry.entry.then.kind !== 'refuse' || !isSame(entry.limit, window)) continue
    most = Math.min(most, entry.limit.limit.count)
  }
  return Number.isFinite(most) ? { window, most } : undefined
}

function isSame(a: CompiledLimit, b: CompiledLimit): boolean {
  return a.limit.period === b.limit.period && a.limit.calendarZone === b.limit.calendarZone
}

/** @returns `undefined` for more than can be held */
function windowsUntil(limit: CompiledLimit, { id, starts }: LicenseRow, meter: string, now: Instant, until: Instant) {
  const keys: CounterKey[] = []
  for (let at = Math.max(now, starts); at < until && keys.length <= MOST_WINDOWS; ) {
    const window = windowOf(limit, starts, at)
    keys.push({ license: id, meter, ...window })
    at = window.until
  }
  return keys.length > MOST_WINDOWS ? undefined : keys
}
