import type { Clock } from './clock.ts'

export interface BreakerOptions {
  /** So many outages in a row open it; default 5. */
  readonly failures?: number
  /** How long nothing is tried then, in milliseconds; default 5,000. Drawn anew each time between half and all of it. */
  readonly coolMilliseconds?: number
}

/** Whether a question may be sent, and whether it is the one that tries a way that was closed. */
export type Passage = 'open' | 'probe' | 'refused'

/**
 * Spares an authority that is down from questions, and the application from waiting for it. Opens after so many outages in a row;
 * then one question at a time tries whether the way is free again.
 */
export class Breaker {
  readonly #clock: Clock
  readonly #random: () => number
  readonly #most: number
  readonly #cool: number
  #failures = 0
  #openedAt = 0
  #closedFor = 0
  #probing = false

  constructor(clock: Clock, random: () => number, { failures = 5, coolMilliseconds = 5_000 }: BreakerOptions = {}) {
    this.#clock = clock
    this.#random = random
    this.#most = failures
    this.#cool = coolMilliseconds
  }

  enter(): Passage {
    if (this.#failures < this.#most) return 'open'
    const since = this.#clock() - this.#openedAt
    // A clock that was set back must not keep it shut.
    if (this.#probing || (since >= 0 && since < this.#closedFor)) return 'refused'
    this.#probing = true
    return 'probe'
  }

  /** Somebody answered, whatever the answer was. */
  answered(): void {
    this.#failures = 0
    this.#probing = false
  }

  failed(passage: Passage): void {
    // A question from before it opened says nothing new.
    if (passage !== 'probe' && this.#failures >= this.#most) return
    this.#failures += 1
    if (passage === 'probe') this.#probing = false
    if (this.#failures < this.#most) return
    this.#openedAt = this.#clock()
    this.#closedFor = this.#cool * (0.5 + this.#random() / 2)
  }

  /** The asker gave up: nothing was learned. */
  abandoned(passage: Passage): void {
    if (passage === 'probe') this.#probing = false
  }
}
