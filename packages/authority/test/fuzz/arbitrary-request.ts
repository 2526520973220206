import fc from 'fast-check'

/** The part of JSON Schema that the document of the API is written in. */
export interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Schema
}
export interface Operation {
  readonly method: string
  readonly path: string
  readonly operationId: string
  readonly parameters: readonly Parameter[]
  readonly body: Schema | undefined
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>>
}
export interface FuzzRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** What breaks parsers, stores, logs and prototypes. */
const HOSTILE: readonly unknown[] = [
  null,
  '',
  '\0',
  '\ud800',
  'a\r\nset-cookie: x=1',
  "'; DROP TABLE identities; --",
  '%00',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'ａ\u202eb',
  'x'.repeat(10_000),
  `${'a'.repeat(60)}!`,
  -1,
  0,
  1.5,
  2 ** 53,
  2 ** 63,
  1e308,
  -0,
  true,
  [],
  {},
  [[[[[[[[]]]]]]]],
  Array.from({ length: 2_000 }, (_, i) => i),
  '9999-12-31T23:59:59.999Z',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00Z',
]
const hostile = fc.constantFrom(...HOSTILE)

/** @param ids that are somebody's, so that requests get beyond the first refusal */
export function arbitraryRequest(operation: Operation, ids: readonly string[]): fc.Arbitrary<FuzzRequest> {
  const of = (schema: Schema, depth = 0): fc.Arbitrary<unknown> => fitting(schema, ids, depth)
  const part = (where: Parameter['in']) => {
    const entries = operation.parameters.filter((parameter) => parameter.in === where)
    const values = entries.map(({ schema, required }) => {
      const usual = where === 'path' ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, of(schema)) : of(schema)
      const any = fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: hostile })
      return required === true ? any : fc.option(any, { nil: undefined, freq: 2 })
    })
    return fc
      .tuple(...values)
      .map((all) => entries.map(({ name }, i) => [name, all[i]] as const).filter(([, value]) => value !== undefined))
  }
  const body =
    operation.body === undefined ? fc.constant(undefined) : fc.oneof({ weight: 5, arbitrary: mutated(of(operation.body)) }, hostile)
  const junk = fc.option(fc.constantFrom('__proto__[a]=1', 'a[]=1', 'limit=1&limit=2', 'dry_run=yes', '%ff', 'after=zzzz'), {
    nil: undefined,
    freq: 6,
  })
  const headers = fc.record(
    {
      'if-match': fc.constantFrom('*', '"1"', 'W/"1"', '"1', ',,,,', `"${'9'.repeat(400)}"`),
      'idempotency-key': fc.oneof(fc.stringMatching(/^[!-~]{1,40}$/), fc.constant('k'.repeat(300)), fc.constant('one')),
      'x-request-id': fc.constantFrom('abc', 'a'.repeat(400), '\u00e9'),
      'content-type': fc.constantFrom(
        'application/json',
        'text/plain',
        'application/json; charset=utf-16',
        'multipart/form-data',
        'text/csv',
      ),
    },
    { requiredKeys: [] },
  )
  return fc
    .tuple(part('path'), part('query'), body, junk, fc.option(headers, { nil: {}, freq: 3 }))
    .map(([path, query, value, more, own]) => {
      let url = operation.path
      for (const [name, each] of path) url = url.replace(`{${name}}`, encoded(each))
      const pairs = [...query.map(([name, each]) => `${name}=${encoded(each)}`), ...(more === undefined ? [] : [more])]
      return {
        method: operation.method,
        url: pairs.length === 0 ? url : `${url}?${pairs.join('&')}`,
        headers: { ...(value !== undefined && { 'content-type': 'application/json' }), ...own } as Record<string, string>,
        body: value === undefined ? undefined : JSON.stringify(value),
      }
    })
}

function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return encodeURIComponent(text.toWellFormed())
}

/** What fits the schema, with now and then a member of another form, one too many, or one that is no member of anything. */
function mutated(usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(usual, fc.nat(), hostile, fc.nat({ max: 5 })).map(([value, at, junk, how]) => {
    if (how > 2 || typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const names = Object.keys(value)
    const name = names[at % Math.max(1, names.length)] ?? 'x'
    if (how === 0) return { ...value, [name]: junk }
    if (how === 1)
      return JSON.parse(
        `{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},${JSON.stringify(value).slice(1, -1) || '"x":1'}}`,
      )
    return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))
  })
}

function fitting(schema: Schema, ids: readonly string[], depth: number): fc.Arbitrary<unknown> {
  const of = (inner: Schema) => fitting(inner, ids, depth + 1)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(of))
  if (schema.allOf !== undefined) return fc.tuple(...schema.allOf.map(of)).map((all) => Object.assign({}, ...all))
  switch (schema.type) {
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum ?? -9, -(2 ** 31)), max: Math.min(schema.maximum ?? 2 ** 31 - 1, 2 ** 31 - 1) })
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'array':
      return fc.array(of(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: Math.max(3, schema.minItems ?? 0) })
    case 'object':
      return objectOf(schema, of, depth)
    case 'string':
      return stringOf(schema, ids)
    default:
      return depth > 3 ? fc.constant('x') : fc.jsonValue({ maxDepth: 2 })
  }
}

function objectOf(schema: Schema, of: (inner: Schema) => fc.Arbitrary<unknown>, depth: number): fc.Arbitrary<object> {
  const named = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, of(inner)]))
  const required = [...(schema.required ?? [])]
  const fixed = fc.record(named, { requiredKeys: depth > 2 ? required : required }) as fc.Arbitrary<object>
  const [pattern, inner] = Object.entries(schema.patternProperties ?? {})[0] ?? []
  if (pattern === undefined || inner === undefined) return fixed
  return fc
    .tuple(fixed, fc.dictionary(fc.stringMatching(new RegExp(pattern)), of(inner), { maxKeys: 2, noNullPrototype: true }))
    .map(([a, b]) => ({ ...a, ...b }))
}

function stringOf({ pattern, format, minLength = 0, maxLength = 40 }: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString())
  const free = fc.string({ unit: 'grapheme', minLength: Math.min(minLength, 40), maxLength: Math.min(maxLength, 40) })
  const known = fc.constantFrom(...ids)
  if (pattern === undefined) return fc.oneof(free, known)
  return fc.oneof(
    { weight: 1, arbitrary: fc.stringMatching(new RegExp(pattern.replace('\\ud800-\\udfff', ''))).filter((text) => text.isWellFormed()) },
    { weight: 2, arbitrary: known },
  )
}
