import type { Instant } from '@writ/engine'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from '../app/clock.ts'
import type { Database } from '../app/database.ts'
import { insertRefusal } from '../audit/store.ts'

/** A privileged call that was not let through. */
export interface Refusal {
  /** `key:…`, or `nobody` without a valid credential. */
  readonly actor: string
  readonly identity: string | undefined
  /** What would have been needed, in full: `writ:keys.write`. */
  readonly feature: string
  readonly operation: string
  /** The reason of the decision, or the code of the problem. */
  readonly reason: string
  readonly requestId: string
}

interface Repeated {
  readonly first: Refusal
  readonly until: Instant
  times: number
}

/** Repeats within it are counted, not written: whoever tries for ever fills one row an hour for each thing that they try. */
const WINDOW_MILLISECONDS = 3_600_000
/** Of this many kinds at a time; what comes beyond them is in the request log alone. */
const MOST_KINDS = 2_000

/** Writes refused privileged calls into the audit, behind the answers: the first of a kind at once, its repeats as one row with their number. */
export class RefusalLog {
  readonly #db: Kysely<Database>
  readonly #clock: Clock
  readonly #log: Logger
  readonly #kinds = new Map<string, Repeated>()
  #writing: Promise<void> = Promise.resolve()

  constructor(db: Kysely<Database>, clock: Clock, log: Logger) {
    this.#db = db
    this.#clock = clock
    this.#log = log
  }

  note(refusal: Refusal): void {
    const { actor, feature, reason } = refusal
    // Strangers can be as many as they like: together they are one.
    const kind = JSON.stringify(actor === 'nobody' ? [actor] : [actor, feature, reason])
    const now = this.#clock()
    const known = this.#kinds.get(kind)
    if (known !== undefined && now < known.until) {
      known.times++
      return
    }
    if (known === undefined && this.#kinds.size >= MOST_KINDS) return
    if (known !== undefined) this.#tell(known)
    this.#kinds.set(kind, { first: refusal, until: now + WINDOW_MILLISECONDS, times: 0 })
    this.#write(refusal, 1, now)
  }

  /** Writes the repeats whose hour is over. */
  async sweep(): Promise<void> {
    const now = this.#clock()
    for (const [kind, repeated] of this.#kinds) {
      if (now < repeated.until) continue
      this.#kinds.delete(kind)
      this.#tell(repeated)
    }
    await this.#writing
  }

  /** Writes all that is known. */
  async flush(): Promise<void> {
    for (const repeated of this.#kinds.values()) this.#tell(repeated)
    await this.#writing
  }

  #tell(repeated: Repeated): void {
    if (repeated.times > 0) this.#write(repeated.first, repeated.times, this.#clock())
    repeated.times = 0
  }

  #write(refusal: Refusal, times: number, at: Instant): void {
    this.#writing = this.#writing
      .then(() => insertRefusal(this.#db, { ...refusal, times, at }))
      .catch((error: unknown) => this.#log.error({ err: error }, 'a refusal could not be written into the audit'))
  }
}
