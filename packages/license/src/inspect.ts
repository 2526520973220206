import { exposeUnverifiedPayload, type Json, KEY_STATEMENT, parseStrictJson, readJws } from '@writ/trust'
import { type LicenseClaims, MAX_FILE_LENGTH, readClaims } from './claims.ts'
import { LicenseError, type LicenseErrorCode } from './error.ts'
import { readLicenseFile } from './license-jws.ts'

/** What a file says of itself. Nobody has checked a signature: anybody may have written every word of it. */
export interface UnverifiedLicense {
  readonly verified: false
  /** The key that the file says signed it. */
  readonly keyId: string
  /** The root that the statement inside says signed it; absent when that is not readable. */
  readonly rootId?: string
  /** As written, of whatever shape. */
  readonly unverifiedStatement?: Json
  readonly unverifiedPayload?: Json
  /** The payload, if it has the shape of claims. */
  readonly unverifiedClaims?: LicenseClaims
  /** What made the payload unreadable. */
  readonly fault?: LicenseErrorCode
}

/**
 * Shows a license file to a support person, also one that does not verify. Never decide anything by it.
 * @throws {LicenseError} when not even armour and header can be read
 */
export function inspectLicenseFile(text: string): UnverifiedLicense {
  const file = readLicenseFile(text)
  const { kid, json } = statementOf(file.statement)
  const shown = {
    verified: false,
    keyId: file.kid,
    ...(kid && { rootId: kid }),
    ...(json !== undefined && { unverifiedStatement: json }),
  } as const
  const payload = attempt(() => exposeUnverifiedPayload(file))
  const content = payload && attempt(() => parseStrictJson(payload, { maxBytes: MAX_FILE_LENGTH, maxDepth: 8 }))
  if (payload === undefined || content === undefined) return { ...shown, fault: 'LICENSE_PAYLOAD_INVALID' }
  try {
    return { ...shown, unverifiedPayload: content, unverifiedClaims: readClaims(payload) }
  } catch (error) {
    if (!(error instanceof LicenseError)) throw error
    return { ...shown, unverifiedPayload: content, fault: error.code }
  }
}

function statementOf(text: string): { kid?: string; json?: Json } {
  const jws = attempt(() => readJws(text, KEY_STATEMENT))
  if (jws === undefined) return {}
  const json = attempt(() => parseStrictJson(exposeUnverifiedPayload(jws), { maxBytes: KEY_STATEMENT.maxLength, maxDepth: 3 }))
  return { kid: jws.kid, ...(json !== undefined && { json }) }
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined // only TrustError comes out of these readers; what cannot be read is not shown
  }
}
