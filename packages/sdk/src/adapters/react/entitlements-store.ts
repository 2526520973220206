import { type Clock, systemClock } from '../../clock.ts'
import type { Product } from '../../product.ts'
import type { VisibleDecision, VisibleEntitlements } from '../enforcement.ts'

/** Brings what the person at the page may use now: from your own back end, which knows who that is. */
export type Load<P extends Product> = () => Promise<VisibleEntitlements<P>>

export interface Known<P extends Product> {
  /** The last that were heard of; absent: none yet, or nobody is signed in any more. */
  readonly entitlements?: VisibleEntitlements<P>
  /** Why the last try to hear brought none. */
  readonly error?: unknown
}

export interface StoreOptions<P extends Product> {
  /** What a server had at hand when it rendered the page. */
  readonly initial?: VisibleEntitlements<P> | undefined
  readonly clock?: Clock
  /** In [0, 1); spreads refreshes. */
  readonly random?: () => number
}

const LONGEST_MILLISECONDS = 5 * 60_000
const SHORTEST_MILLISECONDS = 5_000
const FIRST_RETRY_MILLISECONDS = 1_000
/** The part of the time until an answer changes after which it is asked for again, at the earliest, and within how much of it. */
const FROM = 0.75
const WITHIN = 0.2

/**
 * Keeps what a page shows: hears it again ahead of the first `expires`, not all pages at once, at least every five minutes, and not while
 * nobody looks. While nothing can be heard the last known stays.
 */
export class EntitlementsStore<P extends Product> {
  /** What the server rendered, and so the page's first look. */
  readonly initial: Known<P>
  readonly #clock: Clock
  readonly #random: () => number
  readonly #listeners = new Set<() => void>()
  #known: Known<P>
  #load: Load<P> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #turn = 0
  #failures = 0
  #isDue = false

  constructor({ initial, clock = systemClock, random = Math.random }: StoreOptions<P> = {}) {
    this.initial = initial === undefined ? {} : { entitlements: initial }
    this.#known = this.initial
    this.#clock = clock
    this.#random = random
  }

  readonly known = (): Known<P> => this.#known

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Begins to hear. @returns what ends it */
  follow(load: Load<P>): () => void {
    this.#load = load
    const stopWatching = watchPage(() => {
      if (this.#isDue) void this.refresh()
    })
    if (this.#known.entitlements === undefined) void this.refresh()
    else this.#later(this.#untilNext(this.#known.entitlements))
    return () => {
      this.#load = undefined
      this.#turn++
      clearTimeout(this.#timer)
      stopWatching()
    }
  }

  /** Hears now: somebody stepped up, bought, or was told no. Never throws; an older answer that is still under way is left. */
  readonly refresh = async (): Promise<void> => {
    const load = this.#load
    if (load === undefined) return
    const turn = ++this.#turn
    this.#isDue = false
    clearTimeout(this.#timer)
    try {
      const entitlements = await load()
      if (turn !== this.#turn) return
      this.#failures = 0
      this.#tell({ entitlements })
      this.#later(this.#untilNext(entitlements))
    } catch (error) {
      if (turn !== this.#turn) return
      const { entitlements } = this.#known
      this.#tell({ ...(entitlements !== undefined && !isSignedOut(error) && { entitlements }), error })
      const wait = Math.min(LONGEST_MILLISECONDS, FIRST_RETRY_MILLISECONDS * 2 ** this.#failures++)
      this.#later(wait * (0.5 + this.#random() / 2))
    }
  }

  #tell(known: Known<P>): void {
    this.#known = known
    for (const listener of this.#listeners) listener()
  }

  #later(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#isDue = true
      if (!isHidden()) void this.refresh()
    }, milliseconds)
  }

  /** An end that this clock has passed already says only that the clock is off. */
  #untilNext(entitlements: VisibleEntitlements<P>): number {
    const now = this.#clock()
    const left = Object.values<VisibleDecision>(entitlements)
      .map(({ expires }) => (expires === undefined ? Number.NaN : Date.parse(expires) - now))
      .filter((each) => each > 0)
    return Math.max(SHORTEST_MILLISECONDS, Math.min(LONGEST_MILLISECONDS, ...left) * (FROM + WITHIN * this.#random()))
  }
}

/** The answer was 401: what was known is of somebody who is not here any more. */
function isSignedOut(error: unknown): boolean {
  return (error as { status?: unknown } | null)?.status === 401
}

interface Page {
  readonly visibilityState: string
  addEventListener(type: 'visibilitychange', listener: () => void): void
  removeEventListener(type: 'visibilitychange', listener: () => void): void
}

function page(): Page | undefined {
  return (globalThis as { document?: Page }).document
}

function isHidden(): boolean {
  return page()?.visibilityState === 'hidden'
}

function watchPage(onShown: () => void): () => void {
  const listener = () => {
    if (!isHidden()) onShown()
  }
  page()?.addEventListener('visibilitychange', listener)
  return () => page()?.removeEventListener('visibilitychange', listener)
}
