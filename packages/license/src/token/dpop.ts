import { encodeBase64url } from '@writ/trust'
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from 'jose'
import { TokenError } from './error.ts'

export interface DpopOptions {
  /** The `DPoP` header of the request; absent: it has none. */
  readonly proof: string | undefined
  readonly method: string
  /** The URL that was called; query and fragment play no part. */
  readonly url: string
  /** The token that came with it. */
  readonly token: string
  /** `cnf.jkt` of that token. */
  readonly jkt: string
  /** Epoch seconds, UTC. */
  readonly now: number
  /** Remembers a proof until an instant, epoch seconds; false: it was seen before. */
  readonly remember: (id: string, until: number) => boolean | Promise<boolean>
}

export const DPOP_ALGORITHMS = ['ES256', 'EdDSA', 'Ed25519', 'ES384', 'ES512', 'PS256', 'RS256']
const MAX_PROOF_LENGTH = 8_192
/** How old a proof may be, and how far ahead of this clock. */
const AGE_SECONDS = 60
const AHEAD_SECONDS = 5

/**
 * Whoever brings a token that is bound to a key proves here to hold that key: for this very request, this token, and once.
 * @throws {TokenError} DPOP_MISSING, DPOP_INVALID, DPOP_REPLAYED
 * @see RFC 9449 section 4.3 (checking DPoP proofs), section 7 (protected resource access)
 */
export async function verifyDpop({ proof, method, url, token, jkt, now, remember }: DpopOptions): Promise<void> {
  if (proof === undefined || proof === '') throw new TokenError('DPOP_MISSING', undefined)
  if (proof.length > MAX_PROOF_LENGTH) throw invalid('')
  const { payload, header } = await verified(proof, now)
  if ((await thumbprint(header.jwk)) !== jkt) throw invalid('jwk')
  const { htm, htu, ath, iat, jti } = payload
  if (htm !== method) throw invalid('htm')
  if (typeof htu !== 'string' || bare(htu) === undefined || bare(htu) !== bare(url)) throw invalid('htu')
  if (typeof iat !== 'number' || iat > now + AHEAD_SECONDS || iat <= now - AGE_SECONDS) throw invalid('iat')
  if (ath !== (await digest(token))) throw invalid('ath')
  if (typeof jti !== 'string' || jti === '' || jti.length > 256) throw invalid('jti')
  if (!(await remember(`${jkt} ${jti}`, iat + AGE_SECONDS))) throw new TokenError('DPOP_REPLAYED', undefined)
}

async function verified(proof: string, now: number) {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: DPOP_ALGORITHMS,
      currentDate: new Date(now * 1000),
      clockTolerance: AHEAD_SECONDS,
    })
    return { payload, header: protectedHeader as { jwk: JWK } }
  } catch (error) {
    throw error instanceof errors.JWTClaimValidationFailed ? invalid(error.claim, error) : invalid('', error)
  }
}

async function thumbprint(jwk: JWK): Promise<string> {
  try {
    return await calculateJwkThumbprint(jwk, 'sha256')
  } catch (error) {
    throw invalid('jwk', error)
  }
}

/** RFC 9449 section 4.3: compared without query and fragment, after normalization. */
function bare(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { origin, pathname } = new URL(url)
  return origin + pathname
}

async function digest(token: string): Promise<string> {
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))))
}

function invalid(member: string, cause?: unknown): TokenError<'DPOP_INVALID'> {
  return new TokenError('DPOP_INVALID', { member }, { cause })
}
