import type { Limit, Rate } from '../model.ts'

const PERIODS = ['hour', 'day', 'week', 'month', 'year'] as const
export const LIMIT_EXAMPLES = 'Write "1000 per month", "3 per seat per month", "5 per calendar month in Europe/Berlin" or "none".'
export const RATE_EXAMPLES = 'Write "10 per second", "10 per minute" or "10 per hour".'
const RATE_PERIODS: ReadonlyMap<string, Rate['periodSeconds']> = new Map([
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
])

/** `3 per seat per calendar month in Asia/Tokyo`; the zone is not looked up here. A string says what is wrong. */
export function readLimit(text: string): Limit | string {
  const [, digits, seat, calendar, period, zone] = /^(\d+) per (seat per )?(calendar )?([a-z]+)(?: in (\S+))?$/.exec(text) ?? []
  if (digits === undefined) return 'is not a limit'
  const count = Number(digits)
  const known = PERIODS.find((each) => each === period)
  if (!Number.isSafeInteger(count)) return 'is too large a number'
  if (known === undefined) return 'has a period that is none of hour, day, week, month, year'
  const limit = { count, perSeat: seat !== undefined, period: known }
  if (calendar === undefined) return zone === undefined ? limit : 'names a zone, which only a calendar period has'
  if (known === 'hour') return 'has a calendar hour; a calendar period is a day, week, month or year'
  return zone === undefined ? 'needs the zone of its calendar' : { ...limit, calendarZone: zone }
}

export function writeLimit({ count, perSeat, period, calendarZone }: Limit): string {
  const seat = perSeat ? 'per seat per' : 'per'
  return calendarZone === undefined ? `${count} ${seat} ${period}` : `${count} ${seat} calendar ${period} in ${calendarZone}`
}

/** `10 per second`, without its burst, which stands beside it. */
export function readRate(text: string): Omit<Rate, 'burst'> | undefined {
  const [, digits, period] = /^(\d+) per ([a-z]+)$/.exec(text) ?? []
  const periodSeconds = RATE_PERIODS.get(period ?? '')
  const count = Number(digits)
  return periodSeconds !== undefined && Number.isSafeInteger(count) && count >= 1 ? { count, periodSeconds } : undefined
}

export function writeRate({ count, periodSeconds }: Omit<Rate, 'burst'>): string {
  return `${count} per ${{ 1: 'second', 60: 'minute', 3600: 'hour' }[periodSeconds]}`
}
