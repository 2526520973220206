import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Tx } from '../app/database.ts'
import type { Draft } from '../changes/draft.ts'
import { currentRevision } from '../changes/store.ts'
import { Grown } from '../guard/grown.ts'
import { moveTo } from '../licenses/edition-moves.ts'
import { takeStep } from '../licenses/service.ts'
import type { LicenseRow } from '../licenses/store.ts'
import { batchesOf } from './batches.ts'
import { chosenIn } from './covered.ts'
import {
  finishMoving,
  lockLicenses,
  lockMoving,
  type MoveRow,
  movingRollouts,
  putMoves,
  readEverMoved,
  readMoved,
  stopMoving,
} from './move-store.ts'
import { type RolloutRow, updateRollout } from './store.ts'

/** Each batch is one change, of so many or of one customer's. */
const BATCH = 100

type Move = Omit<MoveRow, 'rollout_id'>

/**
 * Brings licences to where a roll-out wants them, a batch at a time: behind the request that asked for it, at whichever node, and after a
 * restart from where it was.
 */
export class Mover {
  #running: Promise<void> | undefined
  #again = false
  #closed = false

  /** Something is to be moved. Never waits and never fails. */
  wake(authority: Authority): void {
    this.turn(authority).catch((error: unknown) => authority.log.error({ err: error }, 'a roll-out stopped; it goes on in a moment'))
  }

  /** Moves what there is to move. @throws what the store throws: the next turn goes on */
  turn(authority: Authority): Promise<void> {
    this.#again = true
    this.#running ??= this.#run(authority).finally(() => {
      this.#running = undefined
      // Whoever came when it had just looked for the last time.
      return this.#again && !this.#closed ? this.turn(authority) : undefined
    })
    return this.#running
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#running?.catch(() => {})
  }

  async #run(authority: Authority): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false
      const failed: unknown[] = []
      for (const rollout of await movingRollouts(authority.db)) {
        try {
          // The list is made from World: it has the edition by then.
          await authority.feed.reached(await currentRevision(authority.db))
          if (rollout.stage === 'rolled_back') await this.#back(authority, rollout)
          else await this.#forth(authority, rollout)
        } catch (error) {
          // Nobody else's roll-out waits for it.
          if (!(error instanceof Grown)) failed.push(error)
          else await stop(authority, rollout, error.losing).catch((cause: unknown) => failed.push(cause))
        }
      }
      if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed, 'several roll-outs stopped')
    }
  }

  async #forth(authority: Authority, rollout: RolloutRow): Promise<void> {
    const chosen = chosenIn(authority.world, rollout, await readEverMoved(authority.db, rollout.id))
    await this.#each(authority, rollout, batchesOf(chosen, BATCH), async (tx, change, ids) => {
      const moves: Move[] = []
      // Another node may have had them meanwhile, and somebody may have put them back since.
      const before = await readEverMoved(tx, rollout.id, ids)
      for (const row of await lockLicenses(tx, ids)) {
        if (row.product !== rollout.product || row.edition >= rollout.edition || row.revoked_at !== null || before.has(row.id)) continue
        moves.push(await moved(authority, tx, change, row, rollout.edition, 'moved'))
      }
      return moves
    })
  }

  async #back(authority: Authority, rollout: RolloutRow): Promise<void> {
    const chosen = [...(await readMoved(authority.db, rollout.id)).keys()].map((id) => authority.world.license(id)?.fact ?? { id })
    await this.#each(authority, rollout, batchesOf(chosen, BATCH), async (tx, change, ids) => {
      const moves: Move[] = []
      const rows = new Map((await lockLicenses(tx, ids)).map((row): [string, LicenseRow] => [row.id, row]))
      for (const [license_id, from_edition] of await readMoved(tx, rollout.id, ids)) {
        const row = rows.get(license_id)
        const isThere = row !== undefined && row.edition === rollout.edition && row.revoked_at === null
        if (isThere) moves.push({ ...(await moved(authority, tx, change, row, from_edition, 'back')), from_edition })
        else moves.push({ license_id, from_edition, state: 'elsewhere', code: null, at: authority.clock() })
      }
      return moves
    })
  }

  async #each(
    authority: Authority,
    rollout: RolloutRow,
    batches: readonly (readonly string[])[],
    work: (tx: Tx, change: Draft, ids: readonly string[]) => Promise<readonly Move[]>,
  ): Promise<void> {
    for (const ids of batches) {
      if (this.#closed) return
      const goesOn = await batch(authority, rollout, async (tx, change) => {
        const moves = await work(tx, change, ids)
        const isLast = ids === batches.at(-1)
        if (isLast) await finishMoving(tx, rollout.id)
        return { moves, goesOn: !isLast }
      })
      if (!goesOn) return
    }
  }
}

/** Under which name the guard keeps what a stage of a roll-out was weighed with. */
export function coverOf(rollout: string): string {
  return `rollout:${rollout}`
}

/**
 * One change, if the roll-out is still where it was. All of it was weighed when somebody asked for it; what it takes beyond that by now is
 * weighed again. @returns whether there is more to do @throws {Grown}
 */
async function batch(
  authority: Authority,
  rollout: RolloutRow,
  work: (tx: Tx, change: Draft) => Promise<{ moves: readonly Move[]; goesOn: boolean }>,
): Promise<boolean> {
  const { id, product, edition, stage, request_id: requestId, changed_by: actor } = rollout
  const deed = { action: 'license.move_edition', subject: `product:${product}` }
  const tally = { losing: 0 }
  return authority.mutate({ actor, requestId, tally }, deed, async (tx, change) => {
    const now = await lockMoving(tx, id)
    if (now === undefined || !isSame(now, rollout)) {
      change.unchanged()
      return false
    }
    tally.losing = now.unasked
    // Taking back is never held for what was taken.
    change.coveredBy(coverOf(id), stage !== 'rolled_back')
    change.onceWeighed(async () => void (await updateRollout(tx, id, { unasked: tally.losing })))
    const { moves, goesOn } = await work(tx, change)
    await putMoves(tx, id, moves)
    const changed = moves.filter(({ state }) => state === 'moved' || state === 'back').length
    if (changed === 0) change.unchanged()
    change.note({ rollout: id, edition, stage, moved: changed, stays: moves.length - changed })
    return goesOn
  })
}

/** Asked for by somebody else it is covered by what they were told. */
function isSame(now: RolloutRow, { stage, share, request_id }: RolloutRow): boolean {
  return now.stage === stage && now.share === share && now.request_id === request_id
}

/** Nobody is moved any more until somebody has seen what it comes to now. */
async function stop(authority: Authority, rollout: RolloutRow, losing: number): Promise<void> {
  const { id, product, edition, stage, request_id: requestId } = rollout
  const deed = { action: 'rollout.stop', subject: `product:${product}` }
  await authority.mutate({ actor: 'authority', requestId }, deed, async (tx, change) => {
    const now = await lockMoving(tx, id)
    if (now === undefined || !isSame(now, rollout)) return change.unchanged()
    await stopMoving(tx, id, losing)
    change.note({ rollout: id, edition, stage, losing })
    change.announce({ type: 'rollout.stopped', product, data: { rollout: id, product, edition, losing } })
  })
}

/** Moves one licence that is locked, or says why it stays. */
async function moved(
  authority: Authority,
  tx: Tx,
  change: Draft,
  row: LicenseRow,
  edition: number,
  state: 'moved' | 'back',
): Promise<Move> {
  const move = { license_id: row.id, from_edition: row.edition, at: authority.clock() }
  try {
    const taken = await takeStep(authority, tx, change, row, moveTo(row.plan, edition))
    const { organization, id } = row
    change.alsoTell({ organization, subject: `license:${id}`, detail: { from: row.edition, ...taken?.detail } })
    return { ...move, state, code: null }
  } catch (error) {
    // An edition that is not known here is not known yet.
    if (!(error instanceof ApiError) || error.code === 'EDITION_UNKNOWN') throw error
    return { ...move, state: 'stays', code: error.code }
  }
}
