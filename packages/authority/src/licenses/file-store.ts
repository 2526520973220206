import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database } from '../app/database.ts'

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

/** A page, by id. @param after exclusive */
export async function listFiles(
  db: Kysely<Database>,
  license: string,
  after: string | undefined,
  limit: number,
): Promise<LicenseFileRow[]> {
  let query = db.selectFrom('license_files').selectAll().where('license_id', '=', license).orderBy('id').limit(limit)
  if (after !== undefined) query = query.where('id', '>', after)
  return query.execute()
}
