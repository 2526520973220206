import type { EntitlementDetail, TokenClaims } from '@writ/license'
import type { Clock } from '../clock.ts'
import { type Decision, readDecision, refusal } from '../decision.ts'
import { type AskOptions, Enforcer, type EnforcerOptions } from '../enforcer.ts'
import { type AnyProduct, featureOf, type Product, qualified } from '../product.ts'
import type { Question } from '../question.ts'
import { WritError } from '../writ-error.ts'

interface Opened<P extends Product> extends EnforcerOptions<P> {
  readonly claims: TokenClaims
  readonly clock: Clock
  readonly authority?: Enforcer<P>
}

/** Decides by a verified entitlement token; what the token cannot say is asked of the authority where there is one. */
export class TokenWrit<const P extends Product = AnyProduct> extends Enforcer<P> {
  readonly claims: TokenClaims
  readonly #clock: Clock
  readonly #authority: Enforcer<P> | undefined

  constructor(opened: Opened<P>) {
    super(opened)
    this.claims = opened.claims
    this.#clock = opened.clock
    this.#authority = opened.authority
  }

  /** Whom the token is about. */
  get identity(): string {
    return this.claims.sub
  }

  protected async answer(question: Question, options: AskOptions): Promise<Decision> {
    const said = this.#said(question)
    if (typeof said !== 'string') return said
    // Who has no authority at hand learns what is missing: a count that is the authority's, or facts of now.
    return this.#authority?.check(this.#asIssued(question), options) ?? refusal(said, RECONNECT)
  }

  protected async answerAll(questions: readonly Question[], options: AskOptions): Promise<readonly Decision[]> {
    const said = questions.map((question) => this.#said(question))
    const open = questions.filter((_, i) => typeof said[i] === 'string').map((question) => this.#asIssued(question))
    const asked = open.length > 0 && this.#authority !== undefined ? [...(await this.#authority.batch(open, options))] : []
    return said.map((each) => (typeof each !== 'string' ? each : (asked.shift() ?? refusal(each, RECONNECT))))
  }

  /** For whom, through whom and where the token was issued holds for what is asked beside it too: else an actor would be left out. */
  #asIssued(question: Question): Question<P> {
    const { actor, organization } = this.claims
    return { ...question, ...(actor !== undefined && { actor }), ...(organization !== undefined && { organization }) } as Question<P>
  }

  /** What the token says; else why it cannot. */
  #said(question: Question): Decision | 'facts_stale' | 'quota_unavailable' {
    const { sub, organization, actor, exp } = this.claims
    if (question.identity !== sub || (question.actor !== undefined && question.actor !== actor)) {
      throw new WritError('QUESTION_INVALID', { member: question.identity === sub ? 'actor' : 'identity' })
    }
    if (question.consume !== undefined) return 'quota_unavailable'
    if (this.#clock() >= exp * 1_000) return 'facts_stale'
    // It was decided under its own circumstances; others may narrow, and nobody can tell here.
    const { context, proofs, properties, wanted, partial } = question
    if ([context, proofs, properties, wanted, partial].some((each) => each !== undefined)) return 'facts_stale'
    if (question.organization !== undefined && question.organization !== organization) return 'facts_stale'
    return this.#found(question)
  }

  #found({ feature, commands, resource }: Question): Decision | 'facts_stale' | 'quota_unavailable' {
    // By the product of this application, never by the token's: a feature of the same name may be another vendor's.
    const name = qualified(this.product, feature)
    if (!name.includes(':')) throw new WritError('QUESTION_INVALID', { member: 'feature' })
    const id = typeof resource === 'object' ? resource.id : resource
    // What an enforcer asserts of a resource may narrow.
    if (typeof resource === 'object' && Object.keys(resource).some((member) => member !== 'id' && member !== 'kind')) return 'facts_stale'
    if (resource === undefined && commands === undefined && this.claims.entitlements.includes(name)) return this.#yes({})
    const about = (this.claims.authorization_details ?? []).filter(({ actions, identifier }) => actions.includes(name) && identifier === id)
    const detail = commandsOf(about, commands ?? featureOf(this.product, { feature })?.commands)
    if (detail === undefined) return 'facts_stale'
    if (detail.counted === true) return 'quota_unavailable'
    const { decision } = detail
    if (decision === undefined) return this.#yes({})
    if (decision.expires !== undefined && this.#clock() >= Date.parse(decision.expires)) return 'facts_stale'
    return decision.allowed ? this.#yes(decision) : readDecision({ remedies: [], obligations: [], notices: [], ...decision })
  }

  #yes(decision: Partial<NonNullable<EntitlementDetail['decision']>>): Decision {
    const expires = new Date(this.claims.exp * 1_000).toISOString()
    return readDecision({ expires, remedies: [], obligations: [], notices: [], ...decision, allowed: true })
  }
}

const RECONNECT = [{ type: 'reconnect' }] as const

/** The one that covers every command; of several that fare differently, the one that says no. */
function commandsOf(about: readonly EntitlementDetail[], commands: readonly string[] | undefined): EntitlementDetail | undefined {
  if (commands === undefined || commands.length === 0) return about.find(({ privileges }) => privileges === undefined)
  const covers = ({ privileges }: EntitlementDetail, command: string): boolean => privileges === undefined || privileges.includes(command)
  const whole = about.find((detail) => commands.every((command) => covers(detail, command)))
  return whole ?? about.find((detail) => detail.decision?.allowed === false && commands.some((command) => covers(detail, command)))
}
