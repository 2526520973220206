import type { Instant } from '@writ/engine'
import type { Usage } from '../usage/usage.ts'
import { WritError } from '../writ-error.ts'

/** Where usage is recorded: what `openUsage` of `@writ/sdk/usage` or `openMemoryUsage` of `@writ/sdk/usage/memory` opened. */
export interface UsageSink {
  /** @throws {WritError} USAGE_INVALID, SPOOL_FULL, SPOOL_CLOSED: then it is not recorded */
  note(usage: Usage): string
  /** @throws when not all could be sent; it is sent later */
  flush(): Promise<void>
}

/** What is counted of a meter in a window, as the authority told it. */
export interface ToldCount {
  readonly license: string
  readonly meter: string
  readonly from: Instant
  readonly until: Instant
  readonly used: number
}

export interface SoftCountsOptions {
  readonly sink: UsageSink
  /** What the authority counts of licences, at most {@link MOST_READ}. */
  readonly read: (licenses: readonly string[]) => Promise<readonly ToldCount[]>
  readonly monotonic: () => number
}

/** What the authority told of a licence, and what was counted here since. */
interface Sheet {
  told: readonly ToldCount[] | undefined
  readAt: number
  askedAt: number
  /** The last read came to nothing. */
  isUnanswered: boolean
  /** By meter. */
  readonly since: Map<string, number>
}

/** What others count is heard of so often, while a limit is asked for. */
const READ_MILLISECONDS = 10_000
/** After a read that failed. */
const RETRY_MILLISECONDS = 2_000
/** A licence that nobody asked about for so long is forgotten. */
const IDLE_MILLISECONDS = 60_000
/** Of one read. */
const MOST_READ = 500

/**
 * Counts soft limits here, at once, and records what was used for the authority, which counts it once. What others count is heard of some
 * seconds later, by one read for all licences that are asked about: a limit that refuses nobody is known no better.
 */
export class SoftCounts {
  readonly #options: SoftCountsOptions
  readonly #sheets = new Map<string, Sheet>()
  #underWay: Promise<void> | undefined
  #time = new Date(0)

  constructor(options: SoftCountsOptions) {
    this.#options = options
  }

  /** Licences that are counted here now. */
  get size(): number {
    return this.#sheets.size
  }

  /** Units used in a window. @returns `unheard`: the authority has not been heard yet, and should be asked; `undefined`: it does not answer */
  used(license: string, meter: string, from: Instant, until: Instant): number | 'unheard' | undefined {
    const sheet = this.#sheetOf(license)
    const now = this.#options.monotonic()
    sheet.askedAt = now
    if (now >= sheet.readAt) this.#read()
    const told = sheet.told?.find((each) => each.meter === meter && each.from === from && each.until === until)
    if (told !== undefined) return told.used + (sheet.since.get(meter) ?? 0)
    // A window that began after it was told; or nobody answers, and what refuses nobody waits for nobody.
    if (sheet.isUnanswered) return undefined
    sheet.readAt = Math.min(sheet.readAt, now + RETRY_MILLISECONDS)
    return 'unheard'
  }

  /**
   * Counts, and records for the authority.
   * @param id whoever asks may ask again under it; absent: nobody will
   * @returns false: it could not be recorded, and is not counted
   */
  count(license: string, meter: string, amount: number, id: string | undefined, now: Instant): boolean {
    try {
      this.#options.sink.note({ license, meter, amount, time: this.#timeOf(now), ...(id !== undefined && { id, isConsume: true }) })
    } catch (error) {
      if (error instanceof WritError) return false
      throw error
    }
    const sheet = this.#sheetOf(license)
    sheet.since.set(meter, (sheet.since.get(meter) ?? 0) + amount)
    return true
  }

  #timeOf(now: Instant): Date {
    if (this.#time.getTime() !== now) this.#time = new Date(now)
    return this.#time
  }

  #sheetOf(license: string): Sheet {
    const known = this.#sheets.get(license)
    if (known !== undefined) return known
    const askedAt = this.#options.monotonic()
    const sheet: Sheet = { told: undefined, readAt: Number.NEGATIVE_INFINITY, askedAt, isUnanswered: false, since: new Map() }
    this.#sheets.set(license, sheet)
    return sheet
  }

  /** One at a time, and after those that ask in this turn: they are in it too. */
  #read(): void {
    this.#underWay ??= Promise.resolve()
      .then(() => this.#readDue())
      .finally(() => {
        this.#underWay = undefined
      })
  }

  async #readDue(): Promise<void> {
    const { sink, monotonic } = this.#options
    const now = monotonic()
    const isIdle = ([, { askedAt }]: readonly [string, Sheet]) => now - askedAt >= IDLE_MILLISECONDS
    const idle = [...this.#sheets].filter(isIdle)
    // Those that are due soon go along, so that all are read together from then on.
    const due = [...this.#sheets].filter((each) => !isIdle(each) && each[1].readAt < now + READ_MILLISECONDS / 2)
    const sent = due.map(([, { since }]) => new Map(since))
    // What was counted here is sent first, so that it is in what is told, and then forgotten here.
    const isSent = await sink.flush().then(
      () => true,
      () => false,
    )
    if (isSent) for (const each of idle) if (now - each[1].askedAt >= IDLE_MILLISECONDS) this.#sheets.delete(each[0])
    for (let first = 0; first < due.length; first += MOST_READ) {
      const some = due.slice(first, first + MOST_READ)
      await this.#readSome(some, isSent ? sent.slice(first) : [])
    }
  }

  /** @param sent by their places, what of them is in what is told; absent: nobody knows how much of it, so none is forgotten */
  async #readSome(some: readonly (readonly [string, Sheet])[], sent: readonly ReadonlyMap<string, number>[]): Promise<void> {
    const { read, monotonic } = this.#options
    try {
      const told = new Map<string, ToldCount[]>(some.map(([license]) => [license, []]))
      for (const count of await read([...told.keys()])) told.get(count.license)?.push(count)
      for (const [place, [license, sheet]] of some.entries()) {
        sheet.told = told.get(license) ?? []
        for (const [meter, units] of sent[place] ?? []) sheet.since.set(meter, (sheet.since.get(meter) ?? 0) - units)
        sheet.readAt = monotonic() + READ_MILLISECONDS
        sheet.isUnanswered = false
      }
    } catch {
      for (const [, sheet] of some) {
        sheet.readAt = monotonic() + RETRY_MILLISECONDS
        sheet.isUnanswered = true
      }
    }
  }
}
