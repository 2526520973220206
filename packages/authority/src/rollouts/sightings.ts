import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '../app/database.ts'
import { differenceId } from './difference.ts'
import type { Asker, Outcome } from './shadow.ts'
import { addSeen, type Seen } from './shadow-store.ts'
import type { Example, Tally } from './store.ts'

const FLUSH_MILLISECONDS = 1_000
/** Distinct differences that wait for the store, of all roll-outs together; what comes beyond is counted and not kept. */
const MOST_WAITING = 2_000
const MOST_EXAMPLES = 3

interface Waiting {
  readonly tally: Tally
  readonly seen: Map<string, Seen & { counted: number; last_seen: number; readonly examples: Example[] }>
}

/** What was compared and not written down yet. It never grows without bound, and writes behind the answers. */
export class Sightings {
  readonly #db: Kysely<Database>
  readonly #log: Logger
  #waiting = new Map<string, Waiting>()
  #distinct = 0
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined

  constructor(db: Kysely<Database>, log: Logger) {
    this.#db = db
    this.#log = log
  }

  /** @param asker of what was evaluated */
  add(rollout: string, outcome: Outcome, asker?: Asker): void {
    const { tally, seen } = this.#of(rollout)
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MILLISECONDS).unref()
    if (outcome.kind !== 'evaluated' || asker === undefined) {
      if (outcome.kind !== 'evaluated') tally[outcome.kind]++
      return
    }
    const { feature, license, organization = null, differences } = outcome
    tally.evaluated++
    if (differences.length > 0) tally.differing++
    for (const difference of differences) {
      const id = differenceId({ ...difference, license, feature })
      const known = seen.get(id)
      if (known !== undefined) {
        known.counted++
        known.last_seen = Math.max(known.last_seen, asker.at)
        if (known.examples.length < MOST_EXAMPLES) known.examples.push(exampleOf(outcome, asker))
      } else if (this.#distinct >= MOST_WAITING) tally.dropped++
      else {
        this.#distinct++
        const { at } = asker
        const first = { id, license_id: license, organization, feature, ...difference, counted: 1, first_seen: at, last_seen: at }
        seen.set(id, { ...first, examples: [exampleOf(outcome, asker)] })
      }
    }
  }

  /** Resolves when what was added so far is stored, or could not be. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#writing
    this.#writing = this.#write()
    await this.#writing
  }

  async #write(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = new Map()
    this.#distinct = 0
    for (const [rollout, { tally, seen }] of waiting) {
      try {
        await addSeen(this.#db, rollout, tally, [...seen.values()])
      } catch (error) {
        // A store that is away must not take memory: what is not stored now is counted, and gone.
        this.#log.error({ err: error, rollout, differences: seen.size }, 'differences could not be stored')
        const { evaluated, differing, passed_over, dropped, failed, unsure } = tally
        const kept = this.#of(rollout).tally
        kept.evaluated += evaluated
        kept.differing += differing
        kept.passed_over += passed_over
        kept.failed += failed
        kept.unsure += unsure
        kept.dropped += dropped + [...seen.values()].reduce((sum, { counted }) => sum + counted, 0)
      }
    }
  }

  #of(rollout: string): Waiting {
    const known = this.#waiting.get(rollout)
    if (known !== undefined) return known
    const made: Waiting = {
      tally: { evaluated: 0, differing: 0, passed_over: 0, unsure: 0, dropped: 0, failed: 0 },
      seen: new Map(),
    }
    this.#waiting.set(rollout, made)
    return made
  }
}

function exampleOf({ revision }: Extract<Outcome, { kind: 'evaluated' }>, { requestId, at, identity, resource }: Asker): Example {
  return {
    request_id: requestId,
    at,
    revision,
    ...(identity !== undefined && { identity: storable(identity) }),
    ...(resource !== undefined && { resource: storable(resource) }),
  }
}

/** What somebody asked with is not always what a store takes. */
function storable(text: string): string {
  return text.slice(0, 256).toWellFormed().replaceAll('\0', '\ufffd')
}
