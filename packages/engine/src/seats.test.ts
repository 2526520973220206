import { expect, test } from 'vitest'
import { DAY, edition, HOUR, identity, license, noUsage, seat, summary, termsOf, worldOf } from '../test/sample.ts'
import { type Fact, type FloatingSeat, propose, seatLimit } from './index.ts'

const now = 100 * DAY
const people = ['ann', 'bob', 'cyd', 'dan'].map((id) => identity(id))

function ask(seats: object, facts: readonly Fact[], who = 'ann', floating: readonly FloatingSeat[] = []) {
  const terms = termsOf({ plans: { day: { title: 'Day', seats, includes: { cross: {} } } } })
  const world = worldOf(edition(terms), ...people, license('L'), ...facts)
  return propose(world, { ...noUsage, floating: () => floating }, { identity: who, feature: 'cross' }, now)
}

test('a free seat is taken on use, and the answer says which', () => {
  const { decision, spending } = ask({ named: 1 }, [])
  expect(summary(decision)).toBe('allow')
  expect(spending).toEqual({ license: 'L', seat: { identity: 'ann', kind: 'named' } })
})

test('a seat that is held is not taken again', () => {
  expect(ask({ named: 1 }, [seat('ann', 0)]).spending).toEqual({ license: 'L' })
})

test('when others hold all seats there is none, and nothing is taken', () => {
  const { decision, spending } = ask({ named: 1 }, [seat('bob', 0)])
  expect(decision).toMatchObject({ allowed: false, reason: 'seats_exhausted', remedies: [{ type: 'upgrade' }] })
  expect(spending).toBeUndefined()
})

test('a seat that was removed is free', () => {
  expect(summary(ask({ named: 1 }, [seat('bob', 0), { fact: 'removed', of: 'seat', id: 'L', identity: 'bob' }]).decision)).toBe('allow')
})

test('a removal of a seat that names nobody removes none', () => {
  expect(summary(ask({ named: 1 }, [seat('bob', 0), { fact: 'removed', of: 'seat', id: 'L' }]).decision)).toBe('seats_exhausted')
})

test('a freed seat without hold is free at once', () => {
  expect(summary(ask({ named: 1 }, [seat('bob', 0, { freed_at: now })]).decision)).toBe('allow')
})

const hold = { named: 1, hold: '2 hours' }
test('a freed seat on hold goes to nobody else until the hold is over', () => {
  const held = ask(hold, [seat('bob', 0, { freed_at: now - 2 * HOUR + 1 })]).decision
  expect(summary(held)).toBe('seats_exhausted')
  expect(held.expires).toBe(now + 1)
  expect(summary(ask(hold, [seat('bob', 0, { freed_at: now - 2 * HOUR })]).decision)).toBe('allow')
})

test('who gave the seat up may have it back during its hold', () => {
  const { decision, spending } = ask(hold, [seat('ann', 0, { freed_at: now - 1 })])
  expect(summary(decision)).toBe('allow')
  expect(spending?.seat).toEqual({ identity: 'ann', kind: 'named' })
})

test('a seat freed and taken again is held', () => {
  expect(ask(hold, [seat('ann', 0, { freed_at: now - 1 }), seat('ann', 1)]).spending).toEqual({ license: 'L' })
})

test('when an admin gives the seats, a free one is not taken on use', () => {
  const { decision } = ask({ named: 1, take: 'by admin' }, [])
  expect(decision).toMatchObject({ allowed: false, reason: 'no_seat', remedies: [{ type: 'assign_seat' }] })
  expect(summary(ask({ named: 1, take: 'by admin' }, [seat('bob', 0)]).decision)).toBe('seats_exhausted')
  expect(summary(ask({ named: 1, take: 'by admin' }, [seat('ann', 0)]).decision)).toBe('allow')
})

test('overage goes to the latest taken, by the order in which they were taken and not in which they are stated', () => {
  const facts = [seat('cyd', 9), seat('ann', 7), seat('bob', 8)]
  const answers = ['ann', 'bob', 'cyd', 'dan'].map((who) => summary(ask({ named: 2, overage: 1 }, facts, who).decision))
  expect(answers).toEqual(['allow', 'allow', 'allow overage', 'seats_exhausted'])
})

test('when the earliest is freed the next moves up', () => {
  const facts = [seat('ann', 7), seat('bob', 8), seat('cyd', 9), seat('ann', 7, { freed_at: now - DAY })]
  expect(['bob', 'cyd'].map((who) => summary(ask({ named: 1, overage: 1 }, facts, who).decision))).toEqual(['allow', 'allow overage'])
})

test('held beyond the limit, as after a smaller plan, the earliest stay', () => {
  const facts = [seat('ann', 0), seat('bob', 1), seat('cyd', 2)]
  expect(['ann', 'bob', 'cyd'].map((who) => summary(ask({ named: 2 }, facts, who).decision))).toEqual(['allow', 'allow', 'seats_exhausted'])
})

test('one identity may hold seats of several licences', () => {
  const terms = termsOf({ plans: { day: { title: 'Day', seats: { named: 1 }, includes: { cross: {} } } } })
  const facts = [license('L'), license('M'), seat('ann', 0), seat('ann', 0, { license: 'M' })]
  const world = worldOf(edition(terms), ...people, ...facts)
  const answer = () => propose(world, noUsage, { identity: 'ann', feature: 'cross' }, now)
  expect(answer()).toMatchObject({ decision: { license: 'L' }, spending: { license: 'L' } })
  world.apply({
    revision: 2,
    facts: [
      { fact: 'removed', of: 'seat', id: 'L', identity: 'ann' },
      { fact: 'removed', of: 'license', id: 'L' },
    ],
  })
  expect(answer()).toEqual({ decision: expect.objectContaining({ allowed: true, license: 'M' }), spending: { license: 'M' } })
})

test('kinds that need no seat take none', () => {
  const terms = termsOf({ plans: { day: { title: 'Day', seats: { named: 0, for: ['human'] }, includes: { cross: {} } } } })
  const world = worldOf(edition(terms), identity('bot', ['crew'], { kind: 'machine' }), license('L'))
  expect(propose(world, noUsage, { identity: 'bot', feature: 'cross' }, now).spending).toEqual({ license: 'L' })
})

const floating = { floating: 1, lease: '10 minutes' }
test('a floating seat is leased, and a lease at hand is prolonged', () => {
  const lease = { license: 'L', seat: { identity: 'ann', kind: 'floating', leaseSeconds: 600 } }
  expect(ask(floating, []).spending).toEqual(lease)
  expect(ask(floating, [], 'ann', [{ identity: 'ann', until: now + 1 }]).spending).toEqual(lease)
})

test('a lease of another holds its seat to its end, exclusive', () => {
  const { decision } = ask(floating, [], 'ann', [{ identity: 'bob', until: now + 1 }])
  expect(summary(decision)).toBe('seats_exhausted')
  expect(decision.expires).toBe(now + 1)
  expect(summary(ask(floating, [], 'ann', [{ identity: 'bob', until: now }]).decision)).toBe('allow')
})

test('a lease without an end is kept until it is released', () => {
  const { decision } = ask(floating, [], 'ann', [{ identity: 'bob' }])
  expect(summary(decision)).toBe('seats_exhausted')
  expect(decision).not.toHaveProperty('expires')
})

test('an ended lease of one’s own is no seat', () => {
  expect(summary(ask(floating, [], 'ann', [{ identity: 'ann', until: now }, { identity: 'bob' }]).decision)).toBe('seats_exhausted')
})

test('floating seats are ranked in the order taken', () => {
  const leases = [{ identity: 'bob' }, { identity: 'ann' }]
  expect(summary(ask({ ...floating, overage: 1 }, [], 'ann', leases).decision)).toBe('allow overage')
  expect(summary(ask({ ...floating, overage: 1 }, [], 'bob', leases).decision)).toBe('allow')
})

test('of floating seats of which only a share is here, so many are free as the share has', () => {
  const terms = termsOf({ plans: { day: { title: 'Day', seats: { ...floating, floating: 3, overage: 1 }, includes: { cross: {} } } } })
  const world = worldOf(edition(terms), ...people, license('L'))
  const ask = (share: number | undefined, ...taken: string[]) => {
    const usage = { ...noUsage, floating: () => taken.map((who) => ({ identity: who })), seatShare: () => share }
    return summary(propose(world, usage, { identity: 'ann', feature: 'cross' }, now).decision)
  }
  expect([ask(0), ask(1), ask(undefined)]).toEqual(['seats_exhausted', 'allow', 'allow'])
  expect([ask(1, 'bob'), ask(2, 'bob'), ask(2, 'bob', 'cyd'), ask(3, 'bob', 'cyd')]).toEqual([
    'seats_exhausted',
    'allow',
    'seats_exhausted',
    'allow',
  ])
  // Of a share that became smaller those keep theirs who came first.
  expect([ask(1, 'ann', 'bob'), ask(1, 'bob', 'ann'), ask(2, 'bob', 'ann'), ask(0, 'ann')]).toEqual([
    'allow',
    'seats_exhausted',
    'allow',
    'seats_exhausted',
  ])
  // Nobody is let in over the limit where the share would hold them.
  expect(ask(9, 'bob', 'cyd', 'dan', 'eve')).toBe('seats_exhausted')
})

test('without a hold a seat that was given up is free also by a clock that is behind', () => {
  expect(summary(ask({ named: 1 }, [seat('bob', 0, { freed_at: now + HOUR })]).decision)).toBe('allow')
})

test('a percentage of overage is rounded down', () => {
  const seats = { kind: 'named', for: ['human'], take: 'on use', holdSeconds: 0, outage: 'release' } as const
  expect(seatLimit({ ...seats, count: 25, overage: { kind: 'percent', amount: 10 } })).toBe(27)
  expect(seatLimit({ ...seats, count: 9, overage: { kind: 'percent', amount: 10 } })).toBe(9)
  expect(seatLimit({ ...seats, count: 9, overage: { kind: 'count', amount: 2 } })).toBe(11)
})
