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
  if (ids.length === 0) return []
  const { rows } = await sql<LicenseRow>`SELECT * FROM licenses WHERE id = ANY (${[...ids]}::text[]) ORDER BY id FOR UPDATE`.execute(tx)
  return rows
}

/** Says what became of licences; of one that was named before the later counts. */
export async function putMoves(tx: Transaction<Database>, rollout: string, moves: readonly Omit<MoveRow, 'rollout_id'>[]): Promise<void> {
  for (let from = 0; from < moves.length; from += AT_ONCE) await putSome(tx, rollout, moves.slice(from, from + AT_ONCE))
}

/** A statement has room for some ten thousand. */
const AT_ONCE = 1_000

async function putSome(tx: Transaction<Database>, rollout: string, moves: readonly Omit<MoveRow, 'rollout_id'>[]): Promise<void> {
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
  let query = db
    .selectFrom('rollout_moves')
    .select('license_id')
    .where('rollout_id', '=', rollout)
    .where('state', 'in', ['moved', 'elsewhere'])
  if (among !== undefined) query = query.where(isAmong(among))
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

/** Whom a roll-out has moved and nobody put elsewhere since, and where from, by id. @param among absent: all of them */
export async function readMoved(db: Kysely<Database>, rollout: string, among?: readonly string[]): Promise<Map<string, number>> {
  let query = db
    .selectFrom('rollout_moves')
    .select(['license_id', 'from_edition'])
    .where('rollout_id', '=', rollout)
    .where('state', '=', 'moved')
    .orderBy('license_id')
  if (among !== undefined) query = query.where(isAmong(among))
  return new Map((await query.execute()).map(({ license_id, from_edition }) => [license_id, from_edition]))
}

/** One parameter, however many there are. */
function isAmong(licenses: readonly string[]) {
  return sql<boolean>`license_id = ANY (${[...licenses]}::text[])`
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
