import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { StartError } from './start-error.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  /** One SQL statement each: the embedded store takes no more at a time. */
  readonly statements: readonly string[]
}

/** Any number, as long as nothing else in the database takes it: nodes that start together migrate one after another. */
const MIGRATION_LOCK = 7_070_001

/** What waits for a lock keeps out everybody who comes after it, readers too: so long may one long read hold them all up. */
const LOCK_MILLISECONDS = 1_000
const RETRY_MILLISECONDS = 1_000
/** PostgreSQL: the lock was not to be had in time, or somebody waited for us while we waited for them. */
const TRY_AGAIN: readonly unknown[] = ['55P03', '40P01']

/**
 * Brings the store to the newest layout in one transaction, all of it or nothing, while others serve from it. Where a table is in use for
 * long it steps back, lets everybody pass, and tries again, for as long as it takes.
 * @returns the numbers that were applied
 * @throws {StartError} STORE_NEWER when the store knows a migration that we do not
 */
export async function migrate(db: Kysely<Database>, migrations: readonly Migration[]): Promise<readonly number[]> {
  for (;;) {
    try {
      return await inMigrationTurn(db, (tx) => migrateWithin(tx, migrations))
    } catch (error) {
      if (!TRY_AGAIN.includes((error as { code?: unknown }).code)) throw error
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS))
    }
  }
}

/** Keeps everybody else who would change the layout out until the transaction ends. */
export async function inMigrationTurn<T>(db: Kysely<Database>, work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`SET LOCAL lock_timeout = ${sql.lit(LOCK_MILLISECONDS)}`.execute(tx)
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(tx)
    return work(tx)
  })
}

/** {@link migrate}, as a part of something that must be done with it or not at all. */
export async function migrateWithin(tx: Transaction<Database>, migrations: readonly Migration[]): Promise<readonly number[]> {
  await sql`CREATE TABLE IF NOT EXISTS migrations (number int8 PRIMARY KEY, name text NOT NULL)`.execute(tx)
  const done = new Set((await sql<{ number: number }>`SELECT number FROM migrations`.execute(tx)).rows.map((row) => row.number))
  // Any that we do not know, since two lines of work may have numbered around each other.
  const unknown = [...done].filter((number) => !migrations.some((migration) => migration.number === number))
  if (unknown.length > 0) throw new StartError('STORE_NEWER', { migration: Math.max(...unknown) })

  const pending = migrations.filter(({ number }) => !done.has(number)).sort((a, b) => a.number - b.number)
  for (const migration of pending) await apply(tx, migration)
  return pending.map(({ number }) => number)
}

async function apply(tx: Transaction<Database>, { number, name, statements }: Migration): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(tx)
  await sql`INSERT INTO migrations (number, name) VALUES (${number}, ${name})`.execute(tx)
}
