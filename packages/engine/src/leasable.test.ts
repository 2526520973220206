import { expect, test } from 'vitest'
import { DAY, edition, HOUR, identity, instant, license, noUsage, seat, termsOf, worldOf } from '../test/sample.ts'
import { type Fact, type LicenseFact, leasable, leasableRates, type Usage, type World } from './index.ts'

const now = instant('2026-05-13T12:00:00Z')
const day = { from: instant('2026-05-13T00:00:00Z'), until: instant('2026-05-14T00:00:00Z') }
const month = { from: instant('2026-05-01T00:00:00Z'), until: instant('2026-06-01T00:00:00Z') }
const starts = instant('2026-01-01T09:30:00Z')

/** Terms with one plan `day`, and a second that it may degrade to. */
function ferry(includes: object, more: object = {}): Fact {
  return edition(
    termsOf({
      features: {
        cross: { title: 'Cross' },
        load: { title: 'Load', meter: 'cars' },
        tow: { title: 'Tow', meter: 'cars' },
        weigh: { title: 'Weigh', meter: 'tons' },
        mend: { title: 'Mend', meter: 'cars', repair: true },
      },
      meters: { cars: { unit: 'car', aggregate: 'sum' }, tons: { unit: 'ton', aggregate: 'sum' } },
      plans: { day: { title: 'Day', includes, ...more }, free: { title: 'Free', includes } },
    }),
  )
}
const sold = (more: Partial<LicenseFact> = {}): LicenseFact => license('L', { starts, ...more })

function cut(world: World, feature = 'load', usage: Partial<Usage> = {}) {
  const record = world.license('L')
  if (record === undefined) throw new Error('no such licence')
  return leasable(world, { ...noUsage, ...usage }, record, feature, now)
}
/** What slices of `load` are cut from under these entries. */
const cutOf = (load: object | object[], more: Partial<LicenseFact> = {}) => cut(worldOf(ferry({ load }), sold(more)))
const rates = (world: World, feature = 'load') => leasableRates(world, world.license('L') as never, feature, now)

test('a hard limit is cut from its window, to the end of which it lasts', () => {
  expect(cutOf({ limit: '10 per day' })).toEqual({ meter: 'cars', windows: [{ ...day, hardLimit: 10 }], until: day.until })
})

test('each window is its own, counted from the start of the licence or by the calendar', () => {
  const anchored = { from: instant('2026-05-07T00:00:00Z'), until: instant('2026-05-14T00:00:00Z') }
  const berlin = { from: instant('2026-05-12T22:00:00Z'), until: instant('2026-05-13T22:00:00Z') }
  expect(cutOf([{ limit: '100 per week' }, { limit: '10 per calendar day in Europe/Berlin' }])).toEqual({
    meter: 'cars',
    windows: [
      { ...anchored, hardLimit: 100 },
      { ...berlin, hardLimit: 10 },
    ],
    until: berlin.until,
  })
})

test('of several limits in one window the widest counts, whichever is written first', () => {
  const windows = [{ ...day, hardLimit: 20 }]
  expect(cutOf([{ limit: '10 per day' }, { limit: '20 per day' }])).toMatchObject({ windows })
  expect(cutOf([{ limit: '20 per day' }, { limit: '10 per day' }])).toMatchObject({ windows })
})

test('two ways to write the same window are one window', () => {
  expect(cutOf([{ limit: '10 per day' }, { limit: '20 per calendar day in UTC' }])).toMatchObject({ windows: [{ ...day, hardLimit: 20 }] })
})

test('windows that begin, or end, together are two', () => {
  const first = { starts: instant('2026-05-13T00:00:00Z') }
  const week = { from: day.from, until: instant('2026-05-20T00:00:00Z') }
  expect(cutOf([{ limit: '10 per day' }, { limit: '30 per week' }], first)).toMatchObject({
    windows: [
      { ...day, hardLimit: 10 },
      { ...week, hardLimit: 30 },
    ],
  })
  const last = { starts: instant('2026-05-07T00:00:00Z') }
  const ending = { from: instant('2026-05-07T00:00:00Z'), until: day.until }
  expect(cutOf([{ limit: '10 per day' }, { limit: '30 per week' }], last)).toMatchObject({
    windows: [
      { ...day, hardLimit: 10 },
      { ...ending, hardLimit: 30 },
    ],
  })
})

test('a limit of none is one, and nothing is there to be cut from it', () => {
  expect(cutOf({ limit: '0 per day' })).toMatchObject({ windows: [{ ...day, hardLimit: 0 }] })
})

test('a window in which only what is soft is counted has no hard limit, and is counted all the same', () => {
  expect(cutOf([{ limit: '10 per day' }, { limit: '100 per month', then: 'bill' }])).toEqual({
    meter: 'cars',
    windows: [{ ...day, hardLimit: 10 }, month],
    until: day.until,
  })
})

test('limits that bill or slow are nothing to cut from, however narrow', () => {
  expect(cutOf({ limit: '10 per day', then: 'bill' })).toBeUndefined()
  expect(cutOf({ limit: '10 per day', then: 'throttle 1 per hour' })).toBeUndefined()
  expect(cutOf([{ limit: '10 per day' }, { limit: '90 per day', then: 'bill' }])).toMatchObject({ windows: [{ ...day, hardLimit: 10 }] })
})

test('nor is an entry without a limit, beside which another has one', () => {
  expect(cutOf({})).toBeUndefined()
  expect(cutOf([{}, { limit: '10 per day' }])).toMatchObject({ windows: [{ ...day, hardLimit: 10 }] })
})

test('what another feature of the same meter is limited to is counted, and is not the limit of this one', () => {
  const includes = { load: { limit: '10 per day' }, tow: [{ limit: '7 per month' }, { limit: '90 per day' }] }
  const world = worldOf(ferry(includes), sold())
  expect(cut(world)).toMatchObject({ windows: [{ ...day, hardLimit: 10 }, month] })
  expect(cut(world, 'tow')).toMatchObject({
    windows: [
      { ...day, hardLimit: 90 },
      { ...month, hardLimit: 7 },
    ],
  })
  expect(cut(worldOf(ferry({ load: {}, tow: { limit: '7 per month' } }), sold()))).toBeUndefined()
})

test('per seat the limit grows with the seats taken, named and floating, and one counts where none is', () => {
  const world = worldOf(ferry({ load: { limit: '10 per seat per day' } }), sold())
  const most = (floating: readonly { identity: string; until?: number }[] = []): unknown => {
    const found = cut(world, 'load', { floating: () => floating })
    return typeof found === 'object' ? found.windows[0]?.hardLimit : found
  }
  expect(most()).toBe(10)
  world.apply({ revision: 2, facts: [seat('x', 0), seat('y', 1)] })
  expect(most()).toBe(20)
  expect(most([{ identity: 'z' }, { identity: 'gone', until: now }, { identity: 'here', until: now + 1 }])).toBe(40)
})

test('a limit of the whole licence does not grow', () => {
  expect(cut(worldOf(ferry({ load: { limit: '10 per day' } }), sold(), seat('x', 0), seat('y', 1)))).toMatchObject({
    windows: [{ hardLimit: 10 }],
  })
})

test('it lasts to the nearest end: of the licence, of its grace, of a window', () => {
  const of = (more: Partial<LicenseFact>) => {
    const found = cut(
      worldOf(ferry({ load: [{ limit: '10 per day' }, { limit: '50 per month' }] }, { grace: { expiry: '2 days' } }), sold(more)),
    )
    return typeof found === 'object' ? found.until : found
  }
  expect(of({ ends: now + HOUR })).toBe(now + HOUR)
  expect(of({ ends: now + 9 * DAY })).toBe(day.until)
  expect(of({ ends: now - 2 * DAY + HOUR })).toBe(now + HOUR)
  expect(of({ revoked_at: now + HOUR })).toBe(now + HOUR)
})

test('a feature that is unknown, is not in the plan, or is not counted has nothing to cut from', () => {
  const world = worldOf(ferry({ load: { limit: '10 per day' }, cross: {} }), sold())
  // Of `tow` the meter is counted, of `weigh` nothing is.
  for (const feature of ['fly', 'tow', 'weigh', 'cross']) expect(cut(world, feature)).toBeUndefined()
})

const strict = { load: { limit: '10 per day', rate: '2 per second' } }
const held: LicenseFact = { fact: 'license', id: 'L', product: 'ferry', edition: 1, plan: 'day', holder: 'ann', starts }
const cases: { name: string; facts: Fact[]; want: string | undefined }[] = [
  { name: 'one of an edition that is unknown', facts: [ferry(strict), sold({ edition: 2 })], want: 'no_license' },
  { name: 'one of a plan that is unknown', facts: [ferry(strict), sold({ plan: 'night' })], want: 'no_license' },
  { name: 'one that is suspended', facts: [ferry(strict), sold({ suspended: true })], want: 'license_suspended' },
  { name: 'one that has ended', facts: [ferry(strict), sold({ ends: now })], want: 'license_expired' },
  { name: 'one that has not begun', facts: [ferry(strict), sold({ starts: now + 1 })], want: 'license_scheduled' },
  {
    name: 'one that degraded: two plans judge it',
    facts: [ferry(strict, { grace: { then: 'degrade to free' } }), sold({ ends: now })],
    want: undefined,
  },
  { name: 'one of a plan that only advises', facts: [ferry(strict, { enforcement: 'advise' }), sold()], want: undefined },
  { name: 'one of a holder whom nobody stated', facts: [ferry(strict), held], want: 'identity_unknown' },
  {
    name: 'one of a holder who was removed',
    facts: [ferry(strict), identity('ann'), held, { fact: 'removed', of: 'identity', id: 'ann' }],
    want: 'identity_unknown',
  },
  {
    name: 'one of a holder who is suspended',
    facts: [ferry(strict), identity('ann', [], { status: 'suspended' }), held],
    want: 'identity_suspended',
  },
  {
    name: 'one of a holder who is revoked',
    facts: [ferry(strict), identity('ann', [], { status: 'revoked' }), held],
    want: 'identity_revoked',
  },
]
for (const { name, facts, want } of cases)
  test(`of a licence that may not be used nothing is handed out: ${name}`, () => {
    const world = worldOf(...facts)
    expect([cut(world), rates(world)]).toEqual([want, want ?? []])
  })

test('of a licence of a person who is active, and of one in grace, it is', () => {
  for (const facts of [
    [ferry(strict), identity('ann'), held],
    [ferry(strict, { grace: { expiry: '1 day' } }), sold({ ends: now })],
  ]) {
    const world = worldOf(...facts)
    expect(cut(world)).toMatchObject({ windows: [{ ...day, hardLimit: 10 }] })
    expect(rates(world)).toMatchObject([{ count: 2 }])
  }
})

test('the rates of a feature are those of each entry, and those that it is slowed to', () => {
  const load = [
    { rate: '2 per second', burst: 4 },
    {},
    { limit: '10 per day', then: 'throttle 1 per hour', rate: '9 per minute' },
    { limit: '10 per day', then: 'bill' },
  ]
  expect(rates(worldOf(ferry({ load, tow: { rate: '7 per second' } }), sold()))).toEqual([
    { count: 2, periodSeconds: 1, burst: 4 },
    { count: 9, periodSeconds: 60, burst: 9 },
    { count: 1, periodSeconds: 3600, burst: 1 },
  ])
})

test('a feature that is unknown, or is not in the plan, has no rates', () => {
  const world = worldOf(ferry(strict), sold())
  expect([rates(world, 'fly'), rates(world, 'tow')]).toEqual([[], []])
})

test('what repairs is not counted: there is nothing to cut from, and no rate holds', () => {
  const world = worldOf(ferry({ mend: { limit: '10 per day', rate: '2 per second' }, load: { limit: '10 per day' } }), sold())
  expect([cut(world, 'mend'), rates(world, 'mend')]).toEqual([undefined, []])
})

test('what a licence overrides is what it has', () => {
  const world = worldOf(ferry({ load: { limit: '10 per day' } }), sold({ overrides: '{"includes":{"load":{"limit":"3 per day"}}}' }))
  expect(cut(world)).toMatchObject({ windows: [{ ...day, hardLimit: 3 }] })
})
