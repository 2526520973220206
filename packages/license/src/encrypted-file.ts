import { armor, decodeBase64url, oneOf, parseStrictJson, record, text, unarmor } from '@writ/trust'
import { CompactEncrypt, calculateJwkThumbprint, compactDecrypt, importJWK } from 'jose'
import { MAX_FILE_LENGTH } from './claims.ts'
import { LicenseError } from './error.ts'
import { ENCRYPTED_LABEL, LICENSE_LABEL } from './license-jws.ts'

/** The public half of a key that license files are encrypted to. Made for that alone: a device signs with another. */
export interface EncryptionJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}
export interface DecryptionJwk extends EncryptionJwk {
  readonly d: string
}

const TYP = 'writ-encrypted-license+jwe'
const MAX_ENCRYPTED_LENGTH = 98_304
const coordinate = text(43, /^[A-Za-z0-9_-]{43}$/)
const POINT = { kty: oneOf('EC'), crv: oneOf('P-256'), x: coordinate, y: coordinate }
const PUBLIC = record(POINT)
const PRIVATE = record({ ...POINT, d: coordinate })
const HEADER = record({ alg: oneOf('ECDH-ES'), enc: oneOf('A256GCM'), typ: oneOf(TYP), kid: coordinate, epk: record(POINT) })

/** Makes a key pair for one holder. The private half stays with them. */
export async function makeDecryptionKey(): Promise<{ readonly publicJwk: EncryptionJwk; readonly privateJwk: DecryptionJwk }> {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const { x, y, d } = await crypto.subtle.exportKey('jwk', privateKey)
  const publicJwk = { kty: 'EC', crv: 'P-256', x: x as string, y: y as string } as const
  return { publicJwk, privateJwk: { ...publicJwk, d: d as string } }
}

export function isEncryptedLicenseFile(file: string): boolean {
  return file.startsWith(`-----BEGIN ${ENCRYPTED_LABEL}-----`)
}

/**
 * Encrypts a signed license file to the one key that reads it.
 * @returns JWE (ECDH-ES on P-256, A256GCM) in armour of its own, at most 96 KiB
 * @throws {LicenseError} ENCRYPTION_KEY_MALFORMED, also for a point that is not on the curve
 * @see RFC 7516, RFC 7518 section 4.6
 */
export async function encryptLicenseFile(file: string, to: EncryptionJwk): Promise<string> {
  const { key, kid } = await imported(to, PUBLIC(to as never))
  const jwe = await new CompactEncrypt(new TextEncoder().encode(file))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', typ: TYP, kid })
    .encrypt(key)
  return armor(ENCRYPTED_LABEL, jwe)
}

/**
 * The signed license file inside. Nothing of it is proven yet: verify it.
 * @throws {LicenseError} LICENSE_UNDECRYPTED, ENCRYPTION_KEY_MALFORMED
 */
export async function decryptLicenseFile(encrypted: string, by: DecryptionJwk): Promise<string> {
  const { key, kid } = await imported(by, PRIVATE(by as never))
  const jwe = body(encrypted)
  if (keyOf(jwe) !== kid) throw undecrypted('OTHER_KEY')
  try {
    const { plaintext } = await compactDecrypt(jwe, key, { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: ['A256GCM'] })
    const file = new TextDecoder('utf-8', { fatal: true }).decode(plaintext)
    if (file.length <= MAX_FILE_LENGTH && file.startsWith(`-----BEGIN ${LICENSE_LABEL}-----`)) return file
  } catch {
    // The cause is left out: it stood beside the key.
    throw undecrypted('ALTERED')
  }
  throw undecrypted('NO_LICENSE_FILE')
}

function body(encrypted: string): string {
  try {
    return unarmor(ENCRYPTED_LABEL, encrypted, MAX_ENCRYPTED_LENGTH)
  } catch {
    throw undecrypted('MALFORMED')
  }
}

/** Of a header that says exactly what one of ours says: none chooses an algorithm, unpacks anything, or names what to fetch. */
function keyOf(jwe: string): string {
  const parts = jwe.split('.', 6)
  const bytes = decodeBase64url(parts[0] ?? '')
  // ECDH-ES agrees on the key itself, so none is enclosed. RFC 7518 section 4.6.
  if (parts.length !== 5 || parts[1] !== '' || typeof bytes === 'number') throw undecrypted('MALFORMED')
  try {
    const header = parseStrictJson(bytes, { maxBytes: 1_024, maxDepth: 2 })
    if (HEADER(header) === undefined) return (header as unknown as { kid: string }).kid
  } catch {
    throw undecrypted('MALFORMED')
  }
  throw undecrypted('HEADER_REFUSED')
}

async function imported(jwk: EncryptionJwk, fault: string | undefined) {
  try {
    if (fault !== undefined) throw new Error('not the members that it has')
    const { kty, crv, x, y } = jwk
    return { key: await importJWK({ ...jwk }, 'ECDH-ES'), kid: await calculateJwkThumbprint({ kty, crv, x, y }) }
  } catch {
    // The cause is left out: it stood beside the key.
    throw new LicenseError('ENCRYPTION_KEY_MALFORMED', undefined)
  }
}

function undecrypted(why: LicenseError<'LICENSE_UNDECRYPTED'>['details']['why']): LicenseError<'LICENSE_UNDECRYPTED'> {
  return new LicenseError('LICENSE_UNDECRYPTED', { why })
}
