import type { Fact, Impact, ImpactReport, World } from '@writ/engine'
import type { Kysely, Transaction } from 'kysely'
import { ApiError } from '../app/api-error.ts'
import type { Clock } from '../app/clock.ts'
import type { Config } from '../app/config.ts'
import type { Counts } from '../app/counts.ts'
import type { Database } from '../app/database.ts'
import type { AuditDetail } from '../audit/store.ts'
import type { Draft, Whole } from '../changes/draft.ts'
import type { Feed } from '../changes/feed.ts'
import type { Asked, By, Deed } from '../changes/mutate.ts'
import { currentRevision } from '../changes/store.ts'
import type { Sealer } from '../keys/sealer.ts'
import { digestOf, digestOfText, makeToken, openToken } from './confirmation.ts'
import { Grown } from './grown.ts'
import { areAmong, lossesOf } from './losses.ts'
import { decide } from './parked-store.ts'
import { emptied, Park } from './parking.ts'
import type { Confirmed } from './replay.ts'
import { Rest } from './rest.ts'
import { dropRest, holdRevision, useUp } from './store.ts'
import { type Thresholds, thresholdsOf, weightOf } from './thresholds.ts'
import { keepConfirmed, openConfirmed } from './unasked.ts'
import { countedIn, lossesIn, type Weighed, Weigher } from './weigher.ts'
import { soleIdentities, weightyFacts } from './weighty.ts'
import { heldTo } from './wire.ts'

/** Nobody else acts without a request: the authority itself at a start, and a person on its host, who is never locked out. */
const TRUSTED: readonly string[] = ['authority', 'operator', 'setup']

/**
 * Keeps a mutation from taking access from more than a few before somebody said so who knows from how many. It stands between the work
 * of a mutation and its commit, and sees what all other changes have come to by then.
 */
export class Guard {
  readonly #world: World
  readonly #weigher: Weigher
  readonly #clock: Clock
  readonly #sealer: Sealer
  readonly #counts: Counts
  readonly #thresholds: Thresholds

  constructor({
    world,
    feed,
    clock,
    sealer,
    counts,
    config,
  }: { world: World; feed: Feed; clock: Clock; sealer: Sealer; counts: Counts; config: Config }) {
    this.#world = world
    this.#weigher = new Weigher(world, feed)
    this.#clock = clock
    this.#sealer = sealer
    this.#counts = counts
    this.#thresholds = thresholdsOf(config)
  }

  /** What facts come to, for who does it dry; without them, what time alone will do. */
  async foretell(db: Kysely<Database>, facts: readonly Fact[] | undefined, horizonMilliseconds: number): Promise<Impact> {
    const now = this.#clock()
    return (await this.#weigher.weigh(db, facts, now, undefined, now + horizonMilliseconds)).found
  }

  /**
   * Lets a mutation through, or not. What is let through cannot grow any more: the place of the next change is held until the commit.
   * What is a part of a whole is weighed with all of it once, and each further part goes through with what it takes of that; when a part takes
   * something else, all that is left is weighed anew.
   * @returns what the audit says of it beside the rest
   * @throws {ApiError} CONFIRMATION_REQUIRED @throws {Park} @throws {Grown}
   */
  async pass(tx: Transaction<Database>, by: By, deed: Deed, draft: Draft): Promise<AuditDetail> {
    // The row of a parked change before the place of the next one, as whoever parks and discards takes them.
    const detail = await this.#taken(tx, by.confirmed)
    return { ...detail, ...(await this.#passed(tx, by, deed, draft)) }
  }

  async #passed(tx: Transaction<Database>, by: By, deed: Deed, { weighed, whole, covers }: Draft): Promise<AuditDetail> {
    if (TRUSTED.includes(by.actor) || deed.forSecurity === true) return {}
    // Another node's change may be what this one takes back.
    const isSure = (await currentRevision(tx)) <= this.#world.revision
    const facts = weightyFacts(this.#world, weighed, isSure)
    if (facts.length === 0) return {}
    const sole = isSure ? soleIdentities(this.#world, facts) : undefined
    const { identities, most } = this.#thresholds
    const before = by.tally?.losing ?? 0
    if (sole !== undefined && before + sole.size <= Math.min(identities, most)) {
      if (by.tally !== undefined) by.tally.losing += sole.size
      return {}
    }

    const now = this.#clock()
    if (whole !== undefined) return this.#passedPart(tx, by, facts, whole, isSure, now)
    if (covers.by !== undefined) return this.#passedCovered(tx, by, facts, { of: covers.by, isHeld: covers.isHeld }, now)
    const first = await this.#weigher.weigh(tx, facts, now)
    const rest = covers.later === undefined ? undefined : restId(by, covers.later)
    // What is on its way still was confirmed with the step before.
    const counted = rest === undefined ? undefined : await Rest.open(tx, rest, now)
    await this.#judge(tx, by, first, undefined, counted)
    await holdRevision(tx)
    const second = await this.#weigher.weigh(tx, facts, now, first)
    if (second !== first) await this.#judge(tx, by, second, undefined, counted)
    if (rest !== undefined) await Rest.keep(tx, rest, lossesOf(second.found, now), new Map(), now)
    return this.#let(tx, by, second, now)
  }

  /**
   * The whole is weighed before the place of the next change is held, and only at its first part or when a part takes something that it was
   * not weighed with: what a part takes by itself is a matter of its own few. What it takes and a later one gives back is in no whole, and is
   * asked about with it.
   */
  async #passedPart(
    tx: Transaction<Database>,
    by: By,
    facts: readonly Fact[],
    whole: Whole,
    isSure: boolean,
    now: number,
  ): Promise<AuditDetail> {
    const id = restId(by, whole.of)
    const known = await Rest.open(tx, id, now)
    const weighAll = async ({ found: part }: Weighed): Promise<Weighed> => {
      const all = await this.#weigher.weigh(tx, weightyFacts(this.#world, whole.all(), isSure), now)
      if (!areAmong(lossesOf(part, now), lossesOf(all.found, now))) all.part = part
      await this.#judge(tx, by, all, known)
      return all
    }
    const first = await this.#weigher.weigh(tx, facts, now)
    let taken = lossesOf(first.found, now)
    let all = known !== undefined && (await known.beyond(taken)).size === 0 ? undefined : await weighAll(first)
    await holdRevision(tx)
    const second = await this.#weigher.weigh(tx, facts, now, first)
    if (second !== first) {
      const before = taken
      taken = lossesOf(second.found, now)
      const isPassed = all === undefined ? (await known?.beyond(taken))?.size === 0 : areAmong(taken, lossesIn(all), before)
      if (!isPassed) all = await weighAll(second)
    }
    if (whole.isLast) await dropRest(tx, id)
    else if (all !== undefined) await Rest.keep(tx, id, lossesIn(all), taken, now)
    else await known?.take(taken)
    if (all !== undefined) return this.#let(tx, by, all, now)
    const { losing } = second.found.report()
    return losing === 0 ? {} : { losing }
  }

  /**
   * Of what follows from a change that was weighed, only what it takes beyond that counts, with what others took beyond it before: it may be
   * long ago by now, and others may have come.
   */
  async #passedCovered(
    tx: Transaction<Database>,
    by: By,
    facts: readonly Fact[],
    { of, isHeld }: { readonly of: string; readonly isHeld: boolean },
    now: number,
  ): Promise<AuditDetail> {
    const id = restId(by, of)
    const known = await Rest.open(tx, id, now)
    const before = by.tally?.losing ?? 0
    const beyond = async ({ found }: Weighed): Promise<number> => {
      const losses = lossesOf(found, now)
      const more = known === undefined ? new Set([...losses.values()].map(({ identity }) => identity)) : await known.beyond(losses)
      if (more.size === 0 || !isHeld) return more.size
      const losing = before + more.size
      const products = found.report().products.map((each) => ({ ...each, losing }))
      if (weightOf(this.#world, { losing, products }, this.#thresholds) === 'light') return more.size
      this.#counts.held++
      throw new Grown(losing)
    }
    const first = await this.#weigher.weigh(tx, facts, now)
    await beyond(first)
    await holdRevision(tx)
    const second = await this.#weigher.weigh(tx, facts, now, first)
    if (by.tally !== undefined) by.tally.losing = before + (await beyond(second))
    await known?.take(lossesOf(second.found, now))
    const { losing } = second.found.report()
    return losing === 0 ? {} : { losing }
  }

  /** @returns what the audit says of it */
  async #let(tx: Transaction<Database>, by: By, second: Weighed, now: number): Promise<AuditDetail> {
    const before = by.tally?.losing ?? 0
    if (second.confirmation !== undefined && !(await useUp(tx, second.confirmation, now))) this.#refuse(by, second, true)
    const { losing } = countedIn(second)
    if (by.tally !== undefined && second.weight === 'light') by.tally.losing = before + losing
    else if (by.tally !== undefined && second.confirmation !== undefined) {
      by.tally.losing = 0
      const { confirmedBefore = 0, confirming = 0 } = second
      // A second person leaves it as it is: they were shown this step, and none before it.
      await keepConfirmed(tx, by.tally, confirmedBefore + confirming, now)
    }
    if (second.weight === 'light') return {}
    return { confirmed_losing: losing, confirmed_at_revision: second.found.revision }
  }

  /** A parked change is done once. @throws {ApiError} PARKED_CHANGE_OVER */
  async #taken(tx: Transaction<Database>, confirmed: Confirmed | undefined): Promise<AuditDetail> {
    if (confirmed === undefined) return {}
    const sealed = emptied(this.#sealer, confirmed.parked)
    const decided = { state: 'confirmed', decided_at: this.#clock(), decided_by: confirmed.by, sealed } as const
    if (!(await decide(tx, confirmed.parked, decided))) throw new ApiError('PARKED_CHANGE_OVER')
    return { confirmed_by: confirmed.by, parked_change: confirmed.parked }
  }

  /**
   * @param known covers it, if all of it is among that @param counted has those whom a step before was confirmed with
   * @throws {ApiError} CONFIRMATION_REQUIRED, CHANGE_UNKEEPABLE @throws {Park}
   */
  async #judge(tx: Transaction<Database>, by: By, weighed: Weighed, known?: Rest, counted: Rest | undefined = known): Promise<void> {
    const report = withBefore(countedIn(weighed), by.tally)
    weighed.weight = weightOf(this.#world, report, this.#thresholds)
    if (weighed.weight === 'light') return
    if (weighed.weight === 'confirm' && by.tally !== undefined) {
      // In steps of which each takes one person, what takes two would take one.
      weighed.confirmedBefore = await openConfirmed(tx, by.tally, weighed.now)
      // Who was confirmed before as a part of the same is counted there.
      const more = counted === undefined ? countedIn(weighed).losing : (await counted.beyond(lossesIn(weighed))).size
      weighed.confirming = by.tally.losing + more
      if (weighed.confirmedBefore + weighed.confirming > this.#thresholds.secondPerson) weighed.weight = 'second_person'
    }
    const { confirmation, actor, asked, confirmed: bySecond, reach } = by
    const digest = digestOf(weighed.found, weighed.part)
    const unasked = by.tally?.losing ?? 0
    // The whole that it is left of was confirmed, by as many people as it took.
    if (known !== undefined && (await known.beyond(lossesIn(weighed))).size === 0) return
    if (bySecond !== undefined) {
      if (bySecond.digest !== digest) this.#park(weighed, digest)
      return
    }
    // Nobody stands behind it who could say so.
    const needsOther = reach?.unattended === true || weighed.weight === 'second_person'
    if (asked?.isPassing === true && needsOther) {
      this.#counts.held++
      throw new ApiError('CHANGE_UNKEEPABLE', heldTo(weighed, reach))
    }
    if (asked !== undefined && reach?.unattended === true) this.#park(weighed, digest)
    const id =
      confirmation === undefined || asked === undefined
        ? undefined
        : await openToken(this.#sealer, tx, confirmation, { fingerprint: asked.fingerprint, actor, digest, unasked }, this.#clock())
    if (id === undefined) return this.#refuse(by, weighed, confirmation !== undefined || known?.hadLosses === true)
    // Whoever asks has said so; now it waits for somebody else.
    if (weighed.weight === 'second_person') this.#park(weighed, digest)
    weighed.confirmation = id
  }

  #park(weighed: Weighed, digest: string): never {
    this.#counts.held++
    throw new Park(weighed, digest)
  }

  /** @param changed whether something else was confirmed before */
  #refuse(
    { actor, asked, reach, tally }: Pick<By, 'actor' | 'reach' | 'tally'> & { asked?: Asked | undefined },
    weighed: Weighed,
    changed: boolean,
  ): never {
    this.#counts.held++
    const { found, part, weight, confirmedBefore = 0 } = weighed
    const told = asked && { fingerprint: asked.fingerprint, actor, digest: digestOf(found, part), unasked: tally?.losing ?? 0 }
    const made = told && makeToken(this.#sealer, told, found.revision, this.#clock())
    throw new ApiError('CONFIRMATION_REQUIRED', {
      ...heldTo(weighed, reach),
      ...(made && { confirmation: { token: made.token, expires_at: new Date(made.expires).toISOString() } }),
      ...(weight === 'second_person' && { second_person: true }),
      // Who confirmed something else before is told that it is something else now.
      ...(changed && { changed: true }),
      ...(tally !== undefined && tally.losing > 0 && { taken_before: tally.losing }),
      ...(weight === 'second_person' && confirmedBefore > 0 && { confirmed_before: confirmedBefore }),
    })
  }
}

/** What was weighed covers whoever asked for it alone. The order is another than that of a version that kept rests in another form. */
function restId({ actor }: By, of: string): string {
  return digestOfText(JSON.stringify([of, actor]))
}

/** Whoever lost something before counts as one more, since it is not known any more who it was. */
function withBefore<Report extends Pick<ImpactReport, 'losing' | 'products'>>(report: Report, tally: By['tally']) {
  const { losing: before = 0 } = tally ?? {}
  if (before === 0 || report.losing === 0) return report
  return { losing: report.losing + before, products: report.products.map((each) => ({ ...each, losing: each.losing + before })) }
}
