import type { TrustErrorCode } from '@writ/trust'

interface Details {
  RECEIPT_OPTION_INVALID: { option: string }
  /** Cut off, altered, of another type or algorithm: `why` says which. */
  RECEIPT_UNREADABLE: { why: TrustErrorCode }
  RECEIPT_STATEMENT_REFUSED: { why: TrustErrorCode }
  RECEIPT_KEY_UNKNOWN: { keyId: string }
  RECEIPT_SIGNATURE_INVALID: undefined
  /** Of the first fault; empty: the content as a whole. */
  RECEIPT_PAYLOAD_INVALID: { path: string }
  RECEIPT_ISSUER_MISMATCH: undefined
  RECEIPT_FROM_THE_FUTURE: { issuedAt: number } // epoch seconds
}
export type UsageReceiptErrorCode = keyof Details

const MESSAGES: Record<UsageReceiptErrorCode, string> = {
  RECEIPT_OPTION_INVALID: 'An option is missing or out of its range.',
  RECEIPT_UNREADABLE: 'This is no whole usage receipt.',
  RECEIPT_STATEMENT_REFUSED: 'The key that signed the receipt is not vouched for by a pinned root, or not for receipts.',
  RECEIPT_KEY_UNKNOWN: 'The receipt names another key than the one vouched for.',
  RECEIPT_SIGNATURE_INVALID: 'The signature of the receipt does not hold.',
  RECEIPT_PAYLOAD_INVALID: 'The content of the receipt is not valid.',
  RECEIPT_ISSUER_MISMATCH: 'The receipt names another authority than the one whose key signed it.',
  RECEIPT_FROM_THE_FUTURE: 'The receipt was issued later than now.',
}

/** What is wrong with a usage receipt. Branch on `code`: it is API. The message is not. */
export class UsageReceiptError<Code extends UsageReceiptErrorCode = UsageReceiptErrorCode> extends Error {
  override readonly name = 'UsageReceiptError'
  readonly code: Code
  readonly details: Details[Code]
  constructor(code: Code, details: Details[Code], options?: ErrorOptions) {
    super(MESSAGES[code], options)
    this.code = code
    this.details = details
  }
}

export const USAGE_RECEIPT_ERROR_CODES = Object.keys(MESSAGES) as readonly UsageReceiptErrorCode[]
