import type { Instant } from '@writ/engine'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type Listing, type Slice, slice } from '../app/listing.ts'

export interface LicenseFilesTables {
  /** Every file that was ever signed. After a key is compromised only files in this log hold. */
  license_files: {
    id: string
    license_id: string
    kid: string
    /** Of the whole text, hex: the id alone could be put into a forged file. */
    sha256: string
    issued_at: number
    issued_by: string
  }
}
export type LicenseFileRow = Selectable<LicenseFilesTables['license_files']>

export async function insertFile(tx: Transaction<Database>, row: LicenseFileRow): Promise<void> {
  await tx.insertInto('license_files').values(row).execute()
}

export type FileSort = 'id' | 'issued_at'

export async function listFiles(db: Kysely<Database>, license: string, listing: Listing<FileSort>): Promise<Slice<LicenseFileRow>> {
  const query = db.selectFrom('license_files').selectAll().where('license_id', '=', license)
  return slice(query, listing, { orders: { issued_at: sql.ref('issued_at') } })
}

/** Files of a key that were logged before an instant, in an order that stays. */
export async function countLogged(db: Kysely<Database>, kid: string, before: Instant): Promise<number> {
  const { n } = await loggedOf(db, kid, before)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

export async function hashesLogged(
  db: Kysely<Database>,
  kid: string,
  before: Instant,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<string[]> {
  const rows = await loggedOf(db, kid, before).select('sha256').orderBy('sha256').limit(limit).offset(offset).execute()
  return rows.map(({ sha256 }) => sha256)
}

function loggedOf(db: Kysely<Database>, kid: string, before: Instant) {
  return db.selectFrom('license_files').where('kid', '=', kid).where('issued_at', '<', before)
}

export interface FilesOfKey {
  readonly signed: number
  /** Issued at the instant or after it. */
  readonly stop: number
  readonly licenses: number
  readonly devices: number
  readonly devicesUntil: Instant | null
}

/** Files that a key signed, the licences that they are of, and devices of those that have a file still. */
export async function countFilesOfKey(db: Kysely<Database>, kid: string, from: Instant, now: Instant): Promise<FilesOfKey> {
  const { rows } = await sql<FilesOfKey>`
    WITH files AS (SELECT license_id, issued_at FROM license_files WHERE kid = ${kid}),
    concerned AS (SELECT DISTINCT l.id FROM licenses l JOIN files f ON f.license_id = l.id WHERE l.revoked_at IS NULL),
    devices AS (
      SELECT a.file_until FROM activations a JOIN concerned c ON c.id = a.license_id
      WHERE a.released_at IS NULL AND (a.ends_at IS NULL OR a.ends_at > ${now}) AND a.file_until > ${now}
    )
    SELECT (SELECT count(*)::int8 FROM files) AS signed,
      (SELECT count(*)::int8 FROM files WHERE issued_at >= ${from}) AS stop,
      (SELECT count(*)::int8 FROM concerned) AS licenses,
      (SELECT count(*)::int8 FROM devices) AS devices,
      (SELECT max(file_until)::int8 FROM devices) AS "devicesUntil"`.execute(db)
  return rows[0] as FilesOfKey
}
