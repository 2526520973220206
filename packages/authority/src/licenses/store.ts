import type { Instant } from '@writ/engine'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Reach } from '../enforcers/scope.ts'
import type { LicenseFilesTables } from './file-store.ts'
import type { LicenseKeysTables } from './license-key-store.ts'

export interface LicensesTables extends LicenseFilesTables, LicenseKeysTables {
  licenses: {
    id: string
    product: string
    plan: string
    edition: number
    /** Exactly one of the two. */
    organization: string | null
    holder: string | null
    starts: number
    /** Exclusive; null: an open end. */
    ends: number | null
    trial_ends: number | null
    suspended: boolean
    revoked_at: number | null
    past_due_since: number | null
    version: number
    created_at: number
    updated_at: number
  }
  /** One row for each trial that was ever given. */
  trials: { product: string; holder_kind: 'organization' | 'identity'; holder_id: string; license_id: string; given_at: number }
}
export type LicenseRow = Selectable<LicensesTables['licenses']>
export type LicenseValues = Omit<LicenseRow, 'version' | 'created_at' | 'updated_at'>

/** @returns `undefined` when the id is taken */
export async function insertLicense(tx: Transaction<Database>, values: LicenseValues, now: Instant): Promise<LicenseRow | undefined> {
  return tx
    .insertInto('licenses')
    .values({ ...values, version: 1, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** Reads a row to change it; whoever changes the same licence waits. */
export async function lockLicense(tx: Transaction<Database>, id: string): Promise<LicenseRow | undefined> {
  return tx.selectFrom('licenses').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** @param tx the transaction that locked the row */
export async function updateLicense(tx: Transaction<Database>, { id, ...values }: LicenseValues, now: Instant): Promise<LicenseRow> {
  return tx
    .updateTable('licenses')
    .set((eb) => ({ ...values, version: eb('version', '+', 1), updated_at: now }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function findLicense(db: Kysely<Database>, id: string): Promise<LicenseRow | undefined> {
  return db.selectFrom('licenses').selectAll().where('id', '=', id).executeTakeFirst()
}

export interface LicenseFilter {
  readonly organization?: string
  readonly holder?: string
  readonly product?: string
  readonly plan?: string
}

/** A page, by id, of what a credential sees. @param after exclusive */
export async function listLicenses(
  db: Kysely<Database>,
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  filter: LicenseFilter,
  after: string | undefined,
  limit: number,
): Promise<LicenseRow[]> {
  let query = db.selectFrom('licenses').selectAll().orderBy('id').limit(limit)
  if (products !== undefined) query = query.where('product', 'in', products)
  if (organizations !== undefined) query = query.where('organization', 'in', organizations)
  for (const column of ['organization', 'holder', 'product', 'plan'] as const) {
    const wanted = filter[column]
    if (wanted !== undefined) query = query.where(column, '=', wanted)
  }
  if (after !== undefined) query = query.where('id', '>', after)
  return query.execute()
}

/**
 * Writes down that a trial is given. Of two that race the second waits for the first, and then finds its row in the way.
 * @returns false when this holder had one of this product before
 */
export async function giveTrial(tx: Transaction<Database>, trial: LicensesTables['trials']): Promise<boolean> {
  const given = await tx
    .insertInto('trials')
    .values(trial)
    .onConflict((conflict) => conflict.doNothing())
    .returning('license_id')
    .executeTakeFirst()
  return given !== undefined
}
