import { WritError } from '../writ-error.ts'
import type { Batch, Queue, QueueState, RefusedUsage } from './queue.ts'

/** In memory: what the authority does not have when the process or page ends is lost. */
export class MemoryQueue implements Queue {
  readonly #most: number
  #events: string[] = []
  #bytes = 0
  #isClosed = false

  constructor(most: number) {
    this.#most = most
  }

  async append(event: string): Promise<void> {
    this.admit(event.length, 1)
    this.note(event)
  }

  admit(_units: number, events: number): void {
    if (this.#isClosed) throw new WritError('SPOOL_CLOSED', undefined)
    if (this.#events.length + events > this.#most) throw new WritError('SPOOL_FULL', { bytes: this.#bytes })
  }

  note(event: string): void {
    this.#events.push(event)
    this.#bytes += event.length
  }

  async read(most: number, size: number): Promise<Batch> {
    const events: string[] = []
    let taken = 0
    for (const event of this.#events) {
      taken += event.length
      if (events.length === most || (events.length > 0 && taken > size)) break
      events.push(event)
    }
    return { events, mark: undefined }
  }

  async done({ events }: Batch): Promise<void> {
    this.#events = this.#events.slice(events.length)
    for (const event of events) this.#bytes -= event.length
  }

  /** Told to `onRefused`, and to nobody else. */
  async refuse(_events: readonly RefusedUsage[]): Promise<void> {}

  async settled(): Promise<void> {}

  async close(): Promise<void> {
    this.#isClosed = true
  }

  get state(): QueueState {
    return { pending: this.#events.length, bytes: this.#bytes, damagedBytes: 0 }
  }
}
