import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Entry {
  /** As an application imports it: `.`, `./live`. */
  readonly path: string
  /** Of the bundled file. */
  readonly name: string
  /** Below `packages/sdk`. */
  readonly source: string
}

/** What of the SDK can be imported: the `exports` of its manifest, which are its sources here and its bundle where it is installed. */
export function entries(root: string): Entry[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'packages/sdk/package.json'), 'utf8')) as { exports: Record<string, string> }
  return Object.entries(exports).map(([path, source]) => ({
    path,
    name: path === '.' ? 'index' : path.slice(2).replaceAll('/', '-'),
    source: source.slice(2),
  }))
}
