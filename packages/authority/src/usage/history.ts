import type { Instant } from '@writ/engine'
import { isZone, zoneTable } from '@writ/terms'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import type { Reach } from '../enforcers/scope.ts'
import { soldAs } from '../licenses/license.ts'
import { readLicense } from '../licenses/service.ts'
import { type Consumed, readHistory } from './history-store.ts'
import { type Step, stepsOf } from './steps.ts'

export const MOST_STEPS = 800
const DAY = 86_400_000
/** How far back one looks who does not say. */
const LOOK_BACK: Readonly<Record<Step, number>> = { hour: 2 * DAY, day: 30 * DAY, month: 365 * DAY }

export interface HistoryAsked {
  readonly license: string
  readonly meter: string
  readonly step: Step
  /** Absent: two days, 30 days or a year before `to`. */
  readonly from?: Instant
  /** Exclusive. Absent: now. */
  readonly to?: Instant
  /** Whose days and months. Absent: the plan's, where it counts the meter by a calendar, and else UTC. */
  readonly zone?: string
}

export interface History {
  readonly zone: string
  /** Of the meter; absent: the licence's edition does not have it any more. */
  readonly unit: string | undefined
  /** Each step, those without usage too, in order. */
  readonly steps: readonly (Consumed & { readonly from: Instant; readonly until: Instant })[]
}

/**
 * What a licence consumed of a meter, step by step. What was reserved counts once it is settled, at the instant it was reserved.
 * @throws {ApiError} LICENSE_UNKNOWN; REQUEST_INVALID for an empty period, for more than 800 steps, and for a meter that neither the
 *   licence's terms have nor anything was consumed of
 */
export async function historyOf(authority: Authority, reach: Reach, asked: HistoryAsked): Promise<History> {
  const { license, meter, step, to = authority.clock(), from = Math.max(0, to - LOOK_BACK[step]) } = asked
  const row = await readLicense(authority, reach, license)
  const { terms, plan } = soldAs(authority.world, row)
  const zone = asked.zone ?? plan.windows.get(meter)?.find((counted) => counted.zone !== undefined)?.zone?.name ?? 'UTC'
  if (!isZone(zone)) throw unfit('/zone', 'must be a name of the IANA time zone database', 'query')
  if (from >= to) throw unfit('/from', 'must be before to', 'query')
  const edges = stepsOf(step, zoneTable(zone), from, to, MOST_STEPS)
  if (edges === undefined)
    throw unfit('/from', `must be at most ${MOST_STEPS} steps before to; take longer steps, or a shorter period`, 'query')

  const consumed = await readHistory(authority.db, license, meter, edges)
  const unit = terms.terms.meters.get(meter)?.unit
  if (unit === undefined && consumed.every(({ times }) => times === 0))
    throw unfit('/meter', 'must be a meter of the licence’s terms', 'query')
  return { zone, unit, steps: consumed.map((each, n) => ({ ...each, from: edges[n] as Instant, until: edges[n + 1] as Instant })) }
}
