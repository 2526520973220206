import { zoneTable } from '@writ/terms'
import { expect, test } from 'vitest'
import { type Step, stepsOf } from './steps.ts'

const cases: { name: string; step: Step; zone: string; from: string; until: string; want: string[] }[] = [
  {
    name: 'hours begin on the hour of the zone',
    step: 'hour',
    zone: 'Asia/Kolkata',
    from: '2026-11-23T09:05:00Z',
    until: '2026-11-23T10:31:00Z',
    want: ['2026-11-23T08:30:00Z', '2026-11-23T09:30:00Z', '2026-11-23T10:30:00Z', '2026-11-23T11:30:00Z'],
  },
  {
    name: 'a day on which clocks are turned back has 25 hours',
    step: 'day',
    zone: 'Europe/Berlin',
    from: '2026-10-24T22:00:00Z',
    until: '2026-10-25T23:00:00Z',
    want: ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  },
  {
    name: 'and each of them is one step',
    step: 'hour',
    zone: 'Europe/Berlin',
    from: '2026-10-25T00:00:00Z',
    until: '2026-10-25T02:00:00Z',
    want: ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'],
  },
  {
    name: 'months are those of the calendar there',
    step: 'month',
    zone: 'America/New_York',
    from: '2026-11-01T03:00:00Z',
    until: '2026-12-01T05:00:00Z',
    want: ['2026-10-01T04:00:00Z', '2026-11-01T04:00:00Z', '2026-12-01T05:00:00Z'],
  },
  {
    name: 'a day that a zone left out is no step',
    step: 'day',
    zone: 'Pacific/Apia',
    from: '2011-12-29T10:00:00Z',
    until: '2011-12-31T10:00:00Z',
    want: ['2011-12-29T10:00:00Z', '2011-12-30T10:00:00Z', '2011-12-31T10:00:00Z'],
  },
]
for (const { name, step, zone, from, until, want } of cases)
  test(name, () => {
    const edges = stepsOf(step, zoneTable(zone), Date.parse(from), Date.parse(until), 100)
    expect(edges?.map((edge) => new Date(edge).toISOString().replace('.000', ''))).toEqual(want)
  })

test('as many as are allowed, and not one more', () => {
  const [zone, from] = [zoneTable('UTC'), Date.parse('2026-11-23T09:00:00Z')]
  expect(stepsOf('hour', zone, from, from + 5 * 3_600_000, 5)).toHaveLength(6)
  expect(stepsOf('hour', zone, from, from + 5 * 3_600_000 + 1, 5)).toBeUndefined()
})
