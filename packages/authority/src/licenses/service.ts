import type { Instant } from '@writ/engine'
import { applyEnds } from '@writ/terms'
import type { Transaction } from 'kysely'
import { OWN } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Putting } from '../bulk/kinds.ts'
import type { Draft } from '../changes/draft.ts'
import type { By, Deed } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import { lockUnasked } from '../guard/store.ts'
import { countUnasked, editionMoves } from '../guard/unasked.ts'
import type { EventType } from '../notify/event.ts'
import { licenseEvent } from '../notify/license-event.ts'
import { findOrganization } from '../organizations/store.ts'
import { putElsewhere } from '../rollouts/move-store.ts'
import { USAGE } from '../usage/ledger.ts'
import { lockSeats } from '../usage/store.ts'
import { factOf, type LicenseView, longestGraces, type Offer, offerOf, seesLicense, soldAs, viewOf } from './license.ts'
import { type Overrides, overridesText } from './overrides.ts'
import { clearSeats, findMember } from './seat-store.ts'
import {
  findLicense,
  giveTrial,
  insertLicense,
  type LicenseFilter,
  type LicenseRow,
  type LicenseSort,
  type LicenseValues,
  listLicenses,
  lockLicense,
  updateLicense,
} from './store.ts'

export interface NewLicense {
  readonly id?: string
  readonly product: string
  readonly plan: string
  /** Absent: the newest. */
  readonly edition?: number
  /** Exactly one of the two. */
  readonly holder: { readonly organization: string } | { readonly identity: string }
  /** Absent: now. */
  readonly starts?: Instant
  /** Exclusive; absent: an open end. */
  readonly ends?: Instant
  /** Its length is the plan's. */
  readonly trial?: boolean
  readonly overrides?: Overrides
}

/**
 * Issues a licence. Its end is the one asked for, moved later as the terms' `ends` says.
 * @throws {ApiError} PRODUCT_UNKNOWN, EDITION_UNKNOWN, PLAN_UNKNOWN, ORGANIZATION_UNKNOWN, IDENTITY_UNKNOWN, LICENSE_EXISTS,
 *   LICENSE_DATES_INVALID, NO_TRIAL, TRIAL_USED, OVERRIDES_INVALID; BUILT_IN for the authority's own product
 */
export async function issueLicense(authority: Authority, by: By, reach: Reach, input: NewLicense): Promise<LicenseView> {
  const { id = makeId('lic') } = input
  const organization = 'organization' in input.holder ? input.holder.organization : null
  return authority.mutate(by, deed('issue', { id, organization }), async (tx, change) => {
    const standing = { suspended: false, revoked_at: null, past_due_since: null }
    const view = await issueWithin({ authority, tx, change, reach }, { ...input, id }, standing)
    change.announce(licenseEvent('license.issued', view))
    return view
  })
}

/** @param standing how it stands from the start: of one that was sold elsewhere before */
export async function issueWithin(
  { authority, tx, change, reach }: Putting,
  input: NewLicense & { readonly id: string },
  standing: Pick<LicenseValues, 'suspended' | 'revoked_at' | 'past_due_since'>,
): Promise<LicenseView> {
  const { world } = authority
  const { id, product, plan, trial = false } = input
  const organization = 'organization' in input.holder ? input.holder.organization : null
  const holder = 'identity' in input.holder ? input.holder.identity : null
  // Whoever held one would have every permission here.
  if (product === OWN) throw new ApiError('BUILT_IN')
  if (!seesLicense(reach, { product, organization })) throw new ApiError(organization === null ? 'PRODUCT_UNKNOWN' : 'ORGANIZATION_UNKNOWN')
  const offer = offerOf(world, product, input.edition, plan)
  const overrides = overridesText(offer, input.overrides ?? null)
  const now = authority.clock()
  const starts = input.starts ?? now
  const ends = trial ? trialEnd(offer, starts, input.ends) : endAsked(offer, starts, input.ends)

  if (organization !== null && (await findOrganization(tx, organization)) === undefined) throw new ApiError('ORGANIZATION_UNKNOWN')
  if (holder !== null && (await findMember(tx, holder)) === undefined) throw new ApiError('IDENTITY_UNKNOWN')
  const row = await insertLicense(
    tx,
    {
      id,
      product,
      plan,
      edition: offer.edition,
      organization,
      holder,
      starts,
      ends: trial ? null : ends,
      trial_ends: trial ? ends : null,
      overrides,
      ...standing,
    },
    now,
  )
  if (row === undefined) throw new ApiError('LICENSE_EXISTS')
  if (trial) {
    const [holder_kind, holder_id] =
      organization === null ? (['identity', holder as string] as const) : (['organization', organization] as const)
    if (!(await giveTrial(tx, { product, holder_kind, holder_id, license_id: id, given_at: now }))) throw new ApiError('TRIAL_USED')
  }
  change.state(factOf(row))
  const overridden = overrides !== null && { overrides: JSON.parse(overrides) }
  change.note({ product, plan, edition: row.edition, holder, starts, ends, trial, ...overridden })
  return viewOf(world, row, now)
}

/** What a licence is changed by, beside the id and the word of the route. */
export interface Step {
  readonly verb: 'suspend' | 'resume' | 'renew' | 'revoke' | 'change_plan' | 'past_due' | 'paid' | 'override' | 'move_edition'
  /** @returns what is different then; nothing: it is so already */
  readonly to: (known: LicenseRow, now: Instant, authority: Authority) => Partial<LicenseValues>
  /** It is for security, and not held by whom it takes access from. */
  readonly forSecurity?: boolean
  /** What else goes with it, in the same transaction. */
  readonly then?: (tx: Transaction<Database>, change: Draft, known: LicenseRow, row: LicenseRow, authority: Authority) => Promise<void>
}

export const suspend: Step = { verb: 'suspend', to: () => ({ suspended: true }) }
export const resume: Step = { verb: 'resume', to: () => ({ suspended: false }) }
export const revoke: Step = { verb: 'revoke', to: (_, now) => ({ revoked_at: now }) }
export const paid: Step = { verb: 'paid', to: () => ({ past_due_since: null }) }

/** @param since absent: now; the grace for payment runs from it @throws {ApiError} LICENSE_DATES_INVALID for one to come */
export function pastDue(since: Instant | undefined): Step {
  return {
    verb: 'past_due',
    to: (known, now) => {
      if (since !== undefined && since > now) throw new ApiError('LICENSE_DATES_INVALID')
      // Said again without an instant, the grace that runs goes on.
      return { past_due_since: since ?? known.past_due_since ?? now }
    },
  }
}

/**
 * Gives a licence its next end, moved later as the terms' `ends` says. A trial becomes a paid licence.
 * @param ends null: an open end @throws {ApiError} LICENSE_DATES_INVALID
 */
export function renew(ends: Instant | null): Step {
  return {
    verb: 'renew',
    to: (known, _, { world }) => ({ ends: endAsked(soldAs(world, known), known.starts, ends ?? undefined), trial_ends: null }),
  }
}

/**
 * Puts a licence on another plan. What was used stays used, and so does what it overrides, where the plan takes it. Of seats of another
 * kind all are freed, since nobody can hold on to a kind that is no longer sold; of the same kind all stay, and where fewer are sold the
 * earliest taken count.
 * @param edition absent: the newest @param overrides absent: as they are; null: none any more
 * @throws {ApiError} EDITION_UNKNOWN, PLAN_UNKNOWN, OVERRIDES_INVALID; NO_TRIAL when a trial would go on in a plan without
 */
export function changePlan(plan: string, edition: number | undefined, overrides?: Overrides | null): Step {
  return {
    verb: 'change_plan',
    to: (known, _, { world }) => {
      const offer = offerOf(world, known.product, edition, plan)
      if (known.trial_ends !== null && offer.plan.plan.trialSeconds === undefined) throw new ApiError('NO_TRIAL')
      const kept = known.overrides === null ? null : (JSON.parse(known.overrides) as Overrides)
      return { plan, edition: offer.edition, overrides: overridesText(offer, overrides === undefined ? kept : overrides) }
    },
    then: followTerms,
  }
}

/** Changes what a licence has of its own beside its plan. @param overrides the whole of it; null: nothing @throws {ApiError} OVERRIDES_INVALID */
export function override(overrides: Overrides | null): Step {
  return {
    verb: 'override',
    to: (known, _, { world }) => ({ overrides: overridesText(offerOf(world, known.product, known.edition, known.plan), overrides) }),
    then: followTerms,
  }
}

/** What goes with other terms: seats of a kind that is no longer sold are freed, and windows and rates may be others. */
const followTerms: NonNullable<Step['then']> = async (tx, change, known, row, { world }) => {
  const [before, after] = [known, row].map((each) => soldAs(world, each).plan.plan.seats?.kind)
  await lockSeats(tx, [row.id])
  if (before !== after)
    for (const identity of await clearSeats(tx, row.id)) change.state({ fact: 'removed', of: 'seat', id: row.id, identity })
  // What windows and rates hold is counted from the events.
  change.touch(USAGE, row.id)
}

/** Steps that webhooks hear of. */
const ANNOUNCED: Readonly<Partial<Record<Step['verb'], EventType>>> = {
  renew: 'license.renewed',
  suspend: 'license.suspended',
  resume: 'license.resumed',
  revoke: 'license.revoked',
}

/** Takes one step in the life of a licence. @throws {ApiError} LICENSE_UNKNOWN, LICENSE_REVOKED, PRECONDITION_FAILED, and what the step throws */
export async function changeLicense(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  step: Step,
  versions: readonly number[] | undefined,
): Promise<LicenseView> {
  const { organization, product } = await readLicense(authority, reach, id)
  const forSecurity = step.forSecurity === true
  const moves = editionMoves(by, product)
  // What moves to another edition counts with others that do, and they wait for one another: only once it is known that it does.
  const take = async (isCounted: boolean): Promise<LicenseView> => {
    const tally = { losing: 0 }
    return authority.mutate({ ...by, tally }, { ...deed(step.verb, { id, organization }), forSecurity }, async (tx, change) => {
      // Before the licence, as whoever moves many takes them.
      const before = isCounted ? await lockUnasked(tx, moves, authority.clock()) : 0
      const known = await lockLicense(tx, id)
      if (known === undefined) throw new ApiError('LICENSE_UNKNOWN')
      if (versions?.includes(known.version) === false) throw new ApiError('PRECONDITION_FAILED')
      const now = authority.clock()
      if (known.revoked_at !== null) {
        if (step.verb !== 'revoke') throw new ApiError('LICENSE_REVOKED')
        change.unchanged()
        return viewOf(authority.world, known, now)
      }
      const taken = await takeStep(authority, tx, change, known, step)
      if (taken === undefined) change.unchanged()
      else {
        change.note({ ...taken.detail, ...(forSecurity && { for_security: true }) })
        const type = ANNOUNCED[step.verb]
        if (type !== undefined) change.announce(licenseEvent(type, taken.row))
        const isMoved = taken.row.edition !== known.edition
        if (isMoved && !isCounted) throw new Uncounted()
        if (isMoved) countUnasked(tx, change, { id: moves, before, tally, now })
      }
      return viewOf(authority.world, taken?.row ?? known, now)
    })
  }
  return take(false).catch((error: unknown) => {
    if (error instanceof Uncounted) return take(true)
    throw error
  })
}

/** Thrown to undo a step that turns out to be a move to another edition. */
class Uncounted {}

/**
 * Takes one step with a licence that is locked. What the step throws it throws before anything is written.
 * @returns what is other then, in words of the API; `undefined`: it is so already
 */
export async function takeStep(
  authority: Authority,
  tx: Transaction<Database>,
  change: Draft,
  known: LicenseRow,
  step: Step,
): Promise<{ readonly row: LicenseRow; readonly detail: Record<string, unknown> } | undefined> {
  const now = authority.clock()
  const different = step.to(known, now, authority)
  if (isSo(known, different)) return undefined
  const row = await updateLicense(tx, valuesOf({ ...known, ...different }), now)
  change.state(factOf(row))
  if (row.edition !== known.edition) await putElsewhere(tx, row.id, now)
  await step.then?.(tx, change, known, row, authority)
  return { row, detail: inWords(different) }
}

/** @throws {ApiError} LICENSE_UNKNOWN, alike for one that is not there and one that the credential does not see */
export async function readLicense({ db, world, clock }: Authority, reach: Reach, id: string): Promise<LicenseView> {
  const row = await findLicense(db, id)
  if (row === undefined || !seesLicense(reach, row)) throw new ApiError('LICENSE_UNKNOWN')
  return viewOf(world, row, clock())
}

/** Those that the credential sees. @param filter `state`: as decisions see it now */
export async function pageOfLicenses(
  { db, world, clock }: Authority,
  reach: Reach,
  { state, ...filter }: LicenseFilter & { readonly state?: string },
  listing: Listing<LicenseSort>,
): Promise<Slice<LicenseView>> {
  const now = clock()
  const is = (row: LicenseRow): boolean => viewOf(world, row, now).state === state
  const sieve = state === undefined ? undefined : { state, now, graces: longestGraces(world), is }
  const { items, last } = await listLicenses(db, reach, filter, sieve, listing)
  return { items: items.map((row) => viewOf(world, row, now)), last }
}

export function endAsked({ terms }: Offer, starts: Instant, asked: Instant | undefined): Instant | null {
  if (asked === undefined) return null
  if (asked <= starts) throw new ApiError('LICENSE_DATES_INVALID')
  return terms.terms.ends === undefined ? asked : applyEnds(terms.terms.ends, asked)
}

function trialEnd({ terms, plan }: Offer, starts: Instant, asked: Instant | undefined): Instant {
  const { trialSeconds } = plan.plan
  if (trialSeconds === undefined) throw new ApiError('NO_TRIAL')
  if (asked !== undefined) throw new ApiError('LICENSE_DATES_INVALID')
  const end = starts + trialSeconds * 1000
  return terms.terms.ends === undefined ? end : applyEnds(terms.terms.ends, end)
}

function isSo(known: LicenseRow, different: Partial<LicenseValues>): boolean {
  return Object.entries(different).every(([name, value]) => known[name as keyof LicenseRow] === value)
}

/** Overrides are shown as they are written, not as text within text. */
function inWords({ overrides, ...rest }: Partial<LicenseValues>): Record<string, unknown> {
  return { ...rest, ...(overrides !== undefined && { overrides: overrides === null ? null : JSON.parse(overrides) }) }
}

function valuesOf({ version: _version, created_at: _created, updated_at: _updated, ...values }: LicenseRow): LicenseValues {
  return values
}

function deed(verb: string, { id, organization }: Pick<LicenseRow, 'id' | 'organization'>): Deed {
  return { action: `license.${verb}`, subject: `license:${id}`, ...(organization !== null && { organization }) }
}
