import type { Conditions, Entry, Feature, Hours, OpenWindow, ResourceSelector, Terms } from '../model.ts'

/**
 * Whether `earlier` passes every gate whenever `later` would, so that `later` is never used (`decision.md` section 2: entries of one
 * licence are tried in written order). Careful on purpose: where it cannot tell, the answer is no, and nobody is warned for nothing.
 */
export function covers(earlier: Entry, later: Entry, feature: Feature, terms: Pick<Terms, 'levels'>): boolean {
  return (
    coversResources(earlier.resources, later.resources) &&
    isSubset(later.commands ?? feature.commands, earlier.commands) &&
    coversProof(earlier, later, feature, terms) &&
    coversApproval(earlier, later) &&
    (earlier.needs === undefined || earlier.needs === later.needs) &&
    coversExpressions(earlier, later) &&
    coversConditions(earlier.conditions, later.conditions) &&
    coversLimit(earlier, later) &&
    coversRate(earlier, later) &&
    coversValue(earlier, later, feature)
  )
}

/** An absent list on the right is everything; an absent one on the left is everything too, and fits only there. */
function isSubset(part: readonly string[] | undefined, whole: readonly string[] | undefined): boolean {
  return whole === undefined || (part?.every((each) => whole.includes(each)) ?? false)
}

function coversResources(earlier: ResourceSelector | undefined, later: ResourceSelector | undefined): boolean {
  if (earlier === undefined) return true
  const labels = [...earlier.labels].every(([label, values]) => isSubset(later?.labels.get(label), values))
  return labels && isSubset(later?.environment, earlier.environment) && isSubset(later?.region, earlier.region)
}

function coversProof(earlier: Entry, later: Entry, feature: Feature, { levels }: Pick<Terms, 'levels'>): boolean {
  const rank = (entry: Entry) =>
    Math.max(...[entry.assurance, feature.assurance].map((each) => levels.findIndex(({ name }) => name === each?.level)))
  // Without an age a proof is good for the session, which is at most as long as any age that either names.
  const age = earlier.assurance?.withinSeconds
  const laterAge = later.assurance?.withinSeconds
  return rank(earlier) <= rank(later) && (age === undefined || (laterAge !== undefined && laterAge <= age))
}

function coversApproval({ approval: earlier }: Entry, { approval: later }: Entry): boolean {
  if (earlier === undefined) return true
  if (later === undefined || earlier.by !== later.by || earlier.count > later.count) return false
  return earlier.forSeconds === undefined || (later.forSeconds !== undefined && later.forSeconds <= earlier.forSeconds)
}

function coversExpressions(earlier: Entry, later: Entry): boolean {
  const asked = (entry: Entry) => [entry.when, entry.conditions.when].filter((when) => when !== undefined)
  return isSubset(asked(earlier), asked(later))
}

function coversConditions(earlier: Conditions, later: Conditions): boolean {
  const hours = earlier.hours === undefined || (later.hours !== undefined && coversHours(earlier.hours, later.hours))
  return hours && isSubset(later.regions, earlier.regions) && isSubset(later.networks, earlier.networks)
}

function coversHours(earlier: Hours, later: Hours): boolean {
  const inside = (window: OpenWindow) =>
    earlier.open.some(
      ({ day, fromMinute, untilMinute }) => day === window.day && fromMinute <= window.fromMinute && window.untilMinute <= untilMinute,
    )
  return earlier.zone === later.zone && later.open.every(inside) && isSubset(earlier.closedOn, later.closedOn)
}

function coversLimit({ limit: earlier, then }: Entry, { limit: later, then: laterThen }: Entry): boolean {
  if (earlier === undefined) return true
  if (later === undefined || then.kind === 'throttle' || laterThen.kind === 'throttle') return false
  const sameWindow = earlier.period === later.period && earlier.perSeat === later.perSeat && earlier.calendarZone === later.calendarZone
  // A hard limit runs out where a soft one goes on.
  return sameWindow && earlier.count >= later.count && (then.kind !== 'refuse' || laterThen.kind === 'refuse')
}

/** Different rates fill different buckets, and the full one says nothing about the other. */
function coversRate({ rate: earlier }: Entry, { rate: later }: Entry): boolean {
  if (earlier === undefined) return true
  return (
    later !== undefined && earlier.count === later.count && earlier.periodSeconds === later.periodSeconds && earlier.burst === later.burst
  )
}

/** What one entry leaves unsaid is not compared with what the other says. */
function coversValue({ value: earlier }: Entry, { value: later }: Entry, feature: Feature): boolean {
  const size = (value: number | string | undefined) => (typeof value === 'string' ? feature.values?.indexOf(value) : value) ?? Number.NaN
  return earlier === later || size(earlier) > size(later)
}
