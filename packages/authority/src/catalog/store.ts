import type { Instant } from '@writ/engine'
import { type Generated, type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { OWN } from '../access/permissions.ts'
import type { Database } from '../app/database.ts'
import { contains, type Listing, type Orders, type Slice, slice } from '../app/listing.ts'

export interface CatalogTables {
  /** One row a product: its newest edition that is not staged, and the lock for whoever publishes the next. */
  products: { id: string; title: string; newest_edition: number; published_at: number }
  editions: {
    product: string
    edition: number
    /** Of the canonical form: `sha256:…`. */
    hash: string
    title: string
    /** The canonical form, which World is built from. */
    terms: string
    /** The text as it was published, comments included. */
    source: string
    published_at: number
    published_by: string
    /** Published, and not the one that new licences get. */
    staged: Generated<boolean>
  }
}
export type ProductRow = Selectable<CatalogTables['products']>
export type EditionRow = Selectable<CatalogTables['editions']>
export type EditionListed = Omit<EditionRow, 'terms' | 'source'>

/**
 * Locks a product, made here when it is new, so that of those who publish at once each sees what the one before has published.
 * @returns its row; `newest_edition` 0: nothing is published yet
 */
export async function lockProduct(tx: Transaction<Database>, id: string, title: string, now: Instant): Promise<ProductRow> {
  await tx
    .insertInto('products')
    .values({ id, title, newest_edition: 0, published_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return tx.selectFrom('products').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

/** @param tx the transaction that locked the product @returns the row, numbered after all that there are, staged ones too */
export async function insertEdition(tx: Transaction<Database>, values: Omit<EditionRow, 'edition'>): Promise<EditionRow> {
  const last = await findLastEdition(tx, values.product)
  const row = { ...values, edition: (last?.edition ?? 0) + 1 }
  await tx.insertInto('editions').values(row).execute()
  if (!row.staged) await followEditions(tx, row.product)
  return row
}

/** Makes the product follow its highest edition that is not staged. @param tx the transaction that locked the product */
async function followEditions(tx: Transaction<Database>, product: string): Promise<void> {
  await sql`
    UPDATE products SET title = newest.title, newest_edition = newest.edition, published_at = newest.published_at
    FROM (SELECT edition, title, published_at FROM editions WHERE product = ${product} AND NOT staged ORDER BY edition DESC LIMIT 1) AS newest
    WHERE products.id = ${product}`.execute(tx)
}

/** @param tx the transaction that locked the product */
export async function stageEdition(tx: Transaction<Database>, product: string, edition: number, staged: boolean): Promise<void> {
  await tx.updateTable('editions').set({ staged }).where('product', '=', product).where('edition', '=', edition).execute()
  await followEditions(tx, product)
}

/** The highest of all, staged ones too. */
export async function findLastEdition(db: Kysely<Database>, product: string): Promise<EditionRow | undefined> {
  return db.selectFrom('editions').selectAll().where('product', '=', product).orderBy('edition', 'desc').limit(1).executeTakeFirst()
}

/** The newest before another, as it was when that was published: staged ones were never it. */
export async function findEditionBefore(db: Kysely<Database>, product: string, edition: number): Promise<EditionRow | undefined> {
  return db
    .selectFrom('editions')
    .selectAll()
    .where('product', '=', product)
    .where('edition', '<', edition)
    .where('staged', '=', false)
    .orderBy('edition', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function findEdition(db: Kysely<Database>, product: string, edition: number): Promise<EditionRow | undefined> {
  return db.selectFrom('editions').selectAll().where('product', '=', product).where('edition', '=', edition).executeTakeFirst()
}

export type EditionSort = 'edition'

export async function listEditions(db: Kysely<Database>, product: string, listing: Listing<EditionSort>): Promise<Slice<EditionListed>> {
  const query = db
    .selectFrom('editions')
    .select(['product', 'edition', 'hash', 'title', 'published_at', 'published_by', 'staged'])
    .where('product', '=', product)
  return slice(query, listing, { id: 'edition' })
}

export async function findProduct(db: Kysely<Database>, id: string): Promise<ProductRow | undefined> {
  return db.selectFrom('products').selectAll().where('id', '=', id).executeTakeFirst()
}

export interface ProductFilter {
  /** Part of the id or the title. */
  readonly q?: string
}
export type ProductSort = 'id' | 'title' | 'published_at'

const ORDERS: Orders<ProductSort> = { title: sql`lower(title) COLLATE "C"`, published_at: sql.ref('published_at') }

/** @param only ids to choose from; absent: all */
export async function listProducts(
  db: Kysely<Database>,
  only: readonly string[] | undefined,
  { q }: ProductFilter,
  listing: Listing<ProductSort>,
): Promise<Slice<ProductRow>> {
  let query = db.selectFrom('products').selectAll().where('id', '<>', OWN)
  if (only !== undefined) query = query.where('id', 'in', only)
  if (q !== undefined) query = query.where(contains(sql`((id || ' ' || title) COLLATE "default")`, q))
  return slice(query, listing, { orders: ORDERS })
}
