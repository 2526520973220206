import { decodeJwt, errors, jwtVerify } from 'jose'
import { ApiError } from '../../../app/api-error.ts'
import type { Authority } from '../../../app/authority.ts'
import { readIssuers, type WorkloadIssuer } from './issuers.ts'
import { keysOf } from './keys.ts'

/** Which workload a token is about: a name that the platform gives it, whatever machine it runs on. */
export interface Workload {
  readonly issuer: string
  readonly subject: string
}

/** What is wrong with a token. `issuer`: nobody here is told to believe that one. `other_workload`: it holds, and is of another. */
export type WorkloadFault = 'malformed' | 'issuer' | 'audience' | 'expired' | 'not_yet' | 'signature' | 'other_workload'

/** Signatures alone: with a shared secret whoever checks could sign too. RFC 8725 section 3.1. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const SKEW_SECONDS = 60
const MOST_SUBJECT = 512

/**
 * Verifies an ID token of a platform: of a Kubernetes service account, of a cloud's workload identity.
 * @throws {ApiError} WORKLOAD_TOKEN_REFUSED, WORKLOAD_ISSUER_UNREACHABLE
 * @see OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725
 */
export async function verifyWorkload(authority: Pick<Authority, 'config' | 'clock' | 'log'>, token: string): Promise<Workload> {
  const trusted = trustedFor(authority, token)
  if (trusted === undefined) throw refused('issuer')
  const { issuer, audience } = trusted
  const keys = await keysOf(trusted, authority.clock()).catch((error: unknown) => unreachable(authority, issuer, error))
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: SKEW_SECONDS,
      currentDate: new Date(authority.clock()),
      requiredClaims: ['exp', 'sub'],
    })
    const { sub = '' } = payload
    if (sub === '' || sub.length > MOST_SUBJECT) throw refused('malformed')
    return { issuer, subject: sub }
  } catch (error) {
    if (error instanceof ApiError) throw error
    const fault = faultOf(error)
    throw fault === undefined ? unreachable(authority, issuer, error) : refused(fault)
  }
}

/** Nothing of the token is proven yet: which issuer it names says whose keys to check it with, and nothing else. */
function trustedFor({ config, log }: Pick<Authority, 'config' | 'log'>, token: string): WorkloadIssuer | undefined {
  let named: string | undefined
  try {
    named = decodeJwt(token).iss
  } catch {
    throw refused('malformed')
  }
  if (config.workloadIssuersFile === undefined || named === undefined) return undefined
  try {
    return readIssuers(config.workloadIssuersFile).find(({ issuer }) => issuer === named)
  } catch (error) {
    log.error({ err: error }, 'the file of workload issuers cannot be read')
    throw new ApiError('WORKLOAD_ISSUER_UNREACHABLE')
  }
}

/** @returns `undefined`: it is not the token, its keys are not to be had */
function faultOf(error: unknown): WorkloadFault | undefined {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return 'malformed'
    return error.claim === 'aud' ? 'audience' : error.claim === 'nbf' ? 'not_yet' : 'malformed'
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) return 'signature'
  if (error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSEAlgNotAllowed) return 'signature'
  const isMalformed = error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid || error instanceof errors.JOSENotSupported
  return isMalformed ? 'malformed' : undefined
}

export function refused(fault: WorkloadFault): ApiError {
  return new ApiError('WORKLOAD_TOKEN_REFUSED', { fault })
}

/** The operator has to know which; whoever sent the token is told that it is not their fault. */
function unreachable({ log }: Pick<Authority, 'log'>, issuer: string, error: unknown): never {
  log.warn({ issuer, err: error }, 'the keys of a workload issuer cannot be fetched')
  throw new ApiError('WORKLOAD_ISSUER_UNREACHABLE')
}
