import { expect, test } from 'vitest'
import { Horizon } from './ask.ts'

const NEVER = Number.POSITIVE_INFINITY

test('nothing is noted: nothing changes', () => {
  expect(new Horizon(100)).toMatchObject({ now: 100, soonest: NEVER, certain: false })
})

test('of what is ahead the soonest counts; what is now, or was, or never is, does not', () => {
  const horizon = new Horizon(100)
  for (const instant of [99, 100, NEVER, undefined]) horizon.touch(instant)
  for (const instant of [99, 100, NEVER]) horizon.bound(instant)
  expect(horizon).toMatchObject({ soonest: NEVER, certain: false })
  horizon.touch(300)
  horizon.touch(200)
  horizon.touch(250)
  expect(horizon).toMatchObject({ soonest: 200, certain: false })
})

test('an end is sure until something sooner is not', () => {
  const horizon = new Horizon(100)
  horizon.bound(300)
  expect(horizon).toMatchObject({ soonest: 300, certain: true })
  horizon.touch(300)
  horizon.touch(400)
  expect(horizon).toMatchObject({ soonest: 300, certain: true })
  horizon.touch(200)
  expect(horizon).toMatchObject({ soonest: 200, certain: false })
  horizon.bound(250)
  expect(horizon).toMatchObject({ soonest: 200, certain: false })
  // A sure end at the very instant of an unsure one is sure.
  horizon.bound(200)
  expect(horizon).toMatchObject({ soonest: 200, certain: true })
})
