import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryScene, worldOf as worldOfScene } from '../test/arbitrary-scene.ts'
import { DAY, edition, HOUR, identity, license, noUsage, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Reason } from './index.ts'

const now = 100 * DAY

/** `decision.md` section 3, "Remedies by reason". */
const REMEDIES: Partial<Record<Reason, readonly string[]>> = {
  no_license: ['buy'],
  license_expired: ['renew', 'buy'],
  license_past_due: ['renew', 'buy'],
  license_suspended: ['contact'],
  license_revoked: ['contact'],
  license_scheduled: ['wait'],
  outside_hours: ['wait'],
  rate_limited: ['wait'],
  no_seat: ['assign_seat'],
  seats_exhausted: ['upgrade'],
  not_entitled: ['upgrade', 'renew'],
  not_permitted: ['request_access'],
  approval_required: ['request_access'],
  quota_exhausted: ['wait', 'upgrade'],
  step_up_required: ['step_up'],
  assurance_unreachable: ['enrol'],
  needs_unreachable: ['reconnect'],
  facts_stale: ['reconnect'],
  check_in_overdue: ['reconnect'],
  clock_turned_back: ['reconnect'],
  quota_unavailable: ['reconnect'],
  device_mismatch: ['reactivate'],
}

test('every reason has the remedies of the table and no other', () => {
  const seen = new Set<Reason>()
  fc.assert(
    fc.property(arbitraryScene(), (scene) => {
      const world = worldOfScene(scene)
      for (const request of scene.requests) {
        const { reason, remedies } = decide(world, scene.usage, request, scene.now)
        if (reason === undefined) expect(remedies).toEqual([])
        else for (const { type } of remedies) expect(REMEDIES[reason] ?? [], `${type} for ${reason}`).toContain(type)
        if (reason !== undefined) seen.add(reason)
      }
    }),
    { numRuns: 200 },
  )
  expect(seen.size).toBeGreaterThan(10)
}, 60_000)

test('a licence of another product is no candidate', () => {
  const other = { ...termsOf({}), product: 'kayak' }
  const world = worldOf(edition(termsOf({})), edition(other), identity('ann'), license('K', { product: 'kayak' }))
  expect(decide(world, noUsage, { identity: 'ann', feature: `${termsOf({}).product}:cross` }, now)).toMatchObject({
    allowed: false,
    reason: 'no_license',
  })
  expect(decide(world, noUsage, { identity: 'ann', feature: 'kayak:cross' }, now)).toMatchObject({ allowed: true, license: 'K' })
})

test('two candidates with one remedy answer it once', () => {
  const world = worldOf(edition(termsOf({})), identity('ann'), license('L', { ends: now - DAY }), license('M', { ends: now - HOUR }))
  expect(decide(world, noUsage, { identity: 'ann', feature: 'cross' }, now).remedies).toEqual([{ type: 'renew' }])
})

test('offline grace is 24 hours where terms say nothing', () => {
  const world = worldOf(edition(termsOf({})), identity('ann'), license('L'))
  const at = (staleSince: number) => {
    world.standing = { staleSince }
    return decide(world, noUsage, { identity: 'ann', feature: 'cross' }, now)
  }
  expect(at(now - DAY + 1)).toMatchObject({ allowed: true, expires: now + 1 })
  expect(at(now - DAY)).toMatchObject({ allowed: false, reason: 'facts_stale' })
})

test('a step up without age and signal carries no max_age', () => {
  const assurance = { word: { acr: 'urn:1', any_of: ['pwd'] } }
  const plans = { day: { title: 'Day', includes: { cross: { assurance: 'word' } } } }
  const world = worldOf(edition(termsOf({ assurance, plans })), identity('ann'), license('L'))
  expect(decide(world, noUsage, { identity: 'ann', feature: 'cross' }, now).remedies).toEqual([{ type: 'step_up', acr_values: ['urn:1'] }])
})
