import { assertMay } from '../access/judge.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Tx } from '../app/database.ts'
import { sayPublished } from '../catalog/service.ts'
import { type EditionRow, findEdition, lockProduct, stageEdition } from '../catalog/store.ts'
import type { Draft } from '../changes/draft.ts'
import type { By } from '../changes/mutate.ts'
import { currentRevision } from '../changes/store.ts'
import type { Reach } from '../enforcers/scope.ts'
import { WHOLE } from './chosen.ts'
import { chosenIn, movedBack, movedTo } from './covered.ts'
import { readEverMoved, readMoved } from './move-store.ts'
import { coverOf } from './mover.ts'
import { known } from './service.ts'
import { ROLLOUT } from './shadow.ts'
import { lockRollout, OPEN, type RolloutRow, updateRollout } from './store.ts'

export interface Place {
  readonly product: string
  readonly id: string
}

/**
 * Moves a share of the licences to the edition, those of a smaller share and more. The guard weighs all of them now, with what
 * smaller steps took before unasked; they are moved behind the answer.
 * @param share ten-thousandths
 * @throws {ApiError} PRODUCT_UNKNOWN, ROLLOUT_UNKNOWN, REACH_TOO_NARROW, SCOPE_MISSING, ROLLOUT_OVER, ROLLOUT_SHARE_FALLS, CONFIRMATION_REQUIRED
 */
export async function raiseRollout(authority: Authority, by: By, reach: Reach, place: Place, share: number): Promise<RolloutRow> {
  return step(authority, by, reach, place, 'rollout.raise', async ({ tx, change, row }) => {
    if (!OPEN.includes(row.stage)) throw new ApiError('ROLLOUT_OVER')
    if (share < row.share) throw new ApiError('ROLLOUT_SHARE_FALLS')
    if (share === row.share && row.stopped_losing === null) return undefined
    const raised = { ...row, share }
    change.follow(...movedTo(authority.world, row.edition, chosenIn(authority.world, raised, await readEverMoved(tx, row.id))))
    return { stage: 'percentage', share }
  })
}

/**
 * Moves all licences that are left, and makes the edition that of new ones.
 * @throws {ApiError} as {@link raiseRollout}
 */
export async function promoteRollout(authority: Authority, by: By, reach: Reach, place: Place): Promise<RolloutRow> {
  return step(authority, by, reach, place, 'rollout.promote', async ({ tx, change, row, edition }) => {
    const isPromoted = row.stage === 'promoted'
    if (isPromoted && row.stopped_losing === null) return undefined
    if (!isPromoted && !OPEN.includes(row.stage)) throw new ApiError('ROLLOUT_OVER')
    if (row.was_staged && !isPromoted) {
      await stageEdition(tx, row.product, row.edition, false)
      sayPublished(change, { ...edition, staged: false })
    }
    const whole = { ...row, share: WHOLE }
    change.follow(...movedTo(authority.world, row.edition, chosenIn(authority.world, whole, await readEverMoved(tx, row.id))))
    return { stage: 'promoted', share: WHOLE }
  })
}

/**
 * Takes those back that the roll-out has moved, and nobody else, each to the edition that it came from; one that was put elsewhere since
 * stays there. Promoted, the edition is staged again, and new licences get the one before.
 * @throws {ApiError} as {@link raiseRollout}, without ROLLOUT_SHARE_FALLS
 */
export async function rollBack(authority: Authority, by: By, reach: Reach, place: Place): Promise<RolloutRow> {
  return step(authority, by, reach, place, 'rollout.roll_back', async ({ tx, change, row, edition }) => {
    if (row.stage === 'rolled_back' && row.stopped_losing === null) return undefined
    if (row.stage === 'promoted' && row.was_staged) {
      await stageEdition(tx, row.product, row.edition, true)
      change.state({ fact: 'edition', product: row.product, edition: row.edition, terms: edition.terms, staged: true })
    }
    change.follow(...movedBack(authority.world, row, await readMoved(tx, row.id)))
    return { stage: 'rolled_back' }
  })
}

interface Step {
  readonly tx: Tx
  readonly change: Draft
  readonly row: RolloutRow
  readonly edition: EditionRow
}

async function step(
  authority: Authority,
  by: By,
  reach: Reach,
  { product, id }: Place,
  action: string,
  to: (step: Step) => Promise<Partial<RolloutRow> | undefined>,
): Promise<RolloutRow> {
  const found = await known(authority, reach, product, id)
  // Whoever moves licences must be able to do it one by one.
  assertMay(authority, reach, 'licenses.write')
  // What follows is weighed on World: it has the edition by then, and the moves before.
  await authority.feed.reached(await currentRevision(authority.db))
  const tally = { losing: 0, ...(action !== 'rollout.roll_back' && { of: coverOf(id) }) }
  const row = await authority.mutate({ ...by, tally }, { action, subject: `product:${product}` }, async (tx, change) => {
    const edition = await findEdition(tx, product, found.edition)
    if (edition === undefined) throw new ApiError('EDITION_UNKNOWN')
    await lockProduct(tx, product, edition.title, authority.clock())
    const locked = (await lockRollout(tx, id)) ?? found
    const different = await to({ tx, change, row: locked, edition })
    if (different === undefined) {
      change.unchanged()
      return locked
    }
    // Taking back is never held for what was taken.
    if (different.stage !== 'rolled_back') tally.losing += locked.unasked
    change.onceWeighed(async () => void (await updateRollout(tx, id, { unasked: tally.losing })))
    change.coverLater(coverOf(id))
    const now = { is_moving: true, stopped_losing: null, changed_at: authority.clock(), changed_by: by.actor, request_id: by.requestId }
    const changed = await updateRollout(tx, id, { ...different, ...now })
    change.touch(ROLLOUT, id)
    change.note({ rollout: id, edition: locked.edition, stage: changed.stage, share: changed.share / WHOLE })
    return changed
  })
  authority.mover.wake(authority)
  return row
}
