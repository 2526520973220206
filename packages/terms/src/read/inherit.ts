import type { Entry, Plan } from '../model.ts'
import type { Report } from '../report.ts'
import type { OwnPlan } from './plans.ts'
import { DEFAULT_GRACE } from './plans.ts'

/** Resolves `extends`: a key given replaces the inherited one, `includes` feature by feature; price and trial are never inherited. */
export function inherit(plans: ReadonlyMap<string, OwnPlan>, report: Report): Map<string, Plan> {
  const done = new Map<string, Plan>()
  const open = new Set<string>()
  const resolve = (id: string): Plan | undefined => {
    const ready = done.get(id)
    if (ready !== undefined) return ready
    const plan = plans.get(id)
    if (plan === undefined) return undefined
    if (open.has(id)) return undefined
    open.add(id)
    const base = plan.base && resolve(plan.base.name)
    if (plan.base !== undefined && reaches(id, plans)) {
      report.add(
        plan.base.tree.place,
        'EXTENDS_CYCLE',
        `Plan ${id} extends itself${plan.base.name === id ? '' : `, by way of ${plan.base.name}`}.`,
        'Let one of them stand alone.',
      )
    }
    const whole = complete(id, plan.own, base, plan.base?.name)
    done.set(id, whole)
    return whole
  }
  // Plans keep the order in which they are written, whatever order they are resolved in.
  const written = new Map<string, Plan>()
  for (const id of plans.keys()) {
    const plan = resolve(id)
    if (plan !== undefined) written.set(id, plan)
  }
  return written
}

function reaches(id: string, plans: ReadonlyMap<string, OwnPlan>): boolean {
  const seen = new Set<string>()
  for (let at = plans.get(id)?.base?.name; at !== undefined && !seen.has(at); at = plans.get(at)?.base?.name) {
    if (at === id) return true
    seen.add(at)
  }
  return false
}

/** What a plan does not say itself it inherits, or else is the default. The name that stands in for a missing title is no title to inherit. */
export function complete(id: string, own: Partial<Plan>, base?: Plan, baseId?: string): Plan {
  const seats = own.seats ?? base?.seats
  return {
    title: own.title ?? (base?.title === baseId ? undefined : base?.title) ?? id,
    price: own.price ?? new Map(),
    ...(own.trialSeconds !== undefined && { trialSeconds: own.trialSeconds }),
    ...(seats !== undefined && { seats }),
    grace: own.grace ?? base?.grace ?? DEFAULT_GRACE,
    enforcement: own.enforcement ?? base?.enforcement ?? 'enforce',
    includes: merged(own.includes, base?.includes),
    conditions: own.conditions ?? base?.conditions ?? {},
  }
}

function merged(own: Plan['includes'] | undefined, base: Plan['includes'] | undefined): Plan['includes'] {
  const all = new Map<string, readonly Entry[]>([...(base ?? []), ...(own ?? [])])
  for (const [feature, entries] of all) if (entries.length === 0) all.delete(feature)
  return all
}
