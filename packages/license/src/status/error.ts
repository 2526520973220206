import type { TrustErrorCode } from '@writ/trust'

interface Details {
  STATUS_TOO_LARGE: { length: number; limit: number }
  STATUS_MALFORMED: { why: TrustErrorCode }
  STATUS_TYPE_REFUSED: undefined
  STATUS_KEY_REFUSED: { why: TrustErrorCode }
  STATUS_SIGNATURE_INVALID: undefined
  STATUS_PAYLOAD_INVALID: { path: string }
  STATUS_LIST_INVALID: undefined
  STATUS_ISSUER_MISMATCH: undefined
  STATUS_SUBJECT_MISMATCH: undefined
  STATUS_FROM_THE_FUTURE: { issuedAt: number } // epoch seconds
  STATUS_EXPIRED: { expiredAt: number } // epoch seconds
  STATUS_OLDER: { issuedAt: number; seen: number } // epoch seconds
  STATUS_INDEX_UNKNOWN: { index: number }
}
export type StatusErrorCode = keyof Details

const MESSAGES: Record<StatusErrorCode, string> = {
  STATUS_TOO_LARGE: 'The status list is larger than 1 MiB.',
  STATUS_MALFORMED: 'This is no signed status list.',
  STATUS_TYPE_REFUSED: 'This is signed, but it is no status list.',
  STATUS_KEY_REFUSED: 'The key that signed the status list is not vouched for by a pinned root.',
  STATUS_SIGNATURE_INVALID: 'The signature of the status list does not hold.',
  STATUS_PAYLOAD_INVALID: 'The content of the status list is not valid.',
  STATUS_LIST_INVALID: 'The list inside of the status list does not unpack.',
  STATUS_ISSUER_MISMATCH: 'The status list is of another authority.',
  STATUS_SUBJECT_MISMATCH: 'This is another status list than the one that is named.',
  STATUS_FROM_THE_FUTURE: 'The status list was issued later than now.',
  STATUS_EXPIRED: 'The status list is over: get a newer one.',
  STATUS_OLDER: 'A newer status list was seen before.',
  STATUS_INDEX_UNKNOWN: 'The status list has no such place.',
}

/** The only error that issuing, verifying and reading status lists throws. Branch on `code`: it is API. The message is fixed. */
export class StatusError<Code extends StatusErrorCode = StatusErrorCode> extends Error {
  override readonly name = 'StatusError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options)
    this.code = code
    this.details = details
  }
}

export const STATUS_ERROR_CODES = Object.keys(MESSAGES) as readonly StatusErrorCode[]
