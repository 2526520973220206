import { hash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Clock } from '../app/clock.ts'
import type { Database } from '../app/database.ts'
import type { Feed } from '../changes/feed.ts'
import { dropOldSignIns, listSignIns, type SignInRow } from './store.ts'

export type SignIn = Omit<SignInRow, 'hash'>

/** The sign-ins that hold, in memory on every node, so that ending one ends it everywhere with the change that says so. */
export interface SignIns {
  /** @param token a cookie's value @returns `undefined` for one that opens nothing, whatever is wrong with it */
  find(token: string): SignIn | undefined
  /** Forgets those that are over. */
  sweep(): Promise<void>
}

/** The kind that `Draft.touch` names when a sign-in begins or ends. */
export const SIGN_IN = 'sign_in'

/** Before the feed starts, so that no ending falls between loading and following. */
export async function openSignIns(db: Kysely<Database>, feed: Feed, clock: Clock): Promise<SignIns> {
  const byHash = new Map<string, SignIn>()
  const hashes = new Map<string, string>()
  const put = ({ hash, ...row }: SignInRow): void => {
    hashes.set(row.id, hash)
    byHash.set(hash, row)
  }
  const drop = (id: string): void => {
    byHash.delete(hashes.get(id) ?? '')
    hashes.delete(id)
  }
  feed.follow(SIGN_IN, async (ids) => {
    const rows = await listSignIns(db, ids)
    ids.forEach(drop)
    rows.forEach(put)
  })
  for (const row of await listSignIns(db)) put(row)

  return {
    find(token) {
      const found = byHash.get(hash('sha256', token))
      return found !== undefined && clock() < found.expires_at ? found : undefined
    },
    async sweep() {
      const now = clock()
      for (const { id, expires_at } of byHash.values()) if (expires_at <= now) drop(id)
      await dropOldSignIns(db, now)
    },
  }
}
