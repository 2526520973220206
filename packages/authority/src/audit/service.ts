import type { Authority } from '../app/authority.ts'
import type { Reach } from '../enforcers/scope.ts'
import { type AuditFilter, listAudit } from './store.ts'

/** Newest first. A credential that sees some organizations sees what was done to those. */
export async function pageOfAudit({ db }: Authority, reach: Reach, filter: AuditFilter, before: number | undefined, limit: number) {
  const { organizations } = reach
  const items = await listAudit(db, { ...filter, ...(organizations !== undefined && { organizations }) }, before, limit)
  return { items, last: items.length === limit ? items.at(-1)?.id : undefined }
}
