import { arrivalAfter, burstMilliseconds, joined, leastPartFor, partOf, type RatePart, readyAt } from '@writ/engine'
import type { Path, Sent } from '../sender.ts'
import { WritError } from '../writ-error.ts'
import { type Clocks, leaseEnd, MARGIN_PART, type Moment, momentOf, untilOver } from './lease-end.ts'
import { Pause } from './pause.ts'
import { type Rate, type RateAnswer, readRateLease } from './rate-lease.ts'

export interface RatePoolOptions extends Clocks {
  readonly license: string
  /** By its name within the product. */
  readonly feature: string
  readonly rate: Rate
  /** @throws {WritError} when the authority was reached and did not take it */
  readonly send: (path: Path, body: object) => Promise<Sent>
  readonly newId: () => string
  /** How long a lease is asked for: 5 to 3,600, default 60. */
  readonly seconds?: number
}

/** A part of a rate as it is at hand: how far it is used up, and how long it lasts. */
export interface PartAtHand {
  readonly rate: Rate
  /** Until it would be as if nothing had gone through. */
  readonly backlogMilliseconds: number
  readonly milliseconds: number
}

/** What is used is reported so often, to keep what is needed and no more. */
const REPORT_MILLISECONDS = 5_000
/** More than was asked for of late, so that a little more of it does not have to ask. */
const HEADROOM = 1.5
/** Of the count, asked for at first: how much will be needed nobody knows yet. */
const FIRST_PART = 0.25
/** What the authority refused a moment ago it is not asked again. */
const REFUSED_MILLISECONDS = 100
/** The plan has no such rate, or the key does not see the licence. */
const UNKNOWN_MILLISECONDS = 60_000

/**
 * Lets a rate through by a part of it, which is nobody else's while its lease runs. That is counted from when the report was sent, so the
 * authority thinks that it ends later; and what is added is used from when the answer came, not sooner. A part fills by the clock that
 * nobody sets, and a hundredth slower than that says.
 */
export class RatePool {
  readonly options: RatePoolOptions
  readonly #id: string
  readonly #pause: Pause
  #seq = 0
  #count = 0
  /** GCRA's theoretical arrival time, by the monotonic clock. */
  #arrival = Number.NEGATIVE_INFINITY
  #end: Moment = { monotonic: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY }
  #reportAt = Number.NEGATIVE_INFINITY
  #reportedAt: number
  #fair = Number.POSITIVE_INFINITY
  /** Units asked for since the last report, let through or not. */
  #asked = 0
  #amount = 1
  #isShort = false
  /** A report went out that no answer came to: the authority may think that more is here than there is. */
  #isOwed = false
  #refused = { until: Number.NEGATIVE_INFINITY, amount: 0 }
  #underWay: Promise<void> | undefined
  #isClosed = false

  constructor(options: RatePoolOptions) {
    this.options = options
    this.#id = options.newId()
    this.#pause = new Pause(options.monotonic)
    this.#reportedAt = options.monotonic()
  }

  /** Nothing is at hand, and nothing is owed. */
  get isIdle(): boolean {
    return this.#count === 0 && !this.#isShort && !this.#isOwed && this.#underWay === undefined
  }

  /** What of the rate is at hand; `undefined`: nothing, or it is over. */
  get part(): PartAtHand | undefined {
    return this.#part(this.options.wall())
  }

  /** {@link part} by the clock of whoever decides, who just read it. */
  partAt(now: number): RatePart | undefined {
    const part = this.#part(now)
    return part && { rate: part.rate, arrival: now + part.backlogMilliseconds, until: now + Math.floor(part.milliseconds) }
  }

  #part(now: number): PartAtHand | undefined {
    const milliseconds = untilOver(this.options, this.#end, now)
    if (this.#count === 0 || milliseconds <= 0) return undefined
    const backlogMilliseconds = Math.max(0, this.#arrival - this.options.monotonic())
    return { rate: this.#usable(), backlogMilliseconds, milliseconds }
  }

  /** Whether so many units may go through now. */
  has(amount: number): boolean {
    if (this.#count === 0 || untilOver(this.options, this.#end) <= 0) return false
    return readyAt(this.#usable(), this.#arrival - this.options.monotonic(), amount) <= 0
  }

  /** Lets them through, all or none. */
  take(amount: number): boolean {
    if (!this.has(amount)) return false
    this.#asked += amount
    this.#arrival = arrivalAfter(this.#usable(), this.#arrival, amount, this.options.monotonic())
    return true
  }

  /** They did not go through here: more of the rate is asked for in the background. */
  want(amount: number): void {
    this.#asked += amount
    this.#amount = amount
    // Where no two could have a part there is nothing to ask for.
    if (this.#isClosed || this.options.rate.count < 2 * leastPartFor(this.options.rate, 1)) return
    this.#isShort = true
    this.#work()
  }

  /** The authority said no to so many units. @returns whether asking again helps: more was at hand here than a part lets through at once */
  async refused(amount: number): Promise<boolean> {
    this.#refused = { until: this.options.monotonic() + REFUSED_MILLISECONDS, amount }
    await this.#underWay
    const { part } = this
    if (part === undefined || amount <= part.rate.burst || this.#underWay !== undefined) return false
    this.#pause.rest()
    this.#run(() => this.#report(0, 0))
    await this.#underWay
    return true
  }

  /** The authority said no to as many a moment ago. */
  isRefused(amount: number): boolean {
    return this.options.monotonic() < this.#refused.until && amount >= this.#refused.amount
  }

  /** Resolves when what is under way is over, well or not. */
  async settled(): Promise<void> {
    await this.#underWay
  }

  /** Reports in good time; to be called about every half second. */
  tick(): void {
    if (untilOver(this.options, this.#end) <= 0) this.#count = 0
    if (this.#isOwed || (this.#count > 0 && this.options.monotonic() >= this.#reportAt)) this.#work()
  }

  /** Gives everything back. What cannot be given back now is nobody's until its lease ends. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#underWay
    if (this.part !== undefined || this.#isOwed) await this.#report(0, 0)
    this.#count = 0
  }

  #usable(): Rate {
    const part = partOf(this.options.rate, this.#count)
    return { ...part, count: part.count * (1 - MARGIN_PART) }
  }

  #work(): void {
    if (this.#isClosed || this.#pause.isOn) return
    this.#run(() => {
      const wanted = this.#needed()
      return this.#report(Math.min(wanted, this.#fair), wanted)
    })
  }

  #run(work: () => Promise<void>): void {
    this.#underWay ??= work().finally(() => {
      this.#underWay = undefined
    })
  }

  /** Of the count, by what was asked for of late; nothing was: nothing. */
  #needed(): number {
    const { rate, monotonic } = this.options
    if (this.#asked === 0) return 0
    const periods = Math.max(1_000, monotonic() - this.#reportedAt) / (rate.periodSeconds * 1000)
    const lately = Math.ceil((this.#asked / periods) * HEADROOM)
    const first = this.#count === 0 ? Math.ceil(rate.count * FIRST_PART) : 0
    const grown = this.#isShort ? this.#count * 2 : 0
    return Math.min(rate.count, Math.max(lately, first, grown, leastPartFor(rate, this.#amount)))
  }

  async #report(most: number, wanted: number): Promise<void> {
    const { license, feature, rate, seconds = 60 } = this.options
    const sentAt = momentOf(this.options)
    const had = this.part === undefined ? 0 : this.#count
    const keep = Math.min(had, most)
    const backlog = had === 0 ? 0 : Math.min(burstMilliseconds(rate), Math.max(0, this.#arrival - sentAt.monotonic))
    // What is given back is not used any more from before it is said.
    this.#count = keep
    this.#asked = 0
    this.#isShort = false
    this.#reportedAt = sentAt.monotonic
    this.#reportAt = sentAt.monotonic + REPORT_MILLISECONDS
    this.#isOwed = true
    const seq = ++this.#seq
    const { count, periodSeconds: period_seconds, burst } = rate
    const asked = {
      rate: { count, period_seconds, burst },
      had,
      keep,
      backlog_milliseconds: backlog,
      wanted,
      amount: this.#amount,
      seconds,
    }
    const answer = await this.#sent({ id: this.#id, license, feature, seq, ...asked })
    if (answer === 'outage') return this.#pause.rest()
    if (answer === 'refused') {
      this.#count = 0
      this.#isOwed = false
      return this.#pause.rest(UNKNOWN_MILLISECONDS)
    }
    if (answer.seq !== seq) return this.#pause.rest()
    this.#isOwed = false
    this.#heard(answer, sentAt)
    if (answer.added === 0 && wanted > keep) this.#pause.rest()
    else this.#pause.end()
  }

  #heard({ kept, added, backlogMilliseconds, milliseconds, fair }: RateAnswer, sentAt: Moment): void {
    const now = this.options.monotonic()
    // What was over before the answer came is not kept.
    const own = untilOver(this.options, this.#end) > 0 ? Math.min(kept, this.#count) : 0
    // What is slower to fill is used up for longer.
    const addedFor = backlogMilliseconds / (1 - MARGIN_PART)
    const backlog = joined(Math.max(0, this.#arrival - now), own, addedFor, added)
    this.#count = own + added
    this.#arrival = now + backlog
    this.#end = leaseEnd(sentAt, milliseconds)
    this.#fair = fair
    // Others lack what is theirs: they have it with the next report.
    if (this.#count > fair) this.#reportAt = now
  }

  async #sent(body: object): Promise<RateAnswer | 'outage' | 'refused'> {
    try {
      const sent = await this.options.send('/v1/rate-leases', body)
      return 'outage' in sent ? 'outage' : readRateLease(sent.body)
    } catch (error) {
      // Of the key and its surroundings, or too fast: what is at hand stays so until it is over.
      return error instanceof WritError && error.code === 'QUESTION_REFUSED' ? 'refused' : 'outage'
    }
  }
}
