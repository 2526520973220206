import { hash } from 'node:crypto'
import Type, { type TProperties } from 'typebox'
import { ApiError } from '../api-error.ts'
import type { Listing, Place, Slice } from '../listing.ts'
import { DEFAULT_LIMIT, PageQuery } from './page.ts'
import { Text } from './text.ts'

/** How the values compare that a list is sorted by. */
type Kind = 'text' | 'number'
type Sort<By extends string> = By | `-${By}`

/** The filter of a list by a part of its texts. */
export const Part = (of: string) => Type.Optional({ ...Text(100), description: `Part of ${of}, in capitals or not.` })

/**
 * A list with its filters and sorts: the query that its route takes, and how a page of it is read and answered.
 * @param sorts what it can be sorted by; its unique id is among them
 * @param first the sort where none is asked for
 */
export function listOf<By extends string, Filters extends TProperties>(
  sorts: Readonly<Record<By, Kind>>,
  filters: Filters,
  first: Sort<NoInfer<By>>,
  idKind: Kind = 'text',
) {
  const names = (Object.keys(sorts) as By[]).flatMap((name) => [name, `-${name}`] as const)
  const sort = Type.Unsafe<Sort<By>>({ type: 'string', enum: names, description: `\`-\`: descending. Default: \`${first}\`.` })
  const query = Type.Object({ ...PageQuery.properties, sort: Type.Optional(sort), ...filters }, { additionalProperties: false })

  const read = <Asked extends { limit?: number; after?: string; sort?: Sort<By> }>(request: Request<Asked>) => {
    const { limit = DEFAULT_LIMIT, after, sort: order = first, ...filter } = request.query
    const descending = order.startsWith('-')
    const by = (descending ? order.slice(1) : order) as By
    const cursors = cursorsOf([request.routeOptions.url, request.params ?? {}, order, Object.entries(filter).sort()], sorts[by], idKind)
    const listing: Listing<By> = { by, descending, after: cursors.open(after), limit }
    return {
      listing,
      filter,
      /** The part of an answer that a slice makes. */
      page: <Row, Shown>({ items, last }: Slice<Row>, shown: (row: Row) => Shown): { items: Shown[]; next?: string } => ({
        items: items.map((row) => shown(row)),
        ...cursors.next(last),
      }),
    }
  }
  return { query, read }
}

interface Request<Asked> {
  readonly query: Asked
  readonly params: unknown
  readonly routeOptions: { readonly url?: string | undefined }
}

/**
 * The cursors of one list. They are opaque to callers, and good for the list, the filters and the sort that they were given out for.
 * Whoever forges one names a place to begin at, and sees there what they would see anyway.
 * @param list what tells it from every other list; JSON
 */
export function cursorsOf(list: unknown, kind: Kind, idKind: Kind) {
  // Long enough that no honest mistake passes. Nothing is protected by it.
  const mark = hash('sha256', JSON.stringify(list), 'base64url').slice(0, 12)
  return {
    /** @throws {ApiError} CURSOR_INVALID */
    open(cursor: string | undefined): Place | undefined {
      if (cursor === undefined) return undefined
      try {
        const [own, value, id, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
        if (own === mark && rest.length === 0 && is(kind, value) && is(idKind, id)) return [value, id]
      } catch {
        // told apart from nothing below
      }
      throw new ApiError('CURSOR_INVALID')
    },
    /** @param last absent: there is no next page */
    next: (last: Place | undefined): { next?: string } =>
      last === undefined ? {} : { next: Buffer.from(JSON.stringify([mark, ...last])).toString('base64url') },
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL = /[\0-\x1f]/

/** What the store takes as such: a NUL or half a character would be a fault of it. */
function is(kind: Kind, value: unknown): value is string | number {
  return kind === 'text' ? typeof value === 'string' && value.isWellFormed() && !CONTROL.test(value) : Number.isSafeInteger(value)
}
