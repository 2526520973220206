import { join } from 'node:path'
import type { Config } from '../app/config.ts'
import { StartError } from '../app/start-error.ts'
import { keptMasterKey, type MasterKey } from './master-key.ts'
import { readMasterKeys } from './master-key-file.ts'

/** The master keys that the configuration names. Read anew each time: none stays in memory, and one that an operator adds is seen at once. */
export interface MasterKeys {
  /** @throws {StartError} MASTER_KEY_MISSING, MASTER_KEY_EXPOSED, MASTER_KEY_MALFORMED */
  configured(): readonly MasterKey[]
  /** @throws {StartError} MASTER_KEY_WRONG when none of them opens it, and as above */
  unwrap(row: { readonly wrapped: string; readonly master_key: string }, context: string): Promise<Uint8Array>
}

export function masterKeyFile(config: Config, authorityId: string): string {
  return config.masterKeyFile ?? join(config.configHome, 'writ', `${authorityId}.key`)
}

export function masterKeysOf(config: Config, authorityId: string): MasterKeys {
  const file = masterKeyFile(config, authorityId)
  const configured = () => readMasterKeys(file).map((bytes) => keptMasterKey(bytes, file))
  return {
    configured,
    async unwrap({ wrapped, master_key }, context) {
      const keys = configured()
      const key = keys.find(({ id }) => id === master_key)
      const wrong = { file, needed: master_key, found: keys.map(({ id }) => id) }
      if (key === undefined) throw new StartError('MASTER_KEY_WRONG', wrong)
      try {
        return await key.unwrap(wrapped, context)
      } catch (cause) {
        throw new StartError('MASTER_KEY_WRONG', wrong, { cause })
      }
    },
  }
}

/** A data key wrapped for one place does not unwrap for another: neither in another row nor in another authority's store. */
export function contextOf(authorityId: string, dataKeyId: string): string {
  return JSON.stringify(['data_key', authorityId, dataKeyId])
}
