import { ApiError } from './api-error.ts'

/** A member of the body that the schema lets through and the rules do not. @param detail what it must be, never what it is */
export function unfit(pointer: string, detail: string): ApiError {
  return new ApiError('REQUEST_INVALID', { errors: [{ in: 'body', pointer, detail }] })
}
