import { hash as digest } from 'node:crypto'
import { issueLicenseFile, LicenseError } from '@writ/license'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { By } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import { signerFor } from '../keys/signing-keys.ts'
import { findOrganization } from '../organizations/store.ts'
import { claimsOf, type FileRequest } from './file-claims.ts'
import { type FileSort, insertFile, type LicenseFileRow, listFiles } from './file-store.ts'
import { readLicense } from './service.ts'
import { lockLicense } from './store.ts'

export interface IssuedFile extends LicenseFileRow {
  /** The armoured text. It is not kept: ask for another file instead. */
  readonly file: string
}

/**
 * Signs a license file and logs it, in one transaction: no file leaves that is not in the log.
 * @param by never a dry run, whose file would be good and not be logged
 * @throws {ApiError} LICENSE_UNKNOWN, LICENSE_REVOKED, IDENTITY_UNKNOWN, RESOURCE_UNKNOWN, LICENSE_FILE_TOO_LARGE
 */
export async function issueFile(
  authority: Authority,
  by: Omit<By, 'dryRun'>,
  reach: Reach,
  license: string,
  asked: FileRequest,
): Promise<IssuedFile> {
  const { organization } = await readLicense(authority, reach, license)
  const jti = makeId('fil')
  const deed = {
    action: 'license_file.issue',
    subject: `license:${license}`,
    ...(organization !== null && { organization }),
  }
  return authority.mutate({ ...by, dryRun: false }, deed, async (tx, change) => {
    const row = await lockLicense(tx, license)
    if (row === undefined) throw new ApiError('LICENSE_UNKNOWN')
    if (row.revoked_at !== null) throw new ApiError('LICENSE_REVOKED')
    const customer = row.organization === null ? undefined : await findOrganization(tx, row.organization)
    const signer = await signerFor(tx, authority, 'license')
    const now = authority.clock()
    const claims = await claimsOf(authority.world, row, customer, asked, { iss: authority.id, jti, now })
    const file = await issueLicenseFile(claims, signer).catch((error: unknown) => {
      throw error instanceof LicenseError && error.code === 'LICENSE_TOO_LARGE' ? new ApiError('LICENSE_FILE_TOO_LARGE') : error
    })
    const logged = {
      id: jti,
      license_id: license,
      kid: signer.key.kid,
      sha256: digest('sha256', file),
      issued_at: now,
      issued_by: by.actor,
    }
    await insertFile(tx, logged)
    change.note({ file: jti, kid: logged.kid, sha256: logged.sha256, identities: asked.identities, roster: claims.roster?.length })
    return { ...logged, file }
  })
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
