import { describe, expect, test } from 'vitest'
import { parse, parseValue, type Terms } from '../src/index.ts'
import { entry, FEATURES, HEAD, plans } from './fault-samples.ts'

const read = (source: string): Terms => {
  const { terms, findings } = parse(source)
  expect(findings).toEqual([])
  return terms as Terms
}
const said = (source: string): string[] => parse(source).findings.map(({ message }) => message)
const list = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index)).join(', ')

describe('what is absent is no member of what is read', () => {
  function* unset(value: unknown, path = ''): Generator<string> {
    if (value === undefined) yield path
    if (typeof value !== 'object' || value === null) return
    const members = value instanceof Map ? value : Object.entries(value)
    for (const [name, member] of members) yield* unset(member, `${path}/${name}`)
  }
  for (const source of [
    HEAD,
    FEATURES,
    plans('x: {}'),
    entry('view', '{}'),
    entry('export', '{ limit: none, resources: {}, approval: { by: all }, obligations: {}, conditions: {} }').replace(
      'export: {',
      'export: { resource: r,',
    ),
    plans('x: { seats: { named: 1 }, grace: {} }'),
    `${HEAD}assurance: { otp: { acr: a, any_of: [otp] } }\nsignals: { s: { require: otp } }\n`,
  ])
    test(source.slice(-60).trim(), () => expect([...unset(read(source))]).toEqual([]))
})

describe('what is not said is', () => {
  test('no record kept where only a mask is given, and no mask where only a record is', () => {
    const of = (text: string) =>
      read(entry('view', `{ obligations: ${text} }`))
        .plans.get('x')
        ?.includes.get('view')?.[0]?.obligations
    expect(of('{ mask: [name] }')).toEqual({ record: false, mask: ['name'] })
    expect(of('{ record: true }')).toEqual({ record: true, mask: [] })
  })
})

describe('every fault is told, and none for what only follows from it', () => {
  const cases: readonly [what: string, source: string, messages: string[]][] = [
    ['two regions that are none', plans('x: { conditions: { regions: [XX, YY] } }'), ['"XX" is not a region.', '"YY" is not a region.']],
    [
      'two levels whose acr is none',
      `${HEAD}assurance: { a: { acr: x y, any_of: [otp] }, b: { acr: x y, any_of: [otp] } }\n`,
      ['An acr holds no blanks.', 'An acr holds no blanks.'],
    ],
    [
      'an entry of features that cannot be read',
      `${HEAD}features: nothing\nplans: { x: { includes: { view: { rate: [] } } } }\n`,
      ['Features must be a map of keys, not a single value.', 'Rate must be a single value, not a list.'],
    ],
    [
      'what an entry has of a feature that cannot be read',
      `${HEAD}features: { size: { type: choice }, query: { commands: [] } }
plans: { x: { includes: { size: [{ value: 5 }, { value: small }], query: { commands: [select] } } } }\n`,
      ['"values" is missing from feature size.', 'Commands must not be empty.'],
    ],
    [
      'an expression over facts that cannot be read',
      `${HEAD}context: nothing\nplans: { x: { conditions: { when: 'context.ticket == "a"' } } }\n`,
      ['Context must be a map of keys, not a single value.'],
    ],
    [
      'a need of authorities that cannot be read',
      `${HEAD}features: { a: {} }\nfederation: nothing\nplans: { x: { includes: { a: { needs: 'vault:a' } } } }\n`,
      ['Federation must be a map of keys, not a single value.'],
    ],
    [
      'a plan that extends one that cannot be read',
      `${HEAD}plans: { x: { extends: y }, y: { extends: z }, z: 5 }\n`,
      ['Plan z must be a map of keys, not a single value.'],
    ],
    [
      'a need of itself that two plans inherit',
      `${HEAD}features: { a: {} }\nfederation: { me: { authority: 'https://me.example', product: p } }
plans: { x: { includes: { a: { needs: 'me:a' } } }, y: { extends: x }, z: { extends: x } }\n`,
      ['Feature a needs itself.'],
    ],
  ]
  for (const [what, source, messages] of cases) test(what, () => expect(said(source)).toEqual(messages))
})

describe('what may stand there', () => {
  const none = `${HEAD}federation: { me: { authority: 'https://me.example', product: p }, v: { authority: 'https://v.example', product: v } }\n`
  for (const [what, source] of [
    ['no limit on a feature without a meter', entry('view', '{ limit: none }')],
    ['the largest value', entry('store', '{ value: 9007199254740991 }')],
    ['no share of a limit', `${HEAD}meters: { m: { unit: u, alert_at: [] } }\n`],
    ['a pattern of several parts', `${HEAD}features: { a.b.c: {} }\nroles: { r: [a.b.*] }\n`],
    ['a label of 100 characters', entry('query', `{ resources: { labels: { ${'a'.repeat(100)}: [a] } } }`)],
    ['a name of 100 characters', `${HEAD}features: { ${'a'.repeat(100)}: {} }\n`],
    ['a fact with a name of 100 characters', `${HEAD}context: { ${'a'.repeat(100)}: { type: string, from: token } }\n`],
    ['a title of 200 characters', `${HEAD}title: ${'a'.repeat(200)}\n`],
    ['200 plans', `${HEAD}plans: { ${list(200, (index) => `p${index}: {}`)} }\n`],
    ['100 entries of a feature', entry('view', `[${list(100, () => '{}')}]`)],
    ['a list of 1000', `${HEAD}features: { a: { commands: [${list(1000, (index) => `c${index}`)}] } }\n`],
    [
      'the need of another feature of this product, which needs nothing',
      `${none}features: { a: {}, b: {} }\nplans: { x: { includes: { a: { needs: 'me:b' }, b: {} } } }\n`,
    ],
    [
      'the need of another feature of this product, which no plan includes',
      `${none}features: { a: {}, b: {} }\nplans: { x: { includes: { a: { needs: 'me:b' } } } }\n`,
    ],
    [
      'the need of a feature of another product that is called as one of this',
      `${none}features: { a: {} }\nplans: { x: { includes: { a: { needs: 'v:a' } } } }\n`,
    ],
    [
      'the need of a feature that this product will have',
      `${none}features: { a: {} }\nplans: { x: { includes: { a: { needs: 'me:later' } } } }\n`,
    ],
  ] as const)
    test(what, () => void read(source))
})

test('a negative zero is the zero that is written', () => {
  const { terms } = parseValue({
    terms: 1,
    product: 'p',
    features: { store: { type: 'limit' } },
    plans: { x: { seats: { named: -0 }, includes: { store: { value: -0 } } } },
  })
  expect(terms?.plans.get('x')?.seats?.count).toBe(0)
  expect(terms?.plans.get('x')?.includes.get('store')?.[0]?.value).toBe(0)
})

test('a file names at most 50 time zones, whoever names them and in whatever case', () => {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'))
  const hours = (zone: string | undefined) => ({ hours: { zone, open: ['08:00-18:00'] } })
  const file = (entries: number, again: readonly object[] = []) => ({
    terms: 1,
    product: 'p',
    features: { a: { meter: 'm' } },
    meters: { m: { unit: 'u' } },
    ends: { on: 'mon', at: '12:00', zone: zones[60] },
    plans: {
      x: {
        conditions: hours(zones[1]),
        includes: {
          a: [
            ...zones.slice(2, 2 + entries).map((zone) => ({ limit: `5 per calendar day in ${zone}` })),
            ...zones.slice(50, 52).map((zone) => ({ conditions: hours(zone) })),
            ...again,
          ],
        },
      },
    },
  })
  const again = [
    { conditions: hours(zones[60]?.toUpperCase()) },
    { conditions: hours(zones[2]?.toUpperCase()), limit: `1 per calendar day in ${zones[1]?.toLowerCase()}` },
  ]
  expect(parseValue(file(46, again)).findings).toEqual([])
  expect(parseValue(file(47)).findings).toEqual([
    {
      severity: 'error',
      code: 'TOO_MANY',
      line: 0,
      column: 0,
      message: 'Time zones: at most 50 are allowed in one file.',
      suggestion: 'Split the product into several products.',
    },
  ])
})

test('what plans inherit counts each time it is written out, and is measured only where nothing else is at fault', () => {
  const when = (index: number) => `context.ticket == "${'x'.repeat(1900)}${index}"`
  const file = (plans: number) => ({
    terms: 1,
    product: 'p',
    features: { a: {} },
    context: { ticket: { type: 'string', from: 'token' } },
    plans: {
      base: { includes: { a: Array.from({ length: 100 }, (_, index) => ({ when: when(index) })) } },
      ...Object.fromEntries(Array.from({ length: plans }, (_, index) => [`p${index}`, { extends: 'base' }])),
    },
  })
  expect(parseValue(file(4)).findings).toEqual([])
  const large = parseValue(file(5))
  expect(large).toEqual({
    findings: [
      {
        severity: 'error',
        code: 'TERMS_TOO_LARGE',
        line: 0,
        column: 0,
        message: 'With "extends" written out the terms are larger than 1 MiB.',
        suggestion: 'Let fewer plans inherit so much.',
      },
    ],
  })
  expect(parseValue({ ...file(5), titel: 'P' }).findings.map(({ code }) => code)).toEqual(['UNKNOWN_KEY'])
})
