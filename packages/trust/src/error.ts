import type { JsonFault } from './strict-json.ts'

interface Details {
  OPTION_INVALID: { option: string }
  ED25519_UNSUPPORTED: undefined
  KEY_MALFORMED: undefined
  JSON_REFUSED: { offset: number; why: JsonFault }
  ARMOR_TOO_LARGE: { length: number; limit: number }
  ARMOR_MALFORMED: { line: number } // counted from 1
  JWS_TOO_LARGE: { length: number; limit: number }
  JWS_MALFORMED: { offset: number } // index of the first bad character
  JWS_ALGORITHM_REFUSED: undefined
  JWS_TYPE_REFUSED: undefined
  JWS_HEADER_REFUSED: { member: string } // empty: the header as a whole
  SIGNATURE_INVALID: undefined
  ROOT_UNKNOWN: { keyId: string }
  STATEMENT_INVALID: { path: string }
  STATEMENT_KEY_MISMATCH: undefined
  STATEMENT_ISSUER_MISMATCH: undefined
  STATEMENT_USE_REFUSED: undefined
  STATEMENT_PRODUCT_REFUSED: undefined
  STATEMENT_NOT_IN_FORCE: { from: number; until: number } // epoch seconds, half-open
  STATEMENT_REVOKED: { revokedAt: number } // epoch seconds
  KEY_SET_INVALID: { path: string }
  PASSPHRASE_TOO_SHORT: { minimum: number }
  BACKUP_MALFORMED: undefined
  BACKUP_PASSPHRASE_WRONG: undefined
}
export type TrustErrorCode = keyof Details

const MESSAGES: Record<TrustErrorCode, string> = {
  OPTION_INVALID: 'An option is missing or out of its range.',
  ED25519_UNSUPPORTED: 'This runtime has no Ed25519 in Web Crypto.',
  KEY_MALFORMED: 'This is not an Ed25519 key in JWK form.',
  JSON_REFUSED: 'The JSON is malformed, repeats a member, or is larger or deeper than allowed.',
  ARMOR_TOO_LARGE: 'The armoured text is larger than allowed.',
  ARMOR_MALFORMED: 'The armoured text is not whole: a line is missing, added or changed.',
  JWS_TOO_LARGE: 'The signed text is larger than allowed.',
  JWS_MALFORMED: 'The signed text is not three parts of canonical base64url.',
  JWS_ALGORITHM_REFUSED: 'The signature algorithm is not EdDSA.',
  JWS_TYPE_REFUSED: 'The signed text is of another type than the one asked for.',
  JWS_HEADER_REFUSED: 'The header has a member that is missing, unknown or malformed.',
  SIGNATURE_INVALID: 'The signature does not hold.',
  ROOT_UNKNOWN: 'The key statement is signed by a root that is not pinned here.',
  STATEMENT_INVALID: 'The key statement is signed but its content is not valid.',
  STATEMENT_KEY_MISMATCH: 'The key statement names another key than the one it carries.',
  STATEMENT_ISSUER_MISMATCH: 'The key statement is issued in the name of another authority.',
  STATEMENT_USE_REFUSED: 'The stated key is for another use.',
  STATEMENT_PRODUCT_REFUSED: 'The stated key is not for this product.',
  STATEMENT_NOT_IN_FORCE: 'The key statement was not in force at that time.',
  STATEMENT_REVOKED: 'The stated key was revoked at or before that time.',
  KEY_SET_INVALID: 'The key set document is not valid.',
  PASSPHRASE_TOO_SHORT: 'The passphrase is too short.',
  BACKUP_MALFORMED: 'This is not a whole root key backup.',
  BACKUP_PASSPHRASE_WRONG: 'The passphrase is wrong, or the backup was altered.',
}

/** The only error this package throws. Branch on `code`: it is API. The message is not. */
export class TrustError<Code extends TrustErrorCode = TrustErrorCode> extends Error {
  override readonly name = 'TrustError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options) // fixed text, so no token, key or address can reach a log through it
    this.code = code
    this.details = details
  }
}

export const TRUST_ERROR_CODES = Object.keys(MESSAGES) as readonly TrustErrorCode[]

export function isTrustError<Code extends TrustErrorCode>(error: unknown, code: Code): error is TrustError<Code> {
  return error instanceof TrustError && error.code === code
}
