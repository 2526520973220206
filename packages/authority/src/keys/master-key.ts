import { decrypt, derive, encrypt, KEY_BYTES } from './sealer.ts'

/** What wraps data keys, and nothing else. Where it is kept is its own business. */
export interface MasterKey {
  /** Names it without telling of it: `mk_…` for a key in a file. */
  readonly id: string
  /** Where it is kept, for people: a path, an address. */
  readonly place: string
  /** @param context what the key is for: wrapped for one, it does not unwrap for another */
  wrap(key: Uint8Array, context: string): Promise<string>
  /** @throws when it was altered, or wrapped for something else or by another master key */
  unwrap(wrapped: string, context: string): Promise<Uint8Array>
  /** What sealed `v1.` texts, where this is a key that may have done so. */
  firstDataKey?(): Uint8Array
}

/** A master key in memory. @param bytes 32 */
export function keptMasterKey(bytes: Uint8Array, place: string): MasterKey {
  const wrapping = derive(bytes, 'writ wrapping v1')
  return {
    id: `mk_${derive(bytes, 'writ master key id v1', 8).toString('hex')}`,
    place,
    firstDataKey: () => derive(bytes, 'writ sealing v1'),
    wrap: async (key, context) => encrypt(wrapping, key, context).toString('base64url'),
    async unwrap(wrapped, context) {
      const key = decrypt(wrapping, Buffer.from(wrapped, 'base64url'), context)
      if (key.length !== KEY_BYTES) throw new Error('not a data key')
      return key
    },
  }
}
