import { describe, expect, test } from 'vitest'
import { CODES, check, type FindingCode, parse } from '../src/index.ts'

interface Sample {
  readonly code: FindingCode
  /** A file with one fault; `▸` stands before the place where the fault is. */
  readonly source: string
  /** What the suggestion must say. */
  readonly says?: string
}

const HEAD = 'terms: 1\nproduct: p\n'
const FEATURES = `${HEAD}features:
  view: {}
  export: { meter: exports }
  store: { type: limit, unit: GiB }
  size: { type: choice, values: [small, large] }
  query: { resource: postgres, commands: [select, insert] }
meters: { exports: { unit: report } }
context: { ticket: { type: string, from: access_request }, country: { type: string, from: enforcer } }
assurance: { otp: { acr: a, any_of: [otp] }, passkey: { acr: b, any_of: [[hwk, user]] } }
roles: { all: ['*'] }
federation: { vault: { authority: 'https://vault.example', product: vault } }
`
const USED = 'used: { includes: { view: { needs: "vault:x" } } }'

function plans(text: string): string {
  return `${FEATURES}plans:\n  ${USED}\n  ${text}\n`
}
function entry(feature: string, text: string): string {
  return plans(`x: { includes: { ${feature}: ${text} } }`)
}

const samples: Sample[] = [
  { code: 'SOURCE_TOO_DEEP', source: `terms: ${'['.repeat(32)}▸[` },
  { code: 'SEVERAL_DOCUMENTS', source: `${HEAD}▸---\n${HEAD}` },
  { code: 'YAML_SYNTAX', source: 'terms: 1\nproduct: "p\n▸' },
  { code: 'YAML_SYNTAX', source: '▸%YAML 1.1\n---\nterms: 1\nproduct: p\n' },
  { code: 'YAML_SYNTAX', source: 'terms: 1\nproduct: ▸!!binary p\n' },
  { code: 'YAML_SYNTAX', source: 'terms: [1]▸]\n' },
  { code: 'ALIAS_UNKNOWN', source: `${HEAD}title: ▸*nobody\n` },
  { code: 'ALIAS_CYCLE', source: `${HEAD}roles: { r: &a [▸*a] }\n` },
  { code: 'DUPLICATE_KEY', source: 'terms: 1\nproduct: p\n▸product: q\n' },
  { code: 'BAD_KEY', source: `${HEAD}roles: { ? ▸[a] : [] }\n` },
  { code: 'FORBIDDEN_NAME', source: `${HEAD}features: { ▸__proto__: {} }\n` },
  { code: 'FORBIDDEN_NAME', source: `${HEAD}features: { ▸constructor: {} }\n` },
  { code: 'FORBIDDEN_NAME', source: `${HEAD}plans: { a: { price: { ▸prototype: a } } }\n` },
  { code: 'WRONG_TYPE', source: `${HEAD}features: ▸[a]\n` },
  { code: 'WRONG_TYPE', source: `${HEAD}title: ▸2026\n`, says: "Put it in quotes: '2026'." },
  { code: 'WRONG_TYPE', source: entry('query', '{ commands: ▸select }'), says: 'Write [select].' },
  { code: 'WRONG_TYPE', source: `${HEAD}features:\n  ▸a:\n`, says: 'Write {} for an empty one.' },
  { code: 'WRONG_TYPE', source: `${HEAD}features: { a: { repair: ▸yes } }\n` },
  { code: 'UNKNOWN_KEY', source: `${HEAD}▸feature: {}\n`, says: 'Did you mean "features"?' },
  { code: 'UNKNOWN_KEY', source: entry('view', '{ ▸asurance: otp }'), says: 'Did you mean "assurance"?' },
  { code: 'UNKNOWN_KEY', source: plans('x: { conditions: { ▸hour: {} } }'), says: 'Did you mean "hours"?' },
  { code: 'MISSING_KEY', source: '▸terms: 1\n', says: 'Add "product:".' },
  { code: 'MISSING_KEY', source: `${HEAD}assurance: { otp: ▸{ acr: a } }\n`, says: 'Add "any_of:".' },
  { code: 'MISSING_KEY', source: `${HEAD}features: { size: ▸{ type: choice } }\n`, says: 'Add "values:".' },
  { code: 'MISSING_KEY', source: plans('x: { seats: ▸{ for: [human] } }') },
  { code: 'MISSING_KEY', source: `${HEAD}signals: { new_device: ▸{} }\n` },
  { code: 'CONFLICTING_KEYS', source: plans('x: { seats: { named: 1, ▸floating: 1 } }') },
  { code: 'CONFLICTING_KEYS', source: `${HEAD}signals: { s: { refuse: true, ▸allow: true } }\n` },
  { code: 'KEY_NEEDS_ANOTHER', source: entry('view', '{ ▸burst: 5 }') },
  { code: 'KEY_NEEDS_ANOTHER', source: entry('export', '{ limit: none, ▸then: bill }') },
  { code: 'NOT_FOR_THIS_TYPE', source: `${HEAD}features: { a: { ▸unit: GiB } }\n`, says: 'Add "type: limit".' },
  { code: 'NOT_FOR_THIS_TYPE', source: `${HEAD}features: { a: { ▸values: [a] } }\n`, says: 'Add "type: choice".' },
  { code: 'NOT_FOR_THIS_TYPE', source: plans('x: { seats: { named: 1, ▸lease: 1 hour } }') },
  { code: 'NOT_FOR_THIS_TYPE', source: plans('x: { seats: { floating: 1, ▸take: by admin } }') },
  { code: 'TOO_MANY', source: `${HEAD}plans: ▸{ ${Array.from({ length: 201 }, (_, index) => `p${index}: {}`).join(', ')} }\n` },
  { code: 'TOO_MANY', source: `${HEAD}features: ▸{ ${Array.from({ length: 1001 }, (_, index) => `f${index}: {}`).join(', ')} }\n` },
  { code: 'TOO_MANY', source: entry('▸view', `[${'{}, '.repeat(101)}]`) },
  { code: 'EMPTY_LIST', source: plans('x: { conditions: { regions: ▸[] } }') },
  { code: 'EMPTY_LIST', source: entry('view', '▸[]') },
  { code: 'DUPLICATE_VALUE', source: plans('x: { conditions: { regions: [DE, ▸DE] } }') },
  { code: 'BAD_NAME', source: `${HEAD}features: { ▸9lives: {} }\n` },
  { code: 'BAD_NAME', source: `${HEAD}features: { ▸a..b: {} }\n` },
  { code: 'BAD_NAME', source: `${HEAD}features: { ▸${'a'.repeat(101)}: {} }\n` },
  { code: 'BAD_NAME', source: `${HEAD}context: { ▸a.b: { type: string, from: token } }\n` },
  { code: 'BAD_NAME', source: `${HEAD}signals: { ▸failed: { refuse: true } }\n` },
  { code: 'BAD_TEXT', source: `${HEAD}title: ▸"a\\u0007"\n` },
  { code: 'BAD_TEXT', source: `${HEAD}title: ▸"\\ud800"\n` },
  { code: 'BAD_TEXT', source: `${HEAD}title: ▸${'a'.repeat(201)}\n` },
  { code: 'BAD_TEXT', source: `${HEAD}title: ▸" "\n` },
  { code: 'BAD_TEXT', source: `${HEAD}assurance: { otp: { acr: ▸a b, any_of: [otp] } }\n` },
  { code: 'BAD_NUMBER', source: plans('x: { seats: { named: ▸-1 } }') },
  { code: 'BAD_NUMBER', source: plans('x: { seats: { named: ▸1.5 } }') },
  { code: 'BAD_NUMBER', source: plans('x: { seats: { named: ▸.inf } }') },
  { code: 'BAD_NUMBER', source: plans('x: { seats: { named: ▸9007199254740992 } }') },
  { code: 'BAD_NUMBER', source: entry('store', '{ value: ▸.nan }') },
  { code: 'BAD_NUMBER', source: entry('store', '{ value: ▸fifty }') },
  { code: 'BAD_NUMBER', source: entry('view', '{ approval: { by: all, count: ▸0 } }') },
  { code: 'BAD_WORD', source: plans('x: { enforcement: ▸advice }'), says: 'Did you mean "advise"?' },
  { code: 'BAD_WORD', source: plans('x: { grace: { then: ▸degrade } }'), says: 'Write "degrade to PLAN".' },
  { code: 'BAD_WORD', source: entry('export', '{ limit: 1 per day, then: ▸bil }'), says: 'Did you mean "bill"?' },
  { code: 'BAD_WORD', source: `${HEAD}signals: { on_failure: ▸require }\n` },
  { code: 'BAD_WORD', source: `${HEAD}signals: { s: { refuse: ▸false } }\n` },
  { code: 'BAD_DURATION', source: plans('x: { trial: ▸14 }'), says: 'Add a unit: "14 days".' },
  { code: 'BAD_DURATION', source: plans('x: { trial: ▸0 days }') },
  { code: 'BAD_DURATION', source: plans('x: { trial: ▸101 years }') },
  { code: 'BAD_DURATION', source: plans('x: { trial: ▸99999 days }') },
  { code: 'BAD_DURATION', source: entry('view', '{ assurance: ▸otp within a while }') },
  { code: 'BAD_DURATION', source: entry('view', '{ approval: { by: all, for: ▸4 hours } }'), says: 'Write "up to 4 hours".' },
  { code: 'BAD_LIMIT', source: entry('export', '{ limit: ▸1000 }'), says: 'Add a period: "1000 per month".' },
  { code: 'BAD_LIMIT', source: entry('export', '{ limit: ▸5 per fortnight }') },
  { code: 'BAD_LIMIT', source: entry('export', '{ limit: ▸5 per calendar month }') },
  { code: 'BAD_LIMIT', source: entry('export', '{ limit: ▸5 per calendar hour in UTC }') },
  { code: 'BAD_LIMIT', source: entry('export', '{ limit: ▸5 per month in UTC }') },
  { code: 'BAD_LIMIT', source: entry('export', '{ limit: ▸99999999999999999999 per month }') },
  { code: 'BAD_LIMIT', source: entry('export', '{ limit: ▸-5 per month }') },
  { code: 'BAD_RATE', source: entry('view', '{ rate: ▸5 per day }') },
  { code: 'BAD_RATE', source: entry('view', '{ rate: ▸0 per second }') },
  { code: 'BAD_RATE', source: entry('export', '{ limit: 5 per day, then: ▸throttle slowly }') },
  { code: 'BAD_ASSURANCE', source: entry('view', '{ assurance: ▸otp for 5 minutes }') },
  { code: 'BAD_PERCENT', source: plans('x: { seats: { named: 1, overage: ▸some } }') },
  { code: 'BAD_PERCENT', source: `${HEAD}features: { a: { meter: m } }\nmeters: { m: { unit: u, alert_at: [▸0.8] } }\n` },
  { code: 'BAD_SPEED', source: `${HEAD}signals: { s: { refuse: true, over: ▸1000 mph } }\n` },
  { code: 'BAD_DAYS', source: `${HEAD}ends: { on: ▸mo-th, at: '12:00', zone: UTC }\n` },
  { code: 'BAD_TIME', source: `${HEAD}ends: { on: mon-thu, at: ▸noon, zone: UTC }\n` },
  { code: 'BAD_TIME', source: `${HEAD}ends: { on: mon-thu, at: ▸'24:00', zone: UTC }\n` },
  { code: 'BAD_HOURS', source: plans('x: { conditions: { hours: { zone: UTC, open: [▸office hours] } } }') },
  { code: 'BAD_HOURS', source: plans("x: { conditions: { hours: { zone: UTC, open: [▸'08:00-08:00'] } } }") },
  { code: 'BAD_HOURS', source: plans('x: { conditions: { hours: { zone: UTC, open: [▸mon-fri 8:00-18:00] } } }') },
  { code: 'BAD_HOURS', source: plans("x: { conditions: { hours: { zone: UTC, open: [▸'mon-tue,tue 08:00-18:00'] } } }") },
  { code: 'BAD_DATE', source: plans("x: { conditions: { hours: { zone: UTC, open: ['08:00-18:00'], closed_on: [▸2026-02-29] } } }") },
  {
    code: 'BAD_ZONE',
    source: plans('x: { conditions: { hours: { zone: ▸Europe/Berln, open: [mon 08:00-18:00] } } }'),
    says: 'Did you mean "Europe/Berlin"?',
  },
  { code: 'BAD_ZONE', source: entry('export', '{ limit: ▸5 per calendar month in Nowhere }') },
  { code: 'BAD_REGION', source: plans('x: { conditions: { regions: [▸eu] } }'), says: 'Did you mean "EU"?' },
  { code: 'BAD_REGION', source: plans('x: { conditions: { regions: [▸continent:XX] } }') },
  { code: 'BAD_NETWORK', source: plans('x: { conditions: { networks: [▸10.0.0.1] } }'), says: 'Write "10.0.0.1/32" for this one address.' },
  { code: 'BAD_NETWORK', source: plans('x: { conditions: { networks: [▸10.0.0.0/33] } }') },
  { code: 'BAD_URL', source: `${HEAD}federation: { v: { authority: ▸http://vault.example, product: v } }\n` },
  { code: 'BAD_URL', source: `${HEAD}federation: { v: { authority: ▸'https://user:secret@vault.example', product: v } }\n` },
  { code: 'BAD_NEED', source: entry('view', '{ needs: ▸vault }') },
  { code: 'BAD_EXPRESSION', source: entry('view', '{ when: has(context.ticket) && ▸context.contry == "DE" }') },
  { code: 'BAD_EXPRESSION', source: entry('view', "{ when: '▸context.contry == 1' }") },
  { code: 'BAD_EXPRESSION', source: entry('view', '{ conditions: { when: ▸"" } }') },
  { code: 'NOT_SUPPORTED_YET', source: `${HEAD}▸publish: {}\n` },
  { code: 'NOT_SUPPORTED_YET', source: `${HEAD}▸schedules: {}\n` },
  { code: 'NOT_SUPPORTED_YET', source: `${HEAD}features: { a: { ▸staleness: 1 hour } }\n` },
  { code: 'NOT_SUPPORTED_YET', source: plans('x: { ▸check_in: 30 days }') },
  { code: 'NOT_SUPPORTED_YET', source: plans('x: { seats: { named: 1, ▸assign: auto } }') },
  { code: 'NOT_SUPPORTED_YET', source: entry('view', '{ ▸requires_mark: a }') },
  { code: 'NOT_SUPPORTED_YET', source: entry('view', '{ obligations: { ▸retention: 1 week } }') },
  { code: 'NOT_SUPPORTED_YET', source: entry('view', '{ obligations: { record: true, ▸unrecorded: refuse } }') },
  { code: 'NOT_SUPPORTED_YET', source: entry('view', '{ approval: { by: all, ▸break_glass: true } }') },
  { code: 'UNKNOWN_FEATURE', source: entry('▸veiw', '{}'), says: 'Did you mean "view"?' },
  { code: 'UNKNOWN_FEATURE', source: `${HEAD}features: { view: {} }\nroles: { r: [▸views] }\n`, says: 'Did you mean "view"?' },
  {
    code: 'UNKNOWN_METER',
    source: `${HEAD}features: { a: { meter: ▸export } }\nmeters: { exports: { unit: u } }\n`,
    says: 'Did you mean "exports"?',
  },
  { code: 'UNKNOWN_LEVEL', source: entry('view', '{ assurance: ▸opt within 5 minutes }'), says: 'Did you mean "otp"?' },
  { code: 'UNKNOWN_LEVEL', source: `${HEAD}signals: { s: { require: ▸otp } }\n` },
  { code: 'UNKNOWN_LEVEL', source: `${HEAD}signals: { on_failure: ▸require otp }\n` },
  { code: 'UNKNOWN_ROLE', source: entry('view', '{ approval: { by: ▸al } }'), says: 'Did you mean "all"?' },
  { code: 'UNKNOWN_COMMAND', source: entry('query', '{ commands: [select, ▸isnert] }'), says: 'Did you mean "insert"?' },
  { code: 'UNKNOWN_PLAN', source: plans('x: { extends: ▸usde }'), says: 'Did you mean "used"?' },
  { code: 'UNKNOWN_PLAN', source: plans('x: { grace: { then: ▸degrade to usde } }'), says: 'Did you mean "used"?' },
  { code: 'UNKNOWN_KIND', source: plans('x: { seats: { named: 1, for: [▸humans] } }'), says: 'Did you mean "human"?' },
  { code: 'UNKNOWN_AUTHORITY', source: entry('view', "{ needs: ▸'valt:x' }"), says: 'Did you mean "vault"?' },
  { code: 'UNKNOWN_VALUE', source: entry('size', '{ value: ▸smal }'), says: 'Did you mean "small"?' },
  { code: 'UNKNOWN_VERSION', source: 'terms: ▸2\nproduct: p\n' },
  { code: 'LIMIT_WITHOUT_METER', source: entry('view', '{ ▸limit: 5 per day }') },
  { code: 'VALUE_ON_SWITCH', source: entry('view', '{ ▸value: 5 }') },
  { code: 'RESOURCES_WITHOUT_KIND', source: entry('view', '{ ▸resources: {} }') },
  { code: 'COMMANDS_NOT_DECLARED', source: entry('view', '{ ▸commands: [select] }') },
  { code: 'DUPLICATE_ACR', source: `${HEAD}assurance: { a: { acr: x, any_of: [pwd] }, b: { acr: ▸x, any_of: [otp] } }\n` },
  { code: 'EXTENDS_CYCLE', source: plans('x: { extends: ▸x }') },
  { code: 'DEGRADES_TO_ITSELF', source: plans('x: { grace: { then: ▸degrade to x } }') },
  { code: 'DEGRADES_TO_ITSELF', source: plans('x: { extends: y }\n  y: { grace: { then: ▸degrade to x } }') },
  {
    code: 'NEEDS_CYCLE',
    source: `${HEAD}features: { a: {} }\nplans: { x: { includes: { a: ▸{ needs: 'me:a' } } } }\nfederation: { me: { authority: 'https://me.example', product: p } }\n`,
  },
  { code: 'ENTRY_DEAD', source: entry('query', '[{ commands: [select] }, ▸{ commands: [select], assurance: otp }]') },
  {
    code: 'ENTRY_NEVER_OPEN',
    source: plans(
      "x: { conditions: { hours: { zone: UTC, open: ['mon-fri 08:00-18:00'] } }, includes: { view: ▸{ conditions: { hours: { zone: UTC, open: ['18:00-20:00'] } } } } }",
    ),
  },
  { code: 'FEATURE_PERMITTED_TO_NOBODY', source: `${HEAD}features: { a: {}, ▸b: {} }\nroles: { r: [a] }\n` },
  { code: 'ROLE_PERMITS_NOTHING', source: `${HEAD}features: { a: {} }\nroles: { r: [a], ▸s: [] }\n` },
  {
    code: 'PATTERN_MATCHES_NOTHING',
    source: `${HEAD}features: { job.run: {} }\nroles: { ▸r: ['*', jobs.*] }\n`,
    says: 'Did you mean "job.*"?',
  },
  { code: 'HOURS_NEVER_OPEN', source: plans('x: { conditions: { hours: ▸{ zone: UTC, open: [] } } }') },
  { code: 'LEVEL_OUT_OF_REACH', source: `${HEAD}assurance: { ▸otp: { acr: a, any_of: [] } }\n` },
  { code: 'LEVEL_OUT_OF_REACH', source: `${HEAD}assurance: { ▸otp: { acr: a, any_of: [otpp] } }\n`, says: 'Did you mean "otp"?' },
  { code: 'LIMIT_ZERO', source: entry('export', '▸{ limit: 0 per month }') },
  { code: 'BURST_BELOW_ONE', source: entry('view', '▸{ rate: 5 per second, burst: 0 }') },
  { code: 'REQUEST_NEVER_ASKED', source: entry('view', '▸{ when: context.ticket == "a" }') },
  { code: 'REQUEST_NEVER_ASKED', source: plans('x: { conditions: ▸{ when: context.ticket == "a" } }') },
  {
    code: 'AGE_NOT_LOOKED_AT',
    source: `${HEAD}features: { ▸a: { assurance: otp within 5 minutes } }\nassurance: { otp: { acr: a, any_of: [otp] } }\n`,
  },
  { code: 'VALUE_MISSING', source: entry('store', '▸{}') },
  { code: 'METER_UNUSED', source: `${HEAD}meters: { ▸m: { unit: u } }\n` },
  { code: 'AUTHORITY_UNUSED', source: `${HEAD}federation: { ▸v: { authority: 'https://vault.example', product: v } }\n` },
]

/** Codes of faults too large for a line in the table; `hostile.test.ts` has them. */
const ELSEWHERE: readonly FindingCode[] = ['SOURCE_TOO_LARGE', 'SOURCE_TOO_COMPLEX', 'TOO_MANY_FINDINGS', 'TERMS_TOO_LARGE']

describe('says at the place of the fault', () => {
  for (const { code, source, says } of samples) {
    test(`${code}: ${source
      .split('\n')
      .find((line) => line.includes('▸'))
      ?.trim()
      .slice(0, 100)}`, () => {
      const before = source.slice(0, source.indexOf('▸'))
      const place = { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
      const { terms, findings } = check(source.replace('▸', ''))
      const severity = CODES[code]
      expect(findings).toEqual([expect.objectContaining({ severity, code, ...place, ...(says !== undefined && { suggestion: says }) })])
      expect(terms === undefined).toBe(severity === 'error')
    })
  }
})

test('every code has a sample', () => {
  const sampled = new Set([...samples.map(({ code }) => code), ...ELSEWHERE])
  expect(Object.keys(CODES).filter((code) => !sampled.has(code as FindingCode))).toEqual([])
})

test('the file around the samples has no fault of its own', () => {
  for (const source of [FEATURES.replace(/federation.*\n/, ''), plans('x: {}'), entry('view', '{}')]) {
    expect(check(source).findings).toEqual([])
  }
})

test('every fault of a file is said at once, in the order of the file', () => {
  const { findings } = parse(`${HEAD}titel: A
features: { view: { repair: maybe }, export: { meter: exprots } }
meters: { exports: { unit: report } }
plans:
  free:
    trial: 14
    includes: { veiw: {}, export: { limit: 10 } }
`)
  expect(findings.map(({ code, line }) => `${line} ${code}`)).toEqual([
    '3 UNKNOWN_KEY',
    '4 WRONG_TYPE',
    '4 UNKNOWN_METER',
    '8 BAD_DURATION',
    '9 UNKNOWN_FEATURE',
    '9 BAD_LIMIT',
  ])
})

test('plans that extend each other are each told so', () => {
  const { findings } = parse(plans('x: { extends: y }\n  y: { extends: z }\n  z: { extends: x }\n  fine: { extends: x }'))
  expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'EXTENDS_CYCLE Plan x extends itself, by way of y.',
    'EXTENDS_CYCLE Plan y extends itself, by way of z.',
    'EXTENDS_CYCLE Plan z extends itself, by way of x.',
  ])
})

test('a section that cannot be read is not held against those who name what it should hold', () => {
  expect(
    parse(`${HEAD}features: nothing\nroles: { r: [view] }\nplans: { x: { includes: { view: {} } } }\n`).findings.map(({ code }) => code),
  ).toEqual(['WRONG_TYPE'])
})
