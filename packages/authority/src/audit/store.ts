import type { Instant } from '@writ/engine'
import { type Generated, type Kysely, type Selectable, sql } from 'kysely'
import type { Refusal } from '../access/refusals.ts'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'
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
    result: Generated<AuditResult>
    /** Whom the key acted for; `null`: nobody. */
    identity: string | null
  }
}

/** `refused`: somebody asked for it and did not get it. */
export type AuditResult = 'done' | 'refused'

/** What changed, in words of the API. Never a secret. */
export type AuditDetail = Readonly<Record<string, unknown>>
export type AuditRow = Selectable<AuditTables['audit']>

export interface AuditFilter {
  readonly actor?: string
  readonly identity?: string
  readonly action?: string
  readonly subject?: string
  readonly organization?: string
  readonly result?: AuditResult
  /** Stands somewhere in actor, action, subject or detail, in any case. */
  readonly text?: string
  /** Inclusive. */
  readonly from?: Instant
  /** Exclusive. */
  readonly to?: Instant
  /** Those that the one who asks sees; absent: all. */
  readonly organizations?: readonly string[]
}

export async function listAudit(db: Kysely<Database>, filter: AuditFilter, listing: Listing): Promise<Slice<AuditRow>> {
  const { text, from, to, organizations } = filter
  let query = db.selectFrom('audit').selectAll()
  for (const column of ['actor', 'identity', 'action', 'subject', 'organization', 'result'] as const) {
    const wanted = filter[column]
    if (wanted !== undefined) query = query.where(column, '=', wanted)
  }
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (organizations !== undefined) query = query.where('organization', 'in', organizations)
  if (text !== undefined) {
    const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where(sql<boolean>`(actor || ' ' || action || ' ' || subject || ' ' || detail::text) ILIKE ${pattern}`)
  }
  return slice(query, listing)
}

export async function findAudit(db: Kysely<Database>, id: number): Promise<AuditRow | undefined> {
  return db.selectFrom('audit').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A row that tells of no change: what somebody asked for and did not get. */
export async function insertRefusal(
  db: Kysely<Database>,
  refusal: Refusal & { readonly times: number; readonly at: Instant },
): Promise<void> {
  const { actor, identity, feature, operation, reason, requestId, times, at } = refusal
  await db
    .insertInto('audit')
    .values({
      revision: null,
      at,
      actor,
      identity: identity ?? null,
      action: 'access.refuse',
      subject: `feature:${feature}`,
      organization: null,
      request_id: requestId,
      result: 'refused',
      detail: JSON.stringify({ reason, operation, ...(times > 1 && { times }) }),
    })
    .execute()
}
