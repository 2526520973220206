import { hashKeyText, makeKeyText } from '@writ/license'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { By, Deed } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import {
  findLicenseKeys,
  insertLicenseKey,
  type LicenseKeyRow,
  type LicenseKeySort,
  listLicenseKeys,
  revokeLicenseKey,
} from './license-key-store.ts'
import { readLicense } from './service.ts'
import { lockLicense } from './store.ts'

export type ListedKey = Omit<LicenseKeyRow, 'hash'>

/** @returns the key in the clear: here once, and nowhere else @throws {ApiError} LICENSE_UNKNOWN, LICENSE_REVOKED */
export async function makeLicenseKey(authority: Authority, by: By, reach: Reach, license: string): Promise<ListedKey & { key: string }> {
  const { organization } = await readLicense(authority, reach, license)
  const key = makeKeyText('license').exposeText()
  const values = {
    id: makeId('lky'),
    license_id: license,
    hash: await hashKeyText(key),
    created_at: authority.clock(),
    created_by: by.actor,
  }
  return authority.mutate(by, deed('create', license, organization), async (tx, change) => {
    const row = await lockLicense(tx, license)
    if (row === undefined) throw new ApiError('LICENSE_UNKNOWN')
    if (row.revoked_at !== null) throw new ApiError('LICENSE_REVOKED')
    change.note({ key: values.id })
    return { ...listed(await insertLicenseKey(tx, values)), key }
  })
}

/** @throws {ApiError} LICENSE_UNKNOWN, LICENSE_KEY_UNKNOWN */
export async function revokeKey(authority: Authority, by: By, reach: Reach, license: string, id: string): Promise<void> {
  const { organization } = await readLicense(authority, reach, license)
  await authority.mutate(by, deed('revoke', license, organization), async (tx, change) => {
    if ((await revokeLicenseKey(tx, license, id, authority.clock())) === undefined) throw new ApiError('LICENSE_KEY_UNKNOWN')
    change.note({ key: id })
  })
}

/** @throws {ApiError} LICENSE_UNKNOWN */
export async function pageOfLicenseKeys(
  authority: Authority,
  reach: Reach,
  license: string,
  listing: Listing<LicenseKeySort>,
): Promise<Slice<ListedKey>> {
  await readLicense(authority, reach, license)
  const { items, last } = await listLicenseKeys(authority.db, license, listing)
  return { items: items.map(listed), last }
}

/** Keys by the beginning of their id, of which `lky_` alone says nothing, of licences in sight. */
export async function findKeys({ db }: Authority, reach: Reach, prefix: string, limit: number): Promise<ListedKey[]> {
  if (!/^lky_[0-9a-f]{1,24}$/.test(prefix)) return []
  return (await findLicenseKeys(db, reach, prefix, limit)).map(listed)
}

function listed({ hash: _, ...row }: LicenseKeyRow): ListedKey {
  return row
}

function deed(verb: string, license: string, organization: string | null): Deed {
  return { action: `license_key.${verb}`, subject: `license:${license}`, ...(organization !== null && { organization }) }
}
