import { createHash } from 'node:crypto'
import {
  type Decision,
  decisionToWire,
  type Instant,
  type Proposal,
  propose,
  type Request,
  type Spending,
  type WireDecision,
  type World,
} from '@writ/engine'
import type { Kysely } from 'kysely'
import type { Clock } from '../app/clock.ts'
import type { Database } from '../app/database.ts'
import type { Feed } from '../changes/feed.ts'
import { currentRevision } from '../changes/store.ts'
import type { Watched } from '../rollouts/shadow.ts'
import { Commit } from './commit.ts'
import { type LicenseUsage, noUsage, UsageView } from './license-usage.ts'
import type { ReservationRow } from './reservation-store.ts'
import { settle } from './settling.ts'
import { type ConsumeKey, readUsage } from './store.ts'

/** A question whose answer is to be kept: what it spends is committed before it is given. */
export interface Spend {
  /** Who asks: the id of an enforcer's credential. A `consume.id` is unique to it. */
  readonly source: string
  readonly actor: string
  readonly requestId: string
  readonly request: Request
  /** Holds the units of `consume` back for so long, instead of using them now: what was used is settled later. */
  readonly reserveSeconds?: number
  /** Is to see what it is decided on. */
  readonly watched?: Watched | undefined
}

export type Spent =
  | { readonly kind: 'answered'; readonly decision: WireDecision; readonly reservation?: ReservationRow }
  /** The id was used for another question before. */
  | { readonly kind: 'id_reused' }

export interface Pending extends Spend {
  readonly question: string
  retried: boolean
  resolve(spent: Spent): void
  reject(error: unknown): void
}

/** The kind that `Draft.touch` names, with a licence's id, when seats or windows change outside the ledger. */
export const USAGE = 'usage'

/** Refusals that may be of what another node has taken back since. */
const COUNTED: readonly (string | undefined)[] = ['quota_exhausted', 'rate_limited', 'seats_exhausted']
const FRESH_MILLISECONDS = 1_000
const MOST_FRESH = 10_000

/** How often the usage of a licence is read again because a commit came between. */
const MOST_READS = 3

/** More in one commit would make the first of them wait longer than it saves. */
const MOST_IN_A_COMMIT = 128

/** PostgreSQL: unique violation, serialization failure, deadlock. Nothing was committed, so the same can be tried once more. */
const WORTH_A_RETRY: readonly unknown[] = ['23505', '40001', '40P01']

/** PostgreSQL, class 22: a value that it does not take. Nothing was committed, and only one of the questions is to blame. */
const DATA_EXCEPTION = '22'

/**
 * The only spender of units, rates and seats. Callers that come together share one commit: their questions are decided one after another
 * under the locks of that commit, with the counts as the store holds them, so no two are promised the same last unit.
 */
export class Ledger {
  readonly db: Kysely<Database>
  readonly world: World
  readonly feed: Feed
  readonly clock: Clock
  /** What each licence has spent, as last committed by this node or read. Replaced whole, never changed in place. */
  readonly usages: Map<string, LicenseUsage>
  /** For decisions that spend nothing. */
  readonly view: UsageView
  readonly #queue: Pending[] = []
  /** By licence: when it was last read since it refused something. */
  readonly #fresh = new Map<string, { readonly at: number; reading: Promise<void> | undefined }>()
  #running: Promise<void> | undefined
  commits = 0
  commitSeconds = 0

  constructor(parts: { db: Kysely<Database>; world: World; feed: Feed; clock: Clock; usages: Map<string, LicenseUsage> }) {
    this.db = parts.db
    this.world = parts.world
    this.feed = parts.feed
    this.clock = parts.clock
    this.usages = parts.usages
    this.view = new UsageView((license) => this.usages.get(license))
  }

  static async open(parts: { db: Kysely<Database>; world: World; feed: Feed; clock: Clock }): Promise<Ledger> {
    const ledger = new Ledger({ ...parts, usages: await readUsage(parts.db, parts.clock()) })
    parts.feed.follow(USAGE, (licenses) => ledger.reread(licenses))
    return ledger
  }

  /** Something outside the ledger's commits touched seats or windows. It must not wait for the ledger: a commit may be waiting for the feed. */
  async reread(licenses: readonly string[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const before = licenses.map((license) => this.usages.get(license))
      const read = await readUsage(this.db, this.clock(), licenses)
      // A commit came between: what was read may be older than what it left. On a hot licence one always comes, and the feed must not
      // wait for it: what is kept here is only looked at, a commit spends from the rows it locks.
      if (attempt < MOST_READS && licenses.some((license, i) => this.usages.get(license) !== before[i])) continue
      for (const license of licenses) this.usages.set(license, read.get(license) ?? noUsage())
      return
    }
  }

  /** Looks only: what the answer is now, and what it would spend. */
  look(request: Request, now: Instant): Proposal {
    return propose(this.world, this.view, request, now)
  }

  /**
   * What comes back to a licence at another node, from a lease or a part of a rate, is no change and is not heard of here: before something
   * is refused for want of it, it is read again, once a second at most. @returns `undefined`: the answer stands
   */
  freshened({ allowed, reason, license }: Decision): Promise<void> | undefined {
    if (allowed || license === undefined || !COUNTED.includes(reason)) return undefined
    const now = performance.now()
    const known = this.#fresh.get(license)
    if (known !== undefined && now - known.at < FRESH_MILLISECONDS) return known.reading
    if (this.#fresh.size >= MOST_FRESH) this.#fresh.clear()
    const fresh: { readonly at: number; reading: Promise<void> | undefined } = { at: now, reading: undefined }
    this.#fresh.set(license, fresh)
    // Where the store is away the answer is of what is known here.
    fresh.reading = this.reread([license])
      .catch(() => {})
      .finally(() => {
        fresh.reading = undefined
      })
    return fresh.reading
  }

  /** Answers, and commits what the answer spends. @throws what the store throws; then nothing was promised */
  spend(spend: Spend): Promise<Spent> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...spend, question: questionOf(spend), retried: false, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /**
   * Counts what a reservation has used in all; without `keep` it ends there, and what is left is free again.
   * @throws {ApiError} RESERVATION_UNKNOWN, RESERVATION_EXPIRED, RESERVATION_CLOSED, RESERVATION_EXCEEDED, RESERVATION_SETTLED
   */
  async settle(key: ConsumeKey, used: number, keep: boolean): Promise<ReservationRow> {
    const row = await settle(this.db, key, { used, keep }, this.clock)
    await this.reread([row.license_id])
    return row
  }

  /** Ends a reservation: what is not settled is free again. @throws {ApiError} RESERVATION_UNKNOWN */
  async release(key: ConsumeKey): Promise<ReservationRow> {
    const row = await settle(this.db, key, 'nothing more', this.clock)
    await this.reread([row.license_id])
    return row
  }

  /** Questions that no commit has taken up yet. */
  get waiting(): number {
    return this.#queue.length
  }

  /** Resolves when everything that was asked is answered. */
  async drained(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  async #run(): Promise<void> {
    // Callers that were answered by the last commit ask again before the next one starts: waiting one turn lets them share it.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#queue.length > 0) {
      // What failed in company is tried once more alone, so that nobody's question makes those of others fail.
      const items = this.#queue.splice(0, this.#queue[0]?.retried === true ? 1 : MOST_IN_A_COMMIT)
      const from = performance.now()
      try {
        const left = await new Commit(this, items).run()
        this.#queue.unshift(...left)
      } catch (error) {
        await this.#failed(items, error)
      }
      this.commits++
      this.commitSeconds += (performance.now() - from) / 1_000
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    this.#running = undefined
  }

  async #failed(items: readonly Pending[], error: unknown): Promise<void> {
    // The commit may have gone through all the same, with only its answer lost: then its change is waiting to be read.
    this.feed.wake()
    const { code } = error as { code?: unknown }
    const isOfOne = items.length > 1 && typeof code === 'string' && code.startsWith(DATA_EXCEPTION)
    const isWorthARetry =
      (isOfOne || WORTH_A_RETRY.includes(code)) &&
      // Asked again on what the store holds now, or the same would happen once more.
      (await currentRevision(this.db)
        .then((revision) => this.feed.reached(revision))
        .then(
          () => true,
          () => false,
        ))
    const again: Pending[] = []
    for (const item of items) {
      if (isWorthARetry && !item.retried) {
        item.retried = true
        again.push(item)
      } else item.reject(error)
    }
    this.#queue.unshift(...again)
  }
}

/** Whether an answer takes anything that must be committed before it is given. */
export function takes({ seat, quota, rate }: Spending): boolean {
  return seat !== undefined || quota !== undefined || rate !== undefined
}

export function answered(decision: Decision): Spent {
  return { kind: 'answered', decision: decisionToWire(decision) }
}

/** An answer that consumed is never reusable, so it carries no `expires`. */
export function consumed({ expires: _, ...decision }: Decision): WireDecision {
  return decisionToWire(decision)
}

/** The same id must mean the same question: who, what, on which resource, how much. */
function questionOf({ request, reserveSeconds }: Spend): string {
  const { identity, actor, organization, feature, commands, resource, consume, wanted, partial } = request
  const asked = JSON.stringify([
    identity,
    actor,
    organization,
    feature,
    commands,
    resource,
    consume,
    wanted,
    partial,
    ...(reserveSeconds === undefined ? [] : [reserveSeconds]),
  ])
  return createHash('sha256').update(asked).digest('hex')
}
