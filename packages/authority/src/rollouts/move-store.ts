import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'
import type { LicenseRow } from '../licenses/store.ts'
import type { MoveState, RolloutRow, RolloutTables } from './store.ts'

export type MoveRow = Selectable<RolloutTables['rollout_moves']>

/** A roll-out whose licences are on their way, held until the transaction ends. @returns `undefined`: there are none left, or another node moves them */
export async function lockMoving(tx: Transaction<Database>, id: string): Promise<RolloutRow | undefined> {
  return tx
    .selectFrom('rollouts')
    .selectAll()
    .where('id', '=', id)
    .where('is_moving', '=', true)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

export async function movingRollouts(db: Kysely<Database>): Promise<RolloutRow[]> {
  return db.selectFrom('rollouts').selectAll().where('is_moving', '=', true).orderBy('id').execute()
}

/** By id, each held as it is until the transaction ends. */
export async function lockLicenses(tx: Transaction<Database>, ids: readonly string[]): Promise<LicenseRow[]> {
  return tx.selectFrom('licenses').selectAll().where('id', 'in', ids).orderBy('id').forUpdate().execute()
}

/** Says what became of licences; of one that was named before the later counts. */
export async function putMoves(tx: Transaction<Database>, rollout: string, moves: readonly Omit<MoveRow, 'rollout_id'>[]): Promise<void> {
  if (moves.length === 0) return
  await tx
    .insertInto('rollout_moves')
    .values(moves.map((move) => ({ rollout_id: rollout, ...move })))
    .onConflict((conflict) =>
      conflict.columns(['rollout_id', 'license_id']).doUpdateSet((eb) => ({
        from_edition: eb.ref('excluded.from_edition'),
        state: eb.ref('excluded.state'),
        code: eb.ref('excluded.code'),
        at: eb.ref('excluded.at'),
      })),
    )
    .execute()
}

/** Whom a roll-out has moved, whether they are there still or not: it moves nobody twice. @param among absent: all of them */
export async function readEverMoved(db: Kysely<Database>, rollout: string, among?: readonly string[]): Promise<Set<string>> {
  if (among?.length === 0) return new Set()
  let query = db
    .selectFrom('rollout_moves')
    .select('license_id')
    .where('rollout_id', '=', rollout)
    .where('state', 'in', ['moved', 'elsewhere'])
  if (among !== undefined) query = query.where('license_id', 'in', among)
  return new Set((await query.execute()).map(({ license_id }) => license_id))
}

/** Somebody put a licence on another edition, or there by name: no roll-out takes it back from where it is now. */
export async function putElsewhere(tx: Transaction<Database>, license: string, at: number): Promise<void> {
  await tx
    .updateTable('rollout_moves')
    .set({ state: 'elsewhere', at })
    .where('license_id', '=', license)
    .where('state', '=', 'moved')
    .execute()
}

/** Whom a roll-out has moved and nobody put elsewhere since, and where from. */
export async function readMoved(db: Kysely<Database>, rollout: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('rollout_moves')
    .select(['license_id', 'from_edition'])
    .where('rollout_id', '=', rollout)
    .where('state', '=', 'moved')
    .execute()
  return new Map(rows.map(({ license_id, from_edition }) => [license_id, from_edition]))
}

/** The next that are to go back, by id. */
export async function nextBack(tx: Transaction<Database>, rollout: string, limit: number): Promise<MoveRow[]> {
  return tx
    .selectFrom('rollout_moves')
    .selectAll()
    .where('rollout_id', '=', rollout)
    .where('state', '=', 'moved')
    .orderBy('license_id')
    .limit(limit)
    .execute()
}

export async function countMoves(db: Kysely<Database>, rollout: string): Promise<Record<MoveState, number>> {
  const { rows } = await sql<{ state: MoveState; count: number }>`
    SELECT state, count(*)::int8 AS count FROM rollout_moves WHERE rollout_id = ${rollout} GROUP BY state`.execute(db)
  const counted = { moved: 0, stays: 0, back: 0, elsewhere: 0 }
  for (const { state, count } of rows) counted[state] = Number(count)
  return counted
}

export async function finishMoving(tx: Transaction<Database>, id: string): Promise<void> {
  await tx.updateTable('rollouts').set({ is_moving: false }).where('id', '=', id).execute()
}

/** It moves nobody any more until somebody goes on with it. */
export async function stopMoving(tx: Transaction<Database>, id: string, losing: number): Promise<void> {
  await tx.updateTable('rollouts').set({ is_moving: false, stopped_losing: losing }).where('id', '=', id).execute()
}

export type MoveSort = 'license' | 'at'

export async function listMoves(
  db: Kysely<Database>,
  rollout: string,
  { state }: { readonly state?: MoveState },
  listing: Listing<MoveSort>,
): Promise<Slice<MoveRow>> {
  let query = db.selectFrom('rollout_moves').selectAll().where('rollout_id', '=', rollout)
  if (state !== undefined) query = query.where('state', '=', state)
  return slice(query, listing, { id: 'license_id', orders: { at: sql.ref('at') } })
}
