import type { Decision, Reason } from './decision.ts'

/** Gates 1 and 2 of `decision.md` section 3. */
const ENDED: ReadonlySet<Reason | undefined> = new Set([
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
])

/** A retry is answered as before, whatever the first try used up. But revocation wins: an old yes, sent for again, is no way around it. */
export function hasEnded({ allowed, reason }: Pick<Decision, 'allowed' | 'reason'>): boolean {
  return !allowed && ENDED.has(reason)
}
