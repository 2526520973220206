import { useQuery, useQueryClient } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { useCallback, useEffect, useState } from 'react'
import { api } from './client.ts'

const ASK_MILLISECONDS = 4_000

export interface Live {
  readonly kind: 'live' | 'behind' | 'unreachable' | 'starting'
  /** Changes that came since what is on the page was read. */
  readonly fresh: number
  /** Since when nothing answers: epoch milliseconds. */
  readonly since: number | undefined
  /** Reads everything on the page again. */
  show(): void
}

/**
 * Follows the revision of the authority. What came meanwhile is announced, and shown when the reader wants it: a table must not move
 * under the pointer.
 */
export function useLive(): Live {
  const client = useQueryClient()
  const { data, isError, dataUpdatedAt } = useQuery({
    queryKey: LIVE,
    queryFn: ({ signal }) => answer(api.GET('/readyz', { signal })),
    refetchInterval: ASK_MILLISECONDS,
    retry: false,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const revision = data?.revision
  const [seen, setSeen] = useState<number>()
  useEffect(() => {
    if (seen === undefined && revision !== undefined) setSeen(revision)
  }, [seen, revision])
  const show = useCallback(() => {
    setSeen(client.getQueryData<{ revision?: number }>(LIVE)?.revision)
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== LIVE[0] })
  }, [client])
  useEffect(() => {
    // What this page did itself it has read again already.
    const heard = () =>
      void client.fetchQuery({ queryKey: LIVE, queryFn: () => answer(api.GET('/readyz')), staleTime: 0 }).then(show, () => {})
    ours.add(heard)
    return () => void ours.delete(heard)
  }, [client, show])

  const kind = isError ? 'unreachable' : data === undefined ? 'starting' : data.status === 'ready' ? 'live' : 'behind'
  const fresh = revision === undefined || seen === undefined ? 0 : Math.max(0, revision - seen)
  return { kind, fresh, since: isError ? dataUpdatedAt : undefined, show }
}

const LIVE = ['live'] as const
const ours = new Set<() => void>()

/** Says that this page has changed something: all that it shows is read again. */
export function changed(): void {
  for (const heard of ours) heard()
}
