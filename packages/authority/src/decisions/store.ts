import type { Instant } from '@writ/engine'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../app/database.ts'

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
  }
}

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
}

/**
 * Many rows in one statement: one array a column costs the driver far less than one parameter a value. What was asked is recorded
 * whatever it was; a NUL alone is replaced, since the store does not take it and would refuse the records of everybody else with it.
 */
export async function insertRecords(db: Kysely<Database>, records: readonly DecisionRecord[]): Promise<void> {
  const text = (of: (record: DecisionRecord) => string | undefined): (string | null)[] =>
    records.map((record) => of(record)?.replaceAll('\0', '\ufffd') ?? null)
  await sql`
    INSERT INTO decisions (at, request_id, credential, identity, actor, feature, resource, allowed, reason, license_id, revision)
    SELECT * FROM unnest(
      ${records.map(({ at }) => at)}::int8[], ${text(({ requestId }) => requestId)}::text[], ${text(({ credential }) => credential)}::text[],
      ${text(({ identity }) => identity)}::text[], ${text(({ actor }) => actor)}::text[], ${text(({ feature }) => feature)}::text[],
      ${text(({ resource }) => resource)}::text[], ${records.map(({ allowed }) => allowed)}::boolean[], ${text(({ reason }) => reason)}::text[],
      ${text(({ license }) => license)}::text[], ${records.map(({ revision }) => revision)}::int8[])`.execute(db)
}
