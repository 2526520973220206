interface Details {
  REQUEST_INVALID: { errors: readonly FieldError[] }
  BODY_MALFORMED: undefined
  BODY_TOO_LARGE: undefined
  MEDIA_TYPE_UNSUPPORTED: undefined
  CREDENTIAL_INVALID: undefined
  SCOPE_MISSING: { scope: string }
  ROUTE_UNKNOWN: undefined
  INTERNAL: undefined
  CURSOR_INVALID: undefined
  PRECONDITION_FAILED: undefined
  IDEMPOTENCY_KEY_INVALID: undefined
  IDEMPOTENCY_KEY_REUSED: undefined
  IDEMPOTENCY_KEY_IN_USE: undefined
  SETUP_CODE_INVALID: undefined
  API_KEY_UNKNOWN: undefined
  API_KEY_TOO_WIDE: undefined
  ORGANIZATION_UNKNOWN: undefined
  ORGANIZATION_EXISTS: undefined
  RESOURCE_UNKNOWN: undefined
  RESOURCE_EXISTS: undefined
  CONSUME_ID_REUSED: undefined
}
export type ApiErrorCode = keyof Details

/** Where in the request, as a JSON pointer into the named part, and what is wrong there. Never the value. */
export interface FieldError {
  readonly in: 'body' | 'query' | 'path' | 'headers'
  readonly pointer: string
  readonly detail: string
}

export const STATUS = {
  REQUEST_INVALID: 400,
  BODY_MALFORMED: 400,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  CREDENTIAL_INVALID: 401,
  SCOPE_MISSING: 403,
  ROUTE_UNKNOWN: 404,
  INTERNAL: 500,
  CURSOR_INVALID: 400,
  PRECONDITION_FAILED: 412,
  IDEMPOTENCY_KEY_INVALID: 400,
  IDEMPOTENCY_KEY_REUSED: 422,
  IDEMPOTENCY_KEY_IN_USE: 409,
  SETUP_CODE_INVALID: 403,
  API_KEY_UNKNOWN: 404,
  API_KEY_TOO_WIDE: 403,
  ORGANIZATION_UNKNOWN: 404,
  ORGANIZATION_EXISTS: 409,
  RESOURCE_UNKNOWN: 404,
  RESOURCE_EXISTS: 409,
  CONSUME_ID_REUSED: 422,
} satisfies Record<ApiErrorCode, number>

export const TITLES: Record<ApiErrorCode, string> = {
  REQUEST_INVALID: 'The request does not have the expected form.',
  BODY_MALFORMED: 'The body is not JSON.',
  BODY_TOO_LARGE: 'The body is larger than this endpoint takes.',
  MEDIA_TYPE_UNSUPPORTED: 'The body must be application/json.',
  CREDENTIAL_INVALID: 'The request carries no valid credential.',
  SCOPE_MISSING: 'The credential does not have the scope that this needs.',
  ROUTE_UNKNOWN: 'There is nothing at this path with this method.',
  INTERNAL: 'Something went wrong on our side. The request id finds it in the log.',
  CURSOR_INVALID: 'The cursor was not given out by this endpoint.',
  PRECONDITION_FAILED: 'It has changed since it was read. Read it again and decide anew.',
  IDEMPOTENCY_KEY_INVALID: 'Idempotency-Key must be 1 to 255 printable ASCII characters.',
  IDEMPOTENCY_KEY_REUSED: 'This Idempotency-Key was used for another request.',
  IDEMPOTENCY_KEY_IN_USE: 'A request with this Idempotency-Key is under way.',
  SETUP_CODE_INVALID: 'The setup code is wrong, used, or too old, or setup is done.',
  API_KEY_UNKNOWN: 'There is no such API key.',
  API_KEY_TOO_WIDE: 'A credential cannot give more than it has.',
  ORGANIZATION_UNKNOWN: 'There is no such organization.',
  ORGANIZATION_EXISTS: 'There is an organization with this id already.',
  RESOURCE_UNKNOWN: 'There is no such resource.',
  RESOURCE_EXISTS: 'There is a resource with this id already.',
  CONSUME_ID_REUSED: 'This consume.id was used for another question.',
}

/** What a caller is told: sent as a problem (RFC 9457). Its texts are fixed, so that no key and nobody's data travels in them. */
export class ApiError<Code extends ApiErrorCode = ApiErrorCode> extends Error {
  override readonly name = 'ApiError'
  readonly code: Code
  readonly details: Details[Code] | undefined
  constructor(
    code: Code,
    ...rest: Details[Code] extends undefined ? [options?: ErrorOptions] : [details: Details[Code], options?: ErrorOptions]
  ) {
    const [first, second] = rest
    const hasDetails = NEEDS_DETAILS.has(code)
    super(TITLES[code], (hasDetails ? second : first) as ErrorOptions | undefined)
    this.code = code
    this.details = hasDetails ? (first as Details[Code]) : undefined
  }
}

const NEEDS_DETAILS: ReadonlySet<ApiErrorCode> = new Set(['REQUEST_INVALID', 'SCOPE_MISSING'])
