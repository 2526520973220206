import { describe, expect, test } from 'vitest'
import { CODES, check, type FindingCode, parse } from '../src/index.ts'
import { entry, FEATURES, HEAD, plans, samples } from './fault-samples.ts'

/** Codes of faults too large for a line in the table; `hostile.test.ts` has them. */
const ELSEWHERE: readonly FindingCode[] = ['SOURCE_TOO_LARGE', 'SOURCE_TOO_COMPLEX', 'TOO_MANY_FINDINGS', 'TERMS_TOO_LARGE']

describe('says at the place of the fault', () => {
  for (const { code, source, message, says } of samples) {
    const line = source.split('\n').find((each) => each.includes('▸'))
    test(`${code}: ${line?.trim().slice(0, 100)}`, () => {
      const before = source.slice(0, source.indexOf('▸'))
      const place = { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
      const { terms, findings } = check(source.replace('▸', ''))
      const severity = CODES[code]
      expect(findings).toEqual([{ severity, code, ...place, message, ...(says !== undefined && { suggestion: says }) }])
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

test('features that need each other by way of this same product are each told so', () => {
  const { findings } = parse(`${HEAD}features: { a: {}, b: {} }
plans: { x: { includes: { a: { needs: 'me:b' } } }, y: { includes: { b: { needs: 'me:a' } } } }
federation: { me: { authority: 'https://me.example', product: p } }
`)
  expect(findings.map(({ message }) => message)).toEqual(['Feature a needs itself, by way of b.', 'Feature b needs itself, by way of a.'])
})

test('an authority on this machine may be asked without TLS, and nothing else may', () => {
  const at = (authority: string) =>
    parse(`${HEAD}federation: { v: { authority: '${authority}', product: v } }\n`).findings.map(({ code }) => code)
  for (const mine of ['http://localhost:4000', 'http://127.0.0.1', 'http://[::1]:1/a']) expect(at(mine)).toEqual([])
  for (const other of ['http://127.0.0.2', 'http://[::2]', 'http://a.localhost']) expect(at(other)).toEqual(['BAD_URL'])
})

test('no finding repeats the password of an address', () => {
  const { findings } = parse(`${HEAD}federation: { v: { authority: 'https://user:secret@v.example', product: v } }\n`)
  expect(findings.map(({ code }) => code)).toEqual(['BAD_URL'])
  expect(JSON.stringify(findings)).not.toContain('secret')
})

test('a section that cannot be read is not held against those who name what it should hold', () => {
  expect(
    parse(`${HEAD}features: nothing\nroles: { r: [view] }\nplans: { x: { includes: { view: {} } } }\n`).findings.map(({ code }) => code),
  ).toEqual(['WRONG_TYPE'])
})
