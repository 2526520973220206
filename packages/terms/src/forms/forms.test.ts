import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDuration, writeDuration } from './duration.ts'
import { readLimit, readRate, writeLimit, writeRate } from './limit.ts'
import { readFraction, readPercent, readSpeed, writeFraction, writePercent, writeSpeed } from './number.ts'
import { isDate, readDays, readHours, readTime, sortedWindows, writeDays, writeHours, writeTime } from './week.ts'

const DAY = 86_400

describe('a duration', () => {
  const cases: Record<string, number | undefined> = {
    '90 s': 90,
    '1 second': 1,
    '15 minutes': 900,
    '1 hour': 3600,
    '72 hours': 3 * DAY,
    '30 days': 30 * DAY,
    '2 weeks': 14 * DAY,
    '90s': 90,
    '0 s': 0,
    '36600 days': 36_600 * DAY,
    '36601 days': undefined,
    '1 month': undefined,
    '1.5 hours': undefined,
    '-1 day': undefined,
    '1 Hour': undefined,
    '': undefined,
    hour: undefined,
    '1 hour 30 minutes': undefined,
    'about 1 hour': undefined,
    '1 hour!': undefined,
    '1  hour': undefined,
    '1 hours': 3600,
    '1 houry': undefined,
    '1 days': DAY,
    '1 sec': undefined,
    '1 ms': undefined,
  }
  for (const [text, seconds] of Object.entries(cases)) test(`"${text}"`, () => expect(readDuration(text)).toBe(seconds))

  test('is written in the largest unit that divides it', () => {
    expect([0, 1, 90, 60, 3600, 5400, DAY, 3 * DAY, 14 * DAY].map(writeDuration)).toEqual([
      '0 s',
      '1 s',
      '90 s',
      '1 minute',
      '1 hour',
      '90 minutes',
      '1 day',
      '3 days',
      '14 days',
    ])
  })
  test('is read as it was written', () => {
    fc.assert(fc.property(fc.nat(36_600 * DAY), (seconds) => void expect(readDuration(writeDuration(seconds))).toBe(seconds)))
  })
})

describe('a limit', () => {
  const cases: Record<string, unknown> = {
    '1000 per month': { count: 1000, perSeat: false, period: 'month' },
    '3 per seat per month': { count: 3, perSeat: true, period: 'month' },
    '5 per calendar month in Asia/Tokyo': { count: 5, perSeat: false, period: 'month', calendarZone: 'Asia/Tokyo' },
    '5 per seat per calendar week in UTC': { count: 5, perSeat: true, period: 'week', calendarZone: 'UTC' },
    '0 per hour': { count: 0, perSeat: false, period: 'hour' },
    '5 per calendar hour in UTC': 'has a calendar hour; a calendar period is a day, week, month or year',
    '5 per calendar year': 'needs the zone of its calendar',
    '5 per year in UTC': 'names a zone, which only a calendar period has',
    '5 per second': 'has a period that is none of hour, day, week, month, year',
    '9007199254740992 per month': 'is too large a number',
    '5 a month': 'is not a limit',
    '5 per month per seat': 'is not a limit',
    '1_000 per month': 'is not a limit',
    'about 5 per month': 'is not a limit',
    '5 per month or so': 'is not a limit',
    ' per month': 'is not a limit',
    '9007199254740991 per month': { count: 9_007_199_254_740_991, perSeat: false, period: 'month' },
  }
  for (const [text, limit] of Object.entries(cases)) {
    test(`"${text}"`, () => {
      const read = readLimit(text)
      expect(read).toEqual(limit)
      if (typeof read !== 'string') expect(writeLimit(read)).toBe(text)
    })
  }
})

describe('a rate', () => {
  const cases: Record<string, unknown> = {
    '10 per second': { count: 10, periodSeconds: 1 },
    '10 per minute': { count: 10, periodSeconds: 60 },
    '10 per hour': { count: 10, periodSeconds: 3600 },
    '1 per second': { count: 1, periodSeconds: 1 },
    '0 per second': undefined,
    '10 per day': undefined,
    '1.5 per second': undefined,
    '9007199254740992 per hour': undefined,
    '9007199254740991 per hour': { count: 9_007_199_254_740_991, periodSeconds: 3600 },
    'about 5 per second': undefined,
    '5 per second or so': undefined,
    ' per second': undefined,
  }
  for (const [text, rate] of Object.entries(cases)) {
    test(`"${text}"`, () => {
      const read = readRate(text)
      expect(read).toEqual(rate)
      if (read !== undefined) expect(writeRate(read)).toBe(text)
    })
  }
})

describe('a number with a unit', () => {
  test('is a percentage', () => {
    expect(['10%', '12.5 %', '0%', '10000%', '10001%', '1.23456%', '10', '%', '-1%'].map(readPercent)).toEqual([
      10,
      12.5,
      0,
      10_000,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(['about 10%', '10% off', '123456%', '010000%', '1.%', '.5%', '1.2345%', '10  %'].map(readPercent)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      1.2345,
      undefined,
    ])
    expect(writePercent(12.5)).toBe('12.5%')
  })
  test('is a share, and every share is written as the percentage it was read from', () => {
    expect(readFraction('80%')).toBe(0.8)
    expect(readFraction('0.8')).toBeUndefined()
    const percentages = fc.nat(100_000_000).map((units) => units / 10_000)
    fc.assert(fc.property(percentages, (percent) => void expect(writeFraction(readFraction(`${percent}%`) as number)).toBe(`${percent}%`)))
  })
  test('is a speed', () => {
    expect(['1000 km/h', '12.5km/h', '1000', '1000 mph', '-5 km/h'].map(readSpeed)).toEqual([1000, 12.5, undefined, undefined, undefined])
    expect(['over 5 km/h', '5 km/h fast', '1234567890 km/h', '1.2345 km/h', '1.234 km/h', '5  km/h', 'km/h'].map(readSpeed)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      1.234,
      undefined,
      undefined,
    ])
    expect(writeSpeed(1000)).toBe('1000 km/h')
  })
})

describe('the week', () => {
  const days: Record<string, number[] | undefined> = {
    mon: [0],
    'mon-thu': [0, 1, 2, 3],
    'sat,sun': [5, 6],
    'sun, sat': [5, 6],
    'fri-mon': [0, 4, 5, 6],
    'mon-sun': [0, 1, 2, 3, 4, 5, 6],
    'mon-tue,tue': undefined,
    'mon-': undefined,
    Mon: undefined,
    monday: undefined,
    amon: undefined,
    'mon-thursday': undefined,
    'mon-xyz': undefined,
    'xyz-mon': undefined,
    'mon,': undefined,
    '': undefined,
  }
  for (const [text, numbers] of Object.entries(days)) test(`days "${text}"`, () => expect(readDays(text)).toEqual(numbers))

  test('days are read as they were written', () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }), (some) => void expect(readDays(writeDays(some))).toEqual(some)),
    )
    expect(
      [
        [0, 1],
        [0, 1, 2],
        [0, 2, 4],
        [0, 1, 3, 4, 5],
      ].map(writeDays),
    ).toEqual(['mon,tue', 'mon-wed', 'mon,wed,fri', 'mon,tue,thu-sat'])
  })

  test('a time', () => {
    expect(
      ['00:00', '12:00', '23:59', '24:00', '12:60', '9:00', '12', '12:00:00', '112:00', '12:000'].map((time) => readTime(time)),
    ).toEqual([0, 720, 1439, undefined, undefined, undefined, undefined, undefined, undefined, undefined])
    expect(readTime('24:00', 1440)).toBe(1440)
    expect(writeTime(510)).toBe('08:30')
  })

  const hours: Record<string, [number, number, number][] | undefined> = {
    'mon,tue 08:00-18:00': [
      [0, 480, 1080],
      [1, 480, 1080],
    ],
    'fri 22:00-06:00': [[4, 1320, 1800]],
    'fri 22:00-00:00': [[4, 1320, 1440]],
    'fri 22:00-24:00': [[4, 1320, 1440]],
    'sun 00:00-24:00': [[6, 0, 1440]],
    'sun 08:00 - 18:00': [[6, 480, 1080]],
    '08:00-09:00': [0, 1, 2, 3, 4, 5, 6].map((day) => [day, 480, 540]),
    'mon 08:00-08:00': undefined,
    'mon 24:00-08:00': undefined,
    'mon 08:00': undefined,
    '08:00-18:00 mon': undefined,
    'mon08:00-18:00': undefined,
    '!mon 08:00-18:00': undefined,
    '108:00-18:00': undefined,
    'mon 08:00-18:000': undefined,
    'mon 08:00  -18:00': undefined,
    'mon 08:00-  18:00': undefined,
    'mon  08:00-18:00': [[0, 480, 1080]],
    'mon 08:00-24:01': undefined,
    'xyz 08:00-18:00': undefined,
    'mon 08:70-18:00': undefined,
  }
  for (const [text, windows] of Object.entries(hours)) {
    test(`hours "${text}"`, () =>
      expect(readHours(text)?.map(({ day, fromMinute, untilMinute }) => [day, fromMinute, untilMinute])).toEqual(windows))
  }

  test('hours are read as they were written, those of the same times on one line', () => {
    const window = fc.record({ day: fc.nat(6), fromMinute: fc.nat(1439), length: fc.integer({ min: 1, max: 1439 }) })
    const windows = fc
      .array(window, { maxLength: 6 })
      .map((some) => some.map(({ day, fromMinute, length }) => ({ day, fromMinute, untilMinute: fromMinute + length })))
    fc.assert(
      fc.property(
        windows,
        (some) => void expect(sortedWindows(writeHours(some).flatMap((line) => readHours(line) ?? []))).toEqual(sortedWindows(some)),
      ),
    )
    expect(writeHours([0, 1, 2, 4].map((day) => ({ day, fromMinute: 480, untilMinute: 1080 })))).toEqual(['mon-wed,fri 08:00-18:00'])
  })

  test('windows are in the order of the week, the earlier and the shorter first, none twice', () => {
    const windows = [
      [1, 60, 120],
      [0, 500, 600],
      [0, 480, 1080],
      [0, 480, 540],
      [0, 60, 90],
      [1, 60, 120],
      [0, 480, 600],
    ].map(([day = 0, fromMinute = 0, untilMinute = 0]) => ({ day, fromMinute, untilMinute }))
    expect(sortedWindows(windows).map(({ day, fromMinute, untilMinute }) => [day, fromMinute, untilMinute])).toEqual([
      [0, 60, 90],
      [0, 480, 540],
      [0, 480, 600],
      [0, 480, 1080],
      [0, 500, 600],
      [1, 60, 120],
    ])
  })

  test('a date exists', () => {
    expect(
      ['2026-12-25', '2028-02-29', '2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '2026-12-25T00:00', '2100-02-29'].filter(isDate),
    ).toEqual(['2026-12-25', '2028-02-29'])
  })
})
