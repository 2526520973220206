import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TrustError } from './error.ts'
import { type JsonFault, parseStrictJson } from './strict-json.ts'

const LIMITS = { maxBytes: 1 << 16, maxDepth: 16 }
const parse = (text: string, limits = LIMITS) => parseStrictJson(new TextEncoder().encode(text), limits)

function fault(run: () => unknown): JsonFault | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof TrustError && error.code === 'JSON_REFUSED') return (error as TrustError<'JSON_REFUSED'>).details.why
    throw error
  }
}

const refused: { name: string; text: string; why: JsonFault }[] = [
  { name: 'nothing', text: '', why: 'syntax' },
  { name: 'a byte order mark', text: '\ufeff{}', why: 'syntax' },
  { name: 'something after the value', text: '{} {}', why: 'syntax' },
  { name: 'a trailing comma in a list', text: '[1,]', why: 'syntax' },
  { name: 'a trailing comma in an object', text: '{"a":1,}', why: 'syntax' },
  { name: 'a comment', text: '{/**/}', why: 'syntax' },
  { name: 'single quotes', text: "{'a':1}", why: 'syntax' },
  { name: 'a bare name', text: '{a:1}', why: 'syntax' },
  { name: 'a leading zero', text: '[01]', why: 'syntax' },
  { name: 'a plus sign', text: '[+1]', why: 'syntax' },
  { name: 'a number that ends in its point', text: '[1.]', why: 'syntax' },
  { name: 'NaN', text: '[NaN]', why: 'syntax' },
  { name: 'a raw line end in a string', text: '["a\nb"]', why: 'syntax' },
  { name: 'an unknown escape', text: '["\\x41"]', why: 'syntax' },
  { name: 'an open string', text: '["a', why: 'syntax' },
  { name: 'a string whose last quote is escaped', text: '["a\\"]', why: 'syntax' },
  { name: 'an open string of sixty thousand escapes', text: `["${'\\\\\\"'.repeat(15_000)}`, why: 'syntax' },
  { name: 'an open object', text: '{"a":1', why: 'syntax' },
  { name: 'a space that JSON does not know', text: '[\u00a01]', why: 'syntax' },
  { name: 'a member twice', text: '{"a":1,"a":1}', why: 'duplicate_member' },
  { name: 'a member twice, once escaped', text: '{"a":1,"\\u0061":2}', why: 'duplicate_member' },
  { name: 'a member twice, deep inside', text: '[{"x":{"a":1,"b":2,"a":3}}]', why: 'duplicate_member' },
  { name: '__proto__', text: '{"__proto__":{"admin":true}}', why: 'reserved_member' },
  { name: '__proto__ in escapes', text: '{"\\u005f_proto__":1}', why: 'reserved_member' },
  { name: 'constructor', text: '{"constructor":{"prototype":1}}', why: 'reserved_member' },
  { name: 'half a surrogate pair', text: '["\\ud800"]', why: 'not_unicode' },
  { name: 'a number past every double', text: '[1e999]', why: 'number_out_of_range' },
  { name: 'an integer that a double cannot hold', text: '[9007199254740993]', why: 'number_out_of_range' },
  { name: 'seventeen levels', text: `${'['.repeat(17)}${']'.repeat(17)}`, why: 'too_deep' },
  { name: 'ten thousand open brackets', text: '[{"a":'.repeat(10_000), why: 'too_deep' },
]
for (const { name, text, why } of refused) test(`refuses ${name}`, () => expect(fault(() => parse(text))).toBe(why))

test('refuses bytes that are not UTF-8', () => {
  expect(fault(() => parseStrictJson(new Uint8Array([0x22, 0xc0, 0xaf, 0x22]), LIMITS))).toBe('not_unicode')
})

test('takes exactly as many bytes as allowed', () => {
  expect(parse('[1]', { maxBytes: 3, maxDepth: 1 })).toEqual([1])
  expect(fault(() => parse('[1] ', { maxBytes: 3, maxDepth: 1 }))).toBe('too_large')
})

test('takes sixteen levels', () => expect(fault(() => parse(`${'['.repeat(16)}${']'.repeat(16)}`))).toBeUndefined())

test('every member is an own one, whatever it is called', () => {
  const value = parse('{"toString":1,"hasOwnProperty":2}') as Record<string, unknown>
  expect(Object.keys(value)).toEqual(['toString', 'hasOwnProperty'])
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
})

test('reads every JSON value as the platform does', () => {
  const value = fc.jsonValue({ maxDepth: 6 }).filter((json) => !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(json)))
  fc.assert(
    fc.property(value, fc.constantFrom(0, 2), (json, indent) => {
      const text = JSON.stringify(json, undefined, indent)
      const platform = JSON.parse(text)
      const why = fault(() => parse(text))
      // Only numbers and surrogates may be refused; everything else must come out alike.
      if (why !== undefined) expect(['number_out_of_range', 'not_unicode']).toContain(why)
      else expect(JSON.stringify(parse(text))).toBe(JSON.stringify(platform))
    }),
    { numRuns: 500 },
  )
})

test('accepts nothing that the platform refuses, and throws nothing else', () => {
  const pieces = fc.array(
    fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', '1', '-', '.', 'e', '0', ' ', 'true', 'null', '\n', '"k"'),
    {
      maxLength: 14,
    },
  )
  let accepted = 0
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('')
      if (fault(() => parse(text)) !== undefined) return
      accepted++
      expect(JSON.stringify(parse(text))).toBe(JSON.stringify(JSON.parse(text)))
    }),
    { numRuns: 5000 },
  )
  expect(accepted).toBeGreaterThan(50)
})

test('the fast way and the plain one agree, which a space in front makes the only one', () => {
  const part = fc.constantFrom(
    ...'{}[],:"',
    '"a"',
    '"b"',
    '"a":',
    '"__proto__":',
    '"\\u0061":',
    '1',
    '-0',
    '1.0',
    '1e3',
    '9007199254740993',
    'null',
    '{"a":1}',
    '[[[[',
    ']]]]',
    'ü',
  )
  const texts = fc.oneof(
    fc.json(),
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
    fc
      .tuple(fc.json(), fc.nat(), part)
      .map(([json, at, put]) => json.slice(0, at % (json.length + 1)) + put + json.slice(at % (json.length + 1))),
  )
  let accepted = 0
  fc.assert(
    fc.property(texts, (text) => {
      const why = fault(() => parse(` ${text}`, { maxBytes: 1 << 16, maxDepth: 4 }))
      expect(fault(() => parse(text, { maxBytes: 1 << 16, maxDepth: 4 }))).toBe(why)
      if (why !== undefined) return
      accepted++
      expect(parse(text)).toStrictEqual(parse(` ${text}`))
    }),
    { numRuns: 3000 },
  )
  expect(accepted).toBeGreaterThan(300)
})
