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
  plans: {
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
    small: { title: 'Small', includes: { cross: {} } },
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
    'several faults at once',
    { seats: { named: -1 }, includes: { store: { value: 'x' }, cross: { burst: 3 } } },
    ['BAD_NUMBER /seats/named', 'BAD_NUMBER /includes/store/value', 'KEY_NEEDS_ANOTHER /includes/cross/burst'],
  ],
]
for (const [what, given, want] of refused) test(`refuses ${what}`, () => expect(faults(given)).toEqual(want))

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
  expect(long.findings).toMatchObject([{ code: 'TOO_MANY', path: '' }])
})

test('text that is no overrides makes no plan', () => {
  const compiled = compile(terms)
  for (const bad of ['', '{', 'null', '{"includes":{"fly":{}}}'])
    expect([bad, overriddenPlan(compiled, 'day', bad)]).toEqual([bad, undefined])
})
