import { checkStatementCovers, type KeyStatement, TrustError, type TrustedRoot, verifyJws, verifyKeyStatement } from '@writ/trust'
import { type LicenseClaims, readClaims } from './claims.ts'
import { LicenseError } from './error.ts'
import { type FileLog, hashLicenseFile } from './file-log.ts'
import { asLicenseError, LICENSE_USE, readLicenseFile } from './license-jws.ts'
import { type RevokedKeys, revocationOf } from './revoked-keys.ts'

export interface VerifyOptions {
  /** Pinned by the caller, never taken from a file or from the network. */
  readonly roots: readonly TrustedRoot[]
  /** Epoch seconds, UTC; milliseconds are refused. The caller owns the clock. */
  readonly now: number
  /** Tolerated clock difference in seconds; default 60, at most 300. */
  readonly skewSeconds?: number
  /** What a fresher key set says of keys (`readKeySet`): a revocation in it outranks the statement inside the file. */
  readonly keySet?: RevokedKeys
  /** What the authority issued by keys that were revoked later (`readFileLogs`): of such a key nothing else holds, since its thief dates back. */
  readonly fileLogs?: readonly FileLog[]
}

export interface VerifiedLicense {
  readonly claims: LicenseClaims
  /** What the root says of the key that signed. */
  readonly statement: KeyStatement
}

/**
 * Verifies a license file: armour, key statement under a pinned root, signature, content, revocation, in that order. Nothing in a payload is
 * read before its signature holds. Dates and grace are not judged here, and a binding is only read: see `checkBinding`.
 * @param text the file; ASCII; at most 64 KiB, checked before any parsing
 * @throws {LicenseError} any LICENSE_* code
 * @see RFC 7515 section 5.2 (validation steps), RFC 8037 section 3.1 (EdDSA in JWS)
 */
export async function verifyLicenseFile(text: string, options: VerifyOptions): Promise<VerifiedLicense> {
  const latest = latestIssue(options)
  const file = readLicenseFile(text)
  const statement = await vouched(() => verifyKeyStatement(file.statement, { roots: options.roots, use: LICENSE_USE }))
  if (statement.kid !== file.kid) throw new LicenseError('LICENSE_KEY_UNKNOWN', { keyId: file.kid })
  const payload = await verifyJws(file, statement.jwk).catch((error: unknown) => {
    throw asLicenseError(error)
  })
  const claims = readClaims(payload)
  if (claims.iss !== statement.iss) throw new LicenseError('LICENSE_ISSUER_MISMATCH', undefined)
  if (claims.iat > latest) throw new LicenseError('LICENSE_FROM_THE_FUTURE', { issuedAt: claims.iat })
  const asked = { at: claims.iat, product: claims.product }
  await vouched(() => checkStatementCovers(statement, asked))
  const revoked_at = revocationOf(statement, options.keySet)
  if (revoked_at === undefined) return { claims, statement }
  await vouched(() => checkStatementCovers({ ...statement, revoked_at }, asked))
  const sha256 = await hashLicenseFile(text)
  if (!options.fileLogs?.some((log) => log.names({ issuer: statement.iss, kid: statement.kid, revokedAt: revoked_at, sha256 })))
    throw new LicenseError('LICENSE_NOT_LOGGED', { keyId: statement.kid, revokedAt: revoked_at, sha256 })
  return { claims, statement }
}

function latestIssue({ roots, now, skewSeconds = 60 }: VerifyOptions): number {
  if (!Array.isArray(roots)) throw new LicenseError('LICENSE_OPTION_INVALID', { option: 'roots' })
  // 1e11 seconds are in the year 5138; a Date.now() given by mistake would make every file old enough.
  if (!Number.isFinite(now) || now < 0 || now >= 1e11) throw new LicenseError('LICENSE_OPTION_INVALID', { option: 'now' })
  if (!(skewSeconds >= 0 && skewSeconds <= 300)) throw new LicenseError('LICENSE_OPTION_INVALID', { option: 'skewSeconds' })
  return now + skewSeconds
}

async function vouched<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof TrustError) throw new LicenseError('LICENSE_STATEMENT_REFUSED', { why: error.code }, { cause: error })
    throw error
  }
}
