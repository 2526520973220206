import type { FactValue, Instant } from './facts.ts'

/** A question. Members are named as on the wire (`decision.md` section 1); instants are epoch milliseconds. */
export interface Request {
  readonly identity?: string | { readonly issuer: string; readonly subject: string }
  /** An agent acting for the identity. */
  readonly actor?: string | { readonly issuer: string; readonly subject: string }
  readonly organization?: string
  readonly feature: string
  readonly commands?: readonly string[]
  /** An id known to World, or a resource that the enforcer describes. */
  readonly resource?: string | AskedResource
  readonly context?: Context
  readonly proofs?: readonly Proof[]
  readonly consume?: { readonly amount: number; readonly id: string }
  /** An amount; of a `limit` feature the total, of a `choice` a value. */
  readonly wanted?: number | string
  readonly partial?: boolean
  /** Facts that a scoped enforcer sends; only what the terms declare is seen. */
  readonly properties?: {
    readonly subject?: Readonly<Record<string, FactValue>>
    readonly resource?: Readonly<Record<string, FactValue>>
    readonly action?: Readonly<Record<string, FactValue>>
  }
  /** The enforcer's own rules refused; they may only narrow. */
  readonly locally_refused?: boolean
}

export interface AskedResource {
  readonly id: string
  readonly kind?: string
  readonly environment?: string
  readonly region?: string
  readonly labels?: Readonly<Record<string, string>>
}

/** `ip`, `country`, `device`, `session`, and what the terms declare. */
export type Context = Readonly<Record<string, FactValue | null | undefined>>

export interface Proof {
  readonly level: string
  readonly at: Instant
  readonly session?: string
  readonly device?: string
}

export type Reason =
  | 'facts_stale'
  | 'check_in_overdue'
  | 'clock_turned_back'
  | 'license_file_invalid'
  | 'device_mismatch'
  | 'identity_unknown'
  | 'identity_suspended'
  | 'identity_revoked'
  | 'risk_denied'
  | 'feature_unknown'
  | 'command_unknown'
  | 'resource_unknown'
  | 'organization_required'
  | 'no_license'
  | 'license_scheduled'
  | 'license_expired'
  | 'license_past_due'
  | 'license_suspended'
  | 'license_revoked'
  | 'no_seat'
  | 'seats_exhausted'
  | 'not_entitled'
  | 'not_permitted'
  | 'outside_hours'
  | 'outside_region'
  | 'outside_network'
  | 'condition_failed'
  | 'context_missing'
  | 'needs_refused'
  | 'needs_unreachable'
  | 'outside_mandate'
  | 'quota_exhausted'
  | 'quota_unavailable'
  | 'rate_limited'
  | 'approval_required'
  | 'step_up_required'
  | 'assurance_unreachable'

export type Remedy =
  | { readonly type: 'buy' | 'renew' | 'contact' | 'assign_seat' | 'request_access' | 'enrol' | 'reconnect' | 'reactivate' }
  | { readonly type: 'wait'; readonly until?: Instant; readonly seconds?: number }
  | { readonly type: 'upgrade'; readonly plans?: readonly string[] }
  | { readonly type: 'step_up'; readonly acr_values: readonly string[]; readonly max_age?: number }

export type Notice =
  | { readonly type: 'in_grace'; readonly cause: 'expiry' | 'payment'; readonly until: Instant }
  | { readonly type: 'trial'; readonly until: Instant }
  | { readonly type: 'overage'; readonly feature: string }
  | { readonly type: 'degraded'; readonly plan: string }
  | { readonly type: 'would_refuse'; readonly reason: Reason }
  | { readonly type: 'stale'; readonly since: Instant }

export type Obligation = { readonly type: 'record' } | { readonly type: 'mask'; readonly fields: readonly string[] }

/** The answer, `decision.md` section 9. Instants are epoch milliseconds; the wire form writes them as RFC 3339. */
export interface Decision {
  readonly allowed: boolean
  /** On a refusal only. */
  readonly reason?: Reason
  readonly remedies: readonly Remedy[]
  readonly obligations: readonly Obligation[]
  readonly notices: readonly Notice[]
  readonly value?: number | string
  readonly admitted?: number
  readonly license?: string
  /** Index in the plan's list for the feature. */
  readonly entry?: number
  readonly grant?: string
  readonly edition?: number
  readonly revision: number
  /** The first instant at which time alone changes the answer; absent: never. */
  readonly expires?: Instant
  readonly simulated?: boolean
  readonly trace?: readonly CandidateTrace[]
}

/** How one candidate fared, gate by gate; only `explain` fills it. */
export interface CandidateTrace {
  readonly license?: string
  readonly plan?: string
  /** What of the plan this licence overrides that the question hangs on: `seats`, `grace`, `includes.report.export`. */
  readonly overrides?: readonly string[]
  readonly entry?: number
  readonly gates: readonly GateTrace[]
}
export interface GateTrace {
  readonly gate: string
  readonly outcome: 'passed' | 'refused' | 'softened' | 'skipped'
  readonly reason?: Reason
  readonly detail?: string
}
