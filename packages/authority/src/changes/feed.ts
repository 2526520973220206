import type { Change } from '@writ/engine'
import type { Logger } from 'pino'
import type { Store } from '../app/database.ts'
import type { Listener } from '../app/listener.ts'
import { type Position, type Recorded, readChanges, readPosition, readSnapshot, StoreReplaced } from './store.ts'

/** What the feed keeps up to date: the engine's World, or another reducer of the same changes. */
export interface Reducer {
  readonly revision: number
  apply(change: Change): void
}

/** Reads again what it keeps in memory beside World. The feed does not go on, nor a mutation return, before it has. */
export type Follower = (ids: readonly string[]) => Promise<void>

export interface Feed {
  /** The last revision that this node has, followers included. */
  readonly revision: number
  /** Changes that the store had and this node had not, when it last looked. */
  readonly behind: number
  /** The store answered when it was last asked. */
  readonly isFollowing: boolean
  /** The life of the store that it follows. */
  readonly incarnation: string
  /**
   * Resolves when the store turns out to be another than was read at start: restored, or fallen back to an older state. What this node
   * holds is then of no use, and it stops following: it must start anew.
   */
  readonly replaced: Promise<void>
  /** Keeps rows of one kind, as `Draft.touch` names it, in memory. */
  follow(kind: string, follower: Follower): void
  /** Is told of each revision as this node has it, before the next is applied. It must not throw. */
  onRevision(listener: () => void): void
  /** Begins to follow. Until then nothing is applied, so that a follower registers and loads its rows before, and misses none. */
  start(): Promise<void>
  /** Something may have been committed. Never waits and never fails. */
  wake(): void
  /** Resolves when this node has the revision. @throws when the feed is closed first */
  reached(revision: number): Promise<void>
  /** How many changes this node is behind the store. @throws {StoreReplaced} and what the store throws */
  lag(): Promise<number>
  close(): Promise<void>
}

const BATCH = 500
const RETRY_MILLISECONDS = 200

/**
 * Builds World from the current facts; once started, follows the changes in revision order.
 * @param world a fresh reducer that nobody else applies to
 */
export async function openFeed(store: Store, world: Reducer, log: Logger): Promise<Feed> {
  const followers = new Map<string, Follower>()
  const listeners: (() => void)[] = []
  const waiting = new Set<{ revision: number; resolve: () => void; reject: (error: Error) => void }>()
  const { revision: first, incarnation } = await readSnapshot(store.db, (change) => world.apply(change))
  let revision = first
  const replaced = Promise.withResolvers<void>()
  let isReplaced = false
  let behind = 0
  let isFollowing = true
  let closed = false
  let listener: Listener | undefined
  let again = false
  let running: Promise<void> | undefined

  /** A store that is behind what it once said lost its last commits: what is written next would have the same numbers. */
  const compare = (at: Position): void => {
    if (isReplaced || (at.incarnation === incarnation && at.revision >= revision)) return
    isReplaced = true
    log.fatal({ had: { revision, incarnation }, found: at }, 'the store is not the one that was followed: this node must start anew')
    replaced.resolve()
    fail(new StoreReplaced('the store was replaced'))
  }
  const fail = (error: Error): void => {
    for (const { reject } of waiting) reject(error)
    waiting.clear()
  }

  const take = async ({ touched, ...change }: Recorded): Promise<void> => {
    // Commit order is revision order, so a gap is damage, and going on would skip a change for ever.
    if (change.revision !== revision + 1) throw new Error(`the feed has ${change.revision} after ${revision}`)
    world.apply(change)
    for (const [kind, ids] of Map.groupBy(touched, ({ kind }) => kind)) await followers.get(kind)?.(ids.map(({ id }) => id))
    revision = change.revision
    for (const listener of listeners) listener()
    for (const waiter of waiting) {
      if (waiter.revision > revision) continue
      waiting.delete(waiter)
      waiter.resolve()
    }
  }

  const run = async (): Promise<void> => {
    while (again && !closed && !isReplaced) {
      again = false
      try {
        const { changes, ...at } = await readChanges(store.db, revision, BATCH)
        compare(at)
        if (isReplaced) return
        if (!isFollowing) log.info({ revision }, 'the change feed goes on')
        isFollowing = true
        behind = at.revision - revision
        for (const change of changes) await take(change)
        behind = at.revision - revision
        if (changes.length > 0) again = true
      } catch (error) {
        // Once, and not for each of the tries that follow.
        if (isFollowing) log.error({ err: error, revision }, 'the change feed cannot go on; trying again until it can')
        isFollowing = false
        again = true
        await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS))
      }
    }
  }

  const wake = (): void => {
    again = true
    running ??= run().finally(() => {
      running = undefined
      if (again && !closed && !isReplaced) wake() // woken between the last look and here
    })
  }

  return {
    get revision() {
      return revision
    },
    get behind() {
      return behind
    },
    get isFollowing() {
      return isFollowing && !isReplaced
    },
    incarnation,
    replaced: replaced.promise,
    onRevision(listener) {
      listeners.push(listener)
    },
    follow(kind, follower) {
      followers.set(kind, follower)
    },
    async start() {
      listener = await store.listen(wake)
      wake()
    },
    wake,
    reached(wanted) {
      if (wanted <= revision) return Promise.resolve()
      if (closed) return Promise.reject(new Error('the feed is closed'))
      if (isReplaced) return Promise.reject(new StoreReplaced('the store was replaced'))
      return new Promise((resolve, reject) => waiting.add({ revision: wanted, resolve, reject }))
    },
    async lag() {
      const at = await readPosition(store.db)
      compare(at)
      if (isReplaced) throw new StoreReplaced('the store was replaced')
      return at.revision - revision
    },
    async close() {
      closed = true
      await listener?.close()
      await running
      fail(new Error('the feed is closed'))
    },
  }
}
