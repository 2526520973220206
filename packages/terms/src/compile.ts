import { compileExpression, type Declared, type Expression } from './expression.ts'
import { compileHours, type OpeningHours } from './hours.ts'
import type { Conditions, Entry, Feature, Limit, Plan, ResourceSelector, Terms } from './model.ts'
import { type Network, parseNetwork } from './network.ts'
import { countriesOf } from './region.ts'
import { type Zone, zoneTable } from './zone.ts'

/** Terms made ready for decisions: names to indexes, zones to tables, expressions parsed. A value; nothing in it changes. */
export interface CompiledTerms {
  readonly terms: Terms
  readonly features: ReadonlyMap<string, CompiledFeature>
  readonly plans: ReadonlyMap<string, CompiledPlan>
  /** Rank by level name, weakest 0. */
  readonly ranks: ReadonlyMap<string, number>
  /** By role, one byte a feature index: 1 where the role permits it. */
  readonly roles: ReadonlyMap<string, Uint8Array>
}

export interface CompiledFeature {
  readonly name: string
  readonly index: number
  readonly feature: Feature
  readonly minimum?: Need
}

/** A level to reach and how old the proof may be; absent age: as old as the session. */
export interface Need {
  readonly level: string
  readonly ageMilliseconds?: number
}

export interface CompiledPlan {
  readonly name: string
  readonly plan: Plan
  /** By feature index; absent: not included. */
  readonly entries: readonly (readonly CompiledEntry[] | undefined)[]
  readonly conditions: CompiledConditions
  /** The distinct windows in which this plan counts each meter. */
  readonly windows: ReadonlyMap<string, readonly CompiledLimit[]>
}

export interface CompiledEntry {
  readonly index: number
  readonly entry: Entry
  readonly commands?: ReadonlySet<string>
  readonly need?: Need
  readonly limit?: CompiledLimit
  /** The plan's and the entry's own: both hold. */
  readonly conditions: readonly CompiledConditions[]
}

export interface CompiledLimit {
  readonly limit: Limit
  readonly zone?: Zone
}

export interface CompiledConditions {
  readonly hours?: OpeningHours
  readonly countries?: ReadonlySet<string>
  readonly networks?: readonly Network[]
  readonly when?: Expression
}

/** @param terms checked terms, as `check` returns them. */
export function compile(terms: Terms): CompiledTerms {
  const features = new Map<string, CompiledFeature>()
  for (const [name, feature] of terms.features) {
    // A minimum is a level; how old the proof may be is the entry's to say (`decision.md` section 6).
    const minimum = feature.assurance && { level: feature.assurance.level }
    features.set(name, { name, index: features.size, feature, ...(minimum && { minimum }) })
  }
  const plans = new Map<string, CompiledPlan>()
  for (const [name, plan] of terms.plans) plans.set(name, compilePlan(name, plan, terms, features))
  const ranks = new Map(terms.levels.map(({ name }, rank) => [name, rank]))
  const roles = new Map([...terms.roles].map(([name, patterns]) => [name, featuresMatching(patterns, features)]))
  return { terms, features, plans, ranks, roles }
}

/** One byte a feature: 1 where a pattern (`report.export`, `report.*`, `*`) matches its name. */
export function featuresMatching(patterns: readonly string[], features: ReadonlyMap<string, CompiledFeature>): Uint8Array {
  const permitted = new Uint8Array(features.size)
  for (const pattern of patterns) {
    if (pattern === '*') return permitted.fill(1)
    if (!pattern.endsWith('.*')) {
      const exact = features.get(pattern)
      if (exact !== undefined) permitted[exact.index] = 1
      continue
    }
    const prefix = pattern.slice(0, -1)
    for (const { name, index } of features.values()) if (name.startsWith(prefix)) permitted[index] = 1
  }
  return permitted
}

export function compilePlan(name: string, plan: Plan, terms: Terms, features: ReadonlyMap<string, CompiledFeature>): CompiledPlan {
  const conditions = compileConditions(plan.conditions, terms)
  const entries = new Array<readonly CompiledEntry[] | undefined>(features.size).fill(undefined)
  const windows = new Map<string, CompiledLimit[]>()
  for (const [featureName, list] of plan.includes) {
    const feature = features.get(featureName)
    if (feature === undefined) continue
    const compiled = list.map((entry, index) => compileEntry(index, entry, conditions, terms))
    entries[feature.index] = compiled
    const { meter } = feature.feature
    if (meter === undefined) continue
    for (const { limit } of compiled) {
      const known = windows.get(meter) ?? []
      if (limit !== undefined && !known.some((other) => sameWindow(other.limit, limit.limit))) windows.set(meter, [...known, limit])
    }
  }
  return { name, plan, entries, conditions, windows }
}

export function sameWindow(a: Limit, b: Limit): boolean {
  return a.period === b.period && a.calendarZone === b.calendarZone
}

function compileEntry(index: number, entry: Entry, plan: CompiledConditions, declared: Declared): CompiledEntry {
  const own = compileConditions(
    { ...entry.conditions, ...(entry.when !== undefined && { when: both(entry.conditions.when, entry.when) }) },
    declared,
  )
  const need = entry.assurance && needOf(entry.assurance)
  const { limit } = entry
  return {
    index,
    entry,
    conditions: [plan, own].filter((conditions) => Object.keys(conditions).length > 0),
    ...(entry.commands && { commands: new Set(entry.commands) }),
    ...(need && { need }),
    ...(limit && { limit: { limit, ...(limit.calendarZone !== undefined && { zone: zoneTable(limit.calendarZone) }) } }),
  }
}

function both(a: string | undefined, b: string): string {
  return a === undefined ? b : `(${a}) && (${b})`
}

function needOf({ level, withinSeconds }: { level: string; withinSeconds?: number }): Need {
  return { level, ...(withinSeconds !== undefined && { ageMilliseconds: withinSeconds * 1000 }) }
}

function compileConditions({ hours, regions, networks, when }: Conditions, declared: Declared): CompiledConditions {
  return {
    ...(hours && { hours: compileHours(hours) }),
    ...(regions && { countries: new Set(regions.flatMap((region) => [...countriesOf(region)])) }),
    ...(networks && { networks: networks.map(parseNetwork).filter((network) => network !== undefined) }),
    ...(when !== undefined && { when: compileExpression(when, declared) }),
  }
}

/** Whether a selector covers a resource; a missing fact matches nothing. */
export function selects(
  { environment, region, labels }: ResourceSelector,
  resource: { readonly environment?: string; readonly region?: string; readonly labels?: Readonly<Record<string, string>> },
): boolean {
  if (environment !== undefined && !(resource.environment !== undefined && environment.includes(resource.environment))) return false
  if (region !== undefined && !(resource.region !== undefined && region.includes(resource.region))) return false
  for (const [name, values] of labels) {
    const value = resource.labels !== undefined && Object.hasOwn(resource.labels, name) ? resource.labels[name] : undefined
    if (value === undefined || !values.includes(value)) return false
  }
  return true
}
