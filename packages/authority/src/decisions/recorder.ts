import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '../app/database.ts'
import { TextBuffer } from '../app/text-buffer.ts'
import { RecordWriter } from './record-json.ts'
import { type DecisionRecord, insertRecords } from './store.ts'

const FLUSH_MILLISECONDS = 200
const BATCH_BYTES = 1 << 18
/** Some seconds of full load. Beyond it the oldest go: a store that is away must not take memory, nor make a decision wait (invariant 10). */
const MOST_WAITING_BYTES = 1 << 25

/** Records as they are sent to the store: a JSON array of a {@link RecordWriter}. */
interface Batch {
  readonly bytes: Buffer
  readonly records: number
}

/** Writes down what was decided, in batches behind the answers. */
export class Recorder {
  readonly #db: Kysely<Database>
  readonly #log: Logger
  readonly #open = new TextBuffer(BATCH_BYTES)
  readonly #writer = new RecordWriter()
  #inOpen = 0
  #batches: Batch[] = []
  #waitingBytes = 0
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined
  dropped = 0

  /** Not in the store yet. */
  get waitingBytes(): number {
    return this.#waitingBytes + this.#open.length
  }

  constructor(db: Kysely<Database>, log: Logger) {
    this.#db = db
    this.#log = log
  }

  record(record: DecisionRecord): void {
    const { end } = this.#writer
    if (!this.#open.add(this.#inOpen === 0 ? this.#writer.first(record) : this.#writer.next(record))) {
      this.#closeBatch(end)
      this.#open.add(this.#writer.first(record))
    }
    this.#inOpen++
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

  #closeBatch(end: string): void {
    if (this.#inOpen === 0) return
    const closed: Batch = { bytes: this.#open.take(end), records: this.#inOpen }
    this.#inOpen = 0
    this.#batches.push(closed)
    this.#waitingBytes += closed.bytes.length
    while (this.#waitingBytes > MOST_WAITING_BYTES) this.dropped += this.#next()?.records ?? 0
  }

  #next(): Batch | undefined {
    const batch = this.#batches.shift()
    this.#waitingBytes -= batch?.bytes.length ?? 0
    return batch
  }

  async #write(): Promise<void> {
    this.#closeBatch(this.#writer.end)
    for (let batch = this.#next(); batch !== undefined; batch = this.#next()) {
      try {
        await insertRecords(this.#db, batch.bytes)
      } catch (error) {
        this.#log.error({ err: error, records: batch.records }, 'decision records could not be stored; trying again')
        this.#batches.unshift(batch)
        this.#waitingBytes += batch.bytes.length
        this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MILLISECONDS * 10).unref()
        return
      }
    }
  }
}
