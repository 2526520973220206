import { expect, test } from 'vitest'
import { Consequences } from './consequence.ts'

test('what takes away comes first, what takes it at once before that, and otherwise all stays in the order in which it was told', () => {
  const found = new Consequences()
  expect(found.none).toBe(true)
  for (const direction of ['neutral', 'widens', 'narrows'] as const)
    for (const effect of ['sold_or_moved', 'at_once'] as const)
      for (const name of ['b', 'a']) found.tell({ type: 'level', direction, effect, where: { name }, sentence: name })
  found.tell({ type: 'title', direction: 'narrows', before: 'x', after: new Map([['y', 1]]), sentence: 'c' })
  expect(found.none).toBe(false)
  expect(found.sorted().map(({ direction, effect, sentence }) => `${direction} ${effect} ${sentence}`)).toEqual([
    'narrows at_once b',
    'narrows at_once a',
    'narrows sold_or_moved b',
    'narrows sold_or_moved a',
    'narrows sold_or_moved c',
    'widens at_once b',
    'widens at_once a',
    'widens sold_or_moved b',
    'widens sold_or_moved a',
    'neutral at_once b',
    'neutral at_once a',
    'neutral sold_or_moved b',
    'neutral sold_or_moved a',
  ])
  expect(found.sorted()[4]).toEqual({
    type: 'title',
    direction: 'narrows',
    effect: 'sold_or_moved',
    before: 'x',
    after: { y: 1 },
    sentence: 'c',
  })
  expect('after' in (found.sorted()[0] ?? {})).toBe(false)
})
