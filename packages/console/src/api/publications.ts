import { queryOptions } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { type Answered, api } from './client.ts'
import type { Me } from './me.ts'

export type Publication = Answered<'listAllPublications'>['items'][number]
export type WholePublication = Answered<'readPublication'>

/** What waits for sign-offs, of products too that are not there before they are signed off; the latest first. */
export const waitingQuery = queryOptions({
  queryKey: ['publications', 'waiting'],
  refetchInterval: 60_000,
  queryFn: ({ signal }) => answer(api.GET('/v1/publications', { params: { query: { waiting: true, limit: 100 } }, signal })),
})

/** What there is and was, the latest first. */
export const publicationsQuery = queryOptions({
  queryKey: ['publications', 'all'],
  queryFn: ({ signal }) => answer(api.GET('/v1/publications', { params: { query: { limit: 50 } }, signal })),
})

export const publicationQuery = (product: string, id: string) =>
  queryOptions({
    queryKey: ['publications', product, id],
    queryFn: ({ signal }) => answer(api.GET('/v1/products/{product}/publications/{id}', { params: { path: { product, id } }, signal })),
  })

/** What is read. Which number it gets is known once it is published: staged editions may come between. */
export function publicationName({ title, base, edition }: Pick<Publication, 'title' | 'base' | 'edition'>): string {
  if (edition !== undefined) return `${title}, edition ${edition}`
  return base === 0 ? `${title}, its first edition` : `${title}, the edition after ${base}`
}

/** The roles in which a reader could sign it off now, or would be told why not. */
export function rolesToSign({ waits_for: waits, sign_offs: signed, identity: asker }: Publication, me: Me | undefined): string[] {
  const own = me?.identity
  if (own === undefined || own.id === asker || signed.some(({ identity }) => identity === own.id)) return []
  return waits.filter((role) => own.roles.includes(role))
}
