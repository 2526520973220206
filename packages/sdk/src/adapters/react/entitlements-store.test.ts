import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EntitlementsStore } from './entitlements-store.ts'

const NINE = Date.parse('2026-11-23T09:00:00Z')
const clock = () => Date.now()
const said = (allowed: boolean, expires?: number) => ({
  export: { allowed, remedies: [], notices: [], ...(expires !== undefined && { expires: new Date(expires).toISOString() }) },
})

beforeEach(() => void vi.useFakeTimers({ now: NINE }))
afterEach(() => void vi.useRealTimers())

/** A store that hears from this, and how often it asked. */
function following(answer: () => ReturnType<typeof said> | Promise<ReturnType<typeof said>>, random = 0) {
  const load = vi.fn(async () => answer())
  const store = new EntitlementsStore({ clock, random: () => random })
  return { store, load, stop: store.follow(load) }
}
const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1_000)

for (const { random, from, until } of [
  { random: 0, from: 74, until: 76 },
  { random: 0.999, from: 94, until: 96 },
])
  test(`hears again ahead of the first end, and pages do so at different times: ${from} of 100 seconds`, async () => {
    const { load, stop } = following(() => said(true, NINE + 100_000), random)
    await seconds(from)
    expect(load).toHaveBeenCalledTimes(1)
    await seconds(until - from)
    expect(load).toHaveBeenCalledTimes(2)
    stop()
  })

test('hears again within five minutes where nothing ends, and never more often than every five seconds', async () => {
  const endless = following(() => said(true))
  await seconds(299)
  expect(endless.load).toHaveBeenCalledTimes(2)
  endless.stop()
  const restless = following(() => said(false, Date.now() + 10))
  await seconds(51)
  expect(restless.load.mock.calls.length).toBeLessThanOrEqual(11)
  restless.stop()
})

test('an end that this clock has passed already does not make it ask all the time', async () => {
  const { load, stop } = following(() => said(true, NINE - 3_600_000))
  await seconds(200)
  expect(load).toHaveBeenCalledTimes(1)
  stop()
})

test('while nothing can be heard the last known stays, with the error; tries come ever later, and one that succeeds ends it', async () => {
  let fails = false
  const { store, load, stop } = following(() => (fails ? Promise.reject(new Error('down')) : said(true, Date.now() + 100_000)))
  await seconds(1)
  fails = true
  await seconds(80)
  expect(store.known()).toMatchObject({ entitlements: { export: { allowed: true } }, error: { message: 'down' } })
  const calls = load.mock.calls.length
  await seconds(600)
  expect(load.mock.calls.length - calls).toBeLessThan(10)
  fails = false
  await seconds(300)
  expect(store.known()).toEqual({ entitlements: said(true, Date.parse(store.known().entitlements?.export?.expires ?? '')) })
  stop()
})

test('an answer that nobody is signed in takes away what was known', async () => {
  let gone = false
  const { store, stop } = following(() => (gone ? Promise.reject(Object.assign(new Error('401'), { status: 401 })) : said(true)))
  await seconds(1)
  gone = true
  await store.refresh()
  expect(store.known()).toEqual({ error: expect.objectContaining({ status: 401 }) })
  stop()
})

test('an older answer that comes late does not replace a newer one, and none comes after the end', async () => {
  const replies: ((answer: ReturnType<typeof said>) => void)[] = []
  const { store, stop } = following(() => new Promise((resolve) => replies.push(resolve)))
  void store.refresh()
  replies[1]?.(said(true))
  await seconds(0)
  replies[0]?.(said(false))
  await seconds(0)
  expect(store.known()).toEqual({ entitlements: said(true) })
  void store.refresh()
  stop()
  replies[2]?.(said(false))
  await seconds(1_000)
  expect(store.known()).toEqual({ entitlements: said(true) })
  expect(replies).toHaveLength(3)
})

test('tells whoever listens, until they no longer do; what a server had at hand is not asked for at once', async () => {
  const store = new EntitlementsStore({ initial: said(true), clock, random: () => 0 })
  const listener = vi.fn()
  const leave = store.subscribe(listener)
  const load = vi.fn(async () => said(false))
  const stop = store.follow(load)
  await seconds(1)
  expect([load.mock.calls.length, store.known()]).toEqual([0, { entitlements: said(true) }])
  await store.refresh()
  expect([listener.mock.calls.length, store.known()]).toEqual([1, { entitlements: said(false) }])
  leave()
  await store.refresh()
  expect(listener).toHaveBeenCalledTimes(1)
  stop()
})
