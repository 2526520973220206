import type { Instant } from '@writ/engine'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Reach } from '../enforcers/scope.ts'
import type { LicenseRow } from './store.ts'

/** A half-open period, and which licences are meant. */
export interface EndsIn {
  readonly from: Instant
  readonly until: Instant
  readonly organization?: string
  readonly product?: string
  readonly plan?: string
}

const END = sql<number>`least(ends, trial_ends)`

/** A page of what a credential sees, by end and then id. @param after exclusive */
export async function listEndings(
  db: Kysely<Database>,
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  { from, until, ...filter }: EndsIn,
  after: { readonly end: Instant; readonly id: string } | undefined,
  limit: number,
): Promise<LicenseRow[]> {
  let query = db
    .selectFrom('licenses')
    .selectAll()
    .where('revoked_at', 'is', null)
    .where(END, '>=', from)
    .where(END, '<', until)
    .orderBy(END)
    .orderBy('id')
    .limit(limit)
  if (products !== undefined) query = query.where('product', 'in', products)
  if (organizations !== undefined) query = query.where('organization', 'in', organizations)
  for (const column of ['organization', 'product', 'plan'] as const) {
    const wanted = filter[column]
    if (wanted !== undefined) query = query.where(column, '=', wanted)
  }
  if (after !== undefined) query = query.where(sql<boolean>`(${END}, id) > (${after.end}::int8, ${after.id})`)
  return query.execute()
}
