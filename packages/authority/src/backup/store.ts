import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Row, Sequence, TableShape } from './format.ts'

/** Rows of one round trip: a handful of megabytes at the most. */
const BATCH = 500

/** Runs on one snapshot of all tables, while others write. */
export async function onSnapshot<T>(db: Kysely<Database>, work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
}

export async function readIdentity(tx: Transaction<Database>): Promise<{ id: string; revision: number; incarnation: string }> {
  return tx.selectFrom('authority').select(['id', 'revision', 'incarnation']).executeTakeFirstOrThrow()
}

export async function readMigrations(tx: Transaction<Database>): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`SELECT number FROM migrations ORDER BY number`.execute(tx)
  return rows.map(({ number }) => number)
}

/** When the last backup was whole; 0: never. */
export async function lastBackup(db: Kysely<Database>): Promise<number> {
  return (await db.selectFrom('authority').select('backed_up_at').executeTakeFirstOrThrow()).backed_up_at ?? 0
}

export async function markBackup(db: Kysely<Database>, at: number): Promise<void> {
  await db.updateTable('authority').set({ backed_up_at: at }).execute()
}

/** Whether an authority lives here. */
export async function isTaken(tx: Transaction<Database>): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`SELECT to_regclass('authority') IS NOT NULL AS there`.execute(tx)
  if (rows[0]?.there !== true) return false
  return (await tx.selectFrom('authority').select('id').executeTakeFirst()) !== undefined
}

/** Every table with the columns that are stored rather than computed, by name. */
export async function tableShapes(tx: Transaction<Database>): Promise<TableShape[]> {
  const { rows } = await sql<TableShape>`
    SELECT c.relname AS name, json_agg(a.attname ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname`.execute(tx)
  return rows
}

export async function readSequences(tx: Transaction<Database>): Promise<Sequence[]> {
  const { rows } = await sql<{ name: string; last: number | null }>`
    SELECT sequencename AS name, last_value AS last FROM pg_sequences WHERE schemaname = current_schema() ORDER BY sequencename`.execute(tx)
  return rows.map(({ name, last }) => ({ name, ...(last !== null && { last }) }))
}

/** Every row of a table, each value as text, which every type reads back exactly. */
export async function* readRows(tx: Transaction<Database>, { name, columns }: TableShape): AsyncGenerator<Row[]> {
  const values = sql.join(columns.map((column) => sql`${sql.ref(column)}::text`))
  await sql`DECLARE backup NO SCROLL CURSOR FOR SELECT json_build_array(${values}) AS row FROM ${sql.table(name)}`.execute(tx)
  for (;;) {
    const { rows } = await sql<{ row: Row }>`FETCH ${sql.lit(BATCH)} FROM backup`.execute(tx)
    if (rows.length > 0) yield rows.map(({ row }) => row)
    if (rows.length < BATCH) break
  }
  await sql`CLOSE backup`.execute(tx)
}

/** Takes the foreign keys away, so that tables can be filled in any order. @returns puts them back, which checks every row */
export async function suspendForeignKeys(tx: Transaction<Database>): Promise<() => Promise<void>> {
  const { rows } = await sql<{ table: string; name: string; definition: string }>`
    SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`.execute(tx)
  for (const { table, name } of rows) await sql.raw(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`).execute(tx)
  return async () => {
    for (const { table, name, definition } of rows) await sql.raw(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`).execute(tx)
  }
}

/** Empties a table of what its migrations put there. */
export async function clear(tx: Transaction<Database>, table: string): Promise<void> {
  await sql`DELETE FROM ${sql.table(table)}`.execute(tx)
}

/** @param columns of the store's own tables; a name that is none of them is an error of the store, never SQL */
export async function writeRows(tx: Transaction<Database>, { name, columns }: TableShape, rows: readonly Row[]): Promise<void> {
  const types = await sql<{ column: string; type: string }>`
    SELECT attname AS column, format_type(atttypid, atttypmod) AS type FROM pg_attribute
    WHERE attrelid = to_regclass(quote_ident(${name})) AND attnum > 0 AND NOT attisdropped`.execute(tx)
  const typeOf = new Map(types.rows.map(({ column, type }) => [column, type]))
  const values = columns.map((column) => sql`${sql.ref(`given.${column}`)}::${sql.raw(typeOf.get(column) ?? 'text')}`)
  const arrays = columns.map((_, at) => sql`${rows.map((row) => row[at] ?? null)}::text[]`)
  await sql`
    INSERT INTO ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))}) OVERRIDING SYSTEM VALUE
    SELECT ${sql.join(values)} FROM unnest(${sql.join(arrays)}) AS given (${sql.join(columns.map((column) => sql.ref(column)))})`.execute(
    tx,
  )
}

export async function writeSequence(tx: Transaction<Database>, { name, last }: Sequence): Promise<void> {
  if (last !== undefined) await sql`SELECT setval(quote_ident(${name})::regclass, ${last})`.execute(tx)
}

/** Moves revision and audit ids beyond any that the authority can have given after the backup, and gives it a new incarnation. */
export async function beginIncarnation(tx: Transaction<Database>, incarnation: string, leap: number): Promise<void> {
  await sql`UPDATE authority SET revision = revision + ${leap}, incarnation = ${incarnation}`.execute(tx)
  await sql`
    SELECT setval(sequence, (SELECT coalesce(max(id), 0) FROM audit) + ${leap})
    FROM (SELECT pg_get_serial_sequence('audit', 'id')::regclass AS sequence) AS of_audit WHERE sequence IS NOT NULL`.execute(tx)
}
