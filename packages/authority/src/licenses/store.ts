import type { Instant } from '@writ/engine'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { OWN } from '../access/permissions.ts'
import type { Database } from '../app/database.ts'
import { contains, type Listing, type Orders, type Slice, slice } from '../app/listing.ts'
import type { Reach } from '../enforcers/scope.ts'
import type { ActivationsTables } from './activations/store.ts'
import type { LicenseFilesTables } from './file-store.ts'
import type { LicenseKeysTables } from './license-key-store.ts'
import type { StatusTables } from './status/store.ts'

export interface LicensesTables extends LicenseFilesTables, LicenseKeysTables, ActivationsTables, StatusTables {
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
    /** What the licence has of its own beside its plan: canonical text. */
    overrides: string | null
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

/** Licences of a product that are not revoked, by edition; newest first. */
export async function countLicensesByEdition(db: Kysely<Database>, product: string): Promise<{ edition: number; count: number }[]> {
  const rows = await db
    .selectFrom('licenses')
    .select(['edition', (eb) => eb.fn.countAll<number | string>().as('count')])
    .where('product', '=', product)
    .where('revoked_at', 'is', null)
    .groupBy('edition')
    .orderBy('edition', 'desc')
    .execute()
  return rows.map(({ edition, count }) => ({ edition, count: Number(count) }))
}

export async function findLicense(db: Kysely<Database>, id: string): Promise<LicenseRow | undefined> {
  return db.selectFrom('licenses').selectAll().where('id', '=', id).executeTakeFirst()
}

export interface LicenseFilter {
  /** Part of the id, or of that of the organization or holder. */
  readonly q?: string
  readonly organization?: string
  readonly holder?: string
  readonly product?: string
  readonly plan?: string
  readonly edition?: number
  /** Which end at or after an instant, and before one. An open end is after every instant. */
  readonly endsFrom?: Instant
  readonly endsBefore?: Instant
}
export type LicenseSort = 'id' | 'starts' | 'ends' | 'created_at' | 'updated_at'

/** As `endOf` of the engine, with a number for an open end, so that it sorts last. */
const END = sql<number>`coalesce(least(ends, trial_ends), ${sql.lit(Number.MAX_SAFE_INTEGER)})`
const ORDERS: Orders<LicenseSort> = {
  starts: sql.ref('starts'),
  ends: END,
  created_at: sql.ref('created_at'),
  updated_at: sql.ref('updated_at'),
}
const LICENSE_TEXT = sql<string>`(id || ' ' || coalesce(organization, '') || ' ' || coalesce(holder, ''))`

/** A state to look for, and what of it the store can tell by itself; `is` tells the rest. */
export interface Sieve {
  readonly state: string
  readonly now: Instant
  /** The longest graces that any plan gives, milliseconds. */
  readonly graces: { readonly expiry: number; readonly payment: number }
  readonly is: (row: LicenseRow) => boolean
}

/** What a credential sees. */
export async function listLicenses(
  db: Kysely<Database>,
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  { q, endsFrom, endsBefore, ...filter }: LicenseFilter,
  sieve: Sieve | undefined,
  listing: Listing<LicenseSort>,
): Promise<Slice<LicenseRow>> {
  let query = db.selectFrom('licenses').selectAll().where('product', '<>', OWN)
  if (products !== undefined) query = query.where('product', 'in', products)
  if (organizations !== undefined) query = query.where('organization', 'in', organizations)
  for (const column of ['organization', 'holder', 'product', 'plan', 'edition'] as const) {
    const wanted = filter[column]
    if (wanted !== undefined) query = query.where(column, '=', wanted)
  }
  if (q !== undefined) query = query.where(contains(LICENSE_TEXT, q))
  if (endsFrom !== undefined) query = query.where(END, '>=', endsFrom)
  if (endsBefore !== undefined) query = query.where(END, '<', endsBefore)
  if (sieve === undefined) return slice(query, listing, { orders: ORDERS })
  const { state, now, graces, is } = sieve
  return slice(query.where(stateful(state, now, graces)), listing, { orders: ORDERS, keep: is })
}

/** What every licence in a state has in common, whatever its plan says. */
function stateful(state: string, now: Instant, { expiry, payment }: Sieve['graces']) {
  switch (state) {
    case 'license_revoked':
      return sql<boolean>`revoked_at IS NOT NULL`
    case 'license_suspended':
      return sql<boolean>`suspended`
    case 'license_scheduled':
      return sql<boolean>`starts > ${now}`
    case 'license_past_due':
      return sql<boolean>`past_due_since IS NOT NULL`
    case 'in_force':
      return sql<boolean>`past_due_since IS NULL AND ${END} > ${now}`
    case 'in_grace':
      // A licence may override the graces of its plan.
      return sql<boolean>`(past_due_since > ${now - payment} OR (${END} <= ${now} AND ${END} > ${now - expiry})
        OR (overrides IS NOT NULL AND (past_due_since IS NOT NULL OR ${END} <= ${now})))`
    default:
      return sql<boolean>`past_due_since IS NULL AND ${END} <= ${now}`
  }
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
