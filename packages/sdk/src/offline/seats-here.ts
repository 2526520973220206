import type { FloatingSeat, Instant } from '@writ/engine'

/** Who has floating seats here, by licence, in the order taken: of all files of a licence, the one after the other. */
export interface SeatsHere {
  held(license: string, now: Instant): readonly FloatingSeat[]
  /** Takes seats, or keeps them for another lease. @returns false: it could not be written down, and nobody sits who did not */
  take(license: string, identities: readonly string[], leaseSeconds: number | undefined, now: Instant): boolean
  /** @returns whose seats are free now */
  free(license: string, identities: readonly string[], now: Instant): readonly string[]
}

export interface Seat extends FloatingSeat {
  /** Absent: it is kept until somebody releases it. */
  readonly leaseSeconds?: number
}

/** A lease that is not over ends so much later than a lease from now, at the most: it may have been written ahead. */
export const SEAT_AHEAD_MILLISECONDS = 300_000

/** As far as this process goes. */
export class SeatsInProcess implements SeatsHere {
  protected readonly seats = new Map<string, readonly Seat[]>()

  held(license: string, now: Instant): readonly Seat[] {
    const before = this.seats.get(license) ?? []
    if (before.every((seat) => holds(seat, now) && seat === inTime(seat, now))) return before
    const held = before.filter((seat) => holds(seat, now)).map((seat) => inTime(seat, now))
    this.seats.set(license, held)
    return held
  }

  take(license: string, identities: readonly string[], leaseSeconds: number | undefined, now: Instant): boolean {
    const lease = leaseSeconds === undefined ? {} : { until: now + leaseSeconds * 1000, leaseSeconds }
    // Renewed in its place: the order in which seats were taken says whose is overage.
    const seats = new Map(this.held(license, now).map((seat) => [seat.identity, seat]))
    for (const identity of identities) seats.set(identity, { identity, ...lease })
    this.seats.set(license, [...seats.values()])
    return true
  }

  free(license: string, identities: readonly string[], now: Instant): readonly string[] {
    const held = this.held(license, now)
    const gone = held.filter(({ identity }) => identities.includes(identity))
    if (gone.length > 0)
      this.seats.set(
        license,
        held.filter((seat) => !gone.includes(seat)),
      )
    return gone.map(({ identity }) => identity)
  }
}

function holds({ until }: Seat, now: Instant): boolean {
  return until === undefined || until > now
}

/** A clock that was ahead when the seat was taken, and is right again, keeps nobody out for longer than a lease. */
function inTime(seat: Seat, now: Instant): Seat {
  const { until, leaseSeconds } = seat
  if (until === undefined || leaseSeconds === undefined || until <= now + leaseSeconds * 1000 + SEAT_AHEAD_MILLISECONDS) return seat
  return { ...seat, until: now + leaseSeconds * 1000 }
}
