import type { Terms } from '../model.ts'
import { listed, without } from '../words.ts'
import type { Tell } from './consequence.ts'

/** What a role comes to is the features it permits, however its patterns are written: `report.*` also gains what is new under it. */
export function roles(before: Terms, after: Terms, tell: Tell): void {
  for (const role of new Set([...before.roles.keys(), ...after.roles.keys()])) {
    const [was, now] = [before.roles.get(role), after.roles.get(role)]
    const told = { type: 'role', where: { role }, before: was, after: now } as const
    if (now === undefined) {
      tell({
        ...told,
        direction: 'narrows',
        sentence: `the role ${role} is gone: who has only that may do nothing, and it approves nothing`,
      })
      continue
    }
    if (was === undefined) {
      tell({ ...told, direction: 'widens', sentence: `there is a new role ${role}, which may ${list(permitted(now, after))}` })
      continue
    }
    // A feature that is gone is told as such, once.
    const [old, fresh] = [permitted(was, before).filter((feature) => after.features.has(feature)), permitted(now, after)]
    const [lost, gained] = [without(old, fresh), without(fresh, old)]
    const each = { ...told, before: old, after: fresh } as const
    for (const feature of lost) tell({ ...each, where: { role, feature }, direction: 'narrows', sentence: `role ${role} loses ${feature}` })
    for (const feature of gained)
      tell({ ...each, where: { role, feature }, direction: 'widens', sentence: `role ${role} gains ${feature}` })
    if (lost.length + gained.length === 0 && without(was, now).length + without(now, was).length > 0)
      tell({ ...told, direction: 'neutral', sentence: `role ${role} is written otherwise, and permits the same` })
  }
}

function permitted(patterns: readonly string[], { features }: Terms): string[] {
  const names = new Set(patterns)
  if (names.has('*')) return [...features.keys()]
  const prefixes = patterns.filter((pattern) => pattern.endsWith('.*')).map((pattern) => pattern.slice(0, -1))
  return [...features.keys()].filter((feature) => names.has(feature) || prefixes.some((prefix) => feature.startsWith(prefix)))
}

function list(features: readonly string[]): string {
  return features.length === 0 ? 'do nothing' : `use ${listed(features)}`
}
