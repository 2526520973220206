import type { Instant } from '@writ/engine'
import { MAX_TOKEN_SECONDS } from '@writ/license'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Reach } from '../enforcers/scope.ts'
import { assertWhole } from '../keys/data-keys.ts'
import { findSigningKey, type SigningKeyRow } from '../keys/signing-store.ts'
import { countFilesOfKey, type FilesOfKey } from './file-store.ts'

/** What would stop verifying if a signing key were revoked. */
export interface KeyImpact {
  readonly key: SigningKeyRow
  /** What it signed from here on is refused by whoever has the new key set. */
  readonly from: Instant
  /** Of a key for license files. */
  readonly files?: FilesOfKey
  /** Of a key for entitlement tokens, which are kept nowhere: when the last one that it can have signed by now is over anyhow. */
  readonly tokensUntil?: Instant
}

/**
 * Looks, and changes nothing. Making the next key takes nothing from anybody: what the one before signed holds.
 * @param at since when it would be revoked; absent: since now, or, of one that is revoked, since then
 * @throws {ApiError} SIGNING_KEY_UNKNOWN (also: the root), LICENSE_DATES_INVALID, REACH_TOO_NARROW
 */
export async function keyImpact({ db, clock }: Authority, reach: Reach, kid: string, at: Instant | undefined): Promise<KeyImpact> {
  assertWhole(reach)
  const key = await findSigningKey(db, kid)
  if (key === undefined || key.use === 'root' || key.expires_at === null) throw new ApiError('SIGNING_KEY_UNKNOWN')
  const now = clock()
  if (at !== undefined && at > now) throw new ApiError('LICENSE_DATES_INVALID')
  // In whole seconds, as the statement of the root has it; a revocation is only ever moved earlier.
  const wanted = Math.floor((at ?? now) / 1_000) * 1_000
  const from = Math.min(wanted, key.revoked_at ?? wanted)
  if (key.use === 'license') return { key, from, files: await countFilesOfKey(db, kid, from, now) }
  if (key.use === 'entitlement_token') return { key, from, tokensUntil: Math.min(now, key.expires_at) + MAX_TOKEN_SECONDS * 1_000 }
  return { key, from }
}
