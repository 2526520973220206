import { type Instant, licenseState } from '@writ/engine'
import type { Seats } from '@writ/terms'
import type { Transaction } from 'kysely'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import type { Credential } from '../enforcers/credentials.ts'
import { seesLicense } from '../licenses/license.ts'
import { findLicense } from '../licenses/store.ts'
import { dropSeats, type Holder, keepSeats } from './seat-holding-store.ts'
import { type Lease, lockSeats, readLeases } from './store.ts'

/** What a holder is told of a seat that it keeps. */
export interface KeptSeat {
  readonly identity: string
  readonly takenAt: Instant
  /** Exclusive: nobody else has it until then. `undefined`: until somebody frees it. */
  readonly until: Instant | undefined
  /** How many floating seats were taken before it. */
  readonly rank: number
}

/**
 * Keeps floating seats of identities that an application has let in: a heartbeat. A seat that is not held is not taken here; a check does
 * that. Where the terms keep seats through an outage, one is kept until the offline grace is over: then the application says when it is free.
 * @returns those that are held
 * @throws {ApiError} LICENSE_UNKNOWN
 */
export async function holdSeats(
  authority: Authority,
  credential: Credential,
  holder: string,
  license: string,
  identities: readonly string[],
): Promise<KeptSeat[]> {
  await mustSee(authority, credential, license)
  const { db, world, clock, ledger } = authority
  const record = world.license(license)
  const plan = record && world.sold(record)?.plan.plan
  const now = clock()
  if (record === undefined || plan?.seats?.kind !== 'floating' || licenseState(record.fact, plan, now).kind === 'refused') return []
  const until = keptUntil(plan.seats, plan.grace.offlineSeconds, now)
  const by: Holder = { source: credential.id, holder }
  const kept = await db.transaction().execute(async (tx) => {
    const held = await locked(tx, license, now)
    const wanted = new Set(identities)
    const found = held.flatMap((lease, rank) => (wanted.has(lease.identity) ? [{ ...lease, rank }] : []))
    const mine = found.map(({ identity }) => identity)
    if (mine.length > 0) await keepSeats(tx, license, mine, by, until ?? null)
    const ends = (seat: Lease): Instant | undefined =>
      seat.until === undefined || until === undefined ? undefined : Math.max(seat.until, until)
    return found.map((seat): KeptSeat => ({ identity: seat.identity, takenAt: seat.takenAt, until: ends(seat), rank: seat.rank }))
  })
  await ledger.reread([license])
  return kept
}

/** Frees seats that this process keeps, at once. One that another process kept since stays. @returns whose @throws {ApiError} LICENSE_UNKNOWN */
export async function releaseSeats(
  authority: Authority,
  credential: Credential,
  holder: string,
  license: string,
  identities: readonly string[],
): Promise<string[]> {
  await mustSee(authority, credential, license)
  const freed = await authority.db.transaction().execute(async (tx) => {
    await lockSeats(tx, [license])
    return dropSeats(tx, license, identities, { source: credential.id, holder })
  })
  await authority.ledger.reread([license])
  return freed
}

async function locked(tx: Transaction<Database>, license: string, now: Instant): Promise<Lease[]> {
  await lockSeats(tx, [license])
  return readLeases(tx, [license], now)
}

function keptUntil({ leaseSeconds, outage }: Seats, offlineSeconds: number, now: Instant): Instant | undefined {
  if (leaseSeconds === undefined) return undefined
  return now + (leaseSeconds + (outage === 'keep' ? offlineSeconds : 0)) * 1000
}

async function mustSee({ db }: Authority, credential: Credential, license: string): Promise<void> {
  const row = await findLicense(db, license)
  if (row === undefined || !seesLicense(credential, row)) throw new ApiError('LICENSE_UNKNOWN')
}
