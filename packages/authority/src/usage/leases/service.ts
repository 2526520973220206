import { type Instant, leasable, type QuotaWindow, type Reason } from '@writ/engine'
import type { Transaction } from 'kysely'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import type { Database } from '../../app/database.ts'
import { DEFAULT_CORRECTION_DAYS } from '../../app/settings.ts'
import type { Credential } from '../../enforcers/credentials.ts'
import { holds, type Reach } from '../../enforcers/scope.ts'
import { seesLicense } from '../../licenses/license.ts'
import { findLicense } from '../../licenses/store.ts'
import { readHolds } from '../reservation-store.ts'
import { lockCounters } from '../store.ts'
import { sliceOf } from './slice.ts'
import { countSharing, findLease, insertLease, type LeaseRow, lockCountersAt, lockLease, updateLease } from './store.ts'

/** What leases need of an authority; a test has no more. */
export type Leasing = Pick<Authority, 'db' | 'world' | 'clock' | 'ledger' | 'config'>

export interface Wanted {
  readonly id: string
  readonly license: string
  /** By its name within the product. */
  readonly feature: string
  /** 0: nothing, now or by an asking of the same id that comes late. */
  readonly units: number
  readonly seconds: number
}

/** What an enforcer says of a lease; all counts are in all, so that what is said twice is said once. */
export interface Report {
  /** Rises with every report: one that comes late, or again, changes nothing. */
  readonly seq: number
  readonly spent: number
  /** Of what is left, so much at most is spent before the answer to this; absent: all of it. The rest is given back. */
  readonly keep?: number
  /** Wanted beyond what is kept. */
  readonly units: number
  readonly seconds: number
}

/** `refused`: nothing is granted, and why. */
export type Leased = { readonly lease: LeaseRow } | { readonly refused: Reason }

const DAY = 86_400_000

/** PostgreSQL: unique violation, deadlock. A commit that begins a new counter looks at leases after counters, a report the other way round. */
const WORTH_A_RETRY: readonly unknown[] = ['23505', '40P01']
const MOST_TRIES = 4

/**
 * Hands a slice of a hard quota to an enforcer. From then on it counts as used, whatever becomes of the enforcer. An id of which nothing is
 * wanted any more is closed, so that nobody is given what they do not know of.
 * @throws {ApiError} SCOPE_MISSING, LICENSE_UNKNOWN, QUOTA_NOT_HARD, LEASE_ID_REUSED
 */
export async function takeLease(leasing: Leasing, credential: Credential, wanted: Wanted): Promise<Leased> {
  const { id, feature, units, seconds } = wanted
  await mayLease(leasing, credential, wanted.license)
  const key = { source: credential.id, id }
  return locked(leasing, wanted.license, async (tx) => {
    const known = await findLease(tx, key)
    if (known !== undefined) {
      if (known.license_id !== wanted.license || known.feature !== feature) throw new ApiError('LEASE_ID_REUSED')
      return { lease: known }
    }
    const now = leasing.clock()
    const none = { ...key, license_id: wanted.license, leased_at: now, feature, granted: 0, spent: 0, seq: 0, ended_at: null }
    if (units === 0) {
      // Whoever takes the same at another node now meets it by its key, and looks again.
      const lease = { ...none, meter: '', windows: [], until: now, closed_at: now }
      await insertLease(tx, lease)
      return { lease }
    }
    const quota = quotaOf(leasing, wanted.license, feature, now)
    if (quota === undefined) throw new ApiError('QUOTA_NOT_HARD')
    if (typeof quota === 'string') return { refused: quota }
    const { meter, windows } = quota
    const place = { license_id: wanted.license, meter, leased_at: now }
    const left = await lockLeft(tx, place, windows, now)
    const granted = sliceOf(left, 0, units, (await countSharing(tx, place, key, now)) + 1)
    if (granted === 0) return { refused: 'quota_exhausted' }
    const until = Math.min(now + seconds * 1000, quota.until)
    const lease = { ...none, meter, windows, granted, until, closed_at: null }
    await insertLease(tx, lease)
    return { lease }
  })
}

/**
 * Takes down what was spent of a lease, takes back what is not kept, and grants more. An answer is of the report whose `seq` it has.
 * @throws {ApiError} SCOPE_MISSING, LEASE_UNKNOWN, LEASE_CLOSED, LEASE_EXCEEDED, LEASE_SPENT
 */
export async function renewLease(leasing: Leasing, credential: Credential, id: string, report: Report): Promise<Leased> {
  const key = { source: credential.id, id }
  const { license_id: license } = await own(leasing, key)
  // Whoever may take no new slice may still say what was spent of the old one.
  const refused = await mayLease(leasing, credential, license).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ApiError && error.code === 'LICENSE_UNKNOWN') return 'no_license' as const
      throw error
    },
  )
  return locked(leasing, license, async (tx) => {
    const row = await lockLease(tx, key)
    if (row === undefined) throw new ApiError('LEASE_UNKNOWN')
    if (report.seq <= row.seq) return { lease: row }
    const now = leasing.clock()
    if (row.closed_at !== null || isFinal(leasing, row, now)) throw new ApiError('LEASE_CLOSED')
    await lockCountersAt(tx, row)
    const spent = spentBy(row, report.spent)
    const kept = Math.min(row.granted - spent, report.keep ?? row.granted)
    const reported = { ...row, seq: report.seq, spent, granted: spent + kept }
    const more = refused === undefined && row.ended_at === null ? await moreOf(tx, leasing, row, reported, kept, report, now) : undefined
    const lease = { ...reported, ...more }
    await updateLease(tx, row, lease)
    return { lease }
  })
}

/** @returns what a lease becomes beyond what was reported; `undefined`: it goes on no longer than it does */
async function moreOf(
  tx: Transaction<Database>,
  leasing: Leasing,
  row: LeaseRow,
  reported: LeaseRow,
  kept: number,
  { units, seconds }: Report,
  now: Instant,
): Promise<Pick<LeaseRow, 'granted' | 'until' | 'windows'> | undefined> {
  const quota = quotaOf(leasing, row.license_id, row.feature, now)
  // Windows that ended, or that are others since the plan is another one: then another lease is to be taken.
  if (quota === undefined || typeof quota === 'string' || quota.meter !== row.meter || !sameWindows(quota.windows, row.windows))
    return undefined
  // Counted before what this report gives back is written: that comes on top.
  const left = (await lockLeft(tx, row, quota.windows, now)) + row.granted - reported.granted
  const more = sliceOf(left, kept, units, (await countSharing(tx, row, row, now)) + 1)
  const until = Math.min(now + seconds * 1000, quota.until)
  // What was promised for longer is not cut short.
  return { granted: reported.granted + more, until: Math.max(until, row.until), windows: quota.windows }
}

/**
 * Closes a lease with what was spent of it in all: the rest is free again at once. Also of one that has ended, while its window is open
 * for corrections.
 * @throws {ApiError} LEASE_UNKNOWN, LEASE_CLOSED, LEASE_EXCEEDED, LEASE_SPENT
 */
export async function returnLease(leasing: Leasing, { id: source }: Credential, id: string, spent: number): Promise<LeaseRow> {
  const key = { source, id }
  const { license_id: license } = await own(leasing, key)
  return locked(leasing, license, (tx) => close(tx, leasing, key, spent))
}

/** @param tx with nothing locked yet */
export async function close(
  tx: Transaction<Database>,
  { clock, config }: Pick<Leasing, 'clock' | 'config'>,
  key: { source: string; id: string },
  said: number,
): Promise<LeaseRow> {
  const row = await lockLease(tx, key)
  if (row === undefined) throw new ApiError('LEASE_UNKNOWN')
  // The first answer was lost on its way: it is so already.
  if (row.closed_at !== null && said === row.spent) return row
  const now = clock()
  if (row.closed_at !== null || isFinal({ config }, row, now)) throw new ApiError('LEASE_CLOSED')
  await lockCountersAt(tx, row)
  const spent = spentBy(row, said)
  const closed = { ...row, spent, granted: spent, closed_at: now }
  await updateLease(tx, row, closed)
  return closed
}

/** From then on no usage is reported late any more, and a receipt is final. */
function isFinal({ config }: Pick<Leasing, 'config'>, { windows }: LeaseRow, now: Instant): boolean {
  const corrections = (config.usageCorrectionDays ?? DEFAULT_CORRECTION_DAYS) * DAY
  return now >= Math.max(...windows.map(({ until }) => until)) + corrections
}

function spentBy({ granted, spent }: LeaseRow, said: number): number {
  if (said > granted) throw new ApiError('LEASE_EXCEEDED')
  if (said < spent) throw new ApiError('LEASE_SPENT')
  return said
}

/** Units that nobody has, in the window that has the fewest; less than none where the limit was lowered since. Locks the counters, and makes those that are not there yet. */
async function lockLeft(
  tx: Transaction<Database>,
  place: { license_id: string; meter: string; leased_at: Instant },
  windows: readonly QuotaWindow[],
  now: Instant,
): Promise<number> {
  const { license_id: license, meter } = place
  await lockCountersAt(tx, place)
  const counters = await lockCounters(
    tx,
    windows.map(({ from, until }) => ({ license, meter, from, until })),
  )
  // After the counters are locked: whoever holds back or settles units does it under the same locks.
  const holds = await readHolds(tx, now, [license])
  let left = Number.POSITIVE_INFINITY
  for (const { from, until, hardLimit } of windows) {
    if (hardLimit === undefined) continue
    const used = counters.find((counter) => counter.from === from && counter.until === until)?.used ?? Number.POSITIVE_INFINITY
    const held = holds.filter((hold) => hold.meter === meter && hold.reservedAt >= from && hold.reservedAt < until)
    left = Math.min(left, hardLimit - used - held.reduce((sum, { amount }) => sum + amount, 0))
  }
  return Math.floor(left)
}

function quotaOf({ world, ledger }: Leasing, license: string, feature: string, now: Instant): ReturnType<typeof leasable> {
  const record = world.license(license)
  return record === undefined ? 'no_license' : leasable(world, ledger.view, record, feature, now)
}

function sameWindows(a: readonly QuotaWindow[], b: readonly QuotaWindow[]): boolean {
  return a.length === b.length && a.every(({ from, until }) => b.some((other) => other.from === from && other.until === until))
}

/** @throws {ApiError} SCOPE_MISSING, LICENSE_UNKNOWN */
export async function mayLease({ db }: Leasing, credential: Credential, license: string): Promise<void> {
  for (const scope of ['decide', 'consume'] as const) if (!holds(credential, scope)) throw new ApiError('SCOPE_MISSING', { scope })
  await inSight(db, credential, license)
}

async function inSight(db: Leasing['db'], reach: Reach, license: string): Promise<void> {
  const row = await findLicense(db, license)
  if (row === undefined || !seesLicense(reach, row)) throw new ApiError('LICENSE_UNKNOWN')
}

/** A credential's own; another's is as one that is not there. */
async function own({ db }: Leasing, key: { source: string; id: string }): Promise<LeaseRow> {
  const row = await findLease(db, key)
  if (row === undefined) throw new ApiError('LEASE_UNKNOWN')
  return row
}

async function locked<T>({ db, ledger }: Leasing, license: string, work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const done = await db.transaction().execute(work)
      await ledger.reread([license])
      return done
    } catch (error) {
      if (attempt === MOST_TRIES || !WORTH_A_RETRY.includes((error as { code?: unknown }).code)) throw error
    }
  }
}
