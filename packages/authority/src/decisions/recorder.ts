import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '../app/database.ts'
import { type DecisionRecord, insertRecords } from './store.ts'

const FLUSH_MILLISECONDS = 200
const MOST_IN_ONE_INSERT = 1000
/** Some seconds of full load. Beyond it the oldest go: a store that is away must not take memory, nor make a decision wait (invariant 10). */
const MOST_WAITING = 50_000

/** Writes down what was decided, in batches behind the answers. */
export class Recorder {
  readonly #db: Kysely<Database>
  readonly #log: Logger
  #waiting: DecisionRecord[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined
  dropped = 0

  constructor(db: Kysely<Database>, log: Logger) {
    this.#db = db
    this.#log = log
  }

  record(record: DecisionRecord): void {
    this.#waiting.push(record)
    if (this.#waiting.length > MOST_WAITING) {
      this.dropped += this.#waiting.length - MOST_WAITING
      this.#waiting = this.#waiting.slice(-MOST_WAITING)
    }
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MILLISECONDS).unref()
  }

  /** Resolves when what was recorded so far is stored, or could not be. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#writing
    this.#writing = this.#write()
    await this.#writing
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_IN_ONE_INSERT)
      try {
        await insertRecords(this.#db, batch)
      } catch (error) {
        this.#log.error({ err: error, records: batch.length }, 'decision records could not be stored; trying again')
        this.#waiting.unshift(...batch)
        this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MILLISECONDS * 10).unref()
        return
      }
    }
  }
}
