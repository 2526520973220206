import {
  anyOf,
  bool,
  epochSeconds,
  integer,
  isObject,
  type Json,
  list,
  number,
  parseStrictJson,
  record,
  type Shape,
  text,
} from '@writ/trust'
import { id, ids } from '../file-facts.ts'
import { TokenError } from './error.ts'

/** At most this many characters; what travels in a header should be far below. */
export const MAX_TOKEN_LENGTH = 16_384
/** A token of more is none: whoever steals the key that signs them gains no more than this by dating back. */
export const MAX_TOKEN_SECONDS = 900

/**
 * What an entitlement token says, in its JSON form: the claims of an RFC 9068 access token under a `typ` of its own, so that neither is
 * ever taken for the other.
 * @see RFC 9068 section 2.2, RFC 9396 (authorization_details), RFC 9449 section 6.1 (cnf.jkt)
 */
export interface TokenClaims {
  /** The authority, as its key statement names it. */
  readonly iss: string
  /** The identity. */
  readonly sub: string
  /** Who may go by it; unless asked otherwise, the product. */
  readonly aud: string
  /** The enforcer that asked for it. */
  readonly client_id: string
  readonly iat: number
  /** Exclusive, at most 15 minutes after `iat`. */
  readonly exp: number
  readonly jti: string
  /** When the strongest of the proofs was given, and its level. */
  readonly auth_time?: number
  readonly acr?: string
  readonly product: string
  readonly organization?: string
  readonly actor?: string
  /** The revision of the authority that all of it was decided at. */
  readonly revision: number
  /** Features that are simply allowed until `exp`, in full: `atlas:report.export`. */
  readonly entitlements: readonly string[]
  /** Everything that takes more than a name to say: a no with its reason, a value, a notice, a resource. */
  readonly authorization_details?: readonly EntitlementDetail[]
  /** Thumbprint of the key that whoever brings the token must prove to hold. */
  readonly cnf?: { readonly jkt: string }
  readonly status?: { readonly status_list: { readonly uri: string; readonly idx: number } }
}

export interface EntitlementDetail {
  readonly type: 'writ_entitlement'
  /** Features, in full. */
  readonly actions: readonly string[]
  /** The id of the resource that it is about. */
  readonly identifier?: string
  /** The commands that it is about; absent: all of them, or the feature has none. */
  readonly privileges?: readonly string[]
  /** Absent: allowed. The answer of `decision.md` section 9, without `revision`. */
  readonly decision?: TokenDecision
  /** True: an answer takes units of a rate, which only the authority can count. */
  readonly counted?: true
}

export interface TokenDecision {
  readonly allowed: boolean
  readonly reason?: string
  readonly remedies?: readonly Typed[]
  readonly obligations?: readonly Typed[]
  readonly notices?: readonly Typed[]
  readonly value?: number | string
  readonly license?: string
  readonly entry?: number
  readonly grant?: string
  readonly edition?: number
  readonly expires?: string
}
interface Typed {
  readonly type: string
}

const typed: Shape = list((value) => (isObject(value) && typeof value.type === 'string' ? undefined : '.type'), 0, 64)
const index = integer(0, 2 ** 31 - 1)
const decision = record(
  { allowed: bool },
  {
    reason: text(64, /^[a-z_]+$/),
    remedies: typed,
    obligations: typed,
    notices: typed,
    value: anyOf(number, text(256)),
    license: id,
    entry: index,
    grant: id,
    edition: index,
    expires: text(40),
  },
)
const detail: Shape = (value) =>
  record(
    { type: text(16, /^writ_entitlement$/), actions: list(id, 1, 512) },
    { identifier: id, privileges: ids(256), decision, counted: (counted) => (counted === true ? undefined : '') },
  )(value)

const REQUIRED = {
  iss: text(512),
  sub: id,
  aud: id,
  client_id: id,
  iat: epochSeconds,
  exp: epochSeconds,
  jti: id,
  product: id,
  revision: integer(0, Number.MAX_SAFE_INTEGER),
  entitlements: list(text(512), 0, 512),
}
const OPTIONAL = {
  auth_time: epochSeconds,
  acr: id,
  organization: id,
  actor: id,
  authorization_details: list(detail, 1, 512),
  cnf: record({ jkt: text(43, /^[A-Za-z0-9_-]{43}$/) }),
  status: record({ status_list: record({ uri: text(1024, /^https?:\/\/[\x21-\x7e]+$/), idx: index }) }),
}
const CLAIMS = record(REQUIRED, OPTIONAL)

/**
 * Reads a payload whose signature holds.
 * @throws {TokenError} TOKEN_PAYLOAD_INVALID with the path of the first fault
 */
export function readTokenClaims(payload: Uint8Array): TokenClaims {
  let json: Json
  try {
    json = parseStrictJson(payload, { maxBytes: MAX_TOKEN_LENGTH, maxDepth: 8 })
  } catch (cause) {
    throw new TokenError('TOKEN_PAYLOAD_INVALID', { path: '' }, { cause })
  }
  const claims = json as unknown as TokenClaims
  const path = CLAIMS(json) ?? (claims.exp <= claims.iat || claims.exp - claims.iat > MAX_TOKEN_SECONDS ? '.exp' : undefined)
  if (path !== undefined) throw new TokenError('TOKEN_PAYLOAD_INVALID', { path })
  return claims
}
