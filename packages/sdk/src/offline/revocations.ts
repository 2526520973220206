import { FILE_LOG_MEDIA_TYPE, hashLicenseFile, inspectLicenseFile, readFileLogs } from '@writ/license'
import { KEY_SET_PATH, type KeyStatement, readKeySet, type TrustedRoot } from '@writ/trust'
import { type Fetch, fetched } from '../fetched.ts'
import { WritError } from '../writ-error.ts'

export interface RevocationsOptions {
  /** Where the authority is. */
  readonly url: string
  /** Root keys that were built in or handed over by another way, never taken from the network. */
  readonly roots: readonly TrustedRoot[]
  /** The text of the license file that it is about. */
  readonly licenseFile: string
  readonly fetch?: Fetch
}

/** Options for `openLicense`. */
export interface Revocations {
  readonly keySet: ReadonlyMap<string, KeyStatement>
  /** Only where the key of the file is revoked: the part of its list that names the file, to carry on to where there is no network. */
  readonly fileLog?: string
}

/**
 * Fetches which keys are revoked, and of a revoked one whether the file was issued before.
 * @throws {WritError} NO_KEY_SET
 * @throws {TrustError} KEY_SET_INVALID and what else a key set is refused for
 * @throws {LicenseError} for what is no license file, or a list that does not hold
 */
export async function readRevocations({ url, roots, licenseFile, fetch }: RevocationsOptions): Promise<Revocations> {
  const base = url.replace(/\/+$/, '')
  const { keyId } = inspectLicenseFile(licenseFile)
  const keySet = await readKeySet(await got(base + KEY_SET_PATH, 'application/json', fetch), { roots })
  if (keySet.get(keyId)?.revoked_at === undefined) return { keySet }
  const sha256 = await hashLicenseFile(licenseFile)
  for (let part = 1, parts = 1; part <= parts; part++) {
    const bytes = await got(`${base}/v1/signing-keys/${keyId}/files?part=${part}`, FILE_LOG_MEDIA_TYPE, fetch)
    const fileLog = new TextDecoder().decode(bytes)
    const [log] = await readFileLogs(fileLog, { roots, keySet })
    if (log === undefined) break
    const { iss: issuer, kid, revoked_at: revokedAt } = log.claims
    if (kid === keyId && log.names({ issuer, kid, revokedAt, sha256 })) return { keySet, fileLog }
    parts = log.claims.parts
  }
  return { keySet }
}

async function got(uri: string, accept: string, fetch: Fetch | undefined): Promise<Uint8Array> {
  try {
    return await fetched(uri, accept, fetch)
  } catch (cause) {
    throw new WritError('NO_KEY_SET', { uri }, { cause })
  }
}
