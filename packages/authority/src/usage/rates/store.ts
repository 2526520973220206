import type { Instant } from '@writ/engine'
import type { Rate } from '@writ/terms'
import type { Kysely } from 'kysely'
import type { Database } from '../../app/database.ts'
import type { Reach } from '../../enforcers/scope.ts'
import { type LeaseFilter, sought } from '../leases/store.ts'
import { rateNamed } from '../license-usage.ts'
import type { RateLease } from './bucket.ts'

export interface RateLeaseRow extends RateLease {
  readonly license: string
  readonly feature: string
  readonly rate: Rate
}

const MOST_LISTED = 1000

/** Parts that enforcers have at `now`, of rates of licences that are {@link sought}; the last to end come first. */
export async function listRateLeases(
  db: Kysely<Database>,
  reach: Pick<Reach, 'products' | 'organizations'>,
  filter: LeaseFilter,
  now: Instant,
): Promise<RateLeaseRow[]> {
  const buckets = await db
    .selectFrom('rate_buckets')
    .innerJoin('licenses', 'licenses.id', 'rate_buckets.license_id')
    .select(['rate_buckets.license_id', 'rate_buckets.bucket', 'rate_buckets.leases'])
    .where('rate_buckets.leases', 'is not', null)
    .where(sought(reach, filter))
    .orderBy('rate_buckets.license_id')
    .orderBy('rate_buckets.bucket')
    .limit(MOST_LISTED)
    .execute()
  return buckets
    .flatMap(({ license_id, bucket, leases }) => (leases ?? []).map((lease) => ({ ...lease, license: license_id, ...rateNamed(bucket) })))
    .filter(({ count, until }) => count > 0 && until > now)
    .sort((a, b) => b.until - a.until)
    .slice(0, MOST_LISTED)
}
