import type { Authority } from '../app/authority.ts'
import { deleteOldReservations } from './reservation-store.ts'

/** Whoever settles or asks again is answered for so long after the end: longer than anybody repeats a request. */
const KEPT_MILLISECONDS = 30 * 86_400_000
/** Whoever reserves meanwhile waits for none of it. */
const AT_ONCE = 1_000

/** Forgets reservations that have been over for as long as they are kept. */
export async function dropOldReservations({ db, clock }: Pick<Authority, 'db' | 'clock'>): Promise<void> {
  const before = clock() - KEPT_MILLISECONDS
  while ((await deleteOldReservations(db, before, AT_ONCE)) === AT_ONCE);
}
