import { expect, test } from 'vitest'
import { LineCounter, parseDocument } from 'yaml'
import { parse, parseValue } from '../parse.ts'
import { Report } from '../report.ts'
import { treeOfValue } from './from-value.ts'

const HEAD = 'terms: 1\nproduct: p\n'
const said = ({ findings }: ReturnType<typeof parse>) =>
  findings.map(({ code, line, column, message, suggestion }) => [`${code} ${line}:${column}`, message, suggestion])

for (const { value, type } of [
  { value: undefined, type: 'undefined' },
  { value: 5n, type: 'bigint' },
  { value: Symbol('a'), type: 'symbol' },
  { value: () => 5, type: 'function' },
])
  test(`a value of type ${type} is refused wherever it stands`, () => {
    const fault = ['WRONG_TYPE 0:0', `A value of type ${type} cannot stand in terms.`, undefined]
    expect(said(parseValue(value))).toEqual([fault])
    expect(said(parseValue({ terms: 1, product: 'p', roles: { r: [value] } }))).toEqual([fault])
  })

test('a member that is undefined is not there', () => {
  expect(parseValue({ terms: 1, product: 'p', title: undefined, roles: undefined })).toEqual(parseValue({ terms: 1, product: 'p' }))
})

test('a name that reaches a prototype is refused, in a value as in a file', () => {
  const value = JSON.parse('{"terms":1,"product":"p","features":{"__proto__":{},"a":{}}}')
  expect(said(parseValue(value))).toEqual([['FORBIDDEN_NAME 0:0', '"__proto__" cannot be a name.', 'Choose another.']])
})

test('a value is read 32 levels deep and not 33', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 'x' : [nested(depth - 1)])
  const codes = (depth: number) => said(parseValue(nested(depth))).map(([code]) => code)
  const maps = (depth: number): unknown => (depth === 0 ? 'x' : { a: maps(depth - 1) })
  const deep = (depth: number) => said(parseValue(maps(depth))).filter(([code]) => code?.startsWith('SOURCE')).length
  expect([deep(32), deep(33)]).toEqual([0, 1])
  expect(codes(32)).toEqual(['WRONG_TYPE 0:0'])
  expect(said(parseValue(nested(33)))).toContainEqual([
    'SOURCE_TOO_DEEP 0:0',
    'This is nested deeper than 32 levels.',
    'Look for a bracket that is never closed, or a line that is indented too far.',
  ])
})

test('a value has as many members as a file may have, and is refused once where it has more', () => {
  const read = (value: unknown) => {
    const report = new Report()
    const { kind } = treeOfValue(value, report)
    return [kind, ...report.sorted().map(({ code, message, suggestion }) => `${code} ${message} ${suggestion}`)]
  }
  const fault =
    'SOURCE_TOO_COMPLEX This holds more lines, values or anchors than terms can need, aliases written out. Split the product into several products.'
  expect(read(new Array(262_143).fill(1))).toEqual(['list'])
  const whole = treeOfValue(new Array(262_143).fill(1), new Report())
  expect(whole.kind === 'list' && whole.items.at(-1)?.kind).toBe('leaf')
  expect(read(new Array(262_144).fill(1))).toEqual(['broken', fault])
  expect(read({ a: new Array(200_000).fill(1), b: Object.fromEntries(Array.from({ length: 70_000 }, (_, i) => [i, 1])) })).toEqual([
    'dict',
    fault,
  ])
})

const faults: { readonly where: string; readonly source: string; readonly want: string }[] = [
  {
    where: 'a text in double quotes',
    source: `${HEAD}plans: { x: { conditions: { when: "▸context.a == 1" } } }\n`,
    want: 'BAD_EXPRESSION',
  },
  {
    where: 'a text in single quotes',
    source: `${HEAD}plans: { x: { conditions: { when: 'true && ▸context.a == 1' } } }\n`,
    want: 'BAD_EXPRESSION',
  },
  {
    where: 'a text with blanks before it',
    source: `${HEAD}plans: { x: { conditions: { when: "  ▸context.a == 1" } } }\n`,
    want: 'BAD_EXPRESSION',
  },
  {
    where: 'a text with an escape, as a whole',
    source: `${HEAD}plans: { x: { conditions: { when: ▸"\\x63ontext.a == 1" } } }\n`,
    want: 'BAD_EXPRESSION',
  },
  {
    where: 'a text of several lines, as a whole',
    source: `${HEAD}plans:\n  x:\n    conditions:\n      when: ▸|\n        true &&\n        context.a == 1\n`,
    want: 'BAD_EXPRESSION',
  },
  { where: 'nothing, at its key', source: `${HEAD}features:\n  ▸a:\n  b: {}\n`, want: 'WRONG_TYPE' },
  { where: 'a null that is written', source: `${HEAD}features: { a: ▸null }\n`, want: 'WRONG_TYPE' },
  { where: 'a tilde', source: `${HEAD}features: { a: ▸~ }\n`, want: 'WRONG_TYPE' },
  { where: 'what an alias stands for', source: `${HEAD}title: &t ▸p\nfeatures: *t\n`, want: 'WRONG_TYPE' },
  { where: 'a key that is a number', source: `${HEAD}features: { ▸1.0: {} }\n`, want: 'BAD_NAME' },
  { where: 'the second of two keys', source: `${HEAD}features: { a: {}, ▸a: {} }\n`, want: 'DUPLICATE_KEY' },
  { where: 'a second document', source: `${HEAD}▸---\nterms: 1\n`, want: 'SEVERAL_DOCUMENTS' },
  { where: 'the version of YAML', source: '▸%YAML 1.1\n---\nterms: 1\nproduct: p\n', want: 'YAML_SYNTAX' },
  { where: 'a comma too many', source: `${HEAD}roles: { r: [a,▸, b] }\n`, want: 'YAML_SYNTAX' },
]
for (const { where, source, want } of faults)
  test(`a fault is told at ${where}`, () => {
    const before = source.slice(0, source.indexOf('▸'))
    const [fault] = parse(source.replace('▸', '')).findings
    expect(`${fault?.code} ${fault?.line}:${fault?.column}`).toBe(
      `${want} ${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`,
    )
  })

test('a key is the word as it is written, and an anchor on it stands for that word', () => {
  const { terms, findings } = parse(
    `${HEAD}features: { &v view: {}, null: {}, true: {} }\nroles: { r: [*v, null], s: &all [*v], t: *all }\n`,
  )
  expect(findings.map(({ message }) => message)).toEqual(['A feature must be text.'])
  expect(terms).toBeUndefined()
  const read = parse(`${HEAD}features: { &v view: {}, null: {}, true: {} }\nroles: { r: [*v, 'null'], s: &all [*v], t: *all }\n`).terms
  expect([...(read?.features.keys() ?? [])]).toEqual(['view', 'null', 'true'])
  expect([...(read?.roles ?? [])]).toEqual([
    ['r', ['view', 'null']],
    ['s', ['view']],
    ['t', ['view']],
  ])
})

test('YAML 1.2 may be named, and a file of comments is empty', () => {
  expect(parse(`%YAML 1.2\n---\n${HEAD}`).findings).toEqual([])
  expect(said(parse('# nothing\n'))).toEqual([['WRONG_TYPE 1:1', 'The file is empty.', 'Start with "terms: 1".']])
})

test('a node that stands in another file is read with the places of that file, or with none', () => {
  const source = 'before: 1\nterms:\n  terms: 1\n  product: p\n  titel: P\n'
  const lines = new LineCounter()
  const node = parseDocument(source, { lineCounter: lines }).get('terms')
  expect(said(parseValue(node, lines))).toEqual([['UNKNOWN_KEY 5:3', 'There is no key "titel" in a terms file.', 'Did you mean "title"?']])
  expect(said(parseValue(node)).map(([at]) => at)).toEqual(['UNKNOWN_KEY 0:0'])
})

test('a fault of YAML is told in a line, without its full stop twice', () => {
  expect(said(parse('terms: 1\nproduct: "p\n'))).toEqual([['YAML_SYNTAX 3:1', 'This is not YAML: Missing closing "quote.', undefined]])
})

test('half of a file that is too large says nothing of the other half', () => {
  const many = (text: string) => `[${new Array(64).fill(text).join(',')}]`
  expect(said(parse(`a: &a ${many('x')}\nb: &b ${many('*a')}\nc: ${many('*b')}\n`))).toEqual([
    [
      'SOURCE_TOO_COMPLEX 3:188',
      'This holds more lines, values or anchors than terms can need, aliases written out.',
      'Split the product into several products.',
    ],
  ])
})

test('a file holds 262144 values with its aliases written out, and not one more', () => {
  const file = (more: number) =>
    parse(
      `a: &a [${new Array(64).fill('x')}]\nb: &b [${new Array(64).fill('*a')}]\nc: [${new Array(61).fill('*b')},${new Array(more).fill('x')}]\n`,
    )
  const complex = (more: number) => said(file(more)).filter(([code]) => code?.startsWith('SOURCE'))
  expect(complex(4095)).toEqual([])
  expect(complex(4096).length).toBe(1)
})

test('a file is read 32 levels deep and not 33', () => {
  const nested = (depth: number) => `${HEAD}${Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:\n`).join('')}`
  const deep = (depth: number) => said(parse(nested(depth))).filter(([code]) => code?.startsWith('SOURCE'))
  expect(deep(32)).toEqual([])
  const lists = (depth: number) => `${HEAD}roles:\n${Array.from({ length: depth }, (_, level) => `${' '.repeat(level + 1)}-\n`).join('')}`
  expect([31, 32].map((depth) => said(parse(lists(depth))).filter(([code]) => code?.startsWith('SOURCE')).length)).toEqual([0, 1])
  expect(deep(33)).toEqual([
    [
      'SOURCE_TOO_DEEP 35:35',
      'This is nested deeper than 32 levels.',
      'Look for a bracket that is never closed, or a line that is indented too far.',
    ],
  ])
})

test('a report keeps a thousand faults of YAML, and says when there are more', () => {
  const commas = (count: number) => parse(`${HEAD}roles: { r: [a${','.repeat(count)}] }\n`).findings
  expect(commas(1001).map(({ code }) => code)).toEqual(new Array(1000).fill('YAML_SYNTAX'))
  const more = commas(1500)
  expect(more.length).toBe(1001)
  expect(more.at(-1)?.code).toBe('TOO_MANY_FINDINGS')
  expect(more.slice(0, 1000)).toEqual(commas(1001))
})

test('so it does where they stand in a second document', () => {
  const { findings } = parse(`${HEAD}roles: { r: [a,, b] }\n---\n[a${','.repeat(1500)}]\n`)
  expect(findings.map(({ code }) => code)).toEqual([...new Array(1000).fill('YAML_SYNTAX'), 'TOO_MANY_FINDINGS'])
  expect(findings.slice(0, 2).map(({ line }) => line)).toEqual([3, 5])
})

test('what is too large says so', () => {
  expect(said(parse('a'.repeat(1_048_577)))).toEqual([
    ['SOURCE_TOO_LARGE 0:0', 'The file is larger than 1 MiB.', 'Split the product into several products.'],
  ])
})

test('what is long is cut short where it is told', () => {
  const long = 'n'.repeat(200)
  expect(said(parse(`${HEAD}title: *${long}\n`))).toEqual([
    ['ALIAS_UNKNOWN 3:8', `There is no anchor &${'n'.repeat(60)} before this alias.`, 'Write out what it stands for.'],
  ])
  expect(said(parse(`${HEAD}roles: { r: &${long} [*${long}] }\n`))).toEqual([
    ['ALIAS_CYCLE 3:216', `*${'n'.repeat(60)} stands inside what it stands for.`, 'Write out what it stands for.'],
  ])
  expect(said(parse(`${HEAD}title: !!${long} p\n`))).toEqual([
    ['YAML_SYNTAX 3:8', `This is not YAML: ${`Unresolved tag: tag:yaml.org,2002:${long}`.slice(0, 160)}.`, undefined],
  ])
})

test('a key without a value has nothing, at its key', () => {
  expect(said(parse(`${HEAD}features: { ? view }\n`)).map(([at, message]) => [at, message])).toEqual([
    ['WRONG_TYPE 3:15', 'Feature view must be a map of keys, not nothing.'],
  ])
})

test('a node of another document has what that makes of its values', () => {
  const read = (source: string, options: object) => parseValue(parseDocument(source, options).contents)
  expect(read(`${HEAD}title: 12345678901234567890\n`, { intAsBigInt: true }).findings.map(({ code }) => code)).toEqual(['UNKNOWN_VERSION'])
  expect(read(`${HEAD}title: 2001-12-14\n`, { schema: 'yaml-1.1' }).terms?.title).toBe(String(new Date('2001-12-14')))
  const made = parseDocument('').createNode(
    new Map<unknown, unknown>([
      ['terms', 1],
      ['product', 'p'],
      ['features', new Map([[5, {}]])],
    ]),
  )
  expect(said(parseValue(made)).map(([at, message]) => [at, message])).toEqual([['BAD_NAME 0:0', '"5" is not a name.']])
})

test('a fault in an expression of a node is told where its text begins, or nowhere', () => {
  const lines = new LineCounter()
  const source = `${HEAD}plans: { x: { conditions: { when: "true && context.a == 1" } } }\n`
  const node = parseDocument(source, { lineCounter: lines }).contents
  expect(said(parseValue(node, lines)).map(([at]) => at)).toEqual(['BAD_EXPRESSION 3:35'])
  expect(said(parseValue(node)).map(([at]) => at)).toEqual(['BAD_EXPRESSION 0:0'])
})

test('an anchor may be used again, and the same word may stand for two things', () => {
  const { terms, findings } = parse(`${HEAD}features: { a: {}, b: {} }\nroles: { r: &x [a], s: *x, t: &x [b], u: *x }\n`)
  expect(findings).toEqual([])
  expect([...(terms?.roles ?? [])]).toEqual([
    ['r', ['a']],
    ['s', ['a']],
    ['t', ['b']],
    ['u', ['b']],
  ])
})

test('what is broken behind an anchor is told once, however often it is used', () => {
  expect(said(parse(`${HEAD}roles: { r: &x [*y], s: *x, t: *x }\n`)).map(([at]) => at)).toEqual(['ALIAS_UNKNOWN 3:17'])
})
