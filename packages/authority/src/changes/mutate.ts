import type { Impact } from '@writ/engine'
import type { Kysely, Transaction } from 'kysely'
import { ApiError } from '../app/api-error.ts'
import type { Clock } from '../app/clock.ts'
import type { Database } from '../app/database.ts'
import type { Reach } from '../enforcers/scope.ts'
import type { Guard } from '../guard/guard.ts'
import { Park, parkWithin } from '../guard/parking.ts'
import type { Confirmed } from '../guard/replay.ts'
import { heldTo } from '../guard/wire.ts'
import { answerPurpose } from '../keys/sealed-places.ts'
import type { Sealer } from '../keys/sealer.ts'
import { Draft } from './draft.ts'
import type { Feed } from './feed.ts'
import { findAnswer, lockKey, type Retry, saveAnswer } from './idempotency.ts'
import { appendChange, currentRevision, StoreReplaced } from './store.ts'

/** On whose behalf, and under which request. */
export interface By {
  /** `key:…`, `identity:…`, or `operator` for a person on the host. */
  readonly actor: string
  readonly requestId: string
  /** Whom the key acts for. */
  readonly identity?: string
  /** Do everything, then undo it: the answer is what it would have been. */
  readonly dryRun?: boolean
  /** What it sees: an impact is told as far as that. */
  readonly reach?: Reach
  /** What a confirmation is bound to; absent: it cannot be confirmed. */
  readonly asked?: Asked
  /** How many lost something by steps before it of the same thing, unasked: counted with what comes next. `of`: by which name they are known. */
  readonly tally?: { losing: number; of?: string }
  /** What somebody else confirmed for it. */
  readonly confirmed?: Confirmed
  /** The token of a confirmation. */
  readonly confirmation?: string
  /** Is told what a dry run comes to. */
  readonly foretold?: (impact: Impact) => void
  /** How far ahead a dry run looks; absent: 90 days. */
  readonly horizonMilliseconds?: number
  /** Of a request with an `Idempotency-Key`. */
  readonly retry?: Retry
}

/** What was asked for, whole: what is parked is done later. */
export interface Asked {
  readonly fingerprint: string
  readonly method: string
  readonly url: string
  readonly ifMatch: string | undefined
  readonly body: unknown
  /** What the body is, where that is no JSON. */
  readonly contentType?: string
  /** It cannot be kept, so nobody else can have it done later: what takes a second person is refused. */
  readonly isPassing?: true
}

/** What the audit row says was done; `Draft.note` adds the detail. */
export interface Deed {
  /** Capability and verb: `organization.create`. */
  readonly action: string
  /** Kind and id: `organization:acme`. */
  readonly subject: string
  /** It revokes for security, and is never held. */
  readonly forSecurity?: boolean
  /** Whose customer's business it is; absent: the vendor's own. */
  readonly organization?: string
}

/**
 * The one way to change anything that World, an audit or another node should know of: tables, one change and one audit row in one
 * transaction. It returns when the change is committed and this node's World has it. `work` runs once, or not at all for a retried
 * request, whose first answer is given again.
 * @param work returns plain JSON: the answer, which a retry gets too. It uses `tx` alone: on the embedded store the root handle
 *   would wait for itself. It may throw to undo everything.
 * @throws {ApiError} IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_IN_USE, CONFIRMATION_REQUIRED
 */
export type Mutate = <T>(by: By, deed: Deed, work: (tx: Transaction<Database>, change: Draft) => Promise<T>) => Promise<T>

/** How far ahead is looked unless something else is asked. */
export const HORIZON_MILLISECONDS = 90 * 86_400_000

export function mutator(handle: { db: Kysely<Database>; feed: Feed; clock: Clock; sealer: Sealer; guard?: Guard }): Mutate {
  const { db: root, feed, clock, sealer, guard } = handle
  const mutate: Mutate = async (by, deed, work) => {
    const attempt = root.transaction().execute(async (tx) => {
      if (by.retry !== undefined) {
        if (!(await lockKey(tx, by.retry))) throw new ApiError('IDEMPOTENCY_KEY_IN_USE')
        const known = await findAnswer(tx, by.retry, clock())
        if (known !== undefined) {
          if (known.fingerprint !== by.retry.fingerprint) throw new ApiError('IDEMPOTENCY_KEY_REUSED')
          return { revision: known.revision, answer: (await sealer.unseal(tx, known.result, answerPurpose(by.retry))) as never }
        }
      }
      const draft = new Draft()
      const answer = await work(tx, draft)
      if (by.dryRun === true) {
        if (by.foretold !== undefined && guard !== undefined)
          by.foretold(await guard.foretell(tx, draft.weighed, by.horizonMilliseconds ?? HORIZON_MILLISECONDS))
        throw new DryRun(answer)
      }
      if (!draft.isUnchanged) draft.note((await guard?.pass(tx, by, deed, draft)) ?? {})
      if (!draft.isUnchanged) await draft.afterWeighing?.()

      const { facts, touched, detail, told, events } = draft
      const audit = { actor: by.actor, identity: by.identity, requestId: by.requestId, ...deed, detail, told }
      const at = clock()
      // Unchanged is as of what is committed: whoever made it so may be another node.
      const revision = draft.isUnchanged ? await currentRevision(tx) : await appendChange(tx, { at, facts, touched, audit, events }, feed)
      if (by.retry !== undefined) await saveAnswer(tx, by.retry, { at, revision, result: sealer.seal(answer, answerPurpose(by.retry)) })
      return { revision, answer }
    })
    try {
      const { revision, answer } = await attempt
      feed.wake()
      await feed.reached(revision)
      return answer
    } catch (error) {
      if (error instanceof DryRun) return error.answer as never
      if (error instanceof Park) return parkInstead(by, deed, error)
      // Nobody may have told this node.
      if (error instanceof StoreReplaced) feed.wake()
      throw error
    }
  }
  /** A change of its own, which tells everybody that something waits. */
  const parkInstead = async ({ retry: _retry, confirmed: _confirmed, ...by }: By, deed: Deed, { held, digest }: Park): Promise<never> => {
    const { organization } = deed
    const told = { action: 'change.park', subject: deed.subject, ...(organization !== undefined && { organization }) }
    const id = await mutate(by, told, async (tx, change) => {
      const parked = await parkWithin(tx, change, { by, deed, sealer, now: clock(), held, digest })
      const { action, subject } = deed
      const whose = organization !== undefined && { organizations: [organization] }
      change.announce({ type: 'change.parked', key: `parked:${parked}`, ...whose, data: { parked_change: parked, action, subject } })
      return parked
    })
    throw new ApiError('CHANGE_PARKED', { ...heldTo(held, by.reach), parked_change: id })
  }
  return mutate
}

/** Thrown to roll back. */
class DryRun {
  readonly answer: unknown
  constructor(answer: unknown) {
    this.answer = answer
  }
}
