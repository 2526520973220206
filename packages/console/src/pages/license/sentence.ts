import type { License } from '../../api/records.ts'
import { atMinute, onDay } from '../../parts/when.ts'

/** What one would say of a licence on the phone. */
export function sentenceOf(license: License, of: string, plan: string): string {
  const { state, starts, ends, trial_ends: trial, revoked_at: revoked, past_due_since: due } = license
  const day = (at: string) => onDay(Date.parse(at))
  const until = trial ?? ends
  switch (state) {
    case 'license_revoked':
      return `${of}'s ${plan} licence was revoked${revoked === undefined ? '' : ` on ${day(revoked)}`}, for good.`
    case 'license_suspended':
      return `${of}'s ${plan} licence is suspended: it refuses everything until it is resumed.`
    case 'license_scheduled':
      return `${of} will be on ${plan} from ${day(starts)}.`
    case 'license_expired':
      return `${of}'s ${plan} ${trial === undefined ? 'licence' : 'trial'} has ended${until === undefined ? '' : `, on ${day(until)}`}.`
    case 'license_past_due':
      return `${of}'s ${plan} licence refuses: a payment is overdue${due === undefined ? '' : ` since ${day(due)}`}, and its grace is over.`
    case 'in_grace':
      return due === undefined
        ? `${of}'s ${plan} licence has ended${until === undefined ? '' : ` on ${day(until)}`} and lives on in grace.`
        : `${of} is on ${plan}, in grace: a payment is overdue since ${day(due)}.`
    case 'degraded':
      return `${of}'s ${plan} licence has ended; what is left is a smaller plan.`
    default:
      return `${of} is on ${trial === undefined ? plan : `a trial of ${plan}`}${until === undefined ? ', without an end' : ` until ${atMinute(Date.parse(until))}`}.`
  }
}
