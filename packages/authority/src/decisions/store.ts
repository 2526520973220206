import type { Instant } from '@writ/engine'
import { type Generated, type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'

export interface DecisionsTables {
  decisions: {
    at: number
    request_id: string
    credential: string
    identity: string | null
    actor: string | null
    feature: string
    resource: string | null
    allowed: boolean
    reason: string | null
    license_id: string | null
    revision: number
    id: Generated<number>
    /** Whose customer's business it is, as far as it is known. */
    organization: string | null
  }
}
export type DecisionRow = Selectable<DecisionsTables['decisions']>

export interface DecisionRecord {
  readonly at: Instant
  readonly requestId: string
  readonly credential: string
  readonly identity: string | undefined
  readonly actor: string | undefined
  readonly feature: string
  readonly resource: string | undefined
  readonly allowed: boolean
  readonly reason: string | undefined
  readonly license: string | undefined
  readonly revision: number
  readonly organization: string | undefined
}

/**
 * Many rows as one parameter, which costs the driver far less than a parameter a value or an array a column. What was asked is recorded
 * whatever it was; only what the store does not take, a NUL or half a character, is replaced, since it would refuse the records of
 * everybody else with it.
 * @param json of a `RecordWriter`, in UTF-8: a text would be written anew on its way
 */
export async function insertRecords(db: Kysely<Database>, json: Buffer): Promise<void> {
  const isRefused = REFUSED.test(json.toString('latin1'))
  const bytes = isRefused ? Buffer.from(JSON.stringify(JSON.parse(json.toString()), storable)) : json
  await sql`
    INSERT INTO decisions (at, request_id, credential, identity, actor, feature, resource, allowed, reason, license_id, revision, organization)
    SELECT at, "requestId", credential, coalesce(own.identity, record.identity), coalesce(own.actor, record.actor), feature, resource,
      coalesce(own.allowed, record.allowed), coalesce(own.reason, record.reason), coalesce(own.license, record.license), revision,
      coalesce(own.organization, record.organization)
    FROM json_to_recordset(${bytes}::json) AS record (
        at int8, "requestId" text, credential text, feature text, resource text, revision int8, identity text, actor text, allowed boolean,
        reason text, license text, organization text, each json)
      LEFT JOIN LATERAL json_to_recordset(record.each) AS own (
        identity text, actor text, allowed boolean, reason text, license text, organization text) ON TRUE`.execute(db)
}

/** How JSON writes a NUL and half a character. */
const REFUSED = /\\u(?:0000|d[89a-f])/

function storable(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value
}

export interface DecisionFilter {
  readonly identity?: string
  readonly feature?: string
  readonly reason?: string
  readonly organization?: string
  readonly credential?: string
  readonly license_id?: string
  readonly allowed?: boolean
  /** Inclusive. */
  readonly from?: Instant
  /** Exclusive. */
  readonly to?: Instant
}

/** What a credential sees of the records. Absent: all. */
export interface RecordsInSight {
  readonly organizations?: readonly string[]
  readonly products?: readonly string[]
}

/** What was decided. A credential that sees some organizations or products sees what was decided about those. */
export async function listDecisions(
  db: Kysely<Database>,
  { organizations, products }: RecordsInSight,
  filter: DecisionFilter,
  listing: Listing,
): Promise<Slice<DecisionRow>> {
  let query = db.selectFrom('decisions').selectAll()
  if (organizations !== undefined) query = query.where('organization', 'in', organizations)
  if (products !== undefined) query = query.where(sql<string>`split_part(feature, ':', 1)`, 'in', products)
  for (const column of ['identity', 'feature', 'reason', 'organization', 'credential', 'license_id'] as const) {
    const wanted = filter[column]
    if (wanted !== undefined) query = query.where(column, '=', wanted)
  }
  // A reason is of a refusal: said, so that the index of refusals serves.
  const allowed = filter.reason === undefined ? filter.allowed : false
  if (allowed !== undefined) query = query.where(allowed ? sql<boolean>`allowed` : sql<boolean>`NOT allowed`)
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<', filter.to)
  return slice(query, listing)
}

export interface RefusalCount {
  readonly reason: string
  /** From 0: which part of the period. */
  readonly part: number
  readonly refused: number
}

/** How often each reason refused, in each of equal parts of a period. @param step milliseconds of a part */
export async function countRefusals(
  db: Kysely<Database>,
  { organizations, products }: RecordsInSight,
  { from, to, step }: { readonly from: Instant; readonly to: Instant; readonly step: number },
): Promise<RefusalCount[]> {
  let query = db
    .selectFrom('decisions')
    .select((eb) => [
      eb.fn.coalesce('reason', sql<string>`''`).as('reason'),
      sql<number>`((at - ${from}::int8) / ${step}::int8)::int8`.as('part'),
      eb.fn.countAll<number>().as('refused'),
    ])
    .where(sql<boolean>`NOT allowed`)
    .where('at', '>=', from)
    .where('at', '<', to)
    .groupBy([sql`1`, sql`2`])
  if (organizations !== undefined) query = query.where('organization', 'in', organizations)
  if (products !== undefined) query = query.where(sql<string>`split_part(feature, ':', 1)`, 'in', products)
  return query.execute()
}

/**
 * Deletes of the first so many records those of before then. They are stored in the order of their time but for some seconds, so the first
 * that is young ends it, and nothing looks through what is kept.
 * @returns how many it deleted
 */
export async function deleteOldDecisions(db: Kysely<Database>, before: Instant, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM decisions USING (SELECT id AS old FROM decisions ORDER BY id LIMIT ${most}) AS first
    WHERE id = old AND at < ${before}`.execute(db)
  return Number(numAffectedRows ?? 0)
}
