import type { Instant } from '@writ/engine'
import { type Generated, type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'
import type { Json } from '../changes/tables.ts'
import type { ImpactShown } from './wire.ts'

export interface ParkedTables {
  /** What was asked for, and waits for somebody else to confirm it. */
  parked_changes: {
    id: string
    at: number
    /** From then on nobody confirms it any more. */
    expires_at: number
    /** Of who asked: it is done as theirs. */
    api_key: string
    actor: string
    identity: string | null
    action: string
    subject: string
    organization: string | null
    method: string
    url: string
    if_match: string | null
    fingerprint: string
    /** What the body is; `null`: JSON. */
    content_type: string | null
    /** The body, sealed. */
    sealed: string
    data_key: Generated<string>
    /** Of who loses what. */
    digest: string
    /** As far as who asked sees. */
    impact: Json<ImpactShown>
    state: 'waiting' | 'confirmed' | 'discarded'
    decided_at: number | null
    decided_by: string | null
  }
}
export type ParkedRow = Selectable<ParkedTables['parked_changes']>
export type NewParked = Omit<ParkedRow, 'data_key' | 'state' | 'decided_at' | 'decided_by'>

/**
 * Parks a change. Who asks for the same again while it waits finds it parked. What comes to something else by now is another one, and the one before is
 * discarded: nobody confirms by an id what they were not shown under it.
 * @returns the id it goes by, and whether it is new
 */
export async function park(
  tx: Transaction<Database>,
  { impact, ...row }: NewParked,
  emptied: (id: string) => string,
): Promise<{ id: string; isNew: boolean }> {
  const values = { ...row, impact: JSON.stringify(impact), state: 'waiting' as const, decided_at: null, decided_by: null }
  const { api_key, fingerprint, digest, expires_at, at } = row
  const replaced = await tx
    .selectFrom('parked_changes')
    .select('id')
    .where('api_key', '=', api_key)
    .where('fingerprint', '=', fingerprint)
    .where('state', '=', 'waiting')
    .where('digest', '<>', digest)
    .execute()
  for (const { id } of replaced) await decide(tx, id, { state: 'discarded', decided_at: at, decided_by: REPLACED, sealed: emptied(id) })
  const found = await tx
    .insertInto('parked_changes')
    .values(values)
    .onConflict((conflict) => conflict.columns(['api_key', 'fingerprint']).where('state', '=', 'waiting').doUpdateSet({ expires_at }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: found.id, isNew: found.id === row.id }
}

/** Who discarded one that came to something else when it was asked for again. */
const REPLACED = 'replaced'

export async function findParked(db: Kysely<Database>, id: string): Promise<ParkedRow | undefined> {
  return db.selectFrom('parked_changes').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Waiting, and over. */
export async function findOver(db: Kysely<Database>, now: Instant, limit: number): Promise<Pick<ParkedRow, 'id' | 'expires_at'>[]> {
  return db
    .selectFrom('parked_changes')
    .select(['id', 'expires_at'])
    .where('state', '=', 'waiting')
    .where('expires_at', '<=', now)
    .orderBy('at')
    .limit(limit)
    .execute()
}

/** @param decided.sealed nothing: what was asked for is kept no longer than somebody may do it @returns false: somebody decided before */
export async function decide(
  tx: Kysely<Database>,
  id: string,
  decided: {
    readonly state: 'confirmed' | 'discarded'
    readonly decided_at: Instant
    readonly decided_by: string
    readonly sealed: string
  },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('parked_changes')
    .set(decided)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface ParkedFilter {
  readonly state?: ParkedRow['state']
}

export async function listParked(
  db: Kysely<Database>,
  { state }: ParkedFilter,
  listing: Listing<'id' | 'at'>,
  keep: (row: ParkedRow) => boolean,
): Promise<Slice<ParkedRow>> {
  let query = db.selectFrom('parked_changes').selectAll()
  if (state !== undefined) query = query.where('state', '=', state)
  return slice(query, listing, { orders: { at: sql.ref('at') }, keep })
}

export async function countWaiting(db: Kysely<Database>, now: Instant): Promise<number> {
  const { count } = await db
    .selectFrom('parked_changes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'waiting')
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return count
}
