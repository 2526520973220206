import type { Instant } from '@writ/engine'
import { ApiError } from '../app/api-error.ts'
import { unfit } from '../app/body-field.ts'
import type { Outcome, Putting } from '../bulk/kinds.ts'
import { offerOf, seesLicense, soldAs } from './license.ts'
import { overridesText } from './overrides.ts'
import { endAsked, issueWithin, type NewLicense } from './service.ts'
import { findLicense, type LicenseRow } from './store.ts'

export interface PutLicense extends Omit<NewLicense, 'id' | 'holder' | 'starts' | 'ends'> {
  readonly id: string
  readonly organization?: string
  readonly holder?: string
  readonly starts?: Instant | undefined
  readonly ends?: Instant | undefined
  readonly suspended?: boolean
  readonly past_due_since?: Instant | undefined
  readonly revoked_at?: Instant | undefined
}

/**
 * Issues the licence that a row tells of. One that is there stays as it is: it has a life of its own, and a row that says something
 * else of it is refused.
 */
export async function putLicense(putting: Putting, row: PutLicense): Promise<Outcome> {
  const { organization, holder, starts, ends, suspended, past_due_since, revoked_at, ...asked } = row
  if ((organization === undefined) === (holder === undefined)) throw unfit('/organization', 'names exactly one of organization and holder')
  const known = await findLicense(putting.tx, row.id)
  if (known !== undefined) {
    if (!seesLicense(putting.reach, known) || !isSo(putting, known, row)) throw new ApiError('LICENSE_EXISTS')
    return 'unchanged'
  }
  await issueWithin(
    putting,
    {
      ...asked,
      holder: organization === undefined ? { identity: holder as string } : { organization },
      ...(starts !== undefined && { starts }),
      ...(ends !== undefined && { ends }),
    },
    { suspended: suspended ?? false, past_due_since: past_due_since ?? null, revoked_at: revoked_at ?? null },
  )
  return 'created'
}

function isSo({ authority: { world } }: Putting, known: LicenseRow, row: PutLicense): boolean {
  const { ends, trial, starts, overrides, ...plain } = row
  if (trial !== undefined && trial !== (known.trial_ends !== null)) return false
  if (starts !== undefined && starts !== known.starts) return false
  if (ends !== undefined && endAsked(soldAs(world, known), known.starts, ends) !== known.ends) return false
  if (overrides !== undefined && overridesText(offerOf(world, known.product, known.edition, known.plan), overrides) !== known.overrides)
    return false
  return Object.entries(plain).every(([name, value]) => value === undefined || value === known[name as keyof LicenseRow])
}
