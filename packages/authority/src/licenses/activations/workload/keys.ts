import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import { isFetchable, type WorkloadIssuer } from './issuers.ts'

const PATIENCE_MILLISECONDS = 5_000
const MOST_BYTES = 1 << 18
/** A key that is not known is looked for no more often: whoever invents ids makes nobody busy. */
const PAUSE_MILLISECONDS = 5_000
const MOST_SETS = 256

/** By address: each keeps what it fetched. */
const remote = new Map<string, JWTVerifyGetKey>()
/** What discovery said, by issuer, and when. It is asked again when keys are not where it said. */
const discovered = new Map<string, { readonly address: string; readonly at: number }>()
const DISCOVERED_MILLISECONDS = 3_600_000
const underWay = new Map<string, Promise<string>>()

/** The keys of an issuer. @param now epoch milliseconds @throws what fetching throws */
export async function keysOf({ issuer, jwks, jwks_uri }: WorkloadIssuer, now: number): Promise<JWTVerifyGetKey> {
  if (jwks !== undefined) return createLocalJWKSet(jwks)
  const address = jwks_uri ?? (await discover(issuer, now))
  const known = remote.get(address)
  if (known !== undefined) return known
  const made = createRemoteJWKSet(new URL(address), {
    timeoutDuration: PATIENCE_MILLISECONDS,
    cooldownDuration: PAUSE_MILLISECONDS,
    [customFetch]: async (url, options) => {
      try {
        return await bounded(url, options.signal)
      } catch (error) {
        discovered.delete(issuer)
        throw error
      }
    },
  })
  if (remote.size >= MOST_SETS) remote.clear()
  remote.set(address, made)
  return made
}

/** One at a time for each issuer: a token is read before it is verified, so anybody can name one. */
async function discover(issuer: string, now: number): Promise<string> {
  const known = discovered.get(issuer)
  if (known !== undefined && Math.abs(now - known.at) < DISCOVERED_MILLISECONDS) return known.address
  const begun = underWay.get(issuer) ?? fetchAddress(issuer, now).finally(() => underWay.delete(issuer))
  underWay.set(issuer, begun)
  return begun
}

/** @see OpenID Connect Discovery 1.0, section 4 */
async function fetchAddress(issuer: string, now: number): Promise<string> {
  const response = await bounded(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const said = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown }
  if (said.issuer !== issuer || typeof said.jwks_uri !== 'string' || !isFetchable(said.jwks_uri)) throw new Error('not its configuration')
  if (discovered.size >= MOST_SETS) discovered.clear()
  discovered.set(issuer, { address: said.jwks_uri, at: now })
  return said.jwks_uri
}

async function bounded(url: string, signal: AbortSignal = AbortSignal.timeout(PATIENCE_MILLISECONDS)): Promise<Response> {
  const response = await fetch(url, { redirect: 'error', signal, headers: { accept: 'application/json' } })
  if (!response.ok || response.body === null) throw new Error(`answered with ${response.status}`)
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body) {
    length += part.length
    if (length > MOST_BYTES) throw new Error('too long')
    parts.push(part)
  }
  return new Response(Buffer.concat(parts), { status: 200, headers: { 'content-type': 'application/json' } })
}
