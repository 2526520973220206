import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check, parseValue } from '../src/index.ts'

const FRAGMENTS = [
  'terms: 1\n',
  'product: p\n',
  'features:\n',
  '  a: {}\n',
  'plans:\n',
  '  x:\n',
  '    includes: { a: {} }\n',
  'roles: { r: [a] }\n',
  'assurance: { otp: { acr: a, any_of: [otp] } }\n',
  '&a ',
  '*a',
  '- ',
  '? ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '|',
  '>\n',
  '#',
  '\n',
  '  ',
  '!!str ',
  '!!set ',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '<<: *a\n',
  '~',
  '.inf',
  '0x1F',
  '__proto__: 1\n',
  '\0',
  '\ud800',
  '\ufeff',
  '\u2028',
  '\t',
  '\r',
]

describe('never throws, and says something of everything it refuses,', () => {
  const total = (source: string) => {
    const { terms, findings } = check(source)
    const errors = findings.filter(({ severity }) => severity === 'error')
    expect(terms === undefined).toBe(errors.length > 0)
    for (const { line, column } of findings) {
      expect(line).toBeGreaterThanOrEqual(0)
      expect(column).toBeGreaterThanOrEqual(0)
    }
  }

  test('of arbitrary text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), total), { numRuns: 500 })
  })

  test('of arbitrary pieces of YAML', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }).map((parts) => parts.join('')),
        total,
      ),
      { numRuns: 1000 },
    )
  })

  test('of arbitrary plain values', () => {
    const words = fc.constantFrom(
      'terms',
      'product',
      'features',
      'plans',
      'roles',
      'signals',
      'on_failure',
      'seats',
      'named',
      'includes',
      'a',
      '__proto__',
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(1, 0, -1, Number.NaN, '', 'a', true, null, undefined, 1n, Symbol.iterator, () => 1),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.array(fc.tuple(words, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
    }))
    const rooted = fc.oneof(
      value,
      value.map((inner) => (typeof inner === 'object' ? { terms: 1, product: 'p', ...inner } : inner)),
    )
    fc.assert(
      fc.property(rooted, (value) => {
        const { terms, findings } = parseValue(value)
        expect(terms === undefined).toBe(findings.length > 0)
      }),
      { numRuns: 1000 },
    )
  })
})
