import type { WireRequest } from '@writ/engine'
import { type Decision, readDecision } from './decision.ts'
import type { ProductFeature } from './product.ts'
import { WritError } from './writ-error.ts'

/** Members of an AuthZEN `context` that are Writ's own, `decision.md` section 1; a fact of one of these names could not be told apart. */
const OURS: readonly string[] = ['organization', 'proofs', 'actor', 'wanted', 'partial', 'consume']

/**
 * A question as an AuthZEN evaluation.
 * @throws {WritError} QUESTION_INVALID for what an evaluation cannot say: an identity by another issuer's name, a resource whose kind is not known
 */
export function toEvaluation(question: WireRequest, feature: ProductFeature | undefined): object {
  const { identity, actor, organization, commands, resource, context, proofs, consume, wanted, partial, properties } = question
  if (typeof identity !== 'string') throw new WritError('QUESTION_INVALID', { member: 'identity' })
  refuseClash('context', context, OURS)
  refuseClash('properties', properties?.action, ['commands'])
  refuseClash('properties', properties?.resource, ['environment', 'region', 'labels'])
  return {
    subject: { type: 'user', id: identity, ...(properties?.subject && { properties: properties.subject }) },
    action: {
      name: question.feature,
      ...((commands || properties?.action) && { properties: { ...properties?.action, ...(commands && { commands }) } }),
    },
    resource: entity(question.feature, resource, properties?.resource, feature),
    context: { ...context, ...defined({ actor, organization, proofs, consume, wanted, partial }) },
  }
}

function entity(name: string, resource: WireRequest['resource'], sent: object | undefined, feature: ProductFeature | undefined): object {
  if (resource === undefined) return { type: 'product', id: name, ...(sent && { properties: sent }) }
  const { id, kind = feature?.resource, ...described } = typeof resource === 'string' ? { id: resource } : resource
  if (kind === undefined) throw new WritError('QUESTION_INVALID', { member: 'resource' })
  const properties = { ...sent, ...described }
  return { type: kind, id, ...(Object.keys(properties).length > 0 && { properties }) }
}

function refuseClash(member: string, facts: object | undefined, reserved: readonly string[]): void {
  if (facts !== undefined && reserved.some((name) => Object.hasOwn(facts, name))) throw new WritError('QUESTION_INVALID', { member })
}

/**
 * The answers of a batch, one a question.
 * @throws {WritError} ANSWER_MALFORMED
 */
export function readEvaluations(body: unknown, count: number): Decision[] {
  const items = (body as { evaluations?: unknown } | undefined)?.evaluations
  if (!Array.isArray(items) || items.length !== count) throw new WritError('ANSWER_MALFORMED', undefined)
  return items.map(readEvaluation)
}

/** A plain yes says nothing more; a key that is not told reasons gets a plain no. */
function readEvaluation(item: unknown): Decision {
  const { decision, context = {} } = (item ?? {}) as { decision?: unknown; context?: Record<string, unknown> }
  if (typeof decision !== 'boolean' || typeof context !== 'object') throw new WritError('ANSWER_MALFORMED', undefined)
  // Both have to say yes.
  const allowed = decision && context.allowed !== false
  return readDecision({ remedies: [], obligations: [], notices: [], ...context, allowed })
}

function defined(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
