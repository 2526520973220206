import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'

export interface StoreState {
  /** `18.1`. */
  readonly version: string
  /** Epoch milliseconds by the store's clock. */
  readonly now: number
  readonly bytes: number
  readonly fsync: string
  readonly synchronousCommit: string
  readonly fullPageWrites: string
  /** Seconds that the oldest transaction of another connection is open. */
  readonly oldestTransaction: number
  readonly isStandby: boolean
  /** Of the records of decisions, with their indexes. */
  readonly recordBytes: number
}

export async function readStoreState(db: Kysely<Database>): Promise<StoreState> {
  const { rows } = await sql<StoreState>`
    SELECT current_setting('server_version') AS version,
      (extract(epoch FROM clock_timestamp()) * 1000)::int8 AS now,
      pg_database_size(current_database()) AS bytes,
      current_setting('fsync') AS fsync,
      current_setting('synchronous_commit') AS "synchronousCommit",
      current_setting('full_page_writes') AS "fullPageWrites",
      coalesce(pg_total_relation_size(to_regclass('decisions')), 0)::int8 AS "recordBytes",
      pg_is_in_recovery() AS "isStandby",
      coalesce((SELECT max(extract(epoch FROM clock_timestamp() - xact_start)) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND datname = current_database()), 0)::float8 AS "oldestTransaction"`.execute(db)
  return rows[0] as StoreState
}

/** The migrations that made the store; absent: there is none yet. */
export async function readApplied(db: Kysely<Database>): Promise<number[] | undefined> {
  const there = await sql<{ there: boolean }>`SELECT to_regclass('migrations') IS NOT NULL AS there`.execute(db)
  if (there.rows[0]?.there !== true) return undefined
  return (await sql<{ number: number }>`SELECT number FROM migrations ORDER BY number`.execute(db)).rows.map(({ number }) => number)
}

export async function readAuthorityId(db: Kysely<Database>): Promise<string | undefined> {
  return (await db.selectFrom('authority').select('id').executeTakeFirst())?.id
}

/** Looks, in a transaction that is rolled back whatever was done in it. */
export async function looking<T>(db: Kysely<Database>, work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
  let seen: { value: T } | undefined
  await db
    .transaction()
    .execute(async (tx) => {
      seen = { value: await work(tx) }
      throw new Looked()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Looked)) throw error
    })
  return (seen as unknown as { value: T }).value
}

class Looked extends Error {}
