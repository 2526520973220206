import {
  armor,
  checkStatementCovers,
  epochSeconds,
  integer,
  type Json,
  type JwsProfile,
  list,
  parseStrictJson,
  readJws,
  record,
  type Signer,
  signJws,
  TrustError,
  type TrustedRoot,
  text,
  unarmor,
  verifyJws,
  verifyKeyStatement,
} from '@writ/trust'
import { hex } from './binding.ts'
import { MAX_FILE_LENGTH } from './claims.ts'
import { LicenseError } from './error.ts'
import { LICENSE_LABEL } from './license-jws.ts'
import { type RevokedKeys, revocationOf } from './revoked-keys.ts'

export const FILE_LOG_USE = 'file_log'
export const FILE_LOG_MEDIA_TYPE = 'application/writ-file-log+jwt'
/** Files that one part of a log names. */
export const MOST_LOGGED = 10_000
/** Parts that are read at once. */
const MOST_PARTS = 64
const MAX_FILE_LOG_LENGTH = 1 << 20

const FILE_LOG: JwsProfile = { typ: 'writ-file-log+jwt', extra: ['key_statement'], maxLength: MAX_FILE_LOG_LENGTH }
const CLAIMS = record({
  iss: text(512),
  iat: epochSeconds,
  kid: text(43, /^[A-Za-z0-9_-]{43}$/),
  revoked_at: epochSeconds,
  part: integer(1, 1_000_000),
  parts: integer(1, 1_000_000),
  files: list(text(64, /^[0-9a-f]{64}$/), 0, MOST_LOGGED),
})

/** What a log says, in its JSON form. */
export interface FileLogClaims {
  readonly iss: string
  /** Epoch seconds. */
  readonly iat: number
  /** The key that signed the files. */
  readonly kid: string
  /** Epoch seconds: every file named was logged before. */
  readonly revoked_at: number
  /** Counted from 1. Each part is whole by itself: it shows that the files in it were issued, and says nothing of others. */
  readonly part: number
  readonly parts: number
  /** SHA-256 of whole files, hex. */
  readonly files: readonly string[]
}

/** A verified part of what an authority logged of one key before that was revoked. */
export class FileLog {
  readonly claims: Omit<FileLogClaims, 'files'>
  readonly #files: ReadonlySet<string>

  constructor({ files, ...claims }: FileLogClaims) {
    this.claims = claims
    this.#files = new Set(files)
  }

  get size(): number {
    return this.#files.size
  }

  /** Whether it shows that a file was issued before the key was revoked. One that was made for a later instant shows nothing: the revocation moved. */
  names(file: { readonly issuer: string; readonly kid: string; readonly revokedAt: number; readonly sha256: string }): boolean {
    const { iss, kid, revoked_at } = this.claims
    return iss === file.issuer && kid === file.kid && revoked_at <= file.revokedAt && this.#files.has(file.sha256)
  }
}

/** As the authority logs it: of the text as it was issued, whatever became of its line ends since. @returns hex */
export async function hashLicenseFile(file: string): Promise<string> {
  const text = armor(LICENSE_LABEL, unarmor(LICENSE_LABEL, file, MAX_FILE_LENGTH))
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/**
 * Signs a part of a log.
 * @param signer.key of the use `file_log`
 * @returns compact JWS, at most 1 MiB
 * @throws {LicenseError} FILE_LOG_REFUSED
 */
export async function issueFileLog(claims: FileLogClaims, signer: { readonly key: Signer; readonly statement: string }): Promise<string> {
  return said(async () => {
    read(new TextEncoder().encode(JSON.stringify(claims)))
    return signJws(claims, signer.key, FILE_LOG, { key_statement: signer.statement })
  })
}

/**
 * Verifies a log that was fetched or carried here: one part, or several, with white space between; at most 64.
 * @param options.keySet a key of logs that it says is revoked signs none, whenever: its thief dates back, and an honest log is had anew
 * @throws {LicenseError} FILE_LOG_REFUSED
 */
export async function readFileLogs(
  logs: string,
  options: { readonly roots: readonly TrustedRoot[]; readonly keySet?: RevokedKeys },
): Promise<readonly FileLog[]> {
  if (logs.length > MOST_PARTS * (MAX_FILE_LOG_LENGTH + 2)) throw refused('JWS_TOO_LARGE')
  const parts = logs.split(/\s+/, MOST_PARTS + 2).filter((part) => part !== '')
  if (parts.length === 0 || parts.length > MOST_PARTS) throw refused(parts.length === 0 ? 'JWS_MALFORMED' : 'JWS_TOO_LARGE')
  const found: FileLog[] = []
  for (const part of parts) found.push(await said(() => verified(part, options)))
  return found
}

async function verified(part: string, { roots, keySet }: Parameters<typeof readFileLogs>[1]): Promise<FileLog> {
  const jws = readJws(part, FILE_LOG)
  const statement = await verifyKeyStatement(jws.extra.key_statement ?? '', { roots, use: FILE_LOG_USE })
  if (statement.kid !== jws.kid) throw refused('STATEMENT_KEY_MISMATCH')
  const claims = read(await verifyJws(jws, statement.jwk))
  if (claims.iss !== statement.iss) throw refused('ISSUER_MISMATCH')
  // Of all products: a log says nothing of any.
  if (statement.products !== 'all') throw refused('STATEMENT_PRODUCT_REFUSED')
  checkStatementCovers(statement, { at: claims.iat, product: '' })
  if (revocationOf(statement, keySet) !== undefined) throw refused('STATEMENT_REVOKED')
  return new FileLog(claims)
}

function read(payload: Uint8Array): FileLogClaims {
  let json: Json
  try {
    json = parseStrictJson(payload, { maxBytes: MAX_FILE_LOG_LENGTH, maxDepth: 2 })
  } catch (cause) {
    throw refused('CONTENT_INVALID', cause)
  }
  const claims = json as unknown as FileLogClaims
  if (CLAIMS(json) !== undefined || claims.part > claims.parts) throw refused('CONTENT_INVALID')
  return claims
}

async function said<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw error instanceof TrustError ? refused(error.code, error) : error
  }
}

function refused(why: LicenseError<'FILE_LOG_REFUSED'>['details']['why'], cause?: unknown): LicenseError<'FILE_LOG_REFUSED'> {
  return new LicenseError('FILE_LOG_REFUSED', { why }, cause === undefined ? undefined : { cause })
}
