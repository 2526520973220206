import type { Outage } from './decision.ts'

interface Details {
  OPTION_INVALID: { readonly option: string }
  QUESTION_INVALID: { readonly member: string }
  PRODUCT_NEEDED: undefined
  BATCH_TOO_LARGE: { readonly most: number }
  CREDENTIAL_REFUSED: undefined
  SCOPE_MISSING: { readonly scope: string | undefined }
  ASKED_TOO_FAST: { readonly retryAfterSeconds: number | undefined }
  QUESTION_REFUSED: { readonly status: number; readonly code: string; readonly pointers: readonly string[] }
  ANSWER_MALFORMED: undefined
  AUTHORITY_UNPROVEN: { readonly why: string }
  NOT_RESERVED: undefined
  NOT_SETTLED: { readonly outage: Outage }
  USAGE_INVALID: { readonly member: string }
  USAGE_NOT_SENT: { readonly outage: Outage }
  SPOOL_FULL: { readonly bytes: number }
  SPOOL_LOCKED: { readonly pid: number; readonly host: string }
  SPOOL_UNWRITABLE: { readonly why: string }
  SPOOL_CLOSED: undefined
  SPOOL_DAMAGED: { readonly bytes: number }
  NO_TOKEN: { readonly outage: Outage }
  NO_STATUS_LIST: { readonly uri: string }
  STAMP_REFUSED: { readonly why: string }
  NO_KEY_SET: { readonly uri: string }
}
export type WritErrorCode = keyof Details

const MESSAGES: Record<WritErrorCode, string> = {
  OPTION_INVALID: 'An option is missing or out of its range.',
  QUESTION_INVALID: 'A member of the question cannot be asked like this.',
  PRODUCT_NEEDED: 'This needs the product that `writ terms types` writes, given as the option `product`.',
  BATCH_TOO_LARGE: 'A batch takes fewer questions.',
  CREDENTIAL_REFUSED: 'The authority does not know this key, or it was revoked.',
  SCOPE_MISSING: 'The key does not have the scope that this needs.',
  ASKED_TOO_FAST: 'The key asks more often than the authority lets it.',
  QUESTION_REFUSED: 'The authority was reached, and did not take the question.',
  ANSWER_MALFORMED: 'What answered is not an authority, or not one of this version.',
  AUTHORITY_UNPROVEN: 'The certificate of the authority does not hold.',
  NO_TOKEN: 'Nobody answered, so there is no token.',
  NO_STATUS_LIST: 'The status list cannot be had from where the license file says it is.',
  STAMP_REFUSED: 'What proves how fresh the facts are does not hold: somebody may stand between here and the authority.',
  NO_KEY_SET: 'What the authority says of its keys cannot be had.',
  NOT_RESERVED: 'Nothing was reserved, so there is nothing to settle.',
  NOT_SETTLED: 'Nobody answered, so it is not known whether this was counted. Settle the same amount again.',
  USAGE_INVALID: 'A member of the usage is not as the authority takes it.',
  USAGE_NOT_SENT: 'Nobody answered. What was recorded is kept, and sent later.',
  SPOOL_FULL: 'The spool holds as much as it may, and nothing in it is overwritten. This is not recorded.',
  SPOOL_LOCKED: 'Another process has this spool folder. Give each process its own.',
  SPOOL_UNWRITABLE: 'The disk does not take it. This is not recorded.',
  SPOOL_CLOSED: 'The spool is closed.',
  SPOOL_DAMAGED: 'A part of the spool is damaged. It was kept aside, and what is whole is sent.',
}

/**
 * What is wrong in the application, its key or its surroundings; the answer "no" is {@link Refused}, and an outage is an answer too.
 * Branch on `code`: it is API. The message is fixed, so that no key and nobody's data reaches a log through it.
 */
export class WritError<Code extends WritErrorCode = WritErrorCode> extends Error {
  override readonly name = 'WritError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options)
    this.code = code
    this.details = details
  }
}

export const WRIT_ERROR_CODES = Object.keys(MESSAGES) as readonly WritErrorCode[]
