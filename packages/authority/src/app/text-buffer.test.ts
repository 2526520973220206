import { expect, test } from 'vitest'
import { TextBuffer } from './text-buffer.ts'

test('what was added is taken once, in order', () => {
  const buffer = new TextBuffer(100)
  expect([buffer.add('eins '), buffer.add('zwöi '), buffer.add('🙂')]).toEqual([true, true, true])
  expect(buffer.take().toString()).toBe('eins zwöi 🙂')
  expect(buffer.length).toBe(0)
  expect(buffer.take().toString()).toBe('')
})

test('what is taken does not change with what comes later', () => {
  const buffer = new TextBuffer(100)
  buffer.add('first')
  const taken = buffer.take()
  buffer.add('later')
  expect(taken.toString()).toBe('first')
})

test('what does not fit is not added by half', () => {
  const buffer = new TextBuffer(10)
  expect(buffer.add('abc')).toBe(true)
  expect(buffer.add('defg')).toBe(false)
  expect(buffer.take().toString()).toBe('abc')
})

test('a text longer than the buffer is taken alone', () => {
  const buffer = new TextBuffer(10)
  expect(buffer.add('é'.repeat(50))).toBe(true)
  expect(buffer.add('x')).toBe(false)
  expect(buffer.take().toString()).toBe('é'.repeat(50))
})
