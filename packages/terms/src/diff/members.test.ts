import { expect, test } from 'vitest'
import { diff, parse, type Terms } from '../index.ts'

function termsOf(source: string): Terms {
  const { terms, findings } = parse(source)
  if (terms === undefined) throw new Error(findings.map(({ message }) => message).join('; '))
  return terms
}

const OLD = termsOf(`terms: 1
product: p
title: P
features:
  view: { title: View, repair: true, unreachable: open, assurance: key }
  export: { meter: exports }
  store: { type: limit, unit: GiB }
  size: { type: choice, values: [small, medium, large] }
  query: { resource: postgres, commands: [select, insert] }
  turns: {}
  past: { title: Past }
meters: { exports: { unit: report }, lines: { unit: line }, past: { unit: u } }
context: { ticket: { type: string, from: access_request }, past: { type: string, from: token } }
attributes: { age: number, past: string }
properties: { subject: { past: string }, resource: { hot: string }, action: { bulk: boolean } }
assurance:
  word: { acr: a, any_of: [pwd] }
  otp: { acr: b, any_of: [otp], attested: true }
  key: { acr: c, any_of: [hwk] }
  past: { acr: d, any_of: [sms] }
signals: { travel: { require: otp, over: 500 km/h }, bot: { refuse: true }, past: { allow: true } }
roles: { all: ['*'], some: [view, query], past: [view], patterns: [view] }
ends: { on: mon-thu, at: '12:00', zone: UTC }
federation: { vault: { authority: 'https://vault.example', product: v }, past: { authority: 'https://past.example', product: v } }
plans:
  x:
    title: X
    price: { stripe: a, past: b }
    trial: 14 days
    seats: { named: 5, overage: 10%, for: [human, agent], hold: 1 day }
    grace: { expiry: 1 day, payment: 2 days, offline: 3 days, then: degrade to free }
    conditions:
      hours: { zone: UTC, open: ['mon 08:00-18:00'], closed_on: [2026-12-25] }
      regions: [DE]
      networks: [10.0.0.0/8]
      when: subject.kind == "human"
    includes:
      view: {}
      turns: [{ assurance: otp }, {}]
      export:
        limit: 5 per day
        rate: 5 per second
        assurance: otp
        approval: { by: all, for: up to 4 hours }
        obligations: { mask: [name] }
        when: subject.kind == "human"
        needs: vault:a
      store: { value: 5 }
      query: [{ resources: { environment: [prod] }, commands: [select] }, { rate: 1 per hour }]
  y: { seats: { floating: 5, lease: 1 hour }, includes: { view: {} } }
  free: { enforcement: advise, seats: { named: 1 } }
  own: {}
  past: {}
`)

const NEW = termsOf(`terms: 1
product: q
title: Q
features:
  view: { title: Look, assurance: otp }
  export: { meter: lines }
  store: { type: limit, unit: TiB }
  size: { type: choice, values: [large, medium, huge] }
  query: { resource: mysql, commands: [select, drop] }
  turns: { type: limit }
  fresh: { title: Fresh }
meters: { exports: { unit: page }, lines: { unit: line }, fresh: { unit: u } }
context: { ticket: { type: string, from: token }, fresh: { type: string, from: token } }
attributes: { age: string, fresh: string }
properties: { subject: { fresh: string }, resource: { hot: boolean }, action: { bulk: boolean } }
assurance:
  otp: { acr: e, any_of: [pin] }
  word: { acr: a, any_of: [pwd] }
  key: { acr: c, any_of: [hwk] }
  fresh: { acr: d, any_of: [face] }
signals: { travel: { require: key, over: 900 km/h }, bot: { allow: true }, fresh: { refuse: true }, on_failure: refuse }
roles: { all: ['*'], some: [view, fresh], fresh: [view], patterns: [view, 'views.*'] }
ends: { on: fri, at: '13:00', zone: UTC }
federation: { vault: { authority: 'https://vault.example', product: w }, fresh: { authority: 'https://fresh.example', product: v } }
plans:
  fresh: {}
  y: { seats: { floating: 5, lease: 2 hours, outage: keep }, includes: { fresh: {} } }
  x:
    title: XX
    price: { stripe: c, fresh: d }
    trial: 7 days
    seats: { named: 4, overage: 2, for: [human, service], take: by admin, hold: 2 days }
    grace: { expiry: 3 days, payment: 1 day, offline: 4 days }
    enforcement: advise
    conditions:
      hours: { zone: UTC, open: ['mon 09:00-19:00'], closed_on: [2026-12-26] }
      regions: [FR]
      networks: [11.0.0.0/8]
      when: subject.kind == "agent"
    includes:
      view: {}
      turns: [{ value: 1 }]
      export:
        limit: 9 per day
        then: bill
        rate: 9 per second
        assurance: key
        approval: { by: some, count: 2 }
        obligations: { record: true, mask: [mail] }
        when: subject.kind == "agent"
        needs: vault:b
      store: { value: 4 }
      query: [{ rate: 1 per hour }, { resources: { environment: [test] }, commands: [drop] }, { assurance: key }]
  free: {}
  own: { seats: { named: 2 }, includes: { view: [{}, { assurance: otp }] } }
`)

/** `type direction effect`, what it is about, and how that is written before and after. */
const shown = (before: Terms, after: Terms): string[] =>
  diff(before, after).map(({ type, direction, effect, before, after, sentence: _, ...about }) =>
    [`${type} ${direction} ${effect}`, about, before ?? '-', after ?? '-']
      .map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
      .join(' | '),
  )

test('every consequence says what it is about, and how that is written before and after', () => {
  expect(shown(OLD, NEW)).toEqual([
    'level narrows at_once | {"name":"past"} | past | -',
    'level narrows at_once | {} | ["word","otp","key"] | ["otp","word","key"]',
    'level narrows at_once | {"name":"otp"} | [["otp"]] | [["pin"]]',
    'signal narrows at_once | {"name":"travel"} | require otp | require key',
    'signal narrows at_once | {"name":"fresh"} | - | refuse',
    'signal narrows at_once | {"name":"failed"} | allow | refuse',
    'kind narrows at_once | {"feature":"query"} | postgres | mysql',
    'commands narrows at_once | {"feature":"query"} | ["select","insert"] | ["select","drop"]',
    'commands narrows at_once | {"feature":"query"} | ["select","insert"] | ["select","drop"]',
    'product narrows sold_or_moved | {} | p | q',
    'feature narrows sold_or_moved | {"feature":"past"} | {"title":"Past"} | -',
    'repair narrows sold_or_moved | {"feature":"view"} | true | false',
    'unreachable narrows sold_or_moved | {"feature":"view"} | open | closed',
    'kind narrows sold_or_moved | {"feature":"export"} | exports | lines',
    'values narrows sold_or_moved | {"feature":"size"} | ["small","medium","large"] | ["large","medium","huge"]',
    'values narrows sold_or_moved | {"feature":"size"} | ["small","medium","large"] | ["large","medium","huge"]',
    'kind narrows sold_or_moved | {"feature":"turns"} | switch | limit',
    'role narrows sold_or_moved | {"role":"some","feature":"query"} | ["view","query"] | ["view","fresh"]',
    'role narrows sold_or_moved | {"role":"past"} | ["view"] | -',
    'plan narrows sold_or_moved | {"plan":"past"} | past | -',
    'includes narrows sold_or_moved | {"plan":"y","feature":"view"} | {} | -',
    'trial narrows sold_or_moved | {"plan":"x"} | 14 days | 7 days',
    'seats narrows sold_or_moved | {"plan":"x"} | 5 | 4',
    'seats narrows sold_or_moved | {"plan":"x"} | ["human","agent"] | ["human","service"]',
    'seats narrows sold_or_moved | {"plan":"x"} | on use | by admin',
    'seats narrows sold_or_moved | {"plan":"x"} | 1 day | 2 days',
    'grace narrows sold_or_moved | {"plan":"x","name":"expiry"} | 1 day | 3 days',
    'grace narrows sold_or_moved | {"plan":"x","name":"payment"} | 2 days | 1 day',
    'degrade narrows sold_or_moved | {"plan":"x"} | free | -',
    'hours narrows sold_or_moved | {"plan":"x"} | {"zone":"UTC","open":["mon 08:00-18:00"],"closed_on":["2026-12-25"]} | {"zone":"UTC","open":["mon 09:00-19:00"],"closed_on":["2026-12-26"]}',
    'hours narrows sold_or_moved | {"plan":"x"} | {"zone":"UTC","open":["mon 08:00-18:00"],"closed_on":["2026-12-25"]} | {"zone":"UTC","open":["mon 09:00-19:00"],"closed_on":["2026-12-26"]}',
    'regions narrows sold_or_moved | {"plan":"x"} | ["DE"] | ["FR"]',
    'networks narrows sold_or_moved | {"plan":"x"} | ["10.0.0.0/8"] | ["11.0.0.0/8"]',
    'when narrows sold_or_moved | {"plan":"x"} | subject.kind == "human" | subject.kind == "agent"',
    'value narrows sold_or_moved | {"plan":"x","feature":"turns","entry":1} | - | 1',
    'includes narrows sold_or_moved | {"plan":"x","feature":"turns","entry":1} | {"assurance":"otp"} | -',
    'assurance narrows sold_or_moved | {"plan":"x","feature":"export"} | otp | key',
    'approval narrows sold_or_moved | {"plan":"x","feature":"export"} | approval by one with the role all for up to 4 hours | approval by 2 with the role some',
    'obligations narrows sold_or_moved | {"plan":"x","feature":"export"} | false | true',
    'obligations narrows sold_or_moved | {"plan":"x","feature":"export"} | ["name"] | ["mail"]',
    'needs narrows sold_or_moved | {"plan":"x","feature":"export"} | vault:a | vault:b',
    'when narrows sold_or_moved | {"plan":"x","feature":"export"} | subject.kind == "human" | subject.kind == "agent"',
    'value narrows sold_or_moved | {"plan":"x","feature":"store"} | 5 | 4',
    'assurance narrows sold_or_moved | {"plan":"x","feature":"query","entry":3} | - | key',
    'enforcement narrows sold_or_moved | {"plan":"free"} | advise | enforce',
    'seats narrows sold_or_moved | {"plan":"own"} | - | {"named":2}',
    'fact narrows sold_or_moved | {"name":"ticket"} | string from access_request | string from token',
    'fact narrows sold_or_moved | {"name":"age"} | number | string',
    'fact narrows sold_or_moved | {"name":"hot"} | string | boolean',
    'federation narrows sold_or_moved | {"name":"vault"} | v at https://vault.example | w at https://vault.example',
    'level widens at_once | {"name":"otp"} | [["otp"]] | [["pin"]]',
    'level widens at_once | {"name":"otp"} | true | false',
    'signal widens sold_or_moved | {"name":"travel"} | 500 km/h | 900 km/h',
    'signal widens sold_or_moved | {"name":"bot"} | refuse | allow',
    'minimum widens sold_or_moved | {"feature":"view"} | key | otp',
    'values widens sold_or_moved | {"feature":"size"} | ["small","medium","large"] | ["large","medium","huge"]',
    'role widens sold_or_moved | {"role":"all","feature":"fresh"} | ["view","export","store","size","query","turns"] | ["view","export","store","size","query","turns","fresh"]',
    'role widens sold_or_moved | {"role":"some","feature":"fresh"} | ["view","query"] | ["view","fresh"]',
    'role widens sold_or_moved | {"role":"fresh"} | - | ["view"]',
    'plan widens sold_or_moved | {"plan":"fresh"} | - | fresh',
    'seats widens sold_or_moved | {"plan":"y"} | for 1 hour | for 2 hours',
    'seats widens sold_or_moved | {"plan":"y"} | release | keep',
    'includes widens sold_or_moved | {"plan":"y","feature":"fresh"} | - | {}',
    'seats widens sold_or_moved | {"plan":"x"} | 10% | 2',
    'seats widens sold_or_moved | {"plan":"x"} | ["human","agent"] | ["human","service"]',
    'grace widens sold_or_moved | {"plan":"x","name":"offline"} | 3 days | 4 days',
    'enforcement widens sold_or_moved | {"plan":"x"} | enforce | advise',
    'hours widens sold_or_moved | {"plan":"x"} | {"zone":"UTC","open":["mon 08:00-18:00"],"closed_on":["2026-12-25"]} | {"zone":"UTC","open":["mon 09:00-19:00"],"closed_on":["2026-12-26"]}',
    'hours widens sold_or_moved | {"plan":"x"} | {"zone":"UTC","open":["mon 08:00-18:00"],"closed_on":["2026-12-25"]} | {"zone":"UTC","open":["mon 09:00-19:00"],"closed_on":["2026-12-26"]}',
    'regions widens sold_or_moved | {"plan":"x"} | ["DE"] | ["FR"]',
    'networks widens sold_or_moved | {"plan":"x"} | ["10.0.0.0/8"] | ["11.0.0.0/8"]',
    'limit widens sold_or_moved | {"plan":"x","feature":"export"} | 5 per day, hard | 9 per day, billed beyond',
    'rate widens sold_or_moved | {"plan":"x","feature":"export"} | 5 per second | 9 per second',
    'obligations widens sold_or_moved | {"plan":"x","feature":"export"} | ["name"] | ["mail"]',
    'resources widens sold_or_moved | {"plan":"x","feature":"query","entry":3} | {"environment":["prod"]} | -',
    'commands widens sold_or_moved | {"plan":"x","feature":"query","entry":3} | ["select"] | -',
    'includes widens sold_or_moved | {"plan":"x","feature":"query","entry":2} | - | {"resources":{"environment":["test"]},"commands":["drop"]}',
    'seats widens sold_or_moved | {"plan":"free"} | {"named":1} | -',
    'includes widens sold_or_moved | {"plan":"own","feature":"view"} | - | [{},{"assurance":"otp"}]',
    'level neutral at_once | {"name":"fresh"} | - | fresh',
    'level neutral at_once | {"name":"otp"} | b | e',
    'title neutral sold_or_moved | {} | P | Q',
    'signal neutral sold_or_moved | {"name":"past"} | allow | -',
    'title neutral sold_or_moved | {"feature":"view"} | View | Look',
    'kind neutral sold_or_moved | {"feature":"store"} | GiB | TiB',
    'feature neutral sold_or_moved | {"feature":"fresh"} | - | {"title":"Fresh"}',
    'role neutral sold_or_moved | {"role":"patterns"} | ["view"] | ["view","views.*"]',
    'order neutral sold_or_moved | {} | ["x","y","free","own"] | ["y","x","free","own"]',
    'title neutral sold_or_moved | {"plan":"x"} | X | XX',
    'price neutral sold_or_moved | {"plan":"x","name":"stripe"} | a | c',
    'price neutral sold_or_moved | {"plan":"x","name":"past"} | b | -',
    'price neutral sold_or_moved | {"plan":"x","name":"fresh"} | - | d',
    'order neutral sold_or_moved | {"plan":"x","feature":"query"} | [{"resources":{"environment":["prod"]},"commands":["select"]},{"rate":"1 per hour"}] | [{"rate":"1 per hour"},{"resources":{"environment":["test"]},"commands":["drop"]},{"assurance":"key"}]',
    'meter neutral sold_or_moved | {"name":"exports"} | {"unit":"report"} | {"unit":"page"}',
    'meter neutral sold_or_moved | {"name":"past"} | {"unit":"u"} | -',
    'meter neutral sold_or_moved | {"name":"fresh"} | - | {"unit":"u"}',
    'fact neutral sold_or_moved | {"name":"past"} | string from token | -',
    'fact neutral sold_or_moved | {"name":"fresh"} | - | string from token',
    'fact neutral sold_or_moved | {"name":"past"} | string | -',
    'fact neutral sold_or_moved | {"name":"fresh"} | - | string',
    'fact neutral sold_or_moved | {"name":"past"} | string | -',
    'fact neutral sold_or_moved | {"name":"fresh"} | - | string',
    'federation neutral sold_or_moved | {"name":"past"} | v at https://past.example | -',
    'federation neutral sold_or_moved | {"name":"fresh"} | - | v at https://fresh.example',
    'ends neutral sold_or_moved | {} | {"on":"mon-thu","at":"12:00","zone":"UTC"} | {"on":"fri","at":"13:00","zone":"UTC"}',
  ])
})

test('an alternative is named by its place among several, in the new edition or else in the old one', () => {
  expect(shown(NEW, OLD).filter((each) => each.includes('"entry"') || each.includes('"own"'))).toEqual([
    'resources narrows sold_or_moved | {"plan":"x","feature":"query","entry":1} | - | {"environment":["prod"]}',
    'commands narrows sold_or_moved | {"plan":"x","feature":"query","entry":1} | - | ["select"]',
    'includes narrows sold_or_moved | {"plan":"x","feature":"query","entry":2} | {"resources":{"environment":["test"]},"commands":["drop"]} | -',
    'includes narrows sold_or_moved | {"plan":"own","feature":"view"} | [{},{"assurance":"otp"}] | -',
    'value widens sold_or_moved | {"plan":"x","feature":"turns","entry":2} | 1 | -',
    'includes widens sold_or_moved | {"plan":"x","feature":"turns","entry":1} | - | {"assurance":"otp"}',
    'assurance widens sold_or_moved | {"plan":"x","feature":"query","entry":1} | key | -',
    'seats widens sold_or_moved | {"plan":"own"} | {"named":2} | -',
    'order neutral sold_or_moved | {} | ["y","x","free","own"] | ["x","y","free","own"]',
  ])
})

const FEATURES =
  'terms: 1\nproduct: p\nfeatures: { view: {}, export: { meter: m }, query: { commands: [b, a] } }\nmeters: { m: { unit: u } }\n'
const pairs: readonly (readonly [was: string, now: string, forth: string[], back: string[]])[] = [
  [
    'plans: { x: { includes: { export: { limit: 5 per day } } } }',
    'plans: { x: { includes: { export: {} } } }',
    ['limit widens sold_or_moved | {"plan":"x","feature":"export"} | 5 per day, hard | -'],
    ['limit narrows sold_or_moved | {"plan":"x","feature":"export"} | - | 5 per day, hard'],
  ],
  [
    'plans: { x: { includes: { query: { commands: [a, b] } } } }',
    'plans: { x: { includes: { query: {} } } }',
    ['commands neutral sold_or_moved | {"plan":"x","feature":"query"} | ["a","b"] | -'],
    ['commands neutral sold_or_moved | {"plan":"x","feature":"query"} | - | ["a","b"]'],
  ],
  [
    'signals: { s: { refuse: true } }',
    'signals: { s: { refuse: true, over: 5 km/h } }',
    ['signal narrows at_once | {"name":"s"} | - | 5 km/h'],
    ['signal narrows at_once | {"name":"s"} | 5 km/h | -'],
  ],
  [
    'roles: { r: [view, query] }',
    'roles: { r: [query, view] }',
    ['wording neutral sold_or_moved | {} | - | -'],
    ['wording neutral sold_or_moved | {} | - | -'],
  ],
]
for (const [was, now, forth, back] of pairs)
  test(`${was} becomes ${now}`, () => {
    const [old, fresh] = [termsOf(`${FEATURES}${was}\n`), termsOf(`${FEATURES}${now}\n`)]
    expect([shown(old, fresh), shown(fresh, old)]).toEqual([forth, back])
  })

test('that a resource is wanted at all is told of the resources', () => {
  const of = (entry: string) =>
    termsOf(`terms: 1\nproduct: p\nfeatures: { q: { resource: r } }\nplans: { x: { includes: { q: ${entry} } } }\n`)
  expect(shown(of('{}'), of('{ resources: {} }'))).toEqual(['resources narrows sold_or_moved | {"plan":"x","feature":"q"} | - | {}'])
  expect(shown(of('{ resources: {} }'), of('{}'))).toEqual(['resources widens sold_or_moved | {"plan":"x","feature":"q"} | {} | -'])
})
