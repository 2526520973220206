import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Clock } from '../app/clock.ts'
import type { Config } from '../app/config.ts'
import type { Database } from '../app/database.ts'
import { StartError } from '../app/start-error.ts'
import { ensureMasterKey, readMasterKey, refuseBesideData } from './master-key.ts'
import { makeSealer, type Sealer } from './sealer.ts'
import { findAuthorityId, findSealed, insertAuthority, insertSealed, inTurn } from './store.ts'

const CANARY = 'canary'

/** Who this authority is, and what opens its secrets. */
export interface Identity {
  readonly authorityId: string
  readonly masterKeyFile: string
  readonly sealer: Sealer
  /** This start made the authority. */
  readonly isNew: boolean
}

/**
 * Opens the authority that the store holds, or makes one: its id, its master key file, and a canary that later starts open.
 * @throws {StartError} MASTER_KEY_MISSING, MASTER_KEY_WRONG and the other faults of a master key file
 */
export async function openIdentity(db: Kysely<Database>, config: Config, clock: Clock): Promise<Identity> {
  return inTurn(db, async (tx) => {
    const known = await findAuthorityId(tx)
    const authorityId = known ?? `aut_${randomBytes(8).toString('hex')}`
    const file = config.masterKeyFile ?? join(config.configHome, 'writ', `${authorityId}.key`)
    if (config.database.kind === 'folder') refuseBesideData(file, config.database.path)
    // A key made for a store that has one already would only hide that the right one is gone.
    const sealer = makeSealer(known === undefined ? ensureMasterKey(file) : readMasterKey(file))
    const purpose = JSON.stringify([CANARY, authorityId])
    if (known === undefined) {
      await insertAuthority(tx, authorityId, clock())
      await insertSealed(tx, CANARY, sealer.seal(authorityId, purpose))
      return { authorityId, masterKeyFile: file, sealer, isNew: true }
    }
    const canary = await findSealed(tx, CANARY)
    try {
      if (sealer.unseal(canary ?? '', purpose) !== authorityId) throw new Error('another canary')
    } catch (cause) {
      throw new StartError('MASTER_KEY_WRONG', { file }, { cause })
    }
    return { authorityId, masterKeyFile: file, sealer, isNew: false }
  })
}
