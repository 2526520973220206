import type { Instant } from '@writ/engine'
import type { PublicJwk } from '@writ/trust'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../../app/database.ts'
import { type Listing, type Slice, slice } from '../../app/listing.ts'
import type { Json } from '../../changes/tables.ts'
import type { Reach } from '../../enforcers/scope.ts'
import type { Asked, Rules, Share } from './activation.ts'

export interface ActivationsTables {
  /** A device and its place in a licence. Live: not released, and `ends_at` is to come. */
  activations: {
    id: string
    license_id: string
    /** RFC 7638 thumbprint. */
    device_key: string
    device_jwk: Json<PublicJwk>
    name: string
    /** What its files are to say beside the licence: the same at every renewal. */
    asked: Json<Asked>
    share: Json<Share>
    created_at: number
    created_by: string
    /** Of a file that was checked out for some days; null: until it is released. */
    ends_at: number | null
    /** Until when the last file that it was given may be used with no network. */
    file_until: number | null
    /** Of its contacts. */
    counter: number
    /** `jti` of the last contact: the same again is the same. */
    last_contact: string | null
    last_contact_at: number | null
    /** Its clock less ours at the last contact, seconds. */
    clock_offset: number | null
    cloned_at: number | null
    released_at: number | null
    released_by: string | null
    /** Released by the customer, which is counted. */
    is_self_service: boolean
    /** The device is not activated again. */
    revoked_at: number | null
    /** `iss` and `sub` of the workload whose place it is; null: it is that of a device. */
    workload_issuer: string | null
    workload_subject: string | null
  }
  /** Requests that were used, for as long as they could be sent again. */
  activation_requests: { device_key: string; jti: string; activation_id: string; until: number }
  /** Contacts that were answered: the latest of each activation. */
  activation_contacts: { activation_id: string; counter: number; jti: string }
  activation_rules: { license_id: string; rules: Json<Rules> }
}
export type ActivationRow = Selectable<ActivationsTables['activations']>

const live = (now: Instant) => sql<boolean>`released_at IS NULL AND (ends_at IS NULL OR ends_at > ${now})`

export async function insertActivation(tx: Transaction<Database>, row: ActivationRow): Promise<void> {
  await tx
    .insertInto('activations')
    .values({ ...row, device_jwk: JSON.stringify(row.device_jwk), asked: JSON.stringify(row.asked), share: JSON.stringify(row.share) })
    .execute()
}

export async function findActivation(db: Kysely<Database>, id: string): Promise<ActivationRow | undefined> {
  return db.selectFrom('activations').selectAll().where('id', '=', id).executeTakeFirst()
}

/** @param tx the transaction that locked its licence: whoever changes one of its activations waits there */
export async function updateActivation(
  tx: Transaction<Database>,
  id: string,
  { share, ...values }: Partial<Omit<ActivationRow, 'id' | 'device_jwk' | 'asked'>>,
): Promise<ActivationRow> {
  return tx
    .updateTable('activations')
    .set({ ...values, ...(share !== undefined && { share: JSON.stringify(share) }) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The last activation of a device in a licence, released or not. */
export async function findOfDevice(tx: Transaction<Database>, license: string, deviceKey: string): Promise<ActivationRow | undefined> {
  return tx
    .selectFrom('activations')
    .selectAll()
    .where('license_id', '=', license)
    .where('device_key', '=', deviceKey)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function isDeviceRevoked(tx: Transaction<Database>, license: string, deviceKey: string): Promise<boolean> {
  const row = await tx
    .selectFrom('activations')
    .select('id')
    .where('license_id', '=', license)
    .where('device_key', '=', deviceKey)
    .where('revoked_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function countLive(db: Kysely<Database>, license: string, now: Instant): Promise<number> {
  const row = await db
    .selectFrom('activations')
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .where('license_id', '=', license)
    .where(live(now))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** @returns the live activation of a workload that was heard of longest ago */
export async function heardOfLongestAgo(
  tx: Transaction<Database>,
  license: string,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
  now: Instant,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('activations')
    .select('id')
    .where('license_id', '=', license)
    .where('workload_issuer', '=', issuer)
    .where('workload_subject', '=', subject)
    .where(live(now))
    .orderBy(sql`coalesce(last_contact_at, created_at)`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** Releases that customers made themselves since an instant; the oldest first. */
export async function selfReleasesSince(tx: Transaction<Database>, license: string, since: Instant): Promise<Instant[]> {
  const rows = await tx
    .selectFrom('activations')
    .select('released_at')
    .where('license_id', '=', license)
    .where('is_self_service', '=', true)
    .where('released_at', '>', since)
    .orderBy('released_at')
    .execute()
  return rows.map(({ released_at }) => released_at as number)
}

export type ActivationSort = 'id' | 'created_at'

/** What a credential sees. */
export async function listActivations(
  db: Kysely<Database>,
  { products, organizations }: Pick<Reach, 'products' | 'organizations'>,
  { license, organization, state, now }: { license?: string; organization?: string; state?: 'live' | 'over'; now: Instant },
  listing: Listing<ActivationSort>,
): Promise<Slice<ActivationRow>> {
  let query = db.selectFrom('activations').innerJoin('licenses', 'licenses.id', 'activations.license_id').selectAll('activations')
  if (products !== undefined) query = query.where('licenses.product', 'in', products)
  if (organizations !== undefined) query = query.where('licenses.organization', 'in', organizations)
  if (license !== undefined) query = query.where('license_id', '=', license)
  if (organization !== undefined) query = query.where('licenses.organization', '=', organization)
  if (state !== undefined) query = query.where(state === 'live' ? live(now) : sql<boolean>`NOT (${live(now)})`)
  return slice(query, listing, { orders: { created_at: sql.ref('activations.created_at') }, id: 'activations.id' })
}

/** Ends all that are live: whose the licence was is whose they were. @returns how many */
export async function releaseAll(tx: Transaction<Database>, license: string, by: string, now: Instant): Promise<number> {
  const gone = await tx
    .updateTable('activations')
    .set({ released_at: now, released_by: by })
    .where('license_id', '=', license)
    .where('released_at', 'is', null)
    .returning('id')
    .execute()
  return gone.length
}

/** @returns the activation that this request made before; `undefined`: it is new, and written down as used */
export async function useRequest(
  tx: Transaction<Database>,
  used: ActivationsTables['activation_requests'],
  now: Instant,
): Promise<string | undefined> {
  await tx.deleteFrom('activation_requests').where('until', '<', now).execute()
  const fresh = await tx
    .insertInto('activation_requests')
    .values(used)
    .onConflict((conflict) => conflict.doNothing())
    .returning('jti')
    .executeTakeFirst()
  if (fresh !== undefined) return undefined
  const known = await tx
    .selectFrom('activation_requests')
    .select('activation_id')
    .where('device_key', '=', used.device_key)
    .where('jti', '=', used.jti)
    .executeTakeFirstOrThrow()
  return known.activation_id
}

/** @returns its `jti`, of the contact that was answered under a number */
export async function findContact(tx: Transaction<Database>, activation: string, counter: number): Promise<string | undefined> {
  const row = await tx
    .selectFrom('activation_contacts')
    .select('jti')
    .where('activation_id', '=', activation)
    .where('counter', '=', counter)
    .executeTakeFirst()
  return row?.jti
}

const MOST_CONTACTS = 1_000

export async function insertContact(tx: Transaction<Database>, contact: ActivationsTables['activation_contacts']): Promise<void> {
  // By how many there are: a number far ahead is no reason to forget those before it.
  await sql`
    DELETE FROM activation_contacts WHERE activation_id = ${contact.activation_id} AND counter <= (
      SELECT counter FROM activation_contacts WHERE activation_id = ${contact.activation_id} ORDER BY counter DESC OFFSET ${MOST_CONTACTS - 1} LIMIT 1
    )`.execute(tx)
  await tx.insertInto('activation_contacts').values(contact).execute()
}

export async function findRules(db: Kysely<Database>, license: string): Promise<Rules | undefined> {
  const row = await db.selectFrom('activation_rules').select('rules').where('license_id', '=', license).executeTakeFirst()
  return row?.rules as Rules | undefined
}

export async function putRules(tx: Transaction<Database>, license: string, rules: Rules): Promise<void> {
  const values = { license_id: license, rules: JSON.stringify(rules) }
  await tx
    .insertInto('activation_rules')
    .values(values)
    .onConflict((conflict) => conflict.column('license_id').doUpdateSet({ rules: values.rules }))
    .execute()
}
