import { endOf, formatInstant, type Instant, type LicenseFact, type LicenseRecord } from '@writ/engine'
import type { Plan } from '@writ/terms'
import type { NewEvent } from './event.ts'
import { licenseEvent } from './license-event.ts'

export const DAY = 86_400_000

/** How many days before an end it is warned of. */
const DAYS_BEFORE = [1, 7, 30]
/** An end is told for so long: longer than any node is away. */
const TOLD_FOR = 7 * DAY

type Times = Pick<LicenseRecord, 'starts'> & Partial<Pick<LicenseRecord, 'ends' | 'trial_ends' | 'revoked_at' | 'past_due_since'>>
type Ends = Times & { readonly fact: LicenseFact }

/**
 * What is to be told of the ends of a licence at this moment: of those that come, the nearest mark that has been passed, and of those that
 * were. Each has a key of the licence, the mark and the end, so that it is told once, and again once the end is another.
 */
export function endingsOf(license: Ends, plan: Plan, now: Instant): NewEvent[] {
  if (license.revoked_at !== undefined) return []
  const end = endOf(license)
  const told: NewEvent[] = []
  const tell = (of: 'license' | 'trial' | 'grace', at: Instant, since: Instant) => {
    const { fact } = license
    const row = {
      ...fact,
      organization: fact.organization ?? null,
      holder: fact.holder ?? null,
      ends: fact.ends ?? null,
      trial_ends: fact.trial_ends ?? null,
    }
    if (now >= at) {
      if (now < at + TOLD_FOR)
        told.push({ ...licenseEvent('license.ended', row, { of, at: formatInstant(at) }), key: `ended:${fact.id}:${of}:${at}` })
      return
    }
    const days = DAYS_BEFORE.find((each) => now >= at - each * DAY)
    // A mark from before it began would warn of a trial on its first day.
    if (days === undefined || at - days * DAY <= since) return
    told.push({
      ...licenseEvent('license.ending_soon', row, { of, at: formatInstant(at), days }),
      key: `ending:${fact.id}:${of}:${at}:${days}`,
    })
  }
  if (Number.isFinite(end)) tell(license.trial_ends !== undefined && license.trial_ends === end ? 'trial' : 'license', end, license.starts)
  const graceEnd = graceEndOf(license, plan, end)
  if (graceEnd !== undefined && now >= graceEnd.from) tell('grace', graceEnd.until, graceEnd.from)
  return told
}

/** The grace that runs, or ran. */
function graceEndOf(license: Times, { grace }: Plan, end: Instant): { from: Instant; until: Instant } | undefined {
  const { past_due_since, trial_ends } = license
  if (trial_ends !== undefined) return undefined
  if (past_due_since !== undefined) return spanOf(past_due_since, grace.paymentSeconds)
  return Number.isFinite(end) ? spanOf(end, grace.expirySeconds) : undefined
}

function spanOf(from: Instant, seconds: number): { from: Instant; until: Instant } | undefined {
  return seconds > 0 ? { from, until: from + seconds * 1000 } : undefined
}
