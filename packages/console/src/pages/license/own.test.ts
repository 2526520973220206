import { expect, test } from 'vitest'
import { ownOf, withOwn, withoutOwn } from './own.ts'

const plan = { seats: { named: 25 }, includes: { 'report.export': { limit: '1000 per month' } } }

test('each point of its own stands beside what the plan says', () => {
  const own = ownOf(
    { seats: { named: 50 }, grace: { expiry: '30 days' }, includes: { 'report.export': { limit: '5000 per month' }, fly: {}, swim: [] } },
    plan,
  )
  expect(own.map(({ says, plan: instead }) => `${says} (${instead})`)).toEqual([
    '50 named seats (25)',
    'grace, expiry: 30 days (none)',
    'report.export: limit 5000 per month (limit 1000 per month)',
    'fly: given (not in the plan)',
    'swim: taken away (not in the plan)',
  ])
})

test('what is added and taken again leaves the rest, and nothing in the end', () => {
  const seats = withOwn(undefined, 'seats', 'named', 50)
  const both = withOwn(seats, 'includes', 'fly', {})
  expect(both).toEqual({ seats: { named: 50 }, includes: { fly: {} } })
  expect(withoutOwn(both, 'includes', 'fly')).toEqual(seats)
  expect(withoutOwn(seats, 'seats', 'named')).toBeNull()
})
