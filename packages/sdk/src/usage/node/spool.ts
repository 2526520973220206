import { mkdirSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lockFolder } from '../../node/folder-lock.ts'
import { WritError } from '../../writ-error.ts'
import type { Batch, Queue, QueueState, RefusedUsage, Sync } from '../queue.ts'
import { frame, HEADER_BYTES, scan } from './frames.ts'
import { keepAside, recoverSegments, type Segment, segmentPath, sizeOf, syncFolder } from './segments.ts'

export interface SpoolOptions {
  readonly folder: string
  readonly sync: Sync
  readonly maxBytes: number
  readonly onError: (error: WritError) => void
  /** Opens the files. Another one, in a test, is a disk that fails. */
  readonly openFile?: typeof open
}

interface Waiting {
  readonly bytes: Buffer
  /** Absent: nobody waits, and it is tried again. */
  readonly settle?: { resolve(): void; reject(error: WritError): void }
}

/** A new file begins beyond it. What is partly sent when a process dies is sent again, at most so much. */
const SEGMENT_BYTES = 1 << 20
const MOST_IN_A_WRITE = 256 << 10
const RETRY_MILLISECONDS = 1_000
/** With its header. */
const LONGEST_RECORD = 66_000

/**
 * A queue in files. Records are only ever appended; a file goes when the authority has all of it, the oldest first, and never otherwise.
 * One writer: what touches the files goes through {@link Spool.#turn}, one after another.
 */
export class Spool implements Queue {
  readonly #options: SpoolOptions
  readonly #open: typeof open
  readonly #unlock: () => void
  readonly #segments: Segment[]
  readonly #damagedBytes: number
  #next: number
  #waiting: Waiting[] = []
  /** Of those, and of those that are being written. */
  #waitingBytes = 0
  #beingWritten = 0
  #diskBytes: number
  #diskPending: number
  #lastFailure: WritError | undefined
  #file: FileHandle | undefined
  #isDirty = false
  /** In the first segment: what lies before it the authority has. */
  #sent = 0
  #refusedBytes: number
  #turns: Promise<unknown> = Promise.resolve()
  #isWriting = false
  #retry: NodeJS.Timeout | undefined
  readonly #syncing: NodeJS.Timeout | undefined
  #isClosed = false

  private constructor(
    options: SpoolOptions,
    found: { unlock: () => void; segments: readonly Segment[]; next: number; damagedBytes: number; refusedBytes: number },
  ) {
    this.#options = options
    this.#open = options.openFile ?? open
    this.#unlock = found.unlock
    this.#segments = [...found.segments]
    this.#next = found.next
    this.#damagedBytes = found.damagedBytes
    this.#diskBytes = found.segments.reduce((sum, { to }) => sum + to, 0)
    this.#diskPending = found.segments.reduce((sum, { pending }) => sum + pending, 0)
    if (found.damagedBytes > 0) options.onError(new WritError('SPOOL_DAMAGED', { bytes: found.damagedBytes }))
    this.#refusedBytes = found.refusedBytes
    const { sync } = options
    if (typeof sync === 'object')
      this.#syncing = setInterval(() => void this.#turn(() => this.#sync()).catch(() => {}), sync.milliseconds).unref()
  }

  /** @throws {WritError} SPOOL_LOCKED, SPOOL_UNWRITABLE */
  static async open(options: SpoolOptions): Promise<Spool> {
    const { folder } = options
    let unlock: (() => void) | undefined
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      unlock = lockFolder(folder, (holder) => new WritError('SPOOL_LOCKED', holder))
      const recovered = await recoverSegments(folder)
      return new Spool(options, { unlock, ...recovered, refusedBytes: await sizeOf(refusedPath(folder)) })
    } catch (error) {
      unlock?.()
      throw unwritable(error)
    }
  }

  append(event: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const bytes = frame(event)
      this.#admit(bytes.length)
      this.#take(bytes, { resolve, reject })
    })
  }

  admit(units: number, events: number): void {
    this.#admit(units * 3 + events * HEADER_BYTES) // UTF-8 of one UTF-16 unit
  }

  note(event: string): void {
    this.#take(frame(event), undefined)
  }

  #admit(bytes: number): void {
    if (this.#isClosed) throw new WritError('SPOOL_CLOSED', undefined)
    const held = this.#bytes
    if (held + bytes > this.#options.maxBytes) throw new WritError('SPOOL_FULL', { bytes: held })
  }

  #take(bytes: Buffer, settle: Waiting['settle']): void {
    this.#waiting.push({ bytes, ...(settle && { settle }) })
    this.#waitingBytes += bytes.length
    // Who waits is not kept waiting for the next try.
    if (settle !== undefined) this.#endPause()
    this.#write()
  }

  #endPause(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
  }

  /** Writes what waits, in the next turn: records that come together share one write, and one sync. */
  #write(): void {
    if (this.#isWriting || this.#retry !== undefined) return
    this.#isWriting = true
    void this.#turn(() => this.#writeWaiting()).finally(() => {
      this.#isWriting = false
      if (this.#waiting.length > 0 && !this.#isClosed) this.#write()
    })
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch()
      this.#beingWritten = batch.length
      const failure = await this.#writeBatch(batch).then(() => undefined, unwritable)
      this.#beingWritten = 0
      for (const { bytes } of batch) this.#waitingBytes -= bytes.length
      if (failure !== undefined) {
        this.#failed(batch, failure)
        return
      }
      for (const { settle } of batch) settle?.resolve()
    }
  }

  #takeBatch(): Waiting[] {
    let size = 0
    let count = 0
    for (const { bytes } of this.#waiting) {
      if (count > 0 && size + bytes.length > MOST_IN_A_WRITE) break
      size += bytes.length
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const bytes = Buffer.concat(batch.map((each) => each.bytes))
    const segment = await this.#current()
    const file = this.#file as FileHandle
    try {
      for (let done = 0; done < bytes.length; ) {
        done += (await file.write(bytes, done, bytes.length - done, segment.to + done)).bytesWritten
      }
      if (this.#options.sync === 'always') await file.datasync()
    } catch (error) {
      // Who waits hears that it is not recorded: then it must not come back from here either.
      await file.truncate(segment.to).catch(() => this.#endFile())
      throw error
    }
    segment.to += bytes.length
    segment.pending += batch.length
    this.#diskBytes += bytes.length
    this.#diskPending += batch.length
    this.#isDirty = this.#options.sync !== 'always'
  }

  async #current(): Promise<Segment> {
    const last = this.#segments.at(-1)
    if (this.#file !== undefined && last !== undefined && last.to < SEGMENT_BYTES) return last
    await this.#endFile()
    const { folder } = this.#options
    const number = this.#next
    const path = segmentPath(folder, number)
    this.#file = await this.#open(path, 'w+', 0o600)
    this.#next = number + 1
    await syncFolder(folder)
    const segment = { path, number, to: 0, pending: 0 }
    this.#segments.push(segment)
    return segment
  }

  async #endFile(): Promise<void> {
    const file = this.#file
    if (file === undefined) return
    await this.#sync().catch(() => {})
    this.#file = undefined
    await file.close().catch(() => {})
  }

  async #sync(): Promise<void> {
    if (!this.#isDirty || this.#file === undefined) return
    try {
      await this.#file.datasync()
      this.#isDirty = false
    } catch (error) {
      this.#options.onError(unwritable(error))
      throw error
    }
  }

  /** Who waits is told, and what nobody waits for is tried again, in its place. */
  #failed(batch: readonly Waiting[], error: WritError): void {
    this.#lastFailure = error
    const again = batch.filter(({ settle }) => settle === undefined)
    for (const { settle } of batch) settle?.reject(error)
    if (again.length === 0) return
    this.#waiting.unshift(...again)
    for (const { bytes } of again) this.#waitingBytes += bytes.length
    this.#options.onError(error)
    if (this.#isClosed) return
    this.#endPause()
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      this.#write()
    }, RETRY_MILLISECONDS).unref()
  }

  read(most: number, size: number): Promise<Batch> {
    return this.#turn(async () => {
      for (;;) {
        const [segment] = this.#segments
        if (segment === undefined || (segment.pending === 0 && this.#segments.length === 1)) return { events: [], mark: undefined }
        const end = Math.min(segment.to, this.#sent + size + LONGEST_RECORD)
        const bytes = await readPart(segment.path, this.#sent, end)
        const { records, damaged } = scan(bytes)
        const taken = records.slice(0, most).filter(({ to }, place) => place === 0 || to <= size)
        const last = taken.at(-1)
        // It was whole when it was opened or written.
        const harm = damaged.filter(({ from }) => last === undefined || from < last.from)
        if (harm.length > 0) {
          const kept = await keepAside(segment.path, bytes, harm)
          this.#options.onError(new WritError('SPOOL_DAMAGED', { bytes: kept }))
        }
        if (last !== undefined) return { events: taken.map(({ payload }) => payload), mark: { segment, to: this.#sent + last.to } }
        // A record may begin in what was read and end beyond it.
        await this.#advance(segment, end < segment.to ? end - LONGEST_RECORD : end, 0)
      }
    })
  }

  done({ events, mark }: Batch): Promise<void> {
    const { segment, to } = mark as { segment: Segment; to: number }
    return this.#turn(() => this.#advance(segment, to, events.length))
  }

  /** The first segment is sent up to there. A file that is sent whole goes. */
  async #advance(segment: Segment, to: number, count: number): Promise<void> {
    segment.pending -= count
    this.#diskPending -= count
    this.#sent = to
    if (to < segment.to) return
    if (this.#segments.length === 1) {
      this.#isDirty = false
      await this.#endFile()
    }
    await rm(segment.path, { force: true })
    this.#segments.shift()
    this.#diskPending -= segment.pending
    this.#diskBytes -= segment.to
    this.#sent = 0
  }

  refuse(events: readonly RefusedUsage[]): Promise<void> {
    return this.#turn(async () => {
      const text = events.map(({ event, code }) => `${JSON.stringify({ code, event: JSON.parse(event) as unknown })}\n`).join('')
      const file = await this.#open(refusedPath(this.#options.folder), 'a', 0o600)
      try {
        await file.writeFile(text)
        await file.datasync()
      } finally {
        await file.close()
      }
      this.#refusedBytes += Buffer.byteLength(text)
    })
  }

  async settled(): Promise<void> {
    this.#endPause()
    await this.#turn(() => this.#writeWaiting())
    if (this.#waiting.length > 0 && this.#lastFailure !== undefined) throw this.#lastFailure
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#syncing)
    const failure = await this.settled().then(() => undefined, unwritable)
    await this.#turn(() => this.#endFile())
    this.#unlock()
    if (failure !== undefined) throw failure
  }

  get state(): QueueState {
    const pending = this.#diskPending + this.#waiting.length + this.#beingWritten
    return { pending, bytes: this.#bytes, damagedBytes: this.#damagedBytes }
  }

  get #bytes(): number {
    return this.#diskBytes - this.#sent + this.#waitingBytes + this.#refusedBytes
  }

  #turn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turns.then(work)
    this.#turns = turn.catch(() => {})
    return turn
  }
}

async function readPart(path: string, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from)
  const file = await open(path, 'r')
  try {
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function refusedPath(folder: string): string {
  return join(folder, 'refused.jsonl')
}

function unwritable(error: unknown): WritError {
  if (error instanceof WritError) return error
  const { code } = (error ?? {}) as { code?: unknown }
  return new WritError('SPOOL_UNWRITABLE', { why: typeof code === 'string' ? code : 'UNKNOWN' }, { cause: error })
}
