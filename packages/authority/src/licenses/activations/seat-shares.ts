import { type Instant, seatLimit } from '@writ/engine'
import type { Seats } from '@writ/terms'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import type { Tx } from '../../app/database.ts'
import { lockSeats, readLeases, writeLeases } from '../../usage/store.ts'
import { soldAs } from '../license.ts'
import type { LicenseRow } from '../store.ts'
import { seatNames } from './share-store.ts'

/** A clock of a device is off by so much before anybody calls it turned back; and two nodes do not agree to the millisecond. */
const MARGIN_MILLISECONDS = 120_000

/** Of one device. */
export const MOST_SEATS = 10_000

interface Holding {
  readonly activation: string
  readonly seats: number
  readonly now: Instant
  /** Exclusive: from then on the file says no by itself. */
  readonly until: Instant
}

/** What a licence has of seats that can be shared: floating ones. */
export function sharedSeats({ world }: Authority, license: LicenseRow): Seats | undefined {
  const { seats } = soldAs(world, license).plan.plan
  return seats?.kind === 'floating' && license.organization !== null ? seats : undefined
}

/**
 * Takes seats for a device, as leases of nobody that last as long as its file can be used: whoever counts seats counts them, and what is held
 * here, online and by others is never more than the licence has. Those that it holds already it keeps.
 * @param tx the transaction that locked the licence, and no counters yet
 * @param strict refuses what cannot be held whole
 * @returns seats, for the file; `undefined`: there are none to share
 * @throws {ApiError} SHARE_UNAVAILABLE
 */
export async function holdSeatShare(
  authority: Authority,
  tx: Tx,
  license: LicenseRow,
  { activation, seats: wanted, now, until }: Holding,
  strict: boolean,
): Promise<number | undefined> {
  const seats = sharedSeats(authority, license)
  if (seats === undefined) {
    if (strict && wanted > 0) throw new ApiError('SHARE_UNAVAILABLE', { left: 0 })
    return undefined
  }
  const [sheet] = await lockSeats(tx, [license.id])
  const leases = await readLeases(tx, [license.id], now)
  const own = new Map(leases.map((lease) => [lease.identity, lease]))
  // What a device signs is a number of its choice: names are made for no more than there could be.
  const names = seatNames(activation, Math.min(wanted, seatLimit(seats), MOST_SEATS))
  const mine = names.filter((name) => own.has(name))
  const free = seatLimit(seats) - (sheet?.taken ?? 0) - (leases.length - mine.length)
  const left = until <= now ? 0 : Math.min(MOST_SEATS, Math.max(0, free))
  if (strict && wanted > left) throw new ApiError('SHARE_UNAVAILABLE', { left })
  const given = [...mine, ...names.filter((name) => !own.has(name))].slice(0, Math.min(wanted, left))
  const end = until + MARGIN_MILLISECONDS
  await writeLeases(
    tx,
    given.map((identity) => {
      const { takenAt = now, until: before = end } = own.get(identity) ?? {}
      return { license: license.id, identity, takenAt, until: Math.max(before, end) }
    }),
  )
  return given.length
}
