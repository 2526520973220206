import type { CompiledTerms, Need, SignalEffect } from '@writ/terms'
import type { Ask } from './ask.ts'
import type { Candidate } from './candidate.ts'
import type { Proof, Remedy } from './decision.ts'
import type { Instant, SignalFact } from './facts.ts'
import { type Refusal, refusal } from './verdict.ts'

/** The name of a signal that could not be computed; `on_failure` says what it does. */
const FAILED = 'failed'

export function effectOf(signal: SignalFact, { terms }: CompiledTerms): SignalEffect | undefined {
  return signal.name === FAILED ? terms.onSignalFailure : terms.signals.get(signal.name)?.effect
}

/** Whether a signal of an identity closes everything, whatever its session, until it is withdrawn. */
export function refusedBySignal(row: number, terms: CompiledTerms, ask: Ask): boolean {
  let refused = false
  for (const signal of ask.world.signalsOf(row)) {
    if (effectOf(signal, terms)?.kind !== 'refuse') continue
    if (signal.at <= ask.now) refused = true
    else ask.horizon.touch(signal.at)
  }
  return refused
}

/** What must be proven: a rank in the ladder of levels, an age, and the instant before which no proof counts. */
export interface Bar {
  rank: number
  ageMilliseconds: number
  since: Instant
}

/** The newest edition for a candidate. One that is staged is it for whoever is on it, as it will be for all. */
export function newestFor({ license, terms }: Candidate, { product }: Ask): CompiledTerms {
  return license.edition > product.newestEdition ? terms : product.newest
}

/** Protective terms take the newest edition where stricter, so ranks are read there first. */
function rankOf(level: string, candidate: Candidate, ask: Ask): number {
  return newestFor(candidate, ask).ranks.get(level) ?? candidate.terms.ranks.get(level) ?? Number.POSITIVE_INFINITY
}

export function barFor(candidate: Candidate, ask: Ask): Bar {
  const bar: Bar = { rank: -1, ageMilliseconds: Number.POSITIVE_INFINITY, since: Number.NEGATIVE_INFINITY }
  const need = (wanted: Need | undefined): void => {
    if (wanted === undefined) return
    bar.rank = Math.max(bar.rank, rankOf(wanted.level, candidate, ask))
    if (wanted.ageMilliseconds !== undefined) bar.ageMilliseconds = Math.min(bar.ageMilliseconds, wanted.ageMilliseconds)
  }
  need(candidate.feature?.minimum)
  const newest = newestFor(candidate, ask)
  if (candidate.terms !== newest) need(newest.features.get(ask.featureName)?.minimum)
  for (const { entry } of candidate.parts) need(entry?.need)
  for (const signal of ask.raised) {
    let raised = false
    for (const terms of [candidate.terms, newest]) {
      const effect = effectOf(signal, terms)
      if (effect?.kind !== 'require') continue
      need({ level: effect.level })
      raised = true
    }
    if (raised) bar.since = Math.max(bar.since, signal.at)
  }
  return bar
}

/** Gate 10: a proof is strong and fresh enough, `decision.md` section 6. */
export function proven(candidate: Candidate, ask: Ask): Refusal | undefined {
  const bar = barFor(candidate, ask)
  if (bar.rank < 0) return undefined
  let lasts: Instant | undefined
  let next = Number.POSITIVE_INFINITY
  for (const proof of ask.request.proofs ?? []) {
    if (!counts(proof, bar, candidate, ask)) continue
    const until = proof.at + bar.ageMilliseconds
    if (proof.at > ask.now) next = Math.min(next, proof.at)
    else if (ask.now < until) lasts = Math.max(lasts ?? until, until)
  }
  if (lasts !== undefined) {
    // A later proof that begins in time takes over, and then nothing ends here.
    if (next <= lasts) ask.horizon.touch(lasts)
    else ask.horizon.bound(lasts)
    return undefined
  }
  ask.horizon.touch(next)
  return reachable(candidate, bar.rank, ask)
    ? refusal('step_up_required', stepUp(candidate, bar, ask))
    : refusal('assurance_unreachable', { type: 'enrol' })
}

/** Whether some proof could pass, given now: the identity has a factor for it, or it is not known which it has. */
export function provable(candidate: Candidate, ask: Ask): Refusal | undefined {
  const { rank } = barFor(candidate, ask)
  if (rank < 0) return undefined
  const known = rank !== Number.POSITIVE_INFINITY && ask.world.identities.factors(ask.identity) === undefined
  return known || reachable(candidate, rank, ask) ? undefined : refusal('assurance_unreachable', { type: 'enrol' })
}

/** Strong enough, of this session and device, and no answer given before the signal it must answer. */
function counts(proof: Proof, bar: Bar, candidate: Candidate, ask: Ask): boolean {
  if (proof.at < bar.since || (proof.session ?? undefined) !== (ask.session ?? undefined)) return false
  if (proof.device !== undefined && proof.device !== ask.device) return false
  const rank = rankOf(proof.level, candidate, ask)
  return rank >= bar.rank && rank !== Number.POSITIVE_INFINITY
}

function reachable(candidate: Candidate, rank: number, ask: Ask): boolean {
  const factors = ask.world.identities.factors(ask.identity)
  const known = (level: string): boolean => {
    const reached = rankOf(level, candidate, ask)
    return reached >= rank && reached !== Number.POSITIVE_INFINITY
  }
  return factors === undefined ? ladder(candidate, ask).some(({ name }) => known(name)) : factors.some(known)
}

function ladder(candidate: Candidate, ask: Ask) {
  const { levels } = newestFor(candidate, ask).terms
  return levels.length > 0 ? levels : candidate.terms.terms.levels
}

function stepUp(candidate: Candidate, { rank, ageMilliseconds, since }: Bar, ask: Ask): Remedy {
  const wouldDo = ladder(candidate, ask).filter(({ name }) => rankOf(name, candidate, ask) >= rank)
  const age = Math.min(Math.floor(ageMilliseconds / 1000), Math.floor((ask.now - since) / 1000))
  return { type: 'step_up', acr_values: wouldDo.map(({ acr }) => acr), ...(Number.isFinite(age) && { max_age: age }) }
}
