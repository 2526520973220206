import type { Instant } from '@writ/engine'
import type { UsageLine } from '@writ/license'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../app/database.ts'

export interface UsagePeriod {
  readonly license: string
  readonly meter: string
  readonly from: Instant
  /** Exclusive. */
  readonly until: Instant
}

/** Whether a device has a share of the period that it may still say something of. */
export async function hasOpenShare(db: Kysely<Database>, { license, meter, from, until }: UsagePeriod): Promise<boolean> {
  const row = await db
    .selectFrom('reservations')
    .select('id')
    .where('license_id', '=', license)
    .where('meter', '=', meter)
    .where('closed_at', 'is', null)
    .where('reserved_at', '>=', from)
    .where('reserved_at', '<', until)
    .where('source', 'like', 'activation %')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const PAGE = 5_000

/** All that is counted in a period, in the order of a receipt, page by page: no period is too long to be read. */
export async function* countedIn(db: Kysely<Database>, { license, meter, from, until }: UsagePeriod): AsyncGenerator<readonly UsageLine[]> {
  let last = { at: from, source: '', id: '' }
  for (;;) {
    const { rows } = await sql<UsageLine & { occurredAt: Instant | null }>`
      SELECT at, source, id, amount, occurred_at AS "occurredAt" FROM usage_events
      WHERE license_id = ${license} AND meter = ${meter} AND at >= ${last.at} AND at < ${until} AND (at, source, id) > (${last.at}, ${last.source}, ${last.id})
      ORDER BY at, source, id LIMIT ${PAGE}`.execute(db)
    const end = rows.at(-1)
    if (end === undefined) return
    last = end
    yield rows.map(({ occurredAt, ...row }) => ({ ...row, ...(occurredAt !== null && { occurredAt }) }))
    if (rows.length < PAGE) return
  }
}
