import { isTrustError, TrustError } from './error.ts'
import type { PublicJwk } from './key.ts'
import { KEY_STATEMENT, type KeyStatement, type TrustedRoot, verifyKeyStatement } from './key-statement.ts'
import { list, record, text } from './shape.ts'
import { parseStrictJson } from './strict-json.ts'

/** The document at `/.well-known/writ-keys`. */
export interface KeySetDocument {
  readonly issuer: string
  /** For people to compare with the root they pinned. A client never takes its root from here. */
  readonly root: PublicJwk
  /** Key statements, compact JWS: those in use, and every revoked one. */
  readonly statements: readonly string[]
}

export const KEY_SET_PATH = '/.well-known/writ-keys'
const MAX_BYTES = 1 << 20
const SEGMENT = /^[A-Za-z0-9_-]{1,64}$/
const DOCUMENT = record({
  issuer: text(512),
  root: record({ kty: text(3, SEGMENT), crv: text(7, SEGMENT), x: text(43, SEGMENT) }),
  statements: list(text(KEY_STATEMENT.maxLength), 0, 256),
})

/**
 * Reads a key set and returns what the pinned roots say, one statement for each key: the newest, with the earliest revocation that
 * any of them states, since revocation is never taken back. Statements by other roots are passed over: a new root is announced
 * before everybody has pinned it. So are those in the name of another authority than the document: it has no say in these keys.
 * @param json UTF-8, at most 1 MiB
 * @throws {TrustError} KEY_SET_INVALID, and whatever `verifyKeyStatement` throws but ROOT_UNKNOWN
 */
export async function readKeySet(
  json: Uint8Array,
  options: { readonly roots: readonly TrustedRoot[] },
): Promise<ReadonlyMap<string, KeyStatement>> {
  const found = new Map<string, KeyStatement>()
  const { issuer, statements } = document(json)
  for (const text of statements) {
    const said = await verifyKeyStatement(text, options).catch((error: unknown) => {
      if (isTrustError(error, 'ROOT_UNKNOWN')) return undefined
      throw error
    })
    if (said?.iss === issuer) found.set(said.kid, merged(found.get(said.kid), said))
  }
  return found
}

function document(json: Uint8Array): KeySetDocument {
  try {
    const value = parseStrictJson(json, { maxBytes: MAX_BYTES, maxDepth: 2 })
    const fault = DOCUMENT(value)
    if (fault !== undefined) throw new TrustError('KEY_SET_INVALID', { path: fault })
    return value as unknown as KeySetDocument
  } catch (error) {
    if (isTrustError(error, 'JSON_REFUSED')) throw new TrustError('KEY_SET_INVALID', { path: '' }, { cause: error })
    throw error
  }
}

function merged(one: KeyStatement | undefined, other: KeyStatement): KeyStatement {
  if (one === undefined) return other
  const revoked = Math.min(one.revoked_at ?? Number.POSITIVE_INFINITY, other.revoked_at ?? Number.POSITIVE_INFINITY)
  const newest = other.iat >= one.iat ? other : one
  return Number.isFinite(revoked) ? { ...newest, revoked_at: revoked } : newest
}
