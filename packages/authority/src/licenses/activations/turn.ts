import type { DeviceContact } from '@writ/license'
import type { Transaction } from 'kysely'
import type { Database } from '../../app/database.ts'
import { type ActivationRow, findContact } from './store.ts'

/**
 * `next`: nothing was heard of this number or a later one. `again`: the last one, whose answer may be lost. `late`: one that is long
 * answered, doubled or delayed on its way or replayed by somebody who saw it. `copy`: of two devices with one key.
 */
export type Turn = 'next' | 'again' | 'late' | 'copy'

/**
 * Where a contact stands among those of its activation. A device signs every number once: only another contact of the same number was
 * signed by a copy. A number that was left out shows none: this store may have been put back to a backup.
 */
export async function turnOf(tx: Transaction<Database>, row: ActivationRow, said: DeviceContact): Promise<Turn> {
  if (said.counter > row.counter) return 'next'
  if (said.counter === row.counter && said.jti === row.last_contact) return 'again'
  const answered = await findContact(tx, row.id, said.counter)
  if (answered !== undefined) return answered === said.jti ? 'late' : 'copy'
  // Forgotten, or never heard of: whoever counted on has signed it before the last one, and a copy that is behind signs it now.
  return said.iat > lastSigned(row) ? 'copy' : 'late'
}

/** By the clock of the device, epoch seconds. */
function lastSigned({ last_contact_at, clock_offset }: ActivationRow): number {
  return Math.floor((last_contact_at ?? 0) / 1000) + (clock_offset ?? 0)
}
