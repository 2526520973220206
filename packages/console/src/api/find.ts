import { queryOptions } from '@tanstack/react-query'
import { answer } from '@writ/client'
import { REASONS } from '@writ/client/words'
import { PLACES } from '../frame/places.ts'
import { stateWords } from '../parts/state-badge.tsx'
import { type Answered, api } from './client.ts'

/** Something that can be found, and the address where it is. */
export interface Found {
  readonly kind: string
  readonly name: string
  /** After the name, small. */
  readonly note: string
  readonly href: string
}
type Hit = Answered<'find'>['items'][number]

/** What the authority finds, as far as the reader's key sees it. @param typed at least one character */
export const findQuery = (typed: string) =>
  queryOptions({
    queryKey: ['find', typed],
    staleTime: 20_000,
    queryFn: async ({ signal }): Promise<readonly Found[]> => {
      const { items } = await answer(api.GET('/v1/search', { params: { query: { q: typed, limit: 6 } }, signal }))
      return items.map(shown)
    },
  })

const KINDS: Readonly<Record<Hit['kind'], string>> = {
  identity: 'Identity',
  organization: 'Organization',
  license: 'Licence',
  license_key: 'License key',
  api_key: 'API key',
  product: 'Product',
  feature: 'Feature',
  resource: 'Resource',
}

function shown(hit: Hit): Found {
  const { kind, id, title, status, organization, holder } = hit
  const of = organization ?? holder
  const note = [
    title === undefined ? undefined : id,
    kind === 'license' ? title : undefined,
    of,
    status && stateWords(status).toLowerCase(),
  ]
  const name = kind === 'license' ? id : (title ?? id)
  return {
    kind: KINDS[kind],
    name,
    note: [...new Set(note)].filter((part) => part !== undefined && part !== name).join(', '),
    href: hrefOf(hit),
  }
}

function hrefOf({ kind, id, license, product }: Hit): string {
  const safe = encodeURIComponent(id)
  switch (kind) {
    case 'identity':
      return `/identities/${safe}`
    case 'organization':
      return `/organizations/${safe}`
    case 'license':
      return `/licenses/${safe}`
    case 'license_key':
      return `/licenses/${encodeURIComponent(license ?? '')}`
    case 'api_key':
      return `/credentials?open=${safe}`
    case 'product':
      return `/terms?product=${encodeURIComponent(product ?? id)}`
    case 'feature':
      return `/ask?feature=${safe}`
    case 'resource':
      return `/ask?resource=${safe}`
  }
}

/** What is the same for everybody: the pages, and the reasons, which lead to who was refused for them. */
const KNOWN: readonly Found[] = [
  { kind: 'Page', name: 'Import and export', note: 'many at once, from a file and into a file', href: '/import' },
  ...PLACES.map(({ to, name, answers }) => ({ kind: 'Page', name, note: answers, href: to })),
  ...Object.entries(REASONS).map(([name, { says }]) => ({
    kind: 'Reason',
    name,
    note: says,
    href: `/audit?view=decisions&reason=${name}`,
  })),
]

export function known(typed: string): readonly Found[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return KNOWN.filter(({ kind }) => kind === 'Page')
  const text = ({ kind, name, note }: Found) => (kind === 'Reason' && typed.length > 2 ? `${name} ${note}` : name).toLowerCase()
  return KNOWN.filter((found) => words.every((word) => text(found).includes(word))).slice(0, 12)
}
