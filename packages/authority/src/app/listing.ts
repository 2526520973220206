import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'

/** Where a page ended: the value that the list is sorted by, and the id, which tells equal values apart. */
export type Place = readonly [value: string | number, id: string | number]

/** One page of a list, as asked for. */
export interface Listing<By extends string = string> {
  readonly by: By
  readonly descending: boolean
  /** Exclusive. */
  readonly after: Place | undefined
  readonly limit: number
}

export interface Slice<Row> {
  readonly items: Row[]
  /** Where the next page begins, if this one is full. */
  readonly last: Place | undefined
}

/** What each sort compares: never null, text by byte, and with an index on it and the id. Sorting by the id itself needs no entry. */
export type Orders<By extends string> = Readonly<Partial<Record<By, RawBuilder<unknown>>>>

export interface SliceOptions<Row> {
  readonly orders?: Orders<string>
  /** The column that is unique, where it is not `id`. */
  readonly id?: string
  /** What only the caller can tell of a row. The query narrows as far as it can, or pages come out short. */
  readonly keep?: (row: Row) => boolean
}

interface PlacedRow {
  readonly place_value: string | number
  readonly place_id: string | number
}

const SIEVED_AT_ONCE = 500
/** Rows that one page looks at; then it ends, even with nothing on it, and the next goes on from there. */
const MOST_SIEVED = 5_000

/**
 * Reads one page of a query. It goes on from a place and not from a number of rows, so that what is written meanwhile neither repeats
 * nor hides another row, and the last page costs as much as the first.
 */
export async function slice<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  listing: Listing,
  { orders = {}, id = 'id', keep }: SliceOptions<Row> = {},
): Promise<Slice<Row>> {
  const key = sql.ref(id)
  const value = orders[listing.by]
  const direction = listing.descending ? 'desc' : 'asc'
  const beyond = sql.raw(listing.descending ? '<' : '>')
  const atOnce = keep === undefined ? listing.limit : Math.max(listing.limit, SIEVED_AT_ONCE)
  let ordered = query.select([sql<string | number>`${value ?? key}`.as('place_value'), sql<string | number>`${key}`.as('place_id')])
  if (value !== undefined) ordered = ordered.orderBy(value, direction)
  ordered = ordered.orderBy(key, direction).limit(atOnce)

  const items: Row[] = []
  let { after } = listing
  for (let looked = 0; looked < MOST_SIEVED; looked += atOnce) {
    const rows = (await (after === undefined ? ordered : ordered.where(isBeyond(after))).execute()) as unknown as PlacedRow[]
    for (const { place_value, place_id, ...rest } of rows) {
      after = [place_value, place_id]
      const row = rest as Row
      if (keep?.(row) === false) continue
      items.push(row)
      if (items.length === listing.limit) return { items, last: after }
    }
    if (rows.length < atOnce) return { items, last: undefined }
  }
  return { items, last: after }

  function isBeyond([from, last]: Place) {
    return value === undefined ? sql<boolean>`${key} ${beyond} ${last}` : sql<boolean>`(${value}, ${key}) ${beyond} (${from}, ${last})`
  }
}

/** Whether a text has another anywhere in it, whatever the case of either. A trigram index on the same expression makes it fast. */
export function contains(text: RawBuilder<unknown>, part: string): RawBuilder<boolean> {
  return sql<boolean>`${text} ILIKE ${`%${part.replace(/[\\%_]/g, '\\$&')}%`}`
}
