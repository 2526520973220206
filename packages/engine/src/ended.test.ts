import { expect, test } from 'vitest'
import { hasEnded, type Reason } from './index.ts'

const ENDED = [
  'identity_unknown',
  'identity_suspended',
  'identity_revoked',
  'risk_denied',
  'no_license',
  'license_scheduled',
  'license_expired',
  'license_past_due',
  'license_suspended',
  'license_revoked',
] as const satisfies readonly Reason[]

test.each(ENDED)('%s ends what was answered before', (reason) => {
  expect(hasEnded({ allowed: false, reason })).toBe(true)
})

const STANDING = [
  'facts_stale',
  'check_in_overdue',
  'clock_turned_back',
  'license_file_invalid',
  'device_mismatch',
  'feature_unknown',
  'command_unknown',
  'resource_unknown',
  'organization_required',
  'no_seat',
  'seats_exhausted',
  'not_entitled',
  'not_permitted',
  'outside_hours',
  'outside_region',
  'outside_network',
  'condition_failed',
  'context_missing',
  'needs_refused',
  'needs_unreachable',
  'outside_mandate',
  'quota_exhausted',
  'quota_unavailable',
  'rate_limited',
  'approval_required',
  'step_up_required',
  'assurance_unreachable',
] as const satisfies readonly Exclude<Reason, (typeof ENDED)[number]>[]

test.each(STANDING)('%s does not: a retry used it up itself, or mends it', (reason) => {
  expect(hasEnded({ allowed: false, reason })).toBe(false)
})

test('a yes ends nothing, nor does a no whose reason is not told', () => {
  expect(hasEnded({ allowed: true })).toBe(false)
  expect(hasEnded({ allowed: true, reason: 'no_license' })).toBe(false)
  expect(hasEnded({ allowed: false })).toBe(false)
})
