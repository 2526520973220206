import { type Instant, parseInstant } from '@writ/engine'
import { ApiError } from '../api-error.ts'

/**
 * Reads an instant of a request. @param pointer where it stands, RFC 6901
 * @throws {ApiError} REQUEST_INVALID for what is no RFC 3339 instant, or one before 1970
 */
export function instantIn<T extends string | undefined>(
  text: T,
  pointer: string,
  part: 'body' | 'query' = 'body',
): Instant | (T & undefined) {
  if (text === undefined) return undefined as T & undefined
  const instant = parseInstant(text)
  if (instant !== undefined && instant >= 0) return instant
  throw new ApiError('REQUEST_INVALID', { errors: [{ in: part, pointer, detail: 'must be an RFC 3339 instant, 1970 or later' }] })
}
