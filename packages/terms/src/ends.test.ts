import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEnds } from './ends.ts'
import type { Ends } from './model.ts'
import { offsetAt, zoneTable } from './zone.ts'

const MON_THU = [0, 1, 2, 3]
const berlinNoon: Ends = { days: MON_THU, minuteOfDay: 12 * 60, zone: 'Europe/Berlin' }

const cases: { name: string; ends: Ends; asked: string; want: string }[] = [
  { name: 'a Monday morning ends that noon', ends: berlinNoon, asked: '2027-01-11T08:00:00Z', want: '2027-01-11T11:00:00Z' },
  { name: 'an allowed instant stays as it is', ends: berlinNoon, asked: '2027-01-11T11:00:00Z', want: '2027-01-11T11:00:00Z' },
  {
    name: 'a millisecond after an allowed instant waits for the next',
    ends: berlinNoon,
    asked: '2027-01-11T11:00:00.001Z',
    want: '2027-01-12T11:00:00Z',
  },
  { name: 'a Thursday afternoon waits for Monday', ends: berlinNoon, asked: '2027-01-14T11:00:00.001Z', want: '2027-01-18T11:00:00Z' },
  { name: 'a midnight on a weekend waits for Monday noon', ends: berlinNoon, asked: '2027-01-16T23:00:00Z', want: '2027-01-18T11:00:00Z' },
  {
    name: 'summer time moves the instant, not the local time',
    ends: berlinNoon,
    asked: '2027-07-05T00:00:00Z',
    want: '2027-07-05T10:00:00Z',
  },
  {
    name: 'the day is that of the zone: Sunday in UTC is Monday in Auckland',
    ends: { days: [0], minuteOfDay: 9 * 60, zone: 'Pacific/Auckland' },
    asked: '2026-11-22T12:00:00Z',
    want: '2026-11-22T20:00:00Z',
  },
  {
    name: 'a time in the gap of spring counts as the end of the gap',
    ends: { days: [6], minuteOfDay: 2 * 60 + 30, zone: 'Europe/Berlin' },
    asked: '2027-03-28T00:00:00Z',
    want: '2027-03-28T01:00:00Z',
  },
  {
    name: 'a time that comes twice in autumn is the first of the two',
    ends: { days: [6], minuteOfDay: 2 * 60 + 30, zone: 'Europe/Berlin' },
    asked: '2027-10-30T12:00:00Z',
    want: '2027-10-31T00:30:00Z',
  },
  {
    name: 'between the two it waits a week rather than end at the second',
    ends: { days: [6], minuteOfDay: 2 * 60 + 30, zone: 'Europe/Berlin' },
    asked: '2027-10-31T01:00:00Z',
    want: '2027-11-07T01:30:00Z',
  },
  {
    name: 'a midnight that the clock skips is the first instant of that day',
    ends: { days: [6], minuteOfDay: 0, zone: 'America/Asuncion' },
    asked: '2022-10-02T03:00:00Z',
    want: '2022-10-02T04:00:00Z',
  },
  {
    name: 'late in an evening that the clock cuts short, it is the end of that gap, though the date is another',
    ends: { days: [5], minuteOfDay: 23 * 60 + 30, zone: 'America/Scoresbysund' },
    asked: '2025-03-30T00:30:00Z',
    want: '2025-03-30T01:00:00Z',
  },
  {
    name: 'one day a week, asked a minute late, is almost a week later',
    ends: { days: [2], minuteOfDay: 0, zone: 'UTC' },
    asked: '2027-01-13T00:01:00Z',
    want: '2027-01-20T00:00:00Z',
  },
  {
    name: 'and so it is in the zone whose day begins first',
    ends: { days: [2], minuteOfDay: 0, zone: 'Pacific/Kiritimati' },
    asked: '2027-01-12T10:01:00Z',
    want: '2027-01-19T10:00:00Z',
  },
  {
    name: 'before 1970 the weekdays still hold',
    ends: { days: [0], minuteOfDay: 0, zone: 'UTC' },
    asked: '1969-12-30T00:00:00Z',
    want: '1970-01-05T00:00:00Z',
  },
]
for (const { name, ends, asked, want } of cases)
  test(name, () => {
    expect(new Date(applyEnds(ends, Date.parse(asked))).toISOString()).toBe(new Date(want).toISOString())
  })

test('whatever is asked, the end is never earlier, on an allowed day and time unless a clock gap moved it, and stays where it is', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Asuncion']
  const rule = fc.record({
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
    minuteOfDay: fc.integer({ min: 0, max: 1439 }),
    zone: fc.constantFrom(...zones),
  })
  fc.assert(
    fc.property(rule, fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 0, 1) }), (ends, asked) => {
      const end = applyEnds(ends, asked)
      expect(end).toBeGreaterThanOrEqual(asked)
      expect(end - asked).toBeLessThanOrEqual(8 * 86_400_000)
      expect(applyEnds(ends, end)).toBe(end)
      const zone = zoneTable(ends.zone)
      if (zone.from.includes(end)) return
      const local = new Date(end + offsetAt(zone, end))
      expect(ends.days).toContain((local.getUTCDay() + 6) % 7)
      expect(local.getUTCHours() * 60 + local.getUTCMinutes()).toBe(ends.minuteOfDay)
    }),
  )
})

test('a rule that names no day is a mistake, not an endless search', () => {
  expect(() => applyEnds({ days: [], minuteOfDay: 0, zone: 'UTC' }, 0)).toThrow(new RangeError('a rule for ends names no day'))
})
