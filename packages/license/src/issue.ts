import { armor, type Signer, signJws, type TrustedRoot } from '@writ/trust'
import { type LicenseClaims, readClaims } from './claims.ts'
import { asLicenseError, LICENSE_JWS, LICENSE_LABEL } from './license-jws.ts'
import { verifyLicenseFile } from './verify.ts'

export interface IssueOptions {
  /** The license signing key: not the root, and used for nothing else. */
  readonly key: Signer
  /** The key statement of that key, signed by the root; the file carries it. */
  readonly statement: string
  /** The roots that customers pin. The finished file is verified under them: nobody is handed a file that would not verify. */
  readonly roots: readonly TrustedRoot[]
}

/**
 * Signs a license file.
 * @returns ASCII text, lines of 64 characters, LF, at most 64 KiB
 * @throws {LicenseError} LICENSE_PAYLOAD_INVALID, LICENSE_TOO_LARGE, LICENSE_STATEMENT_REFUSED, LICENSE_KEY_UNKNOWN, LICENSE_ISSUER_MISMATCH
 */
export async function issueLicenseFile(claims: LicenseClaims, options: IssueOptions): Promise<string> {
  readClaims(new TextEncoder().encode(JSON.stringify(claims)))
  const jws = await signJws(claims, options.key, LICENSE_JWS, { key_statement: options.statement }).catch((error: unknown) => {
    throw asLicenseError(error)
  })
  const file = armor(LICENSE_LABEL, jws)
  await verifyLicenseFile(file, { roots: options.roots, now: claims.iat, skewSeconds: 0 })
  return file
}
