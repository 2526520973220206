import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { Decrypter, Encrypter, type Identity, type Recipient, Stanza } from 'age-encryption'

/** Who can open a backup: whoever knows the passphrase, or holds the identity of one of the recipients (`age1…`). */
export type Lock = { readonly passphrase: string } | { readonly recipients: readonly string[] }
/** What opens one: the passphrase, or the text of an identity file (`AGE-SECRET-KEY-1…`, comments allowed). */
export type Opener = { readonly passphrase: string } | { readonly identities: string }

const LOG_N = 18
/** What a file may ask for: four times the work, and no more memory than this machine has. */
const HIGHEST_LOG_N = 20
const SALT_BYTES = 16
const scryptKey = promisify(scrypt) as (
  password: string,
  salt: Uint8Array,
  bytes: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer>

/**
 * age v1 with its scrypt recipient: any age tool opens it. The library's own works in this thread, for seconds in which nobody would be
 * answered.
 * @see https://age-encryption.org/v1 (section "The scrypt recipient type")
 */
function passphraseRecipient(passphrase: string): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(SALT_BYTES)
      const cipher = createCipheriv('chacha20-poly1305', await wrappingKey(passphrase, salt, LOG_N), NONCE, { authTagLength: 16 })
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()])
      return [new Stanza(['scrypt', salt.toString('base64').replace(/=+$/, ''), String(LOG_N)], new Uint8Array(body))]
    },
  }
}

function passphraseIdentity(passphrase: string): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const [{ args: [type, text = '', logN = ''] = [], body } = { args: [], body: new Uint8Array() }, ...others] = stanzas
      if (type !== 'scrypt' || others.length > 0) return null
      const salt = Buffer.from(text, 'base64')
      if (salt.length !== SALT_BYTES || body.length !== 32 || !/^[1-9]\d?$/.test(logN) || Number(logN) > HIGHEST_LOG_N) {
        throw new Error('a scrypt stanza that we do not take')
      }
      const decipher = createDecipheriv('chacha20-poly1305', await wrappingKey(passphrase, salt, Number(logN)), NONCE, {
        authTagLength: 16,
      })
      decipher.setAuthTag(body.subarray(-16))
      try {
        return new Uint8Array(Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]))
      } catch {
        return null
      }
    },
  }
}

/** The key wraps once. */
const NONCE = Buffer.alloc(12)

function wrappingKey(passphrase: string, salt: Buffer, logN: number): Promise<Buffer> {
  const labelled = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), salt])
  const N = 2 ** logN
  return scryptKey(passphrase, labelled, 32, { N, r: 8, p: 1, maxmem: 128 * N * 8 + (1 << 20) })
}

/** @throws what the library throws for a text that is no recipient */
export function encrypterFor(lock: Lock): Encrypter {
  const encrypter = new Encrypter()
  if ('passphrase' in lock) encrypter.addRecipient(passphraseRecipient(lock.passphrase))
  else for (const recipient of lock.recipients) encrypter.addRecipient(recipient)
  return encrypter
}

/** @throws what the library throws for a text that is no identity */
export function decrypterFor(opener: Opener): Decrypter {
  const decrypter = new Decrypter()
  if ('passphrase' in opener) {
    decrypter.addIdentity(passphraseIdentity(opener.passphrase))
    return decrypter
  }
  const lines = opener.identities.split('\n').map((line) => line.trim())
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'))
  if (identities.length === 0) throw new Error('no identity')
  for (const identity of identities) decrypter.addIdentity(identity)
  return decrypter
}
