import { expect, test } from 'vitest'
import { Breaker } from './breaker.ts'

function opened() {
  const time = { now: 1_000_000 }
  const breaker = new Breaker(
    () => time.now,
    () => 1,
    { failures: 3, coolMilliseconds: 1_000 },
  )
  for (let i = 0; i < 3; i++) breaker.failed(breaker.enter())
  return { breaker, time }
}

test('it opens after so many outages in a row, and not before', () => {
  const breaker = new Breaker(Date.now, Math.random, { failures: 3, coolMilliseconds: 60_000 })
  for (let i = 0; i < 2; i++) breaker.failed(breaker.enter())
  breaker.answered()
  for (let i = 0; i < 3; i++) {
    expect(breaker.enter()).toBe('open')
    breaker.failed('open')
  }
  expect(breaker.enter()).toBe('refused')
})

test('once cool, one question at a time tries the way', () => {
  const { breaker, time } = opened()
  expect(breaker.enter()).toBe('refused')
  time.now += 1_000
  expect([breaker.enter(), breaker.enter()]).toEqual(['probe', 'refused'])
  breaker.answered()
  expect(breaker.enter()).toBe('open')
})

test('a try that fails shuts it for another while, and one that was given up does not count', () => {
  const { breaker, time } = opened()
  time.now += 1_000
  breaker.abandoned(breaker.enter())
  const again = breaker.enter()
  expect(again).toBe('probe')
  breaker.failed(again)
  expect(breaker.enter()).toBe('refused')
})

test('a clock that is set back does not keep it shut', () => {
  const { breaker, time } = opened()
  time.now -= 500_000
  expect(breaker.enter()).toBe('probe')
})

test('a question from before it opened fails late and changes nothing', () => {
  const { breaker, time } = opened()
  time.now += 999
  breaker.failed('open')
  time.now += 1
  expect(breaker.enter()).toBe('probe')
})
