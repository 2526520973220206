import type { Authority } from '../app/authority.ts'
import { dropEvents } from './store.ts'

/** Longer than any period that an event is announced once for. */
const KEPT_MILLISECONDS = 400 * 86_400_000

export async function dropOldEvents({ db, clock }: Pick<Authority, 'db' | 'clock'>): Promise<number> {
  return dropEvents(db, clock() - KEPT_MILLISECONDS)
}
