import { queryOptions } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { api } from './client.ts'
import type { Contract } from './contract.ts'

export interface SoldProduct {
  readonly id: string
  readonly title: string
  readonly edition: number
  readonly contract: Contract
}

async function withTerms(product: { id: string; title: string; newest_edition: number }, signal: AbortSignal): Promise<SoldProduct> {
  const { id, title, newest_edition: edition } = product
  const path = { product: id, edition }
  const { terms } = await answer(api.GET('/v1/products/{product}/editions/{edition}', { params: { path }, signal }))
  return { id, title, edition, contract: JSON.parse(terms) as Contract }
}

/** Every product with the terms of its newest edition. */
export const productsQuery = queryOptions({
  queryKey: ['products'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<readonly SoldProduct[]> => {
    const { items } = await answer(api.GET('/v1/products', { params: { query: { limit: 200 } }, signal }))
    return Promise.all(items.map((item) => withTerms(item, signal)))
  },
})

/** What the authority has for itself: the organization of who runs it, and the product whose features are its own. Neither is listed. */
export const OWN = 'writ'
export const ownProductQuery = queryOptions({
  queryKey: ['products', OWN],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) =>
    withTerms(await answer(api.GET('/v1/products/{product}', { params: { path: { product: OWN } }, signal })), signal),
})

/** The terms of one edition. */
export const editionQuery = (product: string, edition: number) =>
  queryOptions({
    queryKey: ['editions', product, edition],
    staleTime: Number.POSITIVE_INFINITY, // an edition never changes
    queryFn: async ({ signal }): Promise<Contract> => {
      const { terms } = await answer(
        api.GET('/v1/products/{product}/editions/{edition}', { params: { path: { product, edition } }, signal }),
      )
      return JSON.parse(terms) as Contract
    },
  })
