import type { Generated, Kysely, Selectable } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Json } from '../changes/tables.ts'

export interface AuditTables {
  audit: {
    id: Generated<number>
    /** The change that it tells of; `null`: nothing changed, e.g. a refused sign-in. */
    revision: number | null
    at: number
    /** Who: `key:…`, `identity:…`, or `operator` for a person on the host. */
    actor: string
    /** What: capability and verb, `organization.create`. */
    action: string
    /** To what: kind and id, `organization:acme`. */
    subject: string
    /** Whose customer's business it is; `null`: the vendor's own. */
    organization: string | null
    request_id: string
    detail: Json<AuditDetail>
  }
}

/** What changed, in words of the API. Never a secret. */
export type AuditDetail = Readonly<Record<string, unknown>>
export type AuditRow = Selectable<AuditTables['audit']>

export interface AuditFilter {
  readonly actor?: string
  readonly action?: string
  readonly subject?: string
  /** Absent: all. */
  readonly organizations?: readonly string[]
}

/** A page of rows, newest first. @param before exclusive; absent: from the newest */
export async function listAudit(db: Kysely<Database>, filter: AuditFilter, before: number | undefined, limit: number): Promise<AuditRow[]> {
  let query = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit)
  if (before !== undefined) query = query.where('id', '<', before)
  if (filter.actor !== undefined) query = query.where('actor', '=', filter.actor)
  if (filter.action !== undefined) query = query.where('action', '=', filter.action)
  if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject)
  if (filter.organizations !== undefined) query = query.where('organization', 'in', filter.organizations)
  return query.execute()
}
