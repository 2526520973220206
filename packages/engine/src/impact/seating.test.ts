import type { Seats } from '@writ/terms'
import { expect, test } from 'vitest'
import { DAY, edition, HOUR, identity, license, seat, termsOf, worldOf } from '../../test/sample.ts'
import type { Fact } from '../facts.ts'
import type { LicenseRecord } from '../license-record.ts'
import { Seating } from './seating.ts'

const now = 100 * DAY
const ids = ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay']

/** What the gate says of each, and in how many hours the first hold ends that lets somebody in. */
function seating(seats: object, facts: readonly Fact[], from = now) {
  const terms = termsOf({ plans: { day: { title: 'Day', seats, includes: { cross: {} } } } })
  const world = worldOf(edition(terms), ...ids.map((id) => identity(id)), identity('bot', [], { kind: 'machine' }), license('L'), ...facts)
  const found = world.license('L') as LicenseRecord
  const plan = world.sold(found)?.plan.plan.seats
  if (plan === undefined) throw new Error('has no seats')
  const all = new Seating(world, found, plan, from)
  // In either order: the first of several is judged for all of them.
  const rows = [...ids, 'bot'].map((id) => world.identities.row(id))
  const backwards = new Seating(world, found, plan, from)
  const last = rows.toReversed().map((row) => backwards.letterOf(row))
  const letters = rows.map((row) => all.letterOf(row)).join('')
  expect(last.reverse().join('')).toBe(letters)
  return { letters, end: (all.until - from) / HOUR }
}
const freed = (id: string, hoursAgo: number): Fact => seat(id, hoursAgo, { freed_at: now - hoursAgo * HOUR })
const taken = (...who: string[]): Fact[] => who.map((id, order) => seat(id, 100 + order))

const letters: { name: string; seats: object; facts: Fact[]; want: string }[] = [
  { name: 'free for everybody who needs one', seats: { named: 1 }, facts: [], want: 'yyyyyy-' },
  { name: 'none sold', seats: { named: 0 }, facts: [], want: 'xxxxxx-' },
  { name: 'for machines', seats: { named: 0, for: ['machine'] }, facts: [], want: '------x' },
  { name: 'held, and taken by others', seats: { named: 1 }, facts: taken('bob'), want: 'xyxxxx-' },
  { name: 'held beyond what is sold', seats: { named: 1 }, facts: taken('bob', 'ann'), want: 'xyxxxx-' },
  { name: 'held for more, and no more to have', seats: { named: 1, overage: 1 }, facts: taken('bob', 'ann'), want: 'oyxxxx-' },
  { name: 'held, and to be had for more', seats: { named: 1, overage: 1 }, facts: taken('bob'), want: 'oyoooo-' },
  { name: 'given by an admin', seats: { named: 3, take: 'by admin' }, facts: taken('bob'), want: 'nynnnn-' },
  { name: 'given by an admin who has no more', seats: { named: 1, take: 'by admin' }, facts: taken('bob'), want: 'xyxxxx-' },
  { name: 'given by an admin for more', seats: { named: 1, overage: 2, take: 'by admin' }, facts: taken('bob', 'ann'), want: 'oynnnn-' },
  { name: 'on hold, but for whose it was', seats: { named: 1, hold: '4 hours' }, facts: [freed('cyd', 3)], want: 'xxyxxx-' },
  { name: 'on hold to its end', seats: { named: 1, hold: '4 hours' }, facts: [freed('cyd', 4)], want: 'yyyyyy-' },
  { name: 'on hold, of who has another', seats: { named: 2, hold: '4 hours' }, facts: [freed('cyd', 3), ...taken('bob')], want: 'xyyxxx-' },
  {
    name: 'several on hold',
    seats: { named: 2, hold: '4 hours' },
    facts: [freed('cyd', 3), freed('dan', 2), freed('eve', 5)],
    want: 'xxyyxx-',
  },
  { name: 'several on hold and no hold', seats: { named: 1 }, facts: [freed('cyd', 3), freed('dan', 2)], want: 'yyyyyy-' },
]
for (const { name, seats, facts, want } of letters)
  test(`seats ${name}: ${want}`, () => {
    expect(seating(seats, facts).letters).toBe(want)
  })

const five = [freed('ann', 0), freed('bob', 1), freed('cyd', 2), freed('dan', 3), freed('eve', 4)]
const never = Number.POSITIVE_INFINITY
const ends: { name: string; seats: object; facts: Fact[]; want: number }[] = [
  { name: 'nobody gave one up', seats: { named: 1, hold: '10 hours' }, facts: taken('ann'), want: never },
  { name: 'there is no hold', seats: { named: 1 }, facts: five, want: never },
  { name: 'the last but one, for whose the last one is', seats: { named: 1, hold: '10 hours' }, facts: five, want: 9 },
  { name: 'the last one, where that is the only one', seats: { named: 1, hold: '10 hours' }, facts: five.slice(0, 1), want: 10 },
  { name: 'all but what is sold', seats: { named: 3, hold: '10 hours' }, facts: five, want: 7 },
  { name: 'all but what may be had for more', seats: { named: 2, overage: 2, hold: '10 hours' }, facts: five, want: 6 },
  { name: 'once that has ended, all but what is sold', seats: { named: 1, overage: 4, hold: '7 hours' }, facts: five.slice(0, 4), want: 6 },
  { name: 'less what is taken', seats: { named: 3, hold: '10 hours' }, facts: [...five, ...taken('fay')], want: 8 },
  { name: 'less all that is taken', seats: { named: 1, hold: '10 hours' }, facts: [...five, ...taken('fay')], want: 10 },
  {
    name: 'more are taken than are sold',
    seats: { named: 1, hold: '10 hours' },
    facts: [...five.slice(0, 3), ...taken('dan', 'eve', 'fay')],
    want: never,
  },
  { name: 'there is room for all', seats: { named: 6, hold: '10 hours' }, facts: five, want: never },
  { name: 'there is room for all but whose it is', seats: { named: 5, hold: '10 hours' }, facts: five, want: 6 },
  { name: 'not what has ended', seats: { named: 5, hold: '4 hours' }, facts: five, want: never },
  { name: 'not what has ended, but the rest', seats: { named: 3, hold: '4 hours' }, facts: five, want: 1 },
]
for (const { name, seats, facts, want } of ends)
  test(`the first hold that matters: ${name}`, () => {
    expect(seating(seats, facts).end).toBe(want)
  })

test('until the end of a hold that matters nobody stands otherwise', () => {
  let others = 0
  for (const named of [0, 1, 2, 3, 4, 5, 6])
    for (const facts of [five, [...five, ...taken('fay')], [...five, freed('fay', 2)]]) {
      const seats = { named, overage: 1, hold: '10 hours' }
      for (let hour = 1; hour <= 11; hour++) {
        const [before, after] = [now + (hour - 1) * HOUR, now + hour * HOUR].map((from) => seating(seats, facts, from))
        if (before?.end !== 1) expect(after?.letters, `${named} ${hour}`).toBe(before?.letters)
        else if (after?.letters !== before.letters) others++
      }
    }
  expect(others).toBeGreaterThan(20)
})

test('it says how members stand by the same seats, and before the end of a hold that matters', () => {
  const plans = { day: { title: 'Day', seats: { named: 1, hold: '10 hours' }, includes: { cross: {} } } }
  const world = worldOf(edition(termsOf({ plans })), identity('ann'), license('L'), freed('bob', 1))
  const found = world.license('L') as LicenseRecord
  const seats = world.sold(found)?.plan.plan.seats as Seats
  const all = new Seating(world, found, seats, now)
  expect([all.isStill(seats, now + 9 * HOUR - 1), all.isStill(seats, now + 9 * HOUR), all.isStill({ ...seats }, now)]).toEqual([
    true,
    false,
    false,
  ])
})
