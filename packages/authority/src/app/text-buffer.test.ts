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

test('of many small pieces and large ones nothing is lost, and an end has its room', () => {
  const buffer = new TextBuffer(20_000)
  const pieces = Array.from({ length: 2_000 }, (_, i) => `${i}`.padStart(i % 700 === 0 ? 5_000 : 1 + (i % 9), 'é'))
  const taken: string[] = []
  for (const piece of pieces) {
    if (buffer.add(piece)) continue
    taken.push(buffer.take(']').toString())
    expect(buffer.add(piece)).toBe(true)
  }
  taken.push(buffer.take(']').toString(), buffer.take(']').toString())
  expect(taken.pop()).toBe('')
  expect(taken.every((each) => each.endsWith(']'))).toBe(true)
  expect(taken.map((each) => each.slice(0, -1)).join('')).toBe(pieces.join(''))
})

test.each([1, 10, 4_096, 5_000])('a text of %i that fills its buffer leaves room for the end', (length) => {
  const buffer = new TextBuffer(1)
  buffer.add('é'.repeat(length))
  expect(buffer.take('ééééé').toString()).toBe('é'.repeat(length + 5))
})
