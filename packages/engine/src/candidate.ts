import type { CompiledEntry, CompiledFeature, CompiledPlan, CompiledTerms } from '@writ/terms'
import type { Ask } from './ask.ts'
import type { Instant } from './facts.ts'
import type { LicenseRecord } from './license-record.ts'
import { endOf, type LicenseState, licenseState } from './license-state.ts'
import { windowOf } from './quota-window.ts'
import { seatsTaken } from './seats.ts'
import { unitsLeft } from './units-left.ts'

/** One plan's say in a candidate; `entry` is absent where the plan does not include the feature. */
export interface Part {
  readonly plan: CompiledPlan
  readonly entry: CompiledEntry | undefined
}

/** A pair (licence, plan entry). Degraded, it has a second part: an entry of the plan it degraded to must pass as well. */
export interface Candidate {
  readonly license: LicenseRecord
  readonly terms: CompiledTerms
  readonly feature: CompiledFeature | undefined
  readonly state: LicenseState
  readonly end: Instant
  readonly parts: readonly [Part] | readonly [Part, Part]
  readonly repair: boolean
  /** Held by the identity itself: implies its seat and the role `*`. */
  readonly personal: boolean
}

/** Every candidate for the question, in the order in which they are tried (`decision.md` section 2). */
export function candidatesOf(ask: Ask): Candidate[] {
  const { world, identity, organization } = ask
  const candidates: Candidate[] = []
  if (organization !== undefined && world.identities.roleSet(identity, organization) !== undefined)
    addCandidates(candidates, world.licensesOf(organization), false, ask)
  addCandidates(candidates, world.licensesHeldBy(identity), true, ask)
  if (candidates.length <= 1) return candidates
  // Those that are never tried still matter when they begin or change class.
  for (const { state } of candidates) ask.horizon.touch(state.changes)
  return inOrder(candidates, ask)
}

export function addCandidates(candidates: Candidate[], licenses: readonly LicenseRecord[], personal: boolean, ask: Ask): void {
  for (const license of licenses) if (license.product === ask.product.name) addCandidatesOf(candidates, license, personal, ask)
}

function addCandidatesOf(candidates: Candidate[], license: LicenseRecord, personal: boolean, ask: Ask): void {
  const sold = ask.world.sold(license)
  if (sold === undefined) return
  const { terms, plan, degradeTo } = sold
  const feature = terms.features.get(ask.featureName)
  const repair = feature?.feature.repair === true
  const state = licenseState(license, plan.plan, ask.now)
  const end = endOf(license)
  const entries = entriesOf(plan, feature)
  // Who can repair is never locked out: a smaller plan that lacks the repair feature does not close it.
  const second =
    state.kind === 'degraded' && degradeTo !== undefined && !(repair && entriesOf(degradeTo, feature)[0] === undefined)
      ? degradeTo
      : undefined
  for (const entry of entries) {
    if (second === undefined) candidates.push({ license, terms, feature, state, end, parts: [{ plan, entry }], repair, personal })
    else
      for (const other of entriesOf(second, feature)) {
        candidates.push({
          license,
          terms,
          feature,
          state,
          end,
          parts: [
            { plan, entry },
            { plan: second, entry: other },
          ],
          repair,
          personal,
        })
      }
  }
}

const NO_ENTRY: readonly undefined[] = [undefined]

function entriesOf(plan: CompiledPlan, feature: CompiledFeature | undefined): readonly (CompiledEntry | undefined)[] {
  return (feature && plan.entries[feature.index]) ?? NO_ENTRY
}

const CLASSES = { in_force: 0, in_grace: 1, degraded: 2, refused: 3 } as const

function inOrder(candidates: Candidate[], ask: Ask): Candidate[] {
  const keyed = candidates.map((candidate, written) => ({ candidate, written, overage: exceedsIncluded(candidate, ask) ? 1 : 0 }))
  keyed.sort(
    (a, b) =>
      CLASSES[a.candidate.state.kind] - CLASSES[b.candidate.state.kind] ||
      a.overage - b.overage ||
      compare(a.candidate.end, b.candidate.end) ||
      compare(a.candidate.license.id, b.candidate.license.id) ||
      a.written - b.written,
  )
  return keyed.map(({ candidate }) => candidate)
}

function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whether the amount asked is more than what is left of the included units. */
function exceedsIncluded({ license, feature, parts }: Candidate, ask: Ask): boolean {
  const meter = feature?.feature.meter
  if (meter === undefined) return false
  for (const { entry } of parts) {
    if (entry?.limit === undefined) continue
    const window = windowOf(entry.limit, license.starts, ask.now)
    const { limit } = entry.limit
    const most = limit.perSeat ? limit.count * Math.max(1, seatsTaken(license, ask)) : limit.count
    if (ask.amount <= (unitsLeft(ask, license.id, meter, window, most, entry.entry.then.kind === 'refuse') ?? most)) continue
    ask.horizon.touch(window.until)
    return true
  }
  return false
}
