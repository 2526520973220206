import { type DecryptionJwk, encryptLicenseFile, isEncryptedLicenseFile } from '@writ/license'

/** A license file as it is put on disk: whoever has a key to read encrypted files with has none there in the clear. */
export async function atRest(file: string, key: DecryptionJwk | undefined): Promise<string> {
  if (key === undefined || isEncryptedLicenseFile(file)) return file
  const { d: _, ...publicJwk } = key
  return encryptLicenseFile(file, publicJwk)
}
