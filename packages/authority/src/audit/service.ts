import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Reach } from '../enforcers/scope.ts'
import { type AuditFilter, listAudit } from './store.ts'

/**
 * Newest first. A credential that sees some organizations sees what was done to those.
 * @throws {ApiError} REACH_TOO_NARROW for one that sees some products: a row is of an organization, and may be about any product
 */
export async function pageOfAudit({ db }: Authority, reach: Reach, filter: AuditFilter, before: number | undefined, limit: number) {
  const { organizations, products } = reach
  if (products !== undefined) throw new ApiError('REACH_TOO_NARROW')
  const items = await listAudit(db, { ...filter, ...(organizations !== undefined && { organizations }) }, before, limit)
  return { items, last: items.length === limit ? items.at(-1)?.id : undefined }
}
