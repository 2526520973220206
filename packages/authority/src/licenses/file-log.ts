import { FILE_LOG_USE, issueFileLog, MOST_LOGGED } from '@writ/license'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { signerFor } from '../keys/signing-keys.ts'
import { findSigningKey } from '../keys/signing-store.ts'
import { countLogged, hashesLogged } from './file-store.ts'

/**
 * Signs a part of the list of all files that a revoked key signed and that were logged before: what holds of that key, and nothing else
 * does. It has hashes alone.
 * @param part counted from 1
 * @returns compact JWS
 * @throws {ApiError} FILE_LOG_UNKNOWN, ROOT_TAKEN_OUT
 */
export async function fileLog(authority: Authority, kid: string, part: number): Promise<string> {
  const { db, id: iss, clock } = authority
  const key = await findSigningKey(db, kid)
  if (key === undefined || key.use !== 'license' || key.revoked_at === null) throw new ApiError('FILE_LOG_UNKNOWN')
  // In whole seconds, as the statement of the root has it: no file counts of which a reader could not tell.
  const revoked_at = Math.floor(key.revoked_at / 1_000)
  const before = revoked_at * 1_000
  const parts = Math.max(1, Math.ceil((await countLogged(db, kid, before)) / MOST_LOGGED))
  if (part > parts) throw new ApiError('FILE_LOG_UNKNOWN')
  const files = await hashesLogged(db, kid, before, { limit: MOST_LOGGED, offset: (part - 1) * MOST_LOGGED })
  const signer = await db.transaction().execute((tx) => signerFor(tx, authority, FILE_LOG_USE))
  return issueFileLog({ iss, iat: Math.floor(clock() / 1_000), kid, revoked_at, part, parts, files }, signer)
}
