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
/** One entry of a plan, as written: `limit: 1000 per month`. */
export interface EntryTerms {
  readonly limit?: string
  readonly then?: string
  readonly rate?: string
  readonly value?: string | number
  readonly resources?: Readonly<Record<string, unknown>>
  readonly commands?: readonly string[]
  readonly assurance?: string
  readonly approval?: Readonly<Record<string, unknown>>
  readonly obligations?: Readonly<Record<string, unknown>>
  readonly when?: string
  readonly needs?: string
}
export interface PlanTerms {
  readonly title?: string
  readonly seats?: { readonly named?: number; readonly floating?: number }
  readonly grace?: { readonly expiry?: string; readonly payment?: string; readonly offline?: string; readonly then?: string }
  readonly trial?: string
  readonly includes?: Readonly<Record<string, EntryTerms | readonly EntryTerms[]>>
  readonly conditions?: Readonly<Record<string, unknown>>
}

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

/** The entries of a plan for a feature, alternatives in their order. */
export function entriesOf(plan: PlanTerms | undefined, feature: string): readonly EntryTerms[] {
  const written = plan?.includes?.[feature]
  return written === undefined ? [] : Array.isArray(written) ? written : [written as EntryTerms]
}

/** Whether a role's pattern covers a feature: its exact name, `job.*`, or `*`. */
export function covers(pattern: string, feature: string): boolean {
  return pattern === '*' || pattern === feature || (pattern.endsWith('.*') && feature.startsWith(pattern.slice(0, -1)))
}
