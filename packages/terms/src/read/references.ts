import { BOUNDS } from '../bounds.ts'
import type { Terms } from '../model.ts'
import { NOWHERE } from '../report.ts'
import { ringsOf } from './rings.ts'
import type { Scope } from './scope.ts'

/** What can be seen only once every plan is complete. */
export function checkReferences(terms: Terms, { report, places }: Scope): void {
  for (const [id, plan] of terms.plans) {
    if (plan.grace.degradeTo !== id) continue
    report.add(
      places.get(plan.grace) ?? NOWHERE,
      'DEGRADES_TO_ITSELF',
      `Plan ${id} degrades to itself.`,
      'Name another plan, or give the plan a grace of its own.',
    )
  }
  checkNeeds(terms, { report, places })
  if (zonesOf(terms).size > BOUNDS.zones)
    report.add(
      NOWHERE,
      'TOO_MANY',
      `Time zones: at most ${BOUNDS.zones} are allowed in one file.`,
      'Split the product into several products.',
    )
}

/** As `zoneTable` tells them apart. */
function zonesOf({ ends, plans }: Terms): ReadonlySet<string> {
  const zones = new Set<string>(ends && [ends.zone.toLowerCase()])
  const add = (zone: string | undefined) => zone !== undefined && zones.add(zone.toLowerCase())
  for (const { conditions, includes } of plans.values()) {
    add(conditions.hours?.zone)
    for (const entries of includes.values())
      for (const entry of entries) {
        add(entry.conditions.hours?.zone)
        add(entry.limit?.calendarZone)
      }
  }
  return zones
}

/** A feature that needs itself, by way of this same product, could never be allowed. */
function checkNeeds(terms: Terms, { report, places }: Pick<Scope, 'report' | 'places'>): void {
  const needs = new Map<string, Set<string>>()
  const reported = new Set<object>()
  for (const { includes } of terms.plans.values()) {
    for (const [feature, entries] of includes) {
      for (const { needs: need } of entries) {
        const own = need === undefined ? undefined : ownFeature(need, terms)
        if (own !== undefined) needs.set(feature, (needs.get(feature) ?? new Set()).add(own))
      }
    }
  }
  const rings = ringsOf(needs)
  for (const { includes } of terms.plans.values()) {
    for (const [feature, entries] of includes) {
      for (const entry of entries) {
        if (report.full) return
        const own = entry.needs === undefined ? undefined : ownFeature(entry.needs, terms)
        if (own === undefined || reported.has(entry) || rings.get(own) !== rings.get(feature)) continue
        reported.add(entry)
        report.add(
          places.get(entry) ?? NOWHERE,
          'NEEDS_CYCLE',
          `Feature ${feature} needs itself${own === feature ? '' : `, by way of ${own}`}.`,
          'Let "needs" name a feature of another product.',
        )
      }
    }
  }
}

function ownFeature(need: string, { product, federation, features }: Terms): string | undefined {
  const [alias = '', feature = ''] = need.split(':')
  return federation.get(alias)?.product === product && features.has(feature) ? feature : undefined
}
