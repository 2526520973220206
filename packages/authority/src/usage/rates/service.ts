import { leasableRates, type Reason } from '@writ/engine'
import type { Rate } from '@writ/terms'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import type { Credential } from '../../enforcers/credentials.ts'
import type { Reach } from '../../enforcers/scope.ts'
import { readLicense } from '../../licenses/service.ts'
import { type Leasing, mayLease } from '../leases/service.ts'
import type { LeaseFilter } from '../leases/store.ts'
import { bucketName } from '../license-usage.ts'
import { lockBuckets, writeBuckets } from '../store.ts'
import { settled } from './bucket.ts'
import { type RateAnswer, type RateReport, reported } from './parts.ts'
import { listRateLeases, type RateLeaseRow } from './store.ts'

export interface RateOf {
  readonly license: string
  /** By its name within the product. */
  readonly feature: string
  readonly rate: Rate
}

/**
 * Takes down what an enforcer says of its part of a rate, and gives it more or less of it. What it has, nobody else lets through.
 * @returns with a `reason` where nothing more is given: what the licence sells may not be used now
 * @throws {ApiError} SCOPE_MISSING, LICENSE_UNKNOWN, RATE_UNKNOWN
 */
export async function reportRate(
  leasing: Leasing,
  credential: Credential,
  { license, feature, rate }: RateOf,
  said: Omit<RateReport, 'source'>,
): Promise<RateAnswer & { readonly reason?: Reason }> {
  await mayLease(leasing, credential, license)
  const record = leasing.world.license(license)
  const bucket = bucketName(feature, rate)
  const rates = record === undefined ? 'no_license' : leasableRates(leasing.world, record, feature, leasing.clock())
  const isSold = typeof rates !== 'string' && rates.some((each) => bucketName(feature, each) === bucket)
  const answer = await leasing.db.transaction().execute(async (tx) => {
    const [found] = await lockBuckets(tx, [{ license, bucket }])
    if (found === undefined) throw new Error('a bucket that was just made is not there')
    const now = leasing.clock()
    // Of a rate that is another one by now, or may not be used, its enforcer still gives back what it has.
    const isOwn = found.leases.some(({ source, id }) => source === credential.id && id === said.id)
    if (!isSold && !isOwn) throw new ApiError('RATE_UNKNOWN')
    // To its end and no longer: beside what is sold by now it would be one more.
    const report = { ...said, source: credential.id, ...(!isSold && { wanted: 0, seconds: Number.NEGATIVE_INFINITY }) }
    const { bucket: after, answer } = reported(rate, settled(rate, found, now), report, now)
    await writeBuckets(tx, [{ ...found, ...after }])
    return answer
  })
  await leasing.ledger.reread([license])
  return typeof rates === 'string' ? { ...answer, reason: rates } : answer
}

/** What enforcers have of rates now. @throws {ApiError} LICENSE_UNKNOWN */
export async function openRateLeases(authority: Authority, reach: Reach, filter: LeaseFilter): Promise<RateLeaseRow[]> {
  if (filter.license !== undefined) await readLicense(authority, reach, filter.license)
  return listRateLeases(authority.db, reach, filter, authority.clock())
}
