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

/** Of `packages/sdk/package.json`, what is shipped as it is. */
interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
  /** Frameworks that there are adapters for: an application brings the one it has. */
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>
}

export function manifest(root: string): Manifest {
  const { name, version, license, peerDependencies, peerDependenciesMeta } = read(root)
  return { name, version, license, peerDependencies, peerDependenciesMeta }
}

/** Packages that are neither bundled nor a part of the types. */
export function peers(root: string): string[] {
  return Object.keys(read(root).peerDependencies)
}

function read(root: string): Manifest & { readonly exports: Readonly<Record<string, string>> } {
  return JSON.parse(readFileSync(join(root, 'packages/sdk/package.json'), 'utf8'))
}

/** What of the SDK can be imported: the `exports` of its manifest, which are its sources here and its bundle where it is installed. */
export function entries(root: string): Entry[] {
  const { exports } = read(root)
  return Object.entries(exports).map(([path, source]) => ({
    path,
    name: path === '.' ? 'index' : path.slice(2).replaceAll('/', '-'),
    source: source.slice(2),
  }))
}
