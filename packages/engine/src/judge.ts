import type { Ask } from './ask.ts'
import type { Candidate } from './candidate.ts'
import type { Reason } from './decision.ts'
import { GATES, type Gate } from './gates.ts'
import type { Findings, Verdict } from './verdict.ts'

/** Covered by `enforcement: advise`, `decision.md` section 5; every other reason refuses. */
export const ADVISED: readonly Reason[] = [
  'license_expired',
  'license_past_due',
  'no_seat',
  'seats_exhausted',
  'not_entitled',
  'outside_hours',
  'quota_exhausted',
]

export function advises({ parts }: Candidate): boolean {
  return parts[0].plan.plan.enforcement === 'advise'
}

/** Judges one candidate. Pure and total; `soft` notes what `advise` lets pass. @param gates by depth */
export function judge(candidate: Candidate, ask: Ask, soft: boolean, gates: readonly { readonly judge: Gate }[] = GATES): Verdict {
  const findings: Findings = { soft, notices: [], obligations: [] }
  for (let depth = 0; depth < gates.length; depth++) {
    const refusal = (gates[depth] as { readonly judge: Gate }).judge(candidate, ask, findings)
    if (refusal === undefined) continue
    if (!soft || !ADVISED.includes(refusal.reason)) return { passed: false, depth, reason: refusal.reason, remedies: refusal.remedies }
    findings.notices.push({ type: 'would_refuse', reason: refusal.reason })
  }
  return { passed: true, ...findings }
}
