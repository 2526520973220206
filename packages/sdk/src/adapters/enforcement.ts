import type { ChallengeOptions } from '../challenge.ts'
import type { Decision } from '../decision.ts'
import type { About, Enforcer, Entitlements } from '../enforcer.ts'
import type { FeatureName, PlainFeature, Product } from '../product.ts'
import type { Question, QuestionAbout } from '../question.ts'
import { Refused } from '../refused.ts'
import { WritError } from '../writ-error.ts'
import { type Answer, refusalAnswer, strangerAnswer } from './answer.ts'

type Awaitable<T> = T | Promise<T>

/** @typeParam Args what the framework hands to a handler, as far as it says who asks for what */
export interface EnforceOptions<P extends Product, Args extends readonly unknown[]> extends Omit<ChallengeOptions, 'now'> {
  /**
   * Who it is, as your own sign-in has proven it, and what else holds for every question: organization, context, proofs, actor. Nobody
   * (or an empty id) is answered with 401. To be left out where the enforcer is of one identity, as an opened entitlement token is.
   */
  readonly who?: (...args: Args) => Awaitable<About<P> | undefined | null>
}

/** What decides: one enforcer for all requests, or each request's own, such as the entitlement token that it brings. None: 401. */
export type EnforcerFor<P extends Product, Args extends readonly unknown[]> =
  | Enforcer<P>
  | ((...args: Args) => Awaitable<Enforcer<P> | undefined>)

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
  readonly #enforcer: EnforcerFor<P, Args>
  readonly #options: EnforceOptions<P, Args>

  /** @throws {WritError} OPTION_INVALID where nothing would say who asks */
  constructor(enforcer: EnforcerFor<P, Args>, options: EnforceOptions<P, Args>) {
    if (options.who === undefined && typeof enforcer !== 'function' && ownerOf(enforcer) === undefined) {
      throw new WritError('OPTION_INVALID', { option: 'who' })
    }
    this.#enforcer = enforcer
    this.#options = options
  }

  /** @throws {WritError} what is wrong with the set-up of the application; and whatever `who` and `asks` throw */
  async judge<F extends FeatureName<P>>(feature: F, [asks]: Asking<P, F, Args>, args: Args): Promise<Verdict> {
    const asker = await this.#asker(args)
    if (asker === undefined) return { answer: strangerAnswer(this.#options) }
    const { enforcer, about } = asker
    const particulars = typeof asks === 'function' ? await asks(...args) : asks
    const decision = await enforcer.check(joined(about, particulars, feature) as unknown as Question<P>)
    return decision.allowed ? { decision } : { answer: refusalAnswer(decision, feature, this.#options) }
  }

  /** The answer to a `Refused` that a handler threw; of any other error none. */
  refused(error: unknown): Answer | undefined {
    return error instanceof Refused ? refusalAnswer(error.decision, undefined, this.#options) : undefined
  }

  /** What the caller may use now, for their own page: it is neither kept nor shared on the way. @throws {WritError} PRODUCT_NEEDED */
  async entitlements(args: Args): Promise<Answer> {
    const asker = await this.#asker(args)
    if (asker === undefined) return strangerAnswer(this.#options)
    const body = JSON.stringify(visible(await asker.enforcer.entitlements(asker.about)))
    return { status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store' }, body }
  }

  /** Who asks, and what decides about them; `undefined`: nobody who has proven it. */
  async #asker(args: Args): Promise<{ enforcer: Enforcer<P>; about: About<P> } | undefined> {
    const { who } = this.#options
    const enforcer = typeof this.#enforcer === 'function' ? await opened(this.#enforcer, args) : this.#enforcer
    if (enforcer === undefined) return undefined
    const about = who === undefined ? ownerOf(enforcer) : await who(...args)
    const identity = typeof about === 'object' && about !== null && 'identity' in about ? about.identity : about
    return identity ? { enforcer, about: about as About<P> } : undefined
  }
}

/** Of an opened entitlement token: whom it is about. */
function ownerOf(enforcer: object): string | undefined {
  return 'identity' in enforcer && typeof enforcer.identity === 'string' ? enforcer.identity : undefined
}

/** A token that is not gone by is no token; every other error is one of the application. */
async function opened<P extends Product, Args extends readonly unknown[]>(
  open: (...args: Args) => Awaitable<Enforcer<P> | undefined>,
  args: Args,
): Promise<Enforcer<P> | undefined> {
  try {
    return await open(...args)
  } catch (error) {
    if (error instanceof Error && error.name === 'TokenError') return undefined
    throw error
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
