import { queryOptions, useQueries } from '@tanstack/react-query'
import { answer, each } from '@writ/client'
import { type Answered, api } from './client.ts'
import { PAGE } from './pages.ts'

export type Organization = Answered<'readOrganization'>
export type Identity = Answered<'readIdentity'>
export type License = Answered<'readLicense'>
export type Resource = Answered<'readResource'>
export type Decision = Answered<'explain'>

/** A list that is short by its nature, whole; the limit is for the day on which it is not. */
async function some<T>(
  read: (query: { limit: number; after?: string }) => Promise<{ items: T[]; next?: string }>,
  most = 1_000,
): Promise<T[]> {
  const found: T[] = []
  for await (const item of each((after) => read({ limit: PAGE, ...(after !== undefined && { after }) }))) {
    found.push(item)
    if (found.length >= most) break
  }
  return found
}

export const organizationQuery = (id: string) =>
  queryOptions({
    queryKey: ['organizations', id],
    queryFn: ({ signal }) => answer(api.GET('/v1/organizations/{id}', { params: { path: { id } }, signal })),
  })

/** The names of organizations, by id; an id stands for itself until its name has come, or where the key may not read it. */
export function useTitles(ids: readonly string[]): (id: string) => string {
  const titles = useQueries({
    queries: ids.map(organizationQuery),
    combine: (results) => new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data.title]]))),
  })
  return (id) => titles.get(id) ?? id
}

export const identityQuery = (id: string) =>
  queryOptions({
    queryKey: ['identities', id],
    queryFn: ({ signal }) => answer(api.GET('/v1/identities/{id}', { params: { path: { id } }, signal })),
  })

export const licenseQuery = (id: string) =>
  queryOptions({
    queryKey: ['licenses', id],
    queryFn: ({ signal }) => answer(api.GET('/v1/licenses/{id}', { params: { path: { id } }, signal })),
  })

/** The licences of one organization or one holder. */
export const licensesOf = (of: { organization: string } | { holder: string }) =>
  queryOptions({
    queryKey: ['licenses', 'of', of],
    queryFn: ({ signal }) => some((query) => answer(api.GET('/v1/licenses', { params: { query: { ...query, ...of } }, signal }))),
  })

export const resourcesQuery = queryOptions({
  queryKey: ['resources'],
  queryFn: ({ signal }) => some((query) => answer(api.GET('/v1/resources', { params: { query }, signal })), 200),
})

export const grantsOf = (identity: string) =>
  queryOptions({
    queryKey: ['grants', identity],
    queryFn: ({ signal }) => some((query) => answer(api.GET('/v1/grants', { params: { query: { ...query, identity } }, signal }))),
  })

export const usageQuery = (license: string) =>
  queryOptions({
    queryKey: ['usage', license],
    queryFn: ({ signal }) => answer(api.GET('/v1/usage', { params: { query: { license } }, signal })),
  })

export const seatsOf = (license: string) =>
  queryOptions({
    queryKey: ['seats', license],
    queryFn: ({ signal }) => answer(api.GET('/v1/licenses/{id}/seats', { params: { path: { id: license } }, signal })),
  })
