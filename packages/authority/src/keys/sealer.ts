import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts what rests in the store. */
export interface Sealer {
  /** @param purpose where it belongs; what was sealed for one purpose does not open for another */
  seal(value: unknown, purpose: string): string
  /** @throws when the text was altered, moved, or sealed under another master key */
  unseal(sealed: string, purpose: string): unknown
}

const IV_BYTES = 12
const TAG_BYTES = 16
const FORM = 'v1.'

/** AES-256-GCM under a key derived from the master key, which itself encrypts nothing. @param masterKey 32 bytes */
export function makeSealer(masterKey: Uint8Array): Sealer {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'writ sealing v1', 32))
  return {
    seal(value, purpose) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
      const text = Buffer.concat([cipher.update(JSON.stringify(value ?? null)), cipher.final()])
      return FORM + Buffer.concat([iv, text, cipher.getAuthTag()]).toString('base64url')
    },
    unseal(sealed, purpose) {
      const bytes = Buffer.from(sealed.slice(FORM.length), 'base64url')
      if (!sealed.startsWith(FORM) || bytes.length < IV_BYTES + TAG_BYTES) throw new Error('not a sealed text')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES))
      const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
      return JSON.parse(text.toString('utf8')) as unknown
    },
  }
}
