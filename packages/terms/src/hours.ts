import type { Hours } from './model.ts'
import { offsetIndex, type Zone, zoneTable } from './zone.ts'

const DAY = 86_400_000
const MINUTE = 60_000
/** How far ahead the next opening is looked for; a plan shut for longer is shut for good, as far as an answer's `expires` goes. */
const HORIZON_DAYS = 800
/** The last millisecond of `Date`, ECMA-262 section 21.4.1.1. */
const LAST_INSTANT = 8.64e15

/** Opening hours, ready to be asked: windows by the weekday they open on, closed days as local day numbers. */
export interface OpeningHours {
  readonly zone: Zone
  readonly opens: readonly (readonly Window[])[]
  readonly closed: ReadonlySet<number>
}

/** In milliseconds after the midnight that begins its day; `until` may lie in the next. */
interface Window {
  readonly from: number
  readonly until: number
}

export function compileHours(hours: Hours): OpeningHours {
  const opens = Array.from({ length: 7 }, (_, weekday) =>
    hours.open
      .filter(({ day }) => day === weekday)
      .map(({ fromMinute, untilMinute }) => ({ from: fromMinute * MINUTE, until: untilMinute * MINUTE })),
  )
  const closed = new Set(hours.closedOn.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY))
  return { zone: zoneTable(hours.zone), opens, closed }
}

/**
 * Whether it is open at an instant. The wall clock decides, which gives both clock changes their meaning (`decision.md` section 7):
 * a local time in a gap is never shown, so a window from or until it begins or ends at the gap's end; in an overlap both passes show it.
 */
export function isOpen(hours: OpeningHours, at: number): boolean {
  const { zone } = hours
  return isOpenLocally(hours, at + (zone.offset[offsetIndex(zone, at)] as number))
}

function isOpenLocally({ opens, closed }: OpeningHours, local: number): boolean {
  const day = Math.floor(local / DAY)
  if (closed.has(day)) return false
  const time = local - day * DAY
  for (const { from, until } of windowsOn(day, opens)) if (from <= time && time < until) return true
  if (closed.has(day - 1)) return false
  for (const { until } of windowsOn(day - 1, opens)) if (time < until - DAY) return true
  return false
}

/** The first instant after `at` when it opens or closes; Infinity when that never happens. */
export function nextChange(hours: OpeningHours, at: number): number {
  // Beyond what `Date` can hold days no longer count up one by one, and the search below would never end.
  if (!(Math.abs(at) <= LAST_INSTANT)) return Number.POSITIVE_INFINITY
  const { zone } = hours
  const now = isOpen(hours, at)
  let instant = at
  for (let row = offsetIndex(zone, at); ; row++) {
    const offset = zone.offset[row] as number
    const until = zone.from[row + 1] ?? Number.POSITIVE_INFINITY
    const stop = Math.min(until, at + HORIZON_DAYS * DAY)
    const local = firstLocalChange(hours, instant + offset, stop + offset, now)
    if (local !== undefined) return local - offset
    if (stop !== until) return Number.POSITIVE_INFINITY
    if (isOpen(hours, until) !== now) return until
    instant = until
  }
}

function firstLocalChange(hours: OpeningHours, after: number, until: number, now: boolean): number | undefined {
  for (let day = Math.floor(after / DAY); day * DAY < until; day++) {
    let first = Number.POSITIVE_INFINITY
    const look = (time: number): void => {
      const local = day * DAY + time
      if (local > after && local < until && local < first && isOpenLocally(hours, local) !== now) first = local
    }
    for (const { from, until: end } of windowsOn(day, hours.opens)) {
      look(from)
      look(Math.min(end, DAY))
    }
    for (const { until: end } of windowsOn(day - 1, hours.opens)) look(end - DAY)
    if (first !== Number.POSITIVE_INFINITY) return first
  }
  return undefined
}

/** 1970-01-01 was a Thursday, and 0 is Monday. A day beyond all time is none. */
function windowsOn(day: number, opens: OpeningHours['opens']): readonly Window[] {
  return opens[(((day + 3) % 7) + 7) % 7] ?? []
}
