import type { TrustErrorCode } from '@writ/trust'

interface Details {
  TOKEN_TOO_LARGE: { length: number; limit: number }
  TOKEN_MALFORMED: { why: TrustErrorCode }
  TOKEN_TYPE_REFUSED: undefined
  TOKEN_KEY_UNKNOWN: { keyId: string }
  TOKEN_KEY_REFUSED: { why: TrustErrorCode }
  TOKEN_SIGNATURE_INVALID: undefined
  TOKEN_PAYLOAD_INVALID: { path: string }
  TOKEN_ISSUER_MISMATCH: undefined
  TOKEN_AUDIENCE_REFUSED: undefined
  TOKEN_EXPIRED: { expiredAt: number } // epoch seconds
  TOKEN_FROM_THE_FUTURE: { issuedAt: number } // epoch seconds
  TOKEN_REVOKED: undefined
  DPOP_MISSING: undefined
  DPOP_INVALID: { member: string }
  DPOP_REPLAYED: undefined
}
export type TokenErrorCode = keyof Details

const MESSAGES: Record<TokenErrorCode, string> = {
  TOKEN_TOO_LARGE: 'The entitlement token is larger than 16 KiB.',
  TOKEN_MALFORMED: 'This is no signed token.',
  TOKEN_TYPE_REFUSED: 'This is signed, but it is no entitlement token.',
  TOKEN_KEY_UNKNOWN: 'The root says nothing of the key that signed the entitlement token.',
  TOKEN_KEY_REFUSED: 'The key that signed the entitlement token may not, or no longer.',
  TOKEN_SIGNATURE_INVALID: 'The signature of the entitlement token does not hold.',
  TOKEN_PAYLOAD_INVALID: 'The content of the entitlement token is not valid.',
  TOKEN_ISSUER_MISMATCH: 'The entitlement token names another authority than the one whose key signed it.',
  TOKEN_AUDIENCE_REFUSED: 'The entitlement token is meant for somebody else.',
  TOKEN_EXPIRED: 'The entitlement token is over.',
  TOKEN_FROM_THE_FUTURE: 'The entitlement token was issued later than now.',
  TOKEN_REVOKED: 'The identity or the licence of the entitlement token was suspended or revoked.',
  DPOP_MISSING: 'The entitlement token is bound to a key, and the request does not prove that it holds that key.',
  DPOP_INVALID: 'The DPoP proof of the request does not hold.',
  DPOP_REPLAYED: 'The DPoP proof of the request was used before.',
}

/** The only error that issuing and verifying entitlement tokens throws. Branch on `code`: it is API. The message is fixed. */
export class TokenError<Code extends TokenErrorCode = TokenErrorCode> extends Error {
  override readonly name = 'TokenError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options)
    this.code = code
    this.details = details
  }
}

export const TOKEN_ERROR_CODES = Object.keys(MESSAGES) as readonly TokenErrorCode[]
