import type { Authority } from '../app/authority.ts'
import { dropOldExamples } from '../rollouts/shadow-store.ts'
import { deleteOldDecisions } from './store.ts'

const DAY = 86_400_000
/** What is written meanwhile waits for none of it. */
const AT_ONCE = 5_000

/** Forgets records of decisions that are older than the operator keeps them, and who is named in a roll-out by such; without that setting none. */
export async function dropOldDecisions({ db, clock, config }: Pick<Authority, 'db' | 'clock' | 'config'>): Promise<void> {
  if (config.decisionDays === undefined) return
  const before = clock() - config.decisionDays * DAY
  while ((await deleteOldDecisions(db, before, AT_ONCE)) === AT_ONCE);
  await dropOldExamples(db, before)
}
