import type { WireDecision, WireRequest } from '@writ/engine'

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
const OURS = ['organization', 'proofs', 'actor', 'wanted', 'partial', 'consume'] as const

/** `decision.md` section 1: how an AuthZEN question reads as one of ours. The result still has to match `CheckRequest`. */
export function toRequest({ subject, action, resource, context = {} }: Evaluation): WireRequest {
  const facts: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(context)) if (!(OURS as readonly string[]).includes(name)) facts[name] = value
  const { commands, ...actionProperties } = action.properties ?? {}
  const { environment, region, labels, ...resourceProperties } = resource.properties ?? {}
  const properties = {
    ...(subject.properties && { subject: subject.properties }),
    ...(Object.keys(resourceProperties).length > 0 && { resource: resourceProperties }),
    ...(Object.keys(actionProperties).length > 0 && { action: actionProperties }),
  }
  const request = {
    identity: subject.id,
    feature: action.name,
    ...pick(context, OURS),
    ...(commands !== undefined && { commands }),
    ...(resource.type !== PRODUCT && { resource: { id: resource.id, kind: resource.type, ...defined({ environment, region, labels }) } }),
    ...(Object.keys(facts).length > 0 && { context: facts }),
    ...(Object.keys(properties).length > 0 && { properties }),
  }
  return request as unknown as WireRequest
}

/** The answer's own members go under `context`, which is left out when a yes has nothing more to say. */
export function toAnswer({ allowed, ...rest }: WireDecision): EvaluationAnswer {
  const { notices, obligations, value, admitted } = rest
  const silent = allowed && notices.length === 0 && obligations.length === 0 && value === undefined && admitted === undefined
  return silent ? { decision: true } : { decision: allowed, context: { allowed, ...rest } }
}

export type Semantic = 'execute_all' | 'deny_on_first_deny' | 'permit_on_first_permit'

/** Whether the answers so far settle the batch, so that the rest is neither evaluated nor consumed. */
export function settles(semantic: Semantic, { decision }: EvaluationAnswer): boolean {
  return (semantic === 'deny_on_first_deny' && !decision) || (semantic === 'permit_on_first_permit' && decision)
}

function pick(from: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return defined(Object.fromEntries(names.map((name) => [name, from[name]])))
}

function defined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
