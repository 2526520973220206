import { expect, test } from 'vitest'
import { compile, featuresMatching, sameWindow, selects } from './compile.ts'
import { parseValue } from './parse.ts'

const { terms, findings } = parseValue({
  terms: 1,
  product: 'ferry',
  title: 'Ferry',
  features: {
    'deck.load': { title: 'Load', meter: 'cars', commands: ['put', 'take'] },
    'deck.wash': { title: 'Wash', assurance: 'key' },
    decks: { title: 'Decks' },
    cross: { title: 'Cross' },
  },
  meters: { cars: { unit: 'car', aggregate: 'sum' } },
  assurance: { word: { acr: 'urn:1', any_of: ['pwd'] }, key: { acr: 'urn:2', any_of: ['hwk'] } },
  roles: { crew: ['deck.*'], guest: [], captain: ['*'] },
  plans: {
    day: {
      title: 'Day',
      includes: {
        'deck.load': [
          { limit: '5 per day', commands: ['put'], assurance: 'word within 10 minutes' },
          { limit: '9 per day' },
          { limit: '9 per calendar month in Asia/Tokyo' },
        ],
        'deck.wash': { when: 'subject.kind == "human"', conditions: { when: 'subject.id == "a"' } },
      },
      conditions: { regions: ['EEA', 'JP'], networks: ['10.0.0.0/8'] },
    },
    night: {
      includes: {
        cross: { assurance: 'key' },
        'deck.load': {},
        'deck.wash': { conditions: { hours: { zone: 'Asia/Tokyo', open: ['08:00-18:00'] } } },
      },
    },
  },
})
if (terms === undefined) throw new Error(findings.map(({ message }) => message).join('; '))
/** Anew for each test, so that each is held to what it looks at. */
const compiled = () => compile(terms)
const day = () => compiled().plans.get('day')

test('features get indexes in written order', () => {
  expect([...compiled().features.values()].map(({ name, index }) => [name, index])).toEqual([
    ['deck.load', 0],
    ['deck.wash', 1],
    ['decks', 2],
    ['cross', 3],
  ])
})

test('roles are a byte a feature', () => {
  expect([...(compiled().roles.get('crew') ?? [])]).toEqual([1, 1, 0, 0])
  expect([...(compiled().roles.get('guest') ?? [])]).toEqual([0, 0, 0, 0])
  expect([...(compiled().roles.get('captain') ?? [])]).toEqual([1, 1, 1, 1])
})

for (const { patterns, is } of [
  { patterns: ['deck.load'], is: [1, 0, 0, 0] },
  { patterns: ['deck.*'], is: [1, 1, 0, 0] },
  { patterns: ['deck'], is: [0, 0, 0, 0] },
  { patterns: ['deck*'], is: [0, 0, 0, 0] },
  { patterns: ['*', 'nothing'], is: [1, 1, 1, 1] },
  { patterns: ['cross', 'deck.wash'], is: [0, 1, 0, 1] },
  { patterns: ['DECK.LOAD', ''], is: [0, 0, 0, 0] },
])
  test(`${JSON.stringify(patterns)} permits just that`, () => {
    expect([...featuresMatching(patterns, compiled().features)]).toEqual(is)
  })

test('levels are ranked from the weakest', () => {
  expect([...compiled().ranks]).toEqual([
    ['word', 0],
    ['key', 1],
  ])
})

test('needs are in milliseconds, and only where asked for', () => {
  expect(day()?.entries[0]?.map(({ need }) => need)).toEqual([{ level: 'word', ageMilliseconds: 600_000 }, undefined, undefined])
  expect(compiled().features.get('deck.wash')?.minimum).toEqual({ level: 'key' })
  expect(compiled().features.get('cross')?.minimum).toBe(undefined)
})

test('an entry has what its terms say, and nothing else', () => {
  const [put, some, month] = day()?.entries[0] ?? []
  expect([put, some, month].map((entry) => [entry?.index, Object.keys(entry ?? {}).toSorted()])).toEqual([
    [0, ['commands', 'conditions', 'entry', 'index', 'limit', 'need']],
    [1, ['conditions', 'entry', 'index', 'limit']],
    [2, ['conditions', 'entry', 'index', 'limit']],
  ])
  expect([...(put?.commands ?? [])]).toEqual(['put'])
  expect(some?.limit).toEqual({ limit: { count: 9, perSeat: false, period: 'day' } })
  expect(Object.keys(day()?.entries[1]?.[0] ?? {}).toSorted()).toEqual(['conditions', 'entry', 'index'])
  expect(Object.keys(compiled().features.get('cross') ?? {}).toSorted()).toEqual(['feature', 'index', 'name'])
})

test('an age is asked for only where one is named, and conditions only where there are any', () => {
  const night = compiled().plans.get('night')
  expect(night?.conditions).toEqual({})
  expect(night?.entries[3]).toEqual([{ index: 0, entry: expect.anything(), need: { level: 'key' }, conditions: [] }])
  expect(night?.entries[1]?.[0]?.conditions.map((conditions) => [Object.keys(conditions), conditions.hours?.zone.name])).toEqual([
    [['hours'], 'Asia/Tokyo'],
  ])
  expect(night?.windows.size).toBe(0)
})

test('what a plan lacks has no entries', () => {
  expect(day()?.entries[2]).toBe(undefined)
  expect(day()?.entries[3]).toBe(undefined)
})

test('a meter is counted once in each distinct window', () => {
  expect(
    day()
      ?.windows.get('cars')
      ?.map(({ limit, zone }) => [limit.period, zone?.name]),
  ).toEqual([
    ['day', undefined],
    ['month', 'Asia/Tokyo'],
  ])
  const limit = { count: 1, perSeat: false, period: 'day' } as const
  expect(sameWindow(limit, { ...limit, count: 9, perSeat: true })).toBe(true)
  expect(sameWindow(limit, { ...limit, period: 'week' })).toBe(false)
  expect(sameWindow(limit, { ...limit, calendarZone: 'UTC' })).toBe(false)
})

test('a plan’s conditions stand before the entry’s own, and an entry without any has only those', () => {
  const plan = day()
  expect(plan?.entries[0]?.[0]?.conditions).toEqual([plan?.conditions])
  expect(day()?.entries[1]?.[0]?.conditions.length).toBe(2)
  expect(day()?.conditions.countries?.has('NO')).toBe(true)
  expect(day()?.conditions.countries?.has('JP')).toBe(true)
  expect(day()?.conditions.countries?.has('CH')).toBe(false)
  expect(day()?.conditions.networks?.length).toBe(1)
})

test('two conditions of one entry both hold', () => {
  const when = day()?.entries[1]?.[0]?.conditions[1]?.when
  const scope = (id: string, kind: string) => ({ context: {}, subject: { id, kind, roles: [] }, action: { name: 'deck.wash' } })
  expect(when?.evaluate(scope('a', 'human'))).toBe(true)
  expect(when?.evaluate(scope('b', 'human'))).toBe(false)
  expect(when?.evaluate(scope('a', 'agent'))).toBe(false)
})

test('one condition of an entry holds alone, whether it stands in `when` or under `conditions`', () => {
  const whenOf = (entry: object) =>
    compile(parseValue({ terms: 1, product: 'p', features: { a: {} }, plans: { x: { includes: { a: entry } } } }).terms as typeof terms)
      .plans.get('x')
      ?.entries[0]?.[0]?.conditions.map(({ when }) => when?.evaluate({ context: {}, subject, action: { name: 'a' } }))
  const subject = { id: 'a', kind: 'human', roles: [] }
  const [yes, no] = ['subject.id == "a"', 'subject.id == "b"']
  expect([{ when: yes }, { when: no }, { conditions: { when: yes } }, { conditions: { when: no } }, {}].map(whenOf)).toEqual([
    [true],
    [false],
    [true],
    [false],
    [],
  ])
})

const selector = { environment: ['calm'], region: ['north', 'south'], labels: new Map([['size', ['s', 'm']]]) }
const calm = { environment: 'calm', region: 'south', labels: { size: 'm' } }
for (const { name, resource, is } of [
  { name: 'all that is asked for', resource: calm, is: true },
  { name: 'more than is asked for', resource: { ...calm, labels: { size: 's', flag: 'NO' } }, is: true },
  { name: 'another environment', resource: { ...calm, environment: 'storm' }, is: false },
  { name: 'no environment', resource: { region: 'south', labels: { size: 'm' } }, is: false },
  { name: 'another region', resource: { ...calm, region: 'west' }, is: false },
  { name: 'no region', resource: { environment: 'calm', labels: { size: 'm' } }, is: false },
  { name: 'another label', resource: { ...calm, labels: { size: 'l' } }, is: false },
  { name: 'no label', resource: { ...calm, labels: {} }, is: false },
  { name: 'no labels', resource: { environment: 'calm', region: 'south' }, is: false },
])
  test(`a selector ${is ? 'covers' : 'does not cover'} ${name}`, () => expect(selects(selector, resource)).toBe(is))

test('a selector that asks for nothing covers everything, and a prototype holds no label', () => {
  expect(selects({ labels: new Map() }, {})).toBe(true)
  expect(selects({ labels: new Map([['toString', ['x']]]) }, { labels: {} })).toBe(false)
})
