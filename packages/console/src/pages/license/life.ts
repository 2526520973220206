import type { PlanTerms } from '../../api/contract.ts'
import { milliseconds } from '../../api/duration.ts'
import type { License } from '../../api/records.ts'
import type { Mark, Span } from '../../parts/time-line.tsx'

/** The life of a licence as spans on a line of time: its dates, and the grace that its plan gives. */
export function lifeOf(license: License, plan?: PlanTerms): { spans: Span[]; marks: Mark[] } {
  const { starts, ends, trial_ends: trial, revoked_at: revoked, past_due_since: due, suspended, created_at: created } = license
  const from = Date.parse(starts)
  const cut = instant(revoked)
  const trialEnds = instant(trial)
  const paidUntil = instant(due)
  const end = trialEnds === undefined ? instant(ends) : undefined
  const before = (at: number | undefined) => (cut === undefined ? at : Math.min(at ?? cut, cut))
  const spans: Span[] = []
  const add = (span: Span) => {
    if (span.until === undefined || span.until > span.from) spans.push(span)
  }

  if (trialEnds !== undefined) add({ from, until: before(trialEnds), tone: 'good', says: 'Trial' })
  else add({ from, until: before(paidUntil ?? end), tone: suspended ? 'bad' : 'good', says: suspended ? 'Suspended' : 'In force' })
  if (paidUntil !== undefined) {
    const graceEnds = paidUntil + milliseconds(plan?.grace?.payment)
    add({ from: paidUntil, until: before(graceEnds), tone: 'warn', says: 'Grace for payment' })
    add({ from: graceEnds, until: before(end), tone: 'bad', says: 'Past due' })
  } else if (end !== undefined) {
    add({ from: end, until: before(end + milliseconds(plan?.grace?.expiry)), tone: 'warn', says: 'Grace' })
  }
  const marks = [
    { at: Date.parse(created), says: 'Issued' },
    ...(cut === undefined ? [] : [{ at: cut, says: 'Revoked' }]),
    ...(end === undefined ? [] : [{ at: end, says: 'Ends' }]),
  ]
  return { spans, marks }
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text)
}
