import { queryOptions } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { api } from './client.ts'

/** What the pages read of the canonical form of terms. Members that equal their default are left out of it. */
export interface Contract {
  readonly product: string
  readonly title?: string
  readonly features?: Readonly<Record<string, FeatureTerms>>
  readonly meters?: Readonly<Record<string, { readonly unit: string }>>
  readonly context?: Readonly<Record<string, { readonly type: string; readonly from: string }>>
  readonly assurance?: Readonly<Record<string, { readonly acr: string }>>
  readonly roles?: Readonly<Record<string, readonly string[]>>
  readonly plans?: Readonly<Record<string, PlanTerms>>
}
export interface FeatureTerms {
  readonly title?: string
  readonly type?: 'limit' | 'choice'
  readonly unit?: string
  readonly values?: readonly string[]
  readonly meter?: string
  readonly resource?: string
  readonly commands?: readonly string[]
  readonly repair?: boolean
}
export interface PlanTerms {
  readonly title?: string
  readonly seats?: { readonly named?: number; readonly floating?: number }
  readonly includes?: Readonly<Record<string, unknown>>
  readonly conditions?: Readonly<Record<string, unknown>>
}

export interface SoldProduct {
  readonly id: string
  readonly title: string
  readonly edition: number
  readonly contract: Contract
}

/** Every product with the terms of its newest edition. */
export const productsQuery = queryOptions({
  queryKey: ['products'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<readonly SoldProduct[]> => {
    const { items } = await answer(api.GET('/v1/products', { params: { query: { limit: 200 } }, signal }))
    return Promise.all(
      items.map(async ({ id, title, newest_edition: edition }) => {
        const path = { product: id, edition }
        const { terms } = await answer(api.GET('/v1/products/{product}/editions/{edition}', { params: { path }, signal }))
        return { id, title, edition, contract: JSON.parse(terms) as Contract }
      }),
    )
  },
})

/** Whether a role's pattern covers a feature: its exact name, `job.*`, or `*`. */
export function covers(pattern: string, feature: string): boolean {
  return pattern === '*' || pattern === feature || (pattern.endsWith('.*') && feature.startsWith(pattern.slice(0, -1)))
}
