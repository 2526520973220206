import type { CompiledEntry, Rate } from '@writ/terms'
import type { Ask } from './ask.ts'
import type { Candidate } from './candidate.ts'
import type { Remedy } from './decision.ts'
import { windowOf } from './quota-window.ts'
import { readyAt, roomFor } from './rate.ts'
import { seatsTaken } from './seats.ts'
import { unitsLeft } from './units-left.ts'
import type { QuotaWindow, RatePart, Spending } from './usage.ts'
import { type Findings, type Refusal, refusal } from './verdict.ts'

/** Gate 8: enough is left of every limit, and nothing goes too fast. Only looks; the ledger takes. */
export function withinQuota(candidate: Candidate, ask: Ask, findings: Findings): Refusal | undefined {
  if (candidate.repair) return undefined
  // A negative amount would give units back, and what is no number is never more than a limit.
  if (!(ask.amount >= 0 && ask.amount < Number.POSITIVE_INFINITY)) return refusal('quota_exhausted')
  const tally: Tally = { admitted: ask.amount, throttled: new Set() }
  const refused = limitFits(candidate, ask, tally) ?? quotaFits(candidate, ask, tally, findings)
  if (refused !== undefined && !(findings.soft && refused.reason === 'quota_exhausted')) return refused
  const tooFast = rateFits(candidate, ask, tally)
  if (tooFast !== undefined) return tooFast
  if (ask.request.partial === true && refused === undefined) findings.admitted = tally.admitted
  noteSpending(candidate, ask, tally, findings)
  return refused
}

interface Tally {
  /** Units let in so far; less than asked only under `partial`. */
  admitted: number
  /** Entries over a limit that slows instead of refusing. */
  readonly throttled: Set<CompiledEntry>
}

/** Of a `limit` feature, `wanted` is the total asked for. */
function limitFits({ feature, parts }: Candidate, ask: Ask, tally: Tally): Refusal | undefined {
  if (feature?.feature.type !== 'limit') return undefined
  for (const { entry } of parts) {
    const value = entry?.entry.value
    if (typeof value !== 'number' || tally.admitted <= value) continue
    if (ask.request.partial !== true || value < 1) return refusal('quota_exhausted', { type: 'upgrade' })
    tally.admitted = value
  }
  return undefined
}

function quotaFits(candidate: Candidate, ask: Ask, tally: Tally, findings: Findings): Refusal | undefined {
  const { license, feature, parts } = candidate
  const meter = feature?.feature.meter
  if (meter === undefined) return undefined
  for (const { entry } of parts) {
    if (entry?.limit === undefined) continue
    const window = windowOf(entry.limit, license.starts, ask.now)
    const most = mostOf(entry, candidate, ask)
    const { then } = entry.entry
    const left = unitsLeft(ask, license.id, meter, window, most, then.kind === 'refuse')
    if (left === undefined) {
      if (then.kind === 'refuse') return refusal('quota_unavailable', { type: 'reconnect' })
      continue
    }
    if (tally.admitted <= left) continue
    ask.horizon.touch(window.until)
    if (then.kind === 'bill') {
      if (!findings.notices.some((notice) => notice.type === 'overage' && notice.feature === ask.featureName)) {
        findings.notices.push({ type: 'overage', feature: ask.featureName })
      }
    } else if (then.kind === 'throttle') tally.throttled.add(entry)
    else {
      const whole = Math.max(0, Math.floor(left))
      if (ask.request.partial !== true || whole < 1) {
        // What others have left, a lease does not tell.
        if (ask.usage.left !== undefined) return refusal('quota_unavailable', { type: 'reconnect' })
        return refusal('quota_exhausted', ...waitOrUpgrade(window.until, ask.amount <= most))
      }
      tally.admitted = whole
    }
  }
  return undefined
}

/** Waiting helps only when a whole new window would hold what is asked. */
function waitOrUpgrade(until: number, waitingHelps: boolean): Remedy[] {
  return waitingHelps ? [{ type: 'wait', until }, { type: 'upgrade' }] : [{ type: 'upgrade' }]
}

function mostOf({ limit }: CompiledEntry, { license }: Candidate, ask: Ask): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY
  return limit.limit.perSeat ? limit.limit.count * Math.max(1, seatsTaken(license, ask)) : limit.limit.count
}

function rateFits(candidate: Candidate, ask: Ask, tally: Tally): Refusal | undefined {
  for (const { entry } of candidate.parts) {
    const rate = rateOf(entry, tally)
    if (rate === undefined) continue
    const part = partHere(candidate.license.id, rate, ask)
    ask.horizon.touch(part.until)
    const ready = readyAt(part.rate, part.arrival, tally.admitted)
    if (ready <= ask.now) continue
    const { partial } = ask.request
    const room = partial === true ? roomFor(part.rate, part.arrival, ask.now) : 0
    if (room < 1) {
      // Where a part is enough, so is the first unit.
      const amount = partial === true ? Math.min(1, tally.admitted) : tally.admitted
      const first = amount > rate.burst ? Number.POSITIVE_INFINITY : Math.min(readyAt(part.rate, part.arrival, amount), part.until)
      if (!Number.isFinite(first)) return refusal('rate_limited')
      ask.horizon.touch(first)
      return refusal('rate_limited', { type: 'wait', seconds: Math.ceil((first - ask.now) / 1000) })
    }
    tally.admitted = room
  }
  return undefined
}

function partHere(license: string, rate: Rate, { usage, featureName, now }: Ask): RatePart {
  const part = usage.part?.(license, featureName, rate, now)
  return part ?? { rate, arrival: usage.arrival(license, featureName, rate), until: Number.POSITIVE_INFINITY }
}

function rateOf(entry: CompiledEntry | undefined, tally: Tally) {
  if (entry === undefined) return undefined
  const { then, rate } = entry.entry
  return tally.throttled.has(entry) && then.kind === 'throttle' ? then.rate : rate
}

/** What the ledger must take if this candidate is the one. Under `advise` a limit is counted, never refused. */
function noteSpending(candidate: Candidate, ask: Ask, tally: Tally, findings: Findings): void {
  const { license, feature, parts } = candidate
  const rates: NonNullable<Spending['rate']>[number][] = []
  for (const { entry } of parts) {
    const rate = rateOf(entry, tally)
    if (rate !== undefined) rates.push({ feature: ask.featureName, rate, amount: tally.admitted })
  }
  if (rates.length > 0) findings.rate = rates
  const meter = feature?.feature.meter
  if (ask.request.consume === undefined || meter === undefined) return
  const windows: QuotaWindow[] = []
  for (const { plan } of parts) {
    for (const counted of plan.windows.get(meter) ?? []) {
      const window = windowOf(counted, license.starts, ask.now)
      if (!windows.some(({ from, until }) => from === window.from && until === window.until)) windows.push(window)
    }
  }
  const capped = windows.map((window) => ({ ...window, ...hardLimitIn(window, candidate, ask) }))
  findings.quota = { meter, amount: tally.admitted, windows: capped }
}

function hardLimitIn(window: QuotaWindow, candidate: Candidate, ask: Ask): { hardLimit?: number } {
  let most = Number.POSITIVE_INFINITY
  for (const { plan, entry } of candidate.parts) {
    if (entry?.limit === undefined || entry.entry.then.kind !== 'refuse' || plan.plan.enforcement === 'advise') continue
    const own = windowOf(entry.limit, candidate.license.starts, ask.now)
    if (own.from === window.from && own.until === window.until) most = Math.min(most, mostOf(entry, candidate, ask))
  }
  return Number.isFinite(most) ? { hardLimit: most } : {}
}
