import { expect, test } from 'vitest'
import type { Sent } from '../sender.ts'
import { SeatHolds } from './seat-holds.ts'

test('a machine that slept through the end of a seat has it no more, until a heartbeat says so', async () => {
  const clock = { now: 1_000, slept: 0 }
  const told = { identity: 'ann', rank: 2, milliseconds: 600_000 }
  const holds = new SeatHolds({
    send: async () => ({ body: { items: [told] } }),
    monotonic: () => clock.now,
    wall: () => clock.now + clock.slept,
    holder: 'h',
  })
  const beaten = () => new Promise((resolve) => setTimeout(resolve))
  holds.took('L', 'ann', 600)
  expect(holds.find('L', 'ann')).toBeUndefined()
  await beaten()
  expect(holds.find('L', 'ann')?.rank).toBe(2)
  clock.slept = 600_000
  expect(holds.find('L', 'ann')).toBeUndefined()
  clock.now += 15_000
  holds.tick()
  await beaten()
  expect(holds.find('L', 'ann')?.rank).toBe(2)
})

test('a seat is used no more five seconds before its end: the clock of another node of the authority may be so far ahead', async () => {
  const clock = { now: 0 }
  const send = async () => ({ body: { items: [{ identity: 'ann', rank: 0, milliseconds: 60_000 }] } })
  const now = () => clock.now
  const holds = new SeatHolds({ send, monotonic: now, wall: now, holder: 'h' })
  holds.took('L', 'ann', 60)
  await new Promise((resolve) => setTimeout(resolve))
  clock.now = 54_999
  expect(holds.find('L', 'ann')).toEqual({ rank: 0, milliseconds: 1 })
  clock.now = 55_000
  expect(holds.find('L', 'ann')).toBeUndefined()
})

test('a seat that is on its way back is not kept: whoever comes again meanwhile would be let in by what the next one has', async () => {
  const clock = { now: 0 }
  const released: (() => void)[] = []
  const send = (path: string): Promise<Sent> =>
    path === '/v1/seats/release'
      ? new Promise((resolve) => released.push(() => resolve({ body: {} })))
      : Promise.resolve({ body: { items: [{ identity: 'ann', rank: 0, milliseconds: 60_000 }] } })
  const now = () => clock.now
  const holds = new SeatHolds({ send, monotonic: now, wall: now, holder: 'h' })
  const settled = () => new Promise((resolve) => setTimeout(resolve))
  holds.took('L', 'ann', 60)
  await settled()
  clock.now = 60_000
  holds.tick()
  holds.took('L', 'ann', 60)
  await settled()
  expect([holds.find('L', 'ann'), released.length]).toEqual([undefined, 1])
  released[0]?.()
  await settled()
  holds.took('L', 'ann', 60)
  await settled()
  expect(holds.find('L', 'ann')).toBeDefined()
})

test('a seat that nobody takes away is held however long the machine sleeps', async () => {
  const clock = { slept: 0 }
  const send = async () => ({ body: { items: [{ identity: 'ann', rank: 0 }] } })
  const holds = new SeatHolds({ send, monotonic: () => 0, wall: () => clock.slept, holder: 'h' })
  holds.took('L', 'ann', undefined)
  await new Promise((resolve) => setTimeout(resolve))
  clock.slept = 1e12
  expect(holds.find('L', 'ann')).toEqual({ rank: 0, milliseconds: Number.POSITIVE_INFINITY })
})
