import { type Instant, type LicenseFact, licenseState, type World } from '@writ/engine'
import type { CompiledPlan, CompiledTerms, Grace } from '@writ/terms'
import { OWN } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import { type Reach, seesOrganization, seesProduct } from '../enforcers/scope.ts'
import type { LicenseRow } from './store.ts'

/** A licence and how it stands: `in_force`, `in_grace`, `degraded`, or the reason why it is refused. */
export interface LicenseView extends LicenseRow {
  readonly state: string
}

/** An edition and one of its plans, as a licence is sold. */
export interface Offer {
  readonly edition: number
  readonly terms: CompiledTerms
  readonly plan: CompiledPlan
}

/** @param edition absent: the newest @throws {ApiError} PRODUCT_UNKNOWN, EDITION_UNKNOWN, PLAN_UNKNOWN */
export function offerOf(world: World, product: string, edition: number | undefined, plan: string): Offer {
  const record = world.product(product)
  if (record === undefined) throw new ApiError('PRODUCT_UNKNOWN')
  const number = edition ?? record.newestEdition
  const terms = record.editions.get(number)
  if (terms === undefined) throw new ApiError('EDITION_UNKNOWN')
  const found = terms.plans.get(plan)
  if (found === undefined) throw new ApiError('PLAN_UNKNOWN', { plans: [...terms.plans.keys()] })
  return { edition: number, terms, plan: found }
}

type SoldAs = Pick<LicenseRow, 'product' | 'edition' | 'plan' | 'overrides'>

/** What a licence was sold as, its overrides in it. Editions are for ever, so what was found once is found always. */
export function soldAs(world: World, { product, edition, plan, overrides }: SoldAs): Offer {
  const offer = offerOf(world, product, edition, plan)
  if (overrides === null) return offer
  const own = world.soldAs({ product, edition, plan, overrides })?.plan
  if (own === undefined) throw new Error('a licence overrides what its edition does not take')
  return { ...offer, plan: own }
}

/**
 * A licence that an identity holds is nobody's organization's: who sees some organizations does not see it. That which the authority holds
 * to its own product nobody sees: it would be theirs to end.
 */
export function seesLicense(reach: Reach, { product, organization }: Pick<LicenseRow, 'product' | 'organization'>): boolean {
  if (product === OWN || !seesProduct(reach, product)) return false
  return organization === null ? reach.organizations === undefined : seesOrganization(reach, organization)
}

export function factOf(row: LicenseRow): LicenseFact {
  const { id, product, edition, plan, organization, holder, starts, ends, trial_ends, suspended, revoked_at, past_due_since, overrides } =
    row
  return {
    fact: 'license',
    id,
    product,
    edition,
    plan,
    ...(organization !== null && { organization }),
    ...(holder !== null && { holder }),
    starts,
    ...(ends !== null && { ends }),
    ...(trial_ends !== null && { trial_ends }),
    ...(suspended && { suspended }),
    ...(revoked_at !== null && { revoked_at }),
    ...(past_due_since !== null && { past_due_since }),
    ...(overrides !== null && { overrides }),
  }
}

/** The longest graces that any plan of any edition gives, milliseconds. */
export function longestGraces(world: World): { expiry: number; payment: number } {
  const longest = { expiry: 0, payment: 0 }
  for (const { editions } of world.allProducts()) {
    for (const { plans } of editions.values()) {
      for (const { plan } of plans.values()) {
        longest.expiry = Math.max(longest.expiry, plan.grace.expirySeconds * 1000)
        longest.payment = Math.max(longest.payment, plan.grace.paymentSeconds * 1000)
      }
    }
  }
  return longest
}

const NO_GRACE: Grace = { expirySeconds: 0, paymentSeconds: 0, offlineSeconds: 0 }

/** As the engine judges it. */
export function viewOf(world: World, row: LicenseRow, now: Instant): LicenseView {
  const fact = factOf(row)
  const plan = world.soldAs(fact)?.plan.plan
  // Without its edition, which another node published a moment ago, only the dates are known.
  const state = licenseState(fact, plan ?? ({ grace: NO_GRACE } as never), now)
  return { ...row, state: state.kind === 'refused' ? state.reason : state.kind }
}
