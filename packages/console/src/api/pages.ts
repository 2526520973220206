import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'

interface OnePage<T> {
  readonly items: readonly T[]
  readonly next?: string
}

/** The most that a page of the API has. */
export const PAGE = 200

/** A list of any length, a page at a time as a table asks for more. @param read one page, from a cursor */
export function usePages<T>(key: QueryKey, read: (after: string | undefined, signal: AbortSignal) => Promise<OnePage<T>>) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  })
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, error, refetch } = query
  const rows = data?.pages.flatMap(({ items }) => items)
  return { data: rows, error, refetch, loading: isFetchingNextPage, more: hasNextPage ? () => void fetchNextPage() : undefined }
}

/** A cursor, where there is one. */
export function from(after: string | undefined): { limit: number; after?: string } {
  return { limit: PAGE, ...(after !== undefined && { after }) }
}

/** What of a filter is given: the rest is not sent. */
export function given<T extends object>(filter: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as never
}
