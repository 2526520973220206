import Type, { type TSchema } from 'typebox'
import { ApiError } from '../api-error.ts'

/** Of every list: at most `limit` items, those after a cursor that the page before gave. */
export const PageQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 512, description: 'The `next` of the page before.' })),
  },
  { additionalProperties: false },
)

export const DEFAULT_LIMIT = 50

export function Page<T extends TSchema>(item: T) {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String({ description: 'Absent on the last page. May lead to an empty one.' })),
  })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL = /[\0-\x1f]/

/** A cursor is opaque to callers, so that what a list is ordered by may change. */
export function encodeCursor(last: string | number): string {
  return Buffer.from(JSON.stringify([last])).toString('base64url')
}

/** @throws {ApiError} CURSOR_INVALID */
export function decodeCursor(cursor: string | undefined, kind: 'string'): string | undefined
export function decodeCursor(cursor: string | undefined, kind: 'number'): number | undefined
export function decodeCursor(cursor: string | undefined, kind: 'string' | 'number'): string | number | undefined {
  if (cursor === undefined) return undefined
  try {
    const [last] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown]
    // We give out ids alone, which hold no control character: a NUL would be a fault of the store.
    if (kind === 'string' ? typeof last === 'string' && !CONTROL.test(last) : Number.isSafeInteger(last)) return last as string | number
  } catch {
    // told apart from nothing below
  }
  throw new ApiError('CURSOR_INVALID')
}

/** The part of an answer that a list of rows makes. @param last what the next page comes after; absent: there is none */
export function page<T>(items: T[], last: string | number | undefined): { items: T[]; next?: string } {
  return last === undefined ? { items } : { items, next: encodeCursor(last) }
}
