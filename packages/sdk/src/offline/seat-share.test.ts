import { type Change, World } from '@writ/engine'
import { type LicenseClaims, worldFacts } from '@writ/license'
import { hash, parse, show } from '@writ/terms'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { DeviceGuard } from './device-guard.ts'
import { OfflineWrit } from './offline-writ.ts'
import { type SeatsHere, SeatsInProcess } from './seats-here.ts'

const NOW = Date.parse('2026-11-23T09:00:00Z')
const MINUTE = 60_000
const PEOPLE = ['ann', 'ben', 'cat', 'dan', 'eve']
let claims: LicenseClaims

beforeAll(async () => {
  const { terms } = parse(`
terms: 1
product: ferry
title: Ferry
features: { view: { title: View } }
roles: { crew: ['*'] }
plans: { day: { title: Day, seats: { floating: 4, overage: 1, lease: 10 minutes }, grace: { offline: 30 days }, includes: { view: {} } } }
`)
  if (terms === undefined) throw new Error('the terms of the test have a fault')
  claims = {
    iss: 'writ:test',
    iat: NOW / 1000,
    jti: 'f1',
    license: 'L1',
    product: 'ferry',
    plan: 'day',
    edition: 1,
    terms_hash: await hash(terms),
    terms: show(terms),
    holder: { organization: 'acme' },
    starts: NOW - MINUTE,
    identities: 'asserted',
  }
})

function opened(share?: LicenseClaims['share'], seats?: SeatsHere) {
  const time = { now: NOW }
  const guard = seats && { guard: { seats, key: '', time: { look: () => 'holds' } } as unknown as DeviceGuard }
  const world = new World()
  const file = { ...claims, ...(share !== undefined && { share }) }
  world.apply({ revision: 1, facts: worldFacts(file) as Change['facts'] })
  const writ = new OfflineWrit({ claims: file, world, clock: () => time.now, ...guard })
  for (const id of PEOPLE) writ.vouch({ id, roles: ['crew'] })
  const ask = async (identity: string) => {
    const { allowed, reason, notices } = await writ.check({ identity, feature: 'ferry:view' })
    return allowed ? ['yes', ...notices.flatMap(({ type }) => (type === 'stale' ? [] : [type]))].join(' ') : reason
  }
  return { time, writ, ask }
}

test('a device lets in as many at a time as it has seats, whatever the licence has', async () => {
  const { writ, ask, time } = opened({ seats: 2 })
  expect([await ask('ann'), await ask('ben'), await ask('cat'), await ask('ann')]).toEqual(['yes', 'yes', 'seats_exhausted', 'yes'])
  expect(await writ.releaseSeats(['ann', 'cat'])).toEqual(['ann'])
  expect([await ask('cat'), await ask('ann')]).toEqual(['yes', 'seats_exhausted'])
  time.now += 6 * MINUTE
  expect(await writ.holdSeats(['ben', 'eve'])).toEqual(['ben'])
  time.now += 5 * MINUTE
  expect([await ask('ann'), await ask('cat'), await ask('ben')]).toEqual(['yes', 'seats_exhausted', 'yes'])
})

test('whoever has a seat keeps it when a fresh file is opened, so nobody else has it twice', async () => {
  const seats = new SeatsInProcess()
  expect(await opened({ seats: 1 }, seats).ask('ann')).toBe('yes')
  const fresh = opened({ seats: 1 }, seats)
  expect([await fresh.ask('ben'), await fresh.ask('ann')]).toEqual(['seats_exhausted', 'yes'])
  const wider = opened({ seats: 3 }, seats)
  expect([await wider.ask('ben'), await wider.ask('cat')]).toEqual(['yes', 'yes'])
  const smaller = opened({ seats: 2 }, seats)
  expect(await Promise.all(['ann', 'ben', 'cat'].map(smaller.ask))).toEqual(['yes', 'yes', 'seats_exhausted'])
})

test('of no seats nobody is let in, and a file that says nothing of them has all that are sold', async () => {
  expect(await opened({ seats: 0 }).ask('ann')).toBe('seats_exhausted')
  const { ask } = opened()
  expect(await Promise.all(PEOPLE.map(ask))).toEqual(['yes', 'yes', 'yes', 'yes', 'yes overage'])
})

test('in any history no more people have a seat at once than the share is', async () => {
  const deed = fc.record({ what: fc.constantFrom('ask', 'ask', 'hold', 'release', 'wait'), who: fc.nat(4), minutes: fc.nat(8) })
  const seen = new Set<number>()
  await fc.assert(
    fc.asyncProperty(fc.nat(3), fc.array(deed, { maxLength: 40 }), async (seats, history) => {
      const { writ, ask, time } = opened({ seats })
      const until = new Map<string, number>()
      const isSeated = (who: string) => (until.get(who) ?? 0) > time.now
      for (const { what, who: index, minutes } of history) {
        const who = PEOPLE[index] as string
        const taken = PEOPLE.filter(isSeated).length
        if (what === 'wait') time.now += minutes * MINUTE
        else if (what === 'ask') {
          const mayHave = isSeated(who) || taken < seats
          expect(await ask(who)).toBe(mayHave ? 'yes' : 'seats_exhausted')
          if (mayHave) until.set(who, time.now + 10 * MINUTE)
        } else if (what === 'hold') {
          expect(await writ.holdSeats([who])).toEqual(isSeated(who) ? [who] : [])
          if (isSeated(who)) until.set(who, time.now + 10 * MINUTE)
        } else {
          expect(await writ.releaseSeats([who])).toEqual(isSeated(who) ? [who] : [])
          until.delete(who)
        }
        const now = PEOPLE.filter(isSeated).length
        expect(now).toBeLessThanOrEqual(seats)
        seen.add(now)
      }
    }),
    { numRuns: 200, seed: 3 },
  )
  expect([...seen].sort()).toEqual([0, 1, 2, 3])
})
