import { ApiProblem, type Client, createClient, either } from '@writ/client'
import { Breaker, type BreakerOptions } from './breaker.ts'
import type { Clock } from './clock.ts'
import type { Outage } from './decision.ts'
import { faultOf, isBrief, isProblem, outageOf } from './outage.ts'
import { WritError } from './writ-error.ts'

export interface SenderOptions {
  readonly url: string
  readonly key?: string | (() => string | Promise<string>)
  readonly fetch?: (request: Request) => Promise<Response>
  readonly timeoutMilliseconds?: number
  readonly retries?: number
  readonly circuit?: BreakerOptions
  readonly clock: Clock
  readonly random: () => number
}

export type Path =
  | '/v1/check'
  | '/v1/explain'
  | '/access/v1/evaluations'
  | '/v1/reservations'
  | `/v1/reservations/${string}`
  | '/v1/tokens'
  | '/v1/leases'
  | `/v1/leases/${string}`
  | '/v1/rate-leases'
  | '/v1/seats/hold'
  | '/v1/seats/release'

/** The body of an answer, or why there was none. */
export type Sent = { readonly body: unknown } | { readonly outage: Outage }

const FIRST_WAIT_MILLISECONDS = 50

/**
 * Sends questions. One deadline holds for all attempts of a question, so that nobody waits longer than was said; a question that
 * timed out is not sent again, since a second wait would be as long. Every question may be sent again: a consumption has its id, and a settlement says what was used in all.
 */
export class Sender {
  readonly #client: Client
  readonly #key: SenderOptions['key']
  readonly #timeout: number
  readonly #retries: number
  readonly #random: () => number
  readonly #breaker: Breaker

  constructor({ url, key, fetch, timeoutMilliseconds = 2_000, retries = 2, circuit, clock, random }: SenderOptions) {
    if (!URL.canParse(url)) throw new WritError('OPTION_INVALID', { option: 'url' })
    if (!(timeoutMilliseconds > 0 && timeoutMilliseconds <= 600_000))
      throw new WritError('OPTION_INVALID', { option: 'timeoutMilliseconds' })
    if (!(Number.isInteger(retries) && retries >= 0 && retries <= 10)) throw new WritError('OPTION_INVALID', { option: 'retries' })
    this.#client = createClient({ url, retries: 0, timeoutMilliseconds, ...(fetch !== undefined && { fetch }) })
    this.#key = key
    this.#timeout = timeoutMilliseconds
    this.#retries = retries
    this.#random = random
    this.#breaker = new Breaker(clock, random, circuit)
  }

  /**
   * @throws {WritError} what is wrong with the key, the question or whatever answered
   * @throws the signal's reason, when the asker gave up
   */
  async send(path: Path, body: object, signal: AbortSignal | undefined): Promise<Sent> {
    signal?.throwIfAborted()
    const passage = this.#breaker.enter()
    if (passage === 'refused') return { outage: 'CIRCUIT_OPEN' }
    const timeout = AbortSignal.timeout(this.#timeout)
    const ended = signal === undefined ? timeout : either(signal, timeout)
    try {
      // Raced, so that the deadline also holds for a fetch, or a way to the key, that does not listen to signals.
      const sent = await Promise.race([this.#untilAnswered(path, body, ended), rejection(ended)])
      if ('outage' in sent) this.#breaker.failed(passage)
      else this.#breaker.answered()
      return sent
    } catch (error) {
      if (signal?.aborted === true) {
        this.#breaker.abandoned(passage)
        throw signal.reason
      }
      if (timeout.aborted) {
        this.#breaker.failed(passage)
        return { outage: 'TIMED_OUT' }
      }
      // A key that could not be had says nothing of the authority; a fault was told by somebody who answered.
      if (error instanceof WritError) this.#breaker.answered()
      else this.#breaker.abandoned(passage)
      throw error
    }
  }

  async #untilAnswered(path: Path, body: object, signal: AbortSignal): Promise<Sent> {
    const started = performance.now()
    const key = typeof this.#key === 'function' ? await this.#key() : this.#key
    const deadline = started + this.#timeout
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#once(path, body, headers, signal)
      if (!(outcome instanceof ApiProblem)) return { body: outcome }
      const outage = outageOf(outcome)
      const wait = attempt < this.#retries ? this.#waitBefore(attempt, outcome, deadline) : undefined
      if (wait !== undefined) await pause(wait, signal)
      else if (outage === undefined) throw faultOf(outcome)
      else return { outage }
    }
  }

  /** @returns `undefined` when another attempt would not help, or would come too late */
  #waitBefore(attempt: number, problem: ApiProblem, deadline: number): number | undefined {
    const drawn = FIRST_WAIT_MILLISECONDS * 2 ** attempt * (0.5 + this.#random() / 2)
    if (isBrief(problem)) return drawn
    if (problem.status !== 429 || problem.retryAfterSeconds === undefined) return undefined
    // Nothing was done yet. A wait past the deadline would make an outage of what is none.
    const asked = Math.max(drawn, problem.retryAfterSeconds * 1_000)
    return performance.now() + asked < deadline ? asked : undefined
  }

  async #once(path: Path, body: object, headers: Record<string, string>, signal: AbortSignal): Promise<unknown> {
    try {
      const { data } = await this.#client.POST(path as '/v1/check', { body: body as never, headers, signal })
      return data
    } catch (error) {
      signal.throwIfAborted()
      if (isProblem(error)) return error
      // Of a success: cut off on its way, or no JSON.
      if (error instanceof SyntaxError) throw new WritError('ANSWER_MALFORMED', undefined, { cause: error })
      return new ApiProblem({ code: 'UNREACHABLE', detail: 'The answer was cut off.' }, { cause: error })
    }
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', gaveUp, { once: true })
    function done() {
      signal.removeEventListener('abort', gaveUp)
      resolve()
    }
    function gaveUp() {
      clearTimeout(timer)
      reject(signal.reason)
    }
  })
}
