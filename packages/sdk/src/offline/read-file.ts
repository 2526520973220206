import {
  type DecryptionJwk,
  decryptLicenseFile,
  isEncryptedLicenseFile,
  type LicenseClaims,
  LicenseError,
  readFileLogs,
  type VerifyOptions,
  verifyLicenseFile,
} from '@writ/license'

/** By what a license file is believed, and read. */
export interface FileTrust extends Pick<VerifyOptions, 'roots'> {
  readonly keySet?: VerifyOptions['keySet']
  readonly fileLog?: string | undefined
  readonly decryptionKey?: DecryptionJwk | undefined
}

/**
 * Reads a license file, encrypted or not.
 * @param now epoch seconds
 * @returns what it says, and the signed text
 * @throws {LicenseError} any LICENSE_* code, FILE_LOG_REFUSED, ENCRYPTION_KEY_MALFORMED
 */
export async function readFile(
  text: string,
  { roots, keySet, fileLog, decryptionKey }: FileTrust,
  now: number,
): Promise<{ readonly claims: LicenseClaims; readonly signed: string }> {
  const signed = await signedText(text, decryptionKey)
  return { signed, claims: await logged(signed, { roots, now, ...(keySet !== undefined && { keySet }) }, fileLog) }
}

/** The signed text in it. @throws {LicenseError} LICENSE_UNDECRYPTED */
export async function signedText(file: string, key: DecryptionJwk | undefined): Promise<string> {
  return key !== undefined && isEncryptedLicenseFile(file) ? decryptLicenseFile(file, key) : file
}

/** The list is read only where it is asked for: one that does not hold takes nothing from a file that needs none. */
async function logged(text: string, options: VerifyOptions, fileLog: string | undefined): Promise<LicenseClaims> {
  try {
    return await verified(text, options)
  } catch (error) {
    if (!(error instanceof LicenseError) || error.code !== 'LICENSE_NOT_LOGGED' || fileLog === undefined) throw error
    return verified(text, { ...options, fileLogs: await readFileLogs(fileLog, options) })
  }
}

/** One that was issued later than now is read too: it proves that the clock is behind, and holds once that is right again. */
async function verified(text: string, options: VerifyOptions): Promise<LicenseClaims> {
  try {
    return (await verifyLicenseFile(text, options)).claims
  } catch (error) {
    if (!(error instanceof LicenseError) || error.code !== 'LICENSE_FROM_THE_FUTURE') throw error
    const { issuedAt } = error.details as { issuedAt: number }
    return (await verifyLicenseFile(text, { ...options, now: issuedAt })).claims
  }
}
