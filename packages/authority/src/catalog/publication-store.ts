import type { Instant } from '@writ/engine'
import { type Generated, type Insertable, type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'

export interface PublicationTables {
  /** Terms that wait until they are signed off, and those that did. */
  publications: {
    id: string
    product: string
    /** The newest edition then; 0: there was none. */
    base_edition: number
    /** Of these terms onto that edition. */
    plan_hash: string
    hash: string
    title: string
    /** The canonical form. */
    terms: string
    source: string
    /** The roles that sign it off. */
    required: string[]
    created_at: number
    created_by: string
    /** Whom the key acted for. */
    identity: string | null
    /** Published as. */
    edition: number | null
    withdrawn_at: number | null
    /** Of one that was withdrawn since somebody would not sign it. */
    refused_role: string | null
    refused_by: string | null
    refused_reason: string | null
    /** For a roll-out: it does not become the edition of new licences. */
    staged: Generated<boolean>
  }
  sign_offs: { publication_id: string; role: string; identity: string; actor: string; at: number }
}
export type PublicationRow = Selectable<PublicationTables['publications']>
export type SignOffRow = Selectable<PublicationTables['sign_offs']>

export async function insertPublication(
  tx: Transaction<Database>,
  values: Insertable<PublicationTables['publications']>,
): Promise<PublicationRow> {
  return tx.insertInto('publications').values(values).returningAll().executeTakeFirstOrThrow()
}

/** One of the same terms onto the same edition, for the same end, that waits already. */
export async function findWaiting(
  tx: Transaction<Database>,
  { product, plan_hash, staged }: Pick<PublicationRow, 'product' | 'plan_hash' | 'staged'>,
): Promise<PublicationRow | undefined> {
  return tx
    .selectFrom('publications')
    .selectAll()
    .where('product', '=', product)
    .where('plan_hash', '=', plan_hash)
    .where('staged', '=', staged)
    .where('edition', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
}

export async function findPublication(db: Kysely<Database>, product: string, id: string): Promise<PublicationRow | undefined> {
  return db.selectFrom('publications').selectAll().where('product', '=', product).where('id', '=', id).executeTakeFirst()
}

export type PublicationSort = 'created_at'

export interface PublicationFilter {
  readonly product?: string
  /** Only what can still be signed off. */
  readonly waiting?: boolean
}

/** @param only products to choose from; absent: all */
export async function listPublications(
  db: Kysely<Database>,
  only: readonly string[] | undefined,
  { product, waiting }: PublicationFilter,
  listing: Listing<PublicationSort>,
): Promise<Slice<PublicationRow>> {
  let query = db.selectFrom('publications').selectAll()
  if (only !== undefined) query = query.where('product', 'in', only)
  if (product !== undefined) query = query.where('product', '=', product)
  if (waiting === true)
    query = query
      .where('edition', 'is', null)
      .where('withdrawn_at', 'is', null)
      .where(sql<boolean>`base_edition = COALESCE((SELECT newest_edition FROM products WHERE products.id = publications.product), 0)`)
  return slice(query, listing, { orders: { created_at: sql.ref('created_at') } })
}

export interface Refused {
  readonly refused_role: string
  readonly refused_by: string
  readonly refused_reason: string
}

export async function decidePublication(
  tx: Transaction<Database>,
  id: string,
  values: { readonly edition: number } | ({ readonly withdrawn_at: Instant } & Partial<Refused>),
): Promise<PublicationRow> {
  return tx.updateTable('publications').set(values).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

export async function insertSignOff(tx: Transaction<Database>, row: SignOffRow): Promise<void> {
  await tx.insertInto('sign_offs').values(row).execute()
}

export async function findSignOffs(db: Kysely<Database>, publication: string): Promise<SignOffRow[]> {
  return db.selectFrom('sign_offs').selectAll().where('publication_id', '=', publication).orderBy('at').orderBy('role').execute()
}

/** Of several publications, each in the order in which they were signed. */
export async function findSignOffsOf(db: Kysely<Database>, publications: readonly string[]): Promise<SignOffRow[]> {
  if (publications.length === 0) return []
  return db.selectFrom('sign_offs').selectAll().where('publication_id', 'in', publications).orderBy('at').orderBy('role').execute()
}

/** The newest edition of each product that has one. */
export async function newestEditions(db: Kysely<Database>, products: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (products.length === 0) return new Map()
  const rows = await db.selectFrom('products').select(['id', 'newest_edition']).where('id', 'in', products).execute()
  return new Map(rows.map(({ id, newest_edition }) => [id, newest_edition]))
}

/** A product of which nothing was published, made to be locked. */
export async function dropEmptyProduct(tx: Transaction<Database>, id: string): Promise<void> {
  await tx.deleteFrom('products').where('id', '=', id).where('newest_edition', '=', 0).execute()
}
