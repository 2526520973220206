import type { QuotaWindow } from '@writ/engine'
import type { Path, Sent } from '../sender.ts'
import { WritError } from '../writ-error.ts'
import { type Lease, readLease } from './lease.ts'
import { type Clocks, leaseEnd, type Moment, momentOf, untilOver } from './lease-end.ts'
import { Pause } from './pause.ts'

export interface LeasePoolOptions extends Clocks {
  readonly license: string
  /** By its name within the product. */
  readonly feature: string
  /** @throws {WritError} when the authority was reached and did not take it */
  readonly send: (path: Path, body: object) => Promise<Sent>
  readonly newId: () => string
  /** How long a lease is asked for: 5 to 3,600, default 60. */
  readonly seconds?: number
}

/** What may still be spent, and for how long. */
export interface AtHand {
  readonly amount: number
  readonly milliseconds: number
}

/** A lease as this process spends it. */
interface Slice {
  readonly id: string
  /** Of the last report sent. */
  seq: number
  /** So much is spent in all, and not a unit more, until the authority says otherwise. */
  cap: number
  spent: number
  /** What of `spent` was reported, and when. */
  reported: number
  reportedAt: number
  end: Moment
  /** By the monotonic clock. */
  renewAt: number
  /** When the last answer came; below half of it more is asked for. */
  atHand: number
  windows: Lease['windows']
}

/** More is asked for so that it lasts so long, at the rate of late. */
const HORIZON_MILLISECONDS = 10_000
/** And at most so many times as much as was just spent, so that one burst is not taken for the rate. */
const MOST_GROWTH = 8
const MOST_UNITS = 1_000_000_000
/** What was not granted is asked for under one id, and taken back when nobody wanted it for so long: a write a minute at most. */
const TAKE_BACK_MILLISECONDS = 60_000
/** There is nothing to lease here: the plan has no hard quota, or the key does not see the licence. */
const REFUSED_MILLISECONDS = 60_000
/** Where the clock here thinks that the next window has begun and the authority's does not, slices are of no use: not for a while. */
const ELSEWHEN_MILLISECONDS = 1_000

/**
 * Spends a hard quota of one feature in one licence by slices of it, each taken before the one before is used up. Never spends what was not
 * granted, or after the lease is over: that is counted from when the question was sent, so the authority thinks it ends later.
 */
export class LeasePool {
  readonly #options: LeasePoolOptions
  #slice: Slice | undefined
  /**
   * A lease that was asked for and not granted, as far as was heard. The same one is asked for again, and in the end it is taken back: an
   * asking that comes late is never one that nobody knows of.
   */
  #opening: { readonly id: string; askedAt: number } | undefined
  /** Over here, and not yet there. */
  readonly #closing: { readonly id: string; readonly spent: number }[] = []
  #underWay: Promise<void> | undefined
  #wanted = 0
  /** What was asked last: no slice is of use that does not hold it. */
  #amount = 1
  readonly #pause: Pause
  /** What was asked for counts in other windows than the slice at hand. */
  #isElsewhen = false
  #isClosed = false

  constructor(options: LeasePoolOptions) {
    this.#options = options
    this.#pause = new Pause(options.monotonic)
  }

  /** The authority was asked a moment ago, and gave nothing or did not answer. */
  get isDry(): boolean {
    return this.#pause.isOn
  }

  /** Nothing is at hand, and nothing is owed. */
  get isIdle(): boolean {
    return this.#slice === undefined && this.#opening === undefined && this.#closing.length === 0 && this.#underWay === undefined
  }

  /**
   * What may be spent in a window under a limit of `most`; `undefined`: no lease is at hand that counts in this window.
   * @param now by the wall clock, where it was just read
   */
  left(from: number, until: number, most: number, now?: number): AtHand | undefined {
    const slice = this.#slice
    const milliseconds = slice === undefined ? 0 : untilOver(this.#options, slice.end, now)
    if (slice === undefined || milliseconds <= 0) return undefined
    const window = slice.windows.find((each) => each.from === from && each.until === until)
    if (window?.hardLimit === undefined) {
      this.#isElsewhen = true
      return undefined
    }
    const beyond = Math.max(0, window.hardLimit - most)
    return { amount: slice.cap - slice.spent - beyond, milliseconds }
  }

  /** Spends, all of it or nothing. @param windows in which it is to count: those of the lease, and no others */
  take(amount: number, windows: readonly QuotaWindow[]): boolean {
    const slice = this.#usable()
    if (slice !== undefined && !countsIn(slice, windows)) this.#isElsewhen = true
    if (slice === undefined || this.#isElsewhen || slice.spent + amount > slice.cap) return false
    slice.spent += amount
    this.#amount = amount
    if (slice.cap - slice.spent <= slice.atHand / 2) this.#work()
    return true
  }

  /** Asks for so much in the background, where nothing is under way and the authority did not just say no. */
  want(amount: number): void {
    this.#amount = amount
    this.#wanted = Math.max(this.#wanted, amount)
    this.#work()
    if (!this.#isElsewhen) return
    // Of windows that ended, or of a plan that is another one now.
    this.#isElsewhen = false
    if (this.#slice !== undefined) this.#retire(this.#slice)
    this.#pause.hold(ELSEWHEN_MILLISECONDS)
  }

  /** Resolves when what is under way is over, well or not. */
  async settled(): Promise<void> {
    await this.#underWay
  }

  /** Gives back what is at hand: somebody needs more at once than there is here and there. @returns whether there was anything */
  async surrender(): Promise<boolean> {
    await this.#underWay
    const slice = this.#usable()
    if (slice === undefined || slice.spent >= slice.cap || this.#underWay !== undefined) return false
    this.#retire(slice)
    this.#pause.hold(ELSEWHEN_MILLISECONDS)
    this.#underWay = this.#giveBack()
      .then(() => {})
      .finally(() => {
        this.#underWay = undefined
      })
    await this.#underWay
    return true
  }

  /** Renews in good time, gives back what is idle or over; to be called about every second. */
  tick(): void {
    const slice = this.#slice
    const isDue = slice !== undefined && this.#options.monotonic() >= slice.renewAt
    if (slice !== undefined) {
      const isIdle = isDue && slice.spent === slice.reported
      if (this.#usable() === undefined || (isIdle && this.#underWay === undefined)) this.#retire(slice)
    }
    if (this.#closing.length > 0 || this.#isUnanswered || this.#isUnwanted || isDue) this.#work()
  }

  /** Gives everything back, and takes no more. What cannot be given back now counts as used. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#underWay
    if (this.#slice !== undefined) this.#retire(this.#slice)
    if (this.#opening !== undefined) await this.#takeBack(this.#opening.id)
    await this.#giveBack()
  }

  #usable(): Slice | undefined {
    return this.#slice !== undefined && untilOver(this.#options, this.#slice.end) > 0 ? this.#slice : undefined
  }

  #retire({ id, spent }: Slice): void {
    this.#closing.push({ id, spent })
    this.#slice = undefined
  }

  #work(): void {
    if (this.#underWay !== undefined || this.#isClosed || this.isDry) return
    this.#underWay = this.#run().finally(() => {
      this.#underWay = undefined
    })
  }

  async #run(): Promise<void> {
    if (this.#slice !== undefined && this.#usable() === undefined) this.#retire(this.#slice)
    if (!(await this.#giveBack())) return this.#pause.rest()
    const slice = this.#usable()
    if (slice !== undefined) await this.#renew(slice)
    else if (this.#slice === undefined && this.#wanted > 0) await this.#open()
    else if (this.#opening !== undefined && this.#isUnwanted) await this.#takeBack(this.#opening.id)
  }

  get #isUnanswered(): boolean {
    return this.#opening !== undefined && this.#wanted > 0
  }

  get #isUnwanted(): boolean {
    return this.#opening !== undefined && this.#wanted === 0 && this.#options.monotonic() >= this.#opening.askedAt + TAKE_BACK_MILLISECONDS
  }

  async #open(): Promise<void> {
    const { license, feature, newId, seconds = 60 } = this.#options
    const sentAt = momentOf(this.#options)
    this.#opening = { id: this.#opening?.id ?? newId(), askedAt: sentAt.monotonic }
    const { id } = this.#opening
    const units = Math.min(MOST_UNITS, Math.max(this.#wanted, 1) * MOST_GROWTH)
    const answer = await this.#sent('/v1/leases', { id, license, feature, units, seconds })
    if (answer === 'outage') return this.#pause.rest()
    this.#wanted = 0
    if (answer === 'refused') return this.#pause.rest(REFUSED_MILLISECONDS)
    if (answer.lease === undefined) return this.#pause.rest()
    this.#opening = undefined
    const { lease } = answer
    const slice = {
      id,
      seq: 0,
      cap: 0,
      spent: 0,
      reported: 0,
      reportedAt: sentAt.monotonic,
      end: sentAt,
      renewAt: 0,
      atHand: 0,
      windows: [],
    }
    this.#granted(slice, lease, sentAt)
    this.#pause.ease()
    this.#slice = slice
  }

  /** From then on nothing is granted under this id; what was, without a word of it here, is given back. */
  async #takeBack(id: string): Promise<void> {
    const { license, feature } = this.#options
    const answer = await this.#sent('/v1/leases', { id, license, feature, units: 0 })
    if (answer === 'outage') return this.#pause.rest()
    this.#opening = undefined
    if (answer === 'refused' || answer.lease?.state !== 'closed') this.#closing.push({ id, spent: 0 })
  }

  async #renew(slice: Slice): Promise<void> {
    const { seconds = 60 } = this.#options
    const sentAt = momentOf(this.#options)
    const recent = slice.spent - slice.reported
    const lasting = Math.ceil((recent / Math.max(1, sentAt.monotonic - slice.reportedAt)) * HORIZON_MILLISECONDS)
    const target = Math.min(MOST_UNITS, Math.max(this.#amount, this.#wanted, Math.min(lasting, recent * MOST_GROWTH)))
    const keep = Math.min(slice.cap - slice.spent, target)
    const { spent } = slice
    const seq = ++slice.seq
    // What is given back is not spent any more from before it is said.
    slice.cap = spent + keep
    slice.reported = spent
    slice.reportedAt = sentAt.monotonic
    const answer = await this.#sent(`/v1/leases/${encodeURIComponent(slice.id)}/renew`, { seq, spent, keep, units: target - keep, seconds })
    if (this.#slice !== slice) return
    if (answer === 'outage') return this.#pause.rest()
    if (answer === 'refused') {
      // Closed for good, or not known there any more: it is not ours to spend, nor to give back.
      this.#slice = undefined
      return this.#pause.rest()
    }
    const { lease } = answer
    if (lease === undefined || lease.seq !== seq) return this.#pause.rest()
    this.#wanted = 0
    this.#granted(slice, lease, sentAt)
    if (lease.state !== 'open') this.#retire(slice)
    // There is little left: who asks at once again is not given more.
    if (slice.atHand <= keep && target > keep) this.#pause.rest()
    else this.#pause.ease()
  }

  #granted(slice: Slice, { granted, milliseconds, windows }: Lease, sentAt: Moment): void {
    slice.cap = granted
    slice.windows = windows
    slice.atHand = granted - slice.spent
    slice.end = leaseEnd(sentAt, milliseconds)
    slice.renewAt = sentAt.monotonic + milliseconds / 2
  }

  /** @returns whether nothing is owed any more */
  async #giveBack(): Promise<boolean> {
    for (let one = this.#closing[0]; one !== undefined; one = this.#closing[0]) {
      const answer = await this.#sent(`/v1/leases/${encodeURIComponent(one.id)}/return`, { spent: one.spent })
      if (answer === 'outage') return false
      this.#closing.shift()
    }
    return true
  }

  async #sent(path: Path, body: object): Promise<{ readonly lease: Lease | undefined } | 'outage' | 'refused'> {
    try {
      const sent = await this.#options.send(path, body)
      return 'outage' in sent ? 'outage' : { lease: readLease(sent.body) }
    } catch (error) {
      if (!(error instanceof WritError)) return 'outage'
      // Of the key and its surroundings, or too fast: what is at hand stays so until it is over.
      return error.code === 'QUESTION_REFUSED' ? 'refused' : 'outage'
    }
  }
}

function countsIn({ windows }: Slice, asked: readonly QuotaWindow[]): boolean {
  return (
    windows.length === asked.length && asked.every(({ from, until }) => windows.some((each) => each.from === from && each.until === until))
  )
}
