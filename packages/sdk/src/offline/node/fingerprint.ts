import { fingerprintComponent } from '@writ/license'

/** Facts of a machine by name: raw, and never sent as such. */
export type Components = Readonly<Record<string, string>>

/** How many components of a fingerprint must be found again. `most`: more than half. */
export type Match = 'any' | 'two' | 'most' | 'all'

export function atLeast(match: Match, count: number): number {
  switch (match) {
    case 'any':
      return 1
    case 'two':
      return Math.min(2, count)
    case 'most':
      return Math.floor(count / 2) + 1
    case 'all':
      return count
  }
}

/** As they stand in a file of this licence, each once. */
export async function hashed(license: string, components: Components): Promise<readonly string[]> {
  const names = Object.keys(components).sort()
  const all = await Promise.all(names.map((name) => fingerprintComponent(license, name, components[name] as string)))
  return [...new Set(all)]
}
