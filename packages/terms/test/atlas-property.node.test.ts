import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, check, parse } from '../src/index.ts'

const source = readFileSync(join(import.meta.dirname, '../../../examples/atlas.terms.yaml'), 'utf8')

test('mutilated in any way it is read or refused, never more', () => {
  const cut = fc.tuple(
    fc.nat(source.length),
    fc.nat(40),
    fc.oneof(
      fc.constant(''),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('{', ']', '- ', ': ', '*', '&a ', '"', '|\n', '#', '\n', '\t', '0', 'null'),
    ),
  )
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
      const text = cuts.reduce((now, [at, length, put]) => now.slice(0, at) + put + now.slice(at + length), source)
      const { terms, findings } = check(text)
      expect(terms === undefined).toBe(findings.some(({ severity }) => severity === 'error'))
      if (terms !== undefined) expect(parse(canonical(terms)).terms).toEqual(terms)
    }),
    { numRuns: 200 },
  )
}, 60_000)
