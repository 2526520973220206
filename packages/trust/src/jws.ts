import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { TrustError } from './error.ts'
import { type PublicJwk, type Signer, verifyingKey } from './key.ts'
import { isObject } from './shape.ts'
import { type JsonObject, parseStrictJson } from './strict-json.ts'

/** What one type of signed text looks like: its exact `typ` and the header members, all strings, that it has beside `alg`, `kid`, `typ`. */
export interface JwsProfile {
  readonly typ: string
  readonly extra: readonly string[]
  /** Of the whole compact text, in characters. */
  readonly maxLength: number
}

/** Taken apart, header checked, signature not yet: there is no way to the payload but `verifyJws`. */
export interface UnverifiedJws {
  /** RFC 7638 thumbprint that the header claims. */
  readonly kid: string
  readonly extra: Readonly<Record<string, string>>
  /** The compact text, ASCII. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly payloadStart: number
  readonly payloadEnd: number
  readonly signature: Uint8Array<ArrayBuffer>
}

const ENCODER = new TextEncoder()
const DOT = 0x2e
const KEY_ID = /^[A-Za-z0-9_-]{43}$/

/**
 * RFC 7515 section 5.2 steps 1 to 6 for a compact JWS, narrowed: EdDSA only, `typ` exact, no `crit`, no member that the profile
 * does not name. So no header can choose how it is checked.
 * @throws {TrustError} JWS_TOO_LARGE, JWS_MALFORMED, JWS_HEADER_REFUSED, JWS_ALGORITHM_REFUSED, JWS_TYPE_REFUSED
 */
export function readJws(compact: string | Uint8Array<ArrayBuffer>, profile: JwsProfile): UnverifiedJws {
  if (compact.length > profile.maxLength) throw new TrustError('JWS_TOO_LARGE', { length: compact.length, limit: profile.maxLength })
  const bytes = typeof compact === 'string' ? ENCODER.encode(compact) : compact
  const headerEnd = bytes.indexOf(DOT)
  const payloadEnd = headerEnd < 0 ? -1 : bytes.indexOf(DOT, headerEnd + 1)
  if (headerEnd < 1 || payloadEnd < 0) throw new TrustError('JWS_MALFORMED', { offset: bytes.length })
  const header = readHeader(decoded(bytes, 0, headerEnd), profile)
  const signature = decoded(bytes, payloadEnd + 1, bytes.length)
  if (signature.length !== 64) throw new TrustError('JWS_MALFORMED', { offset: payloadEnd + 1 })
  return { ...header, bytes, payloadStart: headerEnd + 1, payloadEnd, signature }
}

/**
 * @returns the payload, and only if the signature holds
 * @throws {TrustError} SIGNATURE_INVALID, JWS_MALFORMED, KEY_MALFORMED, ED25519_UNSUPPORTED
 * @see RFC 8037 section 3.1
 */
export async function verifyJws(jws: UnverifiedJws, jwk: PublicJwk): Promise<Uint8Array<ArrayBuffer>> {
  const { kid, key } = await verifyingKey(jwk)
  if (kid !== jws.kid) throw new TrustError('SIGNATURE_INVALID', undefined)
  const verdict = crypto.subtle.verify('Ed25519', key, jws.signature, jws.bytes.subarray(0, jws.payloadEnd))
  // From base64url to bytes while another thread may do the sums; the bytes leave here only if it says yes.
  const payload = decodeBase64url(jws.bytes.subarray(jws.payloadStart, jws.payloadEnd))
  const holds = await verdict
  if (typeof payload === 'number') throw new TrustError('JWS_MALFORMED', { offset: jws.payloadStart + payload })
  if (!holds) throw new TrustError('SIGNATURE_INVALID', undefined)
  return payload
}

/** For showing, never for deciding: nobody may have signed this. */
export function exposeUnverifiedPayload(jws: UnverifiedJws): Uint8Array<ArrayBuffer> {
  return decoded(jws.bytes, jws.payloadStart, jws.payloadEnd)
}

/** @throws {TrustError} JWS_TOO_LARGE: what is signed must be acceptable to `readJws` */
export async function signJws(
  payload: object,
  signer: Signer,
  profile: JwsProfile,
  extra: Readonly<Record<string, string>> = {},
): Promise<string> {
  const header = ENCODER.encode(JSON.stringify({ alg: 'EdDSA', typ: profile.typ, kid: signer.kid, ...extra }))
  const signed = `${encodeBase64url(header)}.${encodeBase64url(ENCODER.encode(JSON.stringify(payload)))}`
  const length = signed.length + 87
  if (length > profile.maxLength) throw new TrustError('JWS_TOO_LARGE', { length, limit: profile.maxLength })
  return `${signed}.${encodeBase64url(await signer.sign(ENCODER.encode(signed)))}`
}

function decoded(bytes: Uint8Array, start: number, end: number): Uint8Array<ArrayBuffer> {
  const part = decodeBase64url(bytes.subarray(start, end))
  if (typeof part === 'number') throw new TrustError('JWS_MALFORMED', { offset: start + part })
  return part
}

function readHeader(bytes: Uint8Array, profile: JwsProfile): { kid: string; extra: Readonly<Record<string, string>> } {
  let header: JsonObject
  try {
    const json = parseStrictJson(bytes, { maxBytes: profile.maxLength, maxDepth: 2 })
    if (!isObject(json)) throw new TrustError('JWS_HEADER_REFUSED', { member: '' })
    header = json
  } catch (cause) {
    throw new TrustError('JWS_HEADER_REFUSED', { member: '' }, { cause })
  }
  if (header.alg !== 'EdDSA') throw new TrustError('JWS_ALGORITHM_REFUSED', undefined)
  if (header.typ !== profile.typ) throw new TrustError('JWS_TYPE_REFUSED', undefined)
  const kid = header.kid
  if (typeof kid !== 'string' || !KEY_ID.test(kid)) throw new TrustError('JWS_HEADER_REFUSED', { member: 'kid' })
  const extra: Record<string, string> = {}
  for (const member of profile.extra) {
    const value = header[member]
    if (typeof value !== 'string') throw new TrustError('JWS_HEADER_REFUSED', { member })
    extra[member] = value
  }
  for (const member of Object.keys(header))
    if (member !== 'alg' && member !== 'typ' && member !== 'kid' && !profile.extra.includes(member))
      throw new TrustError('JWS_HEADER_REFUSED', { member })
  return { kid, extra }
}
