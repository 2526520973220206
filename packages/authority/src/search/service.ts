import type { World } from '@writ/engine'
import { may } from '../access/judge.ts'
import { OWN, scopeOf } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Listing, Slice } from '../app/listing.ts'
import { type Reach, type Scope, seesProduct } from '../enforcers/scope.ts'
import { listKeys, readApiKey } from '../enforcers/service.ts'
import { pageOfIdentities, readIdentity } from '../identities/service.ts'
import { findKeys } from '../licenses/license-keys.ts'
import { pageOfLicenses, readLicense } from '../licenses/service.ts'
import { pageOfResources, readResource } from '../organizations/resources.ts'
import { pageOfOrganizations, readOrganization } from '../organizations/service.ts'

/** Something that was found, with what tells it from its like. */
export interface Hit {
  readonly kind: 'identity' | 'organization' | 'license' | 'license_key' | 'api_key' | 'product' | 'feature' | 'resource'
  readonly id: string
  readonly title?: string
  /** Of an identity its status, of a licence its state, of a key `live` or `revoked`. */
  readonly status?: string
  readonly product?: string
  readonly organization?: string
  readonly holder?: string
  readonly license?: string
}

type Find = (authority: Authority, reach: Reach, q: string, limit: number) => Promise<Hit[]>

/** What is looked through, in the order of the answer, and the permission without which it is passed over. */
const SOURCES: readonly { readonly permission: string; readonly find: Find }[] = [
  { permission: 'identities.read', find: identities },
  { permission: 'organizations.read', find: organizations },
  { permission: 'licenses.read', find: licenses },
  { permission: 'licenses.read', find: licenseKeys },
  { permission: 'enforcers.read', find: apiKeys },
  { permission: 'catalog.read', find: catalog },
  { permission: 'organizations.read', find: resources },
]
export const SEARCH_SCOPES: readonly Scope[] = [...new Set(SOURCES.map(({ permission }) => scopeOf(permission)))]

/**
 * Finds whatever has a text in its id, name or title, as far as the credential sees it. Whatever has it as its id comes first.
 * @param limit of each kind
 */
export async function find(authority: Authority, reach: Reach, q: string, limit: number): Promise<Hit[]> {
  if (q === '') return []
  const within = SOURCES.filter(({ permission }) => may(authority, reach, permission))
  const found = await Promise.all(within.map((source) => source.find(authority, reach, q, limit)))
  return found.flat()
}

async function identities(authority: Authority, reach: Reach, q: string, limit: number): Promise<Hit[]> {
  const rows = await both(readIdentity(authority, reach, q), pageOfIdentities(authority, reach, { q }, first(limit)), limit)
  return rows.map(({ id, name, status }) => ({ kind: 'identity', id, status, ...(name !== null && { title: name }) }))
}

async function organizations(authority: Authority, reach: Reach, q: string, limit: number): Promise<Hit[]> {
  const rows = await both(readOrganization(authority, reach, q), pageOfOrganizations(authority, reach, { q }, first(limit)), limit)
  return rows.map(({ id, title }) => ({ kind: 'organization', id, title }))
}

async function licenses(authority: Authority, reach: Reach, q: string, limit: number): Promise<Hit[]> {
  const rows = await both(readLicense(authority, reach, q), pageOfLicenses(authority, reach, { q }, first(limit)), limit)
  return rows.map(({ id, state, product, plan, organization, holder }) => ({
    kind: 'license',
    id,
    title: plan,
    status: state,
    product,
    ...(organization !== null && { organization }),
    ...(holder !== null && { holder }),
  }))
}

async function licenseKeys(authority: Authority, reach: Reach, q: string, limit: number): Promise<Hit[]> {
  const rows = await findKeys(authority, reach, q, limit)
  return rows.map(({ id, license_id, revoked_at }) => ({ kind: 'license_key', id, license: license_id, status: standing(revoked_at) }))
}

async function apiKeys(authority: Authority, reach: Reach, q: string, limit: number): Promise<Hit[]> {
  const rows = await both(readApiKey(authority, reach, q), listKeys(authority, reach, { q }, first(limit)), limit)
  return rows.map(({ id, name, revoked_at }) => ({ kind: 'api_key', id, title: name, status: standing(revoked_at) }))
}

async function resources(authority: Authority, _reach: Reach, q: string, limit: number): Promise<Hit[]> {
  const rows = await both(readResource(authority, q), pageOfResources(authority, { q }, first(limit)), limit)
  return rows.map(({ id, kind }) => ({ kind: 'resource', id, title: kind }))
}

async function catalog({ world }: Authority, reach: Reach, q: string, limit: number): Promise<Hit[]> {
  const has = (text: string): boolean => text.toLowerCase().includes(q.toLowerCase())
  const hits = [...named(world, reach)].filter(({ id, title = '' }) => has(id) || has(title))
  return [
    ...hits.filter(({ kind }) => kind === 'product').slice(0, limit),
    ...hits.filter(({ kind }) => kind === 'feature').slice(0, limit),
  ]
}

/** What the newest terms name, in their order. */
function* named(world: World, reach: Reach): Generator<Hit> {
  for (const { name, newest } of world.allProducts()) {
    if (name === OWN || !seesProduct(reach, name)) continue
    yield { kind: 'product', id: name, title: newest.terms.title }
    for (const {
      name: feature,
      feature: { title },
    } of newest.features.values()) {
      yield { kind: 'feature', id: `${name}:${feature}`, product: name, ...(title !== undefined && { title }) }
    }
  }
}

/** What has the text as its id, then what has it somewhere. */
async function both<Row extends { readonly id: string }>(
  exact: Promise<Row>,
  somewhere: Promise<Slice<Row>>,
  limit: number,
): Promise<Row[]> {
  const [one, { items }] = await Promise.all([exact.catch(noneIfUnknown), somewhere])
  return one === undefined ? items : [one, ...items.filter(({ id }) => id !== one.id)].slice(0, limit)
}

function noneIfUnknown(error: unknown): undefined {
  if (!(error instanceof ApiError)) throw error
}

function first(limit: number): Listing<'id'> {
  return { by: 'id', descending: false, after: undefined, limit }
}

function standing(revokedAt: number | null): string {
  return revokedAt === null ? 'live' : 'revoked'
}
