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
 * as the key.
 * @throws {ApiError} API_KEY_UNKNOWN, alike for what was never a key of this authority
 */
export async function reportLeak(authority: Authority, requestId: string, text: string): Promise<ApiKeyRow> {
  const known = 'ok' in checkKeyText(text, 'api') ? await findApiKeyByHash(authority.db, await hashKeyText(text)) : undefined
  if (known === undefined) throw new ApiError('API_KEY_UNKNOWN')
  if (known.revoked_at !== null) return known
  const by: By = { actor: 'finder', requestId }
  return authority.mutate(by, { action: 'api_key.leak', subject: `api_key:${known.id}` }, async (tx, change) => {
    const revoked = await revokeApiKey(tx, known.id, authority.clock())
    if (revoked === undefined) change.unchanged()
    change.touch(API_KEY, known.id)
    return revoked ?? known
  })
}
