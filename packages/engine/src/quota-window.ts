import { type CompiledLimit, instantOf, type Limit, offsetAt, type Zone } from '@writ/terms'
import type { Instant } from './facts.ts'

const HOUR = 3_600_000
const DAY = 86_400_000

export interface Window {
  readonly from: Instant
  readonly until: Instant
}

/** The half-open window of a limit that holds `now`: counted from the licence's start day in UTC, or a calendar one in its zone. */
export function windowOf(compiled: CompiledLimit, starts: Instant, now: Instant): Window {
  const { limit, zone } = compiled
  if (zone !== undefined) return calendarWindow(limit.period, zone, now)
  const anchor = Math.floor(starts / DAY) * DAY
  const known = latest.get(compiled)
  if (known !== undefined && known.anchor === anchor && known.window.from <= now && now < known.window.until) return known.window
  const window = anchoredWindow(limit.period, anchor, now)
  latest.set(compiled, { anchor, window })
  return window
}

/** Of each limit the last window that was asked for: the next question is mostly about the same, and the calendar is a fifth of a decision. */
const latest = new WeakMap<CompiledLimit, { readonly anchor: Instant; readonly window: Window }>()

function anchoredWindow(period: Limit['period'], anchor: Instant, now: Instant): Window {
  if (period === 'hour') return regular(anchor, HOUR, now)
  if (period === 'day') return regular(anchor, DAY, now)
  if (period === 'week') return regular(anchor, 7 * DAY, now)
  const step = period === 'month' ? 1 : 12
  let months = Math.floor((monthNumber(now) - monthNumber(anchor)) / step) * step
  if (now < monthsLater(anchor, months)) months -= step
  return { from: monthsLater(anchor, months), until: monthsLater(anchor, months + step) }
}

function regular(anchor: Instant, length: number, now: Instant): Window {
  const from = anchor + Math.floor((now - anchor) / length) * length
  return { from, until: from + length }
}

function monthNumber(instant: Instant): number {
  return civil(Math.floor(instant / DAY)).month
}

/** The anchor's day of the month so many months later, clamped to the month's last day: from the 31st to the 30th, never into the next month. */
function monthsLater(anchor: Instant, months: number): Instant {
  const { month, day } = civil(anchor / DAY)
  const first = dayOf(month + months)
  return Math.min(first + day, dayOf(month + months + 1) - 1) * DAY
}

/** Months since year 0 and days into the month (from 0) of a day since 1970, proleptic Gregorian; `Date` would cost ten times as much. */
function civil(epochDay: number): { month: number; day: number } {
  const shifted = epochDay + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  // The civil year of this scheme begins in March.
  return { month: (yearOfEra + era * 400) * 12 + marchMonth + 2, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) }
}

/** The first day of a month, in days since 1970. */
function dayOf(month: number): number {
  const march = month - 2
  const year = Math.floor(march / 12)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (march - year * 12) + 2) / 5)
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

function calendarWindow(period: Limit['period'], zone: Zone, now: Instant): Window {
  // A clock turned back over midnight shows yesterday's date again; the window that has begun stays the one in force.
  const window = localWindow(period, zone, now + offsetAt(zone, now))
  return now < window.until ? window : localWindow(period, zone, window.until + offsetAt(zone, window.until))
}

function localWindow(period: Limit['period'], zone: Zone, local: number): Window {
  const date = new Date(local)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  const at = (y: number, m: number, d: number): Instant => instantOf(zone, Date.UTC(y, m, d))
  switch (period) {
    case 'year':
      return { from: at(year, 0, 1), until: at(year + 1, 0, 1) }
    case 'month':
      return { from: at(year, month, 1), until: at(year, month + 1, 1) }
    case 'week': {
      const monday = day - ((date.getUTCDay() + 6) % 7)
      return { from: at(year, month, monday), until: at(year, month, monday + 7) }
    }
    case 'day':
      return { from: at(year, month, day), until: at(year, month, day + 1) }
    case 'hour': {
      const from = Math.floor(local / HOUR) * HOUR
      return { from: instantOf(zone, from), until: instantOf(zone, from + HOUR) }
    }
  }
}
