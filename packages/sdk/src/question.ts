import type { WireRequest } from '@writ/engine'
import { type AnyProduct, type FactsOf, type FeatureName, type Named, type Product, qualified } from './product.ts'
import { WritError } from './writ-error.ts'

/** An id, or how another issuer names the identity. */
export type Who = string | { readonly issuer: string; readonly subject: string }

/** A question about any feature of a product; `decision.md` section 1. The feature decides what else it may say. */
export type Question<P extends Product = AnyProduct> = { [F in FeatureName<P>]: QuestionAbout<P, F> }[FeatureName<P>]

export type QuestionAbout<P extends Product, F extends FeatureName<P>> = Common<P> &
  Resource<P['features'][F]> & {
    readonly feature: Named<P, F>
    readonly commands?: readonly Commands<P['features'][F]>[]
    /** An amount; of a `limit` the total, of a `choice` a value. */
    readonly wanted?: Wanted<P['features'][F]>
  }

/** What every question may say, whatever it is about. */
export interface Common<P extends Product = AnyProduct> {
  readonly identity: Who
  /** An agent acting for the identity. */
  readonly actor?: Who
  readonly organization?: string
  readonly context?: Standard & FactsOf<P['context']>
  readonly proofs?: readonly {
    readonly level: P['levels'] extends readonly string[] ? P['levels'][number] : string
    /** RFC 3339, or a Date. */
    readonly at: string | Date
    readonly session?: string
    readonly device?: string
  }[]
  /**
   * Takes this much of the quota. The same `id` is never counted twice, however often it is asked; where none is given, one is made
   * for this question alone.
   */
  readonly consume?: number | { readonly amount: number; readonly id?: string }
  /** Fewer than wanted will do: the answer says how many as `admitted`. */
  readonly partial?: boolean
  readonly properties?: P['properties'] extends object
    ? { readonly [Part in keyof P['properties']]?: FactsOf<P['properties'][Part]> }
    : { readonly [Part in 'subject' | 'resource' | 'action']?: FactsOf<Record<string, never>> }
}

interface Standard {
  readonly ip?: string
  readonly country?: string
  readonly device?: string
  readonly session?: string
}

/** Of a product that is not known, anything; of a feature that has none, nothing. */
type Commands<F> = F extends { readonly commands: readonly (infer C)[] } ? C : 'commands' extends keyof F ? string : never

type Wanted<F> = F extends { readonly type: 'choice'; readonly values: readonly (infer V)[] }
  ? V
  : F extends { readonly type: infer T }
    ? [T] extends ['switch' | 'limit']
      ? number
      : number | string
    : never

interface AskedResource {
  readonly id: string
  readonly kind?: string
  readonly environment?: string
  readonly region?: string
  readonly labels?: Readonly<Record<string, string>>
}

/** A feature about a kind of resource is only asked with one. */
type Resource<F> = F extends { readonly resource: infer K extends string }
  ? { readonly resource: string | (Omit<AskedResource, 'kind'> & { readonly kind?: K }) }
  : { readonly resource?: string | AskedResource }

/** What the wire takes, with `consume.id` settled, so that every repetition is the same question. */
export function toWire(question: Question, product: Product | undefined): WireRequest {
  const { proofs, consume, feature, ...rest } = question
  return {
    ...(rest as Omit<WireRequest, 'feature'>),
    feature: qualified(product, feature),
    ...(proofs !== undefined && { proofs: proofs.map((proof) => ({ ...proof, at: instant(proof.at) })) }),
    ...(consume !== undefined && { consume: consumed(consume) }),
  }
}

function instant(at: string | Date): string {
  if (typeof at === 'string') return at
  if (Number.isNaN(at.getTime())) throw new WritError('QUESTION_INVALID', { member: 'proofs' })
  return at.toISOString()
}

function consumed(consume: NonNullable<Question['consume']>): { amount: number; id: string } {
  const { amount, id } = typeof consume === 'number' ? { amount: consume } : consume
  if (!Number.isSafeInteger(amount) || amount < 1) throw new WritError('QUESTION_INVALID', { member: 'consume' })
  return { amount, id: id ?? crypto.randomUUID() }
}

/** Equal for equal questions, whatever the order of their members. */
export function keyOf(question: WireRequest): string {
  return JSON.stringify(question, (_name, value: unknown) =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))),
  )
}

/** One name for an identity, however the question writes it. */
export function nameOf(who: Who | undefined): string {
  return JSON.stringify(typeof who === 'object' ? [who.issuer, who.subject] : who)
}
