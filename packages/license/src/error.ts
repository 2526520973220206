import type { TrustErrorCode } from '@writ/trust'

interface Details {
  LICENSE_OPTION_INVALID: { option: string }
  LICENSE_TOO_LARGE: { length: number; limit: number }
  LICENSE_ARMOR_MALFORMED: { line: number } // counted from 1
  LICENSE_MALFORMED: { offset: number } // of the first bad character, line ends left aside
  LICENSE_HEADER_REFUSED: { member: string } // empty: the header as a whole
  LICENSE_ALGORITHM_REFUSED: undefined
  LICENSE_TYPE_REFUSED: undefined
  LICENSE_STATEMENT_REFUSED: { why: TrustErrorCode }
  LICENSE_KEY_UNKNOWN: { keyId: string }
  LICENSE_SIGNATURE_INVALID: undefined
  LICENSE_PAYLOAD_INVALID: { path: string }
  LICENSE_ISSUER_MISMATCH: undefined
  LICENSE_FROM_THE_FUTURE: { issuedAt: number } // epoch seconds
  LICENSE_NOT_LOGGED: { keyId: string; revokedAt: number; sha256: string } // epoch seconds; of the whole text, hex
  FILE_LOG_REFUSED: { why: TrustErrorCode | 'CONTENT_INVALID' | 'ISSUER_MISMATCH' }
  LICENSE_UNDECRYPTED: { why: 'KEY_MISSING' | 'OTHER_KEY' | 'ALTERED' | 'MALFORMED' | 'HEADER_REFUSED' | 'NO_LICENSE_FILE' }
  ENCRYPTION_KEY_MALFORMED: undefined
  DEVICE_MISMATCH: { binding: 'device_key' | 'fingerprint' | 'organization' | 'identity' }
}
export type LicenseErrorCode = keyof Details

const MESSAGES: Record<LicenseErrorCode, string> = {
  LICENSE_OPTION_INVALID: 'An option is missing or out of its range.',
  LICENSE_TOO_LARGE: 'The license file is larger than 64 KiB.',
  LICENSE_ARMOR_MALFORMED: 'The license file is not whole: a line is missing, added or changed.',
  LICENSE_MALFORMED: 'The license file does not hold a signed text.',
  LICENSE_HEADER_REFUSED: 'The header of the license file has a member that is missing, unknown or malformed.',
  LICENSE_ALGORITHM_REFUSED: 'The license file is not signed with EdDSA.',
  LICENSE_TYPE_REFUSED: 'This is signed, but it is no license file.',
  LICENSE_STATEMENT_REFUSED: 'The key that signed the license file is not vouched for by a pinned root.',
  LICENSE_KEY_UNKNOWN: 'The license file names another key than the one vouched for.',
  LICENSE_SIGNATURE_INVALID: 'The signature of the license file does not hold.',
  LICENSE_PAYLOAD_INVALID: 'The content of the license file is not valid.',
  LICENSE_ISSUER_MISMATCH: 'The license file names another authority than the one whose key signed it.',
  LICENSE_FROM_THE_FUTURE: 'The license file was issued later than now.',
  LICENSE_NOT_LOGGED:
    'The key that signed the license file was revoked, and nothing shows that the file was issued before. Give the signed list of the files of this key, which the authority has at /v1/signing-keys/{kid}/files, or get a new license file.',
  FILE_LOG_REFUSED: 'The list of issued license files does not hold. Get it anew from the authority.',
  LICENSE_UNDECRYPTED: 'The license file is encrypted, and is not opened by the key that was given, or by none.',
  ENCRYPTION_KEY_MALFORMED: 'This is no P-256 key for encrypting license files, in JWK form with exactly its members.',
  DEVICE_MISMATCH: 'The license file is bound to another device, organization or identity.',
}

/** The only error that verifying, reading and issuing license files throws. Branch on `code`: it is API. The message is not. */
export class LicenseError<Code extends LicenseErrorCode = LicenseErrorCode> extends Error {
  override readonly name = 'LicenseError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options) // fixed text, so no token, key or address can reach a log through it
    this.code = code
    this.details = details
  }
}

export const LICENSE_ERROR_CODES = Object.keys(MESSAGES) as readonly LicenseErrorCode[]
