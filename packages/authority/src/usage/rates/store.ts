import type { Instant } from '@writ/engine'
import type { Rate } from '@writ/terms'
import type { Kysely } from 'kysely'
import type { Database } from '../../app/database.ts'
import type { Reach } from '../../enforcers/scope.ts'
import type { LeaseFilter } from '../leases/store.ts'
import { rateNamed } from '../license-usage.ts'
import type { RateLease } from './bucket.ts'

export type RateLeaseFilter = LeaseFilter

export interface RateLeaseRow extends RateLease {
  readonly license: string
  readonly feature: string
  readonly rate: Rate
}

const MOST_LISTED = 1000

/** Parts that enforcers have at `now`, of rates of licences that a credential sees; the last to end come first. */
export async function listRateLeases(
  db: Kysely<Database>,
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  { license, organization, product }: RateLeaseFilter,
  now: Instant,
): Promise<RateLeaseRow[]> {
  let query = db
    .selectFrom('rate_buckets')
    .innerJoin('licenses', 'licenses.id', 'rate_buckets.license_id')
    .select(['rate_buckets.license_id', 'rate_buckets.bucket', 'rate_buckets.leases'])
    .where('rate_buckets.leases', 'is not', null)
  if (license !== undefined) query = query.where('rate_buckets.license_id', '=', license)
  if (organization !== undefined) query = query.where('licenses.organization', '=', organization)
  if (product !== undefined) query = query.where('licenses.product', '=', product)
  if (products !== undefined) query = query.where('licenses.product', 'in', products.length > 0 ? [...products] : [''])
  if (organizations !== undefined) query = query.where('licenses.organization', 'in', organizations.length > 0 ? [...organizations] : [''])
  const buckets = await query.orderBy('rate_buckets.license_id').orderBy('rate_buckets.bucket').limit(MOST_LISTED).execute()
  return buckets
    .flatMap(({ license_id, bucket, leases }) => (leases ?? []).map((lease) => ({ ...lease, license: license_id, ...rateNamed(bucket) })))
    .filter(({ count, until }) => count > 0 && until > now)
    .sort((a, b) => b.until - a.until)
    .slice(0, MOST_LISTED)
}
