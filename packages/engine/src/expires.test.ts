import { expect, test } from 'vitest'
import { edition, HOUR, identity, instant, license, noUsage, worldOf as plainWorld, termsOf } from '../test/sample.ts'
import { type Decision, decide, type Instant, isAllowed, type Request } from './index.ts'

const berlin = (open: string[]) => ({ conditions: { hours: { zone: 'Europe/Berlin', open } } })
function hourly(plan: object, at: string, request: Partial<Request> = {}, licenseMore: object = {}): string | undefined {
  const terms = termsOf({
    assurance: { word: { acr: 'urn:1', any_of: ['pwd'] } },
    plans: { day: { title: 'Day', includes: { cross: {} }, ...plan } },
  })
  const world = plainWorld(edition(terms), identity('ann'), license('L', licenseMore))
  const { expires } = decide(world, noUsage, { identity: 'ann', feature: 'cross', ...request }, instant(at))
  return expires === undefined ? undefined : new Date(expires).toISOString()
}

const cases: { name: string; plan: object; at: string; want: string | undefined }[] = [
  {
    name: 'a window closes an hour of daylight saving earlier',
    plan: berlin(['mon-fri 08:00-18:00']),
    at: '2026-03-30T10:00:00Z',
    want: '2026-03-30T16:00:00.000Z',
  },
  {
    name: 'a window opens after a week end with a clock change',
    plan: berlin(['mon-fri 08:00-18:00']),
    at: '2026-03-27T17:00:00Z',
    want: '2026-03-30T06:00:00.000Z',
  },
  {
    name: 'a window in the gap opens at its end',
    plan: berlin(['sun 02:30-04:00']),
    at: '2026-03-29T00:00:00Z',
    want: '2026-03-29T01:00:00.000Z',
  },
  {
    name: 'a window to the gap closes at its end',
    plan: berlin(['sun 01:00-02:30']),
    at: '2026-03-29T00:30:00Z',
    want: '2026-03-29T01:00:00.000Z',
  },
  {
    name: 'the first pass of a doubled hour ends',
    plan: berlin(['sun 02:00-02:30']),
    at: '2026-10-25T00:10:00Z',
    want: '2026-10-25T00:30:00.000Z',
  },
  {
    name: 'the second pass of a doubled hour begins',
    plan: berlin(['sun 02:00-02:30']),
    at: '2026-10-25T00:40:00Z',
    want: '2026-10-25T01:00:00.000Z',
  },
  { name: 'always open never expires', plan: berlin(['mon-sun 00:00-24:00']), at: '2026-03-29T00:30:00Z', want: undefined },
]
for (const { name, plan, at, want } of cases)
  test(`${name}: ${want ?? 'never'}`, () => {
    expect(hourly(plan, at)).toBe(want)
  })

test('a proof that another follows without a break does not end at its own end', () => {
  const at = instant('2026-05-13T12:00:00Z')
  const plan = { includes: { cross: { assurance: 'word within 10 minutes' } } }
  const proofs = [
    { level: 'word', at: at - 60_000 },
    { level: 'word', at: at + 540_000 },
  ]
  expect(hourly(plan, '2026-05-13T12:00:00Z', { proofs })).toBe('2026-05-13T12:19:00.000Z')
  expect(hourly(plan, '2026-05-13T12:00:00Z', { proofs: [...proofs].reverse() })).toBe('2026-05-13T12:19:00.000Z')
})

test('of several proofs that hold, the one that holds longest counts', () => {
  const at = instant('2026-05-13T12:00:00Z')
  const plan = { includes: { cross: { assurance: 'word within 10 minutes' } } }
  const proofs = [60_000, 120_000].map((ago) => ({ level: 'word', at: at - ago }))
  for (const given of [proofs, proofs.toReversed()])
    expect(hourly(plan, '2026-05-13T12:00:00Z', { proofs: given })).toBe('2026-05-13T12:09:00.000Z')
})

test('under advise a second timetable that closes changes nothing while the first is shut', () => {
  const plan = {
    enforcement: 'advise',
    ...berlin(['mon-fri 08:00-18:00']),
    includes: { cross: { conditions: { hours: { zone: 'Europe/Berlin', open: ['wed 17:00-21:00'] } } } },
  }
  expect(hourly(plan, '2026-05-13T17:30:00Z')).toBe('2026-05-20T15:00:00.000Z')
})

test('two step-ups whose ages come to differ are still the same answer', () => {
  const terms = termsOf({
    assurance: { word: { acr: 'urn:1', any_of: ['pwd'] } },
    signals: { new_device: { require: 'word' } },
    plans: {
      day: { title: 'Day', includes: { cross: [{ assurance: 'word within 10 minutes' }, { assurance: 'word within 20 minutes' }] } },
    },
  })
  const raised = { fact: 'signal', id: 's', name: 'new_device', identity: 'ann', at: 0 } as const
  const world = plainWorld(edition(terms), identity('ann'), license('L', { ends: HOUR }), raised)
  const ask = (at: Instant): Decision => decide(world, noUsage, { identity: 'ann', feature: 'cross' }, at)
  expect(ask(60_000).remedies.length).toBe(1)
  expect(ask(660_000).remedies.length).toBe(2)
  expect(ask(60_000).expires).toBe(HOUR)
})

test('with nothing but an end, an answer holds to the end', () => {
  const ends = instant('2026-05-13T12:00:00Z') + HOUR
  expect(hourly({}, '2026-05-13T12:00:00Z', {}, { ends })).toBe('2026-05-13T13:00:00.000Z')
})

test('another reason is another answer, also where the same helps', () => {
  const ends = { suspended: true, revoked_at: instant('2026-05-14T12:00:00Z') }
  expect(hourly({}, '2026-05-13T12:00:00Z', {}, ends)).toBe('2026-05-14T12:00:00.000Z')
})

test('another entry is another answer, also where both say yes', () => {
  const hours = { zone: 'UTC', open: ['wed 18:00-20:00'] }
  const plan = { includes: { cross: [{ conditions: { hours } }, {}] } }
  expect(hourly(plan, '2026-05-13T12:00:00Z')).toBe('2026-05-13T18:00:00.000Z')
})

test('more that helps is another answer', () => {
  const full = { title: 'Full', includes: { cross: {} } }
  const plans = { day: { title: 'Day', grace: { then: 'degrade to small' }, includes: {} }, small: { title: 'Small', includes: {} }, full }
  const world = plainWorld(edition(termsOf({ plans })), identity('ann'), license('L', { ends: HOUR }))
  const ask = (at: Instant): Decision => decide(world, noUsage, { identity: 'ann', feature: 'cross' }, at)
  const upgrade = { type: 'upgrade', plans: ['full'] }
  expect([ask(0).remedies, ask(HOUR).remedies]).toEqual([[upgrade], [upgrade, { type: 'renew' }]])
  expect(ask(0).expires).toBe(HOUR)
})

test('of two step-ups another level is another answer, another age is none', () => {
  const terms = (second: string) =>
    termsOf({
      assurance: { word: { acr: 'urn:1', any_of: ['pwd'] }, key: { acr: 'urn:2', any_of: ['hwk'] } },
      plans: {
        day: {
          title: 'Day',
          includes: {
            cross: [
              { assurance: 'word within 1 hour' },
              { assurance: second, conditions: { hours: { zone: 'UTC', open: ['wed 12:00-18:00'] } } },
            ],
          },
        },
      },
    })
  const ask = (second: string) => {
    const world = plainWorld(edition(terms(second)), identity('ann'), license('L', { ends: instant('2026-05-13T19:00:00Z') }))
    const { reason, expires = 0 } = decide(world, noUsage, { identity: 'ann', feature: 'cross' }, instant('2026-05-13T13:00:00Z'))
    return [reason, new Date(expires).toISOString()]
  }
  expect(ask('key within 1 hour')).toEqual(['step_up_required', '2026-05-13T18:00:00.000Z'])
  expect(ask('word within 5 minutes')).toEqual(['step_up_required', '2026-05-13T19:00:00.000Z'])
})

test('an answer without its end says the same', () => {
  const world = plainWorld(edition(termsOf({})), identity('ann'), license('L'))
  const ask = (who: string) => isAllowed(world, noUsage, { identity: who, feature: 'cross' }, 0)
  expect([ask('ann'), ask('bob')]).toEqual([true, false])
})

test('a no asks for nothing and tells of nothing', () => {
  const world = plainWorld(edition(termsOf({})), identity('ann'))
  const { allowed, obligations, notices } = decide(world, noUsage, { identity: 'ann', feature: 'cross' }, 0)
  expect({ allowed, obligations, notices }).toEqual({ allowed: false, obligations: [], notices: [] })
})

test('of a wait the seconds that are left make no other answer', () => {
  const plans = { day: { title: 'Day', includes: { cross: { rate: '1 per hour' } } } }
  const world = plainWorld(edition(termsOf({ plans })), identity('ann'), license('L'), license('M', { starts: HOUR }))
  const busy = { ...noUsage, arrival: () => 3 * HOUR }
  const ask = (at: Instant): Decision => decide(world, busy, { identity: 'ann', feature: 'cross' }, at)
  expect([ask(0).remedies, ask(HOUR).remedies]).toEqual([[{ type: 'wait', seconds: 10_800 }], [{ type: 'wait', seconds: 7_200 }]])
  expect([ask(0).license, ask(0).expires]).toEqual(['L', 3 * HOUR])
})

test('a wait until another time is another answer', () => {
  const metered = { features: { cross: { meter: 'trips' } }, meters: { trips: { unit: 'trip', aggregate: 'sum' } } }
  const terms = termsOf({ ...metered, plans: { day: { title: 'Day', includes: { cross: { limit: '5 per day' } } } } })
  const world = plainWorld(edition(terms), identity('ann'), license('L'))
  const { reason, expires } = decide(world, { ...noUsage, used: () => 5 }, { identity: 'ann', feature: 'cross' }, HOUR)
  expect([reason, expires]).toEqual(['quota_exhausted', 24 * HOUR])
})
