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
  readonly meter: string
  readonly from: Instant
  readonly until: Instant
  readonly used: number
}

export interface SoftCountsOptions {
  readonly sink: UsageSink
  /** What the authority counts of a licence. */
  readonly read: (license: string) => Promise<readonly ToldCount[]>
  readonly monotonic: () => number
}

/** What the authority told of a licence, and what was counted here since. */
interface Sheet {
  told: readonly ToldCount[] | undefined
  readAt: number
  /** By meter. */
  readonly since: Map<string, number>
  underWay: Promise<void> | undefined
}

/** What others count is heard of so often, while a limit is asked for. */
const READ_MILLISECONDS = 10_000
/** After a read that failed. */
const RETRY_MILLISECONDS = 2_000

/**
 * Counts soft limits here, at once, and records what was used for the authority, which counts it once. What others count is heard of some
 * seconds later: a limit that refuses nobody is known no better.
 */
export class SoftCounts {
  readonly #options: SoftCountsOptions
  readonly #sheets = new Map<string, Sheet>()

  constructor(options: SoftCountsOptions) {
    this.#options = options
  }

  /** Units used in a window. @returns `unheard`: the authority has not been heard yet, and should be asked; `undefined`: it does not answer */
  used(license: string, meter: string, from: Instant, until: Instant): number | 'unheard' | undefined {
    const sheet = this.#sheetOf(license)
    const isDue = this.#options.monotonic() >= sheet.readAt
    if (isDue) this.#read(license, sheet)
    const told = sheet.told?.find((each) => each.meter === meter && each.from === from && each.until === until)
    if (told !== undefined) return told.used + (sheet.since.get(meter) ?? 0)
    if (sheet.underWay !== undefined) return 'unheard'
    // A window that began after it was told; or nobody answers, and what refuses nobody waits for nobody.
    sheet.readAt = Math.min(sheet.readAt, this.#options.monotonic() + RETRY_MILLISECONDS)
    return sheet.told === undefined ? undefined : 'unheard'
  }

  /** Counts, and records for the authority. @returns false: it could not be recorded, and is not counted */
  count(license: string, meter: string, amount: number, id: string, now: Instant): boolean {
    try {
      this.#options.sink.note({ license, meter, amount, id, time: new Date(now) })
    } catch (error) {
      if (error instanceof WritError) return false
      throw error
    }
    const sheet = this.#sheetOf(license)
    sheet.since.set(meter, (sheet.since.get(meter) ?? 0) + amount)
    return true
  }

  #sheetOf(license: string): Sheet {
    const known = this.#sheets.get(license)
    if (known !== undefined) return known
    const sheet: Sheet = { told: undefined, readAt: Number.NEGATIVE_INFINITY, since: new Map(), underWay: undefined }
    this.#sheets.set(license, sheet)
    return sheet
  }

  #read(license: string, sheet: Sheet): void {
    sheet.underWay ??= this.#readAfterSending(license, sheet).finally(() => {
      sheet.underWay = undefined
    })
  }

  /** What was counted here is sent first, so that it is in what is told, and then forgotten here. */
  async #readAfterSending(license: string, sheet: Sheet): Promise<void> {
    const { sink, read, monotonic } = this.#options
    const sent = new Map(sheet.since)
    try {
      await sink.flush()
      sheet.told = await read(license)
      for (const [meter, units] of sent) sheet.since.set(meter, (sheet.since.get(meter) ?? 0) - units)
      sheet.readAt = monotonic() + READ_MILLISECONDS
    } catch {
      sheet.readAt = monotonic() + RETRY_MILLISECONDS
    }
  }
}
