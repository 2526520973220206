import { MAX_TOKEN_SECONDS } from '@writ/license'
import { KEY_SET_PATH, type KeyStatement, readKeySet, type TrustedRoot } from '@writ/trust'
import type { Clock } from '../clock.ts'
import { type Fetch, fetched } from '../fetched.ts'

export interface KeySetOptions {
  /** Where the authority is. */
  readonly url: string
  /** Root keys that were built in or handed over by another way, never taken from the network. */
  readonly roots: readonly TrustedRoot[]
  readonly fetch?: Fetch
  readonly clock: Clock
}

/** A key that is revoked verifies nothing for longer than this, where the authority is reached. */
const FRESH_MILLISECONDS = 60_000
/** Away for so long, the authority has issued no token that is still good. */
const KEPT_MILLISECONDS = MAX_TOKEN_SECONDS * 1_000
/** Whoever sends tokens of made-up keys makes nobody ask more often than this. */
const PAUSE_MILLISECONDS = 5_000

type Keys = ReadonlyMap<string, KeyStatement>

/** What pinned roots say of an authority's keys: read when it is needed, again when it is a minute old, and kept through an outage. */
export class KeySet {
  readonly #options: KeySetOptions
  #keys: Keys | undefined
  #readAt = Number.NEGATIVE_INFINITY
  #triedAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined

  constructor(options: KeySetOptions) {
    this.#options = options
  }

  /**
   * The keys, with the one that is asked for, if there is one.
   * @throws {TrustError} for a document that the pinned roots do not vouch for
   * @throws what `fetch` throws, when there is nothing to go by
   */
  async with(kid: string | undefined): Promise<Keys> {
    const now = this.#options.clock()
    const isKnown = kid === undefined || this.#keys?.has(kid) === true
    if (this.#keys === undefined || now >= this.#readAt + KEPT_MILLISECONDS || now < this.#readAt) await this.#read()
    else if (!isKnown) await this.#read().catch(() => {})
    else if (now >= this.#readAt + FRESH_MILLISECONDS) this.#read().catch(() => {})
    return this.#keys as Keys
  }

  #read(): Promise<void> {
    const now = this.#options.clock()
    if (this.#keys !== undefined && this.#reading === undefined && now >= this.#triedAt && now < this.#triedAt + PAUSE_MILLISECONDS) {
      return Promise.resolve()
    }
    this.#triedAt = now
    this.#reading ??= this.#fetched(now).finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #fetched(now: number): Promise<void> {
    const { url, roots, fetch } = this.#options
    const document = await fetched(url.replace(/\/+$/, '') + KEY_SET_PATH, 'application/json', fetch)
    this.#keys = await readKeySet(document, { roots })
    this.#readAt = now
  }
}
