import type { Fact } from '@writ/engine'
import { type Consequence, diff } from '@writ/terms'
import { ApiError, type ApiErrorCode, type FieldError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Place } from '../app/listing.ts'
import type { Whole } from '../changes/draft.ts'
import { type By, HORIZON_MILLISECONDS } from '../changes/mutate.ts'
import { type Reach, seesOrganization, seesProduct } from '../enforcers/scope.ts'
import { movedTo } from '../guard/service.ts'
import { lockUnasked } from '../guard/store.ts'
import { countUnasked, editionMoves } from '../guard/unasked.ts'
import { countMovable, lockMovable, type Movable, type MovableGroup, overriddenMovable } from './edition-move-store.ts'
import { changePlan, type Step, takeStep } from './service.ts'
import type { LicenseRow } from './store.ts'

export interface EditionMove {
  readonly product: string
  /** Absent: the newest. */
  readonly edition?: number
  readonly plan?: string
  readonly organization?: string
  readonly from?: number
}

/** A licence that stays as it is, and why. */
export interface Refusal {
  readonly license: string
  readonly code: ApiErrorCode
  /** The plans that there are, where its own is not among them. */
  readonly plans?: readonly string[]
  readonly errors?: readonly FieldError[]
}

export interface Moved {
  readonly edition: number
  readonly moved: readonly string[]
  readonly refused: readonly Refusal[]
  /** Where the next batch begins; absent: this was the last. */
  readonly last: Place | undefined
}

/** What a move would come to for those on one plan of one edition. */
export interface MoveConsequences extends MovableGroup {
  /** The new edition has no such plan, and they would stay. */
  readonly stays?: true
  readonly consequences: readonly Consequence[]
}

const MOST_OVERRIDDEN = 10_000

/**
 * Moves a batch of licences to another edition of their terms, in one change that has an audit row for each. What cannot go stays, and
 * is named. Those that are there already are passed over.
 * @throws {ApiError} PRODUCT_UNKNOWN, EDITION_UNKNOWN, PLAN_UNKNOWN, ORGANIZATION_UNKNOWN
 */
export async function moveBatch(
  authority: Authority,
  by: By,
  reach: Reach,
  move: EditionMove,
  after: Place | undefined,
  limit: number,
): Promise<Moved> {
  const movable = movableBy(authority, reach, move)
  const { edition, product } = movable
  const tally = { losing: 0 }
  return authority.mutate({ ...by, tally }, { action: 'license.move_edition', subject: `product:${product}` }, async (tx, change) => {
    // One customer after another comes to what all of them do.
    const [id, now] = [editionMoves(by, product), authority.clock()]
    countUnasked(tx, change, { id, before: await lockUnasked(tx, id, now), tally, now })
    const rows = await lockMovable(tx, reach, movable, after, limit)
    const moved: string[] = []
    const refused: Refusal[] = []
    for (const row of rows) {
      try {
        const taken = await takeStep(authority, tx, change, row, moveTo(row.plan, edition))
        if (taken === undefined) continue
        moved.push(row.id)
        const { organization, id } = row
        change.alsoTell({ organization, subject: `license:${id}`, detail: { from: row.edition, ...taken.detail } })
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        refused.push(refusalOf(row.id, error))
      }
    }
    if (moved.length === 0) change.unchanged()
    change.note({ edition, moved: moved.length, refused: refused.length })
    const row = rows.length === limit ? rows.at(-1) : undefined
    const last: Place | undefined = row && [row.organization ?? row.holder ?? '', row.id]
    change.partOf(wholeOf(authority, reach, movable, change.facts, last === undefined))
    return { edition, moved, refused, last }
  })
}

/**
 * What a batch is a part of: every licence that the move is for and that is not moved yet, so that it is confirmed whole and not cut into
 * parts which each take from a few.
 */
function wholeOf({ world }: Authority, reach: Reach, movable: Movable, batch: readonly Fact[], isLast: boolean): Whole {
  const all = (): Fact[] => {
    const terms = world.product(movable.product)?.editions.get(movable.edition)
    const ids = new Set(batch.flatMap((fact) => (fact.fact === 'license' ? [fact.id] : [])))
    const rest = terms === undefined ? [] : movedTo(world, reach, movable, terms)
    return [...batch, ...rest.filter((fact) => fact.fact !== 'license' || !ids.has(fact.id))]
  }
  return { of: JSON.stringify(['edition-move', Object.entries(movable).sort()]), all, isLast }
}

/** What the whole move would come to: how many are on which plan, what changes for them, and which of them could not go. Changes nothing. */
export async function previewMove(
  authority: Authority,
  by: By,
  reach: Reach,
  move: EditionMove,
): Promise<{ edition: number; groups: MoveConsequences[]; refused: Refusal[] }> {
  const movable = movableBy(authority, reach, move)
  const { edition, product } = movable
  const editions = authority.world.product(product)?.editions
  const after = editions?.get(edition)?.terms
  const groups = (await countMovable(authority.db, reach, movable)).map((group): MoveConsequences => {
    const before = editions?.get(group.edition)?.terms
    if (after?.plans.has(group.plan) !== true) return { ...group, stays: true, consequences: [] }
    const all = before === undefined ? [] : diff(before, after)
    return { ...group, consequences: all.filter((each) => concerns(each, group.plan)) }
  })
  const terms = editions?.get(edition)
  if (by.foretold !== undefined && terms !== undefined) {
    const facts = movedTo(authority.world, reach, movable, terms)
    by.foretold(await authority.guard.foretell(authority.db, facts, by.horizonMilliseconds ?? HORIZON_MILLISECONDS))
  }
  const refused: Refusal[] = []
  for (const row of await overriddenMovable(authority.db, reach, movable, MOST_OVERRIDDEN)) {
    const error = wouldRefuse(authority, row, edition)
    if (error !== undefined) refused.push(refusalOf(row.id, error))
  }
  return { edition, groups, refused }
}

/** What holds for the plan, or for every plan, and only for those who move: what holds at once holds already. */
function concerns({ plan, effect }: Consequence, name: string): boolean {
  return effect === 'sold_or_moved' && (plan === undefined || plan === name)
}

function wouldRefuse(authority: Authority, row: LicenseRow, edition: number): ApiError | undefined {
  try {
    moveTo(row.plan, edition).to(row, authority.clock(), authority)
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

/** One licence, to another edition of its plan. */
export function moveTo(plan: string, edition: number): Step {
  return { ...changePlan(plan, edition), verb: 'move_edition' }
}

function movableBy({ world }: Authority, reach: Reach, { edition: wanted, ...move }: EditionMove): Movable {
  const product = seesProduct(reach, move.product) ? world.product(move.product) : undefined
  if (product === undefined) throw new ApiError('PRODUCT_UNKNOWN')
  if (move.organization !== undefined && !seesOrganization(reach, move.organization)) throw new ApiError('ORGANIZATION_UNKNOWN')
  const edition = wanted ?? product.newestEdition
  const terms = product.editions.get(edition)
  if (terms === undefined || (move.from !== undefined && !product.editions.has(move.from))) throw new ApiError('EDITION_UNKNOWN')
  if (move.plan !== undefined && !terms.plans.has(move.plan)) throw new ApiError('PLAN_UNKNOWN', { plans: [...terms.plans.keys()] })
  return { ...move, edition }
}

function refusalOf(license: string, { code, details }: ApiError): Refusal {
  return { license, code, ...(details as Pick<Refusal, 'plans' | 'errors'> | undefined) }
}
