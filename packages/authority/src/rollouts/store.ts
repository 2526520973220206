import type { Instant } from '@writ/engine'
import { type Generated, type Insertable, type Kysely, type Selectable, sql, type Transaction, type Updateable } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'
import type { Json } from '../changes/tables.ts'
import type { DifferenceKind } from './difference.ts'

export type Stage = 'shadow' | 'percentage' | 'promoted' | 'rolled_back'

/** What became of a licence: it moved, could not and stays, is back, or was elsewhere already when it was to go back. */
export type MoveState = 'moved' | 'stays' | 'back' | 'elsewhere'

export interface RolloutTables {
  rollouts: {
    id: string
    product: string
    edition: number
    /** The edition was staged when it began: promoted, it becomes that of new licences, and rolled back it is staged again. */
    was_staged: boolean
    stage: Stage
    /** Of the licences, ten-thousandths. */
    share: number
    /** Of the decisions that are compared, ten-thousandths. */
    sample: number
    /** Licences are on their way still. */
    is_moving: boolean
    started_at: number
    started_by: string
    changed_at: number
    /** On whose behalf licences are moved. */
    changed_by: string
    request_id: string
    /** How many lost something by steps that nobody was asked about: counted with the next, so that small ones come to what a large one does. */
    unasked: Generated<number>
    /** It moves nobody any more until somebody goes on with it: so many would lose something by it that nobody was asked about. */
    stopped_losing: number | null
  }
  rollout_moves: {
    rollout_id: string
    license_id: string
    from_edition: number
    state: MoveState
    /** Why it stays. */
    code: string | null
    at: number
  }
  rollout_differences: {
    rollout_id: string
    id: string
    license_id: string
    organization: string | null
    feature: string
    kind: DifferenceKind
    before: string
    after: string
    counted: number
    first_seen: number
    last_seen: number
    examples: Json<readonly Example[]>
  }
  rollout_tallies: { rollout_id: string } & Tally
}
export type RolloutRow = Selectable<RolloutTables['rollouts']>
export type DifferenceRow = Selectable<RolloutTables['rollout_differences']>

/** One question that would have been answered otherwise. */
export interface Example {
  readonly request_id: string
  readonly at: Instant
  readonly revision: number
  readonly identity?: string
  readonly resource?: string
}

export interface Tally {
  evaluated: number
  /** With at least one difference. */
  differing: number
  /** Left out by the sample. */
  passed_over: number
  /** Not compared: it hung on what was used in a period that only the new edition counts by, which was not at hand. */
  unsure: number
  /** Differences seen that there was no room for. */
  dropped: number
  failed: number
}

/** Not over yet. */
export const OPEN: readonly Stage[] = ['shadow', 'percentage']

/** Whether one goes on, or has licences on their way still, or stopped before they were there: those would be taken past whatever comes next. */
export async function hasOpenRollout(db: Kysely<Database>, product: string): Promise<boolean> {
  const row = await db
    .selectFrom('rollouts')
    .select('id')
    .where('product', '=', product)
    .where(({ or, eb }) => or([eb('stage', 'in', OPEN), eb('is_moving', '=', true), eb('stopped_losing', 'is not', null)]))
    .executeTakeFirst()
  return row !== undefined
}

export async function insertRollout(tx: Transaction<Database>, row: Insertable<RolloutTables['rollouts']>): Promise<RolloutRow> {
  return tx.insertInto('rollouts').values(row).returningAll().executeTakeFirstOrThrow()
}

export async function updateRollout(
  tx: Transaction<Database>,
  id: string,
  values: Updateable<RolloutTables['rollouts']>,
): Promise<RolloutRow> {
  return tx.updateTable('rollouts').set(values).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

/** Reads a row to change it; whoever changes the same roll-out waits. */
export async function lockRollout(tx: Transaction<Database>, id: string): Promise<RolloutRow | undefined> {
  return tx.selectFrom('rollouts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function findRollout(db: Kysely<Database>, product: string, id: string): Promise<RolloutRow | undefined> {
  return db.selectFrom('rollouts').selectAll().where('product', '=', product).where('id', '=', id).executeTakeFirst()
}

/** Those that go on: whose decisions are compared. */
export async function openRollouts(db: Kysely<Database>): Promise<RolloutRow[]> {
  return db.selectFrom('rollouts').selectAll().where('stage', 'in', OPEN).execute()
}

export type RolloutSort = 'started_at'

export async function listRollouts(db: Kysely<Database>, product: string, listing: Listing<RolloutSort>): Promise<Slice<RolloutRow>> {
  const query = db.selectFrom('rollouts').selectAll().where('product', '=', product)
  return slice(query, listing, { orders: { started_at: sql.ref('started_at') } })
}
