import type { Instant } from '@writ/engine'
import { checkKeyText, hashKeyText } from '@writ/license'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { By } from '../changes/mutate.ts'
import { API_KEY } from './credentials.ts'
import { type DecisionCount, type DeedCount, decisionsOf, deedsOf, keysMadeBy } from './report-store.ts'
import { isWithin, type Reach } from './scope.ts'
import { reachOf, readApiKey } from './service.ts'
import { type ApiKeyRow, findApiKeyByHash, revokeApiKey } from './store.ts'

/** What a key was used for, and what it could have been. */
export interface KeyReport {
  readonly key: ApiKeyRow
  /** Made with it, and with those in turn. */
  readonly made: readonly ApiKeyRow[]
  readonly deeds: readonly DeedCount[]
  readonly decisions: readonly DecisionCount[]
}

/** @throws {ApiError} API_KEY_UNKNOWN */
export async function reportOf(authority: Authority, reach: Reach, id: string): Promise<KeyReport> {
  await readApiKey(authority, reach, id)
  const { db, recorder, credentials } = authority
  // What it did this moment counts too.
  await Promise.all([recorder.flush(), credentials.flush()])
  const made = (await keysMadeBy(db, id)).filter((row) => isWithin(reachOf(row), reach))
  return { key: await readApiKey(authority, reach, id), made, deeds: await deedsOf(db, id), decisions: await decisionsOf(db, id) }
}

/**
 * Revokes a key, and if wanted all that were made with it and live, in one change.
 * @returns the ids of those that are revoked by it, the key itself first
 * @throws {ApiError} API_KEY_UNKNOWN
 */
export async function revokeKeys(authority: Authority, by: By, reach: Reach, id: string, withMade: boolean): Promise<string[]> {
  await readApiKey(authority, reach, id)
  return authority.mutate(by, { action: 'api_key.revoke', subject: `api_key:${id}` }, async (tx, change) => {
    const made = withMade ? (await keysMadeBy(tx, id)).filter((row) => isWithin(reachOf(row), reach)) : []
    const revoked: string[] = []
    for (const each of [id, ...made.map((row) => row.id)]) {
      if ((await revokeApiKey(tx, each, authority.clock())) === undefined) continue
      change.touch(API_KEY, each)
      revoked.push(each)
    }
    if (revoked.length === 0) change.unchanged()
    change.note({ revoked })
    return revoked
  })
}

/**
 * Revokes the key that somebody found. Holding its text is the right to: who has it could do worse. The secret before a rotation counts
 * as the key while it opens; after that it can do no harm, and whoever reports it none either.
 * @returns since when it opens nothing
 * @throws {ApiError} API_KEY_UNKNOWN, alike for what was never a key of this authority
 */
export async function reportLeak(authority: Authority, requestId: string, text: string): Promise<{ id: string; endedAt: Instant }> {
  const secret = 'ok' in checkKeyText(text, 'api') ? await hashKeyText(text) : undefined
  const known = secret === undefined ? undefined : await findApiKeyByHash(authority.db, secret)
  if (known === undefined) throw new ApiError('API_KEY_UNKNOWN')
  const { id, revoked_at, old_hash, old_until } = known
  const now = authority.clock()
  if (revoked_at !== null) return { id, endedAt: revoked_at }
  if (old_hash === secret && old_until !== null && old_until <= now) return { id, endedAt: old_until }
  const by: By = { actor: 'finder', requestId }
  return authority.mutate(by, { action: 'api_key.leak', subject: `api_key:${id}` }, async (tx, change) => {
    if ((await revokeApiKey(tx, id, now)) === undefined) change.unchanged()
    change.touch(API_KEY, id)
    return { id, endedAt: now }
  })
}
