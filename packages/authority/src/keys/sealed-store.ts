import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { SEALED_PLACES, type SealedPlace } from './sealed-places.ts'

export interface SealedRow {
  /** By column, those of `SealedPlace.key`. */
  readonly key: Readonly<Record<string, string>>
  readonly sealed: string
}

/** How many texts each data key has sealed. */
export async function countSealed(db: Kysely<Database>): Promise<ReadonlyMap<string, number>> {
  const counts = SEALED_PLACES.map(({ table }) => sql`SELECT data_key, count(*) AS n FROM ${sql.table(table)} GROUP BY data_key`)
  const { rows } = await sql<{ data_key: string; n: number }>`
    SELECT data_key, sum(n)::int8 AS n FROM (${sql.join(counts, sql` UNION ALL `)}) AS counted WHERE data_key IS NOT NULL GROUP BY data_key`.execute(
    db,
  )
  return new Map(rows.map(({ data_key, n }) => [data_key, n]))
}

/** Some rows of a place that one of these data keys has sealed, locked; rows that somebody works on are left out. */
export async function lockStale(
  tx: Transaction<Database>,
  { table, column, key }: SealedPlace,
  dataKeys: readonly string[],
  limit: number,
): Promise<SealedRow[]> {
  const members = key.flatMap((name) => [sql.lit(name), sql.ref(name)])
  const { rows } = await sql<SealedRow>`
    SELECT json_build_object(${sql.join(members)}) AS key, ${sql.ref(column)} AS sealed FROM ${sql.table(table)}
    WHERE data_key IN (${sql.join(dataKeys)}) LIMIT ${sql.lit(limit)} FOR UPDATE SKIP LOCKED`.execute(tx)
  return rows
}

export async function replaceSealed(tx: Transaction<Database>, { table, column }: SealedPlace, { key, sealed }: SealedRow): Promise<void> {
  const same = Object.entries(key).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${sealed} WHERE ${sql.join(same, sql` AND `)}`.execute(tx)
}
