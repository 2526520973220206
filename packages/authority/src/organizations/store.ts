import type { CustomerRole, Instant } from '@writ/engine'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { OWN } from '../access/permissions.ts'
import type { Database } from '../app/database.ts'
import { contains, type Listing, type Orders, type Slice, slice } from '../app/listing.ts'
import type { Json } from '../changes/tables.ts'

export interface OrganizationsTables {
  organizations: {
    id: string
    title: string
    roles: Json<Roles>
    /** Counts the updates; the ETag. */
    version: number
    created_at: number
    updated_at: number
  }
  resources: {
    id: string
    kind: string
    environment: string | null
    region: string | null
    labels: Json<Labels>
    version: number
    created_at: number
    updated_at: number
  }
}
export type Roles = Readonly<Record<string, CustomerRole>>
export type Labels = Readonly<Record<string, string>>
export type OrganizationRow = Selectable<OrganizationsTables['organizations']>
export type ResourceRow = Selectable<OrganizationsTables['resources']>

/** @returns `undefined` when the id is taken */
export async function insertOrganization(
  tx: Transaction<Database>,
  { id, title, roles }: Pick<OrganizationRow, 'id' | 'title' | 'roles'>,
  now: Instant,
): Promise<OrganizationRow | undefined> {
  return tx
    .insertInto('organizations')
    .values({ id, title, roles: JSON.stringify(roles), version: 1, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

/**
 * Reads a row to change it. The lock keeps the fact that follows true: of two that change one organization, the second sees the
 * first's work before it states the whole.
 */
export async function lockOrganization(tx: Transaction<Database>, id: string): Promise<OrganizationRow | undefined> {
  return tx.selectFrom('organizations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** @param tx the transaction that locked the row */
export async function updateOrganization(
  tx: Transaction<Database>,
  { id, title, roles }: Pick<OrganizationRow, 'id' | 'title' | 'roles'>,
  now: Instant,
): Promise<OrganizationRow> {
  return tx
    .updateTable('organizations')
    .set((eb) => ({ title, roles: JSON.stringify(roles), version: eb('version', '+', 1), updated_at: now }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function findOrganization(db: Kysely<Database>, id: string): Promise<OrganizationRow | undefined> {
  return db.selectFrom('organizations').selectAll().where('id', '=', id).executeTakeFirst()
}

export interface OrganizationFilter {
  /** Part of the id or the title. */
  readonly q?: string
}
export type OrganizationSort = 'id' | 'title' | 'created_at' | 'updated_at'

const ORGANIZATION_ORDERS: Orders<OrganizationSort> = {
  title: sql`lower(title) COLLATE "C"`,
  created_at: sql.ref('created_at'),
  updated_at: sql.ref('updated_at'),
}

const ORGANIZATION_TEXT = sql<string>`((id || ' ' || title) COLLATE "default")`

/** @param only ids to choose from; absent: all */
export async function listOrganizations(
  db: Kysely<Database>,
  only: readonly string[] | undefined,
  { q }: OrganizationFilter,
  listing: Listing<OrganizationSort>,
): Promise<Slice<OrganizationRow>> {
  // Those who run the authority are no customer of it.
  let query = db.selectFrom('organizations').selectAll().where('id', '<>', OWN)
  if (only !== undefined) query = query.where('id', 'in', only)
  if (q !== undefined) query = query.where(contains(ORGANIZATION_TEXT, q))
  return slice(query, listing, { orders: ORGANIZATION_ORDERS })
}

export type ResourceValues = Pick<ResourceRow, 'id' | 'kind' | 'environment' | 'region' | 'labels'>

/** @returns `undefined` when the id is taken */
export async function insertResource(tx: Transaction<Database>, values: ResourceValues, now: Instant): Promise<ResourceRow | undefined> {
  return tx
    .insertInto('resources')
    .values({ ...values, labels: JSON.stringify(values.labels), version: 1, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function lockResource(tx: Transaction<Database>, id: string): Promise<ResourceRow | undefined> {
  return tx.selectFrom('resources').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** @param tx the transaction that locked the row */
export async function updateResource(tx: Transaction<Database>, values: ResourceValues, now: Instant): Promise<ResourceRow> {
  const { id, ...others } = values
  return tx
    .updateTable('resources')
    .set((eb) => ({ ...others, labels: JSON.stringify(values.labels), version: eb('version', '+', 1), updated_at: now }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** @param tx the transaction that locked the row */
export async function deleteResource(tx: Transaction<Database>, id: string): Promise<void> {
  await tx.deleteFrom('resources').where('id', '=', id).execute()
}

export async function findResource(db: Kysely<Database>, id: string): Promise<ResourceRow | undefined> {
  return db.selectFrom('resources').selectAll().where('id', '=', id).executeTakeFirst()
}

export interface ResourceFilter {
  /** Part of the id. */
  readonly q?: string
  readonly kind?: string
  readonly environment?: string
  readonly region?: string
  /** A label that it has; with a value, the one that it has. */
  readonly label?: { readonly name: string; readonly value?: string }
}
export type ResourceSort = 'id' | 'kind' | 'created_at' | 'updated_at'

const RESOURCE_ORDERS: Orders<ResourceSort> = {
  kind: sql`kind COLLATE "C"`,
  created_at: sql.ref('created_at'),
  updated_at: sql.ref('updated_at'),
}

export async function listResources(
  db: Kysely<Database>,
  { q, label, ...exact }: ResourceFilter,
  listing: Listing<ResourceSort>,
): Promise<Slice<ResourceRow>> {
  let query = db.selectFrom('resources').selectAll()
  if (q !== undefined) query = query.where(contains(sql.ref('id'), q))
  for (const column of ['kind', 'environment', 'region'] as const) {
    const wanted = exact[column]
    if (wanted !== undefined) query = query.where(column, '=', wanted)
  }
  if (label?.value !== undefined)
    query = query.where(sql<boolean>`labels::jsonb @> ${JSON.stringify({ [label.name]: label.value })}::jsonb`)
  else if (label !== undefined) query = query.where(sql<boolean>`labels::jsonb ? ${label.name}`)
  return slice(query, listing, { orders: RESOURCE_ORDERS })
}
