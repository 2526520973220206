import type { CustomerRole, Instant } from '@writ/engine'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
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

/** A page, by id. @param only ids to choose from; absent: all @param after exclusive */
export async function listOrganizations(
  db: Kysely<Database>,
  only: readonly string[] | undefined,
  after: string | undefined,
  limit: number,
): Promise<OrganizationRow[]> {
  let query = db.selectFrom('organizations').selectAll().orderBy('id').limit(limit)
  if (only !== undefined) query = query.where('id', 'in', only)
  if (after !== undefined) query = query.where('id', '>', after)
  return query.execute()
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

/** A page, by id. @param after exclusive */
export async function listResources(
  db: Kysely<Database>,
  kind: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<ResourceRow[]> {
  let query = db.selectFrom('resources').selectAll().orderBy('id').limit(limit)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (after !== undefined) query = query.where('id', '>', after)
  return query.execute()
}
