import { expect, test } from 'vitest'
import { DAY, edition, identity, instant, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { propose, type Request, type Usage } from './index.ts'

const terms = termsOf({
  features: {
    cross: { title: 'Cross' },
    load: { title: 'Load', meter: 'cars' },
    store: { title: 'Store', type: 'limit', unit: 'box' },
    mend: { title: 'Mend', meter: 'cars', repair: true },
  },
  meters: { cars: { unit: 'car', aggregate: 'sum' } },
  plans: {
    day: {
      title: 'Day',
      seats: { named: 1 },
      includes: {
        cross: {},
        load: [
          { limit: '10 per day', rate: '2 per second', burst: 4 },
          { limit: '100 per month', then: 'bill' },
        ],
        store: { value: 5 },
        mend: { limit: '1 per day' },
      },
    },
    slow: { title: 'Slow', includes: { load: { limit: '10 per day', then: 'throttle 1 per hour', rate: '9 per second' } } },
    calm: { title: 'Calm', includes: { load: { limit: '10 per seat per day' } } },
  },
})
const now = instant('2026-05-13T12:00:00Z')
const day = { from: instant('2026-05-13T00:00:00Z'), until: instant('2026-05-14T00:00:00Z') }
const month = { from: instant('2026-05-01T00:00:00Z'), until: instant('2026-06-01T00:00:00Z') }

function ask(request: Partial<Request>, usage: Partial<Usage> = {}, plan = 'day', takes?: boolean) {
  const world = worldOf(edition(terms), identity('ann'), license('L', { plan }), { fact: 'seat', license: 'L', identity: 'ann', order: 0 })
  return propose(world, { ...noUsage, ...usage }, { identity: 'ann', feature: 'load', ...request }, now, takes)
}
const consume = (amount: number) => ({ consume: { amount, id: 'c' } })

test('what is not counted takes nothing but names its licence', () => {
  expect(ask({ feature: 'cross' }).spending).toEqual({ license: 'L' })
})

test('a quota is taken only when units are consumed, the rate always', () => {
  expect(ask({}).spending).toEqual({ license: 'L', rate: [{ feature: 'load', rate: { count: 2, periodSeconds: 1, burst: 4 }, amount: 1 }] })
})

test('units are counted in every window of the plan, hard only in that of the entry that passed', () => {
  expect(ask(consume(3)).spending).toEqual({
    license: 'L',
    quota: { meter: 'cars', amount: 3, windows: [{ ...day, hardLimit: 10 }, month] },
    rate: [{ feature: 'load', rate: { count: 2, periodSeconds: 1, burst: 4 }, amount: 3 }],
  })
})

test('the alternative that bills takes over with a notice and no hard limit', () => {
  const used: Usage['used'] = (_license, _meter, from) => (from === day.from ? 10 : 100)
  const { decision, spending } = ask(consume(1), { used })
  expect(summary(decision)).toBe('allow overage')
  expect(decision.entry).toBe(1)
  expect(spending).toEqual({ license: 'L', quota: { meter: 'cars', amount: 1, windows: [day, month] } })
})

test('up to exactly the limit, and not one more', () => {
  const used: Usage['used'] = (_license, _meter, from) => (from === day.from ? 7 : 1000)
  expect(ask(consume(3), { used }).decision.entry).toBe(0)
  expect(ask(consume(4), { used }).decision.entry).toBe(1)
})

test('a part is what is left, in whole units', () => {
  const used = () => 7.5
  expect(ask({ ...consume(9), partial: true }, { used }, 'calm')).toMatchObject({
    decision: { entry: 0, admitted: 2 },
    spending: { quota: { amount: 2 } },
  })
})

test('a part is no more than the rate has room for', () => {
  expect(ask({ ...consume(9), partial: true })).toMatchObject({
    decision: { admitted: 4 },
    spending: { quota: { amount: 4 }, rate: [{ amount: 4 }] },
  })
})

test('all that was asked is admitted where it fits', () => {
  expect(ask({ ...consume(2), partial: true }).decision.admitted).toBe(2)
  expect(ask(consume(2)).decision).not.toHaveProperty('admitted')
})

test('past a limit that throttles, the slower rate is the one to keep', () => {
  const slow = ask(consume(1), { used: () => 10 }, 'slow')
  expect(slow.spending?.rate).toEqual([{ feature: 'load', rate: { count: 1, periodSeconds: 3600, burst: 1 }, amount: 1 }])
  expect(slow.spending?.quota?.windows[0]).not.toHaveProperty('hardLimit')
  expect(ask(consume(1), { used: () => 9 }, 'slow').spending?.rate?.[0]?.rate.count).toBe(9)
})

test('too fast is told in whole seconds, rounded up, and takes nothing', () => {
  const { decision, spending } = ask({ ...consume(1) }, { arrival: () => now + 3001, used: () => 0 }, 'slow')
  expect(decision).toMatchObject({ allowed: false, reason: 'rate_limited', remedies: [{ type: 'wait', seconds: 3 }] })
  expect(decision.expires).toBe(now + 2113)
  expect(spending).toBeUndefined()
})

test('where a part is enough, the wait is for the first unit', () => {
  const { decision } = ask({ feature: 'load', ...consume(9), partial: true }, { arrival: () => now + 3_600_000, used: () => 10 }, 'slow')
  expect(decision).toMatchObject({ reason: 'rate_limited', remedies: [{ type: 'wait', seconds: 3600 }], expires: now + 3_600_000 })
})

test('more than a burst ever holds is refused without a promise', () => {
  expect(ask(consume(10), { used: () => 0 }, 'slow').decision).toMatchObject({ reason: 'rate_limited', remedies: [] })
})

test('per seat the limit grows with the seats taken, and one counts where none is', () => {
  const world = worldOf(edition(terms), identity('ann'), license('L', { plan: 'calm' }))
  const units = (): number | undefined =>
    propose(world, noUsage, { identity: 'ann', feature: 'load', ...consume(1) }, now).spending?.quota?.windows[0]?.hardLimit
  expect(units()).toBe(10)
  world.apply({ revision: 2, facts: ['x', 'y', 'z'].map((who, order) => ({ fact: 'seat', license: 'L', identity: who, order })) })
  expect(units()).toBe(30)
})

test('per seat, floating seats in use count as well as named ones', () => {
  const floating = () => [{ identity: 'x' }, { identity: 'y' }, { identity: 'z', until: now }]
  expect(ask(consume(30), { floating }, 'calm').decision.allowed).toBe(true)
  expect(ask(consume(31), { floating }, 'calm').decision.reason).toBe('quota_exhausted')
})

test('what cannot be known now refuses where the limit is hard', () => {
  const unknown = { used: () => undefined }
  expect(ask(consume(1), unknown, 'calm').decision).toMatchObject({ reason: 'quota_unavailable', remedies: [{ type: 'reconnect' }] })
  // A limit that only bills or slows does not refuse for want of a number.
  expect(ask(consume(1), unknown).decision).toMatchObject({ allowed: true, entry: 1 })
  expect(summary(ask(consume(1), unknown, 'slow').decision)).toBe('allow')
})

test('a limit is of the total asked for', () => {
  expect(ask({ feature: 'store', wanted: 5 }).decision).toMatchObject({ allowed: true, value: 5 })
  expect(ask({ feature: 'store', wanted: 6 }).decision).toMatchObject({ reason: 'quota_exhausted', remedies: [{ type: 'upgrade' }] })
  expect(ask({ feature: 'store', wanted: 6, partial: true }).decision).toMatchObject({ allowed: true, admitted: 5 })
  expect(ask({ feature: 'store', ...consume(6), wanted: 1 }).decision.reason).toBe('quota_exhausted')
})

test('waiting helps only where a new window would hold what is asked', () => {
  const used = () => 10
  expect(ask(consume(10), { used }, 'calm').decision.remedies).toEqual([{ type: 'wait', until: day.until }, { type: 'upgrade' }])
  expect(ask(consume(11), { used }, 'calm').decision.remedies).toEqual([{ type: 'upgrade' }])
})

test('a repair feature is not counted', () => {
  expect(ask({ feature: 'mend', ...consume(5) }, { used: () => 99 })).toMatchObject({
    decision: { allowed: true },
    spending: { license: 'L' },
  })
  expect(ask({ feature: 'mend', ...consume(5) }).spending).toEqual({ license: 'L' })
})

test('a window counts from the start day of the licence, whatever the hour', () => {
  const world = worldOf(edition(terms), identity('ann'), license('L', { plan: 'calm', starts: now - 3 * DAY + 1 }))
  expect(propose(world, noUsage, { identity: 'ann', feature: 'load', ...consume(1) }, now).spending?.quota?.windows).toEqual([
    { ...day, hardLimit: 10 },
  ])
})

test('what a reservation holds back is gone until its end, and a refusal for it lasts as long', () => {
  const until = now + 60_000
  const held = (amount: number): Partial<Usage> => ({
    used: (_license, _meter, from) => (from === day.from ? 7 : 0),
    reserved: (_license, _meter, from) => (from === day.from ? [{ amount, until }] : []),
  })
  const refused = ask(consume(2), held(2), 'calm').decision
  expect([summary(refused), refused.expires]).toEqual(['quota_exhausted', until])
  expect(summary(ask(consume(2), held(1), 'calm').decision)).toBe('allow')
  expect(ask({ ...consume(5), partial: true }, held(2), 'calm').decision).toMatchObject({ allowed: true, admitted: 1 })
  // One that is over holds nothing back.
  const over: Partial<Usage> = { ...held(2), reserved: () => [{ amount: 2, until: now }] }
  expect(summary(ask(consume(2), over, 'calm').decision)).toBe('allow')
})

test('where nothing is known of what was used, what is reserved does not help', () => {
  const unknown: Partial<Usage> = { used: () => undefined, reserved: () => [{ amount: 1, until: now + 1000 }] }
  expect(summary(ask(consume(1), unknown, 'calm').decision)).toBe('quota_unavailable')
})

test('whoever takes units hears no end of an answer that is never reusable; one that takes none has its end', () => {
  const until = now + 5000
  const part: Partial<Usage> = { part: (_license, _feature, rate, at) => ({ rate, arrival: at < until ? now : at + DAY, until }) }
  const looked = ask({}, part)
  expect(looked.decision.expires).toBe(until)
  const { expires: _, ...taken } = looked.decision
  expect(ask({}, part, 'day', true)).toEqual({ ...looked, decision: taken })
  const ending = worldOf(edition(terms), identity('ann'), license('L', { plan: 'calm', ends: now + DAY }))
  const counted = (takes: boolean) =>
    propose(ending, noUsage, { identity: 'ann', feature: 'load', ...consume(1) }, now, takes).decision.expires
  expect([counted(false), counted(true)]).toEqual([now + DAY, undefined])
  // A refusal takes nothing, and says when to come again.
  const busy: Partial<Usage> = { used: (_license, _meter, from) => (from > now ? 0 : 10) }
  const refused = ask(consume(1), busy, 'calm')
  expect(refused.decision).toMatchObject({ allowed: false, expires: day.until })
  expect(ask(consume(1), busy, 'calm', true)).toEqual(refused)
})

test('what is used up names the reason before what is too fast, and what cannot be known too', () => {
  const limits = { load: { limit: '10 per day', rate: '1 per hour' } }
  const answer = (enforcement: string | undefined, used: number | undefined) => {
    const plans = { day: { title: 'Day', ...(enforcement && { enforcement }), includes: limits } }
    const of = termsOf({ features: { load: { title: 'Load', meter: 'cars' } }, meters: { cars: { unit: 'car', aggregate: 'sum' } }, plans })
    const busy: Usage = { ...noUsage, used: () => used, arrival: () => now + DAY }
    return summary(
      propose(worldOf(edition(of), identity('ann'), license('L')), busy, { identity: 'ann', feature: 'load', ...consume(1) }, now).decision,
    )
  }
  expect([answer(undefined, 10), answer(undefined, 9), answer(undefined, undefined)]).toEqual([
    'quota_exhausted',
    'rate_limited',
    'quota_unavailable',
  ])
  // Under advise a limit is no reason; that nobody knows is.
  expect([answer('advise', 10), answer('advise', undefined)]).toEqual(['rate_limited', 'quota_unavailable'])
})

test('of a view that holds leases, a limit that slows is still judged by what was used', () => {
  const usage: Partial<Usage> = { used: () => 10, left: () => undefined }
  expect(ask(consume(1), usage, 'slow').spending?.rate?.[0]?.rate.count).toBe(1)
})

test('more than the whole burst is promised by no part of the rate either', () => {
  const part: Partial<Usage> = { part: (_license, _feature, rate) => ({ rate: { ...rate, burst: 2 }, arrival: now, until: now + 5000 }) }
  expect(ask(consume(10), part, 'slow').decision).toMatchObject({ reason: 'rate_limited', remedies: [] })
  expect(ask(consume(9), part, 'slow').decision).toMatchObject({ reason: 'rate_limited', remedies: [{ type: 'wait', seconds: 5 }] })
})

test('nothing is counted of a feature without a meter', () => {
  expect(ask({ feature: 'cross', ...consume(1) }).spending).toEqual({ license: 'L' })
})

test('a seat and units over what is included are told both', () => {
  const plans = { day: { title: 'Day', seats: { named: 0, overage: 1 }, includes: { load: { limit: '10 per day', then: 'bill' } } } }
  const of = termsOf({ features: { load: { title: 'Load', meter: 'cars' } }, meters: { cars: { unit: 'car', aggregate: 'sum' } }, plans })
  const usage: Usage = { ...noUsage, used: () => 10 }
  const { notices } = propose(
    worldOf(edition(of), identity('ann'), license('L')),
    usage,
    { identity: 'ann', feature: 'load', ...consume(1) },
    now,
  ).decision
  expect(notices).toEqual([
    { type: 'overage', feature: 'seat' },
    { type: 'overage', feature: 'load' },
  ])
})
