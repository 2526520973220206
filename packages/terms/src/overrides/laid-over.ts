import type { Report } from '../report.ts'
import type { Dict, Member, Tree } from '../source/tree.ts'

type Lay = (known: Tree | undefined, own: Tree, report: Report) => Tree

/** What may be overridden, and how each is laid over what the plan has. */
export const OVERRIDABLE: ReadonlyMap<string, Lay> = new Map<string, Lay>([
  ['seats', seats],
  ['grace', keys],
  ['includes', includes],
])

/** A plan as written, with the overrides laid over it. What does not fit together is left for the readers to report. */
export function laidOver(plan: Dict, overrides: Dict, report: Report): Dict {
  const entries = new Map(plan.entries)
  for (const [key, own] of overrides.entries) {
    const lay = OVERRIDABLE.get(key)
    if (lay !== undefined) entries.set(key, { place: own.place, value: lay(plan.entries.get(key)?.value, own.value, report) })
  }
  return { ...plan, entries }
}

/** Key by key. Where one of the two is no map, the overriding one stands. */
function keys(known: Tree | undefined, own: Tree): Tree {
  if (known?.kind !== 'dict' || own.kind !== 'dict') return own
  return { ...own, entries: new Map([...known.entries, ...own.entries]) }
}

/** Seats of another kind are other seats: what the plan says of named ones is not said of floating ones. */
function seats(known: Tree | undefined, own: Tree): Tree {
  if (known?.kind !== 'dict' || own.kind !== 'dict') return own
  const isOther = ['named', 'floating'].some((kind) => own.entries.has(kind) && !known.entries.has(kind))
  return isOther ? own : keys(known, own)
}

function includes(known: Tree | undefined, own: Tree, report: Report): Tree {
  if (own.kind !== 'dict') return own
  const all = new Map<string, Member>(known?.kind === 'dict' ? known.entries : [])
  for (const [feature, member] of own.entries) {
    if (member.value.kind === 'list' && member.value.items.length === 0) all.delete(feature)
    else all.set(feature, { ...member, value: entry(feature, all.get(feature)?.value, member.value, report) })
  }
  return { ...own, entries: all }
}

function entry(feature: string, known: Tree | undefined, own: Tree, report: Report): Tree {
  if (known === undefined || own.kind !== 'dict') return own
  if (known.kind === 'list') {
    report.add(
      own.place,
      'CONFLICTING_KEYS',
      `${feature} has ${known.items.length} entries in the plan, and it is not said which is meant.`,
      'Write all of its entries as a list.',
    )
    return own
  }
  if (known.kind !== 'dict') return own
  const kept = new Map(known.entries)
  const limit = own.entries.get('limit')?.value
  // What follows a limit goes with it, and a burst belongs to its rate.
  if (limit?.kind === 'leaf' && limit.value === 'none') kept.delete('then')
  if (own.entries.has('rate')) kept.delete('burst')
  return { ...own, entries: new Map([...kept, ...own.entries]) }
}
