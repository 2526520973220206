import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { OWN, OWNER } from './permissions.ts'

/**
 * Whether an active owner is left beside one. Of two owners who take each other's place away at once the second waits here, and finds
 * what the first has left.
 */
export async function hasOtherOwner(tx: Transaction<Database>, identity: string): Promise<boolean> {
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(7_070_004)})`.execute(tx)
  const [other] = await listOwners(tx, 1, identity)
  return other !== undefined
}

/** Ids of active owners, in order. */
export async function listOwners(db: Kysely<Database>, limit: number, except = ''): Promise<string[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('identities', 'identities.id', 'memberships.identity_id')
    .select('identities.id')
    .where('organization_id', '=', OWN)
    .where('status', '=', 'active')
    .where('identities.id', '<>', except)
    .where(sql<boolean>`roles::jsonb ? ${OWNER}`)
    .orderBy('identities.id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}
