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

const MOST_FACTS = 200_000
const MOST_IMPORTS = 16
const known = new WeakMap<Authority, Map<string, SoFar>>()

/** Kept at this node alone, of those that are under way: whoever sends to another is not told what it comes to. */
export function soFarOf(authority: Authority, { id, rows }: ImportRow): SoFar {
  const all = known.get(authority) ?? new Map<string, SoFar>()
  known.set(authority, all)
  const found = all.get(id) ?? { facts: [], isWhole: rows === 0 }
  all.delete(id)
  all.set(id, found)
  for (const oldest of all.keys()) {
    if (all.size <= MOST_IMPORTS) break
    all.delete(oldest)
  }
  return found
}

export function keepFacts(soFar: SoFar, facts: readonly Fact[]): void {
  if (soFar.facts.length + facts.length > MOST_FACTS) {
    soFar.isWhole = false
    soFar.facts.length = 0
  } else if (soFar.isWhole) for (const fact of facts) soFar.facts.push(fact)
}

export function forget(authority: Authority, id: string): void {
  known.get(authority)?.delete(id)
}
