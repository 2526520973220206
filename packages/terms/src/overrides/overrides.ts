import { type CompiledPlan, type CompiledTerms, compilePlan } from '../compile.ts'
import type { Plan, Terms } from '../model.ts'
import { fields } from '../read/fields.ts'
import { complete } from '../read/inherit.ts'
import { readPlan } from '../read/plans.ts'
import { checkReferences } from '../read/references.ts'
import type { Scope } from '../read/scope.ts'
import { type Place, Report } from '../report.ts'
import { treeOfValue } from '../source/from-value.ts'
import type { Dict } from '../source/tree.ts'
import { json } from '../write/document.ts'
import { writePlan } from '../write/terms.ts'
import { laidOver, OVERRIDABLE } from './laid-over.ts'
import { numbered } from './numbered.ts'
import { writeOverrides } from './write-overrides.ts'

/** A fault of overrides. `path` is a JSON pointer (RFC 6901) into them. */
export interface OverridesFinding {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly suggestion?: string
}

export interface ReadOverrides {
  /** The canonical form; absent when there is any fault. `{}`: nothing is overridden. */
  readonly text?: string
  /** The plan as it is for the licence. */
  readonly plan?: Plan
  /** Every fault at once. */
  readonly findings: readonly OverridesFinding[]
}

/** At most this many characters in the canonical form: it travels in every license file. */
export const MAX_OVERRIDES_LENGTH = 16_384

/**
 * Reads what one licence has of its own beside its plan, in the short forms of the terms, with the checks of the terms. Of `seats`, of
 * `grace` and of a feature's entry, keys that are given replace the plan's and the others stay; a list replaces all entries of a feature,
 * an empty one takes the feature away. Never throws.
 * @param value as JSON or YAML gives it
 */
export function readOverrides(value: unknown, terms: Terms, name: string): ReadOverrides {
  const report = new Report()
  const paths: string[] = []
  const plan = terms.plans.get(name)
  const overrides = numbered(treeOfValue(value, report), paths)
  if (plan === undefined || fields(overrides, 'what is overridden', [...OVERRIDABLE.keys()], report) === undefined)
    return { findings: findingsOf(report, paths) }

  const written = treeOfValue(JSON.parse(json(writePlan(name, plan))), report) as Dict
  const places = new WeakMap<object, Place>()
  const scope = scopeOf(terms, report, places)
  const own = readPlan(name, laidOver(written, overrides as Dict, report), scope)?.own
  const whole = own && complete(name, own)
  if (whole !== undefined) checkReferences({ ...terms, plans: new Map([...terms.plans, [name, whole]]) }, scope)
  if (whole === undefined || report.errors > 0) return { findings: findingsOf(report, paths) }

  const text = json(writeOverrides(overrides as Dict, writePlan(name, whole)))
  if (text.length > MAX_OVERRIDES_LENGTH) {
    const message = `Overrides are longer than ${MAX_OVERRIDES_LENGTH} characters.`
    return { findings: [{ code: 'TOO_MANY', path: '', message, suggestion: 'Sell a plan of its own.' }] }
  }
  return { text, plan: whole, findings: [] }
}

/** The plan of a licence that overrides some of it. @returns `undefined` for text that the terms do not take */
export function overriddenPlan(terms: CompiledTerms, name: string, text: string): CompiledPlan | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { plan } = readOverrides(value, terms.terms, name)
  return plan && compilePlan(name, plan, terms.terms, terms.features)
}

function scopeOf(
  { features, meters, levels, roles, plans, federation, context, attributes, properties }: Terms,
  report: Report,
  places: WeakMap<object, Place>,
): Scope {
  return {
    report,
    places,
    names: {
      features: new Set(features.keys()),
      meters: new Set(meters.keys()),
      levels: new Set(levels.map((level) => level.name)),
      roles: new Set(roles.keys()),
      plans: new Set(plans.keys()),
      authorities: new Set(federation.keys()),
    },
    features,
    declared: { context, attributes, properties },
  }
}

function findingsOf(report: Report, paths: readonly string[]): OverridesFinding[] {
  return report.sorted().map(({ code, line, message, suggestion }) => ({
    code,
    path: paths[line - 1] ?? '',
    message,
    ...(suggestion !== undefined && { suggestion }),
  }))
}
