import type { WireRequest } from '@writ/engine'
import type { BreakerOptions } from './breaker.ts'
import { type Challenge, type ChallengeOptions, challenge } from './challenge.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Decision, type Outage, readDecision, refusal } from './decision.ts'
import { type AskOptions, Enforcer, type EnforcerOptions } from './enforcer.ts'
import { readEvaluations, toEvaluation } from './evaluations.ts'
import { Memory } from './memory.ts'
import { type AnyProduct, type FeatureName, featureOf, type Product } from './product.ts'
import { type Common, type Question, toWire } from './question.ts'
import { Reservation, type ReserveOptions, readReserved, type Send } from './reservation.ts'
import { Sender } from './sender.ts'
import { WritError } from './writ-error.ts'

export interface WritOptions<P extends Product = AnyProduct> extends EnforcerOptions<P> {
  /** Where the authority is: `http://127.0.0.1:7070`. */
  readonly url: string
  /** An API key with the scope `decide`, `writ_key_…`, or where to get it. Absent: something on the way brings one. */
  readonly key?: string | (() => string | Promise<string>)
  /** For a question with all its attempts; default 2,000. */
  readonly timeoutMilliseconds?: number
  /** How many more times a question is sent after a failure that may pass at once; default 2. */
  readonly retries?: number
  readonly circuit?: BreakerOptions
  /**
   * When nobody answers. `as the terms say` (default): features that the product marks open keep their last known yes; all others are
   * closed. `closed`: all are.
   */
  readonly unreachable?: 'as the terms say' | 'closed'
  /** A license file, opened by `@writ/sdk/offline`: then it is what answers when the authority does not. */
  readonly offline?: Pick<Enforcer<P>, 'check'>
  /** Gives a yes again without asking, for so long at most (up to 60,000). Absent: every question is asked. */
  readonly reuse?: { readonly milliseconds: number }
  readonly fetch?: (request: Request) => Promise<Response>
  readonly clock?: Clock
  /** In [0, 1); spreads retries. */
  readonly random?: () => number
}

/** About whom a token is, under which circumstances, and who is to go by it. */
export interface AskedToken<P extends Product = AnyProduct> extends Omit<Common<P>, 'consume' | 'partial'> {
  /** Default: the product that this enforcer was given. */
  readonly product?: string
  /** Default: every feature of the product. */
  readonly features?: readonly FeatureName<P>[]
  /** Ids: features about a resource are told of these alone. */
  readonly resources?: readonly string[]
  /** Default: the product. */
  readonly audience?: string
  /** 30 to 900; default 300. */
  readonly seconds?: number
  /** RFC 7638 thumbprint of a key that whoever brings the token proves to hold, RFC 9449. */
  readonly dpopKey?: string
}

export interface IssuedToken {
  readonly token: string
  /** Epoch milliseconds, by this clock. */
  readonly expiresAt: number
}

const MOST_REUSE_MILLISECONDS = 60_000

/** Asks an authority, and obeys. Keeps no state but what it last heard, in this process; safe to share. */
export class Writ<const P extends Product = AnyProduct> extends Enforcer<P> {
  readonly #sender: Sender
  readonly #clock: Clock
  readonly #closed: boolean
  readonly #offline: Pick<Enforcer<P>, 'check'> | undefined
  readonly #reuse: number
  readonly #memory = new Memory()

  /** @throws {WritError} OPTION_INVALID */
  constructor(options: WritOptions<P>) {
    super(options)
    const { clock = systemClock, random = Math.random, reuse, unreachable, offline } = options
    const milliseconds = reuse?.milliseconds ?? 0
    if (!(milliseconds >= 0 && milliseconds <= MOST_REUSE_MILLISECONDS)) throw new WritError('OPTION_INVALID', { option: 'reuse' })
    this.#sender = new Sender({ ...options, clock, random })
    this.#clock = clock
    this.#closed = unreachable === 'closed'
    this.#offline = offline
    this.#reuse = milliseconds
  }

  /** {@link challenge} by this clock. */
  challenge(decision: Decision, options: ChallengeOptions = {}): Challenge {
    return challenge(decision, { now: this.#clock(), ...options })
  }

  /**
   * {@link check}, but holds the units of `consume` back for work whose amount is known when it is done: settle what was used, and the rest
   * is free again. Look at `decision.allowed` first. Where nobody answers nothing is reserved; what may have been held back all the same
   * is free at its end, and asking again with the same `consume.id` finds it.
   * @throws {WritError} QUESTION_INVALID without `consume`, and what {@link check} throws
   */
  async reserve(question: Question<P>, { seconds, signal }: ReserveOptions = {}): Promise<Reservation> {
    const { consume, ...wire } = toWire(question as Question, this.product)
    if (consume === undefined) throw new WritError('QUESTION_INVALID', { member: 'consume' })
    const body = { ...wire, ...consume, ...(seconds !== undefined && { seconds }) }
    const send: Send = (path, settlement, give) => this.#sent(path, settlement, give)
    const sent = await send('/v1/reservations', body, signal)
    if ('outage' in sent) return new Reservation(send, refusal('quota_unavailable', RECONNECT, { outage: sent.outage, consume }), undefined)
    const { reservation, ...decision } = readDecision(sent.body) as Decision & { reservation?: unknown }
    this.#memory.hear({ ...wire, consume }, decision)
    const obeyed = this.obeyed(decision)
    const made = new Reservation(send, obeyed, decision.allowed ? readReserved(reservation) : undefined)
    // What this application may not use is not kept from others.
    if (decision.allowed && !obeyed.allowed) await made.release({ signal }).catch(() => {})
    return made
  }

  /**
   * Has what somebody may use signed for some minutes, for whoever verifies it without asking: `@writ/sdk/token`.
   * @throws {WritError} NO_TOKEN when nobody answers; QUESTION_REFUSED with the authority's code, IDENTITY_REVOKED and the like
   */
  async token(asked: AskedToken<P>, { signal }: AskOptions = {}): Promise<IssuedToken> {
    const { product = this.product?.product, dpopKey, proofs, ...rest } = asked
    if (product === undefined) throw new WritError('PRODUCT_NEEDED', undefined)
    const wire = toWire({ ...rest, ...(proofs !== undefined && { proofs }), feature: '' } as unknown as Question, undefined)
    const { feature: _, ...about } = wire
    const sent = await this.#sent('/v1/tokens', { ...about, product, ...(dpopKey !== undefined && { dpop_jkt: dpopKey }) }, signal)
    if ('outage' in sent) throw new WritError('NO_TOKEN', { outage: sent.outage })
    const { token, expires_in: seconds } = (sent.body ?? {}) as { token?: unknown; expires_in?: unknown }
    if (typeof token !== 'string' || typeof seconds !== 'number') throw new WritError('ANSWER_MALFORMED', undefined)
    return { token, expiresAt: this.#clock() + seconds * 1_000 }
  }

  protected async answer(question: Question, { signal }: AskOptions): Promise<Decision> {
    const wire = toWire(question, this.product)
    const reused = this.#reusable(wire)
    if (reused !== undefined) return reused
    const sent = await this.#sent('/v1/check', wire, signal)
    if ('outage' in sent) return this.#unanswered(question, wire, sent.outage)
    const decision = readDecision(sent.body)
    this.#memory.hear(wire, decision)
    this.#keep(wire, question, decision)
    return decision
  }

  protected async answerAll(questions: readonly Question[], { signal }: AskOptions): Promise<readonly Decision[]> {
    const wires = questions.map((question) => toWire(question, this.product))
    const evaluations = wires.map((wire) => toEvaluation(wire, featureOf(this.product, wire)))
    const sent = await this.#sent('/access/v1/evaluations', { evaluations }, signal)
    const pairs = questions.map((question, i) => ({ question, wire: wires[i] as WireRequest }))
    if ('outage' in sent) return Promise.all(pairs.map(({ question, wire }) => this.#unanswered(question, wire, sent.outage)))
    const decisions = readEvaluations(sent.body, questions.length)
    for (const [i, { wire }] of pairs.entries()) this.#memory.hear(wire, decisions[i] as Decision)
    return decisions
  }

  async #sent(...question: Parameters<Sender['send']>): ReturnType<Sender['send']> {
    try {
      return await this.#sender.send(...question)
    } catch (error) {
      const revoked = error instanceof WritError && (error.code === 'CREDENTIAL_REFUSED' || error.code === 'SCOPE_MISSING')
      if (revoked) this.#memory.forgetYeses()
      throw error
    }
  }

  /** What consumed is never given twice: the authority tells by leaving `expires` out, so only a yes with an end is kept for reuse. */
  #reusable(wire: WireRequest): Decision | undefined {
    if (this.#reuse === 0 || wire.consume !== undefined) return undefined
    const now = this.#clock()
    const known = this.#memory.turnedBack(now) ? undefined : this.#memory.recall(wire, now, true)
    return known?.decision.expires !== undefined && now < known.at + this.#reuse ? known.decision : undefined
  }

  #keep(wire: WireRequest, question: Question, decision: Decision): void {
    if (!decision.allowed || wire.consume !== undefined || (this.#reuse === 0 && !this.#isOpen(question))) return
    const now = this.#clock()
    const { expires } = decision
    if (expires !== undefined) this.#memory.learn(wire, decision, now, Date.parse(expires))
    else if (this.#isOpen(question) && this.#memory.recall(wire, now) === undefined) void this.#learnEnd(wire)
  }

  /**
   * A yes that took a seat does not say how long it stands. Asking what would be decided now takes nothing, and says it. Nobody waits
   * for it: without it an outage closes the feature a little earlier.
   */
  async #learnEnd(wire: WireRequest): Promise<void> {
    try {
      const sent = await this.#sender.send('/v1/explain', wire, undefined)
      if ('outage' in sent) return
      const { trace: _, ...decision } = readDecision(sent.body) as Decision & { trace?: unknown }
      this.#memory.hear(wire, decision)
      const until = decision.expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(decision.expires)
      this.#memory.learn(wire, decision, this.#clock(), until)
    } catch {
      // Nothing was learned.
    }
  }

  /** Nobody answered: the license file decides where there is one; else a feature that the terms leave open keeps its last known yes. */
  async #unanswered(question: Question, wire: WireRequest, outage: Outage): Promise<Decision> {
    const { consume } = wire
    const unanswered = { outage, ...(consume !== undefined && { consume }) }
    const now = this.#clock()
    const turnedBack = this.#memory.turnedBack(now)
    if (this.#offline !== undefined) {
      const { feature: _, ...rest } = question
      const decision = await this.#offline.check({ ...rest, feature: wire.feature } as Question as Question<P>)
      const closing = decision.allowed ? this.#memory.closing(wire, decision.license) : undefined
      return closing === undefined ? { ...decision, ...unanswered } : refusal(closing.reason ?? 'facts_stale', closing.remedies, unanswered)
    }
    if (consume !== undefined) return refusal('quota_unavailable', RECONNECT, unanswered)
    const known = this.#closed || !this.#isOpen(question) ? undefined : this.#memory.recall(wire, now)
    if (known === undefined) return refusal('facts_stale', RECONNECT, unanswered)
    if (turnedBack) return refusal('clock_turned_back', RECONNECT, unanswered)
    const { decision, at } = known
    return { ...decision, notices: [...decision.notices, { type: 'stale', since: new Date(at).toISOString() }], ...unanswered }
  }

  #isOpen(question: Question): boolean {
    return !this.#closed && featureOf(this.product, question)?.open === true
  }
}

const RECONNECT = [{ type: 'reconnect' }] as const
