import { expect, test } from 'vitest'
import { quoted, Report } from './report.ts'

const at = (line: number, column = 1) => ({ line, column })

test('a report keeps a thousand findings, and says once that there are more', () => {
  const report = new Report()
  for (let line = 1; line <= 1000; line++) report.add(at(line), 'BAD_NAME', `${line}`)
  expect(report.full).toBe(false)
  expect(report.sorted()).toHaveLength(1000)
  expect(report.sorted().at(-1)).toEqual({ severity: 'error', code: 'BAD_NAME', ...at(1000), message: '1000' })
  for (let line = 1001; line <= 1100; line++) report.add(at(line), 'BAD_NAME', `${line}`)
  expect(report.full).toBe(true)
  expect(report.errors).toBe(1100)
  expect(report.sorted()).toHaveLength(1001)
  expect(report.sorted().at(-1)).toEqual({
    severity: 'error',
    code: 'TOO_MANY_FINDINGS',
    ...at(1001),
    message: 'There are more than 1000 findings; the rest is left out.',
  })
})

test('a suggestion is searched for at the first two hundred findings, one at hand is always given', () => {
  const report = new Report()
  let searches = 0
  for (let line = 1; line <= 300; line++) report.add(at(line), 'BAD_NAME', 'a', line % 2 === 0 ? 'at hand' : () => `found ${++searches}`)
  const suggestions = report.sorted().map(({ suggestion }) => suggestion)
  expect(suggestions.slice(196, 204)).toEqual(['found 99', 'at hand', 'found 100', 'at hand', undefined, 'at hand', undefined, 'at hand'])
  expect(searches).toBe(100)
})

test('the two hundredth is still searched for', () => {
  const report = new Report()
  for (let line = 1; line <= 201; line++) report.add(at(line), 'BAD_NAME', 'a', () => 'found')
  expect(report.sorted().filter(({ suggestion }) => suggestion === 'found')).toHaveLength(200)
})

test('a finding without a suggestion has none, not even an empty one', () => {
  const report = new Report()
  report.add(at(1), 'BAD_NAME', 'a')
  report.add(at(2), 'BAD_NAME', 'a', () => undefined)
  expect(report.sorted().map((finding) => 'suggestion' in finding)).toEqual([false, false])
})

test('a warning is no error', () => {
  const report = new Report()
  report.add(at(1), 'LIMIT_ZERO', 'a')
  expect(report.errors).toBe(0)
  report.add(at(1), 'BAD_NAME', 'b')
  expect(report.errors).toBe(1)
})

test('findings stand in the order of the file, by line and then by column', () => {
  const report = new Report()
  for (const place of [at(2, 5), at(10, 1), at(2, 1), at(1, 9), at(2, 3)]) report.add(place, 'BAD_NAME', 'a')
  expect(report.sorted().map(({ line, column }) => `${line}:${column}`)).toEqual(['1:9', '2:1', '2:3', '2:5', '10:1'])
})

test('text of the file is quoted on one line, and cut after sixty characters', () => {
  expect(quoted('a "b"\nc')).toBe('"a \\"b\\"\\nc"')
  expect(quoted('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`)
  expect(quoted(`${'x'.repeat(60)}y`)).toBe(`"${'x'.repeat(60)}…"`)
})
