import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { DAY } from '../parts/when.ts'
import { api } from './client.ts'

/** Live numbers: asked again while the page is open. */
const LIVE = { refetchInterval: 15_000, placeholderData: keepPreviousData } as const

export const summaryQuery = queryOptions({
  queryKey: ['overview', 'licenses'],
  queryFn: ({ signal }) => answer(api.GET('/v1/license-summary', { signal })),
})

/** Licences that end within some days, the soonest first. */
export const endingsQuery = (days: number, now: number) =>
  queryOptions({
    queryKey: ['overview', 'endings', days, Math.floor(now / DAY)],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/v1/license-endings', { params: { query: { limit: 200, until: new Date(now + days * DAY).toISOString() } }, signal }),
      ),
  })

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

export const endingDaysQuery = (now: number) =>
  queryOptions({
    queryKey: ['overview', 'days', Math.floor(now / DAY)],
    queryFn: ({ signal }) => answer(api.GET('/v1/license-endings/days', { params: { query: { zone } }, signal })),
  })

/** Refusals of the last 24 hours by reason, hour by hour. */
export const refusalsQuery = queryOptions({
  ...LIVE,
  queryKey: ['overview', 'refusals'],
  queryFn: ({ signal }) => answer(api.GET('/v1/decisions/summary', { params: { query: { parts: 24 } }, signal })),
})

export const limitsQuery = (organization?: string) =>
  queryOptions({
    ...LIVE,
    queryKey: ['overview', 'limits', organization],
    queryFn: ({ signal }) =>
      answer(api.GET('/v1/usage/limits', { params: { query: { limit: 8, ...(organization !== undefined && { organization }) } }, signal })),
  })

/** What was done since a time, the latest first. */
export const doneSince = (from: string) =>
  queryOptions({
    queryKey: ['overview', 'done', from],
    queryFn: ({ signal }) => answer(api.GET('/v1/audit', { params: { query: { from, limit: 40 } }, signal })),
  })
