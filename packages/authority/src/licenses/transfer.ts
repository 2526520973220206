import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { By } from '../changes/mutate.ts'
import { type Reach, seesOrganization } from '../enforcers/scope.ts'
import { findOrganization } from '../organizations/store.ts'
import { USAGE } from '../usage/ledger.ts'
import { lockSeats } from '../usage/store.ts'
import { releaseAll } from './activations/store.ts'
import { countFiles, countIdleGrants, countLeases, hadThisTrial, revokeAllKeys, seatsOnHold } from './handover-store.ts'
import { factOf, type LicenseView, seesLicense, viewOf } from './license.ts'
import { clearSeats, findMember } from './seat-store.ts'
import { readLicense } from './service.ts'
import { giveTrial, type LicenseRow, lockLicense, updateLicense } from './store.ts'

export type Holder = { readonly organization: string } | { readonly identity: string }

/** What the old holder has no more. */
export interface Lost {
  /** Taken, named and floating: they were places of people of the old holder. */
  readonly seats: number
  /** Revoked: the old holder knows them. */
  readonly license_keys: number
  /** Of the old organization for this product, that decide nothing there any more. */
  readonly grants: number
}

export interface Transfer {
  readonly license: LicenseView
  readonly lost: Lost
  /** Signed for the old holder and good until their own end: no transfer calls them back. */
  readonly license_files: number
}

/**
 * Gives a licence to another holder. Its terms, dates, overrides, and what was used, go with it; seats, license keys and grants do not.
 * A trial is given to the new holder, who must not have had one. Given back, it is the old holder's again, without those seats and keys.
 * @throws {ApiError} LICENSE_UNKNOWN, LICENSE_REVOKED, PRECONDITION_FAILED, ORGANIZATION_UNKNOWN, IDENTITY_UNKNOWN, TRIAL_USED
 */
export async function transferLicense(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  to: Holder,
  versions: readonly number[] | undefined,
): Promise<Transfer> {
  const { product } = await readLicense(authority, reach, id)
  const organization = 'organization' in to ? to.organization : null
  const holder = 'identity' in to ? to.identity : null
  if (!seesLicense(reach, { product, organization }))
    throw new ApiError(organization === null ? 'IDENTITY_UNKNOWN' : 'ORGANIZATION_UNKNOWN')
  // Of nobody's in particular: either organization is told its half by a row of its own.
  return authority.mutate(by, { action: 'license.transfer', subject: `license:${id}` }, async (tx, change) => {
    const known = await lockLicense(tx, id)
    if (known === undefined || !stillSees(reach, known)) throw new ApiError('LICENSE_UNKNOWN')
    if (versions?.includes(known.version) === false) throw new ApiError('PRECONDITION_FAILED')
    if (known.revoked_at !== null) throw new ApiError('LICENSE_REVOKED')
    const now = authority.clock()
    if (known.organization === organization && known.holder === holder) {
      change.unchanged()
      return { license: viewOf(authority.world, known, now), lost: { seats: 0, license_keys: 0, grants: 0 }, license_files: 0 }
    }
    if (organization !== null && (await findOrganization(tx, organization)) === undefined) throw new ApiError('ORGANIZATION_UNKNOWN')
    if (holder !== null && (await findMember(tx, holder)) === undefined) throw new ApiError('IDENTITY_UNKNOWN')
    if (known.trial_ends !== null) {
      const [holder_kind, holder_id] =
        holder === null ? (['organization', organization as string] as const) : (['identity', holder] as const)
      const given = await giveTrial(tx, { product, holder_kind, holder_id, license_id: id, given_at: now })
      if (!given && !(await hadThisTrial(tx, { product, holder_kind, holder_id, license_id: id }))) throw new ApiError('TRIAL_USED')
    }
    await lockSeats(tx, [id])
    const leases = await countLeases(tx, id, now)
    const named = await clearSeats(tx, id)
    // A seat on hold would be kept from people who never saw it.
    for (const identity of new Set([...named, ...(await seatsOnHold(tx, id))])) change.state({ fact: 'removed', of: 'seat', id, identity })
    const lost: Lost = {
      seats: named.length + leases,
      license_keys: await revokeAllKeys(tx, id, now),
      grants: known.organization === null ? 0 : await countIdleGrants(tx, known.organization, { product, id }, now),
    }
    const { version: _version, created_at: _created, updated_at: _updated, ...values } = known
    const row = await updateLicense(tx, { ...values, organization, holder }, now)
    // Their files are the old holder's, and run out by themselves.
    const activations = await releaseAll(tx, id, by.actor, now)
    if (activations > 0) change.note({ activations_released: activations })
    change.state(factOf(row))
    change.touch(USAGE, id)
    change.note({ from: holderIn(known), to: holderIn(row), lost })
    if (known.organization !== null) change.alsoTell({ organization: known.organization, detail: { transferred: 'away', lost } })
    if (organization !== null) change.alsoTell({ organization, detail: { transferred: 'here' } })
    return { license: viewOf(authority.world, row, now), lost, license_files: await countFiles(tx, id) }
  })
}

/** Somebody may have given it away meanwhile. */
function stillSees(reach: Reach, { organization }: LicenseRow): boolean {
  return reach.organizations === undefined || (organization !== null && seesOrganization(reach, organization))
}

function holderIn({ organization, holder }: LicenseRow): object {
  return organization === null ? { identity: holder } : { organization }
}
