import { expect, test } from 'vitest'
import { isWhole, type Tree } from './tree.ts'

const place = { offset: 0, line: 1, column: 1 } as unknown as Tree['place']
const leaf: Tree = { kind: 'leaf', place, value: 1 }
const broken: Tree = { kind: 'broken', place }
const list = (...items: Tree[]): Tree => ({ kind: 'list', place, items })
const dict = (...values: Tree[]): Tree => ({ kind: 'dict', place, entries: new Map(values.map((value, i) => [`${i}`, { place, value }])) })

test('nothing, a value, and what has only whole parts is whole', () => {
  for (const tree of [undefined, leaf, list(), list(leaf, leaf), dict(), dict(leaf, list(leaf))]) expect(isWhole(tree)).toBe(true)
})

test('what has one broken part, however deep, is not', () => {
  for (const tree of [
    broken,
    list(leaf, broken),
    list(broken, leaf),
    dict(leaf, broken),
    dict(broken, leaf),
    list(dict(list(broken)), leaf),
  ])
    expect(isWhole(tree)).toBe(false)
})
