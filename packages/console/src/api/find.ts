import { queryOptions } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { REASONS } from '@writ/client/words'
import { PLACES } from '../frame/places.ts'
import { api } from './client.ts'
import { productsQuery, type SoldProduct } from './terms.ts'

/** Something that can be found, and the address where it is. */
export interface Found {
  readonly kind: 'Page' | 'Organization' | 'Identity' | 'Licence' | 'API key' | 'Feature' | 'Reason'
  readonly name: string
  /** After the name, small. */
  readonly note: string
  readonly href: string
}

/** Everything that is named, as far as the reader's key sees it; what it may not list is left out. */
export const namesQuery = queryOptions({
  queryKey: ['names'],
  staleTime: 20_000,
  queryFn: async ({ signal, client }): Promise<readonly Found[]> => {
    const query = { limit: 200 }
    const lists = await Promise.all(
      [
        answer(api.GET('/v1/organizations', { params: { query }, signal })).then(({ items }) =>
          items.map(({ id, title }): Found => ({ kind: 'Organization', name: title, note: id, href: `/organizations/${id}` })),
        ),
        answer(api.GET('/v1/identities', { params: { query }, signal })).then(({ items }) =>
          items.map(
            ({ id, name, kind }): Found => ({
              kind: 'Identity',
              name: name ?? id,
              note: name === undefined ? kind : id,
              href: `/identities/${id}`,
            }),
          ),
        ),
        answer(api.GET('/v1/licenses', { params: { query }, signal })).then(({ items }) =>
          items.map(
            ({ id, organization, holder, plan }): Found => ({
              kind: 'Licence',
              name: id,
              note: `${plan}, ${organization ?? holder}`,
              href: `/licenses/${id}`,
            }),
          ),
        ),
        client.fetchQuery(productsQuery).then((products) => products.flatMap(featuresOf)),
      ].map((list) => (list as Promise<readonly Found[]>).catch((): readonly Found[] => [])),
    )
    return [...PAGES, ...lists.flat(), ...WORDS]
  },
})

const PAGES: readonly Found[] = PLACES.map(({ to, name, answers }) => ({ kind: 'Page', name, note: answers, href: to }))
const WORDS: readonly Found[] = Object.entries(REASONS).map(([name, { says }]) => ({ kind: 'Reason', name, note: says, href: `/ask` }))

function featuresOf({ id, contract }: SoldProduct): readonly Found[] {
  return Object.entries(contract.features ?? {}).map(([name, { title }]) => ({
    kind: 'Feature',
    name: title ?? name,
    note: `${id}:${name}`,
    href: `/ask?feature=${encodeURIComponent(`${id}:${name}`)}`,
  }))
}

/** The best first: names that begin with what was typed, then words in them, then anywhere. */
export function matching(names: readonly Found[], typed: string, most = 30): readonly Found[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const ranked = names.flatMap((found) => {
    const text = `${found.name} ${found.note}`.toLowerCase()
    if (!words.every((word) => text.includes(word))) return []
    const first = words[0] ?? ''
    const rank = found.name.toLowerCase().startsWith(first)
      ? 0
      : text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(first))
        ? 1
        : 2
    return [{ found, rank }]
  })
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ found }) => found)
}
