import {
  assertionsOf,
  decide,
  decisionToWire,
  type Decision as EngineDecision,
  hasEnded,
  type Instant,
  propose,
  requestFromWire,
  type Spending,
  type WireRequest,
  type World,
  withoutAssertions,
} from '@writ/engine'
import { type Clock, systemClock } from '../clock.ts'
import type { Decision } from '../decision.ts'
import { type AskOptions, Enforcer } from '../enforcer.ts'
import type { AnyProduct, Product } from '../product.ts'
import { keyOf, type Question, toWire } from '../question.ts'
import { Sender } from '../sender.ts'
import { Writ, type WritOptions } from '../writ.ts'
import { WritError } from '../writ-error.ts'
import { ConsumedIds } from './consumed-ids.ts'
import { Copy, type CopyOptions } from './copy.ts'
import type { LeasePool } from './lease-pool.ts'
import { Leases, LeaseView } from './leases.ts'
import type { RatePool } from './rate-pool.ts'
import { countsReader } from './read-counts.ts'
import { SoftCounts, type UsageSink } from './soft-counts.ts'

export interface LiveOptions<P extends Product = AnyProduct>
  extends Omit<WritOptions<P>, 'reuse'>,
    Pick<CopyOptions, 'onChange' | 'silenceMilliseconds' | 'roots' | 'onlyProven'> {
  /** A copy that heard nothing for so long is stale, and the grace of the terms begins; default 60,000, at least 1,000. */
  readonly staleAfterMilliseconds?: number
  /** How long {@link openLive} waits for the first snapshot; default 10,000. */
  readonly startMilliseconds?: number
  /**
   * Hard quotas are spent here, by slices that are taken ahead of need for so many seconds (5 to 3,600, default 60); `none`: each is asked
   * of the authority. A process that dies without {@link LiveWrit.close} leaves its slices counted as used.
   */
  readonly leases?: 'none' | { readonly seconds: number }
  /**
   * Where usage is recorded, as `openUsage` of `@writ/sdk/usage` opens it: then limits that refuse nobody are counted here, at once, and by
   * the authority some seconds later. Absent: each such use is asked of the authority. It is closed by whoever opened it, after this.
   */
  readonly usage?: UsageSink
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
  /** What the authority signed of it, newest: `verifyFreshnessStamp` of `@writ/license` says to an auditor what it proves. Only with `roots`. */
  readonly stamp?: string
  /** Of `stamp`, by the authority's clock: the copy had then all that there was. Epoch milliseconds. */
  readonly provenAt?: number
  /** The last stamp does not hold. Nothing was believed that came with it. */
  readonly fault?: WritError
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
  readonly #leases: Leases | undefined
  readonly #soft: SoftCounts | undefined
  readonly #consumed = new ConsumedIds()
  #isClosed = false
  /** Questions answered in this process, and by the authority. */
  readonly counts = { here: 0, asked: 0 }

  /** @throws {WritError} OPTION_INVALID */
  constructor(options: LiveOptions<P>) {
    super(options)
    const { clock = systemClock, random = Math.random, staleAfterMilliseconds = STALE_AFTER_MILLISECONDS, leases = {} } = options
    const seconds = leases === 'none' ? 60 : ((leases as { seconds?: number }).seconds ?? 60)
    if (!(staleAfterMilliseconds >= 1_000)) throw new WritError('OPTION_INVALID', { option: 'staleAfterMilliseconds' })
    if (!(Number.isInteger(seconds) && seconds >= 5 && seconds <= 3600)) throw new WritError('OPTION_INVALID', { option: 'leases' })
    if (options.onlyProven === true && (options.roots ?? []).length === 0) throw new WritError('OPTION_INVALID', { option: 'roots' })
    this.#remote = new Writ(options)
    // Beside the questions: that nothing could be leased opens no circuit for them.
    const sender = new Sender({ ...options, retries: 0, clock, random })
    const monotonic = () => performance.now()
    if (leases !== 'none')
      this.#leases = new Leases({
        send: (path, body) => sender.send(path, body, undefined),
        monotonic,
        wall: clock,
        newId: () => crypto.randomUUID(),
        holder: crypto.randomUUID(),
        seconds,
      })
    if (options.usage !== undefined) this.#soft = new SoftCounts({ sink: options.usage, read: countsReader(options), monotonic })
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
    const { proof, stampFault: fault } = this.#copy
    const proven = { ...proof, ...(fault !== undefined && { fault }) }
    if (world === undefined) return { isFollowing, isStale: true, ...proven }
    const ageMilliseconds = this.#copy.age()
    const isStale = ageMilliseconds > this.#staleAfter
    return { revision: world.revision, ...(Number.isFinite(ageMilliseconds) && { ageMilliseconds }), isFollowing, isStale, ...proven }
  }

  /** Gives back what was leased and is not spent, and stops following. Questions are asked of the authority from then on. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([this.#copy.close(), this.#leases?.close()])
  }

  /** {@link Writ.reserve}. */
  reserve(...question: Parameters<Writ<P>['reserve']>): ReturnType<Writ<P>['reserve']> {
    return this.#remote.reserve(...question)
  }

  protected async answer(question: Question, options: AskOptions): Promise<Decision> {
    const wire = toWire(question, this.product)
    let told = this.#decide(question, wire, true)
    if ('short' in told && told.short !== undefined) {
      // A slice is on its way, or asked for now: waiting for it spares the authority a question each.
      await underWay(told.short, options.signal)
      told = this.#decide(question, wire, true)
    }
    if ('allowed' in told) return told
    this.counts.asked++
    return this.#ask(question, wire, options)
  }

  protected async answerAll(questions: readonly Question[], options: AskOptions): Promise<readonly Decision[]> {
    const wires = questions.map((question) => toWire(question, this.product))
    const told = wires.map((wire, i) => this.#decide(questions[i] as Question, wire, false))
    const left = questions.flatMap((question, i) => ('allowed' in (told[i] as Told) ? [] : [settled(question, wires[i] as WireRequest)]))
    for (const [i, { consume }] of wires.entries())
      if (consume !== undefined && !('allowed' in (told[i] as Told))) this.#consumed.set(consume.id, 'elsewhere')
    this.counts.asked += left.length
    const asked = [...(await this.#remote.batch(left as unknown as readonly Question<P>[], options))]
    const decisions = told.map((each) => ('allowed' in each ? each : (asked.shift() as Decision)))
    for (const [i, decision] of decisions.entries()) {
      const wire = wires[i] as WireRequest
      const again = wire.consume !== undefined && (await this.#surrender(decision, wire))
      if (again) decisions[i] = await this.#ask(questions[i] as Question, wire, options)
    }
    return decisions
  }

  /** What was asked there once is asked there again: it alone knows whether it was counted. */
  async #ask(question: Question, wire: WireRequest, options: AskOptions): Promise<Decision> {
    if (wire.consume !== undefined) this.#consumed.set(wire.consume.id, 'elsewhere')
    const ask = (): Promise<Decision> => this.#remote.check(settled(question, wire) as Question<P>, options)
    const first = await ask()
    // What this process has at hand itself is no reason to refuse it.
    const decision = (await this.#surrender(first, wire)) ? await ask() : first
    if (decision.allowed && decision.outage === undefined && decision.license !== undefined) this.#keepSeat(decision.license, wire)
    return decision
  }

  async #surrender({ reason, license }: Decision, { feature, consume, wanted }: WireRequest): Promise<boolean> {
    const name = this.#copy.world?.feature(feature)?.name
    if (license === undefined || name === undefined) return false
    if (reason === 'quota_exhausted') return (await this.#leases?.find(license, name)?.surrender()) ?? false
    if (reason !== 'rate_limited') return false
    const amount = consume?.amount ?? (typeof wanted === 'number' ? wanted : 1)
    const given = (this.#leases?.ratesOf(license, name) ?? []).map((pool) => pool.refused(amount))
    return (await Promise.all(given)).includes(true)
  }

  /** Where the check took a floating seat, it is kept by heartbeats, and the next questions are decided here. */
  #keepSeat(license: string, wire: WireRequest): void {
    const { world } = this.#copy
    const record = world?.license(license)
    const seats = record && world?.sold(record)?.plan.plan.seats
    const identity = world && idOf(world, wire)
    if (seats?.kind !== 'floating' || identity === undefined || this.#leases === undefined || this.#isClosed) return
    const row = world?.identities.find(identity)
    if (row === undefined || !seats.for.includes(world?.identities.kind(row) ?? 'human')) return
    this.#leases.seats.took(license, identity, seats.leaseSeconds)
    this.#leases.keepUp()
  }

  /**
   * @param takes whether a seat is taken on use, and a slice where none is at hand
   * @returns where only the authority can say, or a slice has to come first, which
   */
  #decide(question: Question, wire: WireRequest, takes: boolean): Told {
    const { world, scopes, fault } = this.#copy
    const { consume } = wire
    if (fault !== undefined) throw fault
    if (world === undefined || this.#isClosed) return ELSEWHERE
    const leases = scopes.includes('consume') ? this.#leases : undefined
    const known = consume === undefined ? undefined : this.#consumed.get(consume.id)
    const soft = scopes.includes('consume') ? this.#soft : undefined
    if (known === 'elsewhere' || (consume !== undefined && leases === undefined && soft === undefined)) return ELSEWHERE
    const now = this.#clock()
    this.#stand(world, now)
    const sent = requestFromWire(wire)
    const feature = world.feature(wire.feature)?.name ?? ''
    const amount = consume?.amount ?? (typeof wire.wanted === 'number' ? wire.wanted : 1)
    const identity = idOf(world, wire)
    const usage = new LeaseView(this.#leases, this.#soft, { feature, identity, amount, now })
    const request = withoutAssertions(sent, assertionsOf(scopes))
    const isCounted = takes || consume !== undefined
    const { decision, spending } = propose(world, usage, request, now, isCounted)
    const judged = request === sent ? decision : narrower(decision, decide(world, usage, sent, now))
    if (known !== undefined) {
      if (known.question !== askedBy(wire))
        throw new WritError('QUESTION_REFUSED', { status: 422, code: 'CONSUME_ID_REUSED', pointers: [] })
      return hasEnded(judged) ? this.#here(judged) : known.decision
    }
    if (usage.wasAsked || (takes && spending?.seat?.kind === 'named')) return ELSEWHERE
    if (takes && spending?.seat !== undefined) this.#leases?.seats.use(spending.license, spending.seat.identity)
    const short = !takes || consume === undefined || usage.short === undefined ? undefined : leases?.of(usage.short, feature)
    short?.want(amount)
    if (usage.short !== undefined || judged.reason === 'quota_unavailable') return { short }
    const lacking = lackingOf(leases, usage, { judged, spending, feature })
    if (lacking !== undefined) {
      if (!isCounted || lacking === 'elsewhere') return ELSEWHERE
      const isRefused = usage.partless === undefined && judged.reason === 'rate_limited' && lacking.isRefused(amount)
      lacking.want(amount)
      return isRefused ? this.#here(judged) : { short: lacking }
    }
    if (!judged.allowed || !isCounted || (consume === undefined && spending?.rate === undefined)) return this.#here(judged)
    const { license = '', quota, rate = [] } = spending ?? {}
    if (consume !== undefined) {
      // Nothing is counted, or the slice counts in other windows.
      if (quota === undefined) return ELSEWHERE
      const { meter, amount: units, windows } = quota
      const isSoft = windows.every(({ hardLimit }) => hardLimit === undefined)
      const isTaken = isSoft
        ? soft?.count(license, meter, units, givenId(question), now)
        : leases?.find(license, feature)?.take(units, windows)
      if (isTaken !== true) return ELSEWHERE
    }
    for (const each of rate) leases?.findRate(license, each.feature, each.rate)?.take(each.amount)
    const { expires: _, ...lasting } = judged
    const answer = this.#here(lasting)
    if (consume !== undefined && givenId(question) !== undefined)
      this.#consumed.set(consume.id, { question: askedBy(wire), decision: answer })
    return answer
  }

  #here(decision: EngineDecision): Decision {
    this.counts.here++
    const { trace: _, ...answer } = decisionToWire(decision)
    return answer as Decision
  }

  #stand(world: World, now: Instant): void {
    const age = this.#copy.age()
    world.standing = age > this.#staleAfter ? { staleSince: Math.max(0, now - age) } : {}
  }
}

/** An answer, or that there is none here; `short`: where a slice or a part has to come first. */
type Told = Decision | { readonly short: Pool | undefined }
type Pool = Pick<LeasePool | RatePool, 'settled'>
const ELSEWHERE: Told = { short: undefined }

/** The rate of which no part at hand lets through what is asked, where one should; `elsewhere`: only the authority can say. */
function lackingOf(
  leases: Leases | undefined,
  { partless }: LeaseView,
  { judged, spending, feature }: { judged: EngineDecision; spending: Spending | undefined; feature: string },
): RatePool | 'elsewhere' | undefined {
  if (partless !== undefined)
    return judged.allowed && leases !== undefined ? leases.ofRate(partless.license, feature, partless.rate) : 'elsewhere'
  if (judged.reason === 'rate_limited') return leases?.ratesOf(judged.license ?? '', feature)[0] ?? 'elsewhere'
  for (const { feature: of, rate, amount } of spending?.rate ?? []) {
    const pool = leases?.findRate(spending?.license ?? '', of, rate)
    if (pool?.has(amount) !== true) return pool ?? 'elsewhere'
  }
  return undefined
}

/** Of what is consumed: whoever gave it may ask again under it. */
function givenId({ consume }: Question): string | undefined {
  return typeof consume === 'object' ? consume.id : undefined
}

/** The question with the id that was made for it. */
function settled(question: Question, { consume }: WireRequest): Question {
  return consume === undefined ? question : { ...question, consume }
}

/** What of a question the same id must mean again; that a proof is newer makes it no other. */
function askedBy({ identity, actor, organization, feature, commands, resource, consume, wanted, partial }: WireRequest): string {
  const asked = { identity, actor, organization, feature, commands, resource, consume, wanted, partial }
  return keyOf(JSON.parse(JSON.stringify(asked)))
}

async function underWay(pool: Pool, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return pool.settled()
  signal.throwIfAborted()
  let gaveUp: () => void = () => {}
  const given = new Promise<never>((_, reject) => {
    gaveUp = () => reject(signal.reason)
    signal.addEventListener('abort', gaveUp)
  })
  await Promise.race([pool.settled(), given]).finally(() => signal.removeEventListener('abort', gaveUp))
}

function idOf(world: World, { identity }: WireRequest): string | undefined {
  if (typeof identity !== 'object') return identity
  const row = world.identities.find(identity)
  return row === undefined ? undefined : world.identities.id(row)
}

/** What the enforcer may not state can only narrow: both must say yes, and the yes ends with the first of them. */
function narrower(without: EngineDecision, withAll: EngineDecision): EngineDecision {
  if (!without.allowed) return without
  if (!withAll.allowed) return withAll
  const expires = Math.min(without.expires ?? Number.POSITIVE_INFINITY, withAll.expires ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(expires) ? { ...without, expires } : without
}
