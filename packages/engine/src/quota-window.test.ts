import { zoneTable } from '@writ/terms'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { windowOf } from './quota-window.ts'

const DAY = 86_400_000

/** The plain version: `Date` arithmetic. */
function plainMonthsLater(anchor: number, months: number): number {
  const date = new Date(anchor)
  const month = date.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastDay))
}

for (const period of ['month', 'year'] as const) {
  test(`a ${period} counted from the start day is what calendar arithmetic says`, () => {
    const step = period === 'month' ? 1 : 12
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 47_000 }), fc.integer({ min: 0, max: 4e12 }), (startDay, now) => {
        const starts = startDay * DAY
        const { from, until } = windowOf({ limit: { count: 1, perSeat: false, period } }, starts, now)
        expect(from <= now && now < until).toBe(true)
        const months = Math.round((from - starts) / (30.436875 * DAY) / step) * step
        expect(from).toBe(plainMonthsLater(starts, months))
        expect(until).toBe(plainMonthsLater(starts, months + step))
      }),
      { numRuns: 2000 },
    )
  })
}

function calendar(period: 'hour' | 'day' | 'week' | 'month' | 'year', zone: string, at: string): string {
  const limit = { count: 1, perSeat: false, period, calendarZone: zone } as const
  const { from, until } = windowOf({ limit, zone: zoneTable(zone) }, 0, Date.parse(at))
  return `${new Date(from).toISOString().slice(0, 16)} ${new Date(until).toISOString().slice(0, 16)}`
}

const calendars: [string, string][] = [
  ['a calendar week begins on Monday', calendar('week', 'Europe/Berlin', '2026-05-13T12:00:00Z')],
  ['on Monday at midnight', calendar('week', 'Europe/Berlin', '2026-05-10T22:00:00Z')],
  ['and holds Sunday to its last second', calendar('week', 'Europe/Berlin', '2026-05-17T21:59:59Z')],
]
for (const [name, got] of calendars) test(name, () => expect(got).toBe('2026-05-10T22:00 2026-05-17T22:00'))

test('the next calendar week begins where the last ends, an hour longer when the clocks go back', () => {
  expect(calendar('week', 'Europe/Berlin', '2026-05-17T22:00:00Z')).toBe('2026-05-17T22:00 2026-05-24T22:00')
  expect(calendar('week', 'Europe/Berlin', '2026-10-21T12:00:00Z')).toBe('2026-10-18T22:00 2026-10-25T23:00')
})

test('a calendar hour, day, month and year are those of the zone', () => {
  const at = '2026-12-31T23:30:00Z'
  expect(calendar('hour', 'Asia/Kolkata', at)).toBe('2026-12-31T23:30 2027-01-01T00:30')
  expect(calendar('day', 'Asia/Kolkata', at)).toBe('2026-12-31T18:30 2027-01-01T18:30')
  expect(calendar('month', 'Asia/Kolkata', at)).toBe('2026-12-31T18:30 2027-01-31T18:30')
  expect(calendar('year', 'Asia/Kolkata', at)).toBe('2026-12-31T18:30 2027-12-31T18:30')
})

test('a day that has begun stays, though the clock is turned back over midnight', () => {
  // Newfoundland, 2010-11-07: one minute after midnight it was 23:01 again.
  expect(calendar('day', 'America/St_Johns', '2010-11-07T02:29:00Z')).toBe('2010-11-06T02:30 2010-11-07T02:30')
  for (const at of ['2010-11-07T02:30:00Z', '2010-11-07T02:40:00Z', '2010-11-07T03:30:00Z'])
    expect(calendar('day', 'America/St_Johns', at)).toBe('2010-11-07T02:30 2010-11-08T03:30')
  expect(calendar('hour', 'America/St_Johns', '2010-11-07T02:40:00Z')).toBe('2010-11-07T02:30 2010-11-07T04:30')
})

test('a limit that is asked for many instants and licences, in any order, answers each as one that was never asked', () => {
  const asks = fc.record({ starts: fc.integer({ min: 0, max: 4e12 }), after: fc.integer({ min: 0, max: 4e10 }) })
  const periods = fc.constantFrom(...(['hour', 'day', 'week', 'month', 'year'] as const))
  fc.assert(
    fc.property(periods, fc.array(asks, { minLength: 2, maxLength: 20 }), (period, all) => {
      const one = { limit: { count: 1, perSeat: false, period } }
      // Twice over, so that the last instant of a window and the first after it come after one another too.
      for (const { starts, after } of [...all, ...all]) {
        const { until } = windowOf({ limit: { ...one.limit } }, starts, starts + after)
        for (const now of [starts + after, until - 1, until, starts + after])
          expect(windowOf(one, starts, now)).toEqual(windowOf({ limit: { ...one.limit } }, starts, now))
      }
    }),
  )
})
