import { formatInstant } from '@writ/engine'
import type { LicenseRow } from '../licenses/store.ts'
import type { EventType, NewEvent } from './event.ts'

type Licensed = Pick<LicenseRow, 'id' | 'product' | 'plan' | 'edition' | 'organization' | 'holder' | 'ends' | 'trial_ends'>

/** What is told of a licence: what it is, whose, and when it ends. One that an identity holds is no customer's business. */
export function licenseEvent(type: EventType, row: Licensed, more: Readonly<Record<string, unknown>> = {}): NewEvent {
  const { id, product, plan, edition, organization, holder, ends, trial_ends } = row
  return {
    type,
    product,
    ...(organization !== null && { organizations: [organization] }),
    data: {
      license: id,
      product,
      plan,
      edition,
      ...(organization !== null && { organization }),
      ...(holder !== null && { identity: holder }),
      ...(ends !== null && { ends: formatInstant(ends) }),
      ...(trial_ends !== null && { trial_ends: formatInstant(trial_ends) }),
      ...more,
    },
  }
}
