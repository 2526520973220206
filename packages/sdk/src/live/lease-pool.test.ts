import { expect, test } from 'vitest'
import type { Sent } from '../sender.ts'
import { LeasePool } from './lease-pool.ts'

const WINDOW = { from: 0, until: 3_600_000 }

/** A pool whose clock stands still, and whose questions are answered by hand. */
function scene() {
  const sent: { path: string; body: Record<string, unknown>; answer: (sent: Sent) => void }[] = []
  const clock = { now: 1_000, slept: 0 }
  let made = 0
  const pool = new LeasePool({
    license: 'L',
    feature: 'export',
    send: (path, body) => new Promise((resolve) => sent.push({ path, body: body as Record<string, unknown>, answer: resolve })),
    monotonic: () => clock.now,
    wall: () => clock.now + clock.slept,
    newId: () => `l-${made++}`,
  })
  /** Answers what was sent last. */
  const answer = async (body: object) => {
    await new Promise((resolve) => setTimeout(resolve))
    sent.at(-1)?.answer({ body })
    await pool.settled()
  }
  const windows = [{ from: new Date(WINDOW.from).toISOString(), until: new Date(WINDOW.until).toISOString(), limit: 100 }]
  const lease = (more: object) => ({ lease: { seq: 0, granted: 8, state: 'open', milliseconds: 60_000, windows, ...more } })
  return { pool, clock, sent, answer, lease, take: (amount: number) => pool.take(amount, [WINDOW]) }
}

test('a machine that slept through the end of a lease spends nothing more of it, and gives it back', async () => {
  const { pool, clock, sent, answer, lease, take } = scene()
  pool.want(1)
  await answer(lease({}))
  clock.slept = 50_000
  expect(pool.left(WINDOW.from, WINDOW.until, 100)).toEqual({ amount: 8, milliseconds: 60_000 - 600 - 50_000 })
  expect(take(1)).toBe(true)
  clock.slept = 60_000
  expect([take(1), pool.left(WINDOW.from, WINDOW.until, 100)]).toEqual([false, undefined])
  pool.tick()
  expect(sent.at(-1)).toMatchObject({ path: '/v1/leases/l-0/return', body: { spent: 1 } })
})

test('what was not granted is asked for by the same id, and taken back when nobody wants it any more', async () => {
  const { pool, clock, sent, answer, lease } = scene()
  pool.want(1)
  await answer({ reason: 'quota_exhausted' })
  clock.now += 50
  pool.tick()
  pool.want(2)
  await answer({ reason: 'quota_exhausted' })
  clock.now += 59_999
  pool.tick()
  await pool.settled()
  const asked = { id: 'l-0', license: 'L', feature: 'export' }
  expect([sent.length, pool.isIdle]).toEqual([2, false])
  expect(sent.map(({ body }) => body)).toEqual([
    expect.objectContaining({ ...asked, units: 8 }),
    expect.objectContaining({ ...asked, units: 16 }),
  ])
  clock.now += 1
  pool.tick()
  // The first asking came late, and was granted.
  await answer(lease({}))
  expect(sent.at(-1)).toMatchObject({ path: '/v1/leases', body: { ...asked, units: 0 } })
  pool.tick()
  await answer({})
  expect(sent.at(-1)).toMatchObject({ path: '/v1/leases/l-0/return', body: { spent: 0 } })
  expect(pool.isIdle).toBe(true)
  pool.want(1)
  await answer(lease({}))
  expect(sent.at(-1)?.body).toMatchObject({ id: 'l-1' })
})

test('one that is closed takes back what it asked for and did not get', async () => {
  const { pool, sent, answer, lease } = scene()
  pool.want(1)
  await answer({})
  const closed = pool.close()
  await answer(lease({ granted: 0, state: 'closed', windows: [] }))
  await closed
  expect(sent.map(({ path, body }) => [path, body.units])).toEqual([
    ['/v1/leases', 8],
    ['/v1/leases', 0],
  ])
})
