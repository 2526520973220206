import type { Instant } from '@writ/engine'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'

/** Which process keeps seats. */
export interface Holder {
  /** Its API key. */
  readonly source: string
  readonly holder: string
}

/** @param tx with the seats of the licence locked @param until exclusive; `null`: until somebody frees it */
export async function keepSeats(
  tx: Transaction<Database>,
  license: string,
  identities: readonly string[],
  { source, holder }: Holder,
  until: Instant | null,
): Promise<void> {
  await sql`UPDATE floating_seats SET until = greatest(until, ${until}::int8), source = ${source}, holder = ${holder}
    WHERE license_id = ${license} AND identity_id = ANY (${[...identities]}::text[])`.execute(tx)
}

/** Frees those that this process keeps, and nobody else since. @param tx with the seats of the licence locked */
export async function dropSeats(tx: Transaction<Database>, license: string, identities: readonly string[], { source, holder }: Holder) {
  const { rows } = await sql<{ identity: string }>`DELETE FROM floating_seats
    WHERE license_id = ${license} AND identity_id = ANY (${[...identities]}::text[]) AND source = ${source} AND holder = ${holder}
    RETURNING identity_id AS identity`.execute(tx)
  return rows.map(({ identity }) => identity)
}
