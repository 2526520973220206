import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, answer, createClient } from '@writ/client'
import { useCallback, useEffect, useState } from 'react'

const ASK_MILLISECONDS = 4_000
const LONGEST_MILLISECONDS = 15_000

export interface Live {
  /** `halted`: it answers, and its database does not. */
  readonly kind: 'live' | 'unreachable' | 'halted' | 'starting'
  /** Changes that came since what is on the page was read. */
  readonly fresh: number
  /** Since when nothing answers: epoch milliseconds. */
  readonly since: number | undefined
  /** Asks at once whether it answers again. */
  ask(): void
  /** Whether it is asked at this moment. */
  readonly asking: boolean
  /** Reads everything on the page again. */
  show(): void
}

/** Asks by itself again and again, so one attempt of it is short and not repeated. */
const pulse = createClient({ url: location.origin, fetch: (request) => fetch(request), timeoutMilliseconds: 5_000, retries: 0 })
/** Attempts in a row that nobody answered. */
let missed = 0

async function beat(signal?: AbortSignal) {
  try {
    const health = await answer(pulse.GET('/readyz', signal === undefined ? {} : { signal }))
    missed = 0
    return health
  } catch (error) {
    missed++
    throw error
  }
}

/**
 * Follows the revision of the authority. What came meanwhile is announced, and shown when the reader wants it: a table must not move
 * under the pointer. While nothing answers it is asked more and more seldom; once something does, all that is shown is read again.
 */
export function useLive(): Live {
  const client = useQueryClient()
  const { data, error, isError, isFetching, dataUpdatedAt, refetch } = useQuery({
    queryKey: LIVE,
    queryFn: ({ signal }) => beat(signal),
    refetchInterval: () => Math.min(LONGEST_MILLISECONDS, ASK_MILLISECONDS * 2 ** Math.max(0, missed - 1)),
    refetchIntervalInBackground: false,
    refetchOnReconnect: 'always',
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
    const heard = () => void client.fetchQuery({ queryKey: LIVE, queryFn: () => beat(), staleTime: 0 }).then(show, () => {})
    ours.add(heard)
    return () => void ours.delete(heard)
  }, [client, show])
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (isError) return setLost(true)
    if (!lost || data === undefined) return
    setLost(false)
    show()
  }, [isError, lost, data, show])

  const halted = error instanceof ApiProblem && error.status !== undefined
  const kind = isError ? (halted ? 'halted' : 'unreachable') : data === undefined ? 'starting' : 'live'
  const fresh = revision === undefined || seen === undefined ? 0 : Math.max(0, revision - seen)
  return { kind, fresh, since: isError ? dataUpdatedAt : undefined, ask: () => void refetch(), asking: isFetching, show }
}

const LIVE = ['live'] as const
const ours = new Set<() => void>()

/** Says that this page has changed something: all that it shows is read again. */
export function changed(): void {
  for (const heard of ours) heard()
}
