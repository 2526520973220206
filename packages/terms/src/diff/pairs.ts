import type { Entry, ResourceSelector } from '../model.ts'
import { json, type Written } from '../write/document.ts'
import { writeEntry } from '../write/entry.ts'

/** Places in the old list and in the new one. */
export interface Pairs {
  readonly kept: readonly (readonly [from: number, to: number])[]
  readonly lost: readonly number[]
  readonly added: readonly number[]
}

/**
 * Which alternative of the old list became which of the new: first those that are equal, then those that have most in common. Two that
 * cover different resources or commands never became each other.
 */
export function pairs(was: readonly Entry[], now: readonly Entry[]): Pairs {
  if (was.length === 1 && now.length === 1) return { kept: [[0, 0]], lost: [], added: [] }
  const [old, fresh] = [was.map(parts), now.map(parts)]
  const scored = was.flatMap((from, i) =>
    now.flatMap((to, j) => (canMeet(from, to) ? [{ i, j, score: likeness(old[i] as Parts, fresh[j] as Parts) }] : [])),
  )
  scored.sort((a, b) => b.score - a.score)
  const [gone, came] = [new Set(was.keys()), new Set(now.keys())]
  const kept: [number, number][] = []
  for (const { i, j } of scored) {
    if (!gone.has(i) || !came.has(j)) continue
    gone.delete(i)
    came.delete(j)
    kept.push([i, j])
  }
  return { kept: kept.toSorted(([, a], [, b]) => a - b), lost: [...gone], added: [...came] }
}

type Parts = ReadonlyMap<string, string>

function parts(entry: Entry): Parts {
  return new Map([...(writeEntry(entry) as ReadonlyMap<string, Written>)].map(([key, value]) => [key, json(value)]))
}

/** How many members are equal, less those that are not; what they cover counts most. Nothing is as like an entry as its equal. */
function likeness(a: Parts, b: Parts): number {
  let score = 0
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const weight = key === 'resources' || key === 'commands' ? 3 : 1
    score += a.get(key) === b.get(key) ? weight : -weight
  }
  return score
}

function canMeet(a: Entry, b: Entry): boolean {
  return meets(a.commands, b.commands) && resourcesMeet(a.resources, b.resources)
}

function resourcesMeet(a: ResourceSelector | undefined, b: ResourceSelector | undefined): boolean {
  if (a === undefined || b === undefined) return true
  const labels = [...a.labels].every(([label, values]) => meets(values, b.labels.get(label)))
  return labels && meets(a.environment, b.environment) && meets(a.region, b.region)
}

function meets(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some((each) => b.includes(each))
}
