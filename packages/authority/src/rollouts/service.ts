import { may } from '../access/judge.ts'
import { OWN } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import { findEdition, lockProduct } from '../catalog/store.ts'
import type { By } from '../changes/mutate.ts'
import { type Reach, seesProduct } from '../enforcers/scope.ts'
import { countMoves, listMoves, type MoveRow, type MoveSort } from './move-store.ts'
import { ROLLOUT } from './shadow.ts'
import { countDifferences, type DifferenceFilter, type DifferenceSort, type KindCount, listDifferences, readTally } from './shadow-store.ts'
import {
  type DifferenceRow,
  findRollout,
  hasOpenRollout,
  insertRollout,
  listRollouts,
  type MoveState,
  type RolloutRow,
  type RolloutSort,
  type Tally,
} from './store.ts'

export interface NewRollout {
  readonly product: string
  readonly edition: number
  /** Of the decisions, ten-thousandths. */
  readonly sample: number
}

/**
 * Begins to roll an edition out: from now on live decisions are compared with those that there would be on it. Nobody is moved.
 * @throws {ApiError} PRODUCT_UNKNOWN, EDITION_UNKNOWN, BUILT_IN, REACH_TOO_NARROW, ROLLOUT_RUNNING, ROLLOUT_EDITION_OLD
 */
export async function startRollout(
  authority: Authority,
  by: By,
  reach: Reach,
  { product, edition, sample }: NewRollout,
): Promise<RolloutRow> {
  assertReaches(reach, product)
  if (product === OWN) throw new ApiError('BUILT_IN')
  return authority.mutate(by, { action: 'rollout.start', subject: `product:${product}` }, async (tx, change) => {
    const row = await findEdition(tx, product, edition)
    if (row === undefined) throw new ApiError(authority.world.product(product) === undefined ? 'PRODUCT_UNKNOWN' : 'EDITION_UNKNOWN')
    const now = authority.clock()
    const { newest_edition } = await lockProduct(tx, product, row.title, now)
    if (await hasOpenRollout(tx, product)) throw new ApiError('ROLLOUT_RUNNING')
    if (edition < newest_edition) throw new ApiError('ROLLOUT_EDITION_OLD')
    const rollout = await insertRollout(tx, {
      id: makeId('rol'),
      product,
      edition,
      was_staged: row.staged,
      stage: 'shadow',
      share: 0,
      sample,
      is_moving: false,
      started_at: now,
      started_by: by.actor,
      changed_at: now,
      changed_by: by.actor,
      request_id: by.requestId,
      stopped_losing: null,
    })
    change.touch(ROLLOUT, rollout.id)
    change.note({ rollout: rollout.id, edition })
    return rollout
  })
}

/** A roll-out, and what it has come to so far. */
export interface RolloutView extends RolloutRow {
  /** What became of licences that were to move. */
  readonly moves: Readonly<Record<MoveState, number>>
  /** Licences of the product that are not revoked: on the edition, and on others. */
  readonly licenses: { readonly on: number; readonly off: number }
  readonly tally: Tally
  readonly differences: readonly KindCount[]
}

/** @throws {ApiError} PRODUCT_UNKNOWN, ROLLOUT_UNKNOWN, REACH_TOO_NARROW */
export async function readRollout(authority: Authority, reach: Reach, product: string, id: string): Promise<RolloutView> {
  const row = await known(authority, reach, product, id)
  const { db, world, shadow } = authority
  await shadow.flush()
  const licenses = { on: 0, off: 0 }
  for (const { fact } of world.allLicenses())
    if (fact.product === product && fact.revoked_at === undefined) licenses[fact.edition === row.edition ? 'on' : 'off']++
  return { ...row, moves: await countMoves(db, id), licenses, tally: await readTally(db, id), differences: await countDifferences(db, id) }
}

/** @throws {ApiError} PRODUCT_UNKNOWN, REACH_TOO_NARROW */
export async function pageOfRollouts(
  { db }: Authority,
  reach: Reach,
  product: string,
  listing: Listing<RolloutSort>,
): Promise<Slice<RolloutRow>> {
  assertReaches(reach, product)
  return listRollouts(db, product, listing)
}

/** Who asked what is told to those alone who may read records of decisions. @throws {ApiError} as {@link readRollout} */
export async function pageOfDifferences(
  authority: Authority,
  reach: Reach,
  { product, id }: { readonly product: string; readonly id: string },
  filter: DifferenceFilter,
  listing: Listing<DifferenceSort>,
): Promise<Slice<DifferenceRow>> {
  await known(authority, reach, product, id)
  await authority.shadow.flush()
  const { items, last } = await listDifferences(authority.db, id, filter, listing)
  return may(authority, reach, 'decisions.read') ? { items, last } : { items: items.map((row) => ({ ...row, examples: [] })), last }
}

/** Which licences were to move, and what became of them. @throws {ApiError} as {@link readRollout} */
export async function pageOfMoves(
  authority: Authority,
  reach: Reach,
  { product, id }: { readonly product: string; readonly id: string },
  filter: { readonly state?: MoveState },
  listing: Listing<MoveSort>,
): Promise<Slice<MoveRow>> {
  await known(authority, reach, product, id)
  return listMoves(authority.db, id, filter, listing)
}

export async function known({ db }: Authority, reach: Reach, product: string, id: string): Promise<RolloutRow> {
  assertReaches(reach, product)
  const row = await findRollout(db, product, id)
  if (row === undefined) throw new ApiError('ROLLOUT_UNKNOWN')
  return row
}

/** A roll-out reaches the customers of all. */
function assertReaches(reach: Reach, product: string): void {
  if (!seesProduct(reach, product)) throw new ApiError('PRODUCT_UNKNOWN')
  if (reach.organizations !== undefined) throw new ApiError('REACH_TOO_NARROW')
}
