import type { Instant } from '@writ/engine'
import { backUpRootKey, type RootKey, restoreRootKey, type SigningKey, TrustError } from '@writ/trust'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { By } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import { assertWhole } from './data-keys.ts'
import { sealSigningKey, unsealSigningKey } from './signing-keys.ts'
import { findRoot, lockRoot, markBackedUp, moveRoot, type SigningKeyRow } from './signing-store.ts'

/** On whose behalf, without a retry: an answer that is kept for one would be kept beside a fingerprint of the passphrase. */
type Once = Omit<By, 'retry'>

/**
 * The root key, encrypted under a passphrase, to print or to keep on a stick. With it alone customers' pinned root can be used again.
 * @throws {ApiError} PASSPHRASE_TOO_SHORT, REACH_TOO_NARROW, ROOT_TAKEN_OUT
 */
export async function backUpRoot(
  authority: Authority,
  by: Omit<Once, 'dryRun'>,
  reach: Reach,
  passphrase: string,
): Promise<{ kid: string; backup: string; backed_up_at: Instant }> {
  assertWhole(reach)
  const row = await root(authority)
  const key = await unsealSigningKey(authority.db, authority.sealer, row)
  const createdAt = Math.floor(row.created_at / 1000)
  // Before the transaction: stretching a passphrase takes long, and the embedded store has one connection.
  const backup = await backUpRootKey({ issuer: authority.id, key, createdAt }, passphrase).catch((error: unknown) => {
    throw error instanceof TrustError && error.code === 'PASSPHRASE_TOO_SHORT' ? new ApiError('PASSPHRASE_TOO_SHORT') : error
  })
  return authority.mutate(by, { action: 'root.back_up', subject: `authority:${authority.id}` }, async (tx) => {
    const backed_up_at = authority.clock()
    await markBackedUp(tx, row.kid, backed_up_at)
    return { kid: row.kid, backup, backed_up_at }
  })
}

/**
 * Takes the private half of the root out of the store, once a backup has been seen to open and to hold it. From then on whoever has the
 * backup vouches for license keys, away from here.
 * @throws {ApiError} REACH_TOO_NARROW, ROOT_BACKUP_UNFIT
 */
export async function takeRootOut(
  authority: Authority,
  by: Once,
  reach: Reach,
  backup: string,
  passphrase: string,
): Promise<SigningKeyRow> {
  assertWhole(reach)
  await fitting(authority, backup, passphrase)
  return authority.mutate(by, { action: 'root.take_out', subject: `authority:${authority.id}` }, async (tx, change) => {
    const row = await lockRoot(tx)
    if (row.sealed === null) {
      change.unchanged()
      return row
    }
    const now = authority.clock()
    return moveRoot(tx, row.kid, { sealed: null, taken_out_at: now, backed_up_at: row.backed_up_at ?? now })
  })
}

/** Puts the root back into the store, from a backup. @throws {ApiError} REACH_TOO_NARROW, ROOT_BACKUP_UNFIT */
export async function bringRootBack(
  authority: Authority,
  by: Once,
  reach: Reach,
  backup: string,
  passphrase: string,
): Promise<SigningKeyRow> {
  assertWhole(reach)
  const key = await fitting(authority, backup, passphrase)
  const sealed = await sealSigningKey(authority.sealer, key)
  return authority.mutate(by, { action: 'root.bring_back', subject: `authority:${authority.id}` }, async (tx, change) => {
    const row = await lockRoot(tx)
    if (row.sealed === null) return moveRoot(tx, row.kid, { sealed, taken_out_at: null, backed_up_at: row.backed_up_at })
    change.unchanged()
    return row
  })
}

/** The root of this very authority, out of a backup of it: both halves, which `SigningKey` proves to belong together. */
async function fitting(authority: Authority, backup: string, passphrase: string): Promise<SigningKey> {
  let held: RootKey
  try {
    held = await restoreRootKey(backup, passphrase)
  } catch (error) {
    throw error instanceof TrustError ? new ApiError('ROOT_BACKUP_UNFIT') : error
  }
  const row = await findRoot(authority.db)
  if (held.issuer !== authority.id || held.key.kid !== row?.kid) throw new ApiError('ROOT_BACKUP_UNFIT')
  return held.key
}

async function root({ db }: Authority): Promise<SigningKeyRow> {
  const row = await findRoot(db)
  if (row === undefined) throw new Error('the authority has no root key')
  return row
}
