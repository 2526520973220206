import type { Impact } from '@writ/engine'
import { expect, test } from 'vitest'
import { digestOf } from './confirmation.ts'

const taking = (...lines: string[]) => ({ losses: () => lines }) as unknown as Impact

test('the digest is the same for the same losses in whatever order, and another for others', () => {
  expect(digestOf(taking('b', 'a', 'a'))).toBe(digestOf(taking('a', 'b')))
  expect(digestOf(taking('a'))).not.toBe(digestOf(taking('a', 'b')))
  expect(digestOf(taking('a'), taking('b'))).toBe(digestOf(taking('a', 'b'), taking('b')))
})

test('what is shown with a part of it is never what was shown without, also where both come to the same', () => {
  expect(digestOf(taking('a', 'b'), taking('b'))).not.toBe(digestOf(taking('a', 'b')))
  expect(digestOf(taking('a'), taking())).not.toBe(digestOf(taking('a')))
})
