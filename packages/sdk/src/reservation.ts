// An application that asks for an older `lib` has no `AsyncDisposable` of its own.
/// <reference lib="esnext.disposable" preserve="true" />
import type { Decision } from './decision.ts'
import type { Path, Sent } from './sender.ts'
import { WritError } from './writ-error.ts'

export interface ReserveOptions {
  /** How long the units are held back: 1 to 86,400, default 900. */
  readonly seconds?: number
  readonly signal?: AbortSignal
}

export interface SettleOptions {
  /** The work goes on: the rest stays held back until the reservation ends. */
  readonly keep?: boolean
  readonly signal?: AbortSignal | undefined
}

export type Send = (path: Path, body: object, signal: AbortSignal | undefined) => Promise<Sent>

/** What is held back, as the authority says. */
export interface Reserved {
  readonly id: string
  readonly amount: number
  /** RFC 3339, exclusive. */
  readonly until: string
}

/**
 * Units held back for work under way, or the refusal to. `await using` gives back what is not settled when the block ends, however it
 * ends; without it, release in `finally`. What is neither settled nor released is free again at its end.
 */
export class Reservation implements AsyncDisposable {
  readonly decision: Decision
  /** Held back; less than asked for where `partial` let it be, 0 where nothing is. */
  readonly amount: number
  /** RFC 3339, exclusive: from then on nothing can be settled. */
  readonly until: string | undefined
  readonly #id: string | undefined
  readonly #send: Send
  #isOver: boolean

  constructor(send: Send, decision: Decision, reserved: Reserved | undefined) {
    this.decision = decision
    this.amount = reserved?.amount ?? 0
    this.until = reserved?.until
    this.#id = reserved?.id
    this.#send = send
    this.#isOver = reserved === undefined
  }

  get allowed(): boolean {
    return this.decision.allowed
  }

  /**
   * Counts what was used, and gives the rest back. Safe to call again with the same amount.
   * @param used in all, not since the last time; at most `amount`
   * @throws {WritError} NOT_RESERVED; NOT_SETTLED when nobody answered; QUESTION_REFUSED with `details.code` RESERVATION_EXPIRED,
   *   RESERVATION_CLOSED, RESERVATION_EXCEEDED or RESERVATION_SETTLED
   */
  async settle(used: number, { keep = false, signal }: SettleOptions = {}): Promise<void> {
    await this.#post('settle', { amount: used, ...(keep && { keep }) }, signal)
    this.#isOver = !keep
  }

  /** Gives back what is not settled. @throws {WritError} NOT_RESERVED; NOT_SETTLED when nobody answered */
  async release({ signal }: Pick<SettleOptions, 'signal'> = {}): Promise<void> {
    await this.#post('release', {}, signal)
    this.#isOver = true
  }

  /** Where nobody answers the units are free at the end of the reservation: that is no reason to fail a block that ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return
    await this.release().catch((error: unknown) => {
      if (!(error instanceof WritError) || error.code !== 'NOT_SETTLED') throw error
    })
  }

  async #post(verb: 'settle' | 'release', body: object, signal: AbortSignal | undefined): Promise<void> {
    if (this.#id === undefined) throw new WritError('NOT_RESERVED', undefined)
    const sent = await this.#send(`/v1/reservations/${encodeURIComponent(this.#id)}/${verb}`, body, signal)
    if ('outage' in sent) throw new WritError('NOT_SETTLED', { outage: sent.outage })
  }
}

/** @throws {WritError} ANSWER_MALFORMED for a yes that holds nothing back */
export function readReserved(value: unknown): Reserved {
  const { id, amount, until } = (value ?? {}) as Partial<Reserved>
  if (typeof id !== 'string' || typeof amount !== 'number' || typeof until !== 'string') throw new WritError('ANSWER_MALFORMED', undefined)
  return { id, amount, until }
}
