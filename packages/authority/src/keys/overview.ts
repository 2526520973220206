import type { Instant } from '@writ/engine'
import type { Authority } from '../app/authority.ts'
import type { Reach } from '../enforcers/scope.ts'
import { assertWhole, type DataKey, dataKeys } from './data-keys.ts'
import { type MasterKeyState, masterKeyState } from './master-rotation.ts'
import { DAY_MILLISECONDS, ROTATE_BEFORE_MILLISECONDS } from './signing-keys.ts'
import { findKeyInForce, findRoot, type SigningKeyRow } from './signing-store.ts'

/** What somebody should do about a key, in the order in which it hurts. */
export const ATTENTION = [
  'root_not_backed_up',
  'license_key_ends',
  'master_key_unreadable',
  'data_key_unopened',
  'data_key_old',
  'texts_under_old_data_key',
  'old_master_key_configured',
] as const
export type Attention = (typeof ATTENTION)[number]

export interface Overview {
  readonly masterKey: MasterKeyState
  readonly dataKeys: readonly DataKey[]
  /** Signs license files now; absent: the next file makes one. */
  readonly licenseKey?: SigningKeyRow
  /** From then on the next file makes the next one, where the root is in the store. */
  readonly nextLicenseKeyAt?: Instant
  readonly root: SigningKeyRow
  readonly attention: readonly Attention[]
}

/** A data key that seals for longer is worth a rotation: NIST SP 800-57 part 1, section 5.3.6, has one to two years at the most. */
const OLD_DATA_KEY_MILLISECONDS = 365 * DAY_MILLISECONDS

/** The state of every kind of key, for people. @throws {ApiError} REACH_TOO_NARROW */
export async function overview(authority: Authority, reach: Reach): Promise<Overview> {
  assertWhole(reach)
  const { db, clock, keyRing } = authority
  const now = clock()
  const [masterKey, keys, root] = [await masterKeyState(authority), await dataKeys(authority), await findRoot(db)]
  if (root === undefined) throw new Error('the authority has no root key')
  const licenseKey = await findKeyInForce(db, 'license', now, now)
  const sealing = keys.find(({ stoppedAt }) => stoppedAt === undefined)
  const holds: Record<Attention, boolean> = {
    root_not_backed_up: root.backed_up_at === null,
    // With the root here the next file makes the next key.
    license_key_ends: root.sealed === null && (licenseKey?.expires_at ?? 0) - now < ROTATE_BEFORE_MILLISECONDS,
    master_key_unreadable: masterKey.fault !== undefined || !masterKey.configured.some(({ inUse }) => inUse),
    data_key_unopened: keyRing.unopened > 0,
    data_key_old: sealing !== undefined && now - sealing.createdAt > OLD_DATA_KEY_MILLISECONDS,
    texts_under_old_data_key: keys.some(({ stoppedAt, sealed }) => stoppedAt !== undefined && sealed > 0),
    old_master_key_configured: masterKey.configured.some(({ inUse }) => !inUse),
  }
  return {
    masterKey,
    dataKeys: keys,
    ...(licenseKey !== undefined && { licenseKey }),
    ...(licenseKey !== undefined &&
      root.sealed !== null && { nextLicenseKeyAt: (licenseKey.expires_at ?? 0) - ROTATE_BEFORE_MILLISECONDS }),
    root,
    attention: ATTENTION.filter((what) => holds[what]),
  }
}
