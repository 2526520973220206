import type { ChallengeOptions } from '../challenge.ts'
import type { Decision } from '../decision.ts'
import type { About, Enforcer, Entitlements } from '../enforcer.ts'
import type { FeatureName, PlainFeature, Product } from '../product.ts'
import type { Question, QuestionAbout } from '../question.ts'
import { Refused } from '../refused.ts'
import { type Answer, refusalAnswer, STRANGER } from './answer.ts'

type Awaitable<T> = T | Promise<T>

/** @typeParam Args what the framework hands to a handler, as far as it says who asks for what */
export interface EnforceOptions<P extends Product, Args extends readonly unknown[]> extends Omit<ChallengeOptions, 'now'> {
  /**
   * Who it is, as your own sign-in has proven it, and what else holds for every question: organization, context, proofs, actor. Nobody
   * (or an empty id) is answered with 401.
   */
  readonly who: (...args: Args) => Awaitable<About<P> | undefined | null>
}

/** What a question says beyond who asks and for which feature: consume, wanted, commands, resource, and more of what `who` says. */
type Particulars<P extends Product, F extends FeatureName<P>> = Omit<QuestionAbout<P, F>, 'identity' | 'feature'>

type Asks<P extends Product, F extends FeatureName<P>, Args extends readonly unknown[]> =
  | Particulars<P, F>
  | ((...args: Args) => Awaitable<Particulars<P, F>>)

/** Left out where there is nothing to say; not where the feature is about a resource. */
export type Asking<P extends Product, F extends FeatureName<P>, Args extends readonly unknown[]> =
  object extends Particulars<P, F> ? [asks?: Asks<P, F, Args>] : [asks: Asks<P, F, Args>]

/** Either the way is free, by this decision, or this is what to answer. */
export type Verdict =
  | { readonly decision: Decision; readonly answer?: undefined }
  | { readonly answer: Answer; readonly decision?: undefined }

/** What a page may know of a decision. */
export type VisibleDecision = Pick<Decision, 'allowed' | 'reason' | 'remedies' | 'notices' | 'value' | 'expires'>
export type VisibleEntitlements<P extends Product> = { readonly [F in PlainFeature<P>]: VisibleDecision }

/** What all adapters share: each of them only says it in the words of its framework. */
export class Enforcement<P extends Product, Args extends readonly unknown[]> {
  readonly #enforcer: Enforcer<P>
  readonly #options: EnforceOptions<P, Args>

  constructor(enforcer: Enforcer<P>, options: EnforceOptions<P, Args>) {
    this.#enforcer = enforcer
    this.#options = options
  }

  /** @throws {WritError} what is wrong with the set-up of the application; and whatever `who` and `asks` throw */
  async judge<F extends FeatureName<P>>(feature: F, [asks]: Asking<P, F, Args>, args: Args): Promise<Verdict> {
    const about = await this.#about(args)
    if (about === undefined) return { answer: STRANGER }
    const particulars = typeof asks === 'function' ? await asks(...args) : asks
    const decision = await this.#enforcer.check(joined(about, particulars, feature) as unknown as Question<P>)
    return decision.allowed ? { decision } : { answer: refusalAnswer(decision, feature, this.#options) }
  }

  /** The answer to a `Refused` that a handler threw; of any other error none. */
  refused(error: unknown): Answer | undefined {
    return error instanceof Refused ? refusalAnswer(error.decision, undefined, this.#options) : undefined
  }

  /** What the caller may use now, for their own page: it is neither kept nor shared on the way. @throws {WritError} PRODUCT_NEEDED */
  async entitlements(args: Args): Promise<Answer> {
    const about = await this.#about(args)
    if (about === undefined) return STRANGER
    const body = JSON.stringify(visible(await this.#enforcer.entitlements(about)))
    return { status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store' }, body }
  }

  async #about(args: Args): Promise<About<P> | undefined> {
    const about = await this.#options.who(...args)
    const identity = typeof about === 'object' && about !== null && 'identity' in about ? about.identity : about
    return identity ? (about as About<P>) : undefined
  }
}

type Said = Readonly<Record<string, unknown>> & { readonly context?: object; readonly properties?: object }

function joined(about: string | object, particulars: object | undefined, feature: string): Said {
  const common: Said = typeof about === 'object' && 'identity' in about ? { ...about } : { identity: about }
  const more: Said = { ...particulars }
  const both = (['context', 'properties'] as const).filter((member) => common[member] !== undefined && more[member] !== undefined)
  const merged = both.map((member) => [member, { ...common[member], ...more[member] }])
  return { ...common, ...more, ...Object.fromEntries(merged), identity: common.identity, feature }
}

function visible<P extends Product>(entitlements: Entitlements<P>): VisibleEntitlements<P> {
  const shown = Object.entries<Decision>(entitlements).map(([feature, { allowed, reason, remedies, notices, value, expires }]) => [
    feature,
    { allowed, reason, remedies, notices, value, expires },
  ])
  return Object.fromEntries(shown)
}
