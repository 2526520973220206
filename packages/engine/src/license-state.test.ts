import type { Plan } from '@writ/terms'
import { expect, test } from 'vitest'
import { license, SECOND } from '../test/sample.ts'
import type { LicenseFact } from './index.ts'
import { endOf, licenseState } from './license-state.ts'

const grace = { expirySeconds: 10, paymentSeconds: 20, offlineSeconds: 0 }
const plan = (more: object = {}): Plan => ({ grace: { ...grace, ...more } }) as Plan
const now = 1000 * SECOND
const never = Number.POSITIVE_INFINITY
const ends = now - 5 * SECOND

const cases: { name: string; fact: Partial<LicenseFact>; plan?: Plan; want: object }[] = [
  { name: 'an open end is in force for ever', fact: {}, want: { kind: 'in_force', changes: never } },
  { name: 'an end is exclusive: before it', fact: { ends: now + 1 }, want: { kind: 'in_force', changes: now + 1 } },
  {
    name: 'an end is exclusive: at it',
    fact: { ends: now },
    plan: plan({ expirySeconds: 0 }),
    want: { kind: 'refused', reason: 'license_expired' },
  },
  { name: 'a start is in', fact: { starts: now }, want: { kind: 'in_force', changes: never } },
  {
    name: 'before its start it is scheduled',
    fact: { starts: now + 1 },
    want: { kind: 'refused', reason: 'license_scheduled', until: now + 1, changes: now + 1 },
  },
  {
    name: 'after its end it is in grace',
    fact: { ends },
    want: { kind: 'in_grace', cause: 'expiry', until: now + 5 * SECOND, changes: now + 5 * SECOND },
  },
  {
    name: 'grace is half-open as well',
    fact: { ends: now - 10 * SECOND },
    want: { kind: 'refused', reason: 'license_expired', trial: false, changes: never },
  },
  {
    name: 'after grace it degrades where the plan says so',
    fact: { ends: now - 10 * SECOND },
    plan: plan({ degradeTo: 'free' }),
    want: { kind: 'degraded', changes: never },
  },
  { name: 'and not before', fact: { ends }, plan: plan({ degradeTo: 'free' }), want: { kind: 'in_grace' } },
  {
    name: 'a trial is in force and says so',
    fact: { trial_ends: now + 1 },
    want: { kind: 'in_force', trialUntil: now + 1, changes: now + 1 },
  },
  {
    name: 'a trial has no grace and never degrades',
    fact: { trial_ends: now },
    plan: plan({ degradeTo: 'free' }),
    want: { kind: 'refused', reason: 'license_expired', trial: true },
  },
  {
    name: 'unpaid, it is in grace whatever its end says',
    fact: { past_due_since: now, ends: now - 100 * SECOND },
    want: { kind: 'in_grace', cause: 'payment', until: now + 20 * SECOND, changes: now + 20 * SECOND },
  },
  {
    name: 'unpaid after that grace it is past due, not expired',
    fact: { past_due_since: now - 20 * SECOND, ends: now - 100 * SECOND },
    want: { kind: 'refused', reason: 'license_past_due', changes: never },
  },
  {
    name: 'and does not degrade',
    fact: { past_due_since: now - 20 * SECOND },
    plan: plan({ degradeTo: 'free' }),
    want: { kind: 'refused', reason: 'license_past_due' },
  },
  {
    name: 'an unpaid trial has no grace',
    fact: { past_due_since: now, trial_ends: now + 1 },
    want: { kind: 'refused', reason: 'license_past_due', trial: true },
  },
  {
    name: 'suspended is suspended, whatever else',
    fact: { suspended: true, starts: now + 1, past_due_since: 0 },
    want: { kind: 'refused', reason: 'license_suspended', changes: never },
  },
  {
    name: 'revoked is revoked, also when suspended',
    fact: { revoked_at: now, suspended: true },
    want: { kind: 'refused', reason: 'license_revoked', changes: never },
  },
  {
    name: 'a revocation to come ends what would last longer: in force',
    fact: { revoked_at: now + 1, ends: now + 2 },
    want: { kind: 'in_force', changes: now + 1 },
  },
  { name: 'a revocation to come: in grace', fact: { revoked_at: now + 1, ends }, want: { kind: 'in_grace', changes: now + 1 } },
  {
    name: 'a revocation to come: in grace of payment',
    fact: { revoked_at: now + 1, past_due_since: now },
    want: { kind: 'in_grace', changes: now + 1 },
  },
  {
    name: 'a revocation to come: past due',
    fact: { revoked_at: now + 1, past_due_since: 0 },
    want: { reason: 'license_past_due', changes: now + 1 },
  },
  {
    name: 'a revocation to come: suspended',
    fact: { revoked_at: now + 1, suspended: true },
    want: { reason: 'license_suspended', changes: now + 1 },
  },
  {
    name: 'a revocation to come: scheduled',
    fact: { revoked_at: now + 1, starts: now + 2 },
    want: { reason: 'license_scheduled', changes: now + 1 },
  },
  {
    name: 'a revocation to come: degraded',
    fact: { revoked_at: now + 1, ends: 0 },
    plan: plan({ degradeTo: 'free' }),
    want: { kind: 'degraded', changes: now + 1 },
  },
  { name: 'a revocation to come: expired', fact: { revoked_at: now + 1, ends: 0 }, want: { reason: 'license_expired', changes: now + 1 } },
]
for (const { name, fact, plan: other = plan(), want } of cases)
  test(name, () => {
    expect(licenseState(license('L', fact), other, now)).toMatchObject(want)
  })

test('in force without a trial says nothing of one', () => {
  expect(licenseState(license('L'), plan(), now)).not.toHaveProperty('trialUntil')
})

test('of two ends the sooner counts', () => {
  expect(endOf(license('L'))).toBe(never)
  expect(endOf(license('L', { ends: 5, trial_ends: 3 }))).toBe(3)
  expect(endOf(license('L', { ends: 5 }))).toBe(5)
})
