import {
  assertionsOf,
  decide,
  decisionToWire,
  type Decision as EngineDecision,
  type Instant,
  propose,
  requestFromWire,
  type Spending,
  type Usage,
  type World,
  withoutAssertions,
} from '@writ/engine'
import { type Clock, systemClock } from '../clock.ts'
import type { Decision } from '../decision.ts'
import { type AskOptions, Enforcer } from '../enforcer.ts'
import type { AnyProduct, Product } from '../product.ts'
import { type Question, toWire } from '../question.ts'
import { Writ, type WritOptions } from '../writ.ts'
import { WritError } from '../writ-error.ts'
import { Copy, type CopyOptions } from './copy.ts'

export interface LiveOptions<P extends Product = AnyProduct>
  extends Omit<WritOptions<P>, 'reuse'>,
    Pick<CopyOptions, 'onChange' | 'silenceMilliseconds'> {
  /** A copy that heard nothing for so long is stale, and the grace of the terms begins; default 60,000, at least 1,000. */
  readonly staleAfterMilliseconds?: number
  /** How long {@link openLive} waits for the first snapshot; default 10,000. */
  readonly startMilliseconds?: number
}

/** How far the copy is. */
export interface Freshness {
  /** Of the authority, as the copy has it; absent: there is none yet. */
  readonly revision?: number
  /** Since the authority last said that this is all there is. */
  readonly ageMilliseconds?: number
  /** The stream is open. */
  readonly isFollowing: boolean
  /** Older than this application lets it be: the grace of the terms runs. */
  readonly isStale: boolean
}

const STALE_AFTER_MILLISECONDS = 60_000
const START_MILLISECONDS = 10_000

/**
 * Follows an authority and decides in this process. Waits for the first snapshot, and not for ever: until it is there, and for what is
 * counted by the authority, questions are asked of it.
 * @throws {WritError} OPTION_INVALID, and when the authority refuses the key: CREDENTIAL_REFUSED, SCOPE_MISSING, QUESTION_REFUSED
 */
export async function openLive<const P extends Product = AnyProduct>(options: LiveOptions<P>): Promise<LiveWrit<P>> {
  const { startMilliseconds = START_MILLISECONDS } = options
  const live = new LiveWrit(options)
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, startMilliseconds)
  })
  await Promise.race([live.ready(), late])
  clearTimeout(timer)
  if (live.fault === undefined) return live
  await live.close()
  throw live.fault
}

/** Decides by a copy of the facts; asks the authority what it alone can count. Made by {@link openLive}. */
export class LiveWrit<const P extends Product = AnyProduct> extends Enforcer<P> {
  readonly #remote: Writ<P>
  readonly #copy: Copy
  readonly #clock: Clock
  readonly #staleAfter: number
  /** Questions answered in this process, and by the authority. */
  readonly counts = { here: 0, asked: 0 }

  /** @throws {WritError} OPTION_INVALID */
  constructor(options: LiveOptions<P>) {
    super(options)
    const { clock = systemClock, random = Math.random, staleAfterMilliseconds = STALE_AFTER_MILLISECONDS } = options
    if (!(staleAfterMilliseconds >= 1_000)) throw new WritError('OPTION_INVALID', { option: 'staleAfterMilliseconds' })
    this.#remote = new Writ(options)
    this.#clock = clock
    this.#staleAfter = staleAfterMilliseconds
    this.#copy = new Copy({ ...options, clock, random })
  }

  /** Resolves with the first snapshot, or when the authority refuses the key. */
  ready(): Promise<void> {
    return this.#copy.ready()
  }

  /** Why the authority does not let this key follow; absent: it does. */
  get fault(): WritError | undefined {
    return this.#copy.fault
  }

  get freshness(): Freshness {
    const { world, isFollowing } = this.#copy
    if (world === undefined) return { isFollowing, isStale: true }
    const ageMilliseconds = this.#copy.age()
    return { revision: world.revision, ageMilliseconds, isFollowing, isStale: ageMilliseconds > this.#staleAfter }
  }

  /** Stops following. Questions are asked of the authority from then on. */
  async close(): Promise<void> {
    await this.#copy.close()
  }

  /** {@link Writ.reserve}. */
  reserve(...question: Parameters<Writ<P>['reserve']>): ReturnType<Writ<P>['reserve']> {
    return this.#remote.reserve(...question)
  }

  protected async answer(question: Question, options: AskOptions): Promise<Decision> {
    const decision = question.consume === undefined ? this.#decide(question, true) : undefined
    if (decision !== undefined) return decision
    this.counts.asked++
    return this.#remote.check(question as Question<P>, options)
  }

  protected async answerAll(questions: readonly Question[], options: AskOptions): Promise<readonly Decision[]> {
    const decisions = questions.map((question) => (question.consume === undefined ? this.#decide(question, false) : undefined))
    const left = questions.filter((_, i) => decisions[i] === undefined)
    this.counts.asked += left.length
    const asked = [...(await this.#remote.batch(left as unknown as readonly Question<P>[], options))]
    return decisions.map((decision) => decision ?? (asked.shift() as Decision))
  }

  /** @param takes whether a seat is taken on use @returns `undefined` where only the authority can say */
  #decide(question: Question, takes: boolean): Decision | undefined {
    const { world, scopes, fault } = this.#copy
    if (fault !== undefined) throw fault
    if (world === undefined) return undefined
    const now = this.#clock()
    this.#stand(world, now)
    const sent = requestFromWire(toWire(question, this.product))
    const usage = new Elsewhere()
    const request = withoutAssertions(sent, assertionsOf(scopes))
    const { decision, spending } = propose(world, usage, request, now)
    const judged = request === sent ? decision : narrower(decision, decide(world, usage, sent, now))
    if (usage.wasAsked || (takes && spends(spending))) return undefined
    this.counts.here++
    const { trace: _, ...answer } = decisionToWire(judged)
    return answer as Decision
  }

  #stand(world: World, now: Instant): void {
    const age = this.#copy.age()
    world.standing = age > this.#staleAfter ? { staleSince: now - age } : {}
  }
}

/** What this process does not count, and only the authority knows. */
class Elsewhere implements Usage {
  wasAsked = false
  used(): undefined {
    this.wasAsked = true
  }
  arrival(): number {
    this.wasAsked = true
    return Number.NEGATIVE_INFINITY
  }
  floating(): readonly never[] {
    this.wasAsked = true
    return []
  }
}

function spends(spending: Spending | undefined): boolean {
  return spending?.seat !== undefined || spending?.quota !== undefined || spending?.rate !== undefined
}

/** What the enforcer may not state can only narrow: both must say yes, and the yes ends with the first of them. */
function narrower(without: EngineDecision, withAll: EngineDecision): EngineDecision {
  if (!without.allowed) return without
  if (!withAll.allowed) return withAll
  const expires = Math.min(without.expires ?? Number.POSITIVE_INFINITY, withAll.expires ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(expires) ? { ...without, expires } : without
}
