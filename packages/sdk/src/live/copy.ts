import { ApiProblem, problemOf } from '@writ/client'
import { type Fact, World } from '@writ/engine'
import { FreshnessError, verifyFreshnessStamp } from '@writ/license'
import type { TrustedRoot } from '@writ/trust'
import type { Clock } from '../clock.ts'
import { faultOf, outageOf } from '../outage.ts'
import { WritError } from '../writ-error.ts'
import { linesOf, serverSent } from './server-sent.ts'

export interface CopyOptions {
  readonly url: string
  readonly key?: string | (() => string | Promise<string>)
  readonly fetch?: (request: Request) => Promise<Response>
  readonly clock: Clock
  readonly random: () => number
  /** A stream that says nothing for so long is broken; the authority says something every ten seconds. */
  readonly silenceMilliseconds?: number
  /** Pinned root keys, never taken from the network: stamps are verified under them. Absent: stamps are passed over. */
  readonly roots?: readonly TrustedRoot[]
  /** The age counts from what a stamp proves, and not from what the stream says. */
  readonly onlyProven?: boolean
  /** Is told whenever the copy has become another. */
  readonly onChange?: () => void
}

export interface Proof {
  /** As the authority signed it. */
  readonly stamp: string
  /** Epoch milliseconds, by the authority's clock. */
  readonly provenAt: number
}

const SILENCE_MILLISECONDS = 25_000
const FIRST_WAIT_MILLISECONDS = 100
const LONGEST_WAIT_MILLISECONDS = 30_000

/** A copy of World as one API key sees it: from a snapshot, and kept by the stream of changes. */
export class Copy {
  readonly #options: CopyOptions
  readonly #ended = new AbortController()
  readonly #running: Promise<void>
  #world: World | undefined
  #scopes: readonly string[] = []
  /** Where the stream goes on; `undefined`: a snapshot comes first. */
  #place: string | undefined
  #heardAt = Number.NEGATIVE_INFINITY
  /** Beside the clock, which somebody may set back. */
  #heardAfter = Number.NEGATIVE_INFINITY
  #provenAfter = Number.NEGATIVE_INFINITY
  #proof: Proof | undefined
  #stampFault: WritError | undefined
  #fault: WritError | undefined
  #isFollowing = false
  // Not by `Promise.withResolvers`, which Node 20 does not have.
  #isReady: () => void = () => {}
  readonly #first = new Promise<void>((resolve) => {
    this.#isReady = resolve
  })
  snapshots = 0

  constructor(options: CopyOptions) {
    this.#options = options
    this.#running = this.#run()
  }

  /** `undefined` until the first snapshot is whole. */
  get world(): World | undefined {
    return this.#world
  }
  /** What the key may do. */
  get scopes(): readonly string[] {
    return this.#scopes
  }
  /** The authority does not let this key read; then what it said before is of no use either. */
  get fault(): WritError | undefined {
    return this.#fault
  }
  get isFollowing(): boolean {
    return this.#isFollowing
  }
  /** Until when the copy was surely what the authority had, epoch milliseconds. */
  get heardAt(): number {
    return this.#heardAt
  }

  /** The newest stamp that holds. */
  get proof(): Proof | undefined {
    return this.#proof
  }
  /** Why the last stamp does not hold; the stream that brought it was left. */
  get stampFault(): WritError | undefined {
    return this.#stampFault
  }

  /** Milliseconds since the authority last said, or proved, that this is all there is. */
  age(): number {
    if (this.#options.onlyProven === true) {
      const provenAt = this.#proof?.provenAt ?? Number.NEGATIVE_INFINITY
      return Math.max(0, this.#options.clock() - provenAt, performance.now() - this.#provenAfter)
    }
    return Math.max(0, this.#options.clock() - this.#heardAt, performance.now() - this.#heardAfter)
  }

  /** Resolves with the first snapshot, or when there will be none with this key. */
  ready(): Promise<void> {
    return this.#first
  }

  async close(): Promise<void> {
    this.#ended.abort()
    this.#isReady()
    await this.#running
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#ended.signal.aborted; ) {
      const before = this.#heardAfter
      try {
        if (this.#place === undefined) await this.#load()
        await this.#follow(this.#place as unknown as string)
      } catch (error) {
        this.#failed(error)
      }
      this.#isFollowing = false
      // What ended after it had begun says nothing against trying at once; those who fell together are spread all the same.
      failures = this.#heardAfter > before ? 0 : failures + 1
      await this.#pause(Math.min(LONGEST_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** failures) * (0.5 + this.#options.random() / 2))
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof ApiProblem) || outageOf(error) !== undefined || error.status === 429) return
    this.#fault = faultOf(error)
    this.#world = undefined
    this.#place = undefined
    this.#isReady()
  }

  async #load(): Promise<void> {
    const world = new World()
    let scopes: readonly string[] | undefined
    let tail: { readonly id: string; readonly revision: number } | undefined
    await this.#open('/v1/snapshot', {}, async (body, heard) => {
      for await (const line of linesOf(body)) {
        heard()
        const value: unknown = JSON.parse(line)
        if (Array.isArray(value) && scopes !== undefined) world.apply({ revision: 0, facts: value as Fact[] })
        else if (isHead(value)) scopes = value.scopes
        else if (isTail(value)) tail = value
        else throw new WritError('ANSWER_MALFORMED', undefined)
      }
    })
    if (scopes === undefined || tail === undefined) throw new WritError('ANSWER_MALFORMED', undefined)
    world.apply({ revision: tail.revision, facts: [] })
    this.#world = world
    this.#scopes = scopes
    this.#place = tail.id
    this.#fault = undefined
    this.snapshots++
    this.#hear()
    if (this.#options.onlyProven !== true) this.#isReady()
  }

  async #follow(place: string): Promise<void> {
    const world = this.#world as World
    let facts: Fact[] = []
    await this.#open('/v1/changes', { 'last-event-id': place }, async (body, heard) => {
      this.#isFollowing = true
      for await (const { id, event, data } of serverSent(body, heard)) {
        if (event === 'reset') {
          this.#place = undefined
          return
        }
        if (event !== 'change' && event !== 'time') continue
        const told = JSON.parse(data) as { revision: number; facts?: Fact[]; more?: boolean; stamp?: unknown }
        if (told.stamp !== undefined) await this.#prove(told.stamp, told.revision, id)
        facts.push(...(told.facts ?? []))
        if (told.more === true) continue
        world.apply({ revision: told.revision, facts })
        facts = []
        this.#place = id ?? this.#place
        this.#hear()
      }
    })
  }

  /** What does not hold is not heard: the stream is left, and the copy grows older. @throws {WritError} STAMP_REFUSED */
  async #prove(stamp: unknown, revision: number, place: string | undefined): Promise<void> {
    const { roots } = this.#options
    if (roots === undefined) return
    try {
      if (typeof stamp !== 'string') throw new FreshnessError('CONTENT_INVALID')
      const said = await verifyFreshnessStamp(stamp, { roots })
      // It would be of a later state than what was told, or of another life of the store.
      if (said.revision > revision || place?.startsWith(`${said.incarnation}:`) !== true) throw new FreshnessError('CONTENT_INVALID')
      this.#stampFault = undefined
      const provenAt = said.iat * 1_000
      if (provenAt < (this.#proof?.provenAt ?? 0)) return
      // The same one again proves nothing new.
      if (provenAt > (this.#proof?.provenAt ?? 0)) this.#provenAfter = performance.now()
      this.#proof = { stamp, provenAt }
      this.#isReady()
    } catch (cause) {
      if (!(cause instanceof FreshnessError)) throw cause
      this.#stampFault = new WritError('STAMP_REFUSED', { why: cause.details.why }, { cause })
      throw this.#stampFault
    }
  }

  #hear(): void {
    this.#heardAt = this.#options.clock()
    this.#heardAfter = performance.now()
    this.#options.onChange?.()
  }

  /** Ends when the body does, when nothing is heard for too long, and with the copy. @throws {ApiProblem} */
  async #open(
    path: string,
    headers: Record<string, string>,
    read: (body: ReadableStream<Uint8Array>, heard: () => void) => Promise<void>,
  ): Promise<void> {
    const { url, key, fetch = (request) => globalThis.fetch(request), silenceMilliseconds = SILENCE_MILLISECONDS } = this.#options
    const silent = new AbortController()
    const end = (): void => silent.abort()
    this.#ended.signal.addEventListener('abort', end)
    let timer = setTimeout(end, silenceMilliseconds)
    const heard = (): void => {
      clearTimeout(timer)
      timer = setTimeout(end, silenceMilliseconds)
    }
    try {
      const text = typeof key === 'function' ? await key() : key
      const authorization = text === undefined ? {} : { authorization: `Bearer ${text}` }
      const request = new Request(url.replace(/\/+$/, '') + path, { headers: { ...headers, ...authorization }, signal: silent.signal })
      const response = await fetch(request)
      if (!response.ok) throw await problemOf(response)
      if (response.body === null) throw new WritError('ANSWER_MALFORMED', undefined)
      heard()
      await read(response.body, heard)
    } finally {
      clearTimeout(timer)
      this.#ended.signal.removeEventListener('abort', end)
    }
  }

  #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#ended
    return new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      signal.addEventListener('abort', done)
    })
  }
}

function isHead(value: unknown): value is { snapshot: 1; scopes: string[] } {
  const head = value as { snapshot?: unknown; scopes?: unknown } | null
  return head?.snapshot === 1 && Array.isArray(head.scopes)
}

function isTail(value: unknown): value is { id: string; revision: number } {
  const tail = value as { id?: unknown; revision?: unknown } | null
  return typeof tail?.id === 'string' && typeof tail.revision === 'number'
}
