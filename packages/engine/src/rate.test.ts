import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrivalAfter, readyAt, roomFor } from './rate.ts'

const rate = { count: 2, periodSeconds: 1, burst: 4 } as const
const never = Number.NEGATIVE_INFINITY

test('an untouched bucket holds a burst, and not one more', () => {
  expect(readyAt(rate, never, 4)).toBe(never)
  expect(readyAt(rate, never, 5)).toBe(Number.POSITIVE_INFINITY)
  expect(roomFor(rate, never, 0)).toBe(4)
})

test('an emptied bucket fills by one unit each emission', () => {
  const arrival = arrivalAfter(rate, never, 4, 0)
  expect(arrival).toBe(2000)
  expect(readyAt(rate, arrival, 1)).toBe(500)
  expect(readyAt(rate, arrival, 4)).toBe(2000)
  expect([0, 499, 500, 999, 1000, 2000, 9000].map((now) => roomFor(rate, arrival, now))).toEqual([0, 0, 1, 1, 2, 4, 4])
})

test('what goes through while units are left moves the bucket from where it stands', () => {
  expect(arrivalAfter(rate, 1000, 1, 400)).toBe(1500)
  expect(arrivalAfter(rate, 1000, 1, 1400)).toBe(1900)
})

test('a hundred questions at exactly their times all go through, whatever the fraction', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 997 }),
      fc.constantFrom<1 | 60 | 3600>(1, 60, 3600),
      fc.integer({ min: 0, max: 4e12 }),
      (count, periodSeconds, start) => {
        const one = { count, periodSeconds, burst: 1 }
        let arrival = never
        let now = start
        for (let i = 0; i < 100; i++) {
          expect(readyAt(one, arrival, 1)).toBeLessThanOrEqual(now)
          expect(roomFor(one, arrival, now)).toBe(1)
          arrival = arrivalAfter(one, arrival, 1, now)
          expect(roomFor(one, arrival, now)).toBe(0)
          now = Math.max(now, readyAt(one, arrival, 1))
        }
        // Never faster than the rate: a hundredth unit has taken ninety-nine emissions, to a millisecond.
        expect(now - start).toBeGreaterThanOrEqual((99 * periodSeconds * 1000) / count - 1)
      },
    ),
    { numRuns: 200 },
  )
})

test('room and readiness agree to the last bit of an instant', () => {
  const one = { count: 995, periodSeconds: 1, burst: 1 } as const
  let arrival = never
  let now = 549_755_813_790
  for (let i = 0; i < 100; i++) {
    expect(roomFor(one, arrival, now)).toBe(1)
    arrival = arrivalAfter(one, arrival, 1, now)
    now = Math.max(now, readyAt(one, arrival, 1))
  }
})

test('a bucket whose state is no number has no room', () => {
  expect(roomFor(rate, Number.NaN, 0)).toBe(0)
})

test('room and readiness say the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: -100_000, max: 100_000 }),
      fc.integer({ min: 1, max: 50 }),
      (count, burst, backlog, amount) => {
        const one = { count, periodSeconds: 60, burst } as const
        const now = 1_000_000
        expect(readyAt(one, now + backlog, amount) <= now).toBe(roomFor(one, now + backlog, now) >= amount)
      },
    ),
    { numRuns: 2000 },
  )
})
