import { randomBytes } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Clock } from '../app/clock.ts'
import type { Config } from '../app/config.ts'
import type { Database } from '../app/database.ts'
import { StartError } from '../app/start-error.ts'
import { awaitsWrapping, insertDataKey, lockSealing, rewrapDataKey } from './data-key-store.ts'
import { KeyRing } from './key-ring.ts'
import type { MasterKey } from './master-key.ts'
import { contextOf, type MasterKeys, masterKeysOf } from './master-keys.ts'
import { secretPurpose } from './sealed-places.ts'
import { FIRST_DATA_KEY, KEY_BYTES, openWith, partsOf } from './sealer.ts'
import { findAuthorityId, findSealed, insertAuthority, insertSealed, inTurn } from './store.ts'

const CANARY = 'canary'

/** Who this authority is, and what opens its secrets. */
export interface Identity {
  readonly authorityId: string
  /** The id of the master key that opened it. */
  readonly masterKey: string
  readonly keyRing: KeyRing
  readonly masterKeys: MasterKeys
  /** This start made the authority. */
  readonly isNew: boolean
}

/**
 * Opens the authority that the store holds, or makes one: its id, its master key, its first data key, and a canary that later starts open.
 * @throws {StartError} MASTER_KEY_MISSING, MASTER_KEY_WRONG and the other faults of a master key
 */
export async function openIdentity(db: Kysely<Database>, config: Config, clock: Clock): Promise<Identity> {
  return inTurn(db, async (tx) => {
    const known = await findAuthorityId(tx)
    if (known !== undefined) return openKnown(tx, known, config, clock)
    const authorityId = `aut_${randomBytes(8).toString('hex')}`
    const masterKeys = masterKeysOf(config, authorityId)
    // Here alone: a key made for a store that has one already would only hide that the right one is gone.
    const masterKey = masterKeys.ensure()
    const keyRing = new KeyRing(authorityId, masterKeys)
    await insertAuthority(tx, authorityId, clock())
    await insertDataKey(tx, await newDataKey(authorityId, masterKey, clock()))
    await keyRing.load(tx)
    await insertSealed(tx, CANARY, keyRing.seal(authorityId, secretPurpose(CANARY, authorityId)))
    return { authorityId, masterKey: masterKey.id, keyRing, masterKeys, isNew: true }
  })
}

/** Opens the authority that the store holds. @throws {StartError} as {@link openIdentity} */
export async function openKnown(tx: Transaction<Database>, authorityId: string, config: Config, clock: Clock): Promise<Identity> {
  const masterKeys = masterKeysOf(config, authorityId)
  const keyRing = new KeyRing(authorityId, masterKeys)
  const canary = (await findSealed(tx, CANARY)) ?? ''
  if (await awaitsWrapping(tx, FIRST_DATA_KEY)) await wrapFirst(tx, { authorityId, masterKeys }, canary, clock())
  await keyRing.load(tx)
  if ((await keyRing.unseal(tx, canary, secretPurpose(CANARY, authorityId))) !== authorityId) {
    throw new Error('the canary is of another authority')
  }
  const { master_key: masterKey } = await lockSealing(tx)
  return { authorityId, masterKey, keyRing, masterKeys, isNew: false }
}

/** A data key, wrapped, not stored yet. */
export async function newDataKey(authorityId: string, masterKey: MasterKey, now: number) {
  const id = `dk_${randomBytes(8).toString('hex')}`
  const wrapped = await masterKey.wrap(randomBytes(KEY_BYTES), contextOf(authorityId, id))
  return { id, wrapped, master_key: masterKey.id, created_at: now }
}

/** Of a store from before there were data keys: what the master key sealed with becomes the first of them, and a new one seals. */
async function wrapFirst(
  tx: Transaction<Database>,
  { authorityId, masterKeys }: Pick<Identity, 'authorityId' | 'masterKeys'>,
  canary: string,
  now: number,
): Promise<void> {
  const found = masterKeys.configured()
  for (const masterKey of found) {
    const key = masterKey.firstDataKey?.()
    if (key === undefined || !opens(key, canary, secretPurpose(CANARY, authorityId))) continue
    const wrapped = await masterKey.wrap(key, contextOf(authorityId, FIRST_DATA_KEY))
    await rewrapDataKey(tx, { id: FIRST_DATA_KEY, wrapped, master_key: masterKey.id }, null)
    return insertDataKey(tx, await newDataKey(authorityId, masterKey, now))
  }
  throw new StartError('MASTER_KEY_WRONG', { file: found.at(-1)?.place ?? '', found: found.map(({ id }) => id) })
}

function opens(key: Uint8Array, sealed: string, purpose: string): boolean {
  try {
    openWith(key, partsOf(sealed).bytes, purpose)
    return true
  } catch {
    return false
  }
}
