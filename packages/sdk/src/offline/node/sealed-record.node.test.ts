import { expect, test } from 'vitest'
import { type Spent, withSpent } from './sealed-record.ts'

const HOUR = 3_600_000
const hour = (n: number, used = 1): Spent => ({ meter: 'exports', from: n * HOUR, until: (n + 1) * HOUR, used })

test('a device that spends in more windows than a record may have keeps the last of them, and each once', () => {
  let spent: Spent[] = [{ meter: 'reports', from: 0, until: 10_000 * HOUR, used: 7 }]
  for (let n = 0; n < 600; n++) spent = withSpent(withSpent(spent, hour(n)), hour(n, 2))
  expect(spent).toHaveLength(256)
  expect(spent).toContainEqual({ meter: 'reports', from: 0, until: 10_000 * HOUR, used: 7 })
  expect(spent.filter(({ meter }) => meter === 'exports')).toEqual(Array.from({ length: 255 }, (_, n) => hour(345 + n, 2)))
})

test('a window that is long over goes', () => {
  expect(withSpent([hour(0)], hour(400 * 24 - 1)).map(({ from }) => from)).toEqual([0, (400 * 24 - 1) * HOUR])
  expect(withSpent([hour(0)], hour(400 * 24 + 1)).map(({ from }) => from)).toEqual([(400 * 24 + 1) * HOUR])
})
