import { expect, test } from 'vitest'
import { DAY, edition, identity, license, noUsage, SECOND, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, explain, type Fact, propose, type Request } from './index.ts'

const now = 100 * DAY
const levels = { word: { acr: 'urn:1', any_of: ['pwd'] }, key: { acr: 'urn:2', any_of: ['hwk'] } }
const assurance = { assurance: levels }

function ask(facts: readonly Fact[], request: Partial<Request> = {}, licenseMore: object = {}) {
  return decide(
    worldOf(identity('ann'), license('L', licenseMore), ...facts),
    noUsage,
    { identity: 'ann', feature: 'cross', ...request },
    now,
  )
}
function both(sold: object, newest: object): Fact[] {
  return [edition(termsOf({ ...sold }), 1), edition(termsOf({ ...newest }), 2)]
}
const plan = (entry: object, more: object = {}) => ({ plans: { day: { title: 'Day', includes: { cross: entry }, ...more } } })
const proof = (level: string, ago = 0) => ({ proofs: [{ level, at: now - ago * SECOND }] })

const commercial: {
  name: string
  sold: object
  newest: object
  request?: Partial<Request>
  more?: object
  want: string
  underNewest: string
}[] = [
  {
    name: 'what it includes',
    sold: {},
    newest: { features: { cross: { title: 'Cross' }, load: { title: 'Load' } }, plans: { day: { title: 'Day', includes: { load: {} } } } },
    want: 'allow',
    underNewest: 'not_entitled',
  },
  {
    name: 'what it lacks',
    sold: { features: { cross: { title: 'Cross' }, load: { title: 'Load' } }, plans: { day: { title: 'Day', includes: { load: {} } } } },
    newest: {},
    want: 'not_entitled',
    underNewest: 'allow',
  },
  {
    name: 'its plan, when the newest has no plan of that name',
    sold: {},
    newest: { plans: { night: { title: 'Night', includes: { cross: {} } } } },
    want: 'allow',
    underNewest: 'no_license',
  },
  {
    name: 'its hours',
    sold: {},
    newest: plan({}, { conditions: { hours: { zone: 'UTC', open: [] } } }),
    want: 'allow',
    underNewest: 'outside_hours',
  },
  { name: 'its conditions', sold: {}, newest: plan({ when: 'subject.kind == "agent"' }), want: 'allow', underNewest: 'condition_failed' },
  {
    name: 'its grace',
    sold: plan({}, { grace: { expiry: '2 days' } }),
    newest: {},
    more: { ends: now - DAY },
    want: 'allow in_grace',
    underNewest: 'license_expired',
  },
  {
    name: 'its lack of grace',
    sold: {},
    newest: plan({}, { grace: { expiry: '2 days' } }),
    more: { ends: now - DAY },
    want: 'license_expired',
    underNewest: 'allow in_grace',
  },
  { name: 'its seats', sold: {}, newest: plan({}, { seats: { named: 0 } }), want: 'allow', underNewest: 'seats_exhausted' },
  { name: 'its roles', sold: {}, newest: { roles: { crew: [] } }, want: 'allow', underNewest: 'not_permitted' },
  {
    name: 'its enforcement',
    sold: plan({}, { enforcement: 'advise', seats: { named: 0 } }),
    newest: plan({}, { seats: { named: 0 } }),
    want: 'allow would_refuse:seats_exhausted',
    underNewest: 'seats_exhausted',
  },
  {
    name: "its entries' assurance, also where the newest asks for more",
    sold: { ...assurance },
    newest: { ...assurance, ...plan({ assurance: 'key' }) },
    want: 'allow',
    underNewest: 'step_up_required',
  },
  {
    name: "its entries' assurance, also where the newest asks for less",
    sold: { ...assurance, ...plan({ assurance: 'key' }) },
    newest: { ...assurance },
    request: proof('word'),
    want: 'step_up_required',
    underNewest: 'allow',
  },
  {
    name: 'a fact that its access requests bring, also when the newest no longer knows it',
    sold: { context: { ticket: { type: 'string', from: 'access_request' } }, ...plan({ when: 'context.ticket == "T1"' }) },
    newest: {},
    want: 'allow',
    underNewest: 'allow',
  },
  {
    name: 'a feature that the newest no longer has',
    sold: {},
    newest: { features: { load: { title: 'Load' } }, plans: { day: { title: 'Day', includes: { load: {} } } } },
    want: 'allow',
    underNewest: 'not_entitled',
  },
]
const grant: Fact = {
  fact: 'grant',
  id: 'g',
  identity: 'ann',
  organization: 'acme',
  feature: 'cross',
  from: 0,
  until: 1000 * DAY,
  approved_by: [{ identity: 'bob', roles: ['crew'] }],
  context: { ticket: 'T1' },
}
for (const { name, sold, newest, request, more, want, underNewest } of commercial)
  test(`a licence keeps ${name}`, () => {
    const facts = name.includes('access requests') ? [...both(sold, newest), grant] : both(sold, newest)
    expect(summary(ask(facts, request, more))).toBe(want)
    expect(summary(ask(facts, request, { ...more, edition: 2 }))).toBe(underNewest)
  })

const minimum = (text?: string): Record<string, unknown> => ({
  ...assurance,
  features: { cross: { title: 'Cross', ...(text !== undefined && { assurance: text }) } },
})
const signal = (effect: object): object => ({ ...assurance, signals: { new_device: effect } })
const raised: Fact = { fact: 'signal', id: 's', name: 'new_device', identity: 'ann', at: now - 10 * SECOND }
const protective: { name: string; sold: object; newest: object; facts?: Fact[]; request?: Partial<Request>; want: string }[] = [
  {
    name: "the newest edition's minimum holds where it is stricter",
    sold: minimum('word'),
    newest: minimum('key'),
    request: proof('word'),
    want: 'step_up_required',
  },
  {
    name: "the sold edition's minimum holds where the newest asks for less",
    sold: minimum('key'),
    newest: minimum('word'),
    request: proof('word'),
    want: 'step_up_required',
  },
  {
    name: 'a proof that meets the stricter of the two is enough',
    sold: minimum('word'),
    newest: minimum('key'),
    request: proof('key'),
    want: 'allow',
  },
  { name: 'a minimum that only the newest edition has holds', sold: minimum(), newest: minimum('word'), want: 'step_up_required' },
  {
    name: 'a signal that only the newest edition knows raises the bar',
    sold: assurance,
    newest: signal({ require: 'word' }),
    facts: [raised],
    want: 'step_up_required',
  },
  {
    name: 'a signal that only the sold edition knows still raises the bar',
    sold: signal({ require: 'word' }),
    newest: assurance,
    facts: [raised],
    want: 'step_up_required',
  },
  {
    name: 'a raised bar is met by a proof given after it',
    sold: assurance,
    newest: signal({ require: 'word' }),
    facts: [raised],
    request: proof('word', 10),
    want: 'allow',
  },
  {
    name: 'and by none given before it',
    sold: assurance,
    newest: signal({ require: 'word' }),
    facts: [raised],
    request: proof('word', 11),
    want: 'step_up_required',
  },
  {
    name: 'a signal that the newest edition refuses on refuses',
    sold: signal({ require: 'word' }),
    newest: signal({ refuse: true }),
    facts: [raised],
    request: proof('word'),
    want: 'risk_denied',
  },
  {
    name: 'a signal that the sold edition refused on still refuses',
    sold: signal({ refuse: true }),
    newest: signal({ require: 'word' }),
    facts: [raised],
    request: proof('word'),
    want: 'risk_denied',
  },
  {
    name: "the newest edition's order of levels is the one that counts",
    sold: { ...assurance, ...plan({ assurance: 'word' }) },
    newest: { assurance: { key: levels.key, word: levels.word } },
    request: proof('key'),
    want: 'step_up_required',
  },
]
for (const { name, sold, newest, facts = [], request, want } of protective)
  test(name, () => {
    expect(summary(ask([...both(sold, newest), ...facts], request))).toBe(want)
  })

test('a signal that only an edition in between knows raises nothing', () => {
  const facts = [
    edition(termsOf(assurance), 1),
    edition(termsOf(signal({ require: 'key' }) as Record<string, unknown>), 2),
    edition(termsOf(assurance), 3),
  ]
  const asked = [...facts, raised, edition(termsOf({ ...assurance, ...plan({ assurance: 'word' }) }), 1)]
  expect(summary(ask(asked, proof('word', 60)))).toBe('allow')
})

test('where the newest edition has no levels, those that were sold are the ladder', () => {
  const decision = ask(both({ ...assurance, ...plan({ assurance: 'key' }) }, {}), proof('word'))
  expect(decision).toMatchObject({ reason: 'step_up_required', remedies: [{ type: 'step_up', acr_values: ['urn:2'] }] })
})

test('where both have levels, the newest names the acr that is asked for', () => {
  const renamed = { assurance: { ...levels, key: { ...levels.key, acr: 'urn:new' } } }
  const decision = ask(both({ ...assurance, ...plan({ assurance: 'key' }) }, renamed), proof('word'))
  expect(decision.remedies).toEqual([{ type: 'step_up', acr_values: ['urn:new'] }])
})

test('a feature that came after the licence was sold is explained gate by gate', () => {
  const newer = { features: { cross: { title: 'Cross' }, load: { title: 'Load' } } }
  const world = worldOf(identity('ann'), license('L'), ...both({}, newer))
  const { trace } = explain(world, noUsage, { identity: 'ann', feature: 'load' }, now)
  const refused = trace?.[0]?.gates.filter(({ outcome }) => outcome === 'refused').map(({ gate, reason }) => [gate, reason])
  expect(refused).toEqual([
    ['entitlement', 'not_entitled'],
    ['role', 'not_permitted'],
  ])
})

test('editions may come in any order, and the highest number is the newest', () => {
  const facts = [edition(termsOf(minimum('key')), 2), edition(termsOf(minimum('word')), 1)]
  expect(summary(ask(facts, proof('word')))).toBe('step_up_required')
})

test('the answer names the edition that was sold', () => {
  expect(ask(both({}, {})).edition).toBe(1)
  expect(ask(both({}, {}), {}, { edition: 2 }).edition).toBe(2)
})

test('a licence whose edition or plan is not known here is none', () => {
  expect(summary(ask([edition(termsOf({}), 2)]))).toBe('no_license')
  expect(summary(ask([edition(termsOf({}), 1)], {}, { plan: 'night' }))).toBe('no_license')
})

test('what is counted is counted by the edition that was sold', () => {
  const metered = (limit: string) => ({
    features: { cross: { title: 'Cross', meter: 'trips' } },
    meters: { trips: { unit: 'trip', aggregate: 'sum' } },
    ...plan({ limit }),
  })
  const world = worldOf(identity('ann'), license('L'), ...both(metered('5 per day'), metered('9 per month')))
  const { spending } = propose(world, noUsage, { identity: 'ann', feature: 'cross', consume: { amount: 1, id: 'c' } }, now)
  expect(spending?.quota?.windows).toEqual([{ from: now, until: now + DAY, hardLimit: 5 }])
})
