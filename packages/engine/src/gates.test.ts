import { expect, test } from 'vitest'
import { DAY, edition, HOUR, identity, instant, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Fact, propose, type Request, type Usage } from './index.ts'

const now = 100 * DAY

test('a signal that the edition sold refuses closes for the actor too', () => {
  const sold = edition(termsOf({ signals: { storm: { refuse: true } } }), 1)
  const newest = edition(termsOf({}), 2)
  const ask = (who: string, request: Partial<Request>) => {
    const signal: Fact = { fact: 'signal', id: 's', name: 'storm', identity: who, at: 1 }
    const world = worldOf(sold, newest, identity('ann'), identity('bot', ['crew'], { kind: 'agent' }), license('L'), signal)
    return summary(decide(world, noUsage, { identity: 'ann', feature: 'cross', ...request }, now))
  }
  expect(ask('bot', { actor: 'bot' })).toBe('risk_denied')
  expect(ask('ann', { actor: 'bot' })).toBe('risk_denied')
  expect(ask('bot', {})).toBe('allow')
  expect(ask('eve', { actor: 'bot' })).toBe('allow')
})

/** A licence that ended is degraded to `small`: both its own entry and that of `small` must hold. */
function degraded(own: object, small: object, features: object, request: Partial<Request>, usage: Partial<Usage> = {}) {
  const terms = termsOf({
    features,
    meters: { cars: { unit: 'car', aggregate: 'sum' } },
    plans: {
      day: { title: 'Day', grace: { then: 'degrade to small' }, includes: { cross: own } },
      small: { title: 'Small', includes: { cross: small } },
    },
  })
  const world = worldOf(edition(terms), identity('ann'), license('L', { ends: now - DAY }))
  return propose(world, { ...noUsage, ...usage }, { identity: 'ann', feature: 'cross', ...request }, now)
}

test('degraded, a limit is the smaller of the two, whichever that is', () => {
  const features = { cross: { title: 'Cross', type: 'limit', unit: 'm' } }
  for (const [own, small] of [
    [9, 4],
    [4, 9],
    [4, 4],
  ]) {
    const ask = (request: Partial<Request>) => degraded({ value: own }, { value: small }, features, request).decision
    expect(ask({})).toMatchObject({ allowed: true, value: 4, notices: [{ type: 'degraded', plan: 'small' }] })
    expect(ask({ wanted: 4 }).allowed).toBe(true)
    expect(ask({ wanted: 5 }).reason).toBe('quota_exhausted')
  }
})

test('degraded, a choice is the earlier of the two, whichever that is', () => {
  const features = { cross: { title: 'Cross', type: 'choice', values: ['zoo', 'bay', 'sea'] } }
  for (const [own, small] of [
    ['sea', 'bay'],
    ['bay', 'sea'],
    ['bay', 'bay'],
  ]) {
    const ask = (request: Partial<Request>) => degraded({ value: own }, { value: small }, features, request).decision
    expect(ask({})).toMatchObject({ allowed: true, value: 'bay' })
    expect(ask({ wanted: 'bay' }).allowed).toBe(true)
    expect(ask({ wanted: 'sea' })).toMatchObject({ reason: 'not_entitled', remedies: expect.arrayContaining([{ type: 'renew' }]) })
  }
})

test('what is no value of a choice is offered by no plan', () => {
  const terms = termsOf({
    features: { cross: { title: 'Cross', type: 'choice', values: ['1', '2'] } },
    plans: { day: { title: 'Day', includes: { cross: { value: '2' } } } },
  })
  const world = worldOf(edition(terms), identity('ann'), license('L'))
  const ask = (wanted: number | string) => decide(world, noUsage, { identity: 'ann', feature: 'cross', wanted }, now)
  expect(ask('1').allowed).toBe(true)
  for (const wanted of [1, '', '3', 'toString']) expect(ask(wanted)).toMatchObject({ reason: 'not_entitled', remedies: [] })
})

test('what is over twice is said once', () => {
  const features = { cross: { title: 'Cross', meter: 'cars' } }
  const billed = { limit: '10 per month', then: 'bill' }
  const { decision } = degraded(billed, { limit: '5 per day', then: 'bill' }, features, {}, { used: () => 99 })
  expect(summary(decision)).toBe('allow degraded overage')
})

test('a part of no limit at all is refused, and so is a part of one that is used up', () => {
  const limited = { cross: { title: 'Cross', type: 'limit', unit: 'm' } }
  const part = { wanted: 3, partial: true }
  expect(degraded({ value: 9 }, { value: 0 }, limited, part).decision.reason).toBe('quota_exhausted')
  expect(degraded({ value: 9 }, { value: 1 }, limited, part).decision).toMatchObject({ allowed: true, admitted: 1 })
  const metered = { cross: { title: 'Cross', meter: 'cars' } }
  const most = { limit: '10 per month' }
  expect(degraded(most, {}, metered, part, { used: () => 10 }).decision.reason).toBe('quota_exhausted')
  expect(degraded(most, {}, metered, part, { used: () => 9 }).decision).toMatchObject({ allowed: true, admitted: 1 })
})

test('an amount that is none, or that would give units back, is refused', () => {
  const terms = termsOf({
    features: { cross: { title: 'Cross', meter: 'cars' } },
    meters: { cars: { unit: 'car', aggregate: 'sum' } },
    plans: { day: { title: 'Day', includes: { cross: { limit: '10 per day', then: 'bill' } } } },
  })
  const world = worldOf(edition(terms), identity('ann'), license('L'))
  const ask = (wanted: number) => summary(decide(world, noUsage, { identity: 'ann', feature: 'cross', wanted }, now))
  for (const amount of [-1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) expect(ask(amount)).toBe('quota_exhausted')
  expect(ask(0)).toBe('allow')
  expect(ask(1e300)).toBe('allow overage')
})

test('advice covers a quota that is used up, not one that nobody knows', () => {
  const terms = termsOf({
    features: { cross: { title: 'Cross', meter: 'cars' } },
    meters: { cars: { unit: 'car', aggregate: 'sum' } },
    plans: { day: { title: 'Day', enforcement: 'advise', includes: { cross: { limit: '10 per day' } } } },
  })
  const world = worldOf(edition(terms), identity('ann'), license('L'))
  const ask = (used: number | undefined) =>
    decide(world, { ...noUsage, used: () => used }, { identity: 'ann', feature: 'cross', wanted: 3, partial: true }, now)
  expect(summary(ask(10))).toBe('allow would_refuse:quota_exhausted')
  expect(ask(10)).not.toHaveProperty('admitted')
  expect(ask(8).admitted).toBe(2)
  expect(summary(ask(undefined))).toBe('quota_unavailable')
})

test('windows that begin or end together are two, and each has its own limit', () => {
  const terms = termsOf({
    features: { cross: { title: 'Cross', meter: 'cars' } },
    meters: { cars: { unit: 'car', aggregate: 'sum' } },
    plans: {
      day: {
        title: 'Day',
        includes: { cross: [{ limit: '10 per day' }, { limit: '100 per month' }, { limit: '7 per day', then: 'bill' }] },
      },
    },
  })
  const month = { from: instant('2026-05-01T00:00:00Z'), until: instant('2026-06-01T00:00:00Z') }
  for (const [at, day] of [
    [month.from + HOUR, { from: month.from, until: month.from + DAY }],
    [month.until - HOUR, { from: month.until - DAY, until: month.until }],
  ] as const) {
    const world = worldOf(edition(terms), identity('ann'), license('L'))
    const request = { identity: 'ann', feature: 'cross', consume: { amount: 1, id: 'c' } }
    expect(propose(world, noUsage, request, at).spending?.quota?.windows).toEqual([{ ...day, hardLimit: 10 }, month])
    const full: Usage = { ...noUsage, used: (_license, _meter, from, until) => (until - from === DAY ? 10 : 0) }
    expect(propose(world, full, request, at).spending?.quota?.windows).toEqual([day, { ...month, hardLimit: 100 }])
  }
})

test('the answer about a repair feature lasts beyond the end of its licence', () => {
  const terms = termsOf({ features: { cross: { title: 'Cross', repair: true } } })
  const world = worldOf(edition(terms), identity('ann'), license('L', { ends: now + DAY }))
  const decision = decide(world, noUsage, { identity: 'ann', feature: 'cross' }, now)
  expect(summary(decision)).toBe('allow')
  expect(decision).not.toHaveProperty('expires')
  // A trial is said of, so its end is where the answer changes.
  const trial = worldOf(edition(terms), identity('ann'), license('L', { trial_ends: now + DAY }))
  expect(decide(trial, noUsage, { identity: 'ann', feature: 'cross' }, now)).toMatchObject({ allowed: true, expires: now + DAY })
})

test('degraded, what both bill is told once, and counted once in a window that both have', () => {
  const features = { cross: { title: 'Cross', meter: 'cars' } }
  const entry = { limit: '5 per day', then: 'bill' }
  const both = degraded(entry, entry, features, { consume: { amount: 1, id: 'c' } }, { used: () => 5 })
  expect(both.decision.notices).toEqual([
    { type: 'degraded', plan: 'small' },
    { type: 'overage', feature: 'cross' },
  ])
  expect(both.spending?.quota?.windows.length).toBe(1)
  const monthly = degraded(entry, { ...entry, limit: '5 per month' }, features, { consume: { amount: 1, id: 'c' } })
  expect(monthly.spending?.quota?.windows.length).toBe(2)
})

test('who is let in without more is asked for nothing, also where a plan that only advises lacks the feature', () => {
  const advising = { day: { title: 'Day', enforcement: 'advise', includes: {} } }
  for (const plans of [undefined, advising]) {
    const world = worldOf(edition(termsOf(plans ? { plans } : {})), identity('ann'), license('L'))
    const { allowed, obligations } = decide(world, noUsage, { identity: 'ann', feature: 'cross' }, now)
    expect({ allowed, obligations }).toEqual({ allowed: true, obligations: [] })
  }
})

test('a feature that is not sold any more is had by no upgrade', () => {
  const old = termsOf({
    features: { cross: {}, old: {} },
    plans: { day: { title: 'Day', includes: { cross: {} } }, full: { title: 'Full', includes: { old: {} } } },
  })
  const ask = (...editions: readonly Fact[]) =>
    decide(worldOf(...editions, identity('ann'), license('L')), noUsage, { identity: 'ann', feature: 'old' }, now)
  expect(ask(edition(old))).toMatchObject({ reason: 'not_entitled', remedies: [{ type: 'upgrade', plans: ['full'] }] })
  expect(ask(edition(old), edition(termsOf({}), 2))).toMatchObject({ reason: 'not_entitled', remedies: [] })
})
