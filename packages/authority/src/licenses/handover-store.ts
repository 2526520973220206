import type { Instant, SeatFact } from '@writ/engine'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import type { LicensesTables } from './store.ts'

/** Floating seats that somebody has at `now`. */
export async function countLeases(tx: Transaction<Database>, license: string, now: Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*) AS n FROM floating_seats WHERE license_id = ${license} AND (until IS NULL OR until > ${now})
      AND position(' ' IN identity_id) = 0`.execute(tx)
  return Number(rows[0]?.n ?? 0)
}

/** Who gave up a named seat that is still on hold, or was: they are facts and nothing else. */
export async function seatsOnHold(tx: Transaction<Database>, license: string): Promise<string[]> {
  const prefix = `${JSON.stringify(['seat', license]).slice(0, -1)},`
  const rows = await tx.selectFrom('facts').select('body').where('key', '>=', prefix).where('key', '<', `${prefix}#`).execute()
  return rows.map(({ body }) => body as SeatFact).flatMap(({ freed_at, identity }) => (freed_at === undefined ? [] : [identity]))
}

/** @returns how many were good until now */
export async function revokeAllKeys(tx: Transaction<Database>, license: string, now: Instant): Promise<number> {
  const gone = await tx
    .updateTable('license_keys')
    .set({ revoked_at: now })
    .where('license_id', '=', license)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute()
  return gone.length
}

/** Open grants of an organization for a product of which it has no other licence. */
export async function countIdleGrants(
  tx: Transaction<Database>,
  organization: string,
  { product, id }: { product: string; id: string },
  now: Instant,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*) AS n FROM grants WHERE organization_id = ${organization} AND starts_with(feature, ${`${product}:`})
      AND ends_at > ${now} AND revoked_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM licenses WHERE organization = ${organization} AND product = ${product} AND id <> ${id} AND revoked_at IS NULL)`.execute(
    tx,
  )
  return Number(rows[0]?.n ?? 0)
}

export async function countFiles(tx: Transaction<Database>, license: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM license_files WHERE license_id = ${license}`.execute(tx)
  return Number(rows[0]?.n ?? 0)
}

/** Whether the one trial that a holder had of a product was this licence. */
export async function hadThisTrial(
  tx: Transaction<Database>,
  { product, holder_kind, holder_id, license_id }: Omit<LicensesTables['trials'], 'given_at'>,
): Promise<boolean> {
  const row = await tx
    .selectFrom('trials')
    .select('license_id')
    .where('product', '=', product)
    .where('holder_kind', '=', holder_kind)
    .where('holder_id', '=', holder_id)
    .executeTakeFirst()
  return row?.license_id === license_id
}
