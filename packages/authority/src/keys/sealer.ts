import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../app/database.ts'

/** Encrypts what rests in the store. */
export interface Sealer {
  /** @param purpose where it belongs; what was sealed for one purpose does not open for another */
  seal(value: unknown, purpose: string): string
  /**
   * @param db reads a data key that this node does not know yet; inside a transaction, that transaction
   * @throws when the text was altered or moved, or its data key is not to be had
   */
  unseal(db: Kysely<Database>, sealed: string, purpose: string): Promise<unknown>
}

const IV_BYTES = 12
const TAG_BYTES = 16
export const KEY_BYTES = 32

/** The data key of texts from before there were any: it was derived from the master key. */
export const FIRST_DATA_KEY = 'v1'
const FIRST_FORM = /^v1\.([A-Za-z0-9_-]+)$/
const FORM = /^v2\.([a-z0-9_]{1,64})\.([A-Za-z0-9_-]+)$/

/** Which data key opens a sealed text, and its bytes. @throws when it is no sealed text */
export function partsOf(sealed: string): { dataKey: string; bytes: Buffer } {
  const [, id, text] = FORM.exec(sealed) ?? [undefined, FIRST_DATA_KEY, FIRST_FORM.exec(sealed)?.[1]]
  if (id === undefined || text === undefined) throw new Error('not a sealed text')
  return { dataKey: id, bytes: Buffer.from(text, 'base64url') }
}

/** AES-256-GCM: `v2.DATA_KEY.` and, in base64url, the initialization vector, the ciphertext and the tag. */
export function sealWith(dataKey: { id: string; key: Uint8Array }, value: unknown, purpose: string): string {
  const bytes = encrypt(dataKey.key, Buffer.from(JSON.stringify(value ?? null)), purpose)
  return `v2.${dataKey.id}.${bytes.toString('base64url')}`
}

/** @throws when the bytes were altered, moved to another purpose, or sealed under another key */
export function openWith(key: Uint8Array, bytes: Buffer, purpose: string): unknown {
  return JSON.parse(decrypt(key, bytes, purpose).toString('utf8')) as unknown
}

export function encrypt(key: Uint8Array, plain: Uint8Array, purpose: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export function decrypt(key: Uint8Array, bytes: Buffer, purpose: string): Buffer {
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new Error('not a sealed text')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
}

/** A key of another use from the master key, which itself encrypts nothing. RFC 5869. */
export function derive(masterKey: Uint8Array, use: string, bytes = KEY_BYTES): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', use, bytes))
}
