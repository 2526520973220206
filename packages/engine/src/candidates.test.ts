import { expect, test } from 'vitest'
import { DAY, edition, HOUR, identity, instant, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Request, type Usage } from './index.ts'

const noon = instant('2026-05-13T12:00:00Z')
const assurance = { word: { acr: 'urn:1', any_of: ['pwd'] }, key: { acr: 'urn:2', any_of: ['hwk'] } }

function ask(plans: object, licenses: ReturnType<typeof license>[], request: Partial<Request> = {}, factors?: string[]) {
  const world = worldOf(edition(termsOf({ assurance, plans })), identity('ann', ['crew'], factors && { factors }), ...licenses)
  return decide(world, noUsage, { identity: 'ann', feature: 'cross', ...request }, noon)
}
const seats = { named: 0 }
const includes = { cross: {} }

test('a candidate that passes whole comes before one that is only let pass', () => {
  const plans = { soft: { title: 'Soft', enforcement: 'advise', seats, includes }, firm: { title: 'Firm', includes } }
  const licenses = [license('L', { plan: 'soft', ends: noon + HOUR }), license('M', { plan: 'firm', ends: noon + DAY })]
  const decision = ask(plans, licenses)
  expect(summary(decision)).toBe('allow')
  expect(decision.license).toBe('M')
})

test('of several that are only let pass, the first in order is', () => {
  const plans = { soft: { title: 'Soft', enforcement: 'advise', seats, includes } }
  const decision = ask(plans, [license('M', { plan: 'soft', ends: noon + DAY }), license('L', { plan: 'soft', ends: noon + HOUR })])
  expect(summary(decision)).toBe('allow would_refuse:seats_exhausted')
  expect(decision.license).toBe('L')
})

test('of equals the first names the reason', () => {
  const plans = { firm: { title: 'Firm', includes: { cross: { assurance: 'key' } } } }
  const decision = ask(plans, [license('M', { plan: 'firm' }), license('L', { plan: 'firm' })], {}, ['word'])
  expect(decision).toMatchObject({ reason: 'assurance_unreachable', license: 'L', remedies: [{ type: 'enrol' }] })
})

test('a step-up comes before a level out of reach, wherever it stands', () => {
  const plans = {
    high: { title: 'High', includes: { cross: { assurance: 'key' } } },
    low: { title: 'Low', includes: { cross: { assurance: 'word' } } },
  }
  for (const [first, second] of [
    ['high', 'low'],
    ['low', 'high'],
  ] as const) {
    const decision = ask(plans, [license('L', { plan: first }), license('M', { plan: second })], {}, ['word'])
    expect(decision.reason).toBe('step_up_required')
    expect(decision.remedies).toEqual([{ type: 'step_up', acr_values: ['urn:1', 'urn:2'] }])
  }
})

test('a fault of the question has nothing that helps', () => {
  expect(decide(worldOf(), noUsage, { identity: 'ann', feature: 'cross' }, noon).remedies).toEqual([])
})

test('no licence helps by buying one', () => {
  expect(ask({ firm: { title: 'Firm', includes } }, []).remedies).toEqual([{ type: 'buy' }])
})

test('hours name the reason before regions, and regions before networks', () => {
  const conditions = { hours: { zone: 'UTC', open: ['mon-sun 20:00-21:00'] }, regions: ['NO'], networks: ['10.0.0.0/8'] }
  const plan = (given: object) => ({ day: { title: 'Day', includes, conditions: given } })
  const { hours: _, ...places } = conditions
  expect(summary(ask(plan(conditions), [license('L')], { context: { country: 'SE', ip: '192.0.2.1' } }))).toBe('outside_hours')
  expect(summary(ask(plan(places), [license('L')], { context: { country: 'SE', ip: '192.0.2.1' } }))).toBe('outside_region')
  expect(summary(ask(plan(places), [license('L')], { context: { country: 'NO', ip: '192.0.2.1' } }))).toBe('outside_network')
})

test('a question without any context lacks the country and the address', () => {
  expect(summary(ask({ day: { title: 'Day', includes, conditions: { regions: ['NO'] } } }, [license('L')]))).toBe('context_missing')
  expect(summary(ask({ day: { title: 'Day', includes, conditions: { networks: ['10.0.0.0/8'] } } }, [license('L')]))).toBe(
    'context_missing',
  )
})

test('a plan that only advises holds its conditions also where it includes nothing', () => {
  const plans = { day: { title: 'Day', enforcement: 'advise', includes: {}, conditions: { regions: ['NO'] } } }
  expect(summary(ask(plans, [license('L')], { context: { country: 'NO' } }))).toBe('allow would_refuse:not_entitled')
  expect(summary(ask(plans, [license('L')], { context: { country: 'SE' } }))).toBe('outside_region')
  expect(summary(ask({ day: { title: 'Day', enforcement: 'advise', includes: {} } }, [license('L')]))).toBe(
    'allow would_refuse:not_entitled',
  )
})

const timetables = (plan: string, entry: string) => ({
  day: {
    title: 'Day',
    conditions: { hours: { zone: 'UTC', open: [plan] } },
    includes: { cross: { conditions: { hours: { zone: 'UTC', open: [entry] } } } },
  },
})

test('of two timetables the wait is until both are open', () => {
  const decision = ask(timetables('mon-fri 08:00-11:00', 'fri 10:00-14:00'), [license('L')])
  expect(decision).toMatchObject({ reason: 'outside_hours', remedies: [{ type: 'wait', until: instant('2026-05-15T10:00:00Z') }] })
})

test('two timetables that never meet promise nothing', () => {
  expect(ask(timetables('mon 08:00-11:00', 'fri 10:00-14:00'), [license('L')])).toMatchObject({ reason: 'outside_hours', remedies: [] })
})

test('a timetable without a window promises nothing', () => {
  const closed = { day: { title: 'Day', includes, conditions: { hours: { zone: 'UTC', open: [] } } } }
  expect(ask(closed, [license('L')])).toMatchObject({ reason: 'outside_hours', remedies: [] })
})

const degrading = (less: object) => ({
  full: { title: 'Full', grace: { then: 'degrade to less' }, includes: { cross: { assurance: 'word' } } },
  less: { title: 'Less', includes: less },
})
const repair = { features: { cross: { title: 'Cross', repair: true }, view: { title: 'View' } }, assurance }
const ended = license('L', { plan: 'full', ends: noon - HOUR })

test('a smaller plan that lacks the repair feature does not close it', () => {
  const world = worldOf(edition(termsOf({ ...repair, plans: degrading({ view: {} }) })), identity('ann'), ended)
  const proofs = [{ level: 'word', at: noon - HOUR }]
  expect(summary(decide(world, noUsage, { identity: 'ann', feature: 'cross', proofs }, noon))).toBe('allow degraded')
  expect(summary(decide(world, noUsage, { identity: 'ann', feature: 'cross' }, noon))).toBe('step_up_required')
})

test('one that has it asks for its own proof as well', () => {
  const world = worldOf(edition(termsOf({ ...repair, plans: degrading({ cross: { assurance: 'key' } }) })), identity('ann'), ended)
  const proven = (level: string) =>
    summary(decide(world, noUsage, { identity: 'ann', feature: 'cross', proofs: [{ level, at: noon - HOUR }] }, noon))
  expect(proven('word')).toBe('step_up_required')
  expect(proven('key')).toBe('allow degraded')
})

test('units left are counted by the seats taken when licences are put in order', () => {
  const terms = termsOf({
    features: { cross: { title: 'Cross', meter: 'trips' } },
    meters: { trips: { unit: 'trip', aggregate: 'sum' } },
    plans: { day: { title: 'Day', seats: { named: 5 }, includes: { cross: { limit: '2 per seat per month', then: 'bill' } } } },
  })
  const seated = (id: string, order: number, of: string) => ({ fact: 'seat', license: of, identity: id, order }) as const
  const licenses = [license('L', { ends: noon + HOUR }), license('M', { ends: noon + DAY })]
  const seats = [seated('ann', 0, 'L'), seated('ann', 0, 'M'), seated('bob', 1, 'M')]
  const world = worldOf(edition(terms), identity('ann'), identity('bob'), ...licenses, ...seats)
  const usage = { ...noUsage, used: () => 3 }
  // Two seats of M make four units, of which one is left; L ends sooner, but its two are used up.
  expect(decide(world, usage, { identity: 'ann', feature: 'cross' }, noon)).toMatchObject({ license: 'M', notices: [] })
})

test('a licence of another product opens no feature of the same name', () => {
  const tram = { ...edition(termsOf({ product: 'tram' })), product: 'tram' }
  const world = worldOf(edition(termsOf({})), tram, identity('ann'), license('T', { product: 'tram' }))
  const asked = (feature: string) => summary(decide(world, noUsage, { identity: 'ann', organization: 'acme', feature }, noon))
  expect([asked('tram:cross'), asked('ferry:cross')]).toEqual(['allow', 'no_license'])
})

test('a feature that an older edition does not count is not beyond what it includes', () => {
  const features = { cross: { title: 'Cross', meter: 'trips' } }
  const metered = {
    features,
    meters: { trips: { unit: 'trip', aggregate: 'sum' } },
    plans: { day: { title: 'Day', includes: { cross: { limit: '5 per month' } } } },
  }
  const world = worldOf(
    edition(termsOf({}), 1),
    edition(termsOf(metered), 2),
    identity('ann'),
    license('L', { ends: noon + HOUR }),
    license('M', { edition: 2, ends: noon + DAY }),
  )
  expect(decide(world, noUsage, { identity: 'ann', feature: 'cross' }, noon).license).toBe('L')
})

test('of a view that holds leases, hard limits are put in order by what is at hand, and others by what is used', () => {
  const limits = { firm: '5 per month', soft: { limit: '5 per month', then: 'bill' } }
  const terms = termsOf({
    features: { cross: { title: 'Cross', meter: 'trips' } },
    meters: { trips: { unit: 'trip', aggregate: 'sum' } },
    plans: {
      firm: { title: 'Firm', includes: { cross: { limit: limits.firm } } },
      soft: { title: 'Soft', includes: { cross: limits.soft } },
    },
  })
  const first = (plan: string, usage: Partial<Usage>) => {
    const world = worldOf(
      edition(terms),
      identity('ann'),
      license('L', { plan, ends: noon + HOUR }),
      license('M', { plan, ends: noon + DAY }),
    )
    // Nothing speaks against M.
    const of = {
      used: (license: string) => (license === 'L' ? 5 : 0),
      left: (license: string) => ({ amount: license === 'L' ? 0 : 5, until: noon + DAY }),
    }
    return decide(world, { ...noUsage, ...of, ...usage }, { identity: 'ann', feature: 'cross' }, noon).license
  }
  const atHand = { left: () => ({ amount: 5, until: noon + DAY }) }
  expect([first('firm', {}), first('firm', atHand)]).toEqual(['M', 'L'])
  expect([first('soft', {}), first('soft', { used: () => 0 })]).toEqual(['M', 'L'])
})

test('without an organization it is the only one of which the product is had, and where there are two it must be said', () => {
  const both = { in: { acme: ['crew'], globex: ['crew'] } }
  const tram = termsOf({ product: 'tram' })
  const asked = (more: object) => {
    const facts = [
      edition(termsOf({})),
      edition(tram),
      identity('ann', [], both),
      license('L'),
      license('M', { organization: 'globex', ...more }),
    ]
    return summary(decide(worldOf(...facts), noUsage, { identity: 'ann', feature: 'ferry:cross' }, noon))
  }
  expect([asked({ product: 'tram' }), asked({})]).toEqual(['allow', 'organization_required'])
})
