import { writeLimit, writeRate } from '../forms/limit.ts'
import type { Entry, Feature, Plan, ResourceSelector, Terms } from '../model.ts'
import { covers } from '../warn/covers.ts'
import { listed } from '../words.ts'
import { json } from '../write/document.ts'
import { writeEntries, writeEntry } from '../write/entry.ts'
import type { Tell } from './consequence.ts'
import { compareEntries } from './entry.ts'
import { pairs } from './pairs.ts'

/** What a plan includes: features it gains or loses, and of those it keeps, each alternative. */
export function includes(plan: string, was: Plan, now: Plan, before: Terms, after: Terms, tell: Tell): void {
  for (const [feature, entries] of was.includes)
    if (!now.includes.has(feature))
      tell({
        type: 'includes',
        direction: 'narrows',
        where: { plan, feature },
        before: writeEntries(entries),
        sentence: `${plan} loses ${feature}`,
      })
  for (const [feature, entries] of now.includes) {
    const old = was.includes.get(feature)
    const declared = after.features.get(feature)
    if (declared === undefined) continue
    if (old === undefined)
      tell({
        type: 'includes',
        direction: gains(was, now),
        where: { plan, feature },
        after: writeEntries(entries),
        sentence: `${plan} gains ${feature}`,
      })
    else compareLists({ plan, feature }, declared, old, entries, gains(was, now), before, after, tell)
  }
}

/** Where refusals are only recorded, even a feature that is not included passes; included, it has demands that are not softened. */
function gains(was: Plan, now: Plan): 'narrows' | 'widens' {
  return was.enforcement === 'advise' && now.enforcement === 'advise' ? 'narrows' : 'widens'
}

function compareLists(
  { plan, feature }: { readonly plan: string; readonly feature: string },
  declared: Feature,
  was: readonly Entry[],
  now: readonly Entry[],
  gained: 'narrows' | 'widens',
  before: Terms,
  after: Terms,
  tell: Tell,
): void {
  const { kept, lost, added } = pairs(was, now)
  const several = was.length > 1 || now.length > 1
  const at = (index: number) => (several ? { plan, feature, entry: index + 1 } : { plan, feature })
  for (const [from, to] of kept) {
    const [old, entry] = [was[from] as Entry, now[to] as Entry]
    const what = several ? `${feature}${of(entry)}` : feature
    compareEntries(`${plan}: ${what}`, at(to), old, entry, { declared, before, after }, tell)
  }
  for (const index of lost) {
    const entry = was[index] as Entry
    const still = now.some((other) => covers(other, entry, declared, after))
    tell({
      type: 'includes',
      direction: still ? 'neutral' : 'narrows',
      where: at(index),
      before: writeEntry(entry),
      sentence: `${plan} loses ${feature}${of(entry)}${still ? ', which another alternative covers' : ''}`,
    })
  }
  for (const index of added) {
    const entry = now[index] as Entry
    const already = was.some((other) => covers(other, entry, declared, after))
    tell({
      type: 'includes',
      direction: already ? 'neutral' : gained,
      where: at(index),
      after: writeEntry(entry),
      sentence: `${plan} gains ${feature}${of(entry)}${already ? ', which another alternative covered' : ''}`,
    })
  }
  const order = kept.toSorted(([a], [b]) => a - b).map(([, to]) => to)
  if (order.some((to, i) => i > 0 && to < (order[i - 1] as number)))
    tell({
      type: 'order',
      direction: 'neutral',
      where: { plan, feature },
      before: writeEntries(was),
      after: writeEntries(now),
      sentence: `${plan}: the alternatives of ${feature} are tried in another order, so another one may count, mask or record`,
    })
}

/** ` on production (select, with hardware within 30 minutes)`: enough to tell alternatives apart. */
function of(entry: Entry): string {
  const written = json(writeEntry(entry))
  if (written === '{}') return ' without further terms'
  const named = [
    ...(entry.commands === undefined ? [] : [listed(entry.commands)]),
    ...(entry.assurance === undefined ? [] : [`with ${entry.assurance.level}`]),
    ...(entry.approval === undefined ? [] : [`approved by ${entry.approval.by}`]),
    ...(entry.value === undefined ? [] : [String(entry.value)]),
    ...(entry.needs === undefined ? [] : [`needing ${entry.needs}`]),
  ]
  const on = entry.resources === undefined ? '' : ` on ${onResources(entry.resources)}`
  const aside = on === '' && named.length === 0 ? amounts(entry) : named
  // Without a word of its own the sentence would be that of the whole feature.
  return aside.length > 0 ? `${on} (${aside.join(', ')})` : on || ' on terms of its own'
}

function amounts({ limit, rate }: Entry): string[] {
  return [...(limit === undefined ? [] : [writeLimit(limit)]), ...(rate === undefined ? [] : [writeRate(rate)])]
}

function onResources({ environment, region, labels }: ResourceSelector): string {
  const parts = [
    ...(environment === undefined ? [] : [listed(environment, 'or')]),
    ...(region === undefined ? [] : [`region ${listed(region, 'or')}`]),
    ...[...labels].map(([label, values]) => `${label} ${listed(values, 'or')}`),
  ]
  return parts.length === 0 ? 'any resource' : parts.join(', ')
}
