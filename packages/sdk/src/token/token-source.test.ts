import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { TokenSource } from './token-source.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function source(outcomes: readonly (number | Error)[], random = 0.5) {
  let asked = 0
  const made = new TokenSource({
    get: async () => {
      const outcome = outcomes[Math.min(asked++, outcomes.length - 1)] as number | Error
      if (outcome instanceof Error) throw outcome
      return { token: `t-${asked}`, expiresAt: Date.now() + outcome }
    },
    random: () => random,
  })
  return { made, asked: () => asked }
}

test('is replaced ahead of its end, not before six tenths of its life nor after eight', async () => {
  for (const [random, at] of [
    [0, 60_000],
    [0.999, 79_980],
  ] as const) {
    const { made, asked } = source([100_000], random)
    expect(await made.token()).toBe('t-1')
    await vi.advanceTimersByTimeAsync(at - 100)
    expect(asked()).toBe(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(asked()).toBe(2)
    expect(await made.token()).toBe('t-2')
    made.close()
  }
})

test('callers that come together share one', async () => {
  const { made, asked } = source([100_000])
  expect(await Promise.all([made.token(), made.token(), made.token()])).toEqual(['t-1', 't-1', 't-1'])
  expect(asked()).toBe(1)
  made.close()
})

test('an outage leaves the token at hand in use until its end, and it is tried again meanwhile', async () => {
  const down = new Error('down')
  const { made, asked } = source([100_000, down, down, 100_000])
  await made.token()
  await vi.advanceTimersByTimeAsync(70_000)
  expect(asked()).toBe(2)
  expect(await made.token()).toBe('t-1')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked()).toBe(4)
  expect(await made.token()).toBe('t-4')
  made.close()
})

test('over, and the authority away: whoever needs one is told why', async () => {
  const { made } = source([10_000, new Error('down')])
  await made.token()
  await vi.advanceTimersByTimeAsync(10_001)
  await expect(made.token()).rejects.toThrow('down')
  made.close()
})

test('closed, it asks no more by itself', async () => {
  const { made, asked } = source([10_000])
  await made.token()
  made.close()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked()).toBe(1)
})
