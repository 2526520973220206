import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf, isZone, offsetAt, zoneTable } from './zone.ts'

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Asia/Pyongyang',
]
const [from, until] = [Date.UTC(2000, 0, 1), Date.UTC(2099, 11, 31)]

/** What a clock on the wall shows, by `Intl` alone, as if it were UTC. */
function wallClock(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => Date.parse(`${format.format(at).replace(' ', 'T')}Z`)
}

for (const name of ZONES) {
  test(`the table of ${name} says what Intl says, at random instants and around every change`, () => {
    const [zone, wall] = [zoneTable(name), wallClock(name)]
    const agrees = (at: number): void => expect(at + offsetAt(zone, at), new Date(at).toISOString()).toBe(wall(at))
    fc.assert(
      fc.property(fc.integer({ min: from / 1000, max: until / 1000 }), (second) => {
        agrees(second * 1000)
      }),
      { numRuns: 300 },
    )
    for (const change of zone.from.slice(1)) for (const near of [-1000, 0, 1000]) agrees(change + near)
    expect(zone.from).toEqual([...zone.from].sort((a, b) => a - b))
  })

  test(`a local time of ${name} is the first instant whose clock shows it or more`, () => {
    const zone = zoneTable(name)
    const local = (at: number): number => at + offsetAt(zone, at)
    const near = fc.constantFrom(...zone.from.slice(1).map((change) => local(change)), Date.UTC(2026, 0, 1))
    fc.assert(
      fc.property(near, fc.integer({ min: -7200, max: 7200 }), (around, seconds) => {
        const wanted = around + seconds * 1000
        const at = instantOf(zone, wanted)
        expect(local(at)).toBeGreaterThanOrEqual(wanted)
        expect(local(at - 1)).toBeLessThan(wanted)
      }),
      { numRuns: 300 },
    )
  })
}

test('a zone has one table, in whatever case it is written', () => {
  expect(zoneTable('asia/TOKYO')).toBe(zoneTable('Asia/Tokyo'))
})

test('a zone that moved the date line skips a day', () => {
  const zone = zoneTable('Pacific/Apia')
  expect(new Date(instantOf(zone, Date.UTC(2011, 11, 30, 12))).toISOString()).toBe('2011-12-30T10:00:00.000Z')
})

test('the first time of day that autumn does not show twice is the one after both', () => {
  const zone = zoneTable('Europe/Berlin')
  const at = (time: string) => new Date(instantOf(zone, Date.parse(`2026-10-25T${time}Z`))).toISOString()
  expect(at('02:59:59')).toBe('2026-10-25T00:59:59.000Z')
  expect(at('03:00:00')).toBe('2026-10-25T02:00:00.000Z')
})

test('a zone is made once', () => expect(zoneTable('Asia/Tokyo')).toBe(zoneTable('Asia/Tokyo')))

test('before and after the table its first and last offsets hold', () => {
  const zone = zoneTable('Europe/Berlin')
  expect(offsetAt(zone, Date.UTC(1950, 6, 1))).toBe(3_600_000)
  expect(offsetAt(zone, Date.UTC(2150, 0, 1))).toBe(3_600_000)
  expect(instantOf(zone, Date.UTC(2150, 0, 1))).toBe(Date.UTC(2149, 11, 31, 23))
  expect(instantOf(zone, Date.UTC(1950, 0, 1))).toBe(Date.UTC(1949, 11, 31, 23))
})

for (const name of ['', 'Mars/Base', 'Europe/Berlin ', '+02:00', '__proto__', `Europe/${'x'.repeat(80)}`])
  test(`${JSON.stringify(name)} is no zone`, () => expect(isZone(name)).toBe(false))
for (const name of ZONES) test(`${name} is a zone`, () => expect(isZone(name)).toBe(true))
