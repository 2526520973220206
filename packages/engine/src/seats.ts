import type { Seats } from '@writ/terms'
import type { Ask } from './ask.ts'
import type { LicenseRecord } from './license-record.ts'

/** How many seats of a licence are in use now, named and floating. */
export function seatsTaken(license: LicenseRecord, ask: Ask): number {
  return license.seatsTaken + leases(license, ask).length
}

/** Floating seats in use now, in the order taken. */
function leases(license: LicenseRecord, ask: Ask) {
  const all = ask.usage.floating(license.id)
  if (all.length === 0) return all
  for (const { until } of all) ask.horizon.touch(until)
  return all.filter(({ until }) => until === undefined || until > ask.now)
}

export interface SeatStanding {
  /** How many seats were taken before the identity's own; `undefined`: it holds none. */
  readonly rank: number | undefined
  /** Seats that the identity cannot take: held by others, or given up by others and still on hold. */
  readonly unavailable: number
}

export function seatStanding(license: LicenseRecord, seats: Seats, ask: Ask): SeatStanding {
  // Whoever holds a named seat asks nothing of the leases, which a copy of World does not have. Ranks matter only once more seats are taken than are sold.
  if (ask.world.identities.seat(ask.identity) === license.row || license.seats.holds(ask.identity))
    return { rank: license.seatsTaken <= seats.count ? 0 : license.seats.rank(ask.identity), unavailable: 0 }
  const floating = leases(license, ask)
  const lease = floating.findIndex(({ identity }) => identity === ask.identityId)
  const share = ask.usage.seatShare?.(license.id)
  if (lease !== -1 && lease < (share ?? Number.POSITIVE_INFINITY)) return { rank: license.seatsTaken + lease, unavailable: 0 }
  if (share !== undefined) {
    // Of the others somebody else disposes; and of a share that became smaller those have it who came first.
    const isFree = floating.length < share
    return { rank: undefined, unavailable: isFree ? floating.length : Math.max(floating.length, seatLimit(seats)) }
  }
  let unavailable = license.seatsTaken + floating.length
  if (seats.holdSeconds > 0) {
    for (const freed of license.seats.freedByOthers(ask.identity)) {
      const until = freed + seats.holdSeconds * 1000
      ask.horizon.touch(until)
      if (ask.now < until) unavailable++
    }
  }
  return { rank: undefined, unavailable }
}

/** Seats let in: `floor(count + overage)`. */
export function seatLimit({ count, overage }: Seats): number {
  return Math.floor(overage.kind === 'percent' ? count + (count * overage.amount) / 100 : count + overage.amount)
}
