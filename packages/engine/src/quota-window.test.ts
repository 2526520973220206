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
