import { checkStatementCovers, type JwsProfile, type KeyStatement, readJws, type Signer, signJws, TrustError, verifyJws } from '@writ/trust'
import { MAX_TOKEN_LENGTH, readTokenClaims, type TokenClaims } from './claims.ts'
import { TokenError } from './error.ts'

export const TOKEN_USE = 'entitlement_token'
const TOKEN_JWS: JwsProfile = { typ: 'writ-entitlement+jwt', extra: [], maxLength: MAX_TOKEN_LENGTH }

/**
 * Signs an entitlement token.
 * @param key of the use `entitlement_token`
 * @returns compact JWS, at most 16 KiB
 * @throws {TokenError} TOKEN_PAYLOAD_INVALID, TOKEN_TOO_LARGE
 */
export async function issueEntitlementToken(claims: TokenClaims, key: Signer): Promise<string> {
  readTokenClaims(new TextEncoder().encode(JSON.stringify(claims)))
  return signJws(claims, key, TOKEN_JWS).catch((error: unknown) => {
    throw asTokenError(error)
  })
}

export interface VerifyTokenOptions {
  /** What pinned roots say of keys: `readKeySet` of `@writ/trust`. */
  readonly keySet: ReadonlyMap<string, KeyStatement>
  /** Who asks: the token must be meant for it. */
  readonly audience: string
  /** Epoch seconds, UTC. The caller owns the clock. */
  readonly now: number
  /** Tolerated clock difference in seconds, for `iat` alone; default 60, at most 300. An end is an end. */
  readonly skewSeconds?: number
}

/**
 * Verifies an entitlement token: header, key under a pinned root, signature, content, times, audience, in that order. Nothing in the
 * payload is read before the signature holds. A `cnf` is only read: see `verifyDpop`. So is `status`.
 * @throws {TokenError} any TOKEN_* code
 * @see RFC 9068 section 4 (validation), RFC 8725 section 3 (explicit typing, one algorithm)
 */
export async function verifyEntitlementToken(token: string, options: VerifyTokenOptions): Promise<TokenClaims> {
  const { keySet, audience, now, skewSeconds = 60 } = options
  if (!(Number.isFinite(now) && now >= 0 && now < 1e11)) throw new RangeError('now is in epoch seconds')
  if (!(skewSeconds >= 0 && skewSeconds <= 300)) throw new RangeError('skewSeconds is from 0 to 300')
  try {
    const jws = readJws(token, TOKEN_JWS)
    const statement = keySet.get(jws.kid)
    if (statement === undefined) throw new TokenError('TOKEN_KEY_UNKNOWN', { keyId: jws.kid })
    if (statement.use !== TOKEN_USE) throw new TokenError('TOKEN_KEY_REFUSED', { why: 'STATEMENT_USE_REFUSED' })
    const claims = readTokenClaims(await verifyJws(jws, statement.jwk))
    if (claims.iss !== statement.iss) throw new TokenError('TOKEN_ISSUER_MISMATCH', undefined)
    covers(statement, claims, now)
    if (claims.iat > now + skewSeconds) throw new TokenError('TOKEN_FROM_THE_FUTURE', { issuedAt: claims.iat })
    if (now >= claims.exp) throw new TokenError('TOKEN_EXPIRED', { expiredAt: claims.exp })
    if (claims.aud !== audience) throw new TokenError('TOKEN_AUDIENCE_REFUSED', undefined)
    return claims
  } catch (error) {
    throw asTokenError(error)
  }
}

/** A revoked key is judged now, not at `iat`: its thief writes that, and an honest token is asked for anew within minutes. */
function covers(statement: KeyStatement, { iat, product }: TokenClaims, now: number): void {
  try {
    checkStatementCovers(statement, { at: iat, product })
    if (statement.revoked_at !== undefined && statement.revoked_at <= now)
      throw new TrustError('STATEMENT_REVOKED', { revokedAt: statement.revoked_at })
  } catch (error) {
    throw error instanceof TrustError ? new TokenError('TOKEN_KEY_REFUSED', { why: error.code }, { cause: error }) : error
  }
}

function asTokenError(error: unknown): unknown {
  if (!(error instanceof TrustError)) return error
  const options = { cause: error }
  if (error.code === 'JWS_TOO_LARGE') return new TokenError('TOKEN_TOO_LARGE', error.details as never, options)
  if (error.code === 'JWS_TYPE_REFUSED') return new TokenError('TOKEN_TYPE_REFUSED', undefined, options)
  if (error.code === 'SIGNATURE_INVALID') return new TokenError('TOKEN_SIGNATURE_INVALID', undefined, options)
  return new TokenError('TOKEN_MALFORMED', { why: error.code }, options)
}
