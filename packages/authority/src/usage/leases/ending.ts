import type { Instant } from '@writ/engine'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import type { By } from '../../changes/mutate.ts'
import type { Reach } from '../../enforcers/scope.ts'
import { readLicense } from '../../licenses/service.ts'
import { USAGE } from '../ledger.ts'
import { LEASE_MARGIN_MILLISECONDS } from './margin.ts'
import { close } from './service.ts'
import { findLease, type LeaseFilter, type LeaseRow, listOpenLeases, lockLease, updateLease } from './store.ts'

/** `ended`: by an administrator. `unreported`: over, and nobody said what was spent of it, so all of it counts as used. */
export type LeaseState = 'open' | 'ended' | 'unreported' | 'closed'

export function leaseState({ closed_at, ended_at, until }: LeaseRow, now: Instant): LeaseState {
  if (closed_at !== null) return 'closed'
  if (now >= until) return 'unreported'
  return ended_at === null ? 'open' : 'ended'
}

const MOST_LISTED = 1000
const LISTED_AFTER_MILLISECONDS = 3 * 86_400_000

/** What enforcers have at hand now, and what dead ones left unreported in the last days. @throws {ApiError} LICENSE_UNKNOWN */
export async function openLeases(authority: Authority, reach: Reach, filter: LeaseFilter): Promise<LeaseRow[]> {
  if (filter.license !== undefined) await readLicense(authority, reach, filter.license)
  return listOpenLeases(authority.db, reach, filter, authority.clock() - LISTED_AFTER_MILLISECONDS, MOST_LISTED)
}

/**
 * Ends a lease by force: its enforcer gets no more, and returns what is left when it asks next. One that is over, whose enforcer never came
 * back, is closed by saying what was spent in its stead.
 * @throws {ApiError} LEASE_UNKNOWN, LEASE_CLOSED, LEASE_RUNNING, LEASE_EXCEEDED, LEASE_SPENT
 */
export async function endLease(
  authority: Authority,
  by: By,
  reach: Reach,
  key: { source: string; id: string },
  spent: number | undefined,
): Promise<LeaseRow> {
  const found = await findLease(authority.db, key)
  if (found === undefined) throw new ApiError('LEASE_UNKNOWN')
  const { license_id: license } = found
  const { organization } = await readLicense(authority, reach, license).catch((error: unknown) => {
    throw error instanceof ApiError && error.code === 'LICENSE_UNKNOWN' ? new ApiError('LEASE_UNKNOWN') : error
  })
  const deed = { action: 'lease.end', subject: `license:${license}`, ...(organization !== null && { organization }) }
  return authority.mutate(by, deed, async (tx, change) => {
    const row = await lockLease(tx, key)
    if (row === undefined) throw new ApiError('LEASE_UNKNOWN')
    const now = authority.clock()
    if (spent !== undefined) {
      if (row.closed_at === null && now < row.until + LEASE_MARGIN_MILLISECONDS) throw new ApiError('LEASE_RUNNING')
      if (row.closed_at !== null && spent === row.spent) change.unchanged()
      change.note({ ...key, spent, given_back: row.granted - spent })
      change.touch(USAGE, license)
      return close(tx, authority, key, spent)
    }
    change.note({ ...key, granted: row.granted, spent: row.spent })
    if (row.closed_at !== null) throw new ApiError('LEASE_CLOSED')
    if (row.ended_at !== null) {
      change.unchanged()
      return row
    }
    const ended = { ...row, ended_at: now }
    await updateLease(tx, row, ended)
    return ended
  })
}
