import type { Instant } from '@writ/engine'
import type { Rate } from '@writ/terms'
import { type Kysely, sql } from 'kysely'
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
  const { rows } = await sql<RateLease & { license: string; bucket: string }>`
    SELECT rate_buckets.license_id AS license, rate_buckets.bucket, l.* FROM rate_buckets JOIN licenses ON licenses.id = rate_buckets.license_id,
      json_to_recordset(rate_buckets.leases) AS l (source text, id text, seq int8, count int8, wanted int8, until int8)
    WHERE rate_buckets.leases IS NOT NULL AND l.count > 0 AND l.until > ${now} AND ${sought(reach, filter)}
    ORDER BY l.until DESC, l.source, l.id LIMIT ${MOST_LISTED}`.execute(db)
  return rows.map(({ bucket, ...lease }) => ({ ...lease, ...rateNamed(bucket) }))
}
