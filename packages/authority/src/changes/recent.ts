import { isDeepStrictEqual } from 'node:util'
import { type Change, type EditionFact, type Entity, entityOf, type Fact, type World } from '@writ/engine'
import { type Reach, seesProduct } from '../enforcers/scope.ts'
import { type Audience, asSeen, audienceOf, dependentsOf, sees } from './audience.ts'
import { factKey } from './fact-key.ts'
import type { Reducer } from './feed.ts'

/** What one change touched, and who saw it before. */
interface Step {
  readonly revision: number
  readonly editions: readonly EditionFact[]
  readonly touched: ReadonlyMap<string, Touched>
}
interface Touched {
  readonly entity: Entity
  /** `undefined`: it was not there, or in nobody's sight. */
  readonly before: Audience | undefined
}

/** As many entities as are remembered; whoever missed more begins anew. */
const MOST_TOUCHED = 100_000

/**
 * World with the memory of its last changes: what a copy that is a little behind has to be told, as far as its reader sees it. A
 * removal is told only to those who saw what is gone, so the time before a change is remembered too.
 */
export class Recent implements Reducer {
  readonly #world: World
  readonly #most: number
  #steps: Step[] = []
  #touched = 0
  /** Nothing is remembered of what came before. */
  #since: number | undefined

  constructor(world: World, most = MOST_TOUCHED) {
    this.#world = world
    this.#most = most
  }

  get revision(): number {
    return this.#world.revision
  }

  /** From here on changes are remembered; what is applied before builds World. */
  begin(): void {
    this.#since = this.#world.revision
  }

  apply(change: Change): void {
    if (this.#since === undefined) this.#world.apply(change)
    else this.#remember(this.#step(change))
  }

  /**
   * What a copy of a revision has to be told to be of this one.
   * @returns `undefined` for a revision that is not remembered, or has not been
   */
  since(revision: number, reach: Reach): Fact[] | undefined {
    if (this.#since === undefined || revision < this.#since || revision > this.#world.revision) return undefined
    const first = this.#steps.findLastIndex((step) => step.revision <= revision) + 1
    return [...this.#told(this.#steps.slice(first), reach)]
  }

  *#told(steps: readonly Step[], reach: Reach): Iterable<Fact> {
    for (const { editions } of steps) for (const edition of editions) if (seesProduct(reach, edition.product)) yield edition
    const done = new Set<string>()
    for (const { touched } of steps) {
      // The first of the steps that touch it says how it was at the revision of the copy.
      for (const [key, { entity, before }] of touched) {
        if (done.has(key)) continue
        done.add(key)
        const fact = this.#world.stated(entity)
        if (fact !== undefined && sees(reach, audienceOf(this.#world, fact))) yield asSeen(reach, fact)
        else if (sees(reach, before)) yield { fact: 'removed', ...entity }
      }
    }
  }

  #step(change: Change): Step {
    const world = this.#world
    const editions: EditionFact[] = []
    const touched = new Map<string, Touched>()
    const memberships = new Map<string, readonly string[]>()
    const licenses = new Map<string, Audience | undefined>()
    for (const fact of change.facts) {
      if (fact.fact === 'edition') {
        editions.push(fact)
        continue
      }
      const entity = entityOf(fact)
      const known = world.stated(entity)
      const before = known && audienceOf(world, known)
      if (!touched.has(factKey(fact))) touched.set(factKey(fact), { entity, before })
      if (entity.of === 'identity') memberships.set(entity.id, known?.fact === 'identity' ? Object.keys(known.in) : [])
      if (entity.of === 'license') licenses.set(entity.id, before)
    }
    world.apply(change)
    for (const { entity, before } of [...touched.values()]) {
      if (entity.of !== 'identity' && entity.of !== 'license') continue
      const now = world.stated(entity)
      if (isDeepStrictEqual(before, now && audienceOf(world, now))) continue
      for (const dependent of dependentsOf(world, entity)) {
        const fact = world.stated(dependent)
        if (fact === undefined || touched.has(factKey(fact))) continue
        touched.set(factKey(fact), { entity: dependent, before: audienceOf(world, fact, { memberships, licenses }) })
      }
    }
    return { revision: change.revision, editions, touched }
  }

  #remember(step: Step): void {
    this.#steps.push(step)
    this.#touched += step.touched.size + 1
    let gone = 0
    while (this.#touched > this.#most && gone < this.#steps.length - 1) {
      const { revision, touched } = this.#steps[gone++] as Step
      this.#touched -= touched.size + 1
      this.#since = revision
    }
    if (gone > 0) this.#steps = this.#steps.slice(gone)
  }
}
