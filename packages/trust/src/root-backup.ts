import { CompactEncrypt, compactDecrypt, errors } from 'jose'
import { armor, unarmor } from './armor.ts'
import { decodeBase64url } from './base64url.ts'
import { TrustError } from './error.ts'
import { epochSeconds, integer, oneOf, record, text } from './shape.ts'
import { SigningKey } from './signing-key.ts'
import { type Json, parseStrictJson } from './strict-json.ts'

export interface RootKey {
  readonly issuer: string
  readonly key: SigningKey
  /** Epoch seconds. */
  readonly createdAt: number
}

export const MIN_PASSPHRASE_LENGTH = 12
const LABEL = 'WRIT ROOT KEY BACKUP'
const TYP = 'writ-root-backup+jwe'
const ITERATIONS = 600_000
/** A backup with a huge count would keep whoever opens it busy for hours. */
const MAX_ITERATIONS = 5_000_000
const MAX_LENGTH = 8192

const HEADER = record({
  alg: oneOf('PBES2-HS512+A256KW'),
  enc: oneOf('A256GCM'),
  typ: oneOf(TYP),
  kid: text(43, /^[A-Za-z0-9_-]{43}$/),
  p2c: integer(ITERATIONS, MAX_ITERATIONS),
  p2s: text(128, /^[A-Za-z0-9_-]{22,128}$/),
})
const CONTENT = record({ issuer: text(512), created_at: epochSeconds, d: text(43), x: text(43) })

/**
 * A root key as text to print or to keep on a stick: a JWE under a passphrase (PBKDF2-HMAC-SHA-512, 600,000 rounds, AES-256-GCM) in
 * armour. The key id is readable without the passphrase, so that a drawer of backups can be told apart.
 * @param passphrase at least 12 characters; compared after Unicode NFKC, so another keyboard or system types the same one
 * @throws {TrustError} PASSPHRASE_TOO_SHORT
 * @see RFC 7518 section 4.8
 */
export async function backUpRootKey(root: RootKey, passphrase: string): Promise<string> {
  const { d, x } = await root.key.exposePrivateJwk()
  const content = { issuer: root.issuer, created_at: root.createdAt, d, x }
  if (CONTENT(content) !== undefined) throw new TrustError('OPTION_INVALID', { option: 'root' })
  const jwe = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', typ: TYP, kid: root.key.kid })
    .setKeyManagementParameters({ p2c: ITERATIONS })
    .encrypt(secret(passphrase))
  return armor(LABEL, jwe)
}

/** @throws {TrustError} BACKUP_MALFORMED, BACKUP_PASSPHRASE_WRONG (also: altered, which nobody can tell apart), PASSPHRASE_TOO_SHORT */
export async function restoreRootKey(backup: string, passphrase: string): Promise<RootKey> {
  const { jwe, kid } = opened(backup)
  const content = parse(await decrypted(jwe, secret(passphrase)))
  if (content === undefined || CONTENT(content) !== undefined) throw new TrustError('BACKUP_MALFORMED', undefined)
  const { issuer, created_at, d, x } = content as { issuer: string; created_at: number; d: string; x: string }
  const key = await SigningKey.fromPrivateJwk({ kty: 'OKP', crv: 'Ed25519', x, d })
  if (key.kid !== kid) throw new TrustError('BACKUP_MALFORMED', undefined)
  return { issuer, key, createdAt: created_at }
}

/** Which root a backup holds, by its key id, without the passphrase. @throws {TrustError} BACKUP_MALFORMED */
export function inspectRootBackup(backup: string): { readonly keyId: string } {
  return { keyId: opened(backup).kid }
}

function opened(backup: string): { jwe: string; kid: string } {
  let jwe: string
  try {
    jwe = unarmor(LABEL, backup, MAX_LENGTH)
  } catch (cause) {
    throw new TrustError('BACKUP_MALFORMED', undefined, { cause })
  }
  if (!/^[A-Za-z0-9_.-]+$/.test(jwe)) throw new TrustError('BACKUP_MALFORMED', undefined)
  const bytes = decodeBase64url(jwe.split('.')[0] ?? '')
  const header = typeof bytes === 'number' ? undefined : parse(bytes)
  if (header === undefined || HEADER(header) !== undefined) throw new TrustError('BACKUP_MALFORMED', undefined)
  return { jwe, kid: (header as { kid: string }).kid }
}

async function decrypted(jwe: string, key: Uint8Array): Promise<Uint8Array> {
  try {
    const { plaintext } = await compactDecrypt(jwe, key, {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: MAX_ITERATIONS,
    })
    return plaintext
  } catch (error) {
    // The cause is left out: it stood beside the passphrase.
    throw new TrustError(error instanceof errors.JWEDecryptionFailed ? 'BACKUP_PASSPHRASE_WRONG' : 'BACKUP_MALFORMED', undefined)
  }
}

function parse(bytes: Uint8Array): Json | undefined {
  try {
    return parseStrictJson(bytes, { maxBytes: MAX_LENGTH, maxDepth: 1 })
  } catch {
    return undefined
  }
}

function secret(passphrase: string): Uint8Array {
  const text = passphrase.normalize('NFKC')
  if (text.length < MIN_PASSPHRASE_LENGTH) throw new TrustError('PASSPHRASE_TOO_SHORT', { minimum: MIN_PASSPHRASE_LENGTH })
  return new TextEncoder().encode(text)
}
