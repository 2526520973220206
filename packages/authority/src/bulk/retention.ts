import type { Authority } from '../app/authority.ts'
import { deleteOldImports } from './store.ts'

const DEFAULT_DAYS = 30
const DAY = 86_400_000
/** Each may have thousands of faults, and whoever sends rows to one of them waits until they are gone. */
const AT_ONCE = 20

/** Forgets imports to which no row came for as long as they are kept, with their reports; finished or broken off. */
export async function dropOldImports({ db, clock, config }: Pick<Authority, 'db' | 'clock' | 'config'>): Promise<void> {
  const before = clock() - (config.importDays ?? DEFAULT_DAYS) * DAY
  while ((await deleteOldImports(db, before, AT_ONCE)) === AT_ONCE);
}
