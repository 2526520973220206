import { formatInstant } from '@writ/engine'
import { issueKeyStatement, type PublicJwk, publicJwk, restoreRootKey, SIGNING_USES, type SigningUse, TrustError } from '@writ/trust'
import { CliError } from './cli-error.ts'
import type { Io } from './io.ts'
import { card } from './table.ts'

/** What a root is asked to say of a signing key: a file that may travel to a machine without a network. */
export interface StatementRequest {
  readonly authority: string
  readonly kid: string
  readonly use: SigningUse
  readonly jwk: PublicJwk
  /** RFC 3339. */
  readonly from: string
  readonly until: string
  /** Since when it is not to be believed. */
  readonly revoked_at?: string
}
export interface Signed {
  readonly kid: string
  readonly statement: string
}

interface ListedKey {
  readonly kid: string
  readonly use: 'root' | SigningUse
  readonly public_jwk: PublicJwk
  readonly created_at: string
  readonly expires_at?: string
}

export function requestFor(authority: string, key: ListedKey, revokedAt?: string): StatementRequest {
  const { kid, use, public_jwk: jwk, created_at: from, expires_at: until } = key
  if (use === 'root' || until === undefined)
    throw new CliError('USAGE', 'This is the root itself, and nobody vouches for that.', 'writ signing-key list')
  return { authority, kid, use, jwk, from, until, ...(revokedAt !== undefined && { revoked_at: revokedAt }) }
}

/** @throws {CliError} USAGE for a text that is no request */
export function parseRequest(text: string): StatementRequest {
  try {
    const { authority, kid, use, jwk, from, until, revoked_at } = JSON.parse(text) as Record<string, unknown>
    const times = [from, until, ...(revoked_at === undefined ? [] : [revoked_at])]
    if (
      typeof authority !== 'string' ||
      typeof kid !== 'string' ||
      !SIGNING_USES.includes(use as SigningUse) ||
      !times.every((time) => typeof time === 'string' && !Number.isNaN(Date.parse(time)))
    )
      throw new Error('a member is missing')
    return {
      authority,
      kid,
      use: use as SigningUse,
      jwk: publicJwk(jwk),
      from: from as string,
      until: until as string,
      ...(revoked_at !== undefined && { revoked_at: revoked_at as string }),
    }
  } catch {
    throw new CliError('USAGE', 'This is no request of `writ signing-key request`.')
  }
}

/** For whoever holds the root: what they are about to say in its name. */
export function requestText({ authority, kid, use, from, until, revoked_at }: StatementRequest, { paint }: Io): string {
  const title =
    revoked_at === undefined ? `The root says: this key signs for the use ${use}` : paint.red('The root says: this key is REVOKED')
  return card(
    title,
    [
      ['authority', authority],
      ['key', kid],
      ['from', from],
      ['until', until],
      ['not believed since', revoked_at],
    ],
    paint,
  )
}

/**
 * Signs in this process, without a network: neither the passphrase nor the root goes anywhere.
 * @param now epoch milliseconds
 * @throws {CliError} USAGE for a backup that does not open, or is of another authority
 */
export async function signRequest(request: StatementRequest, backup: string, passphrase: string, now: number): Promise<Signed> {
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000)
  try {
    const { issuer, key } = await restoreRootKey(backup, passphrase)
    if (issuer !== request.authority)
      throw new CliError('USAGE', `The backup is of the root of ${issuer}, the request is from ${request.authority}.`)
    const statement = await issueKeyStatement(key, {
      iss: issuer,
      iat: Math.floor(now / 1000),
      jwk: request.jwk,
      use: request.use,
      products: 'all',
      nbf: seconds(request.from),
      exp: seconds(request.until),
      ...(request.revoked_at !== undefined && { revoked_at: seconds(request.revoked_at) }),
    })
    return { kid: request.kid, statement }
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new CliError(
      'USAGE',
      `The backup cannot be used: ${error.code}.`,
      'Is it the backup of the root, and the passphrase that it was taken with?',
    )
  }
}

/** Now, as the API writes it. */
export function nowText(now: number): string {
  return formatInstant(Math.floor(now / 1000) * 1000)
}
