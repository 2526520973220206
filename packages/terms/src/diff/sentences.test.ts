import { expect, test } from 'vitest'
import { diff, parse, type Terms } from '../index.ts'

const HEAD = `terms: 1
product: p
features:
  view: {}
  export: { meter: exports }
  store: { type: limit, unit: GiB }
  weigh: { type: limit }
  size: { type: choice, values: [small, medium, large] }
  query: { resource: postgres, commands: [select, insert, drop] }
meters: { exports: { unit: report } }
context: { ticket: { type: string, from: access_request } }
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [[hwk, user]] } }
roles: { all: ['*'], some: [view] }
federation: { vault: { authority: 'https://vault.example', product: v } }
`

function termsOf(source: string): Terms {
  const { terms, findings } = parse(source)
  if (terms === undefined) throw new Error(findings.map(({ message }) => message).join('; '))
  return terms
}

/** Every row is read both ways: what the change comes to, and what taking it back does. */
interface Change {
  readonly was: string
  readonly now: string
  readonly forth: readonly string[]
  readonly back: readonly string[]
}

function told(before: string, after: string): string[] {
  return diff(termsOf(before), termsOf(after)).map(
    ({ direction, effect, sentence }) => `${direction}${effect === 'at_once' ? ' at once' : ''}: ${sentence}`,
  )
}

function holds(what: string, { was, now, forth, back }: Change, source: (part: string) => string): void {
  test(`${what}: ${was.trim()} becomes ${now.trim()}`, () => {
    expect(told(source(was), source(now))).toEqual(forth)
    expect(told(source(now), source(was))).toEqual(back)
  })
}

const entries: readonly (Change & { readonly feature: string })[] = [
  {
    feature: 'export',
    was: '{ limit: 5 per day }',
    now: '{}',
    forth: ['widens: x: export without limit instead of 5 per day, hard'],
    back: ['narrows: x: export 5 per day, hard instead of without limit'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day }',
    now: '{ limit: 9 per day, then: bill }',
    forth: ['widens: x: export from 5 to 9 per day (billed beyond instead of hard)'],
    back: ['narrows: x: export from 9 to 5 per day (hard instead of billed beyond)'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day }',
    now: '{ limit: 5 per week }',
    forth: ['narrows: x: export 5 per week, hard instead of 5 per day, hard'],
    back: ['narrows: x: export 5 per day, hard instead of 5 per week, hard'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day }',
    now: '{ limit: 5 per seat per day }',
    forth: ['narrows: x: export 5 per seat per day, hard instead of 5 per day, hard'],
    back: ['narrows: x: export 5 per day, hard instead of 5 per seat per day, hard'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day }',
    now: '{ limit: 7 per calendar day in UTC }',
    forth: ['narrows: x: export 7 per calendar day in UTC, hard instead of 5 per day, hard'],
    back: ['narrows: x: export 5 per day, hard instead of 7 per calendar day in UTC, hard'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day, then: throttle 1 per minute }',
    now: '{ limit: 5 per day, then: throttle 2 per minute }',
    forth: ['widens: x: export 5 per day, at 2 per minute beyond instead of 5 per day, at 1 per minute beyond'],
    back: ['narrows: x: export 5 per day, at 1 per minute beyond instead of 5 per day, at 2 per minute beyond'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day, then: throttle 1 per minute }',
    now: '{ limit: 9 per day, then: throttle 1 per minute }',
    forth: ['widens: x: export from 5 to 9 per day (at 1 per minute beyond)'],
    back: ['narrows: x: export from 9 to 5 per day (at 1 per minute beyond)'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day, then: throttle 1 per minute }',
    now: '{ limit: 9 per day, then: throttle 1 per minute, rate: 1 per hour }',
    forth: ['narrows: x: export from 5 to 9 per day (at 1 per minute beyond)', 'narrows: x: export at 1 per hour instead of any rate'],
    back: ['narrows: x: export from 9 to 5 per day (at 1 per minute beyond)', 'widens: x: export at any rate instead of 1 per hour'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day, then: throttle 1 per minute }',
    now: '{ limit: 5 per day, then: bill, rate: 1 per hour }',
    forth: [
      'narrows: x: export 5 per day, billed beyond instead of 5 per day, at 1 per minute beyond',
      'narrows: x: export at 1 per hour instead of any rate',
    ],
    back: [
      'narrows: x: export 5 per day, at 1 per minute beyond instead of 5 per day, billed beyond',
      'widens: x: export at any rate instead of 1 per hour',
    ],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day, then: throttle 1 per minute }',
    now: '{}',
    forth: ['widens: x: export without limit instead of 5 per day, at 1 per minute beyond'],
    back: ['narrows: x: export 5 per day, at 1 per minute beyond instead of without limit'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day, then: throttle 1 per minute }',
    now: '{ limit: 5 per day }',
    forth: ['narrows: x: export 5 per day, hard instead of 5 per day, at 1 per minute beyond'],
    back: ['widens: x: export 5 per day, at 1 per minute beyond instead of 5 per day, hard'],
  },
  {
    feature: 'view',
    was: '{ rate: 5 per second }',
    now: '{}',
    forth: ['widens: x: view at any rate instead of 5 per second'],
    back: ['narrows: x: view at 5 per second instead of any rate'],
  },
  {
    feature: 'view',
    was: '{ rate: 5 per second }',
    now: '{ rate: 300 per minute, burst: 5 }',
    forth: ['neutral: x: view at 300 per minute (5 at once) instead of 5 per second'],
    back: ['neutral: x: view at 5 per second instead of 300 per minute (5 at once)'],
  },
  {
    feature: 'view',
    was: '{ rate: 5 per second }',
    now: '{ rate: 6 per second, burst: 5 }',
    forth: ['widens: x: view at 6 per second (5 at once) instead of 5 per second'],
    back: ['narrows: x: view at 5 per second instead of 6 per second (5 at once)'],
  },
  {
    feature: 'view',
    was: '{ rate: 5 per second }',
    now: '{ rate: 5 per second, burst: 9 }',
    forth: ['widens: x: view at 5 per second (9 at once) instead of 5 per second'],
    back: ['narrows: x: view at 5 per second instead of 5 per second (9 at once)'],
  },
  {
    feature: 'view',
    was: '{ rate: 5 per second }',
    now: '{ rate: 5 per minute, burst: 5 }',
    forth: ['narrows: x: view at 5 per minute instead of 5 per second'],
    back: ['widens: x: view at 5 per second instead of 5 per minute'],
  },
  {
    feature: 'store',
    was: '{ value: 5 }',
    now: '{ value: 6 }',
    forth: ['widens: x: store from 5 GiB to 6 GiB'],
    back: ['narrows: x: store from 6 GiB to 5 GiB'],
  },
  {
    feature: 'store',
    was: '{ value: 5 }',
    now: '{}',
    forth: ['widens: x: store from 5 GiB to no limit'],
    back: ['narrows: x: store from no limit to 5 GiB'],
  },
  {
    feature: 'weigh',
    was: '{ value: 5 }',
    now: '{ value: 6 }',
    forth: ['widens: x: weigh from 5 to 6'],
    back: ['narrows: x: weigh from 6 to 5'],
  },
  {
    feature: 'size',
    was: '{ value: small }',
    now: '{ value: medium }',
    forth: ['widens: x: size from small to medium'],
    back: ['narrows: x: size from medium to small'],
  },
  {
    feature: 'size',
    was: '{ value: small }',
    now: '{}',
    forth: ['narrows: x: size from small to none'],
    back: ['widens: x: size from none to small'],
  },
  {
    feature: 'query',
    was: '{ resources: { environment: [a] } }',
    now: '{}',
    forth: ['widens: x: query whatever the environment, no longer only a'],
    back: ['narrows: x: query only where the environment is a'],
  },
  {
    feature: 'query',
    was: '{ resources: { environment: [a, b], region: [x] } }',
    now: '{ resources: { environment: [b, c], region: [x] } }',
    forth: ['narrows: x: query no longer where the environment is a', 'widens: x: query also where the environment is c'],
    back: ['narrows: x: query no longer where the environment is c', 'widens: x: query also where the environment is a'],
  },
  {
    feature: 'query',
    was: '{ resources: { region: [x] } }',
    now: '{ resources: { region: [x, y] } }',
    forth: ['widens: x: query also where the region is y'],
    back: ['narrows: x: query no longer where the region is y'],
  },
  {
    feature: 'query',
    was: '{ resources: { labels: { d: [low] } } }',
    now: '{ resources: { labels: { d: [low, high], e: [f] } } }',
    forth: ['narrows: x: query only where the label e is f', 'widens: x: query also where the label d is high'],
    back: ['narrows: x: query no longer where the label d is high', 'widens: x: query whatever the label e, no longer only f'],
  },
  {
    feature: 'query',
    was: '{ resources: {} }',
    now: '{}',
    forth: ['widens: x: query also without a resource'],
    back: ['narrows: x: query only with a resource'],
  },
  {
    feature: 'query',
    was: '{ commands: [select] }',
    now: '{}',
    forth: ['widens: x: query also covers insert and drop'],
    back: ['narrows: x: query no longer covers insert and drop'],
  },
  {
    feature: 'query',
    was: '{ commands: [select, insert] }',
    now: '{ commands: [insert, drop] }',
    forth: ['narrows: x: query no longer covers select', 'widens: x: query also covers drop'],
    back: ['narrows: x: query no longer covers drop', 'widens: x: query also covers select'],
  },
  {
    feature: 'query',
    was: '{ commands: [select, insert, drop] }',
    now: '{}',
    forth: ['neutral: x: query covers all commands, those to come included'],
    back: ['neutral: x: query covers select, insert and drop, which are all'],
  },
  {
    feature: 'view',
    was: '{ assurance: otp }',
    now: '{ assurance: key }',
    forth: ['narrows: x: view needs key instead of otp'],
    back: ['widens: x: view needs otp instead of key'],
  },
  {
    feature: 'view',
    was: '{ assurance: otp }',
    now: '{ assurance: otp within 5 minutes }',
    forth: ['narrows: x: view needs otp within 5 minutes instead of otp'],
    back: ['widens: x: view needs otp instead of otp within 5 minutes'],
  },
  {
    feature: 'view',
    was: '{ assurance: otp within 5 minutes }',
    now: '{ assurance: otp within 1 hour }',
    forth: ['widens: x: view needs otp within 1 hour instead of otp within 5 minutes'],
    back: ['narrows: x: view needs otp within 5 minutes instead of otp within 1 hour'],
  },
  {
    feature: 'view',
    was: '{ assurance: otp within 5 minutes }',
    now: '{ assurance: key }',
    forth: ['narrows: x: view needs key instead of otp within 5 minutes'],
    back: ['narrows: x: view needs otp within 5 minutes instead of key'],
  },
  {
    feature: 'view',
    was: '{ assurance: otp }',
    now: '{}',
    forth: ['widens: x: view needs no proof of its own instead of otp'],
    back: ['narrows: x: view needs otp instead of no proof of its own'],
  },
  {
    feature: 'view',
    was: '{ approval: { by: all } }',
    now: '{}',
    forth: ['widens: x: view needs no approval instead of approval by one with the role all'],
    back: ['narrows: x: view needs approval by one with the role all instead of none'],
  },
  {
    feature: 'view',
    was: '{ approval: { by: all } }',
    now: '{ approval: { by: some } }',
    forth: ['narrows: x: view needs approval by one with the role some instead of approval by one with the role all'],
    back: ['narrows: x: view needs approval by one with the role all instead of approval by one with the role some'],
  },
  {
    feature: 'view',
    was: '{ approval: { by: all } }',
    now: '{ approval: { by: all, count: 2 } }',
    forth: ['narrows: x: view needs approval by 2 with the role all instead of approval by one with the role all'],
    back: ['widens: x: view needs approval by one with the role all instead of approval by 2 with the role all'],
  },
  {
    feature: 'view',
    was: '{ approval: { by: all } }',
    now: '{ approval: { by: all, for: up to 1 hour } }',
    forth: ['narrows: x: view needs approval by one with the role all for up to 1 hour instead of approval by one with the role all'],
    back: ['widens: x: view needs approval by one with the role all instead of approval by one with the role all for up to 1 hour'],
  },
  {
    feature: 'view',
    was: '{ approval: { by: all, for: up to 1 hour } }',
    now: '{ approval: { by: all, for: up to 2 hours } }',
    forth: [
      'widens: x: view needs approval by one with the role all for up to 2 hours instead of approval by one with the role all for up to 1 hour',
    ],
    back: [
      'narrows: x: view needs approval by one with the role all for up to 1 hour instead of approval by one with the role all for up to 2 hours',
    ],
  },
  {
    feature: 'view',
    was: '{ obligations: { record: true } }',
    now: '{}',
    forth: ['widens: x: view is no longer recorded'],
    back: ['narrows: x: view is recorded'],
  },
  {
    feature: 'view',
    was: '{ obligations: { mask: [a, b] } }',
    now: '{ obligations: { mask: [b, c] } }',
    forth: ['narrows: x: view masks c', 'widens: x: view no longer masks a'],
    back: ['narrows: x: view masks a', 'widens: x: view no longer masks c'],
  },
  {
    feature: 'view',
    was: "{ needs: 'vault:a' }",
    now: '{}',
    forth: ['widens: x: view no longer needs vault:a of another authority'],
    back: ['narrows: x: view needs vault:a of another authority'],
  },
  {
    feature: 'view',
    was: "{ needs: 'vault:a' }",
    now: "{ needs: 'vault:b' }",
    forth: ['narrows: x: view needs vault:b of another authority'],
    back: ['narrows: x: view needs vault:a of another authority'],
  },
  {
    feature: 'view',
    was: '{ when: subject.kind == "human" }',
    now: '{}',
    forth: ['widens: x: view: the condition subject.kind == "human" no longer counts'],
    back: ['narrows: x: view: subject.kind == "human" must hold'],
  },
  {
    feature: 'view',
    was: '{ when: subject.kind == "human" }',
    now: '{ when: subject.kind == "agent" }',
    forth: ['narrows: x: view: subject.kind == "agent" must hold instead of subject.kind == "human"'],
    back: ['narrows: x: view: subject.kind == "human" must hold instead of subject.kind == "agent"'],
  },
  {
    feature: 'view',
    was: '{ conditions: { when: subject.kind == "human" } }',
    now: '{}',
    forth: ['widens: x: view: the condition subject.kind == "human" no longer counts'],
    back: ['narrows: x: view: subject.kind == "human" must hold'],
  },
  {
    feature: 'view',
    was: '[{ rate: 5 per second }, { assurance: otp }]',
    now: '[{ assurance: otp }]',
    forth: ['narrows: x loses view (5 per second)'],
    back: ['widens: x gains view (5 per second)'],
  },
  {
    feature: 'view',
    was: '[{ rate: 5 per second, assurance: key }, { assurance: otp }]',
    now: '[{ rate: 6 per second, assurance: key }, { assurance: otp }]',
    forth: ['widens: x: view (with key) at 6 per second instead of 5 per second'],
    back: ['narrows: x: view (with key) at 5 per second instead of 6 per second'],
  },
  {
    feature: 'query',
    was: '[{ resources: { environment: [a] } }, { resources: { environment: [b] }, commands: [select] }]',
    now: '[{ resources: { environment: [b] }, commands: [select] }, { resources: { environment: [a] } }]',
    forth: ['neutral: x: the alternatives of query are tried in another order, so another one may count, mask or record'],
    back: ['neutral: x: the alternatives of query are tried in another order, so another one may count, mask or record'],
  },
  {
    feature: 'query',
    was: '[{ resources: { region: [a] } }, { resources: { region: [b], labels: { d: [e] } }, commands: [drop] }]',
    now: '{ resources: { region: [a] } }',
    forth: ['narrows: x loses query on region b, d e (drop)'],
    back: ['widens: x gains query on region b, d e (drop)'],
  },
  {
    feature: 'query',
    was: '[{}, { resources: { environment: [a] }, obligations: { record: true } }]',
    now: '{}',
    forth: ['neutral: x loses query on a, which another alternative covers'],
    back: ['neutral: x gains query on a, which another alternative covered'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day }',
    now: '{ limit: 9 per day }',
    forth: ['widens: x: export from 5 to 9 per day (hard)'],
    back: ['narrows: x: export from 9 to 5 per day (hard)'],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day, then: throttle 1 per minute }',
    now: '{ limit: 5 per day, then: throttle 2 per minute, rate: 1 per hour }',
    forth: [
      'narrows: x: export at 1 per hour instead of any rate',
      'widens: x: export 5 per day, at 2 per minute beyond instead of 5 per day, at 1 per minute beyond',
    ],
    back: [
      'narrows: x: export 5 per day, at 1 per minute beyond instead of 5 per day, at 2 per minute beyond',
      'widens: x: export at any rate instead of 1 per hour',
    ],
  },
  {
    feature: 'export',
    was: '{ limit: 5 per day }',
    now: '{ limit: 5 per day, then: bill, rate: 1 per hour }',
    forth: [
      'narrows: x: export at 1 per hour instead of any rate',
      'widens: x: export 5 per day, billed beyond instead of 5 per day, hard',
    ],
    back: ['narrows: x: export 5 per day, hard instead of 5 per day, billed beyond', 'widens: x: export at any rate instead of 1 per hour'],
  },
  {
    feature: 'query',
    was: '{ resources: { environment: [a, b, c] } }',
    now: '{ resources: { environment: [c, d, e] } }',
    forth: ['narrows: x: query no longer where the environment is a or b', 'widens: x: query also where the environment is d or e'],
    back: ['narrows: x: query no longer where the environment is d or e', 'widens: x: query also where the environment is a or b'],
  },
  {
    feature: 'query',
    was: '{}',
    now: '{ resources: { environment: [a, b] } }',
    forth: ['narrows: x: query only where the environment is a or b'],
    back: ['widens: x: query whatever the environment, no longer only a or b'],
  },
  {
    feature: 'query',
    was: '{}',
    now: '{ resources: { region: [a, b] } }',
    forth: ['narrows: x: query only where the region is a or b'],
    back: ['widens: x: query whatever the region, no longer only a or b'],
  },
  {
    feature: 'query',
    was: '{}',
    now: '{ resources: { labels: { team: [a, b] } } }',
    forth: ['narrows: x: query only where the label team is a or b'],
    back: ['widens: x: query whatever the label team, no longer only a or b'],
  },
  {
    feature: 'query',
    was: '{}',
    now: '{ resources: {} }',
    forth: ['narrows: x: query only with a resource'],
    back: ['widens: x: query also without a resource'],
  },
  {
    feature: 'view',
    was: '[{}, { assurance: otp }]',
    now: '[{ assurance: otp }]',
    forth: ['narrows: x loses view without further terms'],
    back: ['widens: x gains view without further terms'],
  },
  {
    feature: 'view',
    was: '[{ assurance: otp }, { approval: { by: all } }]',
    now: '[{ assurance: otp }]',
    forth: ['narrows: x loses view (approved by all)'],
    back: ['widens: x gains view (approved by all)'],
  },
  {
    feature: 'size',
    was: '[{ value: small, assurance: otp }, { value: large }]',
    now: '[{ value: small, assurance: otp }]',
    forth: ['narrows: x loses size (large)'],
    back: ['widens: x gains size (large)'],
  },
  {
    feature: 'view',
    was: "[{ assurance: otp }, { needs: 'vault:a' }]",
    now: '[{ assurance: otp }]',
    forth: ['narrows: x loses view (needing vault:a)'],
    back: ['widens: x gains view (needing vault:a)'],
  },
  {
    feature: 'view',
    was: '[{ assurance: otp }, { obligations: { record: true } }]',
    now: '[{ assurance: otp }]',
    forth: ['narrows: x loses view on terms of its own'],
    back: ['widens: x gains view on terms of its own'],
  },
  {
    feature: 'export',
    was: '[{ assurance: otp }, { limit: 5 per day, rate: 2 per second }]',
    now: '[{ assurance: otp }]',
    forth: ['narrows: x loses export (5 per day, 2 per second)'],
    back: ['widens: x gains export (5 per day, 2 per second)'],
  },
  {
    feature: 'export',
    was: '[{ assurance: otp }, { limit: 5 per day }]',
    now: '[{ assurance: otp }]',
    forth: ['narrows: x loses export (5 per day)'],
    back: ['widens: x gains export (5 per day)'],
  },
  {
    feature: 'query',
    was: '[{ commands: [select] }, { resources: {}, commands: [drop], assurance: key, rate: 1 per hour }]',
    now: '[{ commands: [select] }]',
    forth: ['narrows: x loses query on any resource (drop, with key)'],
    back: ['widens: x gains query on any resource (drop, with key)'],
  },
  {
    feature: 'query',
    was: '[{ commands: [select] }, { resources: { environment: [a, b], region: [c, d], labels: { e: [f, g] } }, rate: 1 per hour }]',
    now: '[{ commands: [select] }]',
    forth: ['narrows: x loses query on a or b, region c or d, e f or g'],
    back: ['widens: x gains query on a or b, region c or d, e f or g'],
  },
  {
    feature: 'query',
    was: '[{ commands: [drop] }, {}, { resources: { environment: [a] } }]',
    now: '[{ commands: [drop] }, {}]',
    forth: ['neutral: x loses query on a, which another alternative covers'],
    back: ['neutral: x gains query on a, which another alternative covered'],
  },
]
for (const change of entries)
  holds(change.feature, change, (entry) => `${HEAD}plans: { free: {}, x: { includes: { ${change.feature}: ${entry} } } }\n`)

const plans: readonly Change[] = [
  {
    was: '{}',
    now: '{ title: Big }',
    forth: ['neutral: x is called "Big" instead of "x"'],
    back: ['neutral: x is called "x" instead of "Big"'],
  },
  {
    was: '{}',
    now: '{ price: { stripe: a } }',
    forth: ['neutral: x: the price at stripe is a instead of none'],
    back: ['neutral: x: the price at stripe is none instead of a'],
  },
  {
    was: '{ price: { stripe: a } }',
    now: '{ price: { stripe: b } }',
    forth: ['neutral: x: the price at stripe is b instead of a'],
    back: ['neutral: x: the price at stripe is a instead of b'],
  },
  { was: '{}', now: '{ trial: 14 days }', forth: ['widens: x: a trial is 14 days'], back: ['narrows: x: there is no trial any more'] },
  {
    was: '{ trial: 7 days }',
    now: '{ trial: 14 days }',
    forth: ['widens: x: a trial is 14 days instead of 7 days'],
    back: ['narrows: x: a trial is 7 days instead of 14 days'],
  },
  {
    was: '{}',
    now: '{ enforcement: advise }',
    forth: ['widens: x: what its limits and dates would refuse is allowed and recorded'],
    back: ['narrows: x: what was only recorded is refused'],
  },
  {
    was: '{}',
    now: '{ seats: { named: 5, for: [human, agent] } }',
    forth: ['narrows: x: every human or agent needs one of 5 named seats'],
    back: ['widens: x: nobody needs a seat any more'],
  },
  {
    was: '{ seats: { named: 5 } }',
    now: '{ seats: { floating: 5 } }',
    forth: ['narrows: x: seats are floating instead of named'],
    back: ['narrows: x: seats are named instead of floating'],
  },
  { was: '{ seats: { named: 5 } }', now: '{ seats: { named: 6 } }', forth: ['widens: x: seats 5 → 6'], back: ['narrows: x: seats 6 → 5'] },
  {
    was: '{ seats: { named: 25, overage: 10% } }',
    now: '{ seats: { named: 25, overage: 2 } }',
    forth: ['neutral: x: 2 instead of 10% more seats are let in and billed'],
    back: ['neutral: x: 10% instead of 2 more seats are let in and billed'],
  },
  {
    was: '{ seats: { named: 25, overage: 10% } }',
    now: '{ seats: { named: 25, overage: 3 } }',
    forth: ['widens: x: 3 instead of 10% more seats are let in and billed'],
    back: ['narrows: x: 10% instead of 3 more seats are let in and billed'],
  },
  {
    was: '{ seats: { named: 25, overage: 1 } }',
    now: '{ seats: { named: 25, overage: 2 } }',
    forth: ['widens: x: 2 instead of 1 more seats are let in and billed'],
    back: ['narrows: x: 1 instead of 2 more seats are let in and billed'],
  },
  {
    was: '{ seats: { named: 5, for: [human, service] } }',
    now: '{ seats: { named: 5, for: [service, agent] } }',
    forth: ['narrows: x: every agent needs a seat now', 'widens: x: no human needs a seat any more'],
    back: ['narrows: x: every human needs a seat now', 'widens: x: no agent needs a seat any more'],
  },
  {
    was: '{ seats: { named: 5 } }',
    now: '{ seats: { named: 5, take: by admin } }',
    forth: ['narrows: x: seats are taken by admin instead of on use'],
    back: ['widens: x: seats are taken on use instead of by admin'],
  },
  {
    was: '{ seats: { named: 5, hold: 1 day } }',
    now: '{ seats: { named: 5, hold: 2 days } }',
    forth: ['narrows: x: a freed seat is held for 2 days instead of 1 day'],
    back: ['widens: x: a freed seat is held for 1 day instead of 2 days'],
  },
  {
    was: '{ seats: { floating: 5, lease: 1 hour } }',
    now: '{ seats: { floating: 5, lease: 2 hours } }',
    forth: ['widens: x: a heartbeat keeps a seat for 2 hours instead of for 1 hour'],
    back: ['narrows: x: a heartbeat keeps a seat for 1 hour instead of for 2 hours'],
  },
  {
    was: '{ seats: { floating: 5, lease: 1 hour } }',
    now: '{ seats: { floating: 5 } }',
    forth: ['widens: x: a heartbeat keeps a seat until it is released instead of for 1 hour'],
    back: ['narrows: x: a heartbeat keeps a seat for 1 hour instead of until it is released'],
  },
  {
    was: '{ seats: { floating: 5 } }',
    now: '{ seats: { floating: 5, outage: keep } }',
    forth: ['widens: x: seats of enforcers that are lost are kept'],
    back: ['narrows: x: seats of enforcers that are lost are given away'],
  },
  {
    was: '{ grace: { expiry: 1 day } }',
    now: '{ grace: { expiry: 2 days } }',
    forth: ['widens: x: grace after the end of a licence is 2 days instead of 1 day'],
    back: ['narrows: x: grace after the end of a licence is 1 day instead of 2 days'],
  },
  {
    was: '{ grace: { payment: 1 day } }',
    now: '{ grace: { payment: 2 days } }',
    forth: ['widens: x: grace after a missed payment is 2 days instead of 1 day'],
    back: ['narrows: x: grace after a missed payment is 1 day instead of 2 days'],
  },
  {
    was: '{ grace: { offline: 1 hour } }',
    now: '{ grace: { offline: 2 hours } }',
    forth: ['widens: x: grace without contact is 2 hours instead of 1 hour'],
    back: ['narrows: x: grace without contact is 1 hour instead of 2 hours'],
  },
  {
    was: '{ seats: { named: 1 }, grace: { expiry: 1 day, then: degrade to free } }',
    now: '{ seats: { named: 1 }, grace: { expiry: 2 days, then: degrade to free } }',
    forth: ['narrows: x: grace after the end of a licence is 2 days instead of 1 day'],
    back: ['narrows: x: grace after the end of a licence is 1 day instead of 2 days'],
  },
  {
    was: '{ grace: { expiry: 1 day, then: degrade to free } }',
    now: '{ grace: { expiry: 2 days, then: degrade to free } }',
    forth: ['widens: x: grace after the end of a licence is 2 days instead of 1 day'],
    back: ['narrows: x: grace after the end of a licence is 1 day instead of 2 days'],
  },
  {
    was: '{}',
    now: '{ grace: { then: degrade to free } }',
    forth: ['widens: x: when expiry grace is over, free is left instead of nothing'],
    back: ['narrows: x: when expiry grace is over, nothing is left instead of free'],
  },
  {
    was: '{ enforcement: advise }',
    now: '{ enforcement: advise, grace: { then: degrade to free } }',
    forth: ['narrows: x: when expiry grace is over, free is left instead of nothing'],
    back: ['narrows: x: when expiry grace is over, nothing is left instead of free'],
  },
  {
    was: '{ grace: { then: degrade to free } }',
    now: '{ grace: { then: degrade to other } }',
    forth: ['narrows: x: when expiry grace is over, other is left instead of free'],
    back: ['narrows: x: when expiry grace is over, free is left instead of other'],
  },
  { was: '{}', now: '{ includes: { view: {} } }', forth: ['widens: x gains view'], back: ['narrows: x loses view'] },
  {
    was: '{}',
    now: '{ includes: { view: [{ assurance: otp }, { rate: 1 per second }] } }',
    forth: ['widens: x gains view'],
    back: ['narrows: x loses view'],
  },
  {
    was: '{}',
    now: "{ conditions: { hours: { zone: UTC, open: ['mon-fri 08:00-18:00'] } } }",
    forth: ['narrows: x: it is open only mon-fri 08:00-18:00 (UTC)'],
    back: ['widens: x: hours no longer count: it is always open'],
  },
  {
    was: '{}',
    now: '{ conditions: { hours: { zone: UTC, open: [], closed_on: [2026-12-25] } } }',
    forth: ['narrows: x: it is never open (UTC), and closed on 2026-12-25'],
    back: ['widens: x: hours no longer count: it is always open'],
  },
  {
    was: '{}',
    now: "{ conditions: { hours: { zone: UTC, open: ['mon 08:00-18:00'], closed_on: [2026-12-25, 2026-12-26] } } }",
    forth: ['narrows: x: it is open only mon 08:00-18:00 (UTC), and closed on 2026-12-25 and 2026-12-26'],
    back: ['widens: x: hours no longer count: it is always open'],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 08:00-18:00'] } } }",
    now: "{ conditions: { hours: { zone: Asia/Tokyo, open: ['mon 08:00-18:00'], closed_on: [2026-12-25] } } }",
    forth: ['narrows: x: hours count in Asia/Tokyo instead of UTC: open only mon 08:00-18:00, closed on 2026-12-25'],
    back: ['narrows: x: hours count in UTC instead of Asia/Tokyo: open only mon 08:00-18:00'],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon-wed 08:00-18:00', 'fri 08:00-18:00'] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['mon-wed 09:00-18:00', 'fri 08:00-12:00', 'fri 13:00-18:00'] } } }",
    forth: ['narrows: x: hours narrow: mon-wed 08:00-09:00 and Friday 12:00-13:00 is closed'],
    back: ['widens: x: hours widen: mon-wed 08:00-09:00 and Friday 12:00-13:00 is open'],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-06:00'] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-24:00', 'tue 00:00-06:00'] } } }",
    forth: [
      'neutral: x: the same hours belong to other days: open only mon 22:00-24:00 and tue 00:00-06:00, where they were mon 22:00-06:00',
    ],
    back: [
      'neutral: x: the same hours belong to other days: open only mon 22:00-06:00, where they were mon 22:00-24:00 and tue 00:00-06:00',
    ],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-06:00'], closed_on: [2026-12-25] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-24:00', 'tue 00:00-06:00'], closed_on: [2026-12-25] } } }",
    forth: [
      'narrows: x: the same hours belong to other days: open only mon 22:00-24:00 and tue 00:00-06:00, where they were mon 22:00-06:00',
    ],
    back: [
      'narrows: x: the same hours belong to other days: open only mon 22:00-06:00, where they were mon 22:00-24:00 and tue 00:00-06:00',
    ],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-24:00'], closed_on: [2026-12-25] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-06:00'], closed_on: [2026-12-25] } } }",
    forth: [
      'narrows: x: hours across midnight end with a closed day on either side',
      'widens: x: hours widen: Tuesday 00:00-06:00 is open',
    ],
    back: ['narrows: x: hours narrow: Tuesday 00:00-06:00 is closed'],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 08:00-18:00'], closed_on: [2026-12-25] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['mon 08:00-18:00'], closed_on: [2026-12-26] } } }",
    forth: ['narrows: x: it is also closed on 2026-12-26', 'widens: x: it is no longer closed on 2026-12-25'],
    back: ['narrows: x: it is also closed on 2026-12-25', 'widens: x: it is no longer closed on 2026-12-26'],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['08:00-18:00'] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['08:00-18:00', 'sat,sun 18:00-19:00'] } } }",
    forth: ['widens: x: hours widen: sat,sun 18:00-19:00 is open'],
    back: ['narrows: x: hours narrow: sat,sun 18:00-19:00 is closed'],
  },
  {
    was: '{}',
    now: '{ conditions: { regions: [DE, EU] } }',
    forth: ['narrows: x: callers are let in only from DE or EU'],
    back: ['widens: x: callers are let in from anywhere'],
  },
  {
    was: '{ conditions: { regions: [DE, FR] } }',
    now: '{ conditions: { regions: [DE, CH] } }',
    forth: [
      'narrows: x: callers from FR are no longer let in: DE or CH instead of DE or FR',
      'widens: x: callers from CH are let in: DE or CH instead of DE or FR',
    ],
    back: [
      'narrows: x: callers from CH are no longer let in: DE or FR instead of DE or CH',
      'widens: x: callers from FR are let in: DE or FR instead of DE or CH',
    ],
  },
  {
    was: '{ conditions: { regions: [EU, NO] } }',
    now: '{ conditions: { regions: [DE] } }',
    forth: ['narrows: x: callers from 27 countries are no longer let in: DE instead of EU or NO'],
    back: ['widens: x: callers from 27 countries are let in: EU or NO instead of DE'],
  },
  {
    was: '{ conditions: { regions: [DE, EU] } }',
    now: '{ conditions: { regions: [EU] } }',
    forth: ['neutral: x: the same countries are named otherwise: EU instead of DE or EU'],
    back: ['neutral: x: the same countries are named otherwise: DE or EU instead of EU'],
  },
  {
    was: '{}',
    now: "{ conditions: { networks: [10.0.0.0/8, '2001:db8::/32'] } }",
    forth: ['narrows: x: calls are let in only from 10.0.0.0/8 or 2001:db8::/32'],
    back: ['widens: x: calls are let in from any network'],
  },
  {
    was: '{ conditions: { networks: [10.0.0.0/8] } }',
    now: '{ conditions: { networks: [10.1.0.0/16] } }',
    forth: ['narrows: x: calls from 10.0.0.0/8 are no longer let in'],
    back: ['widens: x: calls from 10.0.0.0/8 are let in'],
  },
  {
    was: '{ conditions: { networks: [10.0.0.0/8] } }',
    now: '{ conditions: { networks: [10.0.0.0/9] } }',
    forth: ['narrows: x: calls from 10.0.0.0/8 are no longer let in'],
    back: ['widens: x: calls from 10.0.0.0/8 are let in'],
  },
  {
    was: '{ conditions: { networks: [10.0.0.0/8] } }',
    now: '{ conditions: { networks: [10.0.0.0/8, 10.0.0.0/16] } }',
    forth: ['neutral: x: the same networks are written otherwise'],
    back: ['neutral: x: the same networks are written otherwise'],
  },
  {
    was: '{ conditions: { networks: [10.0.0.0/8] } }',
    now: "{ conditions: { networks: ['::ffff:10.0.0.0/104'] } }",
    forth: ['neutral: x: the same networks are written otherwise'],
    back: ['neutral: x: the same networks are written otherwise'],
  },
  {
    was: '{ conditions: { networks: [10.0.0.0/8] } }',
    now: '{ conditions: { networks: [11.0.0.0/8] } }',
    forth: ['narrows: x: calls from 10.0.0.0/8 are no longer let in', 'widens: x: calls from 11.0.0.0/8 are let in'],
    back: ['narrows: x: calls from 11.0.0.0/8 are no longer let in', 'widens: x: calls from 10.0.0.0/8 are let in'],
  },
  {
    was: '{}',
    now: '{ conditions: { when: subject.kind == "human" } }',
    forth: ['narrows: x: subject.kind == "human" must hold'],
    back: ['widens: x: the condition subject.kind == "human" no longer counts'],
  },
  {
    was: '{ conditions: { when: subject.kind == "human" } }',
    now: '{ conditions: { when: subject.kind == "agent" } }',
    forth: ['narrows: x: subject.kind == "agent" must hold instead of subject.kind == "human"'],
    back: ['narrows: x: subject.kind == "human" must hold instead of subject.kind == "agent"'],
  },
  {
    was: '{ price: { stripe: a, paddle: b } }',
    now: '{ price: { stripe: a, paddle: c } }',
    forth: ['neutral: x: the price at paddle is c instead of b'],
    back: ['neutral: x: the price at paddle is b instead of c'],
  },
  {
    was: '{ seats: { named: 1 }, grace: { payment: 1 day, then: degrade to free } }',
    now: '{ seats: { named: 1 }, grace: { payment: 2 days, then: degrade to free } }',
    forth: ['widens: x: grace after a missed payment is 2 days instead of 1 day'],
    back: ['narrows: x: grace after a missed payment is 1 day instead of 2 days'],
  },
  {
    was: '{ seats: { named: 1 }, grace: { expiry: 1 day } }',
    now: '{ seats: { named: 1 }, grace: { expiry: 2 days } }',
    forth: ['widens: x: grace after the end of a licence is 2 days instead of 1 day'],
    back: ['narrows: x: grace after the end of a licence is 1 day instead of 2 days'],
  },
  {
    was: '{ seats: { named: 1 }, grace: { expiry: 1 day } }',
    now: '{ seats: { named: 1 }, grace: { expiry: 2 days, then: degrade to free } }',
    forth: [
      'narrows: x: grace after the end of a licence is 2 days instead of 1 day',
      'widens: x: when expiry grace is over, free is left instead of nothing',
    ],
    back: [
      'narrows: x: grace after the end of a licence is 1 day instead of 2 days',
      'narrows: x: when expiry grace is over, nothing is left instead of free',
    ],
  },
  {
    was: '{ seats: { named: 100, overage: 10 } }',
    now: '{ seats: { named: 100, overage: 10% } }',
    forth: ['neutral: x: 10% instead of 10 more seats are let in and billed'],
    back: ['neutral: x: 10 instead of 10% more seats are let in and billed'],
  },
  {
    was: '{ seats: { named: 5, overage: 10 } }',
    now: '{ seats: { named: 5, overage: 10% } }',
    forth: ['narrows: x: 10% instead of 10 more seats are let in and billed'],
    back: ['widens: x: 10 instead of 10% more seats are let in and billed'],
  },
  {
    was: '{ seats: { named: 5, for: [human] } }',
    now: '{ seats: { named: 5, for: [service, agent] } }',
    forth: ['narrows: x: every service or agent needs a seat now', 'widens: x: no human needs a seat any more'],
    back: ['narrows: x: every human needs a seat now', 'widens: x: no service or agent needs a seat any more'],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-06:00'], closed_on: [2026-12-25] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['tue 22:00-06:00'], closed_on: [2026-12-25] } } }",
    forth: [
      'narrows: x: hours narrow: Monday 22:00-24:00 and Tuesday 00:00-06:00 is closed',
      'widens: x: hours widen: Tuesday 22:00-24:00 and Wednesday 00:00-06:00 is open',
    ],
    back: [
      'narrows: x: hours narrow: Tuesday 22:00-24:00 and Wednesday 00:00-06:00 is closed',
      'widens: x: hours widen: Monday 22:00-24:00 and Tuesday 00:00-06:00 is open',
    ],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-24:00'], closed_on: [] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-06:00'], closed_on: [] } } }",
    forth: ['widens: x: hours widen: Tuesday 00:00-06:00 is open'],
    back: ['narrows: x: hours narrow: Tuesday 00:00-06:00 is closed'],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-06:00'], closed_on: [2026-12-25] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-06:00'], closed_on: [2026-12-26] } } }",
    forth: ['narrows: x: it is also closed on 2026-12-26', 'widens: x: it is no longer closed on 2026-12-25'],
    back: ['narrows: x: it is also closed on 2026-12-25', 'widens: x: it is no longer closed on 2026-12-26'],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 08:00-18:00'], closed_on: [2026-12-25] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['mon 08:00-24:00'], closed_on: [2026-12-25] } } }",
    forth: ['widens: x: hours widen: Monday 18:00-24:00 is open'],
    back: ['narrows: x: hours narrow: Monday 18:00-24:00 is closed'],
  },
  {
    was: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-24:00'], closed_on: [2026-12-25] } } }",
    now: "{ conditions: { hours: { zone: UTC, open: ['mon 22:00-06:00', 'wed 08:00-18:00'], closed_on: [2026-12-25] } } }",
    forth: [
      'narrows: x: hours across midnight end with a closed day on either side',
      'widens: x: hours widen: Tuesday 00:00-06:00 and Wednesday 08:00-18:00 is open',
    ],
    back: ['narrows: x: hours narrow: Tuesday 00:00-06:00 and Wednesday 08:00-18:00 is closed'],
  },
  {
    was: '{ conditions: { regions: [DE, FR, IT, ES, PT, NL, BE] } }',
    now: '{ conditions: { regions: [BE] } }',
    forth: ['narrows: x: callers from DE, FR, IT, ES, PT and NL are no longer let in: BE instead of DE, FR, IT, ES, PT, NL or BE'],
    back: ['widens: x: callers from DE, FR, IT, ES, PT and NL are let in: DE, FR, IT, ES, PT, NL or BE instead of BE'],
  },
  {
    was: '{ conditions: { regions: [DE, FR, IT, ES, PT, NL, AT, BE] } }',
    now: '{ conditions: { regions: [BE] } }',
    forth: ['narrows: x: callers from 7 countries are no longer let in: BE instead of DE, FR, IT, ES, PT, NL, AT or BE'],
    back: ['widens: x: callers from 7 countries are let in: DE, FR, IT, ES, PT, NL, AT or BE instead of BE'],
  },
  {
    was: '{ conditions: { regions: [DE], networks: [10.0.0.0/8] } }',
    now: '{ conditions: { regions: [DE], networks: [11.0.0.0/8] } }',
    forth: ['narrows: x: calls from 10.0.0.0/8 are no longer let in', 'widens: x: calls from 11.0.0.0/8 are let in'],
    back: ['narrows: x: calls from 11.0.0.0/8 are no longer let in', 'widens: x: calls from 10.0.0.0/8 are let in'],
  },
  {
    was: '{ conditions: { regions: [DE], networks: [10.0.0.0/8] } }',
    now: '{ conditions: { regions: [FR], networks: [10.0.0.0/8] } }',
    forth: [
      'narrows: x: callers from DE are no longer let in: FR instead of DE',
      'widens: x: callers from FR are let in: FR instead of DE',
    ],
    back: ['narrows: x: callers from FR are no longer let in: DE instead of FR', 'widens: x: callers from DE are let in: DE instead of FR'],
  },
]
for (const change of plans) holds('a plan', change, (plan) => `${HEAD}plans: { free: {}, other: {}, x: ${plan} }\n`)

/** A piece of the head, and what stands there otherwise. */
const head: readonly (Change & { readonly stands?: string })[] = [
  {
    was: 'product: p',
    now: 'product: q',
    forth: ['narrows: these are the terms of q, not of p', 'neutral: the product is called "q" instead of "p"'],
    back: ['narrows: these are the terms of p, not of q', 'neutral: the product is called "p" instead of "q"'],
  },
  {
    was: 'product: p',
    now: `product: p\ntitle: Pro`,
    forth: ['neutral: the product is called "Pro" instead of "p"'],
    back: ['neutral: the product is called "p" instead of "Pro"'],
  },
  {
    was: '  view: {}',
    now: '  view: { title: View }',
    forth: ['neutral: view is called "View" instead of "view"'],
    back: ['neutral: view is called "view" instead of "View"'],
  },
  {
    was: '  view: {}',
    now: '  view: { assurance: otp }',
    forth: ['narrows at once: view needs at least otp, in every edition ever sold'],
    back: ['widens: view has no minimum of its own instead of otp'],
  },
  {
    stands: '  view: {}',
    was: '  view: { assurance: otp }',
    now: '  view: { assurance: key }',
    forth: ['narrows at once: view needs at least key instead of otp, in every edition ever sold'],
    back: ['widens: view needs at least otp instead of key'],
  },
  {
    stands: '  view: {}',
    was: '  view: { assurance: otp }',
    now: '  view: { assurance: otp within 5 minutes }',
    forth: ['neutral: view needs at least otp within 5 minutes instead of otp'],
    back: ['neutral: view needs at least otp instead of otp within 5 minutes'],
  },
  {
    was: '  view: {}',
    now: '  view: { repair: true }',
    forth: ['widens: view stays open when the licence has ended'],
    back: ['narrows: view no longer stays open when the licence has ended'],
  },
  {
    was: '  view: {}',
    now: '  view: { unreachable: open }',
    forth: ['widens: view is left open while the authority cannot be reached'],
    back: ['narrows: view is no longer left open while the authority cannot be reached'],
  },
  {
    was: '  view: {}',
    now: '  view: { resource: host }',
    forth: ['narrows at once: view is asked about resources of the kind host'],
    back: ['widens at once: view is no longer asked about a resource'],
  },
  {
    stands: '  view: {}',
    was: '  view: { resource: disk }',
    now: '  view: { resource: host }',
    forth: ['narrows at once: view is asked about resources of the kind host instead of disk'],
    back: ['narrows at once: view is asked about resources of the kind disk instead of host'],
  },
  {
    was: '  view: {}',
    now: '  view: { meter: exports }',
    forth: ['neutral: view is counted by exports'],
    back: ['neutral: view is no longer counted'],
  },
  {
    was: '  view: {}',
    now: '  view: { type: limit }',
    forth: ['narrows: view becomes a limit and is no longer a switch'],
    back: ['narrows: view becomes a switch and is no longer a limit'],
  },
  {
    was: '  weigh: { type: limit }',
    now: '  weigh: { type: limit, unit: t }',
    forth: ['neutral: weigh is counted in t instead of none'],
    back: ['neutral: weigh is counted in no unit instead of t'],
  },
  {
    was: '  store: { type: limit, unit: GiB }',
    now: '  store: { type: limit, unit: TiB }',
    forth: ['neutral: store is counted in TiB instead of GiB'],
    back: ['neutral: store is counted in GiB instead of TiB'],
  },
  {
    was: `  view: {}\n`,
    now: `  view: {}\n  print: { title: Print }\n`,
    forth: ['widens: role all gains print', 'neutral: the product has a new feature print (Print)'],
    back: ['narrows: the product no longer has print'],
  },
  {
    was: `  view: {}\n`,
    now: `  view: {}\n  print: {}\n`,
    forth: ['widens: role all gains print', 'neutral: the product has a new feature print'],
    back: ['narrows: the product no longer has print'],
  },
  {
    was: 'values: [small, medium, large]',
    now: 'values: [small, large]',
    forth: ['narrows: size can no longer be medium'],
    back: ['widens: size can be medium'],
  },
  {
    was: 'values: [small, medium, large]',
    now: 'values: [medium, small, large]',
    forth: ['narrows: the values of size are ordered medium, small and large instead of small, medium and large, smallest first'],
    back: ['narrows: the values of size are ordered small, medium and large instead of medium, small and large, smallest first'],
  },
  {
    was: 'values: [small, medium, large]',
    now: 'values: [small, medium, large, huge]',
    forth: ['widens: size can be huge'],
    back: ['narrows: size can no longer be huge'],
  },
  {
    was: 'commands: [select, insert, drop]',
    now: 'commands: [select, insert]',
    forth: ['narrows at once: query no longer has the command drop'],
    back: ['narrows at once: query has the new command drop; who names no command asks for them too, and not every entry covers them'],
  },
  {
    was: 'commands: [select, insert, drop]',
    now: 'commands: [drop, insert, select]',
    forth: ['neutral: only the order of lists that have no order changes: nobody gets more or less'],
    back: ['neutral: only the order of lists that have no order changes: nobody gets more or less'],
  },
  {
    was: '  view: {}',
    now: '  view: { commands: [a] }',
    forth: ['neutral at once: view has the new command a'],
    back: ['narrows at once: view no longer has the command a'],
  },
  {
    was: "roles: { all: ['*'], some: [view] }",
    now: "roles: { all: ['*'] }",
    forth: ['narrows: the role some is gone: who has only that may do nothing, and it approves nothing'],
    back: ['widens: there is a new role some, which may use view'],
  },
  { was: 'some: [view] }', now: 'some: [] }', forth: ['narrows: role some loses view'], back: ['widens: role some gains view'] },
  {
    was: 'some: [view] }',
    now: 'some: [view, query] }',
    forth: ['widens: role some gains query'],
    back: ['narrows: role some loses query'],
  },
  {
    was: "all: ['*']",
    now: "all: ['*', view]",
    forth: ['neutral: role all is written otherwise, and permits the same'],
    back: ['neutral: role all is written otherwise, and permits the same'],
  },
  {
    was: 'some: [view] }',
    now: 'some: [view], more: [view, query] }',
    forth: ['widens: there is a new role more, which may use view and query'],
    back: ['narrows: the role more is gone: who has only that may do nothing, and it approves nothing'],
  },
  {
    was: 'some: [view] }',
    now: 'some: [view], none: [] }',
    forth: ['widens: there is a new role none, which may do nothing'],
    back: ['narrows: the role none is gone: who has only that may do nothing, and it approves nothing'],
  },
  {
    was: 'meters: { exports: { unit: report } }',
    now: 'meters: { exports: { unit: page } }',
    forth: ['neutral: the meter exports is page instead of report'],
    back: ['neutral: the meter exports is report instead of page'],
  },
  {
    was: 'meters: { exports: { unit: report } }',
    now: 'meters: { exports: { unit: report, alert_at: [80%, 100%] } }',
    forth: ['neutral: the meter exports is report with alerts at 80% and 100% instead of report'],
    back: ['neutral: the meter exports is report instead of report with alerts at 80% and 100%'],
  },
  {
    was: 'meters: { exports: { unit: report } }',
    now: 'meters: { exports: { unit: report }, m: { unit: n } }',
    forth: ['neutral: there is a new meter, m'],
    back: ['neutral: the meter m is gone'],
  },
  {
    was: 'context: { ticket: { type: string, from: access_request } }',
    now: 'context: { ticket: { type: string, from: token } }',
    forth: ['narrows: the fact of the context ticket is string from token instead of string from access_request'],
    back: ['narrows: the fact of the context ticket is string from access_request instead of string from token'],
  },
  {
    was: 'context: { ticket: { type: string, from: access_request } }',
    now: '',
    forth: ['neutral: the fact of the context ticket is gone'],
    back: ['neutral: there is a new fact of the context, ticket'],
  },
  {
    was: 'meters: {',
    now: `attributes: { age: number }\nmeters: {`,
    forth: ['neutral: there is a new attribute, age'],
    back: ['neutral: the attribute age is gone'],
  },
  {
    was: 'meters: {',
    now: `properties: { subject: { a: string }, resource: { b: string }, action: { c: boolean } }\nmeters: {`,
    forth: [
      'neutral: there is a new property of the subject, a',
      'neutral: there is a new property of the resource, b',
      'neutral: there is a new property of the action, c',
    ],
    back: [
      'neutral: the property of the subject a is gone',
      'neutral: the property of the resource b is gone',
      'neutral: the property of the action c is gone',
    ],
  },
  {
    stands: 'meters: {',
    was: `attributes: { age: number }\nmeters: {`,
    now: `attributes: { age: string }\nmeters: {`,
    forth: ['narrows: the attribute age is string instead of number'],
    back: ['narrows: the attribute age is number instead of string'],
  },
  {
    was: "{ authority: 'https://vault.example', product: v }",
    now: "{ authority: 'https://vault.example', product: w }",
    forth: ['narrows: the other authority vault is w at https://vault.example instead of v at https://vault.example'],
    back: ['narrows: the other authority vault is v at https://vault.example instead of w at https://vault.example'],
  },
  {
    was: 'federation: {',
    now: "federation: { w: { authority: 'https://w.example', product: w },",
    forth: ['neutral: there is a new other authority, w'],
    back: ['neutral: the other authority w is gone'],
  },
  {
    was: 'meters: {',
    now: `ends: { on: mon-thu, at: '12:00', zone: UTC }\nmeters: {`,
    forth: ['neutral: licences that are issued or renewed end on mon-thu at 12:00 in UTC instead of at any time'],
    back: ['neutral: licences that are issued or renewed end at any time instead of on mon-thu at 12:00 in UTC'],
  },
  {
    stands: 'meters: {',
    was: `ends: { on: mon-thu, at: '12:00', zone: UTC }\nmeters: {`,
    now: `ends: { on: mon-thu, at: '13:00', zone: UTC }\nmeters: {`,
    forth: ['neutral: licences that are issued or renewed end on mon-thu at 13:00 in UTC instead of on mon-thu at 12:00 in UTC'],
    back: ['neutral: licences that are issued or renewed end on mon-thu at 12:00 in UTC instead of on mon-thu at 13:00 in UTC'],
  },
  {
    was: 'meters: {',
    now: `signals: { s: { refuse: true } }\nmeters: {`,
    forth: ['narrows at once: the signal s refuses everything, where it was not known'],
    back: ['widens: the signal s is no longer known, where it refused everything'],
  },
  {
    was: 'meters: {',
    now: `signals: { s: { allow: true } }\nmeters: {`,
    forth: ['neutral: the signal s raises nothing, where it was not known'],
    back: ['neutral: the signal s is no longer known, where it raised nothing'],
  },
  {
    stands: 'meters: {',
    was: `signals: { s: { allow: true } }\nmeters: {`,
    now: `signals: { s: { require: otp } }\nmeters: {`,
    forth: ['narrows at once: the signal s asks for a new proof of otp, where it raised nothing'],
    back: ['widens: the signal s raises nothing, where it asked for otp'],
  },
  {
    stands: 'meters: {',
    was: `signals: { s: { require: otp } }\nmeters: {`,
    now: `signals: { s: { require: key } }\nmeters: {`,
    forth: ['narrows at once: the signal s asks for a new proof of key, where it asked for otp'],
    back: ['widens: the signal s asks for a new proof of otp, where it asked for key'],
  },
  {
    stands: 'meters: {',
    was: `signals: { s: { require: otp } }\nmeters: {`,
    now: `signals: { s: { refuse: true } }\nmeters: {`,
    forth: ['narrows at once: the signal s refuses everything, where it asked for otp'],
    back: ['widens: the signal s asks for a new proof of otp, where it refused everything'],
  },
  {
    was: 'meters: {',
    now: `signals: { on_failure: refuse }\nmeters: {`,
    forth: ['narrows at once: a signal that cannot be computed refuses everything, where it raised nothing'],
    back: ['widens: a signal that cannot be computed raises nothing, where it refused everything'],
  },
  {
    was: 'meters: {',
    now: `signals: { on_failure: require otp }\nmeters: {`,
    forth: ['narrows at once: a signal that cannot be computed asks for a new proof of otp, where it raised nothing'],
    back: ['widens: a signal that cannot be computed raises nothing, where it asked for otp'],
  },
  {
    stands: 'meters: {',
    was: `signals: { s: { refuse: true } }\nmeters: {`,
    now: `signals: { s: { refuse: true, over: 500 km/h } }\nmeters: {`,
    forth: ['narrows at once: the signal s is raised by over 500 km/h instead of no speed of its own'],
    back: ['narrows at once: the signal s is raised by no speed of its own instead of over 500 km/h'],
  },
  {
    stands: 'meters: {',
    was: `signals: { s: { refuse: true, over: 400 km/h } }\nmeters: {`,
    now: `signals: { s: { refuse: true, over: 500 km/h } }\nmeters: {`,
    forth: ['widens: the signal s is raised by over 500 km/h instead of over 400 km/h'],
    back: ['narrows at once: the signal s is raised by over 400 km/h instead of over 500 km/h'],
  },
  {
    was: 'acr: b',
    now: 'acr: d',
    forth: ['neutral at once: otp is asked for as d instead of b'],
    back: ['neutral at once: otp is asked for as b instead of d'],
  },
  {
    was: 'any_of: [otp]',
    now: 'any_of: [otp, sms]',
    forth: ['widens at once: otp is also proven by sms'],
    back: ['narrows at once: otp is no longer proven by sms'],
  },
  {
    was: 'any_of: [otp]',
    now: 'any_of: [[otp, pin]]',
    forth: ['narrows at once: otp is no longer proven by otp', 'widens at once: otp is also proven by otp and pin'],
    back: ['narrows at once: otp is no longer proven by otp and pin', 'widens at once: otp is also proven by otp'],
  },
  {
    was: 'any_of: [otp]',
    now: 'any_of: [otp], attested: true',
    forth: ['narrows at once: otp needs an attested authenticator'],
    back: ['widens at once: otp no longer needs an attested authenticator'],
  },
  {
    was: 'otp: { acr: b, any_of: [otp] }, ',
    now: '',
    forth: ['narrows at once: the level otp is gone; its place among the others is no longer sure'],
    back: ['neutral at once: there is a new level otp, stronger than word'],
  },
  {
    was: 'key: { acr: c, any_of: [[hwk, user]] } }',
    now: 'key: { acr: c, any_of: [[hwk, user]] }, best: { acr: e, any_of: [face] } }',
    forth: ['neutral at once: there is a new level best, stronger than key'],
    back: ['narrows at once: the level best is gone; its place among the others is no longer sure'],
  },
  {
    was: 'assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }',
    now: 'assurance: { otp: { acr: b, any_of: [otp] }, word: { acr: a, any_of: [pwd] }',
    forth: [
      'narrows at once: levels are ordered otp, word and key instead of word, otp and key, weakest first: a proof that was enough may no longer be',
    ],
    back: [
      'narrows at once: levels are ordered word, otp and key instead of otp, word and key, weakest first: a proof that was enough may no longer be',
    ],
  },
  {
    was: 'size: { type: choice, values: [small, medium, large] }',
    now: 'size: { type: limit }',
    forth: ['narrows: size becomes a limit and is no longer a choice'],
    back: ['narrows: size becomes a choice and is no longer a limit'],
  },
  {
    was: 'values: [small, medium, large]',
    now: 'values: [small]',
    forth: ['narrows: size can no longer be medium or large'],
    back: ['widens: size can be medium or large'],
  },
  {
    was: 'commands: [select, insert, drop]',
    now: 'commands: [select]',
    forth: ['narrows at once: query no longer has the commands insert and drop'],
    back: [
      'narrows at once: query has the new commands insert and drop; who names no command asks for them too, and not every entry covers them',
    ],
  },
  {
    was: 'some: [view] }',
    now: 'some: [query] }',
    forth: ['narrows: role some loses view', 'widens: role some gains query'],
    back: ['narrows: role some loses query', 'widens: role some gains view'],
  },
  {
    was: 'any_of: [otp]',
    now: 'any_of: [otp, sms, pin]',
    forth: ['widens at once: otp is also proven by sms or pin'],
    back: ['narrows at once: otp is no longer proven by sms or pin'],
  },
  {
    was: 'word: { acr: a, any_of: [pwd] }, ',
    now: '',
    forth: ['narrows at once: the level word is gone; its place among the others is no longer sure'],
    back: ['neutral at once: there is a new level word, the weakest'],
  },
  {
    was: `assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [[hwk, user]] } }\n`,
    now: '',
    forth: [
      'neutral at once: the level word is gone; its place among the others is no longer sure',
      'neutral at once: the level otp is gone; its place among the others is no longer sure',
      'neutral at once: the level key is gone; its place among the others is no longer sure',
    ],
    back: [
      'neutral at once: there is a new level word, the weakest',
      'neutral at once: there is a new level otp, stronger than word',
      'neutral at once: there is a new level key, stronger than otp',
    ],
  },
]
const SOLD = `${HEAD}plans: { x: { includes: { view: {}, query: [{ commands: [select] }, {}] } } }\n`
for (const change of head) holds('the product', change, (piece) => SOLD.replace(change.stands ?? change.was, piece))

const sold: readonly Change[] = [
  {
    was: '{ a: {} }',
    now: '{ a: {}, b: { includes: { view: {}, export: {} } } }',
    forth: ['widens: there is a new plan b, with view and export'],
    back: ['narrows: the plan b is no longer sold, and no licence can keep it when it moves'],
  },
  {
    was: '{ a: {} }',
    now: '{ a: {}, b: {} }',
    forth: ['widens: there is a new plan b, with nothing yet'],
    back: ['narrows: the plan b is no longer sold, and no licence can keep it when it moves'],
  },
  {
    was: '{ a: {}, b: {} }',
    now: '{ b: {}, a: {} }',
    forth: ['neutral: plans are listed as b and a'],
    back: ['neutral: plans are listed as a and b'],
  },
  {
    was: '{ a: {}, b: {}, c: {} }',
    now: '{ c: {}, b: {}, d: {} }',
    forth: [
      'narrows: the plan a is no longer sold, and no licence can keep it when it moves',
      'widens: there is a new plan d, with nothing yet',
      'neutral: plans are listed as c and b',
    ],
    back: [
      'narrows: the plan d is no longer sold, and no licence can keep it when it moves',
      'widens: there is a new plan a, with nothing yet',
      'neutral: plans are listed as b and c',
    ],
  },
]
for (const change of sold) holds('plans', change, (all) => `${HEAD}plans: ${all}\n`)

/** Two whole files. */
const files: readonly (Change & { readonly what: string })[] = [
  {
    what: 'a signal that asked for a level that is gone',
    was: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
signals: { s: { require: key } }
`,
    now: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] } }
signals: { s: { require: otp } }
`,
    forth: [
      'narrows at once: the level key is gone; its place among the others is no longer sure',
      'narrows at once: the signal s asks for a new proof of otp, where it asked for key',
    ],
    back: [
      'narrows at once: the signal s asks for a new proof of key, where it asked for otp',
      'neutral at once: there is a new level key, stronger than otp',
    ],
  },
  {
    what: 'a signal that asks for a level that comes',
    was: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] } }
signals: { s: { require: otp } }
`,
    now: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
signals: { s: { require: key } }
`,
    forth: [
      'narrows at once: the signal s asks for a new proof of key, where it asked for otp',
      'neutral at once: there is a new level key, stronger than otp',
    ],
    back: [
      'narrows at once: the level key is gone; its place among the others is no longer sure',
      'narrows at once: the signal s asks for a new proof of otp, where it asked for key',
    ],
  },
  {
    what: 'a signal that asked for a level that is gone and raises nothing',
    was: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
signals: { s: { require: otp } }
`,
    now: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, key: { acr: c, any_of: [hwk] } }
signals: { s: { allow: true } }
`,
    forth: [
      'narrows at once: the level otp is gone; its place among the others is no longer sure',
      'widens: the signal s raises nothing, where it asked for otp',
    ],
    back: [
      'narrows at once: the signal s asks for a new proof of otp, where it raised nothing',
      'neutral at once: there is a new level otp, stronger than word',
    ],
  },
  {
    what: 'a signal whose only level is gone',
    was: `terms: 1
product: p
assurance: { otp: { acr: b, any_of: [otp] } }
signals: { s: { require: otp } }
`,
    now: `terms: 1
product: p
signals: { s: { allow: true } }
`,
    forth: [
      'widens: the signal s raises nothing, where it asked for otp',
      'neutral at once: the level otp is gone; its place among the others is no longer sure',
    ],
    back: [
      'narrows at once: the signal s asks for a new proof of otp, where it raised nothing',
      'neutral at once: there is a new level otp, the weakest',
    ],
  },
  {
    what: 'a signal that is gone with its level',
    was: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
signals: { s: { require: otp } }
`,
    now: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, key: { acr: c, any_of: [hwk] } }
`,
    forth: [
      'narrows at once: the level otp is gone; its place among the others is no longer sure',
      'widens: the signal s is no longer known, where it asked for otp',
    ],
    back: [
      'narrows at once: the signal s asks for a new proof of otp, where it was not known',
      'neutral at once: there is a new level otp, stronger than word',
    ],
  },
  {
    what: 'a signal whose levels change places',
    was: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
signals: { s: { require: otp } }
`,
    now: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, key: { acr: c, any_of: [hwk] }, otp: { acr: b, any_of: [otp] } }
signals: { s: { require: key } }
`,
    forth: [
      'narrows at once: levels are ordered word, key and otp instead of word, otp and key, weakest first: a proof that was enough may no longer be',
      'widens: the signal s asks for a new proof of key, where it asked for otp',
    ],
    back: [
      'narrows at once: levels are ordered word, otp and key instead of word, key and otp, weakest first: a proof that was enough may no longer be',
      'widens: the signal s asks for a new proof of otp, where it asked for key',
    ],
  },
  {
    what: 'a signal whose level becomes the weakest',
    was: `terms: 1
product: p
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
signals: { s: { require: otp } }
`,
    now: `terms: 1
product: p
assurance: { key: { acr: c, any_of: [hwk] }, word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] } }
signals: { s: { require: key } }
`,
    forth: [
      'narrows at once: levels are ordered key, word and otp instead of word, otp and key, weakest first: a proof that was enough may no longer be',
      'widens: the signal s asks for a new proof of key, where it asked for otp',
    ],
    back: [
      'narrows at once: levels are ordered word, otp and key instead of key, word and otp, weakest first: a proof that was enough may no longer be',
      'widens: the signal s asks for a new proof of otp, where it asked for key',
    ],
  },
  {
    what: 'an entry whose level is gone',
    was: `terms: 1
product: p
features: { view: {} }
plans: { x: { includes: { view: { assurance: key } } } }
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
`,
    now: `terms: 1
product: p
features: { view: {} }
plans: { x: { includes: { view: { assurance: otp } } } }
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] } }
`,
    forth: [
      'narrows at once: the level key is gone; its place among the others is no longer sure',
      'narrows: x: view needs otp instead of key',
    ],
    back: ['narrows: x: view needs key instead of otp', 'neutral at once: there is a new level key, stronger than otp'],
  },
  {
    what: 'an entry that asks for a level that comes',
    was: `terms: 1
product: p
features: { view: {} }
plans: { x: { includes: { view: {  } } } }
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] } }
`,
    now: `terms: 1
product: p
features: { view: {} }
plans: { x: { includes: { view: { assurance: key } } } }
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
`,
    forth: ['narrows: x: view needs key instead of no proof of its own', 'neutral at once: there is a new level key, stronger than otp'],
    back: [
      'narrows at once: the level key is gone; its place among the others is no longer sure',
      'widens: x: view needs no proof of its own instead of key',
    ],
  },
  {
    what: 'an entry whose minimum becomes older',
    was: `terms: 1
product: p
features: { view: {} }
plans: { x: { includes: { view: { assurance: otp within 1 hour } } } }
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
`,
    now: `terms: 1
product: p
features: { view: {} }
plans: { x: { includes: { view: { assurance: otp within 2 hours } } } }
assurance: { word: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, key: { acr: c, any_of: [hwk] } }
`,
    forth: ['widens: x: view needs otp within 2 hours instead of otp within 1 hour'],
    back: ['narrows: x: view needs otp within 1 hour instead of otp within 2 hours'],
  },
  {
    what: 'a feature that is counted by another meter',
    was: `terms: 1
product: p
features: { view: { meter: a } }
meters: { a: { unit: u }, b: { unit: u } }
`,
    now: `terms: 1
product: p
features: { view: { meter: b } }
meters: { a: { unit: u }, b: { unit: u } }
`,
    forth: ['narrows: view is counted by b instead of a'],
    back: ['narrows: view is counted by a instead of b'],
  },
  {
    what: 'a new command that the entries cover',
    was: `terms: 1
product: p
features: { q: { commands: [a] } }
plans: { x: { includes: { q: {} } } }
`,
    now: `terms: 1
product: p
features: { q: { commands: [a, b] } }
plans: { x: { includes: { q: { commands: [a, b] } } } }
`,
    forth: ['neutral at once: q has the new command b', 'neutral: x: q covers a and b, which are all'],
    back: ['narrows at once: q no longer has the command b', 'narrows: x: q no longer covers b'],
  },
  {
    what: 'a command that is gone, and an entry that covers all',
    was: `terms: 1
product: p
features: { q: { commands: [a] } }
plans: { x: { includes: { q: { commands: [a] } } } }
`,
    now: `terms: 1
product: p
features: { q: { commands: [b] } }
plans: { x: { includes: { q: {} } } }
`,
    forth: [
      'narrows at once: q no longer has the command a',
      'narrows at once: q has the new command b; who names no command asks for them too, and not every entry covers them',
      'narrows: x: q no longer covers a',
      'widens: x: q also covers b',
    ],
    back: [
      'narrows at once: q no longer has the command b',
      'neutral at once: q has the new command a',
      'neutral: x: q covers a, which are all',
    ],
  },
  {
    what: 'a value of a choice that is gone',
    was: `terms: 1
product: p
features: { size: { type: choice, values: [small, large] } }
plans: { x: { includes: { size: { value: large } } } }
`,
    now: `terms: 1
product: p
features: { size: { type: choice, values: [small] } }
plans: { x: { includes: { size: { value: small } } } }
`,
    forth: ['narrows: size can no longer be large', 'narrows: x: size from large to small'],
    back: ['widens: size can be large', 'widens: x: size from small to large'],
  },
  {
    what: 'a value of a choice that is gone and not followed',
    was: `terms: 1
product: p
features: { size: { type: choice, values: [small, large] } }
plans: { x: { includes: { size: { value: large } } } }
`,
    now: `terms: 1
product: p
features: { size: { type: choice, values: [small] } }
plans: { x: { includes: { size: {} } } }
`,
    forth: ['narrows: size can no longer be large', 'narrows: x: size from large to none'],
    back: ['widens: size can be large', 'widens: x: size from none to large'],
  },
  {
    what: 'degrading to a plan with seats',
    was: `terms: 1
product: p
plans: { x: { seats: { named: 1 }, grace: { expiry: 1 day, then: degrade to y } }, y: { seats: { named: 1 } } }
`,
    now: `terms: 1
product: p
plans: { x: { seats: { named: 1 }, grace: { expiry: 2 days, then: degrade to y } }, y: { seats: { named: 1 } } }
`,
    forth: ['widens: x: grace after the end of a licence is 2 days instead of 1 day'],
    back: ['narrows: x: grace after the end of a licence is 1 day instead of 2 days'],
  },
  {
    what: 'degrading to a plan that is gone',
    was: `terms: 1
product: p
plans: { x: { seats: { named: 1 }, grace: { expiry: 1 day, then: degrade to y } }, y: {} }
`,
    now: `terms: 1
product: p
plans: { x: { seats: { named: 1 }, grace: { expiry: 2 days } } }
`,
    forth: [
      'narrows: the plan y is no longer sold, and no licence can keep it when it moves',
      'narrows: x: grace after the end of a licence is 2 days instead of 1 day',
      'narrows: x: when expiry grace is over, nothing is left instead of y',
    ],
    back: [
      'narrows: x: grace after the end of a licence is 1 day instead of 2 days',
      'widens: there is a new plan y, with nothing yet',
      'widens: x: when expiry grace is over, y is left instead of nothing',
    ],
  },
  {
    what: 'the end of licences, which stays',
    was: `terms: 1
product: p
ends: { on: mon, at: '12:00', zone: UTC }
`,
    now: `terms: 1
product: p
title: P
ends: { on: mon, at: '12:00', zone: UTC }
`,
    forth: ['neutral: the product is called "P" instead of "p"'],
    back: ['neutral: the product is called "p" instead of "P"'],
  },
  {
    what: 'a role of one feature whose name starts another’s',
    was: `terms: 1
product: p
features: { view: {}, viewer: {}, visit: {} }
roles: { r: [view] }
`,
    now: `terms: 1
product: p
features: { view: {}, viewer: {}, visit: {} }
roles: { r: [view, viewer] }
`,
    forth: ['widens: role r gains viewer'],
    back: ['narrows: role r loses viewer'],
  },
  {
    what: 'a role of a group',
    was: `terms: 1
product: p
features: { v: {}, view.a: {}, view.b: {}, visit: {} }
roles: { r: [view.a] }
`,
    now: `terms: 1
product: p
features: { v: {}, view.a: {}, view.b: {}, visit: {} }
roles: { r: [view.*] }
`,
    forth: ['widens: role r gains view.b'],
    back: ['narrows: role r loses view.b'],
  },
  {
    what: 'a feature gained where all is only recorded, before and after',
    was: `terms: 1
product: p
features: { view: {} }
plans: { x: { enforcement: advise, includes: {  } } }
`,
    now: `terms: 1
product: p
features: { view: {} }
plans: { x: { enforcement: advise, includes: { view: {} } } }
`,
    forth: ['narrows: x gains view'],
    back: ['narrows: x loses view'],
  },
  {
    what: 'a feature gained where all is only recorded from now on',
    was: `terms: 1
product: p
features: { view: {} }
plans: { x: { enforcement: enforce, includes: {  } } }
`,
    now: `terms: 1
product: p
features: { view: {} }
plans: { x: { enforcement: advise, includes: { view: {} } } }
`,
    forth: ['widens: x: what its limits and dates would refuse is allowed and recorded', 'widens: x gains view'],
    back: ['narrows: x: what was only recorded is refused', 'narrows: x loses view'],
  },
  {
    what: 'nothing at all',
    was: `terms: 1
product: p
`,
    now: `terms: 1
product: p
`,
    forth: [],
    back: [],
  },
]
for (const { what, ...change } of files) holds(what, change, (source) => source)
