import type { Instant } from '@writ/engine'
import { SEAT_AHEAD_MILLISECONDS, type Seat, SeatsInProcess } from '../seats-here.ts'

/** A seat as a device writes it down. */
export interface KeptSeat extends Seat {
  readonly license: string
}

/** Of one device, of all its licences: as many as an authority shares. */
export const MOST_SEATS = 10_000
/** Of JSON: half of what a record has room for. Whoever has long names fills no more, so that a contact can always be written down. */
const MOST_BYTES = 3_145_728

/**
 * Who sits on a device, remembered when its process ends. A seat is written down before it is given; leases are written some minutes ahead, so that
 * not every check of everybody writes.
 */
export class KeptSeats extends SeatsInProcess {
  readonly #write: (seats: readonly KeptSeat[]) => void
  readonly #present: () => string | undefined
  /** Until when somebody sits as far as it is written down. */
  #written: ReadonlyMap<string, number>

  /** @param write throws where it cannot @param present the licence that the device has now; a file of another one may still be open */
  constructor(kept: readonly KeptSeat[], write: (seats: readonly KeptSeat[]) => void, present: () => string | undefined) {
    super()
    for (const { license, ...seat } of kept) this.seats.set(license, [...(this.seats.get(license) ?? []), seat])
    this.#write = write
    this.#present = present
    this.#written = asWritten(kept)
  }

  override take(license: string, identities: readonly string[], leaseSeconds: number | undefined, now: Instant): boolean {
    const before = this.held(license, now)
    super.take(license, identities, leaseSeconds, now)
    const until = leaseSeconds === undefined ? FOREVER : now + leaseSeconds * 1000
    const isWritten = (identity: string) => {
      const written = this.#written.get(nameOf(license, identity))
      return written !== undefined && until <= written && (until === FOREVER) === (written === FOREVER)
    }
    if (identities.every(isWritten)) return true
    const asBefore = new Map(this.seats).set(license, before)
    const sitting = new Set(before.map(({ identity }) => identity))
    // Whoever sits goes on: a disk that is full darkens nobody, and seats nobody else.
    const areSitting = identities.every((identity) => sitting.has(identity))
    const isRoom = areSitting || this.#isRoom(now) || (license === this.#present() && this.#endForever(license) && this.#isRoom(now))
    if ((isRoom && this.#keep(now)) || areSitting) return true
    for (const [each, seats] of asBefore) this.seats.set(each, seats)
    return false
  }

  override free(license: string, identities: readonly string[], now: Instant): readonly string[] {
    const gone = super.free(license, identities, now)
    // If it cannot be written they are free here, and taken for a while after the next start.
    if (gone.length > 0) this.#keep(now)
    return gone
  }

  /**
   * The device has another activation, of this licence, from now on. Seats of another licence go with their leases, and those that have none at
   * once: nobody would release them.
   * @param write writes who stays down, together with that activation. It throws where it cannot: then nobody goes
   */
  goOver(license: string, now: Instant, write: (staying: readonly KeptSeat[]) => void): void {
    const staying = this.#ahead(now).filter((seat) => seat.license === license || seat.until !== undefined)
    write(staying)
    this.#endForever(license)
    this.#written = asWritten(staying)
  }

  /** Ends the seats without a lease of all other licences. @returns whether there were any */
  #endForever(license: string): boolean {
    const without = [...this.seats].filter(([each, seats]) => each !== license && seats.some(({ until }) => until === undefined))
    for (const [each, seats] of without)
      this.seats.set(
        each,
        seats.filter(({ until }) => until !== undefined),
      )
    return without.length > 0
  }

  /** All who sit at an instant, by their leases and not ahead of them. */
  all(now: Instant): readonly KeptSeat[] {
    return [...this.seats.keys()].flatMap((license) => this.held(license, now).map((seat) => ({ license, ...seat })))
  }

  /** As they are written. */
  #ahead(now: Instant): readonly KeptSeat[] {
    return this.all(now).map((seat) => {
      if (seat.until === undefined) return seat
      return { ...seat, until: seat.until + Math.min(SEAT_AHEAD_MILLISECONDS, seat.until - now) }
    })
  }

  #isRoom(now: Instant): boolean {
    const seats = this.#ahead(now)
    return seats.length <= MOST_SEATS && new TextEncoder().encode(JSON.stringify(seats)).length <= MOST_BYTES
  }

  #keep(now: Instant): boolean {
    const seats = this.#ahead(now)
    try {
      this.#write(seats)
    } catch {
      return false
    }
    this.#written = asWritten(seats)
    return true
  }
}

const FOREVER = Number.POSITIVE_INFINITY

function asWritten(seats: readonly KeptSeat[]): ReadonlyMap<string, number> {
  return new Map(seats.map(({ license, identity, until = FOREVER }) => [nameOf(license, identity), until]))
}

function nameOf(license: string, identity: string): string {
  return `${license} ${identity}`
}
