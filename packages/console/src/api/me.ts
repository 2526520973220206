import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { api } from './client.ts'
import { type Me, type Permission, whyNot } from './why-not.ts'

export type { Me }

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answer(api.GET('/v1/me', { signal })),
  staleTime: 60_000,
})

/**
 * Says why the reader may not do something; `undefined`: they may, or it is not known yet. It is for showing: what is done is judged by the
 * authority, whatever the page shows.
 */
export function useMay(): (permission: Permission) => string | undefined {
  const { data } = useQuery(meQuery)
  return (permission) => (data === undefined ? undefined : whyNot(data, permission))
}

/** Whether the reader is known to be permitted: what would only be refused is not asked. */
export function useKnownMay(permission: Permission): boolean {
  const { data } = useQuery(meQuery)
  return data !== undefined && whyNot(data, permission) === undefined
}
