import type { Transaction } from 'kysely'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import type { Draft } from '../changes/draft.ts'
import { revokeGrantsIn } from './store.ts'

/** A grant ends with the membership it was given in: who comes back does not find it standing. @returns the ids of those ended */
export async function endGrants(
  authority: Authority,
  tx: Transaction<Database>,
  change: Draft,
  identity: string,
  organizations: readonly string[],
): Promise<string[]> {
  const ended = await revokeGrantsIn(tx, identity, organizations, authority.clock())
  for (const id of ended) change.state({ fact: 'removed', of: 'grant', id })
  return ended
}
