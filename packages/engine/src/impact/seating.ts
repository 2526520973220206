import type { Seats } from '@writ/terms'
import { type Ask, Horizon } from '../ask.ts'
import type { Instant } from '../facts.ts'
import type { LicenseRecord } from '../license-record.ts'
import { seatLimit, seatStanding } from '../seats.ts'
import type { World } from '../world.ts'
import { UNSPENT } from './could.ts'

/**
 * How members stand at the seats of a licence from an instant on. Thousands of them may wait for as many seats on hold, and all of them
 * stand alike, but for who gave up one of these: that one is no obstacle to its own.
 */
export class Seating {
  /** The first end of a hold that lets in who was not, or was for more: before it nobody stands otherwise. */
  readonly until: Instant
  readonly #world: World
  readonly #license: LicenseRecord
  readonly #seats: Seats
  readonly #from: Instant
  readonly #ask: { -readonly [K in keyof Ask]?: Ask[K] }
  /** Of who holds no seat: the letter by whether one of their own is on hold. */
  readonly #without = new Map<boolean, string>()

  constructor(world: World, license: LicenseRecord, seats: Seats, from: Instant) {
    this.#world = world
    this.#license = license
    this.#seats = seats
    this.#from = from
    this.#ask = { world, usage: UNSPENT, now: from, horizon: new Horizon(from) }
    this.until = this.#nextHoldEnd()
  }

  /** A letter for what the gate says of a row; rows of one kind with the same letter are judged alike. */
  letterOf(row: number): string {
    if (!this.#seats.for.includes(this.#world.identities.kind(row))) return '-'
    const { seats } = this.#license
    if (seats.holds(row)) return this.#judged(row)
    const freed = seats.entry(row)?.freed_at
    const hasOnHold = freed !== undefined && this.#isOnHold(freed)
    const known = this.#without.get(hasOnHold)
    if (known !== undefined) return known
    const letter = this.#judged(row)
    this.#without.set(hasOnHold, letter)
    return letter
  }

  /** Whether it says how members stand at an instant after it began, by these seats. */
  isStill(seats: Seats, at: Instant): boolean {
    return this.#seats === seats && at < this.until
  }

  /** As many are on hold then as leave a last place; whoever has one of them on hold waits for one less. */
  #nextHoldEnd(): Instant {
    const { seats: table, seatsTaken } = this.#license
    const ends: Instant[] = []
    for (const freed of table.freedByOthers(-1)) if (this.#isOnHold(freed)) ends.push(this.#endOf(freed))
    ends.sort((a, b) => b - a)
    const places = [seatLimit(this.#seats), this.#seats.count].map((most) => most - seatsTaken)
    const telling = places.flatMap((free) => [ends[free - 1], ends[free]]).filter((end) => end !== undefined)
    return Math.min(...telling)
  }

  #judged(row: number): string {
    const seats = this.#seats
    this.#ask.identity = row
    const { rank, unavailable } = seatStanding(this.#license, seats, this.#ask as Ask)
    const position = rank ?? unavailable
    if (position >= seatLimit(seats)) return 'x'
    if (rank === undefined && seats.take === 'by admin') return 'n'
    return position >= seats.count ? 'o' : 'y'
  }

  #isOnHold(freed: Instant): boolean {
    return this.#from < this.#endOf(freed)
  }

  #endOf(freed: Instant): Instant {
    return freed + this.#seats.holdSeconds * 1000
  }
}
