import type { Instant } from '@writ/engine'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'
import type { Reach } from '../enforcers/scope.ts'

export interface LicenseKeysTables {
  license_keys: {
    id: string
    license_id: string
    /** SHA-256 of the key, hex. The key itself is nowhere. */
    hash: string
    created_at: number
    created_by: string
    revoked_at: number | null
  }
}
export type LicenseKeyRow = Selectable<LicenseKeysTables['license_keys']>

export async function insertLicenseKey(tx: Transaction<Database>, row: Omit<LicenseKeyRow, 'revoked_at'>): Promise<LicenseKeyRow> {
  return tx
    .insertInto('license_keys')
    .values({ ...row, revoked_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** @returns `undefined` when the licence has no such key; one that was revoked before stays as it was */
export async function revokeLicenseKey(
  tx: Transaction<Database>,
  license: string,
  id: string,
  now: Instant,
): Promise<LicenseKeyRow | undefined> {
  return tx
    .updateTable('license_keys')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(now)) }))
    .where('license_id', '=', license)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
}

/** @returns `undefined` for one that is revoked too: nobody can tell it from one that never was */
export async function findLiveKey(db: Kysely<Database>, hash: string): Promise<LicenseKeyRow | undefined> {
  return db.selectFrom('license_keys').selectAll().where('hash', '=', hash).where('revoked_at', 'is', null).executeTakeFirst()
}

/** Keys of licences that a credential sees, by the beginning of their id. @param prefix of letters, digits and `_` */
export async function findLicenseKeys(
  db: Kysely<Database>,
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  prefix: string,
  limit: number,
): Promise<LicenseKeyRow[]> {
  let query = db
    .selectFrom('license_keys')
    .innerJoin('licenses', 'licenses.id', 'license_keys.license_id')
    .selectAll('license_keys')
    .where('license_keys.id', '>=', prefix)
    .where('license_keys.id', '<', `${prefix}~`)
  if (products !== undefined) query = query.where('product', 'in', products)
  if (organizations !== undefined) query = query.where('organization', 'in', organizations)
  return query.orderBy('license_keys.id').limit(limit).execute()
}

export type LicenseKeySort = 'id' | 'created_at'

/** Revoked ones included. */
export async function listLicenseKeys(
  db: Kysely<Database>,
  license: string,
  listing: Listing<LicenseKeySort>,
): Promise<Slice<LicenseKeyRow>> {
  const query = db.selectFrom('license_keys').selectAll().where('license_id', '=', license)
  return slice(query, listing, { orders: { created_at: sql.ref('created_at') } })
}
