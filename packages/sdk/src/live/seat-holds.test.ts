import { expect, test } from 'vitest'
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

test('a seat that nobody takes away is held however long the machine sleeps', async () => {
  const clock = { slept: 0 }
  const send = async () => ({ body: { items: [{ identity: 'ann', rank: 0 }] } })
  const holds = new SeatHolds({ send, monotonic: () => 0, wall: () => clock.slept, holder: 'h' })
  holds.took('L', 'ann', undefined)
  await new Promise((resolve) => setTimeout(resolve))
  clock.slept = 1e12
  expect(holds.find('L', 'ann')).toEqual({ rank: 0, milliseconds: Number.POSITIVE_INFINITY })
})
