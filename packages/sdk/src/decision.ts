import type { Obligation, Reason } from '@writ/engine'
import { WritError } from './writ-error.ts'

export type { Obligation, Reason }

/** What would turn a no into a yes. Instants are RFC 3339. */
export type Remedy =
  | { readonly type: 'buy' | 'renew' | 'contact' | 'assign_seat' | 'request_access' | 'enrol' | 'reconnect' | 'reactivate' }
  | { readonly type: 'wait'; readonly until?: string; readonly seconds?: number }
  | { readonly type: 'upgrade'; readonly plans?: readonly string[] }
  | { readonly type: 'step_up'; readonly acr_values: readonly string[]; readonly max_age?: number }

export type Notice =
  | { readonly type: 'in_grace'; readonly cause: 'expiry' | 'payment'; readonly until: string }
  | { readonly type: 'trial'; readonly until: string }
  | { readonly type: 'overage'; readonly feature: string }
  | { readonly type: 'degraded'; readonly plan: string }
  | { readonly type: 'would_refuse'; readonly reason: Reason }
  | { readonly type: 'stale'; readonly since: string }

/** Why nobody answered: a fault of the way, of the authority, or too many of them just now to try again. */
export type Outage = 'UNREACHABLE' | 'TIMED_OUT' | 'AUTHORITY_FAILED' | 'CIRCUIT_OPEN'

/** The answer, `decision.md` section 9, and what the enforcer that you embed has to add. Plain JSON. */
export interface Decision {
  readonly allowed: boolean
  /** On a refusal only; absent from a batch where the key is not told reasons. */
  readonly reason?: Reason
  readonly remedies: readonly Remedy[]
  readonly obligations: readonly Obligation[]
  readonly notices: readonly Notice[]
  readonly value?: number | string
  readonly admitted?: number
  readonly license?: string
  readonly entry?: number
  readonly grant?: string
  readonly edition?: number
  /** Absent from a plain yes of a batch, and where nobody answered. */
  readonly revision?: number
  /** The first instant at which time alone changes the answer; absent: never, or it consumed. */
  readonly expires?: string
  /** Obligations that this application did not say it can carry out: they turned the yes into this no. */
  readonly unmet?: readonly Obligation[]
  /** Nobody answered, and this is what holds then. */
  readonly outage?: Outage
  /** Of a question that nobody answered: it may have been counted. Ask with the same id to be counted once. */
  readonly consume?: { readonly amount: number; readonly id: string }
  /** Of an item of a batch that the authority could not take as a question. */
  readonly error?: { readonly status: number; readonly message: string }
}

/**
 * Reads an answer: what is no decision never counts as one.
 * @throws {WritError} ANSWER_MALFORMED
 */
export function readDecision(body: unknown): Decision {
  const answer = body as Partial<Decision> | null | undefined
  const isDecision =
    typeof answer === 'object' &&
    answer !== null &&
    typeof answer.allowed === 'boolean' &&
    (answer.allowed || answer.reason === undefined || typeof answer.reason === 'string') &&
    [answer.remedies, answer.obligations, answer.notices].every(isList)
  if (!isDecision) throw new WritError('ANSWER_MALFORMED', undefined)
  return answer as Decision
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof (item as { type?: unknown } | null)?.type === 'string')
}

export function refusal(reason: Reason, remedies: readonly Remedy[], more: Partial<Decision> = {}): Decision {
  return { allowed: false, reason, remedies, obligations: [], notices: [], ...more }
}

/**
 * A yes on terms that the application cannot keep is a no: gate 6, the enforcer's own rules.
 * @param able the kinds of obligation that the application said it carries out
 */
export function held(decision: Decision, able: ReadonlySet<Obligation['type']>): Decision {
  if (!decision.allowed || decision.obligations.every(({ type }) => able.has(type))) return decision
  const unmet = decision.obligations.filter(({ type }) => !able.has(type))
  const { license, entry, edition, revision } = decision
  return refusal('condition_failed', [], {
    ...(license !== undefined && { license }),
    ...(entry !== undefined && { entry }),
    ...(edition !== undefined && { edition }),
    ...(revision !== undefined && { revision }),
    unmet,
  })
}
