import { expect, test } from 'vitest'
import { DAY, edition, HOUR, identity, license, termsOf, worldOf } from '../../test/sample.ts'
import type { Fact, LicenseFact } from '../facts.ts'
import type { World } from '../world.ts'
import { dayOfLoss, impact, type Sight } from './impact.ts'

const now = 100 * DAY + 9 * HOUR
const until = now + 90 * DAY

const held = (id: string, holder: string, more: Partial<LicenseFact> = {}): Fact => {
  const { organization: _organization, ...fact } = { ...license(id), holder, ...more }
  return fact
}
const org = (id: string): Fact => ({ fact: 'organization', id })
const member = (id: string, ...organizations: string[]) =>
  identity(id, [], { in: Object.fromEntries(organizations.map((each) => [each, ['crew']])) })
const ofGlobex = (id: string, more: Partial<LicenseFact> = {}) => license(id, { organization: 'globex', ...more })
const TRAM = edition(termsOf({ product: 'tram', features: { ride: {} }, plans: { day: { title: 'Day', includes: { ride: {} } } } }))
const FERRY = edition(
  termsOf({
    features: { cross: {}, moor: { commands: ['tie', 'cast'] } },
    plans: {
      day: { title: 'Day', includes: { cross: {}, moor: {} } },
      night: { title: 'Night', includes: { moor: { commands: ['tie'], assurance: 'key' } } },
    },
    assurance: { key: { acr: 'urn:2', any_of: ['hwk'] } },
  }),
)
const CROSS = edition(termsOf({}))
const ended = { ends: now }

function told(world: World, facts?: readonly Fact[], sight?: Sight) {
  return impact(world, { now, until, ...(facts && { facts }) }).report(sight)
}

test('a report says of which state it is, and of which time', () => {
  const world = worldOf(CROSS, identity('ann'), license('L'))
  world.apply({ revision: 7, facts: [] })
  expect(told(world, [])).toEqual({
    revision: 7,
    from: now,
    until,
    losing: 0,
    gaining: 0,
    changing: 0,
    products: [],
    features: [],
    instants: [],
    groups: [],
  })
})

test('also where it is of what time alone brings, and brings nothing', () => {
  const world = worldOf(CROSS, identity('ann'), identity('bob', [], { in: {} }), license('L'), held('H', 'bob', { ends: now + DAY }))
  const { from, until: to, losing, groups } = told(world)
  expect([from, to, losing, groups.map(({ examples }) => examples)]).toEqual([now, until, 1, [['bob']]])
})

test('who is looked at and keeps what they have is in no group', () => {
  const world = worldOf(CROSS, identity('ann'), identity('bob', []), license('L'))
  expect(told(world, [license('L', ended)]).groups.map(({ examples }) => examples)).toEqual([['ann']])
  expect(told(world, [org('acme')]).groups).toEqual([])
})

test('what a smaller plan takes, leaves in another way, and gives', () => {
  const world = worldOf(FERRY, identity('ann'), identity('bob'), license('L'))
  const item = { product: 'ferry', feature: 'moor' }
  const tie = { ...item, command: 'tie', losing: 0, gaining: 0, changing: 2 }
  expect(told(world, [license('L', { plan: 'night' })])).toEqual({
    revision: 1,
    from: now,
    until,
    losing: 2,
    gaining: 0,
    changing: 2,
    products: [{ product: 'ferry', losing: 2, gaining: 0, changing: 2 }],
    features: [
      { product: 'ferry', feature: 'cross', losing: 2, gaining: 0, changing: 0 },
      { ...item, command: 'cast', losing: 2, gaining: 0, changing: 0 },
      tie,
    ],
    instants: [{ at: now, losing: 2, gaining: 0, changing: 2 }],
    groups: [
      {
        identities: 2,
        examples: ['ann', 'bob'],
        organization: 'acme',
        product: 'ferry',
        licenses: [{ license: 'L', plan: 'day', edition: 1 }],
        roles: ['crew'],
        effects: [
          { product: 'ferry', feature: 'cross', effect: 'loses', reason: 'not_entitled', at: now },
          { ...item, command: 'tie', effect: 'changes', parts: ['assurance'], at: now },
          { ...item, command: 'cast', effect: 'loses', reason: 'not_entitled', at: now },
        ],
      },
    ],
  })
  // Whoever loses something loses, whatever else becomes of them.
  expect([...impact(world, { facts: [license('L', { plan: 'night' })], now, until }).losing()]).toEqual(['ann', 'bob'])
  // World is as before.
  expect(world.license('L')?.fact.plan).toBe('day')
})

test('the keys of what has no command and no organization are not there', () => {
  const world = worldOf(CROSS, identity('ann', [], { in: {} }), held('H', 'ann'))
  const { features, groups } = told(world, [held('H', 'ann', ended)])
  expect(features).toStrictEqual([{ product: 'ferry', feature: 'cross', losing: 1, gaining: 0, changing: 0 }])
  expect(groups).toStrictEqual([
    {
      identities: 1,
      examples: ['ann'],
      product: 'ferry',
      licenses: [],
      effects: [{ product: 'ferry', feature: 'cross', effect: 'loses', reason: 'license_expired', at: now }],
    },
  ])
})

test('an identity counts once, in however many places, products and features, and at the first instant', () => {
  const facts = [FERRY, TRAM, org('globex'), member('ann', 'acme', 'globex'), member('bob', 'globex'), member('cyd', 'acme')]
  const day = (days: number) => ({ ends: now + days * DAY })
  const world = worldOf(...facts, license('L', day(2)), ofGlobex('M', day(3)), ofGlobex('T', { product: 'tram', ...day(1) }))
  const { losing, products, features, instants } = told(world)
  expect(losing).toBe(3)
  expect(products).toEqual([
    { product: 'ferry', losing: 3, gaining: 0, changing: 0 },
    { product: 'tram', losing: 2, gaining: 0, changing: 0 },
  ])
  expect(features.map(({ feature, command, losing }) => [feature, command, losing])).toEqual([
    ['cross', undefined, 3],
    ['moor', 'tie', 3],
    ['moor', 'cast', 3],
    ['ride', undefined, 2],
  ])
  // Ann and Bob at the end of the tram, Cyd at that of acme's ferry.
  expect(instants).toEqual([
    { at: now + DAY, losing: 2, gaining: 0, changing: 0 },
    { at: now + 2 * DAY, losing: 1, gaining: 0, changing: 0 },
  ])
})

test('an identity is counted as losing, gaining and changing, each by itself', () => {
  const trial = { trial_ends: now + 95 * DAY }
  const world = worldOf(
    CROSS,
    org('globex'),
    org('initech'),
    member('ann', 'acme', 'globex', 'initech'),
    license('L'),
    ofGlobex('M', ended),
    license('N', { organization: 'initech', ...trial }),
  )
  const { losing, gaining, changing, products, features, instants } = told(world, [
    license('L', ended),
    ofGlobex('M', { ends: now + DAY }),
    license('N', { organization: 'initech' }),
  ])
  const counts = { losing: 1, gaining: 1, changing: 1 }
  expect({ losing, gaining, changing }).toEqual(counts)
  expect(products).toEqual([{ product: 'ferry', ...counts }])
  expect(features).toEqual([{ product: 'ferry', feature: 'cross', ...counts }])
  expect(instants).toEqual([{ at: now, ...counts }])
})

test('features: most losing first, then most gaining, then most changing', () => {
  const plan = (title: string, ...features: string[]) => ({ title, includes: Object.fromEntries(features.map((each) => [each, {}])) })
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const terms = termsOf({
    features: Object.fromEntries(names.map((name) => [name, {}])),
    plans: {
      none: plan('None'),
      bd: plan('BD', 'b', 'd'),
      d: plan('D', 'd'),
      ce: plan('CE', 'c', 'e'),
      e: plan('E', 'e'),
      fa: plan('FA', 'f', 'a'),
      f: plan('F', 'f'),
      gfa: plan('GFA', 'g', 'f', 'a'),
    },
  })
  const place = (name: string, ...people: string[]): Fact[] => [org(name), ...people.map((id) => member(id, name))]
  const world = worldOf(
    edition(terms),
    ...place('one', 'p1', 'p2'),
    ...place('two', 'p3'),
    ...place('three', 'p4', 'p5'),
    ...place('four', 'p6'),
    ...place('five', 'p7', 'p8', 'p9'),
    ...place('six', 'q1'),
    ...place('seven', 'q2', 'q3'),
    license('A', { organization: 'one', plan: 'd' }),
    license('B', { organization: 'two', plan: 'bd' }),
    license('C', { organization: 'three', plan: 'none' }),
    license('D', { organization: 'four', plan: 'none' }),
    license('E', { organization: 'five', plan: 'fa', trial_ends: until }),
    license('F', { organization: 'six', plan: 'f', trial_ends: until }),
    license('G', { organization: 'seven', plan: 'gfa', trial_ends: until }),
  )
  const { features } = told(world, [
    license('A', { organization: 'one', plan: 'none' }),
    license('B', { organization: 'two', plan: 'none' }),
    license('C', { organization: 'three', plan: 'e' }),
    license('D', { organization: 'four', plan: 'ce' }),
    license('E', { organization: 'five', plan: 'fa' }),
    license('F', { organization: 'six', plan: 'f' }),
    license('G', { organization: 'seven', plan: 'gfa' }),
  ])
  expect(features.map(({ feature, losing, gaining, changing }) => `${feature} ${losing} ${gaining} ${changing}`)).toEqual([
    'd 3 0 0',
    'b 1 0 0',
    'e 0 3 0',
    'c 0 1 0',
    'f 0 0 6',
    'a 0 0 5',
    'g 0 0 2',
  ])
})

test('of features that lose as many, those that gain more come first, and of these those that change more', () => {
  const levels = { key: { acr: 'urn:2', any_of: ['hwk'] } }
  const features = { a: {}, b: {}, c: {} }
  const terms = (includes: object) => termsOf({ assurance: levels, features, plans: { day: { title: 'Day', includes } } })
  const world = worldOf(
    edition(terms({ a: {}, b: {} })),
    edition(terms({ c: {}, b: { assurance: 'key' } }), 2),
    identity('ann'),
    license('L'),
  )
  expect(told(world, [license('L', { edition: 2 })]).features.map(({ feature }) => feature)).toEqual(['a', 'c', 'b'])
  expect(told(world, []).features).toEqual([])
})

test('instants are in order, whatever comes first by licence', () => {
  const ends = { one: 5, two: 1, three: 3 }
  const facts = Object.entries(ends).flatMap(([name, days]) => [
    org(name),
    member(`p${days}`, name),
    license(name, { organization: name, ends: now + days * DAY }),
  ])
  expect(told(worldOf(CROSS, ...facts)).instants.map(({ at }) => (at - now) / DAY)).toEqual([1, 3, 5])
})

test('groups: who shares place, product, roles and effects; the largest first, each with five examples at most', () => {
  const people = ['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => member(id, 'globex'))
  const world = worldOf(
    CROSS,
    TRAM,
    org('globex'),
    identity('ann'),
    identity('bob', ['crew', 'guide']),
    identity('cyd', ['crew', 'guide']),
    ...people,
    license('L'),
    ofGlobex('M'),
    ofGlobex('N', { plan: 'none' }),
    ofGlobex('T', { product: 'tram' }),
  )
  const { groups } = told(world, [license('L', ended), ofGlobex('M', ended), ofGlobex('T', { product: 'tram', ...ended })])
  expect(groups.map(({ effects, ...group }) => ({ ...group, effects: effects.map(({ feature }) => feature) }))).toEqual([
    {
      identities: 7,
      examples: ['b', 'c', 'd', 'e', 'f'],
      organization: 'globex',
      product: 'ferry',
      licenses: [
        { license: 'M', plan: 'day', edition: 1 },
        { license: 'N', plan: 'none', edition: 1 },
      ],
      roles: ['crew'],
      effects: ['cross'],
    },
    {
      identities: 7,
      examples: ['b', 'c', 'd', 'e', 'f'],
      organization: 'globex',
      product: 'tram',
      licenses: [{ license: 'T', plan: 'day', edition: 1 }],
      roles: ['crew'],
      effects: ['ride'],
    },
    {
      identities: 2,
      examples: ['bob', 'cyd'],
      organization: 'acme',
      product: 'ferry',
      licenses: [{ license: 'L', plan: 'day', edition: 1 }],
      roles: ['crew', 'guide'],
      effects: ['cross'],
    },
    {
      identities: 1,
      examples: ['ann'],
      organization: 'acme',
      product: 'ferry',
      licenses: [{ license: 'L', plan: 'day', edition: 1 }],
      roles: ['crew'],
      effects: ['cross'],
    },
  ])
})

test('who has the same effects elsewhere, or others in the same place, is another group', () => {
  const keyed = edition(termsOf({ assurance: { key: { acr: 'urn:2', any_of: ['hwk'] } } }))
  const stricter = edition(
    termsOf({ assurance: { key: { acr: 'urn:2', any_of: ['hwk'] } }, features: { cross: { title: 'Cross', assurance: 'key' } } }),
    2,
  )
  const world = worldOf(
    keyed,
    org('globex'),
    identity('ann', ['crew'], { factors: [] }),
    identity('bob'),
    member('cyd', 'globex'),
    license('L'),
    ofGlobex('M'),
  )
  const { groups } = told(world, [stricter])
  expect(groups.map(({ organization, examples, effects }) => [organization, examples, effects.map(({ effect }) => effect)])).toEqual([
    ['acme', ['ann'], ['loses']],
    ['acme', ['bob'], ['changes']],
    ['globex', ['cyd'], ['changes']],
  ])
})

test('whose membership goes has no roles any more, whose comes has those to come', () => {
  const world = worldOf(CROSS, identity('ann'), identity('bob', [], { in: {} }), license('L'))
  const { losing, gaining, groups } = told(world, [identity('ann', [], { in: {} }), identity('bob', ['guide', 'crew']), identity('cyd')])
  expect([losing, gaining]).toEqual([1, 2])
  expect(groups.map(({ examples, roles }) => [examples, roles])).toEqual([
    [['ann'], undefined],
    [['bob'], ['crew', 'guide']],
    [['cyd'], ['crew']],
  ])
  expect(groups[0]).not.toHaveProperty('roles')
  expect(groups[0]?.effects[0]?.reason).toBe('no_license')
})

test('what comes by time alone has the roles of now', () => {
  const world = worldOf(
    CROSS,
    identity('ann'),
    identity('bob', [], { in: {} }),
    license('L', { ends: now + 1 }),
    held('H', 'bob', { ends: now + 1 }),
  )
  expect(told(world).groups.map(({ organization, roles }) => [organization, roles])).toEqual([
    ['acme', ['crew']],
    [undefined, undefined],
  ])
})

test('a licence that goes from one organization to another is a loss here and a gain there', () => {
  const world = worldOf(CROSS, org('globex'), identity('ann'), member('bob', 'globex'), member('cyd', 'acme', 'globex'), license('L'))
  const found = [...impact(world, { facts: [ofGlobex('L')], now, until }).each()]
  expect(found.map(({ identity, organization, effect: { effect } }) => [identity, organization, effect])).toEqual([
    ['ann', 'acme', 'loses'],
    ['bob', 'globex', 'gains'],
    ['cyd', 'acme', 'loses'],
    ['cyd', 'globex', 'gains'],
  ])
})

test('a licence that becomes one’s own is a loss in the organization and a gain without', () => {
  const world = worldOf(CROSS, identity('ann'), identity('bob'), license('L'))
  const found = [...impact(world, { facts: [held('L', 'ann')], now, until }).each()]
  expect(found).toStrictEqual([
    {
      identity: 'ann',
      organization: 'acme',
      effect: { product: 'ferry', feature: 'cross', effect: 'loses', reason: 'no_license', at: now },
    },
    { identity: 'ann', effect: { product: 'ferry', feature: 'cross', effect: 'gains', reason: 'no_license', at: now } },
    {
      identity: 'bob',
      organization: 'acme',
      effect: { product: 'ferry', feature: 'cross', effect: 'loses', reason: 'no_license', at: now },
    },
  ])
})

test('another product in the same place is another matter', () => {
  const world = worldOf(CROSS, TRAM, identity('ann'), license('L'))
  const found = [...impact(world, { facts: [license('L', { product: 'tram' })], now, until }).each()]
  expect(found.map(({ effect: { product, effect } }) => [product, effect])).toEqual([
    ['ferry', 'loses'],
    ['tram', 'gains'],
  ])
})

// ---- who is told of it

const SIGHTED = [
  CROSS,
  TRAM,
  ...['globex', 'initech'].map(org),
  member('ann', 'acme'),
  member('bob', 'acme', 'globex'),
  member('cyd', 'globex'),
  identity('dan', [], { in: {} }),
  member('eve', 'initech', 'globex'),
  license('L'),
  ofGlobex('M'),
  ofGlobex('T', { product: 'tram' }),
  held('H', 'dan'),
  held('I', 'eve'),
]
const ALL_END = [
  license('L', ended),
  ofGlobex('M', ended),
  ofGlobex('T', { product: 'tram', ...ended }),
  held('H', 'dan', ended),
  held('I', 'eve', ended),
]
const sees = (organizations: readonly string[], products: readonly string[] = ['ferry', 'tram']): Sight => ({
  organization: (id) => organizations.includes(id),
  product: (name) => products.includes(name),
})

const sights: { name: string; sight?: Sight; losing: string[]; groups: string[]; products: string[] }[] = [
  {
    name: 'everything',
    losing: ['ann', 'bob', 'cyd', 'dan', 'eve'],
    groups: ['globex ferry 3', 'globex tram 3', 'acme ferry 2', '- ferry 2'],
    products: ['ferry 5', 'tram 3'],
  },
  { name: 'one organization', sight: sees(['acme']), losing: ['ann', 'bob'], groups: ['acme ferry 2'], products: ['ferry 2'] },
  {
    name: 'another, and what its members have of their own',
    sight: sees(['globex']),
    losing: ['bob', 'cyd', 'eve'],
    groups: ['globex ferry 3', 'globex tram 3', '- ferry 1'],
    products: ['ferry 3', 'tram 3'],
  },
  { name: 'what members have of their own', sight: sees(['initech']), losing: ['eve'], groups: ['- ferry 1'], products: ['ferry 1'] },
  {
    name: 'one product',
    sight: sees(['acme', 'globex'], ['tram']),
    losing: ['bob', 'cyd', 'eve'],
    groups: ['globex tram 3'],
    products: ['tram 3'],
  },
  { name: 'no product', sight: sees(['acme', 'globex'], []), losing: [], groups: [], products: [] },
  { name: 'no organization', sight: sees([]), losing: [], groups: [], products: [] },
]
for (const { name, sight, losing, groups, products } of sights)
  test(`who sees ${name} is told of nothing else, in the numbers too`, () => {
    const world = worldOf(...SIGHTED)
    const found = impact(world, { facts: ALL_END, now, until })
    const report = found.report(sight)
    expect([...found.losing(sight)].sort()).toEqual(losing)
    expect(report.losing).toBe(losing.length)
    expect(report.instants).toEqual(losing.length === 0 ? [] : [{ at: now, losing: losing.length, gaining: 0, changing: 0 }])
    expect(report.products.map(({ product, losing }) => `${product} ${losing}`)).toEqual(products)
    expect(report.features.reduce((sum, { losing }) => sum + losing, 0)).toBe(
      products.reduce((sum, text) => sum + Number(text.split(' ')[1]), 0),
    )
    expect(report.groups.map(({ organization = '-', product, identities }) => `${organization} ${product} ${identities}`)).toEqual(groups)
    // One who is told is told the same a second time.
    expect(found.report(sight)).toEqual(report)
  })

test('who gains, or can in another way, loses nothing', () => {
  const world = worldOf(
    CROSS,
    org('globex'),
    identity('ann'),
    member('bob', 'globex'),
    license('L', ended),
    ofGlobex('M', { trial_ends: until }),
  )
  const found = impact(world, { facts: [license('L'), ofGlobex('M')], now, until })
  const { losing, gaining, changing } = found.report()
  expect({ losing, gaining, changing }).toEqual({ losing: 0, gaining: 1, changing: 1 })
  expect([...found.losing()]).toEqual([])
  expect([...found.losses()]).toEqual([])
})

// ---- as what it is confirmed

test('a loss is told by its UTC day, and by 0 today or before', () => {
  const midnight = 101 * DAY
  expect(dayOfLoss(now, now)).toBe(0)
  expect(dayOfLoss(midnight - 1, now)).toBe(0)
  expect(dayOfLoss(midnight, now)).toBe(101)
  expect(dayOfLoss(midnight + DAY - 1, now)).toBe(101)
  expect(dayOfLoss(midnight + DAY, now)).toBe(102)
  expect(dayOfLoss(now - 2 * DAY, now)).toBe(0)
  expect(dayOfLoss(midnight, midnight)).toBe(0)
  expect(dayOfLoss(midnight, midnight - 1)).toBe(101)
})

test('losses are told one a place, with what is lost on which day, and nothing else', () => {
  const world = worldOf(
    FERRY,
    org('globex'),
    member('ann', 'acme', 'globex'),
    identity('bob'),
    member('cyd', 'globex'),
    identity('dan', [], { in: {} }),
    license('L'),
    ofGlobex('M'),
    held('H', 'dan'),
  )
  const found = impact(world, {
    facts: [license('L', { plan: 'night' }), ofGlobex('M', { ends: now + DAY }), held('H', 'dan', ended)],
    now,
    until,
  })
  const item = (day: number, ...[feature, command = '']: [string, string?]) => JSON.stringify(['ferry', feature, command, day])
  const smaller = item(0, 'cross') + item(0, 'moor', 'cast')
  const tomorrow = item(101, 'cross') + item(101, 'moor', 'tie') + item(101, 'moor', 'cast')
  const all = item(0, 'cross') + item(0, 'moor', 'tie') + item(0, 'moor', 'cast')
  expect([...found.losses()].map((text) => JSON.parse(text))).toEqual([
    ['ann', 'acme', smaller],
    ['ann', 'globex', tomorrow],
    ['bob', 'acme', smaller],
    ['cyd', 'globex', tomorrow],
    ['dan', null, all],
  ])
})

test('losses are the same at another time of the day', () => {
  const world = worldOf(CROSS, identity('ann'), license('L'))
  const losses = (at: number) => [
    ...impact(world, { facts: [license('L', { ends: at + 2 * DAY })], now: at, until: at + 90 * DAY }).losses(),
  ]
  expect(losses(now)).toEqual(losses(now + HOUR))
  expect(losses(now)).not.toEqual(losses(now + DAY))
})
