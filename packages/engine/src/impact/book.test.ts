import { expect, test } from 'vitest'
import { edition, termsOf, worldOf } from '../../test/sample.ts'
import type { ProductRecord } from '../products.ts'
import { Book, Numbered } from './book.ts'
import type { Way } from './could.ts'

function product(...editions: object[]): ProductRecord {
  const facts = editions.map((features, index) => edition(termsOf({ features, plans: {} }), index + 1))
  return worldOf(...facts).product('ferry') as ProductRecord
}
const way = (more: Partial<Way> = {}): Way => ({
  license: 'l',
  assurance: 'a',
  approval: 'p',
  conditions: 'c',
  resources: 'r',
  quota: 'q',
  value: 'v',
  obligations: 'o',
  ...more,
})

test('items keep their places, and what a new edition brings comes at the end', () => {
  const book = new Book()
  const before = { sail: {}, row: { commands: ['hard', 'easy'] } }
  const named = [
    { product: 'ferry', feature: 'sail' },
    { product: 'ferry', feature: 'row', command: 'hard' },
    { product: 'ferry', feature: 'row', command: 'easy' },
  ]
  expect(book.itemsKnown('ferry')).toEqual([])
  expect(book.items(product(before))).toEqual(named)
  expect(book.items(product({ anchor: {}, row: { commands: ['slow', 'easy', 'hard'] }, sail: {} }))).toEqual([
    ...named,
    { product: 'ferry', feature: 'anchor' },
    { product: 'ferry', feature: 'row', command: 'slow' },
  ])
  expect(book.items(product(before)).length).toBe(5)
  expect(book.itemsKnown('ferry').length).toBe(5)
  expect(book.itemsKnown('tram')).toEqual([])
})

test('a command of one feature is not that of another, and a feature without commands not one with them', () => {
  const book = new Book()
  expect(book.items(product({ row: { commands: ['hard'] }, sail: { commands: ['hard'] } })).length).toBe(2)
  expect(book.items(product({ row: {}, sail: { commands: ['hard'] } })).map(({ feature, command }) => [feature, command])).toEqual([
    ['row', 'hard'],
    ['sail', 'hard'],
    ['row', undefined],
  ])
})

test('a standing has one number: by its reason, or by its ways in whatever order and however often', () => {
  const book = new Book()
  const first = book.number({ reason: 'no_license' })
  expect(book.number({ reason: 'no_license' })).toBe(first)
  expect(book.number({ reason: 'no_seat' })).not.toBe(first)
  const [one, other] = [way(), way({ value: 'w' })]
  const both = book.number({ ways: [one, other] })
  for (const ways of [
    [other, one],
    [one, other, one],
  ])
    expect(book.number({ ways })).toBe(both)
  const others = [[one], [other], [way({ license: 'w' }), other], [way({ license: 'a', assurance: 'l' })]].map((ways) =>
    book.number({ ways }),
  )
  expect(new Set([first, both, ...others]).size).toBe(6)
  expect(book.standing(first)).toEqual({ reason: 'no_license' })
  expect(book.standing(both)).toEqual({ ways: [one, other] })
})

test('a timeline has a span where something is another, and one number', () => {
  const book = new Book()
  const spans = [
    { from: 1, standings: [4, 5] },
    { from: 2, standings: [4, 5] },
    { from: 3, standings: [4, 6] },
    { from: 4, standings: [4] },
    { from: 5, standings: [4, 6] },
  ]
  const number = book.numberOf(spans)
  expect(book.timeline(number)).toEqual([spans[0], spans[2], spans[3], spans[4]])
  expect(book.numberOf(book.timeline(number))).toBe(number)
  expect(book.numberOf([{ from: 0, standings: [4, 5] }])).not.toBe(number)
  expect(book.timeline(book.numberOf([]))).toEqual([])
  const nothing = [{ from: 1, standings: [] }]
  expect(book.timeline(book.numberOf(nothing))).toEqual(nothing)
})

test('values are numbered from none, the first of a text stays', () => {
  const numbered = new Numbered<string>()
  expect([numbered.number('a', 'one'), numbered.number('b', 'two'), numbered.number('a', 'three')]).toEqual([0, 1, 0])
  expect([numbered.of(0), numbered.of(1)]).toEqual(['one', 'two'])
})
