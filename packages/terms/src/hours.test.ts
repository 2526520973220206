import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileHours, isOpen, nextChange } from './hours.ts'
import type { Hours } from './model.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** The rules of `decision.md` section 7 minute by minute: the clock on the wall, the weekday it shows, and nothing of the engine's. */
function plainly({ zone, open, closedOn }: Hours): (at: number) => boolean {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  const isClosed = (day: string): boolean => closedOn.includes(day)
  return (at) => {
    const [today = '', time = ''] = format.format(at).split(' ')
    const [hour = 0, minute = 0] = time.split(':').map(Number)
    const shown = hour * 60 + minute
    const yesterday = new Date(Date.parse(`${today}T00:00:00Z`) - DAY).toISOString().slice(0, 10)
    const weekday = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
    if (isClosed(today)) return false
    return open.some(
      ({ day, fromMinute, untilMinute }) =>
        (day === weekday(today) && fromMinute <= shown && shown < untilMinute) ||
        (day === weekday(yesterday) && !isClosed(yesterday) && shown < untilMinute - 1440),
    )
  }
}

const week = (fromMinute: number, untilMinute: number, days = [0, 1, 2, 3, 4, 5, 6]) =>
  days.map((day) => ({ day, fromMinute, untilMinute }))
/** Days around a clock change of each zone, and a plain one. */
const PLACES: readonly (readonly [zone: string, day: string])[] = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Casablanca', '2026-02-15'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['Asia/Tokyo', '2026-12-31'],
]
const arbitraryHours = fc
  .record({
    place: fc.constantFrom(...PLACES),
    windows: fc.array(
      fc.record({
        days: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
        fromMinute: fc.oneof(fc.constantFrom(0, 60, 90, 105, 120, 150, 180), fc.integer({ min: 0, max: 1439 })),
        length: fc.oneof(fc.constantFrom(15, 30, 60, 1440), fc.integer({ min: 1, max: 1440 })),
      }),
      { maxLength: 3 },
    ),
    closed: fc.subarray([-1, 0, 1]),
  })
  .map(({ place: [zone, day], windows, closed }) => ({
    day: Date.parse(`${day}T00:00:00Z`),
    hours: {
      zone,
      open: windows.flatMap(({ days, fromMinute, length }) => week(fromMinute, fromMinute + length, days)),
      closedOn: closed.map((off) => new Date(Date.parse(`${day}T00:00:00Z`) + off * DAY).toISOString().slice(0, 10)),
    } satisfies Hours,
  }))

test('open and shut are what a clock on the wall says, minute by minute across clock changes and closed days', () => {
  let changes = 0
  fc.assert(
    fc.property(arbitraryHours, ({ day, hours }) => {
      const [compiled, plain] = [compileHours(hours), plainly(hours)]
      let change = nextChange(compiled, day - DAY)
      let was = isOpen(compiled, day - DAY)
      for (let at = day - DAY; at < day + 2 * DAY; at += 5 * MINUTE) {
        const now = isOpen(compiled, at)
        expect(now, new Date(at).toISOString()).toBe(plain(at))
        if (at < change) expect(now, `${new Date(at).toISOString()}, before the next change`).toBe(was)
        else {
          changes++
          expect(plain(change - MINUTE), `before ${new Date(change).toISOString()}`).toBe(was)
          expect(plain(change), `at ${new Date(change).toISOString()}`).toBe(!was)
          was = !was
          change = nextChange(compiled, change)
          while (change <= at) {
            was = !was
            change = nextChange(compiled, change)
          }
        }
      }
    }),
    { numRuns: 60 },
  )
  expect(changes).toBeGreaterThan(50)
}, 60_000)

const cases: { name: string; hours: Partial<Hours>; at: string; next: string | undefined }[] = [
  { name: 'always open never changes', hours: { open: week(0, 1440) }, at: '2026-03-29T00:30:00Z', next: undefined },
  { name: 'never open never changes', hours: { open: [] }, at: '2026-03-29T00:30:00Z', next: undefined },
  {
    name: 'a window that is over goes on next week',
    hours: { open: week(480, 540, [0]) },
    at: '2026-03-23T09:00:00Z',
    next: '2026-03-30T06:00:00.000Z',
  },
  {
    name: 'two windows that meet are one',
    hours: { open: [...week(480, 540, [0]), ...week(540, 600, [0])] },
    at: '2026-03-23T07:30:00Z',
    next: '2026-03-23T09:00:00.000Z',
  },
  {
    name: 'a window into a closed day ends at its midnight',
    hours: { open: week(1320, 1800), closedOn: ['2026-12-25'] },
    at: '2026-12-24T22:30:00Z',
    next: '2026-12-24T23:00:00.000Z',
  },
  {
    name: 'a window of a closed day does not open, nor run into the next',
    hours: { open: week(1320, 1800, [4]), closedOn: ['2026-12-25'] },
    at: '2026-12-25T12:00:00Z',
    next: '2027-01-01T21:00:00.000Z',
  },
]
for (const { name, hours, at, next } of [
  ...cases,
  {
    name: 'windows on either side of the gap of spring are one',
    hours: { open: [...week(0, 120, [6]), ...week(180, 300, [6])] },
    at: '2026-03-29T00:30:00Z',
    next: '2026-03-29T03:00:00.000Z',
  },
])
  test(name, () => {
    const change = nextChange(compileHours({ zone: 'Europe/Berlin', open: [], closedOn: [], ...hours }), Date.parse(at))
    expect(Number.isFinite(change) ? new Date(change).toISOString() : undefined).toBe(next)
  })

test('at the first and the last instant of all time the hours still hold', () => {
  const hours = compileHours({ zone: 'UTC', open: week(480, 540), closedOn: [] })
  expect(nextChange(hours, -8.64e15)).toBe(-8.64e15 + 480 * MINUTE)
  expect(nextChange(hours, 8.64e15)).toBe(8.64e15 + 480 * MINUTE)
  expect(isOpen(hours, Number.NaN)).toBe(false)
})

for (const at of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, 8.64e15 + 1])
  test(`beyond all time, at ${at}, nothing changes any more`, () => {
    expect(nextChange(compileHours({ zone: 'Europe/Berlin', open: week(480, 540), closedOn: [] }), at)).toBe(Number.POSITIVE_INFINITY)
  })
