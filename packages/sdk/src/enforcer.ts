import { type Decision, held, type Obligation } from './decision.ts'
import { type AnyProduct, type FeatureName, featureOf, type PlainFeature, type Product } from './product.ts'
import type { Common, Question, Who } from './question.ts'
import { Refused } from './refused.ts'
import { WritError } from './writ-error.ts'

export interface AskOptions {
  /** Gives up: the call rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

export interface EnforcerOptions<P extends Product> {
  /** What `writ terms types` wrote: questions are typed by it, and it says which features stay open in an outage. */
  readonly product?: P
  /** The obligations that this application carries out. A yes that asks for another one is a no. Default: none. */
  readonly obligations?: readonly Obligation['type'][]
}

/** About whom; what else a question may say holds for every feature. */
export type About<P extends Product> = Who | Omit<Common<P>, 'consume' | 'partial'>

/** A decision for each feature that can be asked about without naming a resource. Plain JSON. */
export type Entitlements<P extends Product> = { readonly [F in PlainFeature<P>]: Decision }

/** What asks and obeys, whether by an authority or by a license file. */
export abstract class Enforcer<P extends Product = AnyProduct> {
  /** What questions are typed by. */
  readonly product: P | undefined
  readonly #able: ReadonlySet<Obligation['type']>

  constructor({ product, obligations = [] }: EnforcerOptions<P>) {
    this.product = product
    this.#able = new Set(obligations)
  }

  /** Asks without the application's own obligations. */
  protected abstract answer(question: Question, options: AskOptions): Promise<Decision>
  protected abstract answerAll(questions: readonly Question[], options: AskOptions): Promise<readonly Decision[]>

  /** A yes on terms that this application cannot keep is a no. */
  protected obeyed(decision: Decision): Decision {
    return held(decision, this.#able)
  }

  /**
   * May they? A refusal is an answer too, and so is an outage: `allowed` is what counts. Takes a seat and a rate unit where the terms
   * say so, and quota when `consume` is given.
   * @throws {WritError} what is wrong with the question, the key or the surroundings
   */
  async check(question: Question<P>, options: AskOptions = {}): Promise<Decision> {
    return held(await this.answer(question as Question, options), this.#able)
  }

  /**
   * {@link check}, where a no ends the work at hand.
   * @throws {Refused} with the decision, its reason and its remedies
   */
  async require(question: Question<P>, options: AskOptions = {}): Promise<Decision> {
    const decision = await this.check(question, options)
    if (!decision.allowed) throw new Refused(decision)
    return decision
  }

  /**
   * Many questions, answered in order; each answer by itself. Takes no seat and no rate unit, and quota only where `consume` is given.
   * @param questions at most 1,000
   */
  async batch(questions: readonly Question<P>[], options: AskOptions = {}): Promise<readonly Decision[]> {
    if (questions.length > MOST_QUESTIONS) throw new WritError('BATCH_TOO_LARGE', { most: MOST_QUESTIONS })
    if (questions.length === 0) return []
    const decisions = await this.answerAll(questions as readonly Question[], options)
    return decisions.map((decision) => held(decision, this.#able))
  }

  /**
   * What somebody may use now, feature by feature; takes nothing. Features about a resource are not in it: they are asked about one.
   * @throws {WritError} PRODUCT_NEEDED
   */
  async entitlements(about: About<P>, options: AskOptions = {}): Promise<Entitlements<P>> {
    const { product } = this
    if (product === undefined) throw new WritError('PRODUCT_NEEDED', undefined)
    const common = typeof about === 'object' && 'identity' in about ? about : { identity: about }
    const names = Object.keys(product.features).filter((name) => featureOf(product, { feature: name })?.resource === undefined)
    const decisions = await this.batch(
      names.map((feature) => ({ ...common, feature }) as unknown as Question<P>),
      options,
    )
    return Object.fromEntries(names.map((name, i) => [name as FeatureName<P>, decisions[i]])) as Entitlements<P>
  }
}

const MOST_QUESTIONS = 1000
