import { expect, test } from 'vitest'
import { edition, identity, instant, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { explain, propose } from './index.ts'

const terms = termsOf({
  features: {
    cross: { title: 'Cross' },
    load: { title: 'Load', meter: 'cars' },
    deck: { title: 'Deck', type: 'choice', values: ['lower', 'upper'] },
    log: { title: 'Log' },
  },
  meters: { cars: { unit: 'car', aggregate: 'sum' } },
  context: { sea: { type: 'string', from: 'enforcer' } },
  plans: {
    day: {
      title: 'Day',
      enforcement: 'advise',
      includes: {
        cross: { when: 'context.sea == "calm"' },
        load: { limit: '5 per day', rate: '1 per hour' },
        deck: { value: 'lower', obligations: { mask: ['name'] } },
        log: {},
      },
      conditions: { hours: { zone: 'UTC', open: ['mon-fri 08:00-18:00'] }, regions: ['NO'], networks: ['10.0.0.0/8'] },
    },
  },
})
const world = worldOf(edition(terms), identity('ann'), license('L'))
const open = instant('2026-05-13T12:00:00Z')
const shut = instant('2026-05-13T20:00:00Z')
const context = { country: 'NO', ip: '10.0.0.1', sea: 'calm' }

const cases: { name: string; at: number; ask: object; want: string }[] = [
  { name: 'lets pass what is only outside hours', at: shut, ask: { context }, want: 'allow would_refuse:outside_hours' },
  {
    name: 'still refuses another country outside hours',
    at: shut,
    ask: { context: { ...context, country: 'SE' } },
    want: 'outside_region',
  },
  {
    name: 'still refuses another network outside hours',
    at: shut,
    ask: { context: { ...context, ip: '192.0.2.1' } },
    want: 'outside_network',
  },
  { name: 'still judges the condition outside hours', at: shut, ask: { context: { ...context, sea: 'rough' } }, want: 'condition_failed' },
  { name: 'still minds the local rules outside hours', at: shut, ask: { context, locally_refused: true }, want: 'condition_failed' },
  { name: 'minds the local rules inside hours', at: open, ask: { context, locally_refused: true }, want: 'condition_failed' },
]
for (const { name, at, ask, want } of cases)
  test(`advise ${name}`, () => {
    const request = { identity: 'ann', feature: 'cross', ...ask }
    const decision = explain(world, noUsage, request, at)
    expect(summary(decision)).toBe(want)
    const softened = decision.trace?.[0]?.gates.filter(({ outcome }) => outcome === 'softened').map(({ reason }) => reason)
    expect(softened).toEqual(want.startsWith('allow') ? ['outside_hours'] : [])
  })

test('advise lets a quota pass and still refuses what goes too fast', () => {
  const usage = { ...noUsage, used: () => 5 }
  const ask = { identity: 'ann', feature: 'load', context, consume: { amount: 1, id: 'c1' } }
  expect(summary(propose(world, usage, ask, open).decision)).toBe('allow would_refuse:quota_exhausted')
  const busy = { ...usage, arrival: () => open + 3_600_000 }
  expect(summary(propose(world, busy, ask, open).decision)).toBe('rate_limited')
})

test('under advise a limit is counted and never hard, and the rate is taken as well', () => {
  const ask = { identity: 'ann', feature: 'load', context, consume: { amount: 7, id: 'c1' } }
  const { spending } = propose(world, { ...noUsage, used: () => 5 }, { ...ask, consume: { amount: 1, id: 'c1' } }, open)
  const from = instant('2026-05-13T00:00:00Z')
  expect(spending).toMatchObject({
    license: 'L',
    quota: { meter: 'cars', amount: 1, windows: [{ from, until: instant('2026-05-14T00:00:00Z') }] },
    rate: [{ feature: 'load', amount: 1 }],
  })
  expect(spending?.quota?.windows[0]).not.toHaveProperty('hardLimit')
  expect(summary(propose(world, noUsage, ask, open).decision)).toBe('rate_limited')
})

test('what advise lets pass keeps its obligations', () => {
  const { decision } = propose(world, noUsage, { identity: 'ann', feature: 'deck', context, wanted: 'upper' }, open)
  expect(summary(decision)).toBe('allow would_refuse:not_entitled')
  expect(decision.obligations).toEqual([{ type: 'mask', fields: ['name'] }])
})
