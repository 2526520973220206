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
