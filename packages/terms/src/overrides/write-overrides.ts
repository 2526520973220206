import type { Dict, Tree } from '../source/tree.ts'
import type { Written } from '../write/document.ts'

type WrittenMap = ReadonlyMap<string, Written>

/**
 * The canonical form: keys in order, short forms as the plan that came of them is written. What is a default, and so is left out of a
 * plan, must stand here, since it may override something else.
 * @param plan as written, with these overrides
 */
export function writeOverrides(overrides: Dict, plan: WrittenMap): WrittenMap {
  return mapOf(overrides, (key, own) => {
    const written = mapIn(plan.get(key))
    if (own.kind !== 'dict') return plain(own)
    return key === 'includes' ? mapOf(own, (feature, entry) => writeEntry(entry, written?.get(feature))) : pick(own, written)
  })
}

function writeEntry(own: Tree, written: Written | undefined): Written {
  if (own.kind === 'list') return own.items.length === 0 ? [] : Array.isArray(written) ? written : [written ?? new Map()]
  return own.kind === 'dict' ? pick(own, mapIn(written)) : plain(own)
}

/** The members that are overridden, as they are written. */
function pick(own: Dict, written: WrittenMap | undefined): WrittenMap {
  return mapOf(own, (key, value) => written?.get(key) ?? plain(value))
}

function mapOf(own: Dict, write: (key: string, value: Tree) => Written): WrittenMap {
  const inOrder = [...own.entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(inOrder.map(([key, { value }]) => [key, write(key, value)]))
}

function mapIn(value: Written | undefined): WrittenMap | undefined {
  return value instanceof Map ? value : undefined
}

function plain(tree: Tree): Written {
  if (tree.kind === 'dict') return mapOf(tree, (_, value) => plain(value))
  if (tree.kind === 'list') return tree.items.map(plain)
  if (tree.kind === 'broken' || tree.value === null) return ''
  return typeof tree.value === 'string' ? tree.value.trim() : tree.value
}
