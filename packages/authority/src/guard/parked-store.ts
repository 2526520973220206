import type { Instant } from '@writ/engine'
import { type Generated, type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { ApiError } from '../app/api-error.ts'
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
    /** What a part takes by itself, and how many lose something by either. */
    meanwhile: Json<ImpactShown> | null
    losing: number | null
    state: 'waiting' | 'confirmed' | 'discarded'
    decided_at: number | null
    decided_by: string | null
  }
}
type Whole = Selectable<ParkedTables['parked_changes']>
export type NewParked = Omit<Whole, 'data_key' | 'state' | 'decided_at' | 'decided_by'>

/** What is shown of one: its body may have millions of characters, and is read only where it is done. */
const SHOWN = [
  'id',
  'at',
  'expires_at',
  'api_key',
  'identity',
  'action',
  'subject',
  'organization',
  'method',
  'url',
  'impact',
  'meanwhile',
  'losing',
  'state',
  'decided_at',
  'decided_by',
] as const
export type ParkedRow = Pick<Whole, (typeof SHOWN)[number]>

/** What it takes to do it, beside what is shown. */
const ASKED = ['if_match', 'content_type', 'sealed', 'digest'] as const
export type ParkedAsked = Pick<Whole, (typeof ASKED)[number]>

/**
 * Parks a change. Who asks for the same again while it waits finds it parked. What comes to something else by now is another one, and the one before is
 * discarded: nobody confirms by an id what they were not shown under it.
 * @returns the id it goes by, whether it is new, and which one it took the place of @throws {ApiError} PARKED_CHANGES_TOO_MANY
 */
export async function park(
  tx: Transaction<Database>,
  { impact, meanwhile, ...row }: NewParked,
  emptied: (id: string) => string,
): Promise<{ id: string; isNew: boolean; replaced: string | undefined }> {
  const shown = { impact: JSON.stringify(impact), meanwhile: meanwhile && JSON.stringify(meanwhile) }
  const values = { ...row, ...shown, state: 'waiting' as const, decided_at: null, decided_by: null }
  const { api_key, fingerprint, digest, expires_at, at } = row
  // Of one key what is asked for alike waits once.
  const replaced = await tx
    .selectFrom('parked_changes')
    .select('id')
    .where('api_key', '=', api_key)
    .where('fingerprint', '=', fingerprint)
    .where('state', '=', 'waiting')
    .where('digest', '<>', digest)
    .executeTakeFirst()
  if (replaced !== undefined)
    await decide(tx, replaced.id, { state: 'discarded', decided_at: at, decided_by: REPLACED, sealed: emptied(replaced.id) })
  else {
    const again = await tx
      .updateTable('parked_changes')
      .set({ expires_at })
      .where('api_key', '=', api_key)
      .where('fingerprint', '=', fingerprint)
      .where('state', '=', 'waiting')
      .returning('id')
      .executeTakeFirst()
    if (again !== undefined) return { id: again.id, isNew: false, replaced: undefined }
  }
  await assertRoom(tx, row)
  // Somebody may have asked for it at this moment.
  const found = await tx
    .insertInto('parked_changes')
    .values(values)
    .onConflict((conflict) => conflict.columns(['api_key', 'fingerprint']).where('state', '=', 'waiting').doUpdateSet({ expires_at }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: found.id, isNew: found.id === row.id, replaced: replaced?.id }
}

/** Of one key: more than anybody looks through. */
const MOST_WAITING = 500
/** Of what one key asked for, sealed: some nine bodies of the largest kind. */
const MOST_CHARACTERS = 64 << 20

/** Several at once may go beyond by what each of them asks for. */
async function assertRoom(tx: Transaction<Database>, { api_key, sealed, at }: Pick<NewParked, 'api_key' | 'sealed' | 'at'>): Promise<void> {
  const { count, characters } = await tx
    .selectFrom('parked_changes')
    .select((eb) => [eb.fn.countAll<number>().as('count'), sql<number>`coalesce(sum(octet_length(sealed)), 0)::int8`.as('characters')])
    .where('api_key', '=', api_key)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', at)
    .executeTakeFirstOrThrow()
  if (count >= MOST_WAITING || characters + sealed.length > MOST_CHARACTERS) throw new ApiError('PARKED_CHANGES_TOO_MANY')
}

/** Who discarded one that came to something else when it was asked for again. */
const REPLACED = 'replaced'

export async function findParked(db: Kysely<Database>, id: string): Promise<ParkedRow | undefined> {
  return db.selectFrom('parked_changes').select(SHOWN).where('id', '=', id).executeTakeFirst()
}

/** @param id one that is there: none is ever deleted */
export async function readAsked(db: Kysely<Database>, id: string): Promise<ParkedAsked> {
  return db.selectFrom('parked_changes').select(ASKED).where('id', '=', id).executeTakeFirstOrThrow()
}

/** Waiting, and over. */
export async function findOver(
  db: Kysely<Database>,
  now: Instant,
  limit: number,
): Promise<Pick<ParkedRow, 'id' | 'expires_at' | 'action' | 'subject' | 'organization'>[]> {
  return db
    .selectFrom('parked_changes')
    .select(['id', 'expires_at', 'action', 'subject', 'organization'])
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
  let query = db.selectFrom('parked_changes').select(SHOWN)
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
