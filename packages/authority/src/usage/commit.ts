import { type Decision, hasEnded, type Instant, type Proposal, propose, type Spending, seatLimit, type WireDecision } from '@writ/engine'
import type { Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { appendChange, currentRevision, type NewChange } from '../changes/store.ts'
import { answered, consumed, type Ledger, type Pending, type Spent, takes } from './ledger.ts'
import { alsoCounting, bucketName, findCounter, type LicenseUsage, noUsage, openPart, spend, UsageView } from './license-usage.ts'
import {
  CLOCK_MARGIN_MILLISECONDS,
  eventSource,
  findReservations,
  insertReservations,
  type ReservationRow,
  readHolds,
} from './reservation-store.ts'
import {
  type BucketKey,
  type ConsumeKey,
  type CounterKey,
  type FoundConsumption,
  findEvents,
  lockBuckets,
  lockCounters,
  lockSeats,
  lockStandings,
  type NewEvent,
  readLeases,
  type Standing,
  takeNamedSeat,
  writeBuckets,
  writeConsumption,
  writeLeases,
} from './store.ts'

/**
 * One commit of the ledger: several questions, one transaction. First it looks at what each would spend, to know which rows to lock;
 * then it decides them in order on what the locked rows hold. A question that turns out to need other rows waits for the next commit.
 */
export class Commit {
  readonly #ledger: Ledger
  readonly #items: readonly Pending[]
  readonly #now: Instant
  readonly #working = new Map<string, LicenseUsage>()
  readonly #counters = new Map<string, CounterKey>()
  readonly #buckets = new Map<string, BucketKey>()
  readonly #seated = new Set<string>()
  /** Whom a seat is planned for. */
  readonly #seating = new Set<string>()
  readonly #standings = new Map<string, Standing>()
  /** World does not have yet what the store says of somebody who wants a seat. */
  #isBehind = false
  readonly #events: NewEvent[] = []
  readonly #answers = new Map<Pending, Spent>()
  readonly #known = new Map<string, Known>()
  /** Counted by a report of usage: no question is known. */
  readonly #reported = new Map<string, FoundConsumption>()
  readonly #reservations: ReservationRow[] = []
  /** By counter: when the last reservation made in its window ends at the latest. */
  readonly #heldUntil = new Map<string, Instant>()
  #namedSeat: { license: string; identity: string; item: Pending } | undefined

  constructor(ledger: Ledger, items: readonly Pending[]) {
    this.#ledger = ledger
    this.#items = items
    this.#now = ledger.clock()
  }

  /** @returns the questions that wait for the next commit */
  async run(): Promise<Pending[]> {
    await Promise.all(this.#items.map(({ request }) => this.#ledger.freshened(this.#ledger.look(request, this.#now).decision)))
    for (const { request, watched } of this.#items) {
      this.#plan(this.#ledger.look(request, this.#now))
      for (const key of watched?.counters(this.#ledger.view, this.#now) ?? []) this.#counters.set(counterName(key), key)
    }
    const revision = await this.#ledger.db.transaction().execute((tx) => this.#write(tx))
    for (const [license, usage] of this.#working) this.#ledger.usages.set(license, usage)
    if (revision !== undefined) {
      this.#ledger.feed.wake()
      await this.#ledger.feed.reached(revision)
    }
    for (const [item, spent] of this.#answers) item.resolve(spent)
    return this.#items.filter((item) => !this.#answers.has(item))
  }

  #plan({ spending }: Proposal): void {
    if (spending === undefined) return
    const { license, seat, quota, rate } = spending
    for (const { from, until } of quota?.windows ?? []) {
      const key = { license, meter: (quota as { meter: string }).meter, from, until }
      this.#counters.set(counterName(key), key)
    }
    for (const { feature, rate: limit } of rate ?? []) {
      const bucket = bucketName(feature, limit)
      this.#buckets.set(JSON.stringify([license, bucket]), { license, bucket })
    }
    if (seat === undefined) return
    this.#seated.add(license)
    this.#seating.add(seat.identity)
  }

  async #write(tx: Transaction<Database>): Promise<number | undefined> {
    await this.#lock(tx)
    for (const item of this.#items) this.#decide(item)
    return (await this.#store(tx)) ?? (this.#isBehind ? currentRevision(tx) : undefined)
  }

  /** Seats before counters before buckets, each in key order: two nodes take the same rows in the same order. */
  async #lock(tx: Transaction<Database>): Promise<void> {
    const licenses = [...this.#seated]
    await lockSeats(tx, licenses)
    for (const standing of await lockStandings(tx, [...this.#seating], licenses)) this.#standings.set(standing.identity, standing)
    const of = (license: string): LicenseUsage => {
      const usage = this.#working.get(license) ?? openPart(this.#ledger.usages.get(license) ?? noUsage(), this.#now)
      this.#working.set(license, usage)
      return usage
    }
    for (const license of licenses) of(license).floating = []
    for (const { license, identity, takenAt, until } of await readLeases(tx, licenses, this.#now)) {
      of(license).floating.push({ identity, takenAt, ...(until !== undefined && { until }) })
    }
    const held = new Set<string>()
    for (const { used, heldUntil, ...key } of await lockCounters(tx, [...this.#counters.values()])) {
      const { license, meter, from, until } = key
      const counter = findCounter(of(license), meter, from, until)
      if (counter === undefined) of(license).counters.push({ meter, from, until, used })
      else counter.used = used
      this.#heldUntil.set(counterName(key), heldUntil)
      if (heldUntil > this.#now) held.add(license)
    }
    // After the counters are locked: whoever holds back or settles units does it under the same locks.
    if (held.size > 0) await this.#readHolds(tx, [...held], of)
    for (const { license, bucket, arrival, leases } of await lockBuckets(tx, [...this.#buckets.values()]))
      of(license).rates.set(bucket, { arrival, leases })
    const ids = (isReserving: boolean) =>
      this.#items.flatMap(({ source, request: { consume }, reserveSeconds }) =>
        consume === undefined || (reserveSeconds !== undefined) !== isReserving ? [] : [{ source, id: consume.id }],
      )
    // Of a reservation that is forgotten, what was settled is found.
    const settled = ids(true).map(({ source, id }) => ({ source: eventSource(source), id }))
    for (const found of await findEvents(tx, [...ids(false), ...settled])) {
      const { question, answer } = found
      if (question === null || answer === null) this.#reported.set(keyOf(found), found)
      else this.#known.set(keyOf(found), { question, answer })
    }
    for (const reservation of await findReservations(tx, ids(true))) {
      const { question, answer } = reservation
      this.#known.set(reservationName(reservation), { question, answer, reservation })
    }
  }

  async #readHolds(tx: Transaction<Database>, licenses: readonly string[], of: (license: string) => LicenseUsage): Promise<void> {
    for (const license of licenses) of(license).holds = []
    for (const { license, ...hold } of await readHolds(tx, this.#now, licenses)) {
      const usage = of(license)
      usage.holds = [...usage.holds, hold]
    }
  }

  #decide(item: Pending): void {
    const { source, request, question, reserveSeconds } = item
    const { consume } = request
    const name = reserveSeconds === undefined ? keyOf : reservationName
    const key = consume === undefined ? undefined : name({ source, id: consume.id })
    const known = key === undefined ? undefined : this.#known.get(key)
    const reserving = reserveSeconds === undefined ? undefined : consume
    // Of one that is forgotten: settled anew it would count in the window of the first.
    const settled = reserving && this.#known.get(keyOf({ source: eventSource(source), id: reserving.id }))
    if (known === undefined ? settled !== undefined : known.question !== question) {
      this.#answers.set(item, { kind: 'id_reused' })
      return
    }
    const view = new UsageView((license) => this.#working.get(license) ?? this.#ledger.usages.get(license))
    const { decision, spending: proposed } = propose(this.#ledger.world, view, request, this.#now)
    if (known !== undefined) {
      const { answer, reservation } = known
      this.#answers.set(
        item,
        hasEnded(decision) ? answered(decision) : { kind: 'answered', decision: answer, ...(reservation && { reservation }) },
      )
      return
    }
    const reported = key === undefined ? undefined : this.#reported.get(key)
    if (reported !== undefined && proposed !== undefined && !isOf(reported, proposed)) {
      this.#answers.set(item, { kind: 'id_reused' })
      return
    }
    // What is counted is not counted again, nor what it took of a rate; a seat may still be to take.
    const spending = reported === undefined || proposed === undefined ? proposed : seatOf(proposed)
    if (spending === undefined) {
      item.watched?.compare(view, this.#now, decision)
      this.#answers.set(item, answered(decision))
      return
    }
    if (!this.#isLocked(spending)) return
    if (spending.seat !== undefined && !this.#mayBeSeated(spending.license, spending.seat.identity)) {
      this.#isBehind = true
      return
    }
    if (spending.seat?.kind === 'named') {
      // World shows the seat only after the commit, so one commit takes at most one.
      if (this.#namedSeat !== undefined) return
      this.#namedSeat = { license: spending.license, identity: spending.seat.identity, item }
    }
    item.watched?.compare(view, this.#now, decision)
    if (reserveSeconds !== undefined) {
      this.#reserve(item, decision, spending, reserveSeconds)
      return
    }
    const usage = this.#working.get(spending.license)
    if (usage !== undefined) spend(usage, spending, this.#now)
    for (const counter of spending.quota && usage ? alsoCounting(usage, spending.quota, this.#now) : [])
      counter.used += spending.quota?.amount ?? 0
    const answer = consume !== undefined || takes(spending) ? consumed(decision) : undefined
    this.#answers.set(item, answer === undefined ? answered(decision) : { kind: 'answered', decision: answer })
    if (consume === undefined || key === undefined || answer === undefined) return
    this.#known.set(key, { question, answer })
    if (reported !== undefined) return
    const amount = spending.quota?.amount ?? decision.admitted ?? consume.amount
    this.#events.push({
      source,
      id: consume.id,
      license: spending.license,
      meter: spending.quota?.meter,
      amount,
      at: this.#now,
      question,
      answer,
    })
  }

  /** Takes seat and rate as a check does, and holds the units back instead of counting them. */
  #reserve(item: Pending, decision: Decision, { quota, ...spending }: Spending, seconds: number): void {
    const { license } = spending
    const { id, amount: asked } = item.request.consume as { id: string; amount: number }
    const until = this.#now + seconds * 1000
    const free = until + CLOCK_MARGIN_MILLISECONDS
    const amount = quota?.amount ?? decision.admitted ?? asked
    const usage = this.#working.get(license)
    if (usage !== undefined) {
      spend(usage, spending, this.#now)
      if (quota !== undefined) usage.holds = [...usage.holds, { meter: quota.meter, reservedAt: this.#now, amount, until: free }]
    }
    for (const { from, until: end } of quota?.windows ?? []) {
      const counter = counterName({ license, meter: (quota as { meter: string }).meter, from, until: end })
      this.#heldUntil.set(counter, Math.max(free, this.#heldUntil.get(counter) ?? 0))
    }
    for (const { meter, from, until: end } of quota && usage ? alsoCounting(usage, quota, this.#now) : []) {
      const counter = counterName({ license, meter, from, until: end })
      if (this.#counters.has(counter)) this.#heldUntil.set(counter, Math.max(free, this.#heldUntil.get(counter) ?? 0))
    }
    const reservation: ReservationRow = {
      source: item.source,
      id,
      license_id: license,
      meter: quota?.meter ?? null,
      amount,
      settled: 0,
      reserved_at: this.#now,
      until,
      closed_at: null,
      question: item.question,
      answer: consumed(decision),
    }
    this.#reservations.push(reservation)
    this.#known.set(reservationName(reservation), { question: item.question, answer: reservation.answer, reservation })
    this.#answers.set(item, { kind: 'answered', decision: reservation.answer, reservation })
  }

  /**
   * Whoever was suspended, or left the organization, has left its seats for good: the change is committed and on the way here, and the
   * question is asked again with it.
   */
  #mayBeSeated(license: string, identity: string): boolean {
    const standing = this.#standings.get(identity)
    if (standing === undefined) return true
    const { organization } = this.#ledger.world.license(license)?.fact ?? {}
    // A licence that was transferred meanwhile has no seats for those of its old holder.
    const holder = standing.holders?.[license]
    if (holder !== undefined && holder !== (organization ?? null)) return false
    return standing.isActive && (organization === undefined || standing.organizations.includes(organization))
  }

  #isLocked({ license, seat, quota, rate }: Spending): boolean {
    if (seat !== undefined && !(this.#seated.has(license) && this.#seating.has(seat.identity))) return false
    for (const { from, until } of quota?.windows ?? []) {
      if (!this.#counters.has(counterName({ license, meter: (quota as { meter: string }).meter, from, until }))) return false
    }
    return (rate ?? []).every(({ feature, rate: limit }) => this.#buckets.has(JSON.stringify([license, bucketName(feature, limit)])))
  }

  async #store(tx: Transaction<Database>): Promise<number | undefined> {
    const counters = [...this.#counters.entries()].map(([name, key]) => ({
      ...key,
      heldUntil: this.#heldUntil.get(name) ?? 0,
      used: findCounter(this.#working.get(key.license) as LicenseUsage, key.meter, key.from, key.until)?.used ?? 0,
    }))
    await writeConsumption(tx, counters, this.#events)
    await insertReservations(tx, this.#reservations)
    const buckets = [...this.#buckets.values()].map((key) => ({
      ...key,
      ...(this.#working.get(key.license)?.rates.get(key.bucket) ?? { arrival: 0, leases: [] }),
    }))
    await writeBuckets(tx, buckets)
    const leases = [...this.#seated].flatMap((license) =>
      (this.#working.get(license)?.floating ?? []).map(({ identity, takenAt, until }) => ({ license, identity, takenAt, until })),
    )
    await writeLeases(tx, leases)
    return this.#namedSeat === undefined ? undefined : this.#takeNamedSeat(tx, this.#namedSeat)
  }

  /** A named seat is a fact of World: taking one on use is a mutation, with its change and its audit row. */
  async #takeNamedSeat(
    tx: Transaction<Database>,
    { license, identity, item }: { license: string; identity: string; item: Pending },
  ): Promise<number> {
    const { world } = this.#ledger
    const record = world.license(license)
    const seats = record && world.sold(record)?.plan.plan.seats
    const leased = this.#working.get(license)?.floating.length ?? 0
    const order = seats && (await takeNamedSeat(tx, license, identity, seatLimit(seats) - leased, this.#now))
    // Another node took the last one; its change is on the way here, and the question is asked again with it.
    if (order === undefined) throw Object.assign(new Error('the seats changed under this commit'), { code: '40001' })
    const change: NewChange = {
      at: this.#now,
      facts: [{ fact: 'seat', license, identity, order }],
      touched: [],
      audit: {
        actor: item.actor,
        action: 'seat.take',
        subject: `license:${license}`,
        ...(record?.fact.organization !== undefined && { organization: record.fact.organization }),
        requestId: item.requestId,
        detail: { identity, on: 'use' },
      },
    }
    return appendChange(tx, change, this.#ledger.feed)
  }
}

function keyOf({ source, id }: ConsumeKey): string {
  return JSON.stringify([source, id])
}

/** Whether what was reported under an id is what a check would spend under it. */
function isOf({ license, meter, amount }: FoundConsumption, { license: of, quota }: Spending): boolean {
  return license === of && (quota === undefined || (meter === quota.meter && amount === quota.amount))
}

function seatOf({ license, seat }: Spending): Spending {
  return { license, ...(seat !== undefined && { seat }) }
}

/** A consumption and a reservation of the same id are two. */
function reservationName({ source, id }: ConsumeKey): string {
  return JSON.stringify([source, id, 'reservation'])
}

function counterName({ license, meter, from, until }: CounterKey): string {
  return JSON.stringify([license, meter, from, until])
}

interface Known {
  readonly question: string
  readonly answer: WireDecision
  readonly reservation?: ReservationRow
}
