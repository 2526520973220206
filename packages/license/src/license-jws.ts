import { type JwsProfile, readJws, TrustError, type UnverifiedJws, unarmor } from '@writ/trust'
import { MAX_FILE_LENGTH } from './claims.ts'
import { LicenseError } from './error.ts'

export const LICENSE_LABEL = 'WRIT LICENSE'
export const ENCRYPTED_LABEL = 'WRIT ENCRYPTED LICENSE'
export const LICENSE_USE = 'license'

/** The header carries the key statement, so the statement is covered by the file's signature and the file needs nothing beside it. */
export const LICENSE_JWS: JwsProfile = { typ: 'writ-license+jws', extra: ['key_statement'], maxLength: MAX_FILE_LENGTH }

export interface UnverifiedLicenseFile extends UnverifiedJws {
  readonly statement: string
}

/** Armour and header only. @throws {LicenseError} */
export function readLicenseFile(text: string): UnverifiedLicenseFile {
  if (typeof text === 'string' && text.startsWith(`-----BEGIN ${ENCRYPTED_LABEL}-----`))
    throw new LicenseError('LICENSE_UNDECRYPTED', { why: 'KEY_MISSING' })
  try {
    const jws = readJws(unarmor(LICENSE_LABEL, text, MAX_FILE_LENGTH), LICENSE_JWS)
    return { ...jws, statement: jws.extra.key_statement ?? '' }
  } catch (error) {
    throw asLicenseError(error)
  }
}

/** What went wrong with the file's own text, in the words of this package. */
export function asLicenseError(error: unknown): unknown {
  if (!(error instanceof TrustError)) return error
  const code: TrustError['code'] = error.code
  const details = error.details as never
  const options = { cause: error }
  switch (code) {
    case 'ARMOR_TOO_LARGE':
    case 'JWS_TOO_LARGE':
      return new LicenseError('LICENSE_TOO_LARGE', details, options)
    case 'ARMOR_MALFORMED':
      return new LicenseError('LICENSE_ARMOR_MALFORMED', details, options)
    case 'JWS_MALFORMED':
      return new LicenseError('LICENSE_MALFORMED', details, options)
    case 'JWS_HEADER_REFUSED':
      return new LicenseError('LICENSE_HEADER_REFUSED', details, options)
    case 'JWS_ALGORITHM_REFUSED':
      return new LicenseError('LICENSE_ALGORITHM_REFUSED', undefined, options)
    case 'JWS_TYPE_REFUSED':
      return new LicenseError('LICENSE_TYPE_REFUSED', undefined, options)
    case 'SIGNATURE_INVALID':
      return new LicenseError('LICENSE_SIGNATURE_INVALID', undefined, options)
    default:
      return new LicenseError('LICENSE_STATEMENT_REFUSED', { why: code }, options)
  }
}
