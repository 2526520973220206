import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Listing, Slice } from '../app/listing.ts'
import { type Reach, seesOrganization } from '../enforcers/scope.ts'
import { type AuditFilter, type AuditRow, findAudit, listAudit } from './store.ts'

/**
 * A credential that sees some organizations sees what was done to those.
 * @throws {ApiError} REACH_TOO_NARROW for one that sees some products: a row is of an organization, and may be about any product
 */
export async function pageOfAudit({ db }: Authority, reach: Reach, filter: AuditFilter, listing: Listing): Promise<Slice<AuditRow>> {
  const { organizations, products } = reach
  if (products !== undefined) throw new ApiError('REACH_TOO_NARROW')
  return listAudit(db, { ...filter, ...(organizations !== undefined && { organizations }) }, listing)
}

/** @throws {ApiError} AUDIT_UNKNOWN, alike for a row that is not there and one that the credential does not see; REACH_TOO_NARROW */
export async function readAudit({ db }: Authority, reach: Reach, id: number): Promise<AuditRow> {
  if (reach.products !== undefined) throw new ApiError('REACH_TOO_NARROW')
  const row = await findAudit(db, id)
  const inSight =
    row !== undefined && (row.organization === null ? reach.organizations === undefined : seesOrganization(reach, row.organization))
  if (!inSight) throw new ApiError('AUDIT_UNKNOWN')
  return row
}
