import type { Place } from '../report.ts'
import type { Member, Tree } from '../source/tree.ts'

/**
 * Gives every node of a value a place by which its path can be found again: line `n` is the n-th of `paths`.
 * @param paths is filled with JSON pointers, RFC 6901
 */
export function numbered(tree: Tree, paths: string[], path = ''): Tree {
  const place = placeOf(path, paths)
  if (tree.kind === 'dict') {
    const entries = new Map<string, Member>()
    for (const [name, { value }] of tree.entries) {
      const below = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const read = numbered(value, paths, below)
      entries.set(name, { place: read.place, value: read })
    }
    return { ...tree, place, entries }
  }
  if (tree.kind === 'list') return { ...tree, place, items: tree.items.map((item, i) => numbered(item, paths, `${path}/${i}`)) }
  return { ...tree, place }
}

function placeOf(path: string, paths: string[]): Place {
  return { line: paths.push(path), column: 1 }
}
