import type { Instant } from '@writ/engine'
import type { DeviceContact } from '@writ/license'
import type { Transaction } from 'kysely'
import type { Database } from '../../app/database.ts'
import { type ActivationRow, findContact } from './store.ts'

/**
 * `next`: nothing was heard of this number or a later one. `again`: the last one, whose answer may be lost. `old`: the same text as the
 * last one, long after it was answered: by somebody who saw it. `late`: one that is long answered, doubled or delayed on its way or
 * replayed. `copy`: of two devices with one key.
 */
export type Turn = 'next' | 'again' | 'old' | 'late' | 'copy'

/** The network doubles and delays what is sent for no longer than this. */
const ANSWERED_AGAIN_MILLISECONDS = 600_000

/**
 * Where a contact stands among those of its activation. A device signs every number once: only another contact of the same number was
 * signed by a copy. A number that was left out shows none: this store may have been put back to a backup.
 */
export async function turnOf(tx: Transaction<Database>, row: ActivationRow, said: DeviceContact, now: Instant): Promise<Turn> {
  if (said.counter > row.counter) return 'next'
  if (said.counter === row.counter && said.jti === row.last_contact) {
    const isOld = now > (row.last_contact_at ?? 0) + ANSWERED_AGAIN_MILLISECONDS
    return isOld && !isAnew(row, said) ? 'old' : 'again'
  }
  const answered = await findContact(tx, row.id, said.counter)
  if (answered !== undefined) return answered === said.jti ? 'late' : 'copy'
  // Forgotten, or never heard of: whoever counted on has signed it before the last one, and a copy that is behind signs it now. A copy
  // may have said the last one of a time to come: by no clock was it signed after it was heard.
  return said.iat > heard(row) + Math.min(0, row.clock_offset ?? 0) ? 'copy' : 'late'
}

/** Whether a contact is another than what was said last: a device signs anew whatever it sends again, and says when. */
export function isAnew(row: ActivationRow, { iat, releases }: DeviceContact): boolean {
  return releases !== undefined || iat > heard(row) + (row.clock_offset ?? 0)
}

/** By our clock, epoch seconds. */
function heard({ last_contact_at }: ActivationRow): number {
  return Math.floor((last_contact_at ?? 0) / 1000)
}
