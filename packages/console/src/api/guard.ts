import { queryOptions } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { type Answered, api } from './client.ts'

export type Parked = Answered<'readParkedChange'>

/** What will happen by itself in the next 90 days. It looks at everybody, and is not asked for all the time. */
export const forecastQuery = queryOptions({
  queryKey: ['overview', 'forecast'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => answer(api.POST('/v1/impact', { body: {}, signal })),
})

/** What waits for a second person, the latest first. */
export const parkedQuery = queryOptions({
  queryKey: ['parked-changes'],
  refetchInterval: 60_000,
  queryFn: ({ signal }) => answer(api.GET('/v1/parked-changes', { params: { query: { state: 'waiting', limit: 50 } }, signal })),
})
