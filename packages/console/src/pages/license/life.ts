import type { License } from '../../api/records.ts'
import type { Mark, Span } from '../../parts/time-line.tsx'

/** The life of a licence as spans on a line of time, from its dates. Grace is known only while it runs: the terms say how long. */
export function lifeOf(license: License): { spans: Span[]; marks: Mark[] } {
  const { starts, ends, trial_ends: trial, revoked_at: revoked, past_due_since: due, suspended, created_at: created } = license
  const at = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text))
  const from = Date.parse(starts)
  const cut = at(revoked) ?? at(ends)
  const paid = at(due)
  const spans: Span[] = []
  const trialEnds = at(trial)
  if (trialEnds !== undefined) spans.push({ from, until: trialEnds, tone: 'good', says: 'Trial' })
  const begins = trialEnds ?? from
  const until = paid ?? cut
  if (until === undefined || until > begins)
    spans.push({ from: begins, until, tone: suspended ? 'bad' : 'good', says: suspended ? 'Suspended' : 'In force' })
  if (paid !== undefined) spans.push({ from: paid, until: cut, tone: 'warn', says: 'Payment overdue' })
  return {
    spans,
    marks: [{ at: Date.parse(created), says: 'Issued' }, ...(revoked === undefined ? [] : [{ at: Date.parse(revoked), says: 'Revoked' }])],
  }
}
