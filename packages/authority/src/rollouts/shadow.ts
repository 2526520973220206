import { answer, type Decision, type Fact, type Instant, licensesWithin, type World } from '@writ/engine'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '../app/database.ts'
import type { Feed } from '../changes/feed.ts'
import type { Admitted } from '../decisions/admit.ts'
import type { Ledger } from '../usage/ledger.ts'
import type { UsageView } from '../usage/license-usage.ts'
import { type CounterKey, openCounters } from '../usage/store.ts'
import { WHOLE } from './chosen.ts'
import { type Difference, differencesBetween } from './difference.ts'
import { ShadowUsage } from './shadow-usage.ts'
import { Sightings } from './sightings.ts'
import { openRollouts } from './store.ts'

/** The kind that `Draft.touch` names when a roll-out begins, goes on or ends. */
export const ROLLOUT = 'rollout'

interface Running {
  readonly id: string
  readonly product: string
  readonly edition: number
  /** Ten-thousandths. */
  readonly sample: number
  /** What the sample has added up to. */
  due: number
}

/** Who asked what, for an example. */
export interface Asker {
  readonly requestId: string
  readonly at: Instant
  readonly identity: string | undefined
  readonly resource: string | undefined
}

/** One question that is answered twice. */
export interface Watched {
  /** The counters that the second answer hangs on and the first does not, for whoever can lock them with the others. Never throws. */
  counters(usage: UsageView, now: Instant): readonly CounterKey[]
  /**
   * Answers it a second time, at the same instant, on the same World and on the usage that the first answer was decided on, but with the
   * licences on the new edition. Spends nothing and never throws. The last one counts, of a question that a commit decided more than once.
   */
  compare(usage: UsageView, now: Instant, live: Decision): void
  /** No answer was given after all. */
  forget(): void
  /** The first answer is given: what was found is kept. Never throws. */
  given(asker: Asker): void
}

/**
 * Answers live questions a second time, as they would be answered once an edition is rolled out, and keeps what would be different. It
 * has no say in the first answer. The second is made at once, in the same turn, since a moment later neither World nor usage need be those
 * of the first; what is kept is written behind the answers.
 */
export class Shadow {
  readonly #db: Kysely<Database>
  readonly #world: World
  readonly #ledger: Ledger
  readonly #log: Logger
  readonly #running = new Map<string, Running>()
  readonly #sightings: Sightings
  readonly #opening = new Set<string>()

  constructor({ db, world, ledger, log }: Parts) {
    this.#db = db
    this.#world = world
    this.#ledger = ledger
    this.#log = log
    this.#sightings = new Sightings(db, log)
  }

  static async open(parts: Parts & { readonly feed: Feed }): Promise<Shadow> {
    const shadow = new Shadow(parts)
    await shadow.#load()
    parts.feed.follow(ROLLOUT, () => shadow.#load())
    return shadow
  }

  async #load(): Promise<void> {
    const rows = await openRollouts(this.#db)
    this.#running.clear()
    for (const { id, product, edition, sample } of rows) this.#running.set(product, { id, product, edition, sample, due: 0 })
  }

  /** @returns `undefined` where nothing is rolled out: then it costs nothing */
  watch(question: Admitted): Watched | undefined {
    if (this.#running.size === 0) return undefined
    const found = this.#world.feature(question.request.feature)
    const running = found && this.#running.get(found.product.name)
    if (found === undefined || running === undefined) return undefined
    running.due += running.sample
    if (running.due < WHOLE) return passedOver(() => this.#sightings.add(running.id, { kind: 'passed_over' }))
    running.due -= WHOLE
    const feature = `${found.product.name}:${found.name}`
    let outcome: Outcome | undefined
    return {
      counters: (usage, now) => this.#safely(() => second(this.#world, question, running, usage, now)?.shadow.foreign) ?? [],
      compare: (usage, now, live) => {
        outcome = this.#safely(() => this.#compare(running, feature, question, usage, now, live), { kind: 'failed' })
      },
      forget: () => {
        outcome = undefined
      },
      given: (asker) => {
        if (outcome !== undefined) this.#safely(() => this.#sightings.add(running.id, outcome as Outcome, asker))
      },
    }
  }

  /** Resolves when what was seen so far is stored, or could not be. */
  flush(): Promise<void> {
    return this.#sightings.flush()
  }

  #compare(
    { id, ...running }: Running,
    feature: string,
    question: Admitted,
    usage: UsageView,
    now: Instant,
    live: Decision,
  ): Outcome | undefined {
    const found = second(this.#world, question, running, usage, now)
    if (found === undefined) return undefined
    const { first, decision, shadow } = found
    if (shadow.unsure.length > 0) {
      for (const key of shadow.unsure) void this.#openCounter(id, key)
      return { kind: 'unsure' }
    }
    const license = live.license ?? first
    const organization = this.#world.license(license)?.fact.organization
    return { kind: 'evaluated', feature, license, organization, revision: live.revision, differences: differencesBetween(live, decision) }
  }

  /** Begins to count by a window of the new edition, as a change of plan would, so that the next question can be compared. */
  async #openCounter(rollout: string, key: CounterKey): Promise<void> {
    const name = JSON.stringify(key)
    if (this.#opening.size >= MOST_OPENING || this.#opening.has(name)) return
    this.#opening.add(name)
    try {
      await openCounters(this.#db, [key])
      await this.#ledger.reread([key.license])
    } catch (error) {
      this.#log.error({ err: error, rollout }, 'a counter could not be opened')
    } finally {
      this.#opening.delete(name)
    }
  }

  /** A fault here is nobody else's. */
  #safely<T>(work: () => T, otherwise?: T): T | undefined {
    try {
      return work()
    } catch (error) {
      this.#log.error({ err: error }, 'a decision could not be compared with that of a roll-out')
      return otherwise
    }
  }
}

interface Parts {
  readonly db: Kysely<Database>
  readonly world: World
  readonly ledger: Ledger
  readonly log: Logger
}

const MOST_OPENING = 20

export type Outcome =
  | { readonly kind: 'passed_over' | 'failed' | 'unsure' }
  | {
      readonly kind: 'evaluated'
      /** In full. */
      readonly feature: string
      readonly license: string
      readonly organization: string | undefined
      readonly revision: number
      readonly differences: readonly Difference[]
    }

const passedOver = (given: () => void): Watched => ({ counters: () => [], compare: () => {}, forget: () => {}, given })

interface Second {
  /** Of the licences that would move. */
  readonly first: string
  readonly decision: Decision
  /** What it asked for. */
  readonly shadow: ShadowUsage
}

/** @returns `undefined`: the roll-out would move none of the licences that it is judged by */
function second(
  world: World,
  question: Admitted,
  running: Pick<Running, 'product' | 'edition'>,
  usage: UsageView,
  now: Instant,
): Second | undefined {
  const { licenses, facts, freed } = movedIn(world, question, running)
  const [first] = licenses
  if (first === undefined) return undefined
  const shadow = new ShadowUsage(world, usage, licenses, freed, now)
  const decision = world.tried(facts, () => answerTo(world, shadow, question, now), freed)
  return { first, decision, shadow }
}

/** As `check` puts an answer together: what is asserted without a scope may only narrow. */
function answerTo(world: World, usage: ShadowUsage, { request, asSent }: Admitted, now: Instant): Decision {
  const { decision } = answer(world, usage, request, now)
  if (asSent === undefined || !decision.allowed) return decision
  const withAll = answer(world, usage, asSent, now).decision
  return withAll.allowed ? decision : withAll
}

/** The licences that a question may be judged by as they would be after their move, and whose seats it frees. One that could not go stays. */
function movedIn(world: World, { request }: Admitted, { product, edition }: Pick<Running, 'product' | 'edition'>) {
  const row = request.identity === undefined ? undefined : world.identities.find(request.identity)
  const licenses: string[] = []
  const facts: Fact[] = []
  const freed = new Set<string>()
  for (const license of row === undefined ? [] : licensesWithin(world, row, request.organization)) {
    const { fact } = license
    if (fact.product !== product || fact.edition >= edition || fact.revoked_at !== undefined) continue
    const after = world.soldAs({ ...fact, edition })
    if (after === undefined || (fact.trial_ends !== undefined && after.plan.plan.trialSeconds === undefined)) continue
    licenses.push(fact.id)
    facts.push({ ...fact, edition })
    // Seats of another kind are freed by the move.
    if (world.sold(license)?.plan.plan.seats?.kind !== after.plan.plan.seats?.kind) freed.add(fact.id)
  }
  return { licenses, facts, freed }
}
