import { compileExpression } from '../expression.ts'
import type { Conditions, Entry, Feature, Hours, Plan, Terms } from '../model.ts'
import { covers } from './covers.ts'
import { everMeet } from './meet.ts'
import type { Warn } from './warnings.ts'

/** Warnings about the entries of plans. Plans share what they inherit, so each list and each entry is looked at once. */
export function entryWarnings(terms: Terms, warn: Warn): void {
  const lists = new Set<readonly Entry[]>()
  const shut = new Set<Entry>()
  for (const [name, plan] of terms.plans) {
    if (plan.conditions.hours !== undefined) neverOpen(plan.conditions.hours, `plan ${name}`, warn)
    planRequest(name, plan, terms, warn)
    for (const [id, entries] of plan.includes) {
      const feature = terms.features.get(id)
      if (feature === undefined) continue
      for (const entry of entries) {
        if (!shut.has(entry) && shutByPlan(plan.conditions, entry.conditions)) {
          shut.add(entry)
          warn(
            entry,
            'ENTRY_NEVER_OPEN',
            `The hours of this entry of ${id} and those of plan ${name} never meet.`,
            'An entry is open only while its plan is: let the hours overlap.',
          )
        }
      }
      if (lists.has(entries)) continue
      lists.add(entries)
      for (const [index, entry] of entries.entries()) {
        one(id, feature, entry, terms, warn)
        const killer = entries.slice(0, index).findIndex((earlier) => covers(earlier, entry, feature, terms))
        if (killer < 0) continue
        warn(
          entry,
          'ENTRY_DEAD',
          `Entry ${index + 1} of ${id} is never used: entry ${killer + 1} passes whenever this one would.`,
          'Put the stricter entry first, or leave this one out.',
        )
      }
    }
  }
}

function one(id: string, feature: Feature, entry: Entry, terms: Terms, warn: Warn): void {
  const { limit, then, rate, value, conditions, approval } = entry
  // Where every use is billed or slowed from the first on, 0 is a price and not a mistake.
  if (limit?.count === 0 && then.kind === 'refuse')
    warn(
      entry,
      'LIMIT_ZERO',
      `The limit of ${id} is 0, so nobody may use it.`,
      'Give a limit of at least 1, or leave the feature out of the plan.',
    )
  if (rate !== undefined && rate.burst < 1)
    warn(entry, 'BURST_BELOW_ONE', `A burst of ${rate.burst} lets nothing through.`, 'Give a burst of at least 1.')
  if (feature.type !== 'switch' && value === undefined)
    warn(entry, 'VALUE_MISSING', `This entry of ${id} does not say how much.`, 'Add "value:".')
  if (conditions.hours !== undefined) neverOpen(conditions.hours, id, warn)
  for (const when of [entry.when, conditions.when]) {
    if (when === undefined || approval !== undefined || !usesRequest(when, terms)) continue
    warn(
      entry,
      'REQUEST_NEVER_ASKED',
      `This entry of ${id} looks at what an access request brings, but asks for no approval.`,
      'Add "approval: { by: ROLE }".',
    )
    break
  }
}

function planRequest(name: string, plan: Plan, terms: Terms, warn: Warn): void {
  const { when } = plan.conditions
  if (when === undefined || !usesRequest(when, terms)) return
  const asks = [...plan.includes.values()].some((entries) => entries.some(({ approval }) => approval !== undefined))
  if (!asks)
    warn(
      plan.conditions,
      'REQUEST_NEVER_ASKED',
      `Plan ${name} looks at what an access request brings, but no entry asks for approval.`,
      'Add "approval: { by: ROLE }" to an entry.',
    )
}

function usesRequest(when: string, terms: Terms): boolean {
  return compileExpression(when, terms).needsRequest
}

function neverOpen(hours: Hours, what: string, warn: Warn): void {
  if (hours.open.length === 0)
    warn(hours, 'HOURS_NEVER_OPEN', `The hours of ${what} never open.`, 'Add an opening, such as "mon-fri 08:00-18:00".')
}

/** Only where both speak of the same zone can the two be laid side by side. */
function shutByPlan({ hours: plan }: Conditions, { hours: entry }: Conditions): boolean {
  if (plan === undefined || entry === undefined || plan.zone !== entry.zone || plan.open.length === 0 || entry.open.length === 0)
    return false
  return !everMeet(plan, entry)
}
