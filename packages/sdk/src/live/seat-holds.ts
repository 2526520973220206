import type { Path, Sent } from '../sender.ts'
import { type Clocks, leaseEnd, type Moment, momentOf, untilOver } from './lease-end.ts'

export interface SeatHoldsOptions extends Clocks {
  readonly send: (path: Path, body: object) => Promise<Sent>
  /** Tells this process from others that share its key. */
  readonly holder: string
}

/** A floating seat that is kept here. */
export interface HeldSeat {
  /** How many were taken before it. */
  readonly rank: number
  /** Until it is over, unless a heartbeat goes through. */
  readonly milliseconds: number
}

interface Seat {
  rank: number
  /** Absent until the authority said that it is held. */
  end: Moment | undefined
  usedAt: number
  isAsked: boolean
}

/** The seats of one licence. */
interface Sheet {
  readonly seats: Map<string, Seat>
  /** A seat that is not used for so long is given back. */
  idleMilliseconds: number
  beatAt: number
  isUnderWay: boolean
}

/** A seat that an administrator freed is used no longer than this. */
const BEAT_MILLISECONDS = 15_000
/** Nodes of an authority whose clocks differ by less never give a seat away that is used here. */
const MARGIN_MILLISECONDS = 5_000
const MOST_AT_ONCE = 1_000

/** Keeps the floating seats of whoever uses them here, by heartbeats, and gives back those of whoever does not any more. */
export class SeatHolds {
  readonly #options: SeatHoldsOptions
  readonly #sheets = new Map<string, Sheet>()
  /** By licence: whose seat is on its way back. What a check takes meanwhile may be freed by it. */
  readonly #leaving = new Map<string, Set<string>>()

  constructor(options: SeatHoldsOptions) {
    this.#options = options
  }

  get isEmpty(): boolean {
    return this.#sheets.size === 0
  }

  /** A check took a seat: it is kept from now on. @param leaseSeconds after which it is free where nobody keeps it; absent: never */
  took(license: string, identity: string, leaseSeconds: number | undefined): void {
    if (this.#leaving.get(license)?.has(identity) === true) return
    const known = this.#sheets.get(license)
    const sheet = known ?? { seats: new Map<string, Seat>(), idleMilliseconds: 0, beatAt: 0, isUnderWay: false }
    sheet.idleMilliseconds = (leaseSeconds ?? Number.POSITIVE_INFINITY) * 1_000
    this.#sheets.set(license, sheet)
    const now = this.#options.monotonic()
    const seat = sheet.seats.get(identity)
    if (seat !== undefined) seat.usedAt = now
    else sheet.seats.set(identity, { rank: 0, end: undefined, usedAt: now, isAsked: false })
    sheet.beatAt = Math.min(sheet.beatAt, now)
    this.tick()
  }

  find(license: string, identity: string): HeldSeat | undefined {
    const seat = this.#sheets.get(license)?.seats.get(identity)
    if (seat?.end === undefined) return undefined
    const milliseconds = untilOver(this.#options, seat.end)
    return milliseconds > 0 ? { rank: seat.rank, milliseconds } : undefined
  }

  use(license: string, identity: string): void {
    const seat = this.#sheets.get(license)?.seats.get(identity)
    if (seat !== undefined) seat.usedAt = this.#options.monotonic()
  }

  /** To be called about every second. */
  tick(): void {
    const now = this.#options.monotonic()
    for (const [license, sheet] of this.#sheets) {
      const idle = [...sheet.seats].filter(([, { usedAt }]) => now - usedAt >= sheet.idleMilliseconds).map(([identity]) => identity)
      for (const identity of idle) sheet.seats.delete(identity)
      if (idle.length > 0) void this.#release(license, idle)
      const isNew = [...sheet.seats.values()].some(({ isAsked }) => !isAsked)
      if (sheet.seats.size === 0 && !sheet.isUnderWay) this.#sheets.delete(license)
      else if ((isNew || now >= sheet.beatAt) && !sheet.isUnderWay) void this.#beat(license, sheet)
    }
  }

  /** Gives all back. */
  async close(): Promise<void> {
    const sheets = [...this.#sheets]
    this.#sheets.clear()
    await Promise.all(sheets.map(([license, { seats }]) => this.#release(license, [...seats.keys()])))
  }

  async #beat(license: string, sheet: Sheet): Promise<void> {
    const { monotonic } = this.#options
    sheet.isUnderWay = true
    try {
      const due = monotonic() >= sheet.beatAt
      const asked = [...sheet.seats].filter(([, { isAsked }]) => due || !isAsked)
      for (const [, seat] of asked) seat.isAsked = true
      if (due) sheet.beatAt = monotonic() + Math.min(BEAT_MILLISECONDS, sheet.idleMilliseconds / 2)
      for (let i = 0; i < asked.length; i += MOST_AT_ONCE) {
        const some = asked.slice(i, i + MOST_AT_ONCE)
        const sentAt = momentOf(this.#options)
        const items = await this.#sent('/v1/seats/hold', license, some)
        if (items === undefined) continue
        const kept = new Map(items.map((item) => [item.identity, item]))
        for (const [identity, seat] of some) {
          const told = kept.get(identity)
          if (told === undefined) sheet.seats.delete(identity)
          else {
            seat.rank = told.rank
            seat.end = leaseEnd(sentAt, told.milliseconds ?? Number.POSITIVE_INFINITY, MARGIN_MILLISECONDS)
          }
        }
      }
    } finally {
      sheet.isUnderWay = false
    }
  }

  async #sent(path: Path, license: string, seats: readonly (readonly [string, Seat])[]): Promise<readonly Told[] | undefined> {
    try {
      const body = { license, identities: seats.map(([identity]) => identity), holder: this.#options.holder }
      const sent = await this.#options.send(path, body)
      return 'outage' in sent ? undefined : readTold(sent.body)
    } catch {
      // The key, or whatever answered: what is held is held until it is over, and questions meet the fault themselves.
      return undefined
    }
  }

  async #release(license: string, identities: readonly string[]): Promise<void> {
    const { send, holder } = this.#options
    const leaving = this.#leaving.get(license) ?? new Set()
    this.#leaving.set(license, leaving)
    for (const identity of identities) leaving.add(identity)
    for (let i = 0; i < identities.length; i += MOST_AT_ONCE) {
      const body = { license, identities: identities.slice(i, i + MOST_AT_ONCE), holder }
      // Where it does not go through the seat is free at its end.
      await send('/v1/seats/release', body).catch(() => {})
    }
    for (const identity of identities) leaving.delete(identity)
    if (leaving.size === 0) this.#leaving.delete(license)
  }
}

interface Told {
  readonly identity: string
  readonly rank: number
  readonly milliseconds?: number
}

function readTold(body: unknown): readonly Told[] | undefined {
  const { items } = (body ?? {}) as { items?: unknown }
  return Array.isArray(items) && items.every(isTold) ? items : undefined
}

function isTold(item: unknown): boolean {
  const { identity, rank, milliseconds = 0 } = (item ?? {}) as Record<string, unknown>
  return typeof identity === 'string' && Number.isSafeInteger(rank) && Number.isSafeInteger(milliseconds)
}
