import {
  type Decision,
  decide,
  decisionToWire,
  explain as explainDecision,
  type Instant,
  isAllowed,
  type Proposal,
  type Request,
  type WireDecision,
  type World,
} from '@writ/engine'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { logFailure, storeFaultOf } from '../app/store-fault.ts'
import type { Credential } from '../enforcers/credentials.ts'
import { holds, type Reach, seesOrganization } from '../enforcers/scope.ts'
import type { Asker, Watched } from '../rollouts/shadow.ts'
import { takes } from '../usage/ledger.ts'
import type { ReservationRow } from '../usage/reservation-store.ts'
import { admit } from './admit.ts'
import { told } from './told.ts'

export interface Caller {
  readonly credential: Credential
  readonly requestId: string
}

/**
 * What an answer may commit: a native check takes seat and rate, and quota when `consume` is given; AuthZEN and OFREP take nothing
 * without `consume`. `decision.md` section 7.
 */
export type Commits = 'whatever it spends' | 'only with consume'

/** A decision just taken, or one that the ledger gives as it gave it before: {@link decisionToWire} makes both the same. */
export type Decided = Decision | WireDecision

/**
 * Answers one question for enforcement, commits what it spends, and records it. Only what is to be committed is waited for.
 * @throws {ApiError} SCOPE_MISSING to consume without the scope; CONSUME_ID_REUSED when the id was another question's
 */
export function check(authority: Authority, caller: Caller, sent: Request, commits: Commits): Decided | Promise<Decided> {
  const now = authority.clock()
  if (sent.consume !== undefined && !holds(caller.credential, 'consume')) throw new ApiError('SCOPE_MISSING', { scope: 'consume' })
  const { request, asSent } = admit(sent, caller.credential, authority.world)
  const withAll = asSent && decide(authority.world, authority.ledger.view, asSent, now)
  const narrower = withAll && narrowed(authority, request, withAll, now)
  const watched = authority.shadow.watch({ request, ...(asSent && { asSent }) })
  const finish = (decision: Decided): Decided => {
    record(authority, caller, sent, decision, now)
    watched?.given(askerOf(caller, sent, now))
    return told(decision, caller.credential)
  }
  if (narrower !== undefined) {
    watched?.compare(authority.ledger.view, now, narrower)
    return finish(narrower)
  }
  const { decision, spending } = authority.ledger.look(request, now)
  const mustCommit = request.consume !== undefined || (commits === 'whatever it spends' && spending !== undefined && takes(spending))
  if (mustCommit) return spend(authority, caller, request, watched).then(finish)
  const fresh = authority.ledger.freshened(decision)
  if (fresh !== undefined) {
    watched?.forget()
    return fresh.then(() => check(authority, caller, sent, commits))
  }
  watched?.compare(authority.ledger.view, now, decision)
  return finish(withAll === undefined ? decision : endingWith(decision, withAll))
}

/** What {@link check} would answer now, and what it would take. Commits nothing and records nothing. */
export function look(authority: Authority, reach: Reach, sent: Request, now: Instant): Proposal {
  const { world, ledger } = authority
  const { request, asSent } = admit(sent, reach, world)
  const proposal = ledger.look(request, now)
  if (asSent === undefined) return proposal
  const withAll = decide(world, ledger.view, asSent, now)
  if (!withAll.allowed && proposal.decision.allowed) return { decision: withAll }
  return { ...proposal, decision: endingWith(proposal.decision, withAll) }
}

/** The answer as sent, where an assertion that the credential is not scoped for narrows it; `undefined`: it does not. */
function narrowed({ world, ledger }: Authority, request: Request, withAll: Decision, now: Instant): Decision | undefined {
  return !withAll.allowed && decide(world, ledger.view, request, now).allowed ? withAll : undefined
}

/** What is allowed in both forms ends with the one that changes first. */
function endingWith(decision: Decision, withAll: Decision): Decision {
  const expires = Math.min(decision.expires ?? Number.POSITIVE_INFINITY, withAll.expires ?? Number.POSITIVE_INFINITY)
  return decision.allowed && Number.isFinite(expires) ? { ...decision, expires } : decision
}

async function spend(
  authority: Authority,
  { credential, requestId }: Caller,
  request: Request,
  watched: Watched | undefined,
): Promise<WireDecision> {
  const spending = authority.ledger.spend({ source: credential.id, actor: `key:${credential.id}`, requestId, request, watched })
  const spent = await spending.catch((error: unknown) => withoutStore(authority, error, watched))
  if (spent.kind === 'id_reused') throw new ApiError('CONSUME_ID_REUSED')
  return spent.decision
}

/** `decision.md` gate 8: what is to be spent cannot be committed, so it is not allowed. @throws what is no fault of the store */
function withoutStore(
  { feed, log, counts }: Authority,
  error: unknown,
  watched: Watched | undefined,
): { kind: 'answered'; decision: WireDecision } {
  const fault = storeFaultOf(error)
  if (fault === undefined) throw error
  watched?.forget()
  counts.storeFaults[fault]++
  logFailure(log, error, 'nothing can be spent')
  const refusal: Decision = {
    allowed: false,
    reason: 'quota_unavailable',
    remedies: [{ type: 'reconnect' }],
    obligations: [],
    notices: [],
    revision: feed.revision,
  }
  return { kind: 'answered', decision: decisionToWire(refusal) }
}

export interface Reserved {
  readonly decision: WireDecision
  /** Absent on a refusal. */
  readonly reservation?: ReservationRow
}

/**
 * Answers one question as {@link check}, but holds the units of `consume` back instead of using them: for work whose amount is known when
 * it is done. A seat and the rate are taken as by a check.
 * @throws {ApiError} SCOPE_MISSING; RESERVATION_ID_REUSED when the id was another reservation's
 */
export async function reserve(authority: Authority, caller: Caller, sent: Request, reserveSeconds: number): Promise<Reserved> {
  const now = authority.clock()
  const { credential, requestId } = caller
  for (const scope of ['decide', 'consume'] as const) if (!holds(credential, scope)) throw new ApiError('SCOPE_MISSING', { scope })
  const { request, asSent } = admit(sent, credential, authority.world)
  const narrower = asSent && narrowed(authority, request, decide(authority.world, authority.ledger.view, asSent, now), now)
  const watched = authority.shadow.watch({ request, ...(asSent && { asSent }) })
  if (narrower !== undefined) watched?.compare(authority.ledger.view, now, narrower)
  const spend = { source: credential.id, actor: `key:${credential.id}`, requestId, request, reserveSeconds, watched }
  const spent =
    narrower === undefined
      ? await authority.ledger.spend(spend).catch((error: unknown) => withoutStore(authority, error, watched))
      : ({ kind: 'answered', decision: narrower } as const)
  if (spent.kind === 'id_reused') throw new ApiError('RESERVATION_ID_REUSED')
  record(authority, caller, sent, spent.decision, now)
  watched?.given(askerOf(caller, sent, now))
  return { ...spent, decision: told(decisionToWire(spent.decision), credential) }
}

/** Whether {@link check} would allow this now. Commits nothing and records nothing: for asking about many at once. */
export function wouldAllow({ world, ledger }: Authority, reach: Reach, sent: Request, now: Instant): boolean {
  const { request, asSent } = admit(sent, reach, world)
  if (!isAllowed(world, ledger.view, request, now)) return false
  return asSent === undefined || isAllowed(world, ledger.view, asSent, now)
}

/**
 * Shows how every candidate fares at every gate. Consumes and records nothing.
 * @param at asks about another instant; needs `simulate`, and the answer says `simulated`
 * @throws {ApiError} SCOPE_MISSING
 */
export function explain(authority: Authority, { credential }: Caller, sent: Request, at: Instant | undefined): WireDecision {
  if (at !== undefined && !holds(credential, 'simulate')) throw new ApiError('SCOPE_MISSING', { scope: 'simulate' })
  const { world, ledger } = authority
  const now = at ?? authority.clock()
  const { request, asSent } = admit(sent, credential, world)
  const judged: Decision = explainDecision(world, ledger.view, request, now)
  const narrower = asSent === undefined || !judged.allowed ? undefined : explainDecision(world, ledger.view, asSent, now)
  const decision = narrower?.allowed === false ? narrower : judged
  return told(decisionToWire(at === undefined ? decision : { ...decision, simulated: true }), credential)
}

function record(
  { recorder, world, counts }: Authority,
  { credential, requestId }: Caller,
  sent: Request,
  decision: Decided,
  at: Instant,
): void {
  counts.decided(decision)
  recorder.record({
    at,
    requestId,
    credential: credential.id,
    identity: nameOf(sent.identity),
    actor: nameOf(sent.actor),
    feature: nameInFull(world, sent.feature),
    resource: typeof sent.resource === 'object' ? sent.resource.id : sent.resource,
    allowed: decision.allowed,
    reason: decision.reason,
    license: decision.license,
    revision: decision.revision,
    organization: organizationOf(world, credential, sent, decision),
  })
}

function askerOf({ requestId }: Caller, { identity, resource }: Request, at: Instant): Asker {
  return { requestId, at, identity: nameOf(identity), resource: typeof resource === 'object' ? resource.id : resource }
}

/** One name for one feature, however a question names it. */
function nameInFull(world: World, sent: string): string {
  return world.feature(sent)?.inFull ?? sent
}

/** Whose business a decision is: the licence's holder's, else that of the organization asked about, else of the only one it can be. */
function organizationOf(world: World, reach: Reach, sent: Request, { license }: Decided): string | undefined {
  const named =
    (license === undefined ? undefined : world.license(license)?.fact.organization) ?? sent.organization ?? onlyOneOf(world, sent)
  // What a credential does not see is none of its business, and its questions are none of theirs.
  return named !== undefined && seesOrganization(reach, named) ? named : undefined
}

function onlyOneOf(world: World, { identity }: Request): string | undefined {
  const row = identity === undefined ? undefined : world.identities.find(identity)
  const [only, ...others] = row === undefined ? [] : world.identities.memberships(row)
  return only === undefined || others.length > 0 ? undefined : world.organizationIds.name(only)
}

function nameOf(who: Request['identity']): string | undefined {
  return typeof who === 'object' ? `${who.issuer}#${who.subject}` : who
}
