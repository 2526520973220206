import { Readable } from 'node:stream'
import { type Fact, formatInstant, type World } from '@writ/engine'
import type { Clock } from '../app/clock.ts'
import type { Credential } from '../enforcers/credentials.ts'
import type { Reach } from '../enforcers/scope.ts'
import type { Feed } from './feed.ts'
import type { Recent } from './recent.ts'

/** How far a node is at this moment; `undefined`: it does not know. */
export type PlaceNow = () => Place | undefined

/** Where a copy of World is: of which life of the store, and how far. */
export interface Place {
  readonly incarnation: string
  readonly revision: number
}

const HEARTBEAT_MILLISECONDS = 10_000
/** Waiting to be read by one subscriber. Whoever reads no faster is cut, and resumes, or begins anew. */
const MOST_WAITING = 4 << 20
/** A stamp that is not signed by then is not waited for. */
const STAMP_MILLISECONDS = 1_000
/** Facts of one event. */
const PART = 2_000

/** How far one who follows is, as its node sees it. */
export interface Following {
  readonly reader: Credential
  readonly since: number
  /** What left this node for it. */
  readonly revision: number
  /** Revisions that it was told and did not take yet. */
  readonly behind: number
  /** Bytes that wait to be taken. */
  readonly waiting: number
  /** So much waits that it will be cut unless it reads faster. */
  readonly isSlow: boolean
}

interface Subscriber {
  readonly reach: Credential
  readonly since: number
  /** Subscribers of the same reach are told the same. */
  readonly sight: string
  readonly stream: Readable
  /** Whether the credential still opens the stream. */
  readonly holds: () => boolean
  told: number
  /** What left this node for it. */
  taken: number
  /** Told and not known to be taken: each revision with how much had been pushed at its end. */
  readonly marks: { readonly revision: number; readonly end: number }[]
  pushed: number
}

/** Everybody who keeps a copy of World by the stream of changes. */
export class Live {
  readonly #world: World
  readonly #recent: Recent
  readonly #feed: Feed
  readonly #clock: Clock
  readonly #subscribers = new Set<Subscriber>()
  readonly #most: number
  readonly #timer: NodeJS.Timeout
  readonly #sign: ((placeNow: PlaceNow) => Promise<string | undefined>) | undefined
  /** The newest one, while anybody listens: whoever comes is told it, and none is signed for them alone. */
  #stamp: string | undefined
  #signing: Promise<void> | undefined
  #isClosed = false
  /** Cut off, since they did not read as fast as things changed. */
  slow = 0

  constructor(
    {
      world,
      recent,
      feed,
      clock,
      sign,
    }: { world: World; recent: Recent; feed: Feed; clock: Clock; sign?: (placeNow: PlaceNow) => Promise<string | undefined> },
    { heartbeat = HEARTBEAT_MILLISECONDS, mostWaiting = MOST_WAITING } = {},
  ) {
    this.#world = world
    this.#recent = recent
    this.#feed = feed
    this.#clock = clock
    this.#sign = sign
    this.#most = mostWaiting
    this.#timer = setInterval(() => this.#beat(), heartbeat).unref()
    feed.onRevision(() => this.#tell())
  }

  get subscribers(): number {
    return this.#subscribers.size
  }

  /** Everybody who follows at this node. */
  *following(): Generator<Following> {
    for (const subscriber of this.#subscribers) {
      settleMarks(subscriber)
      const { reach: reader, since, taken, told, stream } = subscriber
      const waiting = stream.readableLength
      yield { reader, since, revision: taken, behind: told - taken, waiting, isSlow: waiting > this.#most / 4 }
    }
  }

  get place(): Place {
    return { incarnation: this.#feed.incarnation, revision: this.#world.revision }
  }

  /**
   * A stream of server-sent events, from a place on.
   * @param after absent: from now on
   * @param holds is asked before anything is told: a revoked key hears nothing more
   */
  subscribe(reach: Credential, after: Place | undefined, holds: () => boolean): Readable {
    const stream = new Readable({ read() {}, highWaterMark: this.#most })
    const missed = after === undefined ? [] : this.#missed(reach, after)
    if (missed === undefined || this.#isClosed) {
      if (!this.#isClosed) stream.push(RESET)
      stream.push(null)
      return stream
    }
    const { products, organizations } = reach
    const told = this.#world.revision
    const sight = JSON.stringify([products, organizations])
    const taken = after?.revision ?? told
    const subscriber: Subscriber = { reach, since: this.#clock(), sight, stream, holds, told, taken, marks: [], pushed: 0 }
    push(subscriber, ['retry: 1000\n\n', ...missed, this.#time()])
    this.#subscribers.add(subscriber)
    if (this.#stamp === undefined && this.#feed.isFollowing) this.#renew()?.then(() => this.#stamp !== undefined && this.#sayTime())
    stream.once('close', () => this.#subscribers.delete(subscriber))
    return stream
  }

  /** Ends every stream, so that their readers go to another node. */
  close(): void {
    this.#isClosed = true
    clearInterval(this.#timer)
    for (const { stream } of this.#subscribers) stream.push(null)
    this.#subscribers.clear()
  }

  #missed(reach: Reach, { incarnation, revision }: Place): readonly string[] | undefined {
    return incarnation === this.#feed.incarnation ? this.#eventsSince(revision, reach) : undefined
  }

  /**
   * What is pushed waits in memory until it is read, of everybody who asks for it: more than may wait is had from a snapshot, which is made
   * as fast as it is read.
   * @returns `undefined` for that, and for what is not remembered
   */
  #eventsSince(revision: number, reach: Reach): readonly string[] | undefined {
    const facts = this.#recent.since(revision, reach)
    return facts && this.#changeEvents(facts)
  }

  #tell(): void {
    const bySight = new Map<string, readonly string[] | undefined>()
    for (const subscriber of this.#subscribers) {
      if (!subscriber.holds()) {
        this.#end(subscriber)
        continue
      }
      const name = `${subscriber.told} ${subscriber.sight}`
      if (!bySight.has(name)) bySight.set(name, this.#eventsSince(subscriber.told, subscriber.reach))
      const texts = bySight.get(name)
      subscriber.told = this.#world.revision
      this.#push(subscriber, texts ?? [RESET])
      if (texts === undefined) this.#end(subscriber)
    }
  }

  /** Says that nothing else has changed. A node that does not hear from its store does not know, and says nothing of it. */
  #beat(): void {
    if (this.#subscribers.size === 0 || !this.#feed.isFollowing) this.#stamp = undefined
    if (!this.#feed.isFollowing) {
      this.#say(': waiting for the store\n\n')
      return
    }
    const signed = this.#subscribers.size === 0 ? undefined : this.#renew()
    if (signed === undefined) this.#sayTime()
    else signed.then(() => this.#sayTime())
  }

  /** One signature for all, and one at a time. @returns when there is one, or it is not waited for; `undefined`: none is to be had */
  #renew(): Promise<void> | undefined {
    const sign = this.#sign
    if (sign === undefined) return undefined
    this.#signing ??= sign(() => (this.#feed.isFollowing ? this.place : undefined))
      .catch(() => undefined)
      .then((stamp) => {
        this.#stamp = stamp
        this.#signing = undefined
      })
    return Promise.race([this.#signing, new Promise<void>((resolve) => setTimeout(resolve, STAMP_MILLISECONDS).unref())])
  }

  #sayTime(): void {
    if (!this.#isClosed) this.#say(this.#time())
  }

  #say(text: string): void {
    for (const subscriber of this.#subscribers) {
      if (subscriber.holds()) this.#push(subscriber, [text])
      else this.#end(subscriber)
    }
  }

  #push(subscriber: Subscriber, texts: readonly string[]): void {
    if (texts.length > 0 && subscriber.stream.readableLength > this.#most) {
      this.slow++
      this.#subscribers.delete(subscriber)
      subscriber.stream.destroy()
      return
    }
    push(subscriber, texts)
  }

  #end(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber)
    if (!subscriber.stream.destroyed) subscriber.stream.push(null)
  }

  /** @returns `undefined` for more than may wait; no more of it is written than shows that */
  #changeEvents(facts: readonly Fact[]): string[] | undefined {
    const { revision } = this.#world
    const texts: string[] = []
    let length = 0
    for (let from = 0; from < facts.length; from += PART) {
      const part = facts.slice(from, from + PART)
      const isLast = from + PART >= facts.length
      // Only a whole change has an id: whoever was cut off in the middle gets it again.
      const text = eventOf('change', { revision, facts: part, ...(!isLast && { more: true }) }, isLast ? this.place : undefined)
      length += text.length
      if (length > this.#most) return undefined
      texts.push(text)
    }
    return texts
  }

  #time(): string {
    const stamp = this.#stamp
    return eventOf(
      'time',
      { revision: this.#world.revision, at: formatInstant(this.#clock()), ...(stamp !== undefined && { stamp }) },
      this.place,
    )
  }
}

function push(subscriber: Subscriber, texts: readonly string[]): void {
  const { marks, stream, told: revision, taken } = subscriber
  const before = stream.readableLength
  for (const text of texts) stream.push(text)
  // What is taken at once never waits, and is not counted.
  subscriber.pushed += stream.readableLength - before
  const end = subscriber.pushed
  const last = marks.at(-1)
  if (revision > (last?.revision ?? taken)) {
    // What this one does not see makes no mark of its own, or marks would be without bound.
    if (last?.end === end) marks.pop()
    marks.push({ revision, end })
  }
  settleMarks(subscriber)
}

function settleMarks(subscriber: Subscriber): void {
  const { marks, pushed, stream } = subscriber
  const left = pushed - stream.readableLength
  const waiting = marks.findIndex(({ end }) => end > left)
  const done = marks.splice(0, waiting < 0 ? marks.length : waiting)
  subscriber.taken = done.at(-1)?.revision ?? subscriber.taken
}

const RESET = eventOf('reset', { detail: 'What changed since then is not at hand: read a snapshot, and go on from there.' })

/** One server-sent event. JSON has no line break in it. */
function eventOf(name: string, data: object, id?: Place): string {
  return `${id === undefined ? '' : `id: ${eventId(id)}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

export function eventId({ incarnation, revision }: Place): string {
  return `${incarnation}:${revision}`
}

const EVENT_ID = /^([0-9a-f-]{1,64}):(0|[1-9][0-9]{0,14})$/

/** @returns `undefined` for what {@link eventId} did not make */
export function readEventId(text: string): Place | undefined {
  const [, incarnation, revision] = EVENT_ID.exec(text) ?? []
  return incarnation === undefined ? undefined : { incarnation, revision: Number(revision) }
}
