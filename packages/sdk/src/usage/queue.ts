/** Keeps events, in order, from when they are recorded until the authority has them. */
export interface Queue {
  /**
   * Keeps one. @returns resolves when it is kept as well as this queue promises
   * @throws {WritError} at once: SPOOL_FULL, SPOOL_CLOSED; later: SPOOL_UNWRITABLE, and then it is not kept
   */
  append(event: string): Promise<void>
  /** Whether there is room for so many events, of so many UTF-16 units together. @throws {WritError} SPOOL_FULL, SPOOL_CLOSED: there is not */
  admit(units: number, events: number): void
  /** Takes one that was admitted and that nobody waits for: it is kept as soon as may be, and as long as it is not, tried again. */
  note(event: string): void
  /** The oldest, so many at most, and so many UTF-16 units. None: there are none. */
  read(most: number, size: number): Promise<Batch>
  /** The authority has them: they are kept no longer. */
  done(batch: Batch): Promise<void>
  /** Keeps aside what the authority refused, for somebody to look at. @throws what the store throws; then nothing is lost */
  refuse(events: readonly RefusedUsage[]): Promise<void>
  /** Resolves when all that was taken is kept. */
  settled(): Promise<void>
  close(): Promise<void>
  readonly state: QueueState
}

export interface Batch {
  readonly events: readonly string[]
  /** Known to the queue that gave it. */
  readonly mark: unknown
}

/** When the disk has a record for certain: with each record, every so many milliseconds, or as the system pleases. */
export type Sync = 'always' | { readonly milliseconds: number } | 'never'

export interface RefusedUsage {
  readonly event: string
  readonly code: string
}

export interface QueueState {
  /** Events that the authority does not have yet. */
  readonly pending: number
  /** Of those and of what was refused. */
  readonly bytes: number
  /** Found damaged when it was opened, and kept aside. */
  readonly damagedBytes: number
}
