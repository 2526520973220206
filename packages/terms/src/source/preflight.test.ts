import { expect, test } from 'vitest'
import { Report } from '../report.ts'
import { preflight } from './preflight.ts'

function refusal(source: string): string | undefined {
  const report = new Report()
  const passes = preflight(source, report)
  const [finding, ...others] = report.sorted()
  expect(others).toEqual([])
  expect(passes).toBe(finding === undefined)
  return finding && `${finding.code} ${finding.line}:${finding.column}`
}

/** Each is the most that passes, and one more. */
const bounds: readonly {
  readonly what: string
  readonly of: (count: number) => string
  readonly most: number
  readonly refusal: string
}[] = [
  { what: 'bytes', of: (count) => 'a'.repeat(count), most: 1_048_576, refusal: 'SOURCE_TOO_LARGE 0:0' },
  { what: 'letters of two bytes', of: (count) => 'ü'.repeat(count), most: 524_288, refusal: 'SOURCE_TOO_LARGE 0:0' },
  { what: 'brackets', of: (count) => `a:\n ${'['.repeat(count)}`, most: 32, refusal: 'SOURCE_TOO_DEEP 2:34' },
  { what: 'braces', of: (count) => '{'.repeat(count), most: 32, refusal: 'SOURCE_TOO_DEEP 1:33' },
  { what: 'dashes on one line', of: (count) => '- '.repeat(count), most: 64, refusal: 'SOURCE_TOO_DEEP 1:129' },
  { what: 'question marks on one line', of: (count) => '? '.repeat(count), most: 64, refusal: 'SOURCE_TOO_DEEP 1:129' },
  { what: 'colons on one line', of: (count) => ': '.repeat(count), most: 64, refusal: 'SOURCE_TOO_DEEP 1:129' },
  { what: 'blanks before a word', of: (count) => `a\n${' '.repeat(count)}b`, most: 399, refusal: 'SOURCE_TOO_DEEP 2:1' },
  { what: 'commas', of: (count) => `[${','.repeat(count)}`, most: 524_287, refusal: 'SOURCE_TOO_COMPLEX 1:524289' },
  { what: 'words in a list', of: (count) => `[${'a,'.repeat(count)}`, most: 262_143, refusal: 'SOURCE_TOO_COMPLEX 1:524289' },
  { what: 'lines', of: (count) => '\n'.repeat(count), most: 50_000, refusal: 'SOURCE_TOO_COMPLEX 50001:1' },
  { what: 'lines that end in two characters', of: (count) => '\r\n'.repeat(count), most: 50_000, refusal: 'SOURCE_TOO_COMPLEX 50001:1' },
  { what: 'anchors', of: (count) => '&a '.repeat(count), most: 2000, refusal: 'SOURCE_TOO_COMPLEX 1:6001' },
  { what: 'aliases', of: (count) => '[*a]\n'.repeat(count), most: 2000, refusal: 'SOURCE_TOO_COMPLEX 2001:2' },
  { what: 'tags', of: (count) => '!a '.repeat(count), most: 2000, refusal: 'SOURCE_TOO_COMPLEX 1:6001' },
  { what: 'directives', of: (count) => '%a\n'.repeat(count), most: 2000, refusal: 'SOURCE_TOO_COMPLEX 2001:1' },
]
for (const { what, of, most, refusal: want } of bounds)
  test(`${most} ${what} pass, and one more is refused`, () => {
    expect([refusal(of(most)), refusal(of(most + 1))]).toEqual([undefined, want])
  })

test('what is closed again is not deep, and each line begins anew', () => {
  expect(refusal('[]{}'.repeat(100))).toBeUndefined()
  expect(refusal(`${'- '.repeat(64)}\n`.repeat(3))).toBeUndefined()
  expect(refusal(`[${'- '.repeat(100)}]`)).toBeUndefined()
})

test('what was never opened cannot be closed', () => {
  expect([refusal(']'), refusal('[]\n ]'), refusal('{}}')]).toEqual(['YAML_SYNTAX 1:1', 'YAML_SYNTAX 2:2', 'YAML_SYNTAX 1:3'])
})

test('what only stands in a text is no bracket, anchor or comma', () => {
  expect(refusal(`a: "${'[&,'.repeat(5000)}"`)).toBeUndefined()
  expect(refusal(`a: |\n  ${'['.repeat(100)}\n`)).toBeUndefined()
  expect(refusal(`a: b${' '.repeat(500)}c`)).toBeUndefined()
})
