import { isDeepStrictEqual } from 'node:util'
import type { ResourceFact } from '@writ/engine'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { Outcome, Putting } from '../bulk/kinds.ts'
import type { By, Deed } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import {
  deleteResource,
  findResource,
  insertResource,
  type Labels,
  listResources,
  lockResource,
  type ResourceFilter,
  type ResourceRow,
  type ResourceSort,
  updateResource,
} from './store.ts'

export interface ResourceInput {
  readonly kind: string
  readonly environment?: string
  readonly region?: string
  readonly labels?: Labels
}

/** @throws {ApiError} RESOURCE_EXISTS, REACH_TOO_NARROW */
export async function createResource(
  authority: Authority,
  by: By,
  reach: Reach,
  input: ResourceInput & { readonly id?: string },
): Promise<ResourceRow> {
  assertReachesAll(reach)
  const { id = makeId('res') } = input
  return authority.mutate(by, deed('create', id), async (tx, change) => {
    const row = await insertResource(tx, valuesOf(id, input), authority.clock())
    if (row === undefined) throw new ApiError('RESOURCE_EXISTS')
    change.state(factOf(row))
    change.note({ ...input })
    return row
  })
}

/** Says anew what a resource is. @throws {ApiError} RESOURCE_UNKNOWN, PRECONDITION_FAILED, REACH_TOO_NARROW */
export async function replaceResource(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  input: ResourceInput,
  versions: readonly number[] | undefined,
): Promise<ResourceRow> {
  assertReachesAll(reach)
  return authority.mutate(by, deed('update', id), async (tx, change) => {
    const known = await lockResource(tx, id)
    if (known === undefined) throw new ApiError('RESOURCE_UNKNOWN')
    if (versions?.includes(known.version) === false) throw new ApiError('PRECONDITION_FAILED')
    const row = await updateResource(tx, valuesOf(id, input), authority.clock())
    change.state(factOf(row))
    change.note({ ...input })
    return row
  })
}

/** Makes a resource what a row says; what the row leaves out it does not have. */
export async function putResource(
  { authority, tx, change, reach }: Putting,
  { id, ...input }: ResourceInput & { readonly id: string },
): Promise<Outcome> {
  assertReachesAll(reach)
  const known = await lockResource(tx, id)
  const values = valuesOf(id, input)
  if (known !== undefined && isDeepStrictEqual({ ...known, ...values }, known)) return 'unchanged'
  const now = authority.clock()
  const row = known === undefined ? await insertResource(tx, values, now) : await updateResource(tx, values, now)
  if (row === undefined) throw new ApiError('RESOURCE_EXISTS')
  change.state(factOf(row))
  return known === undefined ? 'created' : 'changed'
}

/** @throws {ApiError} RESOURCE_UNKNOWN, PRECONDITION_FAILED, REACH_TOO_NARROW */
export async function removeResource(
  authority: Authority,
  by: By,
  reach: Reach,
  id: string,
  versions: readonly number[] | undefined,
): Promise<void> {
  assertReachesAll(reach)
  await authority.mutate(by, deed('remove', id), async (tx, change) => {
    const known = await lockResource(tx, id)
    if (known === undefined) throw new ApiError('RESOURCE_UNKNOWN')
    if (versions?.includes(known.version) === false) throw new ApiError('PRECONDITION_FAILED')
    await deleteResource(tx, id)
    change.state({ fact: 'removed', of: 'resource', id })
  })
}

/** @throws {ApiError} RESOURCE_UNKNOWN */
export async function readResource({ db }: Authority, id: string): Promise<ResourceRow> {
  const row = await findResource(db, id)
  if (row === undefined) throw new ApiError('RESOURCE_UNKNOWN')
  return row
}

export async function pageOfResources(
  { db }: Authority,
  filter: ResourceFilter,
  listing: Listing<ResourceSort>,
): Promise<Slice<ResourceRow>> {
  return listResources(db, filter, listing)
}

/** A resource belongs to no organization: what is said of it decides for every customer whose plan selects it. */
function assertReachesAll({ organizations }: Reach): void {
  if (organizations !== undefined) throw new ApiError('REACH_TOO_NARROW')
}

function valuesOf(id: string, { kind, environment, region, labels = {} }: ResourceInput) {
  return { id, kind, environment: environment ?? null, region: region ?? null, labels }
}

function factOf({ id, kind, environment, region, labels }: ResourceRow): ResourceFact {
  return {
    fact: 'resource',
    id,
    kind,
    ...(environment !== null && { environment }),
    ...(region !== null && { region }),
    ...(Object.keys(labels).length > 0 && { labels }),
  }
}

function deed(verb: string, id: string): Deed {
  return { action: `resource.${verb}`, subject: `resource:${id}` }
}
