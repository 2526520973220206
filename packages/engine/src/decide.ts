import { type Ask, Horizon } from './ask.ts'
import { type Candidate, candidatesOf } from './candidate.ts'
import type { Decision, Notice, Reason, Remedy, Request } from './decision.ts'
import type { Instant } from './facts.ts'
import { advises, judge } from './judge.ts'
import { prepare } from './prepare.ts'
import type { Spending, Usage } from './usage.ts'
import type { Verdict } from './verdict.ts'
import type { World } from './world.ts'

/** A decision, and what the ledger must take before it may be promised. */
export interface Proposal {
  readonly decision: Decision
  /** Present when the answer allows: an empty one takes nothing. */
  readonly spending?: Spending
}

/** Looks ahead this often for an instant at which the answer really changes; past it `expires` is early, never late. */
export const MAX_LOOKS = 64

/**
 * Answers one question. Pure, synchronous and total: no clock, no I/O, never throws.
 * @param now epoch milliseconds, UTC. The caller owns the clock
 * @returns equal answers for equal (revision, usage, request, now)
 */
export function decide(world: World, usage: Usage, request: Request, now: Instant): Decision {
  return propose(world, usage, request, now).decision
}

/** `decide(…).allowed`, without the look ahead for `expires`: for asking about many at once. */
export function isAllowed(world: World, usage: Usage, request: Request, now: Instant): boolean {
  return answer(world, usage, request, now).decision.allowed
}

/**
 * {@link decide}, with what one commit must take if the answer is to be kept.
 * @param takes whoever asks takes it at once: an answer that takes units is never reusable, so nobody looks ahead for when it expires
 */
export function propose(world: World, usage: Usage, request: Request, now: Instant, takes = false): Proposal {
  const first = answer(world, usage, request, now)
  const { decision, spending } = first
  if (takes && (spending?.quota !== undefined || spending?.rate !== undefined)) return { decision, spending }
  const expires = expiry(first, world, usage, request)
  if (expires !== undefined) (decision as Writable<Decision>).expires = expires
  return spending === undefined ? { decision } : { decision, spending }
}

export interface Answer extends Proposal {
  readonly horizon: Horizon
}

/** The answer at one instant, and where to look for the next. */
export function answer(world: World, usage: Usage, request: Request, now: Instant): Answer {
  const horizon = new Horizon(now)
  const prepared = prepare(world, usage, request, now, horizon)
  if ('reason' in prepared) return { decision: refused(world.revision, prepared.reason, prepared.remedies ?? []), horizon }
  const candidates = candidatesOf(prepared)
  for (const candidate of candidates) {
    const verdict = judge(candidate, prepared, false)
    if (verdict.passed) {
      // Where one pair of a degraded licence ends, the next pair may go on with the same entry.
      if (candidate.parts.length > 1) horizon.certain = false
      return { ...allowed(candidate, verdict, prepared), horizon }
    }
    // What a failed candidate's findings hung on ends no pass.
    horizon.certain = false
  }
  const settled = settle(candidates, prepared)
  // What is softened already does not end where a second refusal of the same kind begins.
  horizon.certain = false
  return { ...settled, horizon }
}

/** No candidate passes whole: those that only advise are softened, and the one that got furthest gives the reason. */
function settle(candidates: readonly Candidate[], ask: Ask): Proposal {
  const failures: { candidate: Candidate; verdict: Extract<Verdict, { passed: false }> }[] = []
  for (const candidate of candidates) {
    const verdict = judge(candidate, ask, advises(candidate))
    if (verdict.passed) return allowed(candidate, verdict, ask)
    failures.push({ candidate, verdict })
  }
  let furthest = failures[0]
  if (furthest === undefined) return { decision: refused(ask.world.revision, 'no_license', [{ type: 'buy' }]) }
  for (const failure of failures) if (gotFurther(failure.verdict, furthest.verdict)) furthest = failure
  const { candidate, verdict } = furthest
  const remedies = distinct(
    failures
      .filter(({ verdict: { depth, reason } }) => depth === verdict.depth && reason === verdict.reason)
      .flatMap((f) => f.verdict.remedies),
  )
  return { decision: { ...refused(ask.world.revision, verdict.reason, remedies), ...named(candidate) } }
}

function gotFurther(a: Extract<Verdict, { passed: false }>, b: Extract<Verdict, { passed: false }>): boolean {
  if (a.depth !== b.depth) return a.depth > b.depth
  return a.reason === 'step_up_required' && b.reason === 'assurance_unreachable'
}

function allowed(candidate: Candidate, verdict: Extract<Verdict, { passed: true }>, { world }: Ask): Required<Proposal> {
  const { notices, obligations, value, admitted, grant, seat, quota, rate } = verdict
  const decision: Writable<Decision> = {
    allowed: true,
    remedies: NOTHING,
    obligations,
    notices,
    ...named(candidate),
    revision: world.revision,
  }
  if (value !== undefined) decision.value = value
  if (admitted !== undefined) decision.admitted = admitted
  if (grant !== undefined) decision.grant = grant
  const spending: Writable<Spending> = { license: candidate.license.id }
  if (seat !== undefined) spending.seat = seat
  if (quota !== undefined) spending.quota = quota
  if (rate !== undefined) spending.rate = rate
  return { decision, spending }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const NOTHING: readonly never[] = []

function named({ license, parts }: Candidate): Pick<Decision, 'license' | 'entry' | 'edition'> {
  const { id, edition } = license
  const { entry } = parts[0]
  return entry === undefined ? { license: id, edition } : { license: id, entry: entry.index, edition }
}

function refused(revision: number, reason: Reason, remedies: readonly Remedy[]): Decision {
  return { allowed: false, reason, remedies, obligations: [], notices: [], revision }
}

function distinct(remedies: readonly Remedy[]): Remedy[] {
  const seen = new Set<string>()
  return remedies.filter((remedy) => {
    const key = JSON.stringify(remedy)
    return !seen.has(key) && seen.add(key)
  })
}

/** The first instant at which time alone changes the answer: step from boundary to boundary until it does. */
function expiry(first: Answer, world: World, usage: Usage, request: Request): Instant | undefined {
  let { soonest, certain } = first.horizon
  if (certain && first.decision.allowed) return soonest
  for (let look = 0; look < MAX_LOOKS; look++) {
    if (!Number.isFinite(soonest)) return undefined
    const later = answer(world, usage, request, soonest)
    if (!sameAnswer(first.decision, later.decision)) return soonest
    soonest = later.horizon.soonest
  }
  return soonest
}

/** Equal in allowed, reason, license, entry, notices and remedies; a remedy's `seconds` and `max_age` are left aside. */
function sameAnswer(a: Decision, b: Decision): boolean {
  return (
    a.allowed === b.allowed &&
    a.reason === b.reason &&
    a.license === b.license &&
    a.entry === b.entry &&
    sameList(a.notices, b.notices) &&
    sameList(distinct(a.remedies.map(timeless)), distinct(b.remedies.map(timeless)))
  )
}

function timeless(remedy: Remedy): Remedy {
  if (remedy.type === 'wait' && remedy.seconds !== undefined) return { type: 'wait' }
  if (remedy.type === 'step_up') return { type: 'step_up', acr_values: remedy.acr_values }
  return remedy
}

function sameList(a: readonly (Notice | Remedy)[], b: readonly (Notice | Remedy)[]): boolean {
  return (a.length === 0 && b.length === 0) || JSON.stringify(a) === JSON.stringify(b)
}
