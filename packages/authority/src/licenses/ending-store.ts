import type { Instant } from '@writ/engine'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'
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

/** Of what a credential sees. */
export async function listEndings(
  db: Kysely<Database>,
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  { from, until, ...filter }: EndsIn,
  listing: Listing,
): Promise<Slice<LicenseRow>> {
  let query = db.selectFrom('licenses').selectAll().where('revoked_at', 'is', null).where(END, '>=', from).where(END, '<', until)
  if (products !== undefined) query = query.where('product', 'in', products)
  if (organizations !== undefined) query = query.where('organization', 'in', organizations)
  for (const column of ['organization', 'product', 'plan'] as const) {
    const wanted = filter[column]
    if (wanted !== undefined) query = query.where(column, '=', wanted)
  }
  return slice(query, listing, { orders: { ends: END } })
}
