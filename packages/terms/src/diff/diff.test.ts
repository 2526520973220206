import { expect, test } from 'vitest'
import { diff, parseValue, type Terms } from '../index.ts'

type Sections = Record<string, unknown>

const base: Sections = {
  terms: 1,
  product: 'atlas',
  title: 'Atlas',
  features: {
    'report.export': { title: 'Export', meter: 'exports' },
    storage: { title: 'Storage', type: 'limit', unit: 'GiB' },
    size: { title: 'Size', type: 'choice', values: ['small', 'large'] },
    query: { title: 'Query', resource: 'postgres', commands: ['select', 'ddl'] },
  },
  meters: { exports: { unit: 'report' } },
  assurance: { otp: { acr: 'urn:otp', any_of: ['otp'] }, passkey: { acr: 'phr', any_of: [['hwk', 'user'], 'swk'] } },
  signals: { new_device: { require: 'otp' }, travel: { over: '1000 km/h', require: 'otp' } },
  roles: { analyst: ['report.export', 'storage'], admin: ['*'] },
  plans: {
    free: { includes: { storage: { value: 5 } } },
    standard: {
      seats: { named: 25, overage: '10%' },
      grace: { expiry: '3 days', then: 'degrade to free' },
      includes: {
        'report.export': { limit: '1000 per month' },
        storage: { value: 50 },
        size: { value: 'large' },
        query: [{ resources: { environment: ['staging'] } }, { resources: { environment: ['production'] }, commands: ['select'] }],
      },
      conditions: { hours: { zone: 'Europe/Berlin', open: ['mon-fri 08:00-18:00'] }, regions: ['EU', 'NO'] },
    },
  },
}

function termsOf(sections: Sections): Terms {
  const { terms, findings } = parseValue(sections)
  if (terms === undefined) throw new Error(findings.map(({ message }) => message).join('; '))
  return terms
}

/** The base with one member replaced; `undefined` takes it away. */
function withMember(path: readonly string[], value: unknown): Terms {
  const copy = structuredClone(base)
  const parent = path.slice(0, -1).reduce((at, name) => at[name] as Sections, copy)
  const last = path.at(-1) as string
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return termsOf(copy)
}

const standard = ['plans', 'standard'] as const
const cases: { change: string; path: readonly string[]; value: unknown; want: readonly string[] }[] = [
  {
    change: 'a feature leaves a plan',
    path: [...standard, 'includes', 'report.export'],
    value: undefined,
    want: ['narrows: standard loses report.export'],
  },
  {
    change: 'one alternative leaves a plan',
    path: [...standard, 'includes', 'query'],
    value: [{ resources: { environment: ['staging'] } }],
    want: ['narrows: standard loses query on production (select)'],
  },
  {
    change: 'a limit is halved',
    path: [...standard, 'includes', 'report.export'],
    value: { limit: '500 per month' },
    want: ['narrows: standard: report.export from 1000 to 500 per month (hard)'],
  },
  {
    change: 'a limit becomes soft',
    path: [...standard, 'includes', 'report.export'],
    value: { limit: '1000 per month', then: 'bill' },
    want: ['widens: standard: report.export 1000 per month, billed beyond instead of 1000 per month, hard'],
  },
  { change: 'fewer seats', path: [...standard, 'seats'], value: { named: 20, overage: '10%' }, want: ['narrows: standard: seats 25 → 20'] },
  {
    change: 'other overage',
    path: [...standard, 'seats'],
    value: { named: 25 },
    want: ['narrows: standard: 0 instead of 10% more seats are let in and billed'],
  },
  {
    change: 'a stronger proof',
    path: [...standard, 'includes', 'storage'],
    value: { value: 50, assurance: 'passkey within 15 minutes' },
    want: ['narrows: standard: storage needs passkey within 15 minutes instead of no proof of its own'],
  },
  {
    change: 'less of a limit, and no more of a choice',
    path: [...standard, 'includes', 'storage'],
    value: { value: 20 },
    want: ['narrows: standard: storage from 50 GiB to 20 GiB'],
  },
  {
    change: 'a smaller choice',
    path: [...standard, 'includes', 'size'],
    value: { value: 'small' },
    want: ['narrows: standard: size from large to small'],
  },
  {
    change: 'a role permits less',
    path: ['roles', 'analyst'],
    value: ['report.export'],
    want: ['narrows: role analyst loses storage'],
  },
  {
    change: 'Friday ends earlier',
    path: [...standard, 'conditions', 'hours'],
    value: { zone: 'Europe/Berlin', open: ['mon-thu 08:00-18:00', 'fri 08:00-16:00'] },
    want: ['narrows: standard: hours narrow: Friday 16:00-18:00 is closed'],
  },
  {
    change: 'hours move',
    path: [...standard, 'conditions', 'hours'],
    value: { zone: 'Europe/Berlin', open: ['mon-fri 07:00-17:00'] },
    want: ['narrows: standard: hours narrow: mon-fri 17:00-18:00 is closed', 'widens: standard: hours widen: mon-fri 07:00-08:00 is open'],
  },
  {
    change: 'a closed day',
    path: [...standard, 'conditions', 'hours'],
    value: { zone: 'Europe/Berlin', open: ['mon-fri 08:00-18:00'], closed_on: ['2026-12-25'] },
    want: ['narrows: standard: it is also closed on 2026-12-25'],
  },
  {
    change: 'a country fewer',
    path: [...standard, 'conditions', 'regions'],
    value: ['EU'],
    want: ['narrows: standard: callers from NO are no longer let in: EU instead of EU or NO'],
  },
  {
    change: 'a minimum, which is protective',
    path: ['features', 'storage', 'assurance'],
    value: 'otp',
    want: ['narrows at once: storage needs at least otp, in every edition ever sold'],
  },
  {
    change: 'a stricter signal',
    path: ['signals', 'new_device'],
    value: { refuse: true },
    want: ['narrows at once: the signal new_device refuses everything, where it asked for otp'],
  },
  {
    change: 'a milder signal, which only the new edition has',
    path: ['signals', 'new_device'],
    value: { allow: true },
    want: ['widens: the signal new_device raises nothing, where it asked for otp'],
  },
  {
    change: 'a slower journey raises it',
    path: ['signals', 'travel'],
    value: { over: '500 km/h', require: 'otp' },
    want: ['narrows at once: the signal travel is raised by over 500 km/h instead of over 1000 km/h'],
  },
  {
    change: 'levels change places',
    path: ['assurance'],
    value: { passkey: { acr: 'phr', any_of: [['hwk', 'user'], 'swk'] }, otp: { acr: 'urn:otp', any_of: ['otp'] } },
    want: [
      'narrows at once: levels are ordered passkey and otp instead of otp and passkey, weakest first: a proof that was enough may no longer be',
    ],
  },
  {
    change: 'one way fewer to prove a level',
    path: ['assurance', 'passkey', 'any_of'],
    value: ['swk'],
    want: ['narrows at once: passkey is no longer proven by hwk and user'],
  },
  {
    change: 'less grace',
    path: [...standard, 'grace', 'expiry'],
    value: '1 day',
    want: ['narrows: standard: grace after the end of a licence is 1 day instead of 3 days'],
  },
  {
    change: 'nothing is left after grace',
    path: [...standard, 'grace'],
    value: { expiry: '3 days' },
    want: ['narrows: standard: when expiry grace is over, nothing is left instead of free'],
  },
  {
    change: 'a new command that an entry does not cover',
    path: ['features', 'query', 'commands'],
    value: ['select', 'ddl', 'copy'],
    want: ['narrows at once: query has the new command copy; who names no command asks for them too, and not every entry covers them'],
  },
  {
    change: 'a title',
    path: ['features', 'storage', 'title'],
    value: 'Space',
    want: ['neutral: storage is called "Space" instead of "Storage"'],
  },
  {
    change: 'a value of a choice is gone',
    path: ['features', 'size', 'values'],
    value: ['large'],
    want: ['narrows: size can no longer be small'],
  },
  {
    change: 'a new value in between',
    path: ['features', 'size', 'values'],
    value: ['small', 'medium', 'large'],
    want: ['widens: size can be medium'],
  },
  {
    change: 'values in another order',
    path: ['features', 'size', 'values'],
    value: ['large', 'small'],
    want: ['narrows: the values of size are ordered large and small instead of small and large, smallest first'],
  },
  {
    change: 'a fact',
    path: ['context'],
    value: { ticket: { type: 'string', from: 'access_request' } },
    want: ['neutral: there is a new fact of the context, ticket'],
  },
  {
    change: 'only the order of a list',
    path: [...standard, 'conditions', 'regions'],
    value: ['NO', 'EU'],
    want: ['neutral: only the order of lists that have no order changes: nobody gets more or less'],
  },
  {
    change: 'the order of alternatives',
    path: [...standard, 'includes', 'query'],
    value: [{ resources: { environment: ['production'] }, commands: ['select'] }, { resources: { environment: ['staging'] } }],
    want: ['neutral: standard: the alternatives of query are tried in another order, so another one may count, mask or record'],
  },
]
for (const { change, path, value, want } of cases)
  test(change, () => {
    const found = diff(termsOf(base), withMember(path, value))
    expect(found.map(({ direction, effect, sentence }) => `${direction}${effect === 'at_once' ? ' at once' : ''}: ${sentence}`)).toEqual(
      want,
    )
  })

test('a consequence is data first', () => {
  const [found] = diff(termsOf(base), withMember([...standard, 'includes', 'report.export'], { limit: '500 per month' }))
  expect(found).toEqual({
    type: 'limit',
    direction: 'narrows',
    effect: 'sold_or_moved',
    plan: 'standard',
    feature: 'report.export',
    before: '1000 per month, hard',
    after: '500 per month, hard',
    sentence: 'standard: report.export from 1000 to 500 per month (hard)',
  })
})

test('an alternative that another still covers is no loss', () => {
  const before = withMember([...standard, 'includes', 'query'], [{}, { resources: { environment: ['production'] } }])
  const after = withMember([...standard, 'includes', 'query'], {})
  const [found] = diff(before, after)
  expect([found?.type, found?.direction]).toEqual(['includes', 'neutral'])
})

test('a role gains what is new under its pattern', () => {
  const features = { ...(base.features as object), 'report.print': { title: 'Print' } }
  const before = termsOf({ ...base, roles: { clerk: ['report.*'] } })
  const after = termsOf({ ...base, features, roles: { clerk: ['report.*'] } })
  expect(diff(before, after).map(({ sentence }) => sentence)).toEqual([
    'role clerk gains report.print',
    'the product has a new feature report.print (Print)',
  ])
})
