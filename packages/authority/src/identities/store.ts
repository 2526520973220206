import type { FactValue, IdentityFact, Instant, LicenseFact } from '@writ/engine'
import { type ColumnType, type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { contains, type Listing, type Orders, type Slice, slice } from '../app/listing.ts'
import { factKey } from '../changes/fact-key.ts'
import type { Json } from '../changes/tables.ts'

export interface IdentitiesTables {
  identities: {
    id: string
    kind: IdentityFact['kind']
    status: IdentityFact['status']
    name: string | null
    /** Levels that the enrolled factors reach; `null`: all. */
    factors: ColumnType<readonly string[] | null, string | null, string | null>
    attributes: Json<Attributes>
    /** Counts the updates; the ETag. */
    version: number
    created_at: number
    updated_at: number
  }
  memberships: { identity_id: string; organization_id: string; roles: Json<readonly string[]> }
  identity_links: { issuer: string; subject: string; identity_id: string }
  signals: { id: string; identity_id: string; name: string; session: string | null; device: string | null; at: number }
}
export type Attributes = Readonly<Record<string, FactValue>>
/** Organization id to roles. */
export type Memberships = Readonly<Record<string, readonly string[]>>
export interface Link {
  readonly issuer: string
  readonly subject: string
}
export type SignalRow = Selectable<IdentitiesTables['signals']>
type Row = Selectable<IdentitiesTables['identities']>

/** An identity whole: its row, its memberships and its links. */
export interface Identity extends Row {
  readonly in: Memberships
  readonly links: readonly Link[]
}
export type IdentityValues = Pick<Identity, 'id' | 'kind' | 'status' | 'name' | 'factors' | 'attributes'>

/** @returns `undefined` when the id is taken */
export async function insertIdentity(tx: Transaction<Database>, values: IdentityValues, now: Instant): Promise<Row | undefined> {
  return tx
    .insertInto('identities')
    .values({ ...values, ...texts(values), version: 1, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** Reads an identity to change it. Its one row is the lock of its memberships and links too. */
export async function lockIdentity(tx: Transaction<Database>, id: string): Promise<Identity | undefined> {
  const row = await tx.selectFrom('identities').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && (await whole(tx, [row]))[0]
}

/** @param tx the transaction that locked the identity */
export async function updateIdentity(tx: Transaction<Database>, values: IdentityValues, now: Instant): Promise<Row> {
  const { id, kind, status, name } = values
  return tx
    .updateTable('identities')
    .set((eb) => ({ kind, status, name, ...texts(values), version: eb('version', '+', 1), updated_at: now }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

function texts({ factors, attributes }: IdentityValues): { factors: string | null; attributes: string } {
  return { factors: factors === null ? null : JSON.stringify(factors), attributes: JSON.stringify(attributes) }
}

/** @param tx the transaction that locked the identity */
export async function replaceMemberships(tx: Transaction<Database>, id: string, memberships: Memberships): Promise<void> {
  await tx.deleteFrom('memberships').where('identity_id', '=', id).execute()
  const rows = Object.entries(memberships).map(([organization_id, roles]) => ({
    identity_id: id,
    organization_id,
    roles: JSON.stringify(roles),
  }))
  if (rows.length > 0) await tx.insertInto('memberships').values(rows).execute()
}

/**
 * @param tx the transaction that locked the identity
 * @param links distinct
 * @returns false when another identity has one of them
 */
export async function replaceLinks(tx: Transaction<Database>, id: string, links: readonly Link[]): Promise<boolean> {
  await tx.deleteFrom('identity_links').where('identity_id', '=', id).execute()
  if (links.length === 0) return true
  // In one order, so that two who ask for the same links wait for each other and not in a circle.
  const rows = links.map(({ issuer, subject }) => ({ issuer, subject, identity_id: id }))
  rows.sort((a, b) => (a.issuer === b.issuer ? (a.subject < b.subject ? -1 : 1) : a.issuer < b.issuer ? -1 : 1))
  const put = await tx
    .insertInto('identity_links')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('identity_id')
    .execute()
  return put.length === rows.length
}

/** Those of the ids that are taken. */
export async function knownIdentities(db: Kysely<Database>, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('identities').select('id').where('id', 'in', ids).execute()
  return rows.map(({ id }) => id)
}

/** Those of the links that somebody has, each as JSON of issuer and subject. */
export async function takenLinks(db: Kysely<Database>, links: readonly Link[]): Promise<Set<string>> {
  if (links.length === 0) return new Set()
  const { rows } = await sql<Link>`SELECT issuer, subject FROM identity_links
    WHERE (issuer, subject) IN (SELECT issuer, subject FROM unnest(
      ${links.map(({ issuer }) => issuer)}::text[], ${links.map(({ subject }) => subject)}::text[]) AS asked (issuer, subject))`.execute(db)
  return new Set(rows.map(({ issuer, subject }) => JSON.stringify([issuer, subject])))
}

/** So many rows a statement: PostgreSQL takes 65,535 values in one. */
const ROWS_AT_ONCE = 5_000

/** Identities that are not there, with all that belongs to them. @throws when one is there after all, made a moment ago */
export async function insertWhole(tx: Transaction<Database>, identities: readonly Identity[]): Promise<void> {
  const rows = identities.map(({ in: _in, links: _links, ...row }) => ({ ...row, ...texts(row) }))
  const memberships = identities.flatMap(({ id, in: all }) =>
    Object.entries(all).map(([organization_id, roles]) => ({ identity_id: id, organization_id, roles: JSON.stringify(roles) })),
  )
  const links = identities.flatMap(({ id, links }) => links.map(({ issuer, subject }) => ({ issuer, subject, identity_id: id })))
  for (const some of parts(rows)) await tx.insertInto('identities').values(some).execute()
  for (const some of parts(memberships)) await tx.insertInto('memberships').values(some).execute()
  for (const some of parts(links)) await tx.insertInto('identity_links').values(some).execute()
}

function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE)
}

export async function findIdentity(db: Kysely<Database>, id: string): Promise<Identity | undefined> {
  const row = await db.selectFrom('identities').selectAll().where('id', '=', id).executeTakeFirst()
  return row && (await whole(db, [row]))[0]
}

export interface IdentityFilter {
  /** Part of the id, the name, or the attribute `mail` or `email`. */
  readonly q?: string
  readonly organization?: string
  /** One that it has in that organization, or else in any. */
  readonly role?: string
  readonly kind?: IdentityFact['kind']
  readonly status?: IdentityFact['status']
  /** Members of any of these; absent: everybody. */
  readonly organizations?: readonly string[]
}

/** Members of an organization that are named one by one in a query. */
const FEW = 1_000

export type IdentitySort = 'id' | 'name' | 'created_at' | 'updated_at'

const ORDERS: Orders<IdentitySort> = {
  name: sql`lower(coalesce(name, '')) COLLATE "C"`,
  created_at: sql.ref('created_at'),
  updated_at: sql.ref('updated_at'),
}
/** What a person is looked for by. */
const IDENTITY_TEXT = sql<string>`((
  id || ' ' || coalesce(name, '') || ' ' || coalesce(attributes ->> 'mail', '') || ' ' || coalesce(attributes ->> 'email', '')
) COLLATE "default")`

export async function listIdentities(
  db: Kysely<Database>,
  { q, organization, organizations, role, kind, status }: IdentityFilter,
  listing: Listing<IdentitySort>,
): Promise<Slice<Identity>> {
  let query = db.selectFrom('identities').selectAll()
  if (organization !== undefined || organizations !== undefined || role !== undefined) {
    let members = db.selectFrom('memberships')
    if (organizations !== undefined) members = members.where('organization_id', 'in', organizations)
    if (organization !== undefined) members = members.where('organization_id', '=', organization)
    if (role !== undefined) members = members.where(sql<boolean>`roles::jsonb ? ${role}`)
    // Few are looked up. Many are met soon enough in the order of the list: joined, all of them would be sorted for every page.
    const some = await members
      .select('identity_id')
      .limit(FEW + 1)
      .execute()
    query =
      some.length <= FEW
        ? query.where('id', 'in', [...new Set(some.map(({ identity_id }) => identity_id)), ''])
        : query.where(sql<boolean>`(${members.select(sql`true`.as('found')).where(sql<boolean>`identity_id = identities.id`).limit(1)})`)
  }
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (status !== undefined) query = query.where('status', '=', status)
  if (q !== undefined) query = query.where(contains(IDENTITY_TEXT, q))
  const { items, last } = await slice(query, listing, { orders: ORDERS })
  return { items: await whole(db, items), last }
}

async function whole(db: Kysely<Database>, rows: readonly Row[]): Promise<Identity[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const memberships = await db.selectFrom('memberships').selectAll().where('identity_id', 'in', ids).orderBy('organization_id').execute()
  const links = await db
    .selectFrom('identity_links')
    .selectAll()
    .where('identity_id', 'in', ids)
    .orderBy('issuer')
    .orderBy('subject')
    .execute()
  const rolesOf = Map.groupBy(memberships, ({ identity_id }) => identity_id)
  const linksOf = Map.groupBy(links, ({ identity_id }) => identity_id)
  return rows.map((row) => ({
    ...row,
    in: Object.fromEntries((rolesOf.get(row.id) ?? []).map(({ organization_id, roles }) => [organization_id, roles])),
    links: (linksOf.get(row.id) ?? []).map(({ issuer, subject }) => ({ issuer, subject })),
  }))
}

/** Those of the ids that name an organization. */
export async function knownOrganizations(db: Kysely<Database>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('organizations').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}

/** Licences as last stated. From the store, since this node's World may not have the newest of another's. */
export async function licensesStated(db: Kysely<Database>, ids: readonly string[]): Promise<LicenseFact[]> {
  if (ids.length === 0) return []
  const keys = ids.map((id) => factKey({ fact: 'removed', of: 'license', id }))
  const rows = await db.selectFrom('facts').select('body').where('key', 'in', keys).execute()
  return rows.map(({ body }) => body).filter((fact) => fact.fact === 'license')
}

/** The licences in which an identity has a floating seat. */
export async function floatingSeatsOf(db: Kysely<Database>, identity: string): Promise<string[]> {
  const rows = await db
    .selectFrom('floating_seats')
    .select('license_id')
    .where('identity_id', '=', identity)
    .orderBy('license_id')
    .execute()
  return rows.map(({ license_id }) => license_id)
}

/** @param tx the transaction that locked the seats of these licences */
export async function deleteFloatingSeats(tx: Transaction<Database>, identity: string, licenses: readonly string[]): Promise<void> {
  if (licenses.length === 0) return
  await tx.deleteFrom('floating_seats').where('identity_id', '=', identity).where('license_id', 'in', licenses).execute()
}

/** @returns `undefined` when the id is taken */
export async function insertSignal(tx: Transaction<Database>, signal: SignalRow): Promise<SignalRow | undefined> {
  return tx
    .insertInto('signals')
    .values(signal)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** @returns false when the identity has no such signal */
export async function deleteSignal(tx: Transaction<Database>, identity: string, id: string): Promise<boolean> {
  const row = await tx.deleteFrom('signals').where('id', '=', id).where('identity_id', '=', identity).returning('id').executeTakeFirst()
  return row !== undefined
}

export type SignalSort = 'id' | 'at'

/** Signals that stand against an identity. */
export async function listSignals(db: Kysely<Database>, identity: string, listing: Listing<SignalSort>): Promise<Slice<SignalRow>> {
  return slice(db.selectFrom('signals').selectAll().where('identity_id', '=', identity), listing, { orders: { at: sql.ref('at') } })
}
