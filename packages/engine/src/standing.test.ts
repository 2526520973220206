import { expect, test } from 'vitest'
import { DAY, edition, HOUR, identity, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Standing } from './index.ts'

const terms = termsOf({
  features: { cross: { title: 'Cross' }, view: { title: 'View', unreachable: 'open' } },
  plans: { day: { title: 'Day', grace: { expiry: '2 days', offline: '72 hours' }, includes: { cross: {}, view: {} } } },
})
const now = 100 * DAY

function ask(standing: Standing, feature = 'cross', more: object = {}, at = now) {
  const world = worldOf(edition(terms), identity('ann'), license('L', more))
  world.standing = standing
  return decide(world, noUsage, { identity: 'ann', feature }, at)
}

test('a fresh copy says nothing of it', () => {
  expect(summary(ask({}))).toBe('allow')
})

test('a stale copy answers, and says so, to the last millisecond of offline grace', () => {
  const staleSince = now - 3 * DAY + 1
  const decision = ask({ staleSince })
  expect(summary(decision)).toBe('allow stale')
  expect(decision.notices).toEqual([{ type: 'stale', since: staleSince }])
  expect(decision.expires).toBe(now + 1)
})

test('after offline grace it refuses, and reconnecting helps', () => {
  const decision = ask({ staleSince: now - 3 * DAY })
  expect(summary(decision)).toBe('facts_stale')
  expect(decision.remedies).toEqual([{ type: 'reconnect' }])
  expect(decision).not.toHaveProperty('expires')
})

test('a feature that stays open when unreachable outlives offline grace', () => {
  expect(summary(ask({ staleSince: now - 50 * DAY }, 'view'))).toBe('allow stale')
})

const closedAnyway: { name: string; more: object; want: string }[] = [
  { name: 'the last known end and its grace', more: { ends: now - 2 * DAY }, want: 'license_expired' },
  { name: 'a suspension', more: { suspended: true }, want: 'license_suspended' },
  { name: 'a revocation', more: { revoked_at: now }, want: 'license_revoked' },
]
for (const { name, more, want } of closedAnyway)
  test(`${name} still closes a feature that stays open when unreachable`, () => {
    expect(summary(ask({ staleSince: now - 50 * DAY }, 'view', more))).toBe(want)
  })

test('a feature that stays open when unreachable is let in during the grace after its end', () => {
  expect(summary(ask({ staleSince: now - 50 * DAY }, 'view', { ends: now - DAY }))).toBe('allow stale in_grace')
})

test('offline grace never outlives the end and its grace', () => {
  const ends = now - 2 * DAY
  expect(summary(ask({ staleSince: now - HOUR }, 'cross', { ends: ends + 1 }))).toBe('allow stale in_grace')
  expect(summary(ask({ staleSince: now - HOUR }, 'cross', { ends }))).toBe('facts_stale')
})

test('nor does it outlive the end of a trial, which has no grace', () => {
  expect(summary(ask({ staleSince: now - HOUR }, 'cross', { trial_ends: now + 1 }))).toBe('allow stale trial')
  expect(summary(ask({ staleSince: now - HOUR }, 'cross', { trial_ends: now }))).toBe('facts_stale')
})

test('staleness that only begins later changes the answer then', () => {
  const decision = ask({ staleSince: now + HOUR })
  expect(summary(decision)).toBe('allow')
  expect(decision.expires).toBe(now + HOUR)
})

const faults: { fault: NonNullable<Standing['fault']>; remedies: object[] }[] = [
  { fault: 'check_in_overdue', remedies: [{ type: 'reconnect' }] },
  { fault: 'clock_turned_back', remedies: [{ type: 'reconnect' }] },
  { fault: 'license_file_invalid', remedies: [] },
  { fault: 'device_mismatch', remedies: [{ type: 'reactivate' }] },
]
for (const { fault, remedies } of faults)
  test(`${fault} refuses everything, repair and open features too, with what helps`, () => {
    const decision = ask({ fault }, 'view')
    expect(summary(decision)).toBe(fault)
    expect(decision.remedies).toEqual(remedies)
  })

test('a fault of the question is found before a fault of the copy', () => {
  expect(summary(ask({ fault: 'clock_turned_back' }, 'nothing'))).toBe('feature_unknown')
})
