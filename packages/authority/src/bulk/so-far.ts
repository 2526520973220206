import type { Fact } from '@writ/engine'
import type { Authority } from '../app/authority.ts'
import type { ImportRow } from './store.ts'

/** What a dry run has come to so far, beside what is written down of it. */
export interface SoFar {
  /** What its rows would state. */
  readonly facts: Fact[]
  /** False: this node has not seen all its rows, or they are too many. */
  isWhole: boolean
}

/** Of all imports that are under way at this node together. */
const MOST_FACTS = 200_000
const MOST_IMPORTS = 16
const known = new WeakMap<Authority, Map<string, SoFar>>()

/** Kept at this node alone, of those that are under way: whoever sends to another is not told what it comes to. */
export function soFarOf(authority: Authority, { id, rows, dry_run }: ImportRow): SoFar {
  const all = known.get(authority) ?? new Map<string, SoFar>()
  known.set(authority, all)
  const found = all.get(id) ?? { facts: [], isWhole: dry_run && rows === 0 }
  // What is not known whole takes nobody's place.
  if (!found.isWhole) return found
  all.delete(id)
  all.set(id, found)
  for (const [oldest, letGo] of all) {
    if (all.size <= MOST_IMPORTS) break
    all.delete(oldest)
    empty(letGo)
  }
  return found
}

/** Where there are too many of all together, those that nobody sent rows to for the longest are let go first. */
export function keepFacts(authority: Authority, soFar: SoFar, facts: readonly Fact[]): void {
  if (!soFar.isWhole) return
  for (const fact of facts) soFar.facts.push(fact)
  const all = [...(known.get(authority)?.values() ?? [])]
  let count = all.reduce((sum, each) => sum + each.facts.length, 0)
  for (const each of all) {
    if (count <= MOST_FACTS) return
    count -= each.facts.length
    empty(each)
  }
}

/** Whoever still sends rows of it keeps none of them any more. */
function empty(soFar: SoFar): void {
  soFar.isWhole = false
  soFar.facts.length = 0
}

export function forget(authority: Authority, id: string): void {
  known.get(authority)?.delete(id)
}
