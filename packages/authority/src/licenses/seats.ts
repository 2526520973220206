import { seatLimit } from '@writ/engine'
import type { Seats } from '@writ/terms'
import type { Transaction } from 'kysely'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Outcome, Putting } from '../bulk/kinds.ts'
import type { Draft } from '../changes/draft.ts'
import type { By, Deed } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import { USAGE } from '../usage/ledger.ts'
import { freeNamedSeat, lockSeats, readLeases, takeNamedSeat, writeLeases } from '../usage/store.ts'
import { seesLicense, soldAs } from './license.ts'
import {
  countFreedByOthers,
  countSeats,
  deleteLease,
  findMember,
  findNamedSeat,
  listNamedSeats,
  listSeats,
  type Seat,
  type SeatFilter,
  type SeatRow,
} from './seat-store.ts'
import { readLicense } from './service.ts'
import { type LicenseRow, lockLicense } from './store.ts'

/** How many seats a licence has and how many are in use. `kind` absent: it has none, and nobody needs one. */
export interface SeatSummary {
  readonly kind?: Seats['kind']
  /** As sold. */
  readonly count?: number
  /** With overage: how many are let in. */
  readonly limit?: number
  readonly taken: number
  /** Of those, how many devices hold to use with no network; absent: none does. */
  readonly on_devices?: number
}

/**
 * Gives an identity a seat; one that holds a seat keeps it. A floating seat given here runs out like one taken on use.
 * @throws {ApiError} LICENSE_UNKNOWN, LICENSE_REVOKED, IDENTITY_UNKNOWN, IDENTITY_REVOKED, IDENTITY_SUSPENDED, MEMBERSHIP_UNKNOWN,
 *   SEAT_NOT_NEEDED, SEATS_EXHAUSTED
 */
export async function assignSeat(authority: Authority, by: By, reach: Reach, license: string, identity: string): Promise<Seat> {
  const { organization } = await readLicense(authority, reach, license)
  return authority.mutate(by, deed('assign', license, organization), (tx, change) =>
    assign({ authority, tx, change, reach }, license, identity),
  )
}

/** Gives an identity the seat that a row tells of. */
export async function assignWithin(putting: Putting, license: string, identity: string): Promise<Outcome> {
  const known = await findNamedSeat(putting.tx, license, identity)
  await assign(putting, license, identity)
  return known === undefined ? 'created' : 'unchanged'
}

/** Named seats of every licence in sight, by licence and identity. */
export async function pageOfNamedSeats(
  { db }: Authority,
  reach: Reach,
  listing: Listing,
): Promise<Slice<{ license: string; identity: string }>> {
  return listNamedSeats(db, reach, listing)
}

async function assign({ authority, tx, change, reach }: Putting, license: string, identity: string): Promise<Seat> {
  const row = await lockLicense(tx, license)
  if (row === undefined || !seesLicense(reach, row)) throw new ApiError('LICENSE_UNKNOWN')
  if (row.revoked_at !== null) throw new ApiError('LICENSE_REVOKED')
  const seats = soldAs(authority.world, row).plan.plan.seats
  // Before anything is counted: of those who race for the last seat, each counts what the one before has taken. And before the
  // identity is looked at, as whoever suspends one does.
  await lockSeats(tx, [license])
  await mayHold(tx, reach, row, seats, identity)
  change.note({ identity })
  const seat = seats?.kind === 'floating' ? assignFloating : assignNamed
  return { license, ...(await seat(authority, tx, change, license, identity, seats as Seats)) }
}

/**
 * Takes a seat from an identity. A named one stays on hold for others as long as the plan says.
 * @throws {ApiError} LICENSE_UNKNOWN, SEAT_UNKNOWN
 */
export async function freeSeat(authority: Authority, by: By, reach: Reach, license: string, identity: string): Promise<void> {
  const { organization } = await readLicense(authority, reach, license)
  await authority.mutate(by, deed('free', license, organization), async (tx, change) => {
    const row = await lockLicense(tx, license)
    if (row === undefined) throw new ApiError('LICENSE_UNKNOWN')
    await lockSeats(tx, [license])
    change.note({ identity })
    const order = await freeNamedSeat(tx, license, identity)
    const hadLease = await deleteLease(tx, license, identity)
    if (order === undefined && !hadLease) throw new ApiError('SEAT_UNKNOWN')
    if (hadLease) change.touch(USAGE, license)
    if (order === undefined) return
    const hold = soldAs(authority.world, row).plan.plan.seats?.holdSeconds ?? 0
    if (hold > 0) change.state({ fact: 'seat', license, identity, order, freed_at: authority.clock() })
    else change.state({ fact: 'removed', of: 'seat', id: license, identity })
  })
}

/** In use now, of the licences that a credential sees. @throws {ApiError} LICENSE_UNKNOWN for one that is named */
export async function pageOfSeats(
  authority: Authority,
  reach: Reach,
  filter: SeatFilter,
  listing: Listing<'identity' | 'license'>,
): Promise<Slice<Seat>> {
  if (filter.license !== undefined) await readLicense(authority, reach, filter.license)
  return listSeats(authority.db, reach, filter, authority.clock(), listing)
}

/** @throws {ApiError} LICENSE_UNKNOWN */
export async function summaryOfSeats(authority: Authority, reach: Reach, license: string): Promise<SeatSummary> {
  const row = await readLicense(authority, reach, license)
  const seats = soldAs(authority.world, row).plan.plan.seats
  const { named, floating, on_devices } = await countSeats(authority.db, license, authority.clock())
  const taken = { taken: named + floating, ...(on_devices > 0 && { on_devices }) }
  return seats === undefined ? taken : { kind: seats.kind, count: seats.count, limit: seatLimit(seats), ...taken }
}

async function mayHold(
  tx: Transaction<Database>,
  reach: Reach,
  { organization }: LicenseRow,
  seats: Seats | undefined,
  identity: string,
): Promise<void> {
  const member = await findMember(tx, identity, organization ?? undefined)
  // Who sees some organizations is not told how somebody elsewhere stands, nor that there is one.
  const isSeen = reach.organizations === undefined || member?.isMember === true
  if (member === undefined || !isSeen) throw new ApiError('IDENTITY_UNKNOWN')
  if (member.status === 'revoked') throw new ApiError('IDENTITY_REVOKED')
  if (member.status === 'suspended') throw new ApiError('IDENTITY_SUSPENDED')
  // A licence held by an identity has its seat in it.
  if (seats === undefined || organization === null || !seats.for.includes(member.kind)) throw new ApiError('SEAT_NOT_NEEDED')
  if (!member.isMember) throw new ApiError('MEMBERSHIP_UNKNOWN')
}

type Assign = (
  authority: Authority,
  tx: Transaction<Database>,
  change: Draft,
  license: string,
  identity: string,
  seats: Seats,
) => Promise<SeatRow>

const assignNamed: Assign = async ({ clock }, tx, change, license, identity, seats) => {
  const now = clock()
  const held = await findNamedSeat(tx, license, identity)
  if (held !== undefined) {
    change.unchanged()
    return held
  }
  const onHold = seats.holdSeconds === 0 ? 0 : await countFreedByOthers(tx, license, identity, now - seats.holdSeconds * 1000)
  // Devices have theirs until their files are over, also where the plan has named ones by now.
  const leased = (await readLeases(tx, [license], now)).filter((lease) => lease.identity !== identity).length
  const order = await takeNamedSeat(tx, license, identity, seatLimit(seats) - onHold - leased, now)
  if (order === undefined) throw new ApiError('SEATS_EXHAUSTED')
  change.state({ fact: 'seat', license, identity, order })
  return { identity, kind: 'named', taken_at: now, until: null }
}

const assignFloating: Assign = async ({ clock }, tx, change, license, identity, seats) => {
  const now = clock()
  const [sheet] = await lockSeats(tx, [license])
  const leases = await readLeases(tx, [license], now)
  const held = leases.find((lease) => lease.identity === identity)
  if (held === undefined && leases.length + (sheet?.taken ?? 0) >= seatLimit(seats)) throw new ApiError('SEATS_EXHAUSTED')
  const takenAt = held?.takenAt ?? now
  const until = seats.leaseSeconds === undefined ? undefined : now + seats.leaseSeconds * 1000
  await writeLeases(tx, [{ license, identity, takenAt, until }])
  change.touch(USAGE, license)
  return { identity, kind: 'floating', taken_at: takenAt, until: until ?? null }
}

function deed(verb: string, license: string, organization: string | null): Deed {
  return { action: `seat.${verb}`, subject: `license:${license}`, ...(organization !== null && { organization }) }
}
