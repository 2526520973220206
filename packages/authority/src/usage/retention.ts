import type { Authority } from '../app/authority.ts'
import { deleteUnspent } from './leases/store.ts'
import { deleteOldReservations } from './reservation-store.ts'

/** Whoever settles or asks again is answered for so long after the end: longer than anybody repeats a request. */
const KEPT_MILLISECONDS = 30 * 86_400_000
/** What nobody spent of: an asking is on its way no longer. */
const UNSPENT_MILLISECONDS = 86_400_000
/** Whoever reserves or leases meanwhile waits for none of it. */
const AT_ONCE = 1_000

/** Forgets reservations that have been over for as long as they are kept. */
export async function dropOldReservations({ db, clock }: Pick<Authority, 'db' | 'clock'>): Promise<void> {
  const before = clock() - KEPT_MILLISECONDS
  while ((await deleteOldReservations(db, before, AT_ONCE)) === AT_ONCE);
}

/** Forgets leases of which nothing was spent, a day after they were closed. */
export async function dropUnspentLeases({ db, clock }: Pick<Authority, 'db' | 'clock'>): Promise<void> {
  const before = clock() - UNSPENT_MILLISECONDS
  while ((await deleteUnspent(db, before, AT_ONCE)) === AT_ONCE);
}
