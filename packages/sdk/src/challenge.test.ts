import { DPOP_ALGORITHMS } from '@writ/license'
import { expect, test } from 'vitest'
import { challenge } from './challenge.ts'
import { type Decision, type Reason, type Remedy, refusal } from './decision.ts'

const now = Date.parse('2026-11-23T09:00:00Z')
const no = (reason: Reason, ...remedies: Remedy[]): Decision => refusal(reason, remedies)

const statuses: { reason: Reason; status: number }[] = [
  { reason: 'step_up_required', status: 401 },
  { reason: 'rate_limited', status: 429 },
  { reason: 'quota_exhausted', status: 429 },
  { reason: 'no_license', status: 402 },
  { reason: 'license_expired', status: 402 },
  { reason: 'license_past_due', status: 402 },
  { reason: 'not_entitled', status: 402 },
  { reason: 'seats_exhausted', status: 402 },
  { reason: 'license_revoked', status: 403 },
  { reason: 'identity_unknown', status: 403 },
  { reason: 'facts_stale', status: 403 },
  { reason: 'quota_unavailable', status: 403 },
]
for (const { reason, status } of statuses)
  test(`${reason} is HTTP ${status}, and behind a gateway that passes 401 and 403 it travels beside one of them`, () => {
    expect(challenge(no(reason)).status).toBe(status)
    const behind = challenge(no(reason), { onlyUnauthorizedAndForbidden: true })
    expect([401, 403]).toContain(behind.status)
    expect(behind.headers['writ-status'] ?? String(behind.status)).toBe(String(status))
  })

test('a step-up says how, as RFC 9470 has it', () => {
  const decision = no('step_up_required', { type: 'step_up', acr_values: ['urn:writ:acr:otp', 'phr'], max_age: 900 })
  expect(challenge(decision).headers).toEqual({
    'www-authenticate':
      'Bearer error="insufficient_user_authentication", error_description="A stronger or fresher proof of identity is needed.", ' +
      'acr_values="urn:writ:acr:otp phr", max_age="900"',
  })
})

test('where tokens are bound to keys it asks for a proof, as RFC 9449 has it', () => {
  const decision = no('step_up_required', { type: 'step_up', acr_values: ['phr'] })
  expect(challenge(decision, { scheme: 'DPoP' }).headers['www-authenticate']).toBe(
    'DPoP error="insufficient_user_authentication", error_description="A stronger or fresher proof of identity is needed.", ' +
      `acr_values="phr", algs="${DPOP_ALGORITHMS.join(' ')}"`,
  )
})

test('what could end a header is left out of it', () => {
  const decision = no('step_up_required', { type: 'step_up', acr_values: ['a"\r\nset-cookie: b\\'] })
  expect(challenge(decision).headers['www-authenticate']).toMatch(/acr_values="aset-cookie:b"$/)
})

test('a rate says in how many seconds, a quota until when', () => {
  expect(challenge(no('rate_limited', { type: 'wait', seconds: 7 })).headers).toEqual({ 'retry-after': '7', ratelimit: '"rate";r=0;t=7' })
  const quota = no('quota_exhausted', { type: 'wait', until: '2026-11-23T09:01:00Z' }, { type: 'upgrade' })
  expect(challenge(quota, { now }).headers).toEqual({ 'retry-after': '60', ratelimit: '"quota";r=0;t=60' })
  expect(challenge(no('quota_exhausted', { type: 'upgrade' })).headers).toEqual({})
})

test('an answer that allows is no challenge', () => {
  expect(() => challenge({ ...no('no_license'), allowed: true })).toThrow(RangeError)
})
