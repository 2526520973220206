import { endOf, type Instant, licenseState } from '@writ/engine'
import type { Authority } from '../app/authority.ts'
import { inTurns } from '../app/in-turns.ts'
import type { Reach } from '../enforcers/scope.ts'
import type { LicenseView } from '../licenses/license.ts'
import { inSight, pageOfEndings } from '../licenses/overview.ts'
import { fullestLimits, type LimitFill } from '../usage/limits.ts'
import { type DayOfUse, seatsByDay, usageByDay } from './store.ts'
import { perDay } from './trend.ts'

const DAY = 86_400_000
/** How far back a trend looks. */
const LOOK_BACK_DAYS = 28
const MOST = 200

export interface ForecastAsked {
  readonly days: number
  readonly organization?: string
  readonly product?: string
}

/** A limit that is full before its window is over, if it goes on so. */
export interface Exhaustion {
  readonly fill: LimitFill
  readonly perDay: number
  readonly at: Instant
}

export interface Forecast {
  readonly at: Instant
  readonly until: Instant
  readonly ends: { readonly licenses: number; readonly trials: number; readonly graces: number }
  /** The soonest. */
  readonly endings: readonly LicenseView[]
  readonly exhaustions: readonly Exhaustion[]
  /** Limits in use of which there is too little to say. */
  readonly unclear: number
}

/** What will happen by itself: what ends, and what runs out at the present trend. */
export async function forecast(authority: Authority, reach: Reach, { days, ...among }: ForecastAsked): Promise<Forecast> {
  const at = authority.clock()
  const until = at + days * DAY
  const ends = { licenses: 0, trials: 0, graces: 0 }
  await inTurns(inSight(authority, reach, among), (license) => {
    const plan = authority.world.sold(license)?.plan.plan
    if (plan === undefined || license.revoked_at !== undefined) return
    const end = endOf(license)
    if (end >= at && end < until) ends[license.trial_ends === undefined ? 'licenses' : 'trials']++
    const state = licenseState(license, plan, at)
    if (state.kind === 'in_grace' && state.until < until) ends.graces++
  })
  const listing = { by: 'ends', descending: false, after: undefined, limit: MOST } as const
  const { items: endings } = await pageOfEndings(authority, reach, { from: at, until, ...among }, listing)
  const { items } = await fullestLimits(authority, reach, among, 0.01, MOST)
  return { at, until, ends, endings, ...(await runningOut(authority, items, at, until)) }
}

async function runningOut({ db }: Authority, fills: readonly LimitFill[], at: Instant, horizon: Instant) {
  const from = at - LOOK_BACK_DAYS * DAY
  const [meters, seats] = [fills.filter(({ kind }) => kind === 'meter'), fills.filter(({ kind }) => kind === 'seats')]
  const used = await usageByDay(
    db,
    meters.map(({ license, meter = '' }) => ({ license: license.id, meter })),
    from,
    at,
  )
  const taken = await seatsByDay(
    db,
    seats.map(({ license }) => license.id),
    from,
    at,
  )
  const exhaustions: Exhaustion[] = []
  let unclear = 0
  for (const [fills, days] of [
    [meters, used],
    [seats, taken],
  ] as const) {
    const byPlace = Map.groupBy(days, ({ place }) => place)
    for (const [place, fill] of fills.entries()) {
      const slope = perDay(daily(byPlace.get(place) ?? [], fill, from))
      if (slope === undefined) unclear++
      else if (slope > 0) {
        const left = Math.max(0, fill.limit - fill.used - fill.reserved - fill.leased)
        const full = at + (left / slope) * DAY
        if (full < Math.min(fill.until ?? Number.POSITIVE_INFINITY, endOf(fill.license), horizon))
          exhaustions.push({ fill, perDay: slope, at: full })
      }
    }
  }
  return { exhaustions: exhaustions.sort((a, b) => a.at - b.at), unclear }
}

/** One number a day. Of a meter from the first use on, or a quiet beginning would hide what goes on; of seats since the licence began. */
function daily(days: readonly DayOfUse[], { kind, license }: LimitFill, from: Instant): number[] {
  const all = Array<number>(LOOK_BACK_DAYS).fill(0)
  for (const { day, amount } of days) if (day < LOOK_BACK_DAYS) all[day] = amount
  const began = Math.max(0, Math.floor((license.starts - from) / DAY))
  const first = kind === 'seats' ? began : all.findIndex((amount) => amount > 0)
  return first < 0 ? [] : all.slice(first)
}
