import { writeDuration } from '../forms/duration.ts'
import type { Terms } from '../model.ts'
import { type Inline, say, strong } from './document.ts'

/** Things by the name that people read; with the machine's name beside it where several are called alike. */
export function nameOf(kind: 'feature' | 'plan', name: string, { features, plans }: Terms): Inline[] {
  const all: Titled = kind === 'feature' ? features : plans
  const title = all.get(name)?.title ?? name
  if (title === name) return [strong(name)]
  return sharedTitles(all).has(title) ? say`${strong(title)} (${name})` : [strong(title)]
}

type Titled = ReadonlyMap<string, { readonly title: string }>

/** A thousand features are named in each of two hundred plans: what they are called is counted once. */
const shared = new WeakMap<Titled, ReadonlySet<string>>()

function sharedTitles(all: Titled): ReadonlySet<string> {
  const known = shared.get(all)
  if (known !== undefined) return known
  const [seen, twice] = [new Set<string>(), new Set<string>()]
  for (const { title } of all.values()) (seen.has(title) ? twice : seen).add(title)
  shared.set(all, twice)
  return twice
}

/** As {@link nameOf}, and always with the machine's name: where it is defined. */
export function definitionOf(title: string, name: string): Inline[] {
  return title === name ? [strong(name)] : say`${strong(title)} (${name})`
}

export function byName<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** `90 seconds`, `15 minutes`, `3 days`. */
export function duration(seconds: number): string {
  return writeDuration(seconds).replace(/ s$/, seconds === 1 ? ' second' : ' seconds')
}
