import { type Request, requestFromWire, type WireRequest, type World } from '@writ/engine'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Credential } from '../enforcers/credentials.ts'
import { holds, type Reach, seesOrganization } from '../enforcers/scope.ts'
import { featureNames } from './feature-names.ts'
import { anotherTurn, firstAfter, type Names, OrderedNames } from './ordered-names.ts'
import { openCursor, sealCursor } from './search-cursor.ts'
import { wouldAllow } from './service.ts'

/** What is looked for, with the type that it must have; the question's own member of that name is filled in for each. */
export type Sought =
  | { readonly what: 'subject'; readonly type: string }
  | { readonly what: 'resource'; readonly type: string }
  | { readonly what: 'action' }

export interface PageAsked {
  readonly token?: string
  readonly limit?: number
}

export interface Found {
  readonly names: readonly string[]
  /** Absent: there are no more. */
  readonly next?: string
}

/** What one call does at most, however few it finds: then it says where to go on. */
const MOST_RESULTS = 1_000
const MOST_JUDGED = 5_000
const MOST_LOOKED_AT = 100_000
const DEFAULT_RESULTS = 100

/** So many and then a turn for others. */
const JUDGED_A_TURN = 200
const LOOKED_AT_A_TURN = 10_000

/**
 * Those for whom an evaluation of the same question would say yes now, in the order of their names. Commits and records nothing.
 * @throws {ApiError} CURSOR_INVALID; SCOPE_MISSING for a question that would consume, without that scope
 */
export async function search(
  authority: Authority,
  credential: Credential,
  sought: Sought,
  template: WireRequest,
  { token, limit = DEFAULT_RESULTS }: PageAsked,
): Promise<Found> {
  if (template.consume !== undefined && !holds(credential, 'consume')) throw new ApiError('SCOPE_MISSING', { scope: 'consume' })
  const now = authority.clock()
  const asked = [credential.id, sought, template]
  const after = token === undefined ? '' : await openCursor(authority, asked, token)
  const { names, order, questionOf } = await candidates(authority.world, credential, sought, requestFromWire(template))
  const most = Math.min(limit, MOST_RESULTS)
  const found: string[] = []
  let last = after
  let judged = 0
  const first = firstAfter(order, after, names)
  for (let at = first; at < order.length; at++) {
    if (found.length >= most || judged >= MOST_JUDGED || at - first >= MOST_LOOKED_AT) {
      return { names: found, next: sealCursor(authority.sealer, asked, last) }
    }
    const index = order[at] as number
    last = names.name(index)
    const question = questionOf(index, last)
    if (question !== undefined) {
      if (wouldAllow(authority, credential, question, now)) found.push(last)
      if (++judged % JUDGED_A_TURN === 0) await anotherTurn()
    }
    if ((at - first) % LOOKED_AT_A_TURN === LOOKED_AT_A_TURN - 1) await anotherTurn()
  }
  return { names: found }
}

interface Candidates {
  readonly names: Names
  readonly order: Int32Array
  /** `undefined` for one that needs no judging: not of the type, or out of sight. */
  questionOf(index: number, name: string): Request | undefined
}

async function candidates(world: World, reach: Reach, sought: Sought, template: Request): Promise<Candidates> {
  if (sought.what === 'action') return features(world, reach, template)
  if (sought.what === 'subject') return subjects(world, reach, sought.type, template)
  return sought.type === 'product' ? products(world, template) : resources(world, sought.type, template)
}

async function subjects(world: World, reach: Reach, type: string, template: Request): Promise<Candidates> {
  const { identities, organizationIds } = world
  const isInSight = (row: number): boolean =>
    reach.organizations === undefined ||
    identities.memberships(row).some((organization) => seesOrganization(reach, organizationIds.name(organization)))
  return {
    names: identityNames(world),
    order: await orderOf(world, 'identities').current(),
    questionOf(row, identity) {
      if (identities.status(row) !== 'active' || (type !== 'user' && identities.kind(row) !== type) || !isInSight(row)) return undefined
      return { ...template, identity }
    },
  }
}

async function resources(world: World, type: string, template: Request): Promise<Candidates> {
  return {
    names: world.resourceIds,
    order: await orderOf(world, 'resources').current(),
    questionOf(_index, id) {
      if (world.resource(id)?.kind !== type) return undefined
      return { ...template, resource: { ...(template.resource as object), id } }
    },
  }
}

/** A feature without a resource is asked about its product, and that is the only one of this type. */
function products(world: World, template: Request): Candidates {
  const name = world.feature(template.feature)?.product.name
  return listed(name === undefined ? [] : [name], () => template)
}

function features(world: World, reach: Reach, template: Request): Candidates {
  return listed(featureNames(world, reach), (feature) => ({ ...template, feature }))
}

function listed(list: readonly string[], questionOf: (name: string) => Request): Candidates {
  return {
    names: { size: list.length, name: (index) => list[index] as string },
    order: Int32Array.from(list.keys()),
    questionOf: (_index, name) => questionOf(name),
  }
}

interface Orders {
  readonly identities: OrderedNames
  readonly resources: OrderedNames
}

/** Puts the names in order ahead of the first search, which would wait for it: a quarter of a second for 100,000. */
export async function prepareSearch(world: World): Promise<void> {
  await Promise.all([orderOf(world, 'identities').current(), orderOf(world, 'resources').current()])
}

/** Kept as long as their World. */
const ORDERS = new WeakMap<World, Orders>()

function orderOf(world: World, of: keyof Orders): OrderedNames {
  let orders = ORDERS.get(world)
  if (orders === undefined) {
    orders = { identities: new OrderedNames(identityNames(world)), resources: new OrderedNames(world.resourceIds) }
    ORDERS.set(world, orders)
  }
  return orders[of]
}

function identityNames({ identities }: World): Names {
  return {
    get size() {
      return identities.size
    },
    name: (row) => identities.id(row),
  }
}
