import type { Instant } from '@writ/engine'
import { assertMay } from '../../access/judge.ts'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import type { Tx } from '../../app/database.ts'
import type { Draft } from '../../changes/draft.ts'
import type { Deed } from '../../changes/mutate.ts'
import { USAGE } from '../../usage/ledger.ts'
import { lockSeats } from '../../usage/store.ts'
import { findLicense, lockLicense } from '../store.ts'
import { type Rules, SELF_RELEASE_MILLISECONDS, stateOf } from './activation.ts'
import { type Caller, isCustomer, readActivation, rulesOf } from './caller.ts'
import { dropSeatShare, settleHolds } from './share-store.ts'
import { type ActivationRow, findActivation, selfReleasesSince, updateActivation } from './store.ts'

/**
 * Frees the place of a device that is lost or replaced. What it held of quotas and seats is held on for as long as its file could be used:
 * nobody knows what it spends.
 * @param freesShare somebody does know, and the vendor frees that at once; also of a device that was released before
 * @throws {ApiError} ACTIVATION_UNKNOWN, SELF_RELEASES_EXHAUSTED, SCOPE_MISSING @throws {Refused} of `licenses.write`
 */
export async function release(authority: Authority, caller: Caller, id: string, freesShare: boolean): Promise<ActivationRow> {
  if (freesShare) assertMay(authority, caller.reach, 'licenses.write')
  return ending(authority, caller, id, 'release', async (tx, change, row) => {
    const now = authority.clock()
    const place = { caller, rules: await rulesOf(tx, row.license_id), now }
    if (!freesShare) return releaseWithin(tx, change, row, place)
    // Seats before counters, as a commit of the ledger locks them.
    await lockSeats(tx, [row.license_id])
    const units = await settleHolds(tx, row, [], now)
    const freed = { seats: await dropSeatShare(tx, row.license_id, id), units }
    if (freed.seats + units === 0) return releaseWithin(tx, change, row, place)
    change.note({ freed })
    change.touch(USAGE, row.license_id)
    return row.released_at === null ? releaseWithin(tx, change, row, place) : row
  })
}

/** As a release, and this device is never activated again under this licence. @throws {ApiError} ACTIVATION_UNKNOWN */
export async function revoke(authority: Authority, caller: Caller, id: string): Promise<ActivationRow> {
  return ending(authority, caller, id, 'revoke', async (tx, change, row) => {
    const now = authority.clock()
    if (row.revoked_at !== null) {
      change.unchanged()
      return row
    }
    return updateActivation(tx, row.id, {
      revoked_at: now,
      ...(row.released_at === null && { released_at: now, released_by: caller.by.actor }),
    })
  })
}

async function ending(
  authority: Authority,
  caller: Caller,
  id: string,
  verb: string,
  work: (tx: Tx, change: Draft, row: ActivationRow) => Promise<ActivationRow>,
): Promise<ActivationRow> {
  const { license_id } = await readActivation(authority, caller, id)
  const license = await findLicense(authority.db, license_id)
  const organization = license?.organization ?? null
  const deed: Deed = { action: `activation.${verb}`, subject: `license:${license_id}`, ...(organization !== null && { organization }) }
  return authority.mutate(caller.by, deed, async (tx, change) => {
    await lockLicense(tx, license_id)
    const row = await findActivation(tx, id)
    if (row === undefined) throw new ApiError('ACTIVATION_UNKNOWN')
    change.note({ activation: id, name: row.name, device_key: row.device_key })
    return work(tx, change, row)
  })
}

/** @param tx the transaction that locked the licence */
export async function releaseWithin(
  tx: Tx,
  change: Draft,
  row: ActivationRow,
  { caller, rules, now }: { readonly caller: Caller; readonly rules: Rules; readonly now: Instant },
): Promise<ActivationRow> {
  const state = stateOf(row, now)
  if (state === 'released' || state === 'revoked') {
    change.unchanged()
    return row
  }
  const isCounted = isCustomer(caller) && state !== 'ended'
  if (isCounted) {
    const made = await selfReleasesSince(tx, row.license_id, now - SELF_RELEASE_MILLISECONDS)
    if (made.length >= rules.self_releases) {
      const next = made[made.length - rules.self_releases]
      throw new ApiError('SELF_RELEASES_EXHAUSTED', {
        self_releases: rules.self_releases,
        ...(next !== undefined && { next: next + SELF_RELEASE_MILLISECONDS }),
      })
    }
  }
  return updateActivation(tx, row.id, { released_at: now, released_by: caller.by.actor, is_self_service: isCounted })
}
