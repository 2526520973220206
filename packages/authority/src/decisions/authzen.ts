import { type Decision, decisionToWire, type WireDecision, type WireRequest } from '@writ/engine'

/** AuthZEN 1.0 entities, as they arrive. */
export interface Evaluation {
  readonly subject: Entity
  readonly action: { readonly name: string; readonly properties?: Record<string, unknown> }
  readonly resource: Entity
  readonly context?: Record<string, unknown>
}
export interface Entity {
  readonly type: string
  readonly id: string
  readonly properties?: Record<string, unknown>
}

export interface EvaluationAnswer {
  readonly decision: boolean
  readonly context?: Partial<WireDecision>
}

/** The kind of resource that stands for a feature asked about without one. */
const PRODUCT = 'product'

/** `context` members that are ours; all others are facts that the terms may declare. */
const OURS: ReadonlySet<string> = new Set(['organization', 'proofs', 'actor', 'wanted', 'partial', 'consume'])

/** `decision.md` section 1: how an AuthZEN question reads as one of ours. The result still has to match `CheckRequest`. */
export function toRequest({ subject, action, resource, context }: Evaluation): WireRequest {
  const request: Record<string, unknown> = { identity: subject.id, feature: action.name }
  const facts = context === undefined ? undefined : sortedOut(context, request)
  if (facts !== undefined) request.context = facts
  const properties: Record<string, unknown> = {}
  if (subject.properties !== undefined) properties.subject = subject.properties
  if (action.properties !== undefined) {
    const { commands, ...others } = action.properties
    if (commands !== undefined) request.commands = commands
    if (!isEmpty(others)) properties.action = others
  }
  if (resource.type !== PRODUCT) request.resource = { id: resource.id, kind: resource.type }
  if (resource.properties !== undefined) {
    const { environment, region, labels, ...others } = resource.properties
    if (resource.type !== PRODUCT) Object.assign(request.resource as object, defined({ environment, region, labels }))
    if (!isEmpty(others)) properties.resource = others
  }
  if (!isEmpty(properties)) request.properties = properties
  return request as unknown as WireRequest
}

/** Puts our members of `context` into the request. @returns the others, the facts; `undefined`: there are none */
function sortedOut(context: Record<string, unknown>, request: Record<string, unknown>): Record<string, unknown> | undefined {
  let facts: Record<string, unknown> | undefined
  for (const name of Object.keys(context)) {
    if (OURS.has(name)) request[name] = context[name]
    else {
      facts ??= {}
      facts[name] = context[name]
    }
  }
  return facts
}

function isEmpty(members: object): boolean {
  for (const _ in members) return false
  return true
}

/** The answer's own members go under `context`, left out where there is nothing more to say: of a yes, or a no whose reason is not told. */
export function toAnswer(decision: Decision | WireDecision): EvaluationAnswer {
  const { allowed, reason, notices, obligations, value, admitted } = decision
  const silent = reason === undefined && notices.length === 0 && obligations.length === 0 && value === undefined && admitted === undefined
  return silent ? { decision: allowed } : { decision: allowed, context: decisionToWire(decision) }
}

export type Semantic = 'execute_all' | 'deny_on_first_deny' | 'permit_on_first_permit'

/** Whether the answers so far settle the batch, so that the rest is neither evaluated nor consumed. */
export function settles(semantic: Semantic, { decision }: EvaluationAnswer): boolean {
  return (semantic === 'deny_on_first_deny' && !decision) || (semantic === 'permit_on_first_permit' && decision)
}

function defined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
