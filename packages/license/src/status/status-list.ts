import {
  checkStatementCovers,
  epochSeconds,
  integer,
  type Json,
  type JwsProfile,
  parseStrictJson,
  readJws,
  record,
  type Signer,
  signJws,
  TrustError,
  type TrustedRoot,
  text,
  verifyJws,
  verifyKeyStatement,
} from '@writ/trust'
import { type RevokedKeys, revocationOf } from '../revoked-keys.ts'
import { StatusError } from './error.ts'
import { type PackedList, packList, type StatusBits, unpackList } from './packed-list.ts'

export const STATUS_USE = 'status_list'
export const STATUS_MEDIA_TYPE = 'application/statuslist+jwt'
/** Registered values; others are nobody's here, and count as invalid. */
export const STATUS = { valid: 0, invalid: 1, suspended: 2 } as const

export const MAX_STATUS_LENGTH = 1 << 20
/** The header carries the key statement, so that a list can be carried where there is no network. */
const STATUS_JWS: JwsProfile = { typ: 'statuslist+jwt', extra: ['key_statement'], maxLength: MAX_STATUS_LENGTH }

interface Claims {
  readonly iss: string
  readonly sub: string
  readonly iat: number
  readonly exp: number
  readonly ttl: number
  readonly status_list: { readonly bits: StatusBits; readonly lst: string }
}

const CLAIMS = record({
  iss: text(512),
  sub: text(1024, /^https?:\/\/[\x21-\x7e]+$/),
  iat: epochSeconds,
  exp: epochSeconds,
  ttl: integer(1, 31_536_000),
  status_list: record({
    bits: (value) => ([1, 2, 4, 8].includes(value as number) ? undefined : ''),
    lst: text(MAX_STATUS_LENGTH, /^[A-Za-z0-9_-]+$/),
  }),
})

/** A verified status list. Times are epoch seconds. */
export interface StatusList {
  readonly issuer: string
  /** Its own address, which what refers to it names. */
  readonly uri: string
  readonly issuedAt: number
  /** Exclusive: from then on it says nothing any more. */
  readonly expiresAt: number
  /** After so many seconds there may be a newer one. */
  readonly ttl: number
  readonly list: PackedList
}

/**
 * Signs a status list.
 * @param key of the use `status_list`
 * @returns a Status List Token, compact JWS
 * @throws {StatusError} STATUS_TOO_LARGE
 * @see draft-ietf-oauth-status-list section 5.1
 */
export async function issueStatusList(
  { issuer, uri, issuedAt, expiresAt, ttl, list }: StatusList,
  { key, statement }: { readonly key: Signer; readonly statement: string },
): Promise<string> {
  const claims: Claims = {
    iss: issuer,
    sub: uri,
    iat: issuedAt,
    exp: expiresAt,
    ttl,
    status_list: { bits: list.bits, lst: await packList(list) },
  }
  return signJws(claims, key, STATUS_JWS, { key_statement: statement }).catch((error: unknown) => {
    throw asStatusError(error)
  })
}

export interface VerifyStatusOptions {
  readonly roots: readonly TrustedRoot[]
  /** Whose list it must be. */
  readonly issuer: string
  /** What refers to it names it so. */
  readonly uri: string
  /** Epoch seconds, UTC. */
  readonly now: number
  /** Of the newest list of this address that was seen before: an older one is a way back. */
  readonly seen?: number
  /** It was verified before and kept: that it is over by now does not undo what it said. */
  readonly isKept?: boolean
  readonly keySet?: RevokedKeys
  /** Tolerated clock difference in seconds; default 60. */
  readonly skewSeconds?: number
}

/**
 * Verifies a status list: header, key under a pinned root, signature, content, address, times, in that order.
 * @throws {StatusError} any STATUS_* code
 * @see draft-ietf-oauth-status-list section 8.3 (validation)
 */
export async function verifyStatusList(token: string, options: VerifyStatusOptions): Promise<StatusList> {
  const { roots, issuer, uri, now, seen, isKept = false, keySet, skewSeconds = 60 } = options
  try {
    const jws = readJws(token.trim(), STATUS_JWS)
    const statement = await vouched(() => verifyKeyStatement(jws.extra.key_statement ?? '', { roots, use: STATUS_USE }))
    if (statement.kid !== jws.kid) throw new StatusError('STATUS_KEY_REFUSED', { why: 'STATEMENT_KEY_MISMATCH' })
    const claims = read(await verifyJws(jws, statement.jwk))
    const revoked_at = revocationOf(statement, keySet)
    const said = { ...statement, ...(revoked_at !== undefined && { revoked_at }) }
    await vouched(() => {
      // Of all products: a list says nothing of any.
      if (said.products !== 'all') throw new TrustError('STATEMENT_PRODUCT_REFUSED', undefined)
      checkStatementCovers(said, { at: claims.iat, product: '' })
      // Its thief dates back, and an honest list is had anew within its ttl.
      if (revoked_at !== undefined && revoked_at <= now) throw new TrustError('STATEMENT_REVOKED', { revokedAt: revoked_at })
    })
    if (claims.iss !== statement.iss || claims.iss !== issuer) throw new StatusError('STATUS_ISSUER_MISMATCH', undefined)
    if (claims.sub !== uri) throw new StatusError('STATUS_SUBJECT_MISMATCH', undefined)
    if (claims.iat > now + skewSeconds) throw new StatusError('STATUS_FROM_THE_FUTURE', { issuedAt: claims.iat })
    if (now >= claims.exp && !isKept) throw new StatusError('STATUS_EXPIRED', { expiredAt: claims.exp })
    if (seen !== undefined && claims.iat < seen) throw new StatusError('STATUS_OLDER', { issuedAt: claims.iat, seen })
    const list = await unpackList(claims.status_list.bits, claims.status_list.lst)
    return { issuer: claims.iss, uri, issuedAt: claims.iat, expiresAt: claims.exp, ttl: claims.ttl, list }
  } catch (error) {
    throw asStatusError(error)
  }
}

function read(payload: Uint8Array): Claims {
  let json: Json
  try {
    json = parseStrictJson(payload, { maxBytes: MAX_STATUS_LENGTH, maxDepth: 3 })
  } catch (cause) {
    throw new StatusError('STATUS_PAYLOAD_INVALID', { path: '' }, { cause })
  }
  const path = CLAIMS(json)
  if (path !== undefined) throw new StatusError('STATUS_PAYLOAD_INVALID', { path })
  return json as unknown as Claims
}

async function vouched<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw error instanceof TrustError ? new StatusError('STATUS_KEY_REFUSED', { why: error.code }, { cause: error }) : error
  }
}

function asStatusError(error: unknown): unknown {
  if (!(error instanceof TrustError)) return error
  const options = { cause: error }
  if (error.code === 'JWS_TOO_LARGE') return new StatusError('STATUS_TOO_LARGE', error.details as never, options)
  if (error.code === 'JWS_TYPE_REFUSED') return new StatusError('STATUS_TYPE_REFUSED', undefined, options)
  if (error.code === 'SIGNATURE_INVALID') return new StatusError('STATUS_SIGNATURE_INVALID', undefined, options)
  return new StatusError('STATUS_MALFORMED', { why: error.code }, options)
}
