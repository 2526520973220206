import { type CompiledEntry, selects } from '@writ/terms'
import type { Ask } from './ask.ts'
import { proven, refusedBySignal } from './assurance.ts'
import type { Candidate, Part } from './candidate.ts'
import { inContext, judgeWithGrant, requestConditions } from './conditions.ts'
import type { Remedy } from './decision.ts'
import { coveringGrants } from './grants.ts'
import { seatLimit, seatStanding } from './seats.ts'
import { withinQuota } from './spend-gate.ts'
import { type Findings, type Refusal, refusal } from './verdict.ts'

export type Gate = (candidate: Candidate, ask: Ask, findings: Findings) => Refusal | undefined

/** The order is policy: an earlier gate names the reason before a later one. `decision.md` section 3; an index is the gate's number there. */
export const GATES = [
  { name: 'facts', judge: factsHold },
  { name: 'identity', judge: identityStands },
  { name: 'license', judge: inForce },
  { name: 'seat', judge: holdsSeat },
  { name: 'entitlement', judge: included },
  { name: 'role', judge: permitted },
  { name: 'context', judge: inContext },
  { name: 'needs', judge: needsMet },
  { name: 'quota', judge: withinQuota },
  { name: 'approval', judge: approved },
  { name: 'assurance', judge: proven },
] as const satisfies readonly { name: string; judge: Gate }[]

function factsHold({ license, parts, feature, end }: Candidate, ask: Ask, findings: Findings): Refusal | undefined {
  const { staleSince } = ask.world.standing
  if (staleSince === undefined) return undefined
  ask.horizon.touch(staleSince)
  if (staleSince > ask.now) return undefined
  findings.notices.push({ type: 'stale', since: staleSince })
  if (feature?.feature.unreachable === 'open') return undefined
  const { grace } = parts[0].plan.plan
  // Offline grace never outlives the licence's end and its grace.
  const until = Math.min(
    staleSince + grace.offlineSeconds * 1000,
    end + (license.trial_ends === undefined ? grace.expirySeconds * 1000 : 0),
  )
  ask.horizon.bound(until)
  return ask.now < until ? undefined : refusal('facts_stale', { type: 'reconnect' })
}

/** The newest edition's signals were judged before any candidate; those of the edition that was sold are where they are stricter. */
function identityStands({ terms }: Candidate, ask: Ask): Refusal | undefined {
  if (terms === ask.product.newest) return undefined
  const refused = refusedBySignal(ask.identity, terms, ask) || (ask.actor !== undefined && refusedBySignal(ask.actor, terms, ask))
  return refused ? refusal('risk_denied') : undefined
}

/** An ended, unpaid or not yet begun licence leaves its repair features open; a suspended or revoked one does not. */
const REPAIRABLE: readonly string[] = ['license_expired', 'license_past_due', 'license_scheduled']

function inForce({ state, parts, repair }: Candidate, ask: Ask, { notices }: Findings): Refusal | undefined {
  if (repair) ask.horizon.touch(state.changes)
  else ask.horizon.bound(state.changes)
  switch (state.kind) {
    case 'in_force':
      if (state.trialUntil !== undefined) notices.push({ type: 'trial', until: state.trialUntil })
      return undefined
    case 'in_grace':
      notices.push({ type: 'in_grace', cause: state.cause, until: state.until })
      return undefined
    case 'degraded':
      notices.push({ type: 'degraded', plan: parts[1]?.plan.name ?? parts[0].plan.plan.grace.degradeTo ?? '' })
      return undefined
    case 'refused':
      if (repair && REPAIRABLE.includes(state.reason)) return undefined
      return refusal(state.reason, ...licenseRemedies(state))
  }
}

function licenseRemedies({ reason, until, trial }: Extract<Candidate['state'], { kind: 'refused' }>): Remedy[] {
  if (reason === 'license_scheduled') return until === undefined ? [] : [{ type: 'wait', until }]
  if (reason === 'license_suspended' || reason === 'license_revoked') return [{ type: 'contact' }]
  return [{ type: trial ? 'buy' : 'renew' }]
}

function holdsSeat({ license, parts, repair, personal }: Candidate, ask: Ask, findings: Findings): Refusal | undefined {
  const { seats } = (parts[1] ?? parts[0]).plan.plan
  if (repair || personal || seats === undefined || !seats.for.includes(ask.world.identities.kind(ask.identity))) return undefined
  const { rank, unavailable } = seatStanding(license, seats, ask)
  const position = rank ?? unavailable
  if (position >= seatLimit(seats)) return refusal('seats_exhausted', { type: 'upgrade' })
  if (rank === undefined && seats.take === 'by admin') return refusal('no_seat', { type: 'assign_seat' })
  if (position >= seats.count) findings.notices.push({ type: 'overage', feature: 'seat' })
  if (rank === undefined || seats.kind === 'floating') {
    const lease = seats.leaseSeconds !== undefined && { leaseSeconds: seats.leaseSeconds }
    findings.seat = { identity: ask.identityId, kind: seats.kind, ...lease }
  }
  return undefined
}

function included(candidate: Candidate, ask: Ask, findings: Findings): Refusal | undefined {
  const { parts, feature, state } = candidate
  let record = false
  const fields = new Set<string>()
  for (const { entry } of parts) {
    if (entry?.entry.obligations.record === true) record = true
    for (const field of entry?.entry.obligations.mask ?? []) fields.add(field)
  }
  if (record) findings.obligations.push({ type: 'record' })
  if (fields.size > 0) findings.obligations.push({ type: 'mask', fields: [...fields] })
  for (const part of parts) {
    if (covers(part.entry, ask) && offers(part.entry, candidate, ask)) continue
    const plans = plansThatInclude(ask)
    const upgrade: Remedy[] = plans.length > 0 ? [{ type: 'upgrade', plans }] : []
    return refusal('not_entitled', ...upgrade, ...(state.kind === 'degraded' ? [{ type: 'renew' } as const] : []))
  }
  const value = feature && smallest(parts, feature.feature.values)
  if (value !== undefined) findings.value = value
  return undefined
}

/** One entry covers every command asked for, on this resource. */
function covers(entry: CompiledEntry | undefined, { commands, resource, anyResource }: Ask): boolean {
  if (entry === undefined) return false
  if (entry.commands !== undefined && !commands?.every((command) => entry.commands?.has(command))) return false
  const selector = entry.entry.resources
  return selector === undefined || anyResource || (resource !== undefined && selects(selector, resource))
}

/** A `choice` offers its value and every earlier one. */
function offers(entry: CompiledEntry | undefined, { feature }: Pick<Candidate, 'feature'>, { request: { wanted } }: Ask): boolean {
  const values = feature?.feature.values
  if (feature?.feature.type !== 'choice' || values === undefined || wanted === undefined) return true
  const offered = values.indexOf(String(entry?.entry.value))
  return typeof wanted === 'string' && values.includes(wanted) && values.indexOf(wanted) <= offered
}

function plansThatInclude(ask: Ask): string[] {
  const { newest } = ask.product
  const feature = newest.features.get(ask.featureName)
  if (feature === undefined) return []
  const plans: string[] = []
  for (const { name, entries } of newest.plans.values()) {
    if (entries[feature.index]?.some((entry) => covers(entry, ask) && offers(entry, { feature }, ask))) plans.push(name)
  }
  return plans
}

function smallest(parts: readonly Part[], values: readonly string[] | undefined): number | string | undefined {
  let least: number | string | undefined
  for (const { entry } of parts) {
    const value = entry?.entry.value
    if (value === undefined) continue
    if (
      least === undefined ||
      (typeof value === 'number' ? value < Number(least) : (values ?? []).indexOf(value) < (values ?? []).indexOf(String(least)))
    ) {
      least = value
    }
  }
  return least
}

function permitted(candidate: Candidate, ask: Ask, findings: Findings): Refusal | undefined {
  const { personal, feature } = candidate
  if (personal || feature === undefined) return personal ? undefined : refusal('not_permitted', { type: 'request_access' })
  for (const row of ask.actor === undefined ? [ask.identity] : [ask.identity, ask.actor]) {
    if (hasRoleFor(row, candidate, ask)) continue
    const grant = coveringGrants(row, candidate, candidate.parts[0].entry, ask)[0]
    if (grant === undefined) return refusal('not_permitted', { type: 'request_access' })
    findings.grant ??= grant.id
  }
  return undefined
}

function hasRoleFor(row: number, { license, terms, feature }: Candidate, { world }: Ask): boolean {
  if (license.organization === undefined || feature === undefined) return false
  const roleSet = world.identities.roleSet(row, license.organization)
  return roleSet !== undefined && world.permissions(terms, license.organization, roleSet)[feature.index] === 1
}

function needsMet({ parts }: Candidate, ask: Ask): Refusal | undefined {
  for (const { entry } of parts) {
    const need = entry?.entry.needs
    if (need === undefined) continue
    const said = ask.world.elsewhere(need, ask.identityId)
    if (said?.until !== undefined) ask.horizon.touch(said.until)
    const answer = said === undefined || (said.until !== undefined && said.until <= ask.now) ? 'unreachable' : said.answer
    if (answer === 'refuse') return refusal('needs_refused')
    if (answer === 'outside_mandate') return refusal('outside_mandate')
    if (answer === 'unreachable') return refusal('needs_unreachable', { type: 'reconnect' })
  }
  return undefined
}

/** Approval stands before assurance so that the proof is given last and is fresh. */
function approved(candidate: Candidate, ask: Ask, findings: Findings): Refusal | undefined {
  const whens = requestConditions(candidate)
  for (const { entry } of candidate.parts) {
    if (entry?.entry.approval === undefined && whens.length === 0) continue
    const grants = coveringGrants(ask.identity, candidate, entry, ask)
    let failed: Refusal | undefined
    const fitting = grants.find((grant) => {
      const judged = judgeWithGrant(whens, grant, candidate, ask)
      failed ??= judged
      return judged === undefined
    })
    if (fitting === undefined) return failed ?? refusal('approval_required', { type: 'request_access' })
    findings.grant = fitting.id
  }
  return undefined
}
