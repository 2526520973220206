import { expect, test } from 'vitest'
import type { Sent } from '../sender.ts'
import { RatePool } from './rate-pool.ts'

const RATE = { count: 20, periodSeconds: 1, burst: 20 } as const

/** A pool whose clock stands still, and whose questions are answered by hand. */
function scene() {
  const sent: { body: Record<string, number>; answer: (sent: Sent) => void }[] = []
  const clock = { now: 1_000, slept: 0 }
  const send = (_path: string, body: object): Promise<Sent> =>
    new Promise((resolve) => sent.push({ body: body as Record<string, number>, answer: resolve }))
  const clocks = { monotonic: () => clock.now, wall: () => clock.now + clock.slept }
  const pool = new RatePool({ license: 'L', feature: 'load', rate: RATE, seconds: 60, send, ...clocks, newId: () => 'e' })
  /** Answers the last report. */
  const answer = async (lease: object) => {
    const { body, answer: tell } = sent.at(-1) as (typeof sent)[number]
    const whole = { seq: body.seq, kept: 0, added: 0, fair: 20, milliseconds: 60_000, backlog_milliseconds: 0, ...lease }
    tell({ body: { lease: whole } })
    await pool.settled()
  }
  return { pool, clock, sent, answer }
}

test('a lease ends by when it was asked for, however late the answer comes', async () => {
  const { pool, clock, answer } = scene()
  pool.want(1)
  clock.now += 50_000
  await answer({ added: 10 })
  expect(pool.has(10)).toBe(true)
  clock.now = 1_000 + 60_000 - 601
  expect(pool.has(1)).toBe(true)
  clock.now += 1
  expect([pool.has(1), pool.part]).toEqual([false, undefined])
})

test('what is added fills from when the answer comes, and a hundredth slower than the clock says', async () => {
  const { pool, clock, answer } = scene()
  pool.want(1)
  clock.now += 5_000
  await answer({ added: 10, backlog_milliseconds: 1_000 })
  expect(pool.has(1)).toBe(false)
  clock.now += 100
  expect(pool.has(1)).toBe(false)
  clock.now += 12
  expect(pool.take(1)).toBe(true)
  expect(pool.has(1)).toBe(false)
})

test('a machine that slept through the end of a lease uses nothing more of it, and has nothing more for having slept', async () => {
  const { pool, clock, sent, answer } = scene()
  pool.want(1)
  await answer({ added: 10 })
  for (let i = 0; i < 10; i++) pool.take(1)
  clock.slept = 50_000
  expect(pool.has(1), 'what fills is told by the other clock').toBe(false)
  clock.now += 1_000
  expect(pool.partAt(52_000)?.until).toBe(52_000 + 60_000 - 600 - 51_000)
  clock.slept = 60_000
  expect([pool.has(1), pool.part]).toEqual([false, undefined])
  pool.want(1)
  expect(sent.at(-1)?.body).toMatchObject({ seq: 2, had: 0, keep: 0 })
  // Asleep while the answer was on its way.
  clock.slept += 100_000
  await answer({ added: 10 })
  expect(pool.has(1)).toBe(false)
})

test('what is not kept is not used from before that is said, nor what an answer of another report gives', async () => {
  const { pool, clock, sent, answer } = scene()
  pool.want(1)
  await answer({ added: 10 })
  clock.now += 10_000
  pool.tick()
  // Nothing was asked for since: all of it is given back.
  clock.now += 10_000
  expect(sent.at(-1)?.body).toMatchObject({ had: 10, keep: 0, wanted: 0 })
  expect(pool.has(1)).toBe(false)
  await answer({ seq: 1, kept: 10, added: 10 })
  expect(pool.has(1)).toBe(false)
})

test('who has more than is fair keeps no more with the next report, at once', async () => {
  const { pool, clock, sent, answer } = scene()
  pool.want(1)
  await answer({ added: 10, fair: 6 })
  for (let i = 0; i < 10; i++) pool.take(1)
  pool.tick()
  clock.now += 1
  expect(sent.at(-1)?.body).toMatchObject({ seq: 2, had: 10, keep: 6, wanted: 15 })
  await answer({ kept: 6, fair: 20 })
  expect(pool.part?.rate.burst).toBe(6)
})

test('a rate whose burst cannot be parted is never asked for', () => {
  const { sent } = scene()
  const pool = new RatePool({
    ...{ license: 'L', feature: 'load', rate: { ...RATE, burst: 1 }, monotonic: () => 0, wall: () => 0, newId: () => 'e' },
    send: () => Promise.reject(new Error('was asked')),
  })
  pool.want(1)
  expect([pool.isIdle, sent]).toEqual([true, []])
})
