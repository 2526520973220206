import { STATUS, STATUS_MEDIA_TYPE, type StatusList, type TokenClaims, verifyStatusList } from '@writ/license'
import type { KeyStatement, TrustedRoot } from '@writ/trust'
import type { Clock } from '../clock.ts'
import { type Fetch, fetched } from '../fetched.ts'

interface Parts {
  readonly roots: readonly TrustedRoot[]
  readonly clock: Clock
  readonly fetch: Fetch | undefined
  /** What the roots say of keys now: a list of a revoked key is none. */
  readonly keySet: () => Promise<ReadonlyMap<string, KeyStatement>>
  readonly everySeconds: number
}

const MOST_LISTS = 64

interface Kept {
  list: StatusList | undefined
  triedAt: number
  reading: Promise<void> | undefined
}

/** The status lists that tokens name, each had anew every few seconds while somebody asks. Away, what it last said counts, until the token ends. */
export class StatusCache {
  readonly #parts: Parts
  readonly #kept = new Map<string, Kept>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Whether a verified token's place says that it is not good any more. */
  async isRevoked({ iss, status }: TokenClaims): Promise<boolean> {
    if (status === undefined) return false
    const { uri, idx } = status.status_list
    const kept = this.#kept.get(uri) ?? this.#keep(uri)
    const isDue = this.#parts.clock() >= kept.triedAt + this.#parts.everySeconds * 1_000 || this.#parts.clock() < kept.triedAt
    if (isDue) kept.reading ??= this.#read(kept, iss, uri)
    // The first time there is nothing to go by; a list that is only due is asked for while somebody waits as well, since that is its point.
    await kept.reading
    return kept.list !== undefined && kept.list.list.get(idx) !== STATUS.valid
  }

  #keep(uri: string): Kept {
    const [oldest] = this.#kept.keys()
    if (this.#kept.size >= MOST_LISTS && oldest !== undefined) this.#kept.delete(oldest)
    const kept: Kept = { list: undefined, triedAt: Number.NEGATIVE_INFINITY, reading: undefined }
    this.#kept.set(uri, kept)
    return kept
  }

  async #read(kept: Kept, issuer: string, uri: string): Promise<void> {
    const { roots, clock, fetch, keySet } = this.#parts
    kept.triedAt = clock()
    try {
      const text = new TextDecoder().decode(await fetched(uri, STATUS_MEDIA_TYPE, fetch))
      const now = Math.floor(clock() / 1_000)
      const seen = kept.list?.issuedAt
      kept.list = await verifyStatusList(text, { roots, issuer, uri, now, keySet: await keySet(), ...(seen !== undefined && { seen }) })
    } catch {
      // An outage: the token ends by itself in minutes.
    } finally {
      kept.reading = undefined
    }
  }
}
