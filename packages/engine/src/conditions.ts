import {
  type CompiledConditions,
  contains,
  type Expression,
  hasType,
  isOpen,
  nextChange,
  type OpeningHours,
  parseAddress,
  type Scope,
} from '@writ/terms'
import type { Ask } from './ask.ts'
import type { Candidate } from './candidate.ts'
import type { FactValue, GrantFact, Instant } from './facts.ts'
import { type Findings, type Refusal, refusal } from './verdict.ts'

/** Gate 6: hours, regions, networks, `when`, the enforcer's own rules, in this order. */
export function inContext(candidate: Candidate, ask: Ask, { soft }: Findings): Refusal | undefined {
  const all = conditionsOf(candidate)
  const shut = candidate.repair ? undefined : withinHours(all, ask)
  if (shut !== undefined && !soft) return shut
  const refused = withinRegions(all, ask) ?? withinNetworks(all, ask) ?? conditionsHold(all, candidate, ask)
  if (refused !== undefined) return refused
  return ask.request.locally_refused === true ? refusal('condition_failed') : shut
}

function conditionsHold(all: readonly CompiledConditions[], candidate: Candidate, ask: Ask): Refusal | undefined {
  for (const { when } of all) {
    if (when === undefined || when.needsRequest) continue
    const failed = judged(when.evaluate(scopeOf(candidate, ask)))
    if (failed !== undefined) return failed
  }
  return undefined
}

const NONE: readonly CompiledConditions[] = []

/** Of every part of a candidate: all of them must hold. */
export function conditionsOf({ parts }: Candidate): readonly CompiledConditions[] {
  const [first, second] = parts
  const own = conditionsOfPart(first)
  return second === undefined ? own : [...own, ...conditionsOfPart(second)]
}

function conditionsOfPart({ plan, entry }: Candidate['parts'][0]): readonly CompiledConditions[] {
  if (entry !== undefined) return entry.conditions
  return Object.keys(plan.conditions).length > 0 ? [plan.conditions] : NONE
}

function withinHours(all: readonly CompiledConditions[], ask: Ask): Refusal | undefined {
  let open = true
  for (const { hours } of all) {
    if (hours === undefined) continue
    const isOpenNow = isOpen(hours, ask.now)
    ask.horizon.bound(nextChange(hours, ask.now))
    if (!isOpenNow) open = false
  }
  if (open) return undefined
  const until = nextOpening(
    all.map(({ hours }) => hours).filter((hours) => hours !== undefined),
    ask.now,
  )
  return Number.isFinite(until) ? refusal('outside_hours', { type: 'wait', until }) : refusal('outside_hours')
}

/** More rounds than any real pair of timetables needs; past them no opening is promised. */
const ROUNDS = 1000

/** The first instant at which all are open. */
function nextOpening(all: readonly OpeningHours[], now: Instant): Instant {
  let at = now
  for (let round = 0; round < ROUNDS; round++) {
    const shut = all.find((hours) => !isOpen(hours, at))
    if (shut === undefined) return at
    at = nextChange(shut, at)
    if (!Number.isFinite(at)) return at
  }
  return Number.POSITIVE_INFINITY
}

function withinRegions(all: readonly CompiledConditions[], ask: Ask): Refusal | undefined {
  for (const { countries } of all) {
    if (countries === undefined) continue
    const country = ask.request.context?.country
    if (typeof country !== 'string') return refusal('context_missing')
    if (!countries.has(country)) return refusal('outside_region')
  }
  return undefined
}

function withinNetworks(all: readonly CompiledConditions[], ask: Ask): Refusal | undefined {
  for (const { networks } of all) {
    if (networks === undefined) continue
    const ip = ask.request.context?.ip
    if (typeof ip !== 'string') return refusal('context_missing')
    const address = parseAddress(ip)
    if (address === undefined || !networks.some((network) => contains(network, address))) return refusal('outside_network')
  }
  return undefined
}

function judged(result: boolean | 'missing' | 'failed'): Refusal | undefined {
  if (result === true) return undefined
  return refusal(result === 'missing' ? 'context_missing' : 'condition_failed')
}

/** The `when`s that only an access request can answer, judged with the facts that a grant brings. */
export function requestConditions(candidate: Candidate): readonly Expression[] {
  const all: Expression[] = []
  for (const { when } of conditionsOf(candidate)) if (when?.needsRequest === true) all.push(when)
  return all
}

export function judgeWithGrant(whens: readonly Expression[], grant: GrantFact, candidate: Candidate, ask: Ask): Refusal | undefined {
  const scope = scopeOf(candidate, ask)
  const context = { ...scope.context, ...requestFacts(grant, candidate) }
  for (const when of whens) {
    const failed = judged(when.evaluate({ ...scope, context }))
    if (failed !== undefined) return failed
  }
  return undefined
}

/** What the edition that was sold takes from access requests: its conditions were compiled against that. */
function requestFacts(grant: GrantFact, { terms }: Candidate): Record<string, FactValue> {
  const facts: Record<string, FactValue> = {}
  for (const [name, { from, type }] of terms.terms.context) {
    const value = grant.context !== undefined && Object.hasOwn(grant.context, name) ? grant.context[name] : undefined
    if (from === 'access_request' && hasType(value, type)) facts[name] = value
  }
  return facts
}

/** What a `when` sees, made once a question; only the roles depend on the candidate's organization. */
function scopeOf({ license, personal }: Candidate, ask: Ask): Scope {
  const { world, identity, request } = ask
  ask.scope ??= {
    context: context(ask),
    subject: {
      id: ask.identityId,
      kind: world.identities.kind(identity),
      roles: [],
      attributes: world.identities.attributes(identity) ?? {},
      properties: request.properties?.subject ?? {},
    },
    action: { name: ask.featureName, properties: request.properties?.action ?? {} },
    ...(ask.resource && { resource: { ...ask.resource, kind: ask.resource.kind ?? '', properties: request.properties?.resource ?? {} } }),
  }
  const base = ask.scope
  const roleSet = license.organization === undefined ? undefined : world.identities.roleSet(identity, license.organization)
  const roles = personal ? ['*'] : roleSet === undefined ? [] : world.identities.roles(roleSet)
  return { ...base, subject: { ...base.subject, roles } }
}

/** Facts declared `from: access_request` never come from the asker; those `from: world` are the identity's attributes. */
function context(ask: Ask): Record<string, FactValue | null | undefined> {
  const facts: Record<string, FactValue | null | undefined> = { ...ask.request.context }
  const attributes = ask.world.identities.attributes(ask.identity)
  for (const terms of ask.product.editions.values()) {
    for (const [name, { from }] of terms.terms.context) {
      if (from === 'access_request') delete facts[name]
      else if (from === 'world') facts[name] = attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined
    }
  }
  return facts
}
