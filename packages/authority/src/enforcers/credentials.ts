import { hash } from 'node:crypto'
import type { Instant } from '@writ/engine'
import type { Kysely } from 'kysely'
import type { Clock } from '../app/clock.ts'
import type { Database } from '../app/database.ts'
import type { Feed } from '../changes/feed.ts'
import type { Reach } from './scope.ts'
import { type ApiKeyRow, liveApiKeys, markUsed } from './store.ts'

/** Whoever holds a valid key, as a route sees them. */
export interface Credential extends Reach {
  readonly id: string
}

/** The live API keys, in memory, so that a decision asks no database who asks. */
export interface Credentials {
  /** @returns `undefined` for a text that is no live key, whatever is wrong with it */
  authenticate(key: string): Credential | undefined
  /** For who proved before to hold a secret. @param keyHash SHA-256, hex @returns `undefined` for one that does not, or no longer, open */
  byHash(keyHash: string): Credential | undefined
  /** A live key by its id, whoever holds it. */
  byId(id: string): Credential | undefined
  /** Writes down when each key was last used. */
  flush(): Promise<void>
}

/** The kind that `Draft.touch` names when an API key changes. */
export const API_KEY = 'api_key'

interface Secret {
  readonly credential: Credential
  /** From then on it opens nothing. */
  readonly until?: Instant
}

/** Before the feed starts, so that no revocation falls between loading and following. */
export async function openCredentials(db: Kysely<Database>, feed: Feed, clock: Clock): Promise<Credentials> {
  const byHash = new Map<string, Secret>()
  const hashes = new Map<string, readonly string[]>()
  let used = new Map<string, Instant>()

  const put = (row: ApiKeyRow): void => {
    const credential = credentialOf(row)
    const { hash: newest, old_hash, old_until, expires_at } = row
    byHash.set(newest, { credential, ...(expires_at !== null && { until: expires_at }) })
    if (old_hash !== null) byHash.set(old_hash, { credential, until: Math.min(old_until ?? 0, expires_at ?? Number.POSITIVE_INFINITY) })
    hashes.set(row.id, old_hash === null ? [newest] : [newest, old_hash])
  }
  feed.follow(API_KEY, async (ids) => {
    const rows = await liveApiKeys(db, ids)
    for (const id of ids) {
      for (const known of hashes.get(id) ?? []) byHash.delete(known)
      hashes.delete(id)
    }
    for (const row of rows) put(row)
  })
  for (const row of await liveApiKeys(db)) put(row)

  const find = (keyHash: string): Credential | undefined => {
    const found = byHash.get(keyHash)
    if (found === undefined) return undefined
    const now = clock()
    if (found.until !== undefined && now >= found.until) return undefined
    used.set(found.credential.id, now)
    return found.credential
  }

  return {
    // By its hash: nobody can steer the bytes that the map compares, so its timing tells nothing about a key.
    authenticate: (key) => find(hash('sha256', key)),
    byHash: find,
    byId: (id) => {
      const found = byHash.get(hashes.get(id)?.[0] ?? '')
      return found === undefined || (found.until !== undefined && clock() >= found.until) ? undefined : found.credential
    },
    async flush() {
      if (used.size === 0) return
      const batch = used
      used = new Map()
      await markUsed(db, batch)
    },
  }
}

function credentialOf({ id, scopes, reasons, products, organizations, identity, unattended }: ApiKeyRow): Credential {
  return {
    id,
    scopes,
    reasons,
    ...(products !== null && { products }),
    ...(organizations !== null && { organizations }),
    ...(identity !== null && { identity }),
    ...(unattended && { unattended }),
  }
}
