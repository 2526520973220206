import { anyOf, bool, epochSeconds, integer, type Json, list, mapOf, oneOf, parseStrictJson, record, text } from '@writ/trust'
import { LicenseError } from './error.ts'
import { type FileFact, type FileFactValue, factValue, fileFact, id, ids, instant } from './file-facts.ts'

/** At most this many characters in a license file, armour included. */
export const MAX_FILE_LENGTH = 65_536

/**
 * What a license file says, in its JSON form. `iat` is in epoch seconds as in every JWT; all other instants are epoch milliseconds
 * as in the change feed. Nothing here is optional to understand: an unknown member makes the file invalid.
 */
export interface LicenseClaims {
  /** The authority, as its key statement names it. */
  readonly iss: string
  readonly iat: number
  /** Id of this file. */
  readonly jti: string
  readonly license: string
  readonly product: string
  readonly plan: string
  readonly edition: number
  /** `sha256:` and 64 hexadecimal digits, as the edition is published; not computed again here. */
  readonly terms_hash: string
  /** Canonical text of the edition's terms; opaque here. */
  readonly terms: string
  readonly holder: Holder
  readonly starts: number
  /** Exclusive; absent: an open end. Whether it has passed is for `decide` to say. */
  readonly ends?: number
  readonly trial_ends?: number
  readonly suspended?: boolean
  readonly past_due_since?: number
  /** What the licence has of its own beside its plan: canonical text, opaque here as `terms` are. */
  readonly overrides?: string
  /** The plan's grace at issue, for people and for readers without the terms language; `decide` takes it from the terms. */
  readonly grace?: { readonly expiry_seconds: number; readonly payment_seconds: number; readonly offline_seconds: number }
  /** Exactly one of the two: who may use it, or that the application vouches for who asks. */
  readonly roster?: readonly RosterEntry[]
  readonly identities?: 'asserted'
  /** This activation's share; a meter that is not named has none, so no hard quota offline. */
  readonly share?: { readonly seats?: number; readonly quotas?: Readonly<Record<string, number>> }
  readonly binding?: Binding
  readonly status?: StatusReference
  readonly facts?: readonly FileFact[]
}

export type Holder = { readonly organization: string; readonly name?: string } | { readonly identity: string; readonly name?: string }

/** A pseudonymous identity: the file names nobody. */
export interface RosterEntry {
  readonly id: string
  readonly kind: 'human' | 'service' | 'machine' | 'agent'
  /** In the organization that holds the licence. */
  readonly roles: readonly string[]
  readonly factors?: readonly string[]
  readonly attributes?: Readonly<Record<string, FileFactValue>>
  /** Index of this identity in the status list of the file. */
  readonly status_index?: number
}

/** What the file is tied to; every member named must match. */
export interface Binding {
  /** RFC 7638 thumbprint of a key that the device holds. */
  readonly device_key?: string
  /** Hashes by `fingerprintComponent`; so many of them must be found on the device. */
  readonly fingerprint?: { readonly components: readonly string[]; readonly at_least: number }
  readonly organization?: string
  readonly identity?: string
}

export interface StatusReference {
  readonly uri: string
  readonly index: number
}

const seconds = integer(0, 10_000_000_000)
const index = integer(0, 2 ** 31 - 1)
const count = integer(0, Number.MAX_SAFE_INTEGER)

const REQUIRED = {
  iss: text(512),
  iat: epochSeconds,
  jti: id,
  license: id,
  product: id,
  plan: id,
  edition: integer(1, 2 ** 31 - 1),
  terms_hash: text(71, /^sha256:[0-9a-f]{64}$/),
  terms: text(MAX_FILE_LENGTH, /\S/),
  holder: anyOf(record({ organization: id }, { name: id }), record({ identity: id }, { name: id })),
  starts: instant,
}

const OPTIONAL = {
  ends: instant,
  trial_ends: instant,
  suspended: bool,
  past_due_since: instant,
  overrides: text(16_384, /\S/),
  grace: record({ expiry_seconds: seconds, payment_seconds: seconds, offline_seconds: seconds }),
  roster: list(
    record(
      { id, kind: oneOf('human', 'service', 'machine', 'agent'), roles: ids(128) },
      { factors: ids(32), attributes: mapOf(id, factValue, 64), status_index: index },
    ),
    0,
    2048,
  ),
  identities: oneOf('asserted'),
  share: record({}, { seats: count, quotas: mapOf(id, count, 256) }),
  binding: record(
    {},
    {
      device_key: text(43, /^[A-Za-z0-9_-]{43}$/),
      fingerprint: record({ components: list(text(64, /^[0-9a-f]{64}$/), 1, 32), at_least: integer(1, 32) }),
      organization: id,
      identity: id,
    },
  ),
  status: record({ uri: text(1024, /^https?:\/\/[\x21-\x7e]+$/), index }),
  facts: list(fileFact, 0, 2048),
}

const CLAIMS = record(REQUIRED, OPTIONAL)
export const CLAIM_NAMES: readonly string[] = Object.keys({ ...REQUIRED, ...OPTIONAL })

/**
 * Reads a payload whose signature holds.
 * @throws {LicenseError} LICENSE_PAYLOAD_INVALID with the path of the first fault; names that are data appear in it as `*`
 */
export function readClaims(payload: Uint8Array): LicenseClaims {
  let json: Json
  try {
    json = parseStrictJson(payload, { maxBytes: MAX_FILE_LENGTH, maxDepth: 8 })
  } catch (cause) {
    throw new LicenseError('LICENSE_PAYLOAD_INVALID', { path: '' }, { cause })
  }
  const claims = json as unknown as LicenseClaims
  const path = CLAIMS(json) ?? contradiction(claims)
  if (path !== undefined) throw new LicenseError('LICENSE_PAYLOAD_INVALID', { path })
  return claims
}

function contradiction(claims: LicenseClaims): string | undefined {
  if ((claims.roster === undefined) === (claims.identities === undefined)) return '.roster'
  if (new Set(claims.roster?.map((entry) => entry.id)).size !== (claims.roster?.length ?? 0)) return '.roster'
  if (claims.ends !== undefined && claims.ends <= claims.starts) return '.ends'
  if (claims.trial_ends !== undefined && claims.trial_ends <= claims.starts) return '.trial_ends'
  const { binding } = claims
  // An empty binding would look like one and hold nothing.
  if (binding !== undefined && Object.keys(binding).length === 0) return '.binding'
  if (binding?.fingerprint !== undefined) {
    const { components, at_least } = binding.fingerprint
    if (new Set(components).size !== components.length || at_least > components.length) return '.binding.fingerprint'
  }
  return undefined
}
