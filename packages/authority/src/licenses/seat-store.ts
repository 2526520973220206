import type { Instant, SeatFact } from '@writ/engine'
import type { IdentityKind } from '@writ/terms'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'
import type { Reach } from '../enforcers/scope.ts'

export interface SeatRow {
  readonly identity: string
  readonly kind: 'named' | 'floating'
  readonly taken_at: number
  /** Of a floating seat with a lease: exclusive. */
  readonly until: number | null
}

export interface Seat extends SeatRow {
  readonly license: string
  /** The API key whose application keeps a floating one by heartbeats. */
  readonly source?: string | null | undefined
}

export interface SeatFilter {
  readonly license?: string
  readonly identity?: string
  readonly organization?: string
  readonly product?: string
  readonly kind?: SeatRow['kind']
}

/** Seats that somebody has at `now`, of the licences that a credential sees. */
export async function listSeats(
  db: Kysely<Database>,
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  { organization, product, ...filter }: SeatFilter,
  now: Instant,
  listing: Listing<'identity' | 'license'>,
): Promise<Slice<Seat>> {
  const all = sql<Seat>`(
    SELECT license_id AS license, identity_id AS identity, 'named' AS kind, taken_at, NULL::int8 AS until, NULL AS source FROM seats
    UNION ALL
    SELECT license_id, identity_id, 'floating', taken_at, until, source FROM floating_seats
      WHERE (until IS NULL OR until > ${now}) AND position(' ' IN identity_id) = 0
  )`
  let query = db.selectFrom(all.as('s')).selectAll()
  for (const column of ['license', 'identity', 'kind'] as const) {
    const wanted = filter[column]
    if (wanted !== undefined) query = query.where(column, '=', wanted)
  }
  const parts: RawBuilder<unknown>[] = []
  if (products !== undefined) parts.push(sql`l.product = ANY (${[...products]}::text[])`)
  if (organizations !== undefined) parts.push(sql`l.organization = ANY (${[...organizations]}::text[])`)
  if (product !== undefined) parts.push(sql`l.product = ${product}`)
  if (organization !== undefined) parts.push(sql`l.organization = ${organization}`)
  if (parts.length > 0) {
    query = query.where(sql<boolean>`EXISTS (SELECT 1 FROM licenses l WHERE l.id = s.license AND ${sql.join(parts, sql` AND `)})`)
  }
  // A licence has one seat of an identity: either tells apart what the other has in common.
  const [by, id] = listing.by === 'license' ? (['license', 'identity'] as const) : (['identity', 'license'] as const)
  return slice(query, listing, { orders: { [by]: sql.ref(by) }, id })
}

/** Named seats of the licences that a credential sees, by licence and identity. */
export async function listNamedSeats(
  db: Kysely<Database>,
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  listing: Listing,
): Promise<Slice<{ license: string; identity: string }>> {
  let query = db
    .selectFrom('seats')
    .innerJoin('licenses', 'licenses.id', 'seats.license_id')
    .select(['license_id as license', 'identity_id as identity'])
  if (products !== undefined) query = query.where('product', 'in', products)
  if (organizations !== undefined) query = query.where('organization', 'in', organizations)
  return slice(query, { ...listing, by: 'license' }, { orders: { license: sql.ref('license_id') }, id: 'identity_id' })
}

export async function countSeats(
  db: Kysely<Database>,
  license: string,
  now: Instant,
): Promise<{ named: number; floating: number; on_devices: number }> {
  const { rows } = await sql<{ named: number; floating: number; on_devices: number }>`
    SELECT (SELECT count(*) FROM seats WHERE license_id = ${license}) AS named,
      (SELECT count(*) FROM floating_seats WHERE license_id = ${license} AND (until IS NULL OR until > ${now})) AS floating,
      (SELECT count(*) FROM floating_seats WHERE license_id = ${license} AND until > ${now} AND position(' ' IN identity_id) > 0) AS on_devices`.execute(
    db,
  )
  return rows[0] ?? { named: 0, floating: 0, on_devices: 0 }
}

export async function findNamedSeat(db: Kysely<Database>, license: string, identity: string): Promise<SeatRow | undefined> {
  const row = await db
    .selectFrom('seats')
    .select('taken_at')
    .where('license_id', '=', license)
    .where('identity_id', '=', identity)
    .executeTakeFirst()
  return row && { identity, kind: 'named', taken_at: row.taken_at, until: null }
}

/**
 * Named seats that somebody else gave up after an instant. They are facts and nothing else; read from the store, so that a seat freed
 * on another node a moment ago counts too.
 */
export async function countFreedByOthers(
  tx: Transaction<Database>,
  license: string,
  identity: string | undefined,
  after: Instant,
): Promise<number> {
  // The identity's own quotation mark is the next byte of every such key, and `#` the byte after that mark.
  const prefix = `${JSON.stringify(['seat', license]).slice(0, -1)},`
  const rows = await tx.selectFrom('facts').select('body').where('key', '>=', prefix).where('key', '<', `${prefix}#`).execute()
  return rows.filter(({ body }) => {
    const { freed_at, identity: who } = body as SeatFact
    return freed_at !== undefined && freed_at > after && who !== identity
  }).length
}

/** @returns whether there was one, in use or run out */
export async function deleteLease(tx: Transaction<Database>, license: string, identity: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('floating_seats')
    .where('license_id', '=', license)
    .where('identity_id', '=', identity)
    .returning('identity_id')
    .executeTakeFirst()
  return gone !== undefined
}

/** Frees every seat that somebody has; what devices hold they may use until their files are over. @param tx the transaction that locked the seats @returns who held a named one */
export async function clearSeats(tx: Transaction<Database>, license: string): Promise<string[]> {
  const named = await tx.deleteFrom('seats').where('license_id', '=', license).returning('identity_id').execute()
  await tx.updateTable('seat_sheets').set({ taken: 0 }).where('license_id', '=', license).execute()
  await tx.deleteFrom('floating_seats').where('license_id', '=', license).where(sql<boolean>`position(' ' IN identity_id) = 0`).execute()
  return named.map(({ identity_id }) => identity_id)
}

export interface Member {
  readonly kind: IdentityKind
  readonly status: string
  readonly isMember: boolean
}

/** An identity, held as it is until the transaction ends: one that is being suspended is waited for, and found suspended. */
export async function findMember(tx: Transaction<Database>, identity: string, organization?: string): Promise<Member | undefined> {
  // Two statements: one that waits for a lock still reads the rest as it was before the wait.
  await sql`SELECT 1 FROM identities WHERE id = ${identity} FOR SHARE`.execute(tx)
  const { rows } = await sql<Member>`
    SELECT kind, status, EXISTS (
      SELECT 1 FROM memberships m WHERE m.identity_id = i.id AND m.organization_id = ${organization ?? null}::text
    ) AS "isMember" FROM identities i WHERE id = ${identity}`.execute(tx)
  return rows[0]
}
