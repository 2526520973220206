import { listed } from '../../parts/when.ts'

const PLAIN: Readonly<Record<string, string>> = {
  decide: 'ask',
  consume: 'consume',
  simulate: 'ask about other times',
  'assert:identity': 'say who asks',
  'assert:resource': 'describe resources',
  'assert:context': 'say facts',
  'assert:proofs': 'vouch for proofs',
}

/** What scopes come to, in words: "ask, consume and say who asks", "everything". */
export function does(scopes: readonly string[]): string {
  if (scopes.includes('manage:*')) return 'manage everything'
  const plain = scopes.flatMap((scope) => PLAIN[scope] ?? [])
  const managed = scopes.filter((scope) => scope.startsWith('manage:')).map((scope) => scope.slice('manage:'.length).replaceAll('_', ' '))
  return listed([...plain, ...(managed.length === 0 ? [] : [`manage ${listed(managed)}`])])
}

/** "everything", "the product atlas", "2 organizations". */
export function sees({
  products,
  organizations,
}: {
  readonly products?: readonly string[] | undefined
  readonly organizations?: readonly string[] | undefined
}): string {
  const parts = [within(products, 'product'), within(organizations, 'organization')].filter((part) => part !== undefined)
  return parts.length === 0 ? 'everything' : `only ${listed(parts)}`
}

function within(names: readonly string[] | undefined, what: string): string | undefined {
  if (names === undefined) return undefined
  return names.length <= 3 ? `the ${what}${names.length === 1 ? '' : 's'} ${listed(names)}` : `${names.length} ${what}s`
}
