import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import type { Terms } from '../model.ts'
import { parseValue } from '../parse.ts'
import { overriddenPlan, readOverrides } from './overrides.ts'

const { terms } = parseValue({
  terms: 1,
  product: 'ferry',
  features: {
    cross: {},
    load: { meter: 'cars' },
    store: { type: 'limit', unit: 'box' },
    deck: { type: 'choice', values: ['lower', 'upper'] },
    help: {},
  },
  meters: { cars: { unit: 'car', aggregate: 'sum' } },
  assurance: { word: { acr: 'w', any_of: ['pwd'] }, otp: { acr: 'o', any_of: ['otp'] } },
  context: { sea: { type: 'string', from: 'enforcer' } },
  attributes: { age: 'number' },
  roles: { crew: ['*'] },
  federation: {
    port: { authority: 'https://port.example', product: 'port' },
    self: { authority: 'https://ferry.example', product: 'ferry' },
  },
  plans: {
    bare: {},
    day: {
      title: 'Day',
      seats: { named: 25, overage: '10%', hold: '24 hours' },
      grace: { expiry: '3 days', payment: '7 days', then: 'degrade to small' },
      includes: {
        cross: { assurance: 'otp within 1 hour' },
        load: { limit: '100 per month', then: 'bill', rate: '10 per second', burst: 40 },
        store: { value: 5 },
        deck: [{ value: 'lower' }, { value: 'upper', assurance: 'otp' }],
      },
    },
    small: { title: 'Small', seats: { floating: 3, lease: '1 hour', outage: 'keep' }, includes: { cross: {} } },
  },
}) as { terms: Terms }

const text = (value: unknown): string => {
  const read = readOverrides(value, terms, 'day')
  expect(read.findings).toEqual([])
  return read.text as string
}
const planOf = (value: unknown) => readOverrides(value, terms, 'day').plan
const faults = (value: unknown): string[] => readOverrides(value, terms, 'day').findings.map(({ code, path }) => `${code} ${path}`)

test('keys that are given replace those of the plan, the others stay', () => {
  const plan = planOf({ seats: { named: 50 }, grace: { expiry: '30 days' }, includes: { load: { limit: '5000 per month' }, cross: {} } })
  expect(plan?.seats).toMatchObject({ kind: 'named', count: 50, overage: { kind: 'percent', amount: 10 }, holdSeconds: 86_400 })
  expect(plan?.grace).toEqual({ expirySeconds: 30 * 86_400, paymentSeconds: 7 * 86_400, offlineSeconds: 86_400, degradeTo: 'small' })
  expect(plan?.includes.get('load')).toMatchObject([{ limit: { count: 5000 }, then: { kind: 'bill' }, rate: { burst: 40 } }])
  expect(plan?.includes.get('cross')).toMatchObject([{ assurance: { level: 'otp' } }])
  expect(plan?.includes.get('store')).toMatchObject([{ value: 5 }])
})

test('what follows a limit goes with it, and a new rate has its own burst', () => {
  expect(planOf({ includes: { load: { limit: 'none', rate: '99 per second' } } })?.includes.get('load')).toMatchObject([
    { then: { kind: 'refuse' }, rate: { count: 99, burst: 99 } },
  ])
})

test('a feature is added, taken away, or given other entries', () => {
  const plan = planOf({ includes: { help: {}, store: [], deck: [{ value: 'upper' }] } })
  expect([plan?.includes.has('help'), plan?.includes.has('store')]).toEqual([true, false])
  expect(plan?.includes.get('deck')).toMatchObject([{ value: 'upper' }])
})

test('seats of another kind are other seats', () => {
  expect(planOf({ seats: { floating: 8, lease: '10 minutes' } })?.seats).toMatchObject({
    kind: 'floating',
    count: 8,
    overage: { kind: 'count', amount: 0 },
    holdSeconds: 0,
  })
})

const written: [given: unknown, form: string][] = [
  [{}, '{}'],
  [{ seats: { overage: 0, named: 50 } }, '{"seats":{"named":50,"overage":0}}'],
  [{ seats: { hold: '3600 s' } }, '{"seats":{"hold":"1 hour"}}'],
  [{ includes: { load: { limit: ' 5000 per month ' } } }, '{"includes":{"load":{"limit":"5000 per month"}}}'],
  [{ includes: { load: { limit: 'none' } } }, '{"includes":{"load":{"limit":"none"}}}'],
  [{ includes: { store: [], help: [{}] } }, '{"includes":{"help":[{}],"store":[]}}'],
  [
    { seats: { named: 25, take: ' on use ', overage: 0, hold: 'none', for: ['human'] } },
    '{"seats":{"for":["human"],"hold":"none","named":25,"overage":0,"take":"on use"}}',
  ],
  [{ seats: { for: ['agent', 'human'], overage: ' 12.50% ' } }, '{"seats":{"for":["agent","human"],"overage":"12.5%"}}'],
  [
    { includes: { help: { obligations: { record: false, mask: [' a '] }, conditions: {} } } },
    '{"includes":{"help":{"conditions":{},"obligations":{"mask":[" a "]}}}}',
  ],
  [
    { includes: { help: { obligations: { record: false, mask: [] } }, cross: { assurance: 'word' } } },
    '{"includes":{"cross":{"assurance":"word"},"help":{"obligations":{"mask":[],"record":false}}}}',
  ],
  [
    { includes: { deck: [{ value: 'upper' }, { assurance: 'otp', value: 'lower' }] } },
    '{"includes":{"deck":[{"value":"upper"},{"value":"lower","assurance":"otp"}]}}',
  ],
  [{ includes: { deck: [{ value: 'upper' }] } }, '{"includes":{"deck":[{"value":"upper"}]}}'],
  [
    { includes: { load: { burst: 50, then: 'refuse', limit: '5 per day' } } },
    '{"includes":{"load":{"burst":50,"limit":"5 per day","then":"refuse"}}}',
  ],
  [{ grace: { offline: '1 day', payment: '0 s' } }, '{"grace":{"offline":"1 day","payment":"0 s"}}'],
  [{ grace: { then: 'degrade to small', expiry: '0 s' } }, '{"grace":{"expiry":"0 s","then":"degrade to small"}}'],
]
for (const [given, form] of written) test(`is written ${form}`, () => expect(text(given)).toBe(form))

const refused: [what: string, given: unknown, faults: string[]][] = [
  ['no map', [], ['WRONG_TYPE ']],
  ['a key that cannot be overridden', { price: { stripe: 'x' } }, ['UNKNOWN_KEY /price']],
  ['a feature that there is not', { includes: { fly: {} } }, ['UNKNOWN_FEATURE /includes/fly']],
  ['a limit that is none', { includes: { load: { limit: 'many' } } }, ['BAD_LIMIT /includes/load/limit']],
  ['a limit without a meter', { includes: { cross: { limit: '5 per day' } } }, ['LIMIT_WITHOUT_METER /includes/cross/limit']],
  ['a value that is none', { includes: { deck: [{ value: 'middle' }] } }, ['UNKNOWN_VALUE /includes/deck/0/value']],
  ['one entry where the plan has two', { includes: { deck: { value: 'lower' } } }, ['CONFLICTING_KEYS /includes/deck']],
  ['two kinds of seats', { seats: { named: 1, floating: 1 } }, ['CONFLICTING_KEYS /seats/floating']],
  ['degrading to itself', { grace: { then: 'degrade to day' } }, ['DEGRADES_TO_ITSELF /grace/then']],
  [
    'a key that cannot be overridden, and whatever else is at fault',
    { price: {}, colour: 1, seats: { named: -1 } },
    ['UNKNOWN_KEY /price', 'UNKNOWN_KEY /colour', 'BAD_NUMBER /seats/named'],
  ],
  [
    'what refers to itself, and whatever else is at fault',
    { seats: { named: -1 }, grace: { then: 'degrade to day' } },
    ['BAD_NUMBER /seats/named', 'DEGRADES_TO_ITSELF /grace/then'],
  ],
  [
    'several faults at once',
    { seats: { named: -1 }, includes: { store: { value: 'x' }, cross: { burst: 3 } } },
    ['BAD_NUMBER /seats/named', 'BAD_NUMBER /includes/store/value', 'KEY_NEEDS_ANOTHER /includes/cross/burst'],
  ],
]
for (const [what, given, want] of refused) test(`refuses ${what}`, () => expect(faults(given)).toEqual(want))

test('a plan that says nothing takes what it is given', () => {
  const read = readOverrides(
    { seats: { floating: 2 }, grace: { expiry: '1 day' }, includes: { load: { limit: '5 per day' } } },
    terms,
    'bare',
  )
  expect(read.findings).toEqual([])
  expect(read.plan?.seats).toMatchObject({ kind: 'floating', count: 2 })
  expect(read.plan?.grace.expirySeconds).toBe(86_400)
  expect(read.plan?.includes.get('load')).toMatchObject([{ limit: { count: 5 } }])
  expect(readOverrides({ includes: { load: [] } }, terms, 'bare').plan?.includes.size).toBe(0)
})

test('seats of the same kind keep what is not given, and so does an entry', () => {
  expect(planOf({ seats: { overage: 3 } })?.seats).toMatchObject({ kind: 'named', count: 25, overage: { kind: 'count', amount: 3 } })
  expect(planOf({ includes: { load: { burst: 50 } } })?.includes.get('load')).toMatchObject([
    { limit: { count: 100 }, then: { kind: 'bill' }, rate: { count: 10, burst: 50 } },
  ])
  expect(planOf({ includes: { load: { limit: '5 per day' } } })?.includes.get('load')).toMatchObject([{ then: { kind: 'bill' } }])
  expect(planOf({ includes: { load: { rate: '5 per second', burst: 7 } } })?.includes.get('load')).toMatchObject([{ rate: { burst: 7 } }])
})

test('a fault is told with its place, its sentence and what to do', () => {
  const told = (value: unknown) => readOverrides(value, terms, 'day').findings
  expect(told({ includes: { deck: { value: 'lower' } } })).toEqual([
    {
      code: 'CONFLICTING_KEYS',
      path: '/includes/deck',
      message: 'deck has 2 entries in the plan, and it is not said which is meant.',
      suggestion: 'Write all of its entries as a list.',
    },
  ])
  expect(told({ price: {} })).toEqual([
    {
      code: 'UNKNOWN_KEY',
      path: '/price',
      message: 'There is no key "price" in what is overridden.',
      suggestion: 'Use one of "seats", "grace", "includes".',
    },
  ])
  expect(told({ includes: { cross: { obligations: { record: 'yes' } } } })).toStrictEqual([
    { code: 'WRONG_TYPE', path: '/includes/cross/obligations/record', message: 'Record must be true or false.' },
  ])
  expect(told(5n)).toMatchObject([{ code: 'WRONG_TYPE', message: 'A value of type bigint cannot stand in terms.' }])
})

for (const [what, given, path] of [
  ['seats', { seats: 5 }, '/seats'],
  ['grace', { grace: [] }, '/grace'],
  ['what is included', { includes: 5 }, '/includes'],
  ['an entry', { includes: { load: 5 } }, '/includes/load'],
  ['an entry of a feature that the plan lacks', { includes: { help: 5 } }, '/includes/help'],
  ['an alternative', { includes: { deck: [5] } }, '/includes/deck/0'],
] as const)
  test(`${what} of another kind is told once`, () => expect(faults(given)).toEqual([`WRONG_TYPE ${path}`]))

test('what an entry names is looked for in the terms', () => {
  expect(faults({ includes: { cross: { assurance: 'key' } } })).toEqual(['UNKNOWN_LEVEL /includes/cross/assurance'])
  expect(faults({ includes: { cross: { approval: { by: 'mate' } } } })).toEqual(['UNKNOWN_ROLE /includes/cross/approval/by'])
  expect(faults({ includes: { cross: { approval: { by: 'crew' } } } })).toEqual([])
  expect(faults({ includes: { cross: { needs: 'port:x' } } })).toEqual([])
  expect(faults({ includes: { cross: { needs: 'prot:x' } } })).toEqual(['UNKNOWN_AUTHORITY /includes/cross/needs'])
  expect(faults({ includes: { cross: { when: 'context.sea == "calm" && subject.attributes.age > 1.0' } } })).toEqual([])
  expect(faults({ includes: { cross: { when: 'context.wind == "calm"' } } })).toEqual(['BAD_EXPRESSION /includes/cross/when'])
  expect(faults({ grace: { then: 'degrade to night' } })).toEqual(['UNKNOWN_PLAN /grace/then'])
})

test('a need that comes back to itself is seen with the plan as it is overridden', () => {
  expect(faults({ includes: { cross: { needs: 'self:cross' } } })).toEqual(['NEEDS_CYCLE /includes/cross'])
})

test('a path is a JSON pointer, and a plan that there is not overrides nothing', () => {
  expect(faults({ includes: { 'a/b~c': {} } })).toEqual([expect.stringContaining('/includes/a~1b~0c')])
  expect(readOverrides({}, terms, 'night')).toEqual({ findings: [] })
})

test('what is too long for a license file is refused', () => {
  const when = `context.x == "${'x'.repeat(1900)}"`
  const entries = Array.from({ length: 10 }, () => ({ when, assurance: 'otp' }))
  const long = readOverrides(
    { includes: { help: entries } },
    { ...terms, context: new Map([['x', { type: 'string', from: 'enforcer' }]]) },
    'day',
  )
  expect(long).toEqual({
    findings: [
      { code: 'TOO_MANY', path: '', message: 'Overrides are longer than 16384 characters.', suggestion: 'Sell a plan of its own.' },
    ],
  })
})

test('what is just short enough for a license file is taken', () => {
  const of = (last: number) => {
    const mask = Array.from({ length: 79 }, (_, i) => `${i}`.padStart(200, 'x'))
    return readOverrides({ includes: { help: { obligations: { mask: [...mask, 'y'.repeat(last), 'z'.repeat(150)] } } } }, terms, 'bare')
      .text
  }
  const room = 16_384 - (of(1)?.length ?? 0)
  expect(of(1 + room)?.length).toBe(16_384)
  expect(of(2 + room)).toBeUndefined()
})

test('what is told of no place is told of the overrides as a whole', () => {
  const load = Intl.supportedValuesOf('timeZone')
    .slice(0, 51)
    .map((zone) => ({ limit: `5 per calendar day in ${zone}` }))
  expect(faults({ includes: { load } })).toEqual(['TOO_MANY '])
})

test('seats become named as they become floating, and a plan without grace takes some', () => {
  expect(readOverrides({ seats: { named: 2 } }, terms, 'small').plan?.seats).toMatchObject({ kind: 'named', count: 2, outage: 'release' })
  expect(readOverrides({ grace: { expiry: '0 s' } }, terms, 'bare').text).toBe('{"grace":{"expiry":"0 s"}}')
})

test('the text of overrides makes the plan that it was read to', () => {
  expect(overriddenPlan(compile(terms), 'day', '{"seats":{"named":50}}')?.plan).toEqual(planOf({ seats: { named: 50 } }))
})

test('text that is no overrides makes no plan', () => {
  const compiled = compile(terms)
  for (const bad of ['', '{', 'null', '{"includes":{"fly":{}}}'])
    expect([bad, overriddenPlan(compiled, 'day', bad)]).toEqual([bad, undefined])
})
