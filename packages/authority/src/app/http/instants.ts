import { type Instant, parseInstant } from '@writ/engine'
import Type from 'typebox'
import { ApiError, type FieldError } from '../api-error.ts'

/**
 * Reads an instant of a request. @param pointer where it stands, RFC 6901
 * @throws {ApiError} REQUEST_INVALID for what is no RFC 3339 instant, or one before 1970
 */
export function instantIn<T extends string | undefined>(
  text: T,
  pointer: string,
  part: FieldError['in'] = 'body',
): Instant | (T & undefined) {
  if (text === undefined) return undefined as T & undefined
  const instant = parseInstant(text)
  if (instant !== undefined && instant >= 0) return instant
  throw new ApiError('REQUEST_INVALID', { errors: [{ in: part, pointer, detail: 'must be an RFC 3339 instant, 1970 or later' }] })
}

export const Time = Type.String({ format: 'date-time', maxLength: 40 })

/** The part of a query that bounds a search in time. */
export const RangeQuery = {
  from: Type.Optional({ ...Time, description: 'Inclusive, RFC 3339.' }),
  to: Type.Optional({ ...Time, description: 'Exclusive, RFC 3339.' }),
}

export interface Range {
  /** Inclusive. */
  readonly from?: Instant
  /** Exclusive. */
  readonly to?: Instant
}

/** @throws {ApiError} REQUEST_INVALID */
export function rangeIn({ from, to }: { from?: string; to?: string }): Range {
  return {
    ...(from !== undefined && { from: instantIn(from, '/from', 'query') }),
    ...(to !== undefined && { to: instantIn(to, '/to', 'query') }),
  }
}
