import type { ErrorCode, EvaluationContext, JsonValue, Provider, ResolutionDetails } from '@openfeature/server-sdk'
import type { Decision } from '../decision.ts'
import type { Enforcer } from '../enforcer.ts'
import { type AnyProduct, featureOf, type Product } from '../product.ts'
import type { Question } from '../question.ts'

type Scalar = boolean | number | string

/** Members of a flag context that are ours; all others are facts that the terms may declare. */
const OURS: ReadonlySet<string> = new Set(['organization', 'proofs', 'actor', 'wanted', 'partial', 'consume', 'resource', 'commands'])

/**
 * Features as OpenFeature flags, decided by an enforcer in this process, in the words of the authority's OFREP: a switch is a boolean, a
 * limit its number, a choice its value. Takes nothing, but what `consume` in the context says.
 */
export class WritProvider<P extends Product = AnyProduct> implements Provider {
  readonly metadata = { name: 'writ' } as const
  readonly runsOn = 'server' as const
  readonly #enforcer: Enforcer<P>

  /** @param enforcer with a `product`, whose features' types are then held to what is asked for */
  constructor(enforcer: Enforcer<P>) {
    this.#enforcer = enforcer
  }

  resolveBooleanEvaluation(flag: string, otherwise: boolean, context: EvaluationContext): Promise<ResolutionDetails<boolean>> {
    return this.#resolve(flag, otherwise, false, context)
  }

  resolveNumberEvaluation(flag: string, otherwise: number, context: EvaluationContext): Promise<ResolutionDetails<number>> {
    return this.#resolve(flag, otherwise, 0, context)
  }

  /** A refused choice has no value that would be less than all others: the default in the code, so let that be the least. */
  resolveStringEvaluation(flag: string, otherwise: string, context: EvaluationContext): Promise<ResolutionDetails<string>> {
    return this.#resolve(flag, otherwise, otherwise, context)
  }

  /** No feature has a structure for a value. */
  async resolveObjectEvaluation<T extends JsonValue>(_flag: string, otherwise: T): Promise<ResolutionDetails<T>> {
    return failure(otherwise, 'TYPE_MISMATCH')
  }

  /** @param refused the value of a no */
  async #resolve<T extends Scalar>(flag: string, otherwise: T, refused: T, context: EvaluationContext): Promise<ResolutionDetails<T>> {
    const { targetingKey } = context
    if (targetingKey === undefined || targetingKey === '') return failure(otherwise, 'TARGETING_KEY_MISSING')
    const question = toQuestion(flag, context) as unknown as Question<P>
    const type = featureOf(this.#enforcer.product, question)?.type
    const [decision] = await this.#enforcer.batch([question])
    if (decision === undefined || decision.error !== undefined) return failure(otherwise, 'INVALID_CONTEXT')
    if (decision.reason === 'feature_unknown') return failure(otherwise, 'FLAG_NOT_FOUND')
    if (type !== undefined && typeof otherwise !== VALUES[type]) return failure(otherwise, 'TYPE_MISMATCH')
    const value = decision.allowed ? (decision.value ?? true) : refused
    if (typeof value !== typeof otherwise) return failure(otherwise, 'TYPE_MISMATCH')
    const variant = typeof value === 'boolean' ? (value ? 'on' : 'off') : typeof value === 'string' && decision.allowed ? value : undefined
    return {
      value: value as T,
      reason: !decision.allowed ? 'DISABLED' : decision.notices.some(({ type }) => type === 'stale') ? 'STALE' : 'TARGETING_MATCH',
      ...(variant !== undefined && { variant }),
      flagMetadata: flat(decision),
    }
  }
}

const VALUES = { switch: 'boolean', limit: 'number', choice: 'string' } as const

function failure<T>(value: T, code: `${ErrorCode}`): ResolutionDetails<T> {
  return { value, reason: 'ERROR', errorCode: code as ErrorCode }
}

/** An application sends one context to all its flags, with structures in it too: no terms can declare those, so nothing sees them. */
function toQuestion(feature: string, { targetingKey, ...members }: EvaluationContext): object {
  const given = Object.entries(members).filter(([, value]) => value !== undefined && value !== null)
  const facts = given.filter(([name, value]) => !OURS.has(name) && isFact(value))
  return {
    ...Object.fromEntries(given.filter(([name]) => OURS.has(name))),
    identity: targetingKey,
    feature,
    ...(facts.length > 0 && { context: Object.fromEntries(facts) }),
  }
}

function isFact(value: unknown): boolean {
  return Array.isArray(value) ? value.every((item) => typeof item === 'string') : typeof value !== 'object'
}

/** Flag metadata has no levels: lists are words between spaces, and a member of a remedy, notice or obligation carries its type in front. */
function flat({
  reason,
  remedies,
  notices,
  obligations,
  admitted,
  license,
  entry,
  grant,
  edition,
  expires,
  outage,
}: Decision): Record<string, Scalar> {
  const metadata: Record<string, Scalar> = {}
  const plain = { reason, admitted, license, entry, grant, edition, expires, outage }
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) metadata[name] = value
  for (const [name, items] of Object.entries({ remedies, notices, obligations })) {
    if (items.length === 0) continue
    metadata[name] = [...new Set(items.map(({ type }) => type))].join(' ')
    for (const { type, ...members } of items) {
      for (const [member, value] of Object.entries(members)) {
        metadata[`${type}_${member}`] ??= Array.isArray(value) ? value.join(' ') : (value as Scalar)
      }
    }
  }
  return metadata
}
