import { type Fact, type Impact, type ImpactReport, impact, type World } from '@writ/engine'
import type { Kysely } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Feed } from '../changes/feed.ts'
import { readChanges } from '../changes/store.ts'
import { joined, type Losses, lossesOf } from './losses.ts'
import type { Weight } from './thresholds.ts'
import { losingBy } from './wire.ts'

const BATCH = 1_000

export interface Weighed {
  /** All up to this one is in it. */
  readonly revision: number
  readonly now: number
  readonly found: Impact
  /** Of a whole, what the part that is made now takes and a later one gives back: whoever is in both lacks it until then. */
  part?: Impact
  weight?: Weight
  /** By one person alone, in steps of the same thing. */
  confirmedBefore?: number
  /** Now, with those whom steps took something from unasked. */
  confirming?: number
  confirmation?: string
}

/** What is asked about. */
export function lossesIn({ found, part, now }: Weighed): Losses {
  const losses = lossesOf(found, now)
  return part === undefined ? losses : joined(losses, lossesOf(part, now))
}

/** How many lose something by it. */
export function countedIn({ found, part }: Weighed): Pick<ImpactReport, 'losing' | 'products'> {
  if (part === undefined) return found.report()
  const losing = losingBy({ found, part })
  // Parts are of one product.
  const products = [...found.report().products, ...part.report().products].map((each) => ({ ...each, losing }))
  return { losing, products }
}

/** Finds out what a change comes to. */
export class Weigher {
  readonly #world: World
  readonly #feed: Feed

  constructor(world: World, feed: Feed) {
    this.#world = world
    this.#feed = feed
  }

  /**
   * By all that is committed, whether this node has it already or not.
   * @param known what was found before, as good while nothing was committed
   */
  async weigh(
    db: Kysely<Database>,
    facts: readonly Fact[] | undefined,
    now: number,
    known?: Weighed,
    until: number = Number.POSITIVE_INFINITY,
  ): Promise<Weighed> {
    const missing: Fact[][] = []
    let at = this.#feed.revision
    const from = at
    for (;;) {
      const { changes, revision } = await readChanges(db, at, BATCH)
      for (const change of changes) missing[change.revision - from - 1] = [...change.facts]
      at = changes.at(-1)?.revision ?? at
      if (at >= revision || changes.length === 0) break
    }
    if (known?.revision === at) return known
    // What this node has taken in the meantime is newer than what was read for it.
    const ahead = missing.slice(Math.max(0, this.#world.revision - from)).flat()
    const weigh = () => impact(this.#world, { ...(facts && { facts }), now, until })
    const found = ahead.length === 0 ? weigh() : this.#world.tried(ahead, weigh)
    return { revision: at, now, found }
  }
}
