import type { Instant } from '@writ/engine'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'

/** A request that may be sent again: the answer to the first is given to all. */
export interface Retry {
  /** Keys of two credentials never meet. */
  readonly credential: string
  readonly key: string
  /** Of method, path and body: the same key on another request is a mistake. */
  readonly fingerprint: string
}

export interface SavedAnswer {
  readonly fingerprint: string
  readonly revision: number
  /** Sealed: an answer may hold a secret that is shown once. */
  readonly result: string
}

const RETRY_WINDOW_MILLISECONDS = 24 * 3_600_000

/** Keeps a second request with this key out until the transaction ends, on every node. @returns false: one is under way */
export async function lockKey(tx: Transaction<Database>, { credential, key }: Retry): Promise<boolean> {
  const name = JSON.stringify([credential, key])
  const { rows } = await sql<{ locked: boolean }>`SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 7070)) AS locked`.execute(tx)
  return rows[0]?.locked === true
}

export async function findAnswer(tx: Transaction<Database>, { credential, key }: Retry, now: Instant): Promise<SavedAnswer | undefined> {
  return tx
    .selectFrom('idempotency')
    .select(['fingerprint', 'revision', 'result'])
    .where('credential', '=', credential)
    .where('key', '=', key)
    .where('at', '>', now - RETRY_WINDOW_MILLISECONDS)
    .executeTakeFirst()
}

export async function saveAnswer(
  tx: Transaction<Database>,
  retry: Retry,
  answer: { at: Instant; revision: number; result: string },
): Promise<void> {
  // A row is only in the way when its window is over.
  await tx
    .insertInto('idempotency')
    .values({ ...retry, ...answer })
    .onConflict((conflict) => conflict.columns(['credential', 'key']).doUpdateSet({ ...answer, fingerprint: retry.fingerprint }))
    .execute()
}

/** Deletes answers that no retry gets any more. Only room depends on it: `findAnswer` looks at the time itself. */
export async function dropOldAnswers(db: Kysely<Database>, now: Instant): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('at', '<=', now - RETRY_WINDOW_MILLISECONDS)
    .execute()
}
