import type { Place } from '../report.ts'

/**
 * What a file says, before it means anything: text, lists and maps with their places. YAML and plain values both become this,
 * so the readers know neither. Aliases share one node, and names never become members of an object.
 */
export type Tree = Leaf | List | Dict | Broken

export interface Leaf {
  readonly kind: 'leaf'
  readonly place: Place
  readonly value: string | number | boolean | null
  /** Place of a character of the value, where the way it was written lets that be told. */
  readonly placeOf?: (offset: number) => Place
}

export interface List {
  readonly kind: 'list'
  readonly place: Place
  readonly items: readonly Tree[]
}

export interface Dict {
  readonly kind: 'dict'
  readonly place: Place
  readonly entries: ReadonlyMap<string, Member>
}

export interface Member {
  readonly place: Place
  readonly value: Tree
}

/** Something whose fault is reported already; a reader passes over it in silence. */
export interface Broken {
  readonly kind: 'broken'
  readonly place: Place
}

/** Whether nothing in it is broken. What is broken was reported before any reader came by, and what it would have said is not known. */
export function isWhole(tree: Tree | undefined): boolean {
  if (tree?.kind === 'list') return tree.items.every(isWhole)
  if (tree?.kind === 'dict') return [...tree.entries.values()].every(({ value }) => isWhole(value))
  return tree?.kind !== 'broken'
}
