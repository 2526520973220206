import { ApiError, type FieldError } from './api-error.ts'

/** What the schema lets through and the rules do not. @param detail what it must be, never what it is */
export function unfit(pointer: string, detail: string, part: FieldError['in'] = 'body'): ApiError {
  return new ApiError('REQUEST_INVALID', { errors: [{ in: part, pointer, detail }] })
}
