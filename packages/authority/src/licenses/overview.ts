import { endOf, type Instant, type LicenseRecord, licenseState } from '@writ/engine'
import { offsetAt, type Zone } from '@writ/terms'
import type { Authority } from '../app/authority.ts'
import { inTurns } from '../app/in-turns.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Reach } from '../enforcers/scope.ts'
import { type EndsIn, listEndings } from './ending-store.ts'
import { type LicenseView, seesLicense, viewOf } from './license.ts'

/** Which licences are meant; absent members: whichever. */
export interface Among {
  readonly organization?: string
  readonly product?: string
  readonly plan?: string
}

export interface LicenseSummary {
  /** The instant that the states are of. */
  readonly at: Instant
  readonly total: number
  /** By state, as decisions see it. */
  readonly states: ReadonlyMap<string, number>
  /** In force, and trials. */
  readonly trials: number
  readonly plans: readonly PlanCount[]
}

export interface PlanCount {
  readonly product: string
  readonly plan: string
  readonly edition: number
  readonly licenses: number
}

/** How many licences stand how, and which plan of which edition they are on. */
export async function summaryOfLicenses(authority: Authority, reach: Reach, among: Among): Promise<LicenseSummary> {
  const at = authority.clock()
  const states = new Map<string, number>()
  const plans = new Map<string, { product: string; plan: string; edition: number; licenses: number }>()
  let [total, trials] = [0, 0]
  await inTurns(inSight(authority, reach, among), (license) => {
    const sold = authority.world.sold(license)
    if (sold === undefined) return
    total++
    const state = licenseState(license, sold.plan.plan, at)
    count(states, state.kind === 'refused' ? state.reason : state.kind)
    if (state.kind === 'in_force' && state.trialUntil !== undefined) trials++
    const { product, plan, edition } = license.fact
    const key = JSON.stringify([product, plan, edition])
    const known = plans.get(key) ?? { product, plan, edition, licenses: 0 }
    known.licenses++
    plans.set(key, known)
  })
  const inOrder = [...plans.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
  return { at, total, states, trials, plans: inOrder }
}

/** Licences that end in a period; revoked ones have ended already. */
export async function pageOfEndings(
  { db, world, clock }: Authority,
  reach: Reach,
  within: EndsIn,
  listing: Listing,
): Promise<Slice<LicenseView>> {
  const { items, last } = await listEndings(db, reach, within, listing)
  const now = clock()
  return { items: items.map((row) => viewOf(world, row, now)), last }
}

/** How many licences end on each day of a period, as a calendar in `zone` has it. Days on which none does are left out. */
export async function endingsByDay(authority: Authority, reach: Reach, { from, until, ...among }: EndsIn, zone: Zone) {
  const days = new Map<string, number>()
  await inTurns(inSight(authority, reach, among), (license) => {
    const end = endOf(license)
    if (license.revoked_at === undefined && end >= from && end < until) count(days, dayOf(end, zone))
  })
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, licenses]) => ({ day, licenses }))
}

export function inSight({ world }: Pick<Authority, 'world'>, reach: Reach, { organization, product, plan }: Among): LicenseRecord[] {
  return world.allLicenses().filter(({ fact }) => {
    if (product !== undefined && fact.product !== product) return false
    if (plan !== undefined && fact.plan !== plan) return false
    if (organization !== undefined && fact.organization !== organization) return false
    return seesLicense(reach, { product: fact.product, organization: fact.organization ?? null })
  })
}

function dayOf(instant: Instant, zone: Zone): string {
  return new Date(instant + offsetAt(zone, instant)).toISOString().slice(0, 10)
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
