import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor, page } from './page.ts'

test('a cursor says where it was taken', () => {
  expect(decodeCursor(encodeCursor('a/é'), 'string')).toBe('a/é')
  expect(decodeCursor(encodeCursor(42), 'number')).toBe(42)
  expect(decodeCursor(undefined, 'string')).toBeUndefined()
})

for (const [cursor, kind] of [
  ['', 'string'],
  ['nonsense', 'string'],
  [encodeCursor(42), 'string'],
  [encodeCursor('42'), 'number'],
  [Buffer.from('[1.5]').toString('base64url'), 'number'],
  [Buffer.from('{}').toString('base64url'), 'string'],
] as const) {
  test(`${JSON.stringify(cursor)} is no cursor of a ${kind}`, () => {
    expect(() => decodeCursor(cursor, kind as 'string')).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }))
  })
}

test('the last page leads nowhere', () => {
  expect(page([1], undefined)).toEqual({ items: [1] })
  expect(page([1], 'a')).toEqual({ items: [1], next: encodeCursor('a') })
})
