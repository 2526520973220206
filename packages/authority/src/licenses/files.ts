import { hash as digest } from 'node:crypto'
import { type EncryptionJwk, encryptLicenseFile, issueLicenseFile, LicenseError } from '@writ/license'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Tx } from '../app/database.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { By } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import { signerFor } from '../keys/signing-keys.ts'
import { findOrganization } from '../organizations/store.ts'
import { claimsOf, type FileRequest } from './file-claims.ts'
import { type FileSort, insertFile, type LicenseFileRow, listFiles } from './file-store.ts'
import { readLicense } from './service.ts'
import { type LicenseRow, lockLicense } from './store.ts'

export interface IssuedFile extends LicenseFileRow {
  /** The armoured text. It is not kept: ask for another file instead. */
  readonly file: string
}

/**
 * Signs a license file and logs it, in one transaction: no file leaves that is not in the log.
 * @param by never a dry run, whose file would be good and not be logged
 * @param encryptTo the key that alone reads the answer; the log has the hash of the file inside
 * @throws {ApiError} LICENSE_UNKNOWN, LICENSE_REVOKED, IDENTITY_UNKNOWN, RESOURCE_UNKNOWN, LICENSE_FILE_TOO_LARGE, ENCRYPTION_KEY_MALFORMED
 */
export async function issueFile(
  authority: Authority,
  by: Omit<By, 'dryRun'>,
  reach: Reach,
  license: string,
  asked: FileRequest,
  encryptTo?: EncryptionJwk,
): Promise<IssuedFile> {
  const { organization } = await readLicense(authority, reach, license)
  const deed = {
    action: 'license_file.issue',
    subject: `license:${license}`,
    ...(organization !== null && { organization }),
  }
  return authority.mutate({ ...by, dryRun: false }, deed, async (tx, change) => {
    const row = await lockLicense(tx, license)
    if (row === undefined) throw new ApiError('LICENSE_UNKNOWN')
    if (row.revoked_at !== null) throw new ApiError('LICENSE_REVOKED')
    const { roster, ...made } = await fileWithin(authority, tx, row, asked, by.actor)
    change.note({ file: made.id, kid: made.kid, sha256: made.sha256, identities: asked.identities, roster })
    // Here, so that the answer that is kept for a retry is not to be read either.
    return encryptTo === undefined ? made : { ...made, file: await encrypted(made.file, encryptTo) }
  })
}

/**
 * Signs a file and logs it, within a mutation that locked its licence.
 * @throws {ApiError} IDENTITY_UNKNOWN, RESOURCE_UNKNOWN, LICENSE_FILE_TOO_LARGE
 */
export async function fileWithin(
  authority: Authority,
  tx: Tx,
  row: LicenseRow,
  asked: FileRequest,
  issued_by: string,
): Promise<IssuedFile & { readonly roster: number | undefined }> {
  const customer = row.organization === null ? undefined : await findOrganization(tx, row.organization)
  const signer = await signerFor(tx, authority, 'license')
  const issued_at = authority.clock()
  const id = makeId('fil')
  const claims = await claimsOf(authority.world, row, customer, asked, {
    iss: authority.id,
    jti: id,
    now: issued_at,
    places: (identities) => authority.statusLists.places(tx, subjectOf(row, asked), identities),
  })
  const file = await issueLicenseFile(claims, signer).catch((error: unknown) => {
    throw error instanceof LicenseError && error.code === 'LICENSE_TOO_LARGE' ? new ApiError('LICENSE_FILE_TOO_LARGE') : error
  })
  const logged = { id, license_id: row.id, kid: signer.key.kid, sha256: digest('sha256', file), issued_at, issued_by }
  await insertFile(tx, logged)
  return { ...logged, file, roster: claims.roster?.length }
}

/** @throws {ApiError} ENCRYPTION_KEY_MALFORMED */
export async function encrypted(file: string, to: EncryptionJwk): Promise<string> {
  return encryptLicenseFile(file, to).catch((error: unknown) => {
    throw error instanceof LicenseError && error.code === 'ENCRYPTION_KEY_MALFORMED' ? new ApiError('ENCRYPTION_KEY_MALFORMED') : error
  })
}

/** What ends with a device ends with its activation, and with the licence too. */
function subjectOf({ id }: LicenseRow, { activation }: FileRequest) {
  return activation === undefined ? ({ kind: 'license', subject: id } as const) : ({ kind: 'activation', subject: activation } as const)
}

/** @returns a page, and where the next begins if this one is full @throws {ApiError} LICENSE_UNKNOWN */
export async function pageOfFiles(
  authority: Authority,
  reach: Reach,
  license: string,
  listing: Listing<FileSort>,
): Promise<Slice<LicenseFileRow>> {
  await readLicense(authority, reach, license)
  return listFiles(authority.db, license, listing)
}
