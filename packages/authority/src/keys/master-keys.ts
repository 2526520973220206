import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../app/config.ts'
import { StartError } from '../app/start-error.ts'
import { keptMasterKey, type MasterKey } from './master-key.ts'
import { ensureMasterKey, readMasterKeys, refuseBesideData } from './master-key-file.ts'
import { transitMasterKey } from './transit.ts'

/** The master keys that the configuration names. Read anew each time: none stays in memory, and one that an operator adds is seen at once. */
export interface MasterKeys {
  /**
   * The one of a service first, then those of the file in its order.
   * @throws {StartError} MASTER_KEY_MISSING, MASTER_KEY_EXPOSED, MASTER_KEY_MALFORMED
   */
  configured(): readonly MasterKey[]
  /** For a new authority: the first that is configured, or one that is made. */
  ensure(): MasterKey
  /** @throws {StartError} MASTER_KEY_WRONG when none of them opens it, and what `configured` and the service throw */
  unwrap(row: { readonly wrapped: string; readonly master_key: string }, context: string): Promise<Uint8Array>
}

/** @throws {StartError} MASTER_KEY_BESIDE_DATA */
export function masterKeysOf(config: Config, authorityId: string): MasterKeys {
  const { masterKeyUrl: url, masterKeyTokenFile: tokenFile, masterKeyNamespace: namespace } = config
  const file = config.masterKeyFile ?? join(config.configHome, 'writ', `${authorityId}.key`)
  if (config.database.kind === 'folder') refuseBesideData(file, config.database.path)
  const service =
    url !== undefined && tokenFile !== undefined
      ? transitMasterKey({ url, tokenFile, ...(namespace !== undefined && { namespace }) })
      : undefined
  const configured = (): readonly MasterKey[] => {
    // With a service a file is there on purpose, or from before the move.
    const hasFile = service === undefined || config.masterKeyFile !== undefined || existsSync(file)
    const kept = hasFile ? readMasterKeys(file).map((bytes) => keptMasterKey(bytes, file)) : []
    return service === undefined ? kept : [service, ...kept]
  }
  return {
    configured,
    ensure() {
      if (service !== undefined) return service
      ensureMasterKey(file)
      return configured()[0] as MasterKey
    },
    async unwrap({ wrapped, master_key }, context) {
      // Of a store that a service opens no file is missing.
      const keys = master_key.startsWith('transit:') && service === undefined && !existsSync(file) ? [] : configured()
      const key = keys.find(({ id }) => id === master_key)
      const wrong = { file, needed: master_key, found: keys.map(({ id }) => id) }
      if (key === undefined) throw new StartError('MASTER_KEY_WRONG', wrong)
      try {
        return await key.unwrap(wrapped, context)
      } catch (cause) {
        if (cause instanceof StartError) throw cause
        throw new StartError('MASTER_KEY_WRONG', wrong, { cause })
      }
    },
  }
}

/** A data key wrapped for one place does not unwrap for another: neither in another row nor in another authority's store. */
export function contextOf(authorityId: string, dataKeyId: string): string {
  return JSON.stringify(['data_key', authorityId, dataKeyId])
}
