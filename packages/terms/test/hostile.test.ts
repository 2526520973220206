import { describe, expect, test } from 'vitest'
import { type FindingCode, parse, parseValue } from '../src/index.ts'

const MIB = 1_048_576
const HEAD = 'terms: 1\nproduct: p\n'
const many = (count: number, of: (index: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, index) => of(index)).join(between)

/** Each is one careless step away from a hung or crashed reader: quadratic, exponential or recursive without a bound. */
const hostile: { readonly name: string; readonly source: string; readonly code: FindingCode }[] = [
  { name: 'ten megabytes', source: 'a'.repeat(10 * MIB), code: 'SOURCE_TOO_LARGE' },
  { name: 'ten megabytes of brackets', source: '['.repeat(10 * MIB), code: 'SOURCE_TOO_LARGE' },
  { name: 'one byte more than a mebibyte', source: `${HEAD}title: ${'a'.repeat(MIB + 1 - HEAD.length - 7)}`, code: 'SOURCE_TOO_LARGE' },
  { name: 'a mebibyte of letters that take two bytes', source: 'ü'.repeat(MIB / 2 + 1), code: 'SOURCE_TOO_LARGE' },
  {
    name: 'a billion laughs',
    source: many(12, (index) => `a${index}: &a${index} [${index === 0 ? 'ha' : many(9, () => `*a${index - 1}`, ', ')}]`),
    code: 'SOURCE_TOO_COMPLEX',
  },
  { name: 'lists in lists', source: '['.repeat(500_000), code: 'SOURCE_TOO_DEEP' },
  { name: 'maps in maps', source: '{a: '.repeat(200_000), code: 'SOURCE_TOO_DEEP' },
  { name: 'block lists on one line', source: '- '.repeat(500_000), code: 'SOURCE_TOO_DEEP' },
  { name: 'complex keys on one line', source: '? '.repeat(500_000), code: 'SOURCE_TOO_DEEP' },
  { name: 'deep indentation', source: many(1400, (index) => `${' '.repeat(index)}a:`), code: 'SOURCE_TOO_DEEP' },
  {
    name: 'thirty-three levels by indentation',
    source: `${HEAD}title:\n${many(33, (index) => `${' '.repeat(index + 1)}a:`)}`,
    code: 'SOURCE_TOO_DEEP',
  },
  { name: 'a hundred thousand keys', source: many(90_000, (index) => `k${index}: 1`), code: 'SOURCE_TOO_COMPLEX' },
  { name: 'forty thousand unknown keys', source: many(40_000, (index) => `k${index}: 1`), code: 'TOO_MANY_FINDINGS' },
  { name: 'one key again and again', source: 'terms: 1\n'.repeat(20_000), code: 'DUPLICATE_KEY' },
  { name: 'many documents', source: '---\n'.repeat(200_000), code: 'SOURCE_TOO_COMPLEX' },
  { name: 'many documents, few enough', source: '--- a\n'.repeat(20_000), code: 'SEVERAL_DOCUMENTS' },
  { name: 'an alias inside its own anchor', source: `${HEAD}features: &a { x: *a }`, code: 'ALIAS_CYCLE' },
  { name: 'one alias very often', source: `a: &a 1\nb: [${'*a,'.repeat(250_000)}]`, code: 'SOURCE_TOO_COMPLEX' },
  { name: 'anchors on nothing', source: '&a '.repeat(300_000), code: 'SOURCE_TOO_COMPLEX' },
  { name: 'tags on nothing', source: '! '.repeat(500_000), code: 'SOURCE_TOO_COMPLEX' },
  { name: 'directives', source: '%a\n'.repeat(200_000), code: 'SOURCE_TOO_COMPLEX' },
  { name: 'brackets that only close', source: ']'.repeat(500_000), code: 'YAML_SYNTAX' },
  { name: 'empty lines', source: '\n'.repeat(1_000_000), code: 'SOURCE_TOO_COMPLEX' },
  { name: 'comments', source: '#\n'.repeat(500_000), code: 'SOURCE_TOO_COMPLEX' },
  { name: 'blanks', source: ' '.repeat(1_000_000), code: 'SOURCE_TOO_DEEP' },
  { name: 'a quote that never ends', source: `"${'x\n '.repeat(300_000)}`, code: 'YAML_SYNTAX' },
  { name: 'a type of a programming language', source: `${HEAD}title: !!js/function 'return 1'`, code: 'YAML_SYNTAX' },
  { name: 'YAML 1.1, where NO is false', source: `%YAML 1.1\n---\n${HEAD}`, code: 'YAML_SYNTAX' },
  { name: 'a merge key, which YAML 1.2 does not have', source: `${HEAD}roles: &a {}\nplans:\n  <<: *a\n`, code: 'BAD_NAME' },
  { name: 'a prototype as a feature', source: `${HEAD}features: { __proto__: { title: A } }`, code: 'FORBIDDEN_NAME' },
  {
    name: 'a prototype as a label',
    source: `${HEAD}features: { a: { resource: r } }\nplans: { x: { includes: { a: { resources: { labels: { __proto__: [a] } } } } } }`,
    code: 'FORBIDDEN_NAME',
  },
  {
    name: 'a prototype as a key of an entry',
    source: `${HEAD}features: { a: {} }\nplans: { x: { includes: { a: { constructor: {} } } } }`,
    code: 'FORBIDDEN_NAME',
  },
  { name: 'half a million commas', source: `x: [${','.repeat(500_000)}]`, code: 'TOO_MANY_FINDINGS' },
  { name: 'nothing', source: '', code: 'WRONG_TYPE' },
  { name: 'a null byte', source: '\0', code: 'WRONG_TYPE' },
]

describe('refuses', () => {
  for (const { name, source, code } of hostile) {
    test(name, () => {
      const { terms, findings } = parse(source)
      expect(terms).toBeUndefined()
      expect(findings.map((finding) => finding.code)).toContain(code)
      expect(findings.length).toBeLessThanOrEqual(1001)
      // A report is read by people and stored in logs: no fault may make it as large as the file.
      expect(JSON.stringify(findings).length).toBeLessThan(500_000)
    })
  }

  test('more opening hours than a week can need, which every decision would look through', () => {
    const times = many(
      101,
      (index) => `'00:00-${String(Math.floor(index / 60) + 1).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}'`,
      ', ',
    )
    const source = `${HEAD}plans: { x: { conditions: { hours: { zone: UTC, open: [${times}] } } } }`
    expect(parse(source).findings.map(({ code }) => code)).toEqual(['TOO_MANY'])
  })

  test('more time zones than a reader makes tables for at once', () => {
    const zones = Intl.supportedValuesOf('timeZone').slice(0, 51)
    const of = (some: readonly string[]) =>
      `${HEAD}meters: { m: { unit: u } }\nfeatures: { a: { meter: m } }\nplans: { x: { includes: { a: [${some.map((zone) => `{ limit: 1 per calendar day in ${zone} }`).join(', ')}] } } }`
    expect(parse(of(zones)).findings.map(({ code }) => code)).toEqual(['TOO_MANY'])
    expect(parse(of(zones.slice(1))).findings).toEqual([])
  })

  test('plans that together inherit more than could be written out', () => {
    const base = many(900, (index) => `      f${index}: { assurance: otp within 10 minutes, obligations: { record: true } }`)
    const source = `${HEAD}features: { ${many(900, (index) => `f${index}: {}`, ', ')} }\nassurance: { otp: { acr: a, any_of: [otp] } }\nplans:\n  base:\n    includes:\n${base}\n${many(190, (index) => `  p${index}: { extends: base }`)}\n`
    expect(parse(source).findings.map(({ code }) => code)).toEqual(['TERMS_TOO_LARGE'])
  })
})

describe('takes what is large but honest', () => {
  test('needs of which each leads to many others, in no ring', () => {
    const needs = (from: number) => many(24, (step) => `{ needs: v:f${Math.min(999, from + step + 1)} }`, ', ')
    const source = `${HEAD}federation: { v: { authority: https://v.example, product: p } }
features: { ${many(1000, (index) => `f${index}: {}`, ', ')} }
plans: { x: { includes: { ${many(999, (index) => `f${index}: [${needs(index)}]`, ', ')} } } }
`
    expect(parse(source).findings).toEqual([])
  })

  test('a thousand features, two hundred plans, a hundred alternatives', () => {
    const source = `${HEAD}features: { ${many(1000, (index) => `f${index}: {}`, ', ')} }
plans:
${many(199, (index) => `  p${index}: {}`)}
  last: { includes: { f0: [${many(100, (index) => `{ rate: ${index + 1} per second }`, ', ')}] } }
`
    const { terms, findings } = parse(source)
    expect(findings).toEqual([])
    expect(terms?.features.size).toBe(1000)
    expect(terms?.plans.size).toBe(200)
    expect(terms?.plans.get('last')?.includes.get('f0')).toHaveLength(100)
  })

  test('an alias where it helps', () => {
    const source = `${HEAD}features: { a: {}, b: {} }\nroles: { r: &all [a, b], s: *all }\n`
    expect(parse(source).terms?.roles.get('s')).toEqual(['a', 'b'])
  })

  test('names that only look like something else', () => {
    const source = `${HEAD}features: { no: {}, null: {}, true: {}, toString: {}, hasOwnProperty: {} }\n`
    expect([...(parse(source).terms?.features.keys() ?? [])]).toEqual(['no', 'null', 'true', 'toString', 'hasOwnProperty'])
  })
})

test('never throws, and says something, of a plain value that contains itself, and of one with a hole of a billion', () => {
  const loop: Record<string, unknown> = { terms: 1, product: 'p' }
  loop.features = loop
  expect(parseValue(loop).findings.map(({ code }) => code)).toContain('SOURCE_TOO_DEEP')
  expect(parseValue({ terms: 1, product: 'p', roles: { r: new Array(1_000_000_000) } }).findings.map(({ code }) => code)).toEqual([
    'SOURCE_TOO_COMPLEX',
  ])
})
