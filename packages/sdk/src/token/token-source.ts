import { type Clock, systemClock } from '../clock.ts'
import type { IssuedToken } from '../writ.ts'

export interface TokenSourceOptions {
  /** Brings a new token: `() => writ.token({ identity })` in a back end, or a call of your own back end from a page. */
  readonly get: () => Promise<IssuedToken>
  /** Is told whenever there is another one. */
  readonly onChange?: (token: IssuedToken) => void
  readonly clock?: Clock
  /** In [0, 1); spreads refreshes. */
  readonly random?: () => number
}

/** The part of a token's life after which it is replaced, at the earliest, and within how much of it. */
const FROM = 0.6
const WITHIN = 0.2
const FIRST_WAIT_MILLISECONDS = 500
const LONGEST_WAIT_MILLISECONDS = 30_000

/**
 * Keeps one entitlement token at hand: replaces it ahead of its end, not all holders at once, and tries again while the authority is
 * away. {@link close} it when nobody needs it any more.
 */
export class TokenSource {
  readonly #options: TokenSourceOptions
  readonly #clock: Clock
  readonly #random: () => number
  #current: IssuedToken | undefined
  #getting: Promise<IssuedToken> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #closed = false

  constructor(options: TokenSourceOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#random = options.random ?? Math.random
  }

  /** The token at hand; waits for one where there is none that is still good. @throws what `get` throws */
  async token(): Promise<string> {
    const current = this.#current
    if (current !== undefined && this.#clock() < current.expiresAt) return current.token
    return (await this.#get()).token
  }

  /** Gets another one now: somebody stepped up, or was told no. @throws what `get` throws */
  async refresh(): Promise<string> {
    return (await this.#get()).token
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  #get(): Promise<IssuedToken> {
    this.#getting ??= this.#gotten().finally(() => {
      this.#getting = undefined
    })
    return this.#getting
  }

  async #gotten(): Promise<IssuedToken> {
    try {
      const token = await this.#options.get()
      this.#current = token
      this.#failures = 0
      const life = token.expiresAt - this.#clock()
      this.#later(life * (FROM + WITHIN * this.#random()))
      this.#options.onChange?.(token)
      return token
    } catch (error) {
      const wait = Math.min(LONGEST_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** this.#failures++)
      // Once it is over nobody tries unasked: whoever needs it asks, and is told what is wrong.
      if (this.#current !== undefined && this.#clock() + wait < this.#current.expiresAt) this.#later(wait * (0.5 + this.#random() / 2))
      throw error
    }
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer)
    if (this.#closed) return
    this.#timer = setTimeout(() => void this.#get().catch(() => {}), Math.max(0, milliseconds))
    // A process that has nothing else to do may end.
    const timer: unknown = this.#timer
    if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref()
  }
}
