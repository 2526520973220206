import type { DeviceMessageError } from '@writ/license'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import type { By } from '../../changes/mutate.ts'
import type { Reach } from '../../enforcers/scope.ts'
import { seesLicense } from '../license.ts'
import { findLicense } from '../store.ts'
import { DEFAULT_RULES, type Rules } from './activation.ts'
import { type ActivationRow, findActivation, findRules } from './store.ts'

/** Whoever activates or releases: by an API key, or by a key of one licence. */
export interface Caller {
  readonly by: By
  readonly reach: Reach
  /** The one licence that a license key opens. */
  readonly license?: string
}

/** The customer, whose own releases are counted; the vendor's key is limited to no organizations. */
export function isCustomer({ reach, license }: Caller): boolean {
  return license !== undefined || reach.organizations !== undefined
}

/** What a caller may see. @throws {ApiError} ACTIVATION_UNKNOWN */
export async function readActivation({ db }: Authority, { reach, license }: Caller, id: string): Promise<ActivationRow> {
  const row = await findActivation(db, id)
  const sold = row && (await findLicense(db, row.license_id))
  const isSeen = sold !== undefined && (license === undefined ? seesLicense(reach, sold) : sold.id === license)
  if (row === undefined || !isSeen) throw new ApiError('ACTIVATION_UNKNOWN')
  return row
}

export async function rulesOf(db: Parameters<typeof findRules>[0], license: string): Promise<Rules> {
  return (await findRules(db, license)) ?? DEFAULT_RULES
}

export function messageFault(error: DeviceMessageError): ApiError {
  if (error.code === 'DEVICE_MESSAGE_OUT_OF_TIME') return new ApiError('DEVICE_MESSAGE_OUT_OF_TIME', error.details as { now: number })
  if (error.code === 'DEVICE_MESSAGE_FOR_ANOTHER') return new ApiError('DEVICE_MESSAGE_FOR_ANOTHER')
  return new ApiError('DEVICE_MESSAGE_INVALID')
}
