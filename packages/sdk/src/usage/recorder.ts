import { type Clock, systemClock } from '../clock.ts'
import { WritError } from '../writ-error.ts'
import type { Queue, QueueState, RefusedUsage } from './queue.ts'
import { Sums } from './sums.ts'
import { type Told, type Upload, type UploadOptions, uploader } from './upload.ts'
import { type EventDefaults, eventOf, type Usage } from './usage.ts'

export interface RecorderOptions extends UploadOptions {
  /** Of what names an organization and no product. */
  readonly product?: string
  /** Names what reports: a URI reference; default `urn:writ:sdk`, since ids are random. */
  readonly source?: string
  /** How often what was recorded is sent; default 5,000. Drawn between half and all of it. */
  readonly uploadMilliseconds?: number
  /** Hears of each event that the authority refused: it is counted nowhere. */
  readonly onRefused?: (refused: RefusedUsage) => void
  /** Hears why sending, or keeping what nobody waits for, does not go on at the moment. */
  readonly onError?: (error: WritError) => void
  readonly clock?: Clock
  /** In [0, 1); spreads uploads and retries. */
  readonly random?: () => number
}

export interface UsageStats extends QueueState {
  /** Since this was opened. */
  readonly recorded: number
  /** Counted by the authority. */
  readonly accepted: number
  /** Had been counted before: a first answer was lost on its way. */
  readonly duplicate: number
  readonly refused: number
  /** Why the last upload came to nothing; absent: it went well, or there was none. */
  readonly lastError?: WritError
}

const MOST_EVENTS = 1_000
/** Below what the authority takes, in UTF-8 too: names may be of any script. */
const MOST_UNITS = 300_000
const FIRST_WAIT_MILLISECONDS = 500
const LONGEST_WAIT_MILLISECONDS = 60_000
const SOURCE = /^[\x21-\x7e]{1,512}$/

/** Records usage and brings it to the authority, in the background, once each. */
export class UsageRecorder {
  readonly #queue: Queue
  readonly #upload: Upload
  readonly #defaults: EventDefaults
  readonly #sums: Sums
  #summing: ReturnType<typeof setTimeout> | undefined
  readonly #options: RecorderOptions
  readonly #random: () => number
  readonly #interval: number
  readonly #ending = new AbortController()
  readonly #counts = { recorded: 0, accepted: 0, duplicate: 0, refused: 0 }
  #timer: ReturnType<typeof setTimeout> | undefined
  #sending: Promise<void> | undefined
  #failures = 0
  #lastError: WritError | undefined

  /** @throws {WritError} OPTION_INVALID */
  constructor(queue: Queue, options: RecorderOptions) {
    const { product, source = 'urn:writ:sdk', uploadMilliseconds = 5_000, clock = systemClock, random = Math.random } = options
    if (!SOURCE.test(source)) throw new WritError('OPTION_INVALID', { option: 'source' })
    if (!(uploadMilliseconds >= 10 && uploadMilliseconds <= 86_400_000))
      throw new WritError('OPTION_INVALID', { option: 'uploadMilliseconds' })
    this.#upload = uploader(options)
    this.#queue = queue
    this.#options = options
    this.#random = random
    this.#interval = uploadMilliseconds
    this.#defaults = { source, product, now: clock }
    this.#sums = new Sums(this.#defaults, queue, (json) => this.#note(json))
    this.#plan()
  }

  /**
   * Records a usage. @returns the id of its event, once it is kept as well as the spool promises
   * @throws {WritError} USAGE_INVALID, SPOOL_FULL, SPOOL_CLOSED, SPOOL_UNWRITABLE: then it is not recorded, and will not be sent
   */
  async record(usage: Usage): Promise<string> {
    const { id, json } = eventOf(usage, this.#defaults)
    this.#sums.admit(json.length)
    await this.#queue.append(json)
    this.#counts.recorded++
    return id
  }

  /**
   * {@link record} for whoever cannot wait: a decision on its way. It is kept in the next turn, and where that fails tried again; `onError`
   * hears of it. What has a time and no id is one event with what else is used of the same licence and meter in that millisecond.
   * @throws {WritError} USAGE_INVALID, SPOOL_FULL, SPOOL_CLOSED: then it is not recorded
   */
  note(usage: Usage): string {
    if (this.#ending.signal.aborted) throw new WritError('SPOOL_CLOSED', undefined)
    const among = this.#sums.add(usage)
    if (among !== undefined) {
      // It may be the last of its millisecond. A process that has nothing else to do lives for that long.
      this.#summing ??= setTimeout(() => this.#recordSums())
      return among
    }
    const { id, json } = eventOf(usage, this.#defaults)
    this.#sums.admit(json.length)
    this.#note(json)
    return id
  }

  #note(json: string): void {
    this.#queue.note(json)
    this.#counts.recorded++
  }

  #recordSums(): void {
    clearTimeout(this.#summing)
    this.#summing = undefined
    this.#sums.recordAll()
  }

  /**
   * Sends all that is recorded by now. @throws {WritError} USAGE_NOT_SENT, and what is wrong with the key; then it stays, and is sent later
   */
  async flush(): Promise<void> {
    this.#recordSums()
    await this.#queue.settled()
    // One that is under way may have begun before the last was recorded.
    await this.#sending?.catch(() => {})
    await this.#send()
  }

  /** Keeps what was taken, and stops. What was not sent yet is sent when the spool is opened again. */
  async close(): Promise<void> {
    this.#recordSums()
    this.#ending.abort(new WritError('SPOOL_CLOSED', undefined))
    clearTimeout(this.#timer)
    await this.#sending?.catch(() => {})
    await this.#queue.close()
  }

  get stats(): UsageStats {
    const { state } = this.#queue
    const pending = state.pending + this.#sums.size
    return { ...state, pending, ...this.#counts, ...(this.#lastError !== undefined && { lastError: this.#lastError }) }
  }

  #plan(): void {
    if (this.#ending.signal.aborted) return
    const longest =
      this.#failures === 0 ? this.#interval : Math.min(LONGEST_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** this.#failures)
    const timer = setTimeout(() => void this.#send().catch(() => {}), longest * (0.5 + this.#random() / 2))
    // What is left to send keeps no process: the spool has it.
    if (typeof timer === 'object') (timer as { unref?: () => void }).unref?.()
    this.#timer = timer
  }

  #send(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined
      clearTimeout(this.#timer)
      this.#plan()
    })
    return this.#sending
  }

  async #sendAll(): Promise<void> {
    const { signal } = this.#ending
    try {
      for (;;) {
        signal.throwIfAborted()
        const batch = await this.#queue.read(MOST_EVENTS, MOST_UNITS)
        if (batch.events.length === 0) break
        const told = await this.#upload(batch.events, signal)
        await this.#keepRefused(batch.events, told)
        await this.#queue.done(batch)
        for (const { status } of told) this.#counts[status]++
      }
      this.#failures = 0
      this.#lastError = undefined
    } catch (error) {
      if (signal.aborted) throw error
      this.#failures++
      this.#lastError = error instanceof WritError ? error : new WritError('SPOOL_UNWRITABLE', { why: codeOf(error) }, { cause: error })
      this.#options.onError?.(this.#lastError)
      throw this.#lastError
    }
  }

  async #keepRefused(events: readonly string[], told: readonly Told[]): Promise<void> {
    const refused = told.flatMap(({ status, code = '' }, place) => (status === 'refused' ? [{ event: events[place] as string, code }] : []))
    if (refused.length === 0) return
    await this.#queue.refuse(refused)
    for (const each of refused) this.#options.onRefused?.(each)
  }
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : 'UNKNOWN'
}
