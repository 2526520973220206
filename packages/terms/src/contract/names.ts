import { writeDuration } from '../forms/duration.ts'
import type { Terms } from '../model.ts'
import { type Inline, say, strong } from './document.ts'

/** Things by the name that people read; with the machine's name beside it where several are called alike. */
export function nameOf(kind: 'feature' | 'plan', name: string, { features, plans }: Terms): Inline[] {
  const all: ReadonlyMap<string, { readonly title: string }> = kind === 'feature' ? features : plans
  const title = all.get(name)?.title ?? name
  const alone = [...all.values()].filter((other) => other.title === title).length <= 1
  return title === name ? [strong(name)] : alone ? [strong(title)] : say`${strong(title)} (${name})`
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
