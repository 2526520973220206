import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Tx } from '../app/database.ts'
import type { Draft } from '../changes/draft.ts'
import { currentRevision } from '../changes/store.ts'
import { moveTo } from '../licenses/edition-moves.ts'
import { takeStep } from '../licenses/service.ts'
import type { LicenseRow } from '../licenses/store.ts'
import { chosenIn } from './covered.ts'
import { finishMoving, lockLicenses, lockMoving, type MoveRow, movingRollouts, nextBack, putMoves, readEverMoved } from './move-store.ts'
import type { RolloutRow } from './store.ts'

/** Each batch is one change. */
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
          failed.push(error)
        }
      }
      if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed, 'several roll-outs stopped')
    }
  }

  async #forth(authority: Authority, rollout: RolloutRow): Promise<void> {
    const chosen = chosenIn(authority.world, rollout, await readEverMoved(authority.db, rollout.id)).map(({ id }) => id)
    let goesOn = true
    for (let from = 0; goesOn && !this.#closed; from += BATCH) {
      const ids = chosen.slice(from, from + BATCH)
      const isLast = from + BATCH >= chosen.length
      goesOn = await batch(authority, rollout, async (tx, change) => {
        const moves: Move[] = []
        // Another node may have had them meanwhile, and somebody may have put them back since.
        const before = await readEverMoved(tx, rollout.id, ids)
        for (const row of ids.length === 0 ? [] : await lockLicenses(tx, ids)) {
          if (row.product !== rollout.product || row.edition >= rollout.edition || row.revoked_at !== null || before.has(row.id)) continue
          moves.push(await moved(authority, tx, change, row, rollout.edition, 'moved'))
        }
        if (isLast) await finishMoving(tx, rollout.id)
        return { moves, goesOn: !isLast }
      })
    }
  }

  async #back(authority: Authority, rollout: RolloutRow): Promise<void> {
    let goesOn = true
    while (goesOn && !this.#closed)
      goesOn = await batch(authority, rollout, async (tx, change) => {
        const next = await nextBack(tx, rollout.id, BATCH)
        const rows = new Map<string, LicenseRow>()
        if (next.length > 0)
          for (const row of await lockLicenses(
            tx,
            next.map((each) => each.license_id),
          ))
            rows.set(row.id, row)
        const moves: Move[] = []
        for (const { rollout_id: _, ...move } of next) {
          const row = rows.get(move.license_id)
          const isThere = row !== undefined && row.edition === rollout.edition && row.revoked_at === null
          if (!isThere) moves.push({ ...move, state: 'elsewhere', at: authority.clock() })
          else moves.push({ ...(await moved(authority, tx, change, row, move.from_edition, 'back')), from_edition: move.from_edition })
        }
        const isLast = next.length < BATCH
        if (isLast) await finishMoving(tx, rollout.id)
        return { moves, goesOn: !isLast }
      })
  }
}

/** One change, if the roll-out is still where it was. It was weighed whole when somebody asked for it. @returns whether there is more to do */
async function batch(
  authority: Authority,
  rollout: RolloutRow,
  work: (tx: Tx, change: Draft) => Promise<{ moves: readonly Move[]; goesOn: boolean }>,
): Promise<boolean> {
  const { id, product, edition, stage, request_id: requestId, changed_by: actor } = rollout
  const deed = { action: 'license.move_edition', subject: `product:${product}`, isWeighed: true }
  return authority.mutate({ actor, requestId }, deed, async (tx, change) => {
    const now = await lockMoving(tx, id)
    if (now === undefined || now.stage !== stage || now.share !== rollout.share) {
      change.unchanged()
      return false
    }
    const { moves, goesOn } = await work(tx, change)
    await putMoves(tx, id, moves)
    const changed = moves.filter(({ state }) => state === 'moved' || state === 'back').length
    if (changed === 0) change.unchanged()
    change.note({ rollout: id, edition, stage, moved: changed, stays: moves.length - changed })
    return goesOn
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
