import { expect, test } from 'vitest'
import { didYouMean, didYouMeanOrOneOf } from './suggest.ts'

const cases: { readonly word: string; readonly known: string[]; readonly want: string | undefined }[] = [
  { word: 'grce', known: ['grace', 'price'], want: 'grace' },
  { word: 'opt', known: ['otp', 'passkey'], want: 'otp' },
  { word: 'reprot.export', known: ['report.export', 'report.view'], want: 'report.export' },
  { word: 'Includes', known: ['includes'], want: 'includes' },
  { word: 'featuers', known: ['features', 'federation'], want: 'features' },
  { word: 'enforcemetn_of_everything', known: ['enforcement_of_everything'], want: 'enforcement_of_everything' },
  { word: 'abcdefghijklmnop', known: ['efghijklmnop'], want: 'efghijklmnop' },
  { word: 'abcdefghijklmnop', known: ['fghijklmnop'], want: undefined },
  { word: 'ab', known: ['ba'], want: 'ba' },
  { word: 'ab', known: ['cd'], want: undefined },
  { word: 'ab', known: ['bc'], want: undefined },
  { word: 'ab', known: ['ca'], want: undefined },
  { word: 'b', known: ['ab'], want: 'ab' },
  { word: 'zebra', known: ['grace', 'price'], want: undefined },
  { word: 'a', known: ['bcdef'], want: undefined },
  { word: '', known: ['a'], want: undefined },
  { word: 'x'.repeat(64), known: ['x'.repeat(65)], want: 'x'.repeat(65) },
  { word: 'x'.repeat(65), known: ['x'.repeat(64)], want: undefined },
]
for (const { word, known, want } of cases) {
  test(`${JSON.stringify(word.slice(0, 20))} means ${want ?? 'nothing that is known'}`, () => {
    expect(didYouMean(word, known)).toBe(want === undefined ? undefined : `Did you mean "${want}"?`)
  })
}

test('the nearest wins', () => expect(didYouMean('pla', ['plans', 'plan', 'place'])).toBe('Did you mean "plan"?'))

test('where nothing is near, a small choice is named whole and a large one not at all', () => {
  expect(didYouMeanOrOneOf('zebra', ['keep', 'release'])).toBe('Use one of "keep", "release".')
  expect(didYouMeanOrOneOf('zebra', ['sum'])).toBe('Use "sum".')
  expect(didYouMeanOrOneOf('zebra', [])).toBeUndefined()
  const words = (length: number) => Array.from({ length }, (_, index) => `word${index}`)
  expect(didYouMeanOrOneOf('zebra', words(24))).toMatch(/^Use one of "word0", .*"word23"\.$/)
  expect(didYouMeanOrOneOf('zebra', words(25))).toBeUndefined()
})
