import type { Plan } from '@writ/terms'
import type { Reason } from './decision.ts'
import type { Instant } from './facts.ts'

/** The state of a licence at an instant, `decision.md` section 4. `changes`: the next instant at which time alone alters it. */
export type LicenseState =
  | { readonly kind: 'in_force'; readonly trialUntil?: Instant; readonly changes: Instant }
  | { readonly kind: 'in_grace'; readonly cause: 'expiry' | 'payment'; readonly until: Instant; readonly changes: Instant }
  | { readonly kind: 'degraded'; readonly changes: Instant }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly until?: Instant; readonly trial: boolean; readonly changes: Instant }

/** What the state of a licence hangs on: a part of its fact. */
export interface LicenseTimes {
  readonly starts: Instant
  readonly ends?: Instant | undefined
  readonly trial_ends?: Instant | undefined
  readonly suspended?: boolean | undefined
  readonly revoked_at?: Instant | undefined
  readonly past_due_since?: Instant | undefined
}

const NEVER = Number.POSITIVE_INFINITY

/** When a licence ends, exclusive; a trial ends at its own end, an open end never. */
export function endOf({ ends, trial_ends }: Pick<LicenseTimes, 'ends' | 'trial_ends'>): Instant {
  return Math.min(ends ?? NEVER, trial_ends ?? NEVER)
}

export function licenseState(license: LicenseTimes, plan: Plan, now: Instant): LicenseState {
  const { starts, revoked_at = NEVER, past_due_since } = license
  const trial = license.trial_ends !== undefined
  if (revoked_at <= now) return { kind: 'refused', reason: 'license_revoked', trial, changes: NEVER }
  const before = (instant: Instant): Instant => Math.min(instant, revoked_at)
  if (license.suspended === true) return { kind: 'refused', reason: 'license_suspended', trial, changes: before(NEVER) }
  if (now < starts) return { kind: 'refused', reason: 'license_scheduled', until: starts, trial, changes: before(starts) }
  const { grace } = plan
  if (past_due_since !== undefined) {
    const until = past_due_since + (trial ? 0 : grace.paymentSeconds * 1000)
    if (now < until) return { kind: 'in_grace', cause: 'payment', until, changes: before(until) }
    return { kind: 'refused', reason: 'license_past_due', trial, changes: before(NEVER) }
  }
  const end = endOf(license)
  if (now < end) return { kind: 'in_force', ...(trial && { trialUntil: end }), changes: before(end) }
  if (!trial) {
    const until = end + grace.expirySeconds * 1000
    if (now < until) return { kind: 'in_grace', cause: 'expiry', until, changes: before(until) }
    if (grace.degradeTo !== undefined) return { kind: 'degraded', changes: before(NEVER) }
  }
  return { kind: 'refused', reason: 'license_expired', trial, changes: before(NEVER) }
}
