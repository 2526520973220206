import { isTrustError, TrustError } from './error.ts'
import { type JwsProfile, readJws, signJws, verifyJws } from './jws.ts'
import { keyId, type PublicJwk, publicJwk, type Signer, verifyingKey } from './key.ts'
import { anyOf, epochSeconds, list, oneOf, record, text } from './shape.ts'
import { parseStrictJson } from './strict-json.ts'

/** A root that the caller trusts, got out of band: built into an application, or typed in by an administrator. */
export interface TrustedRoot {
  /** The one authority that this root may speak for. */
  readonly issuer: string
  readonly key: PublicJwk
}

/** What a root says of one key. Times are epoch seconds (RFC 7519 NumericDate). */
export interface KeyStatement {
  readonly iss: string
  readonly iat: number
  readonly kid: string
  readonly jwk: PublicJwk
  /** One key, one use: `license` signs license files and nothing else. */
  readonly use: string
  readonly products: 'all' | readonly string[]
  /** In force from `nbf`, in, to `exp`, out. */
  readonly nbf: number
  readonly exp: number
  readonly revoked_at?: number
}

export const KEY_STATEMENT: JwsProfile = { typ: 'writ-key-statement+jwt', extra: [], maxLength: 8192 }

const NAME = /^[a-z][a-z0-9_.-]*$/
const STATEMENT = record(
  {
    iss: text(512),
    iat: epochSeconds,
    kid: text(43, /^[A-Za-z0-9_-]{43}$/),
    jwk: record({ kty: oneOf('OKP'), crv: oneOf('Ed25519'), x: text(43, /^[A-Za-z0-9_-]{43}$/) }),
    use: text(32, NAME),
    products: anyOf(oneOf('all'), list(text(64, NAME), 1, 64)),
    nbf: epochSeconds,
    exp: epochSeconds,
  },
  { revoked_at: epochSeconds },
)

/** @throws {TrustError} STATEMENT_INVALID, STATEMENT_KEY_MISMATCH, KEY_MALFORMED, JWS_TOO_LARGE */
export async function issueKeyStatement(root: Signer, said: Omit<KeyStatement, 'kid'>): Promise<string> {
  const jwk = publicJwk(said.jwk)
  const statement: KeyStatement = { ...said, jwk, kid: await keyId(jwk) }
  await checked(statement, root.kid)
  return signJws(statement, root, KEY_STATEMENT)
}

/**
 * Verifies a key statement under pinned roots. Nothing in its payload is read before the root's signature holds.
 * Whether it was in force at some time, and for which product, is for `checkStatementCovers` to say.
 * @param statement compact JWS, at most 8 KiB
 * @param options.use the one use the caller has for the key; absent only where statements are listed, not relied on
 * @throws {TrustError} JWS_*, ROOT_UNKNOWN, SIGNATURE_INVALID, STATEMENT_*
 */
export async function verifyKeyStatement(
  statement: string,
  options: { readonly roots: readonly TrustedRoot[]; readonly use?: string },
): Promise<KeyStatement> {
  const jws = readJws(statement, KEY_STATEMENT)
  const pinned = await pinnedAs(jws.kid, options.roots)
  const said = await parsed(await verifyJws(jws, pinned.key), jws.kid)
  if (!pinned.issuers.includes(said.iss)) throw new TrustError('STATEMENT_ISSUER_MISMATCH', undefined)
  if (options.use !== undefined && said.use !== options.use) throw new TrustError('STATEMENT_USE_REFUSED', undefined)
  return said
}

/**
 * @param asked.at epoch seconds: when the thing was signed, not when it is checked, so that a file outlives its key's term
 * @throws {TrustError} STATEMENT_NOT_IN_FORCE, STATEMENT_REVOKED, STATEMENT_PRODUCT_REFUSED
 */
export function checkStatementCovers(said: KeyStatement, asked: { readonly at: number; readonly product: string }): void {
  if (said.revoked_at !== undefined && said.revoked_at <= asked.at)
    throw new TrustError('STATEMENT_REVOKED', { revokedAt: said.revoked_at })
  if (asked.at < said.nbf || asked.at >= said.exp) throw new TrustError('STATEMENT_NOT_IN_FORCE', { from: said.nbf, until: said.exp })
  if (said.products !== 'all' && !said.products.includes(asked.product)) throw new TrustError('STATEMENT_PRODUCT_REFUSED', undefined)
}

/** An authority that moved to another address is pinned twice, with one key: whichever stands first, both names are its own. */
async function pinnedAs(kid: string, roots: readonly TrustedRoot[]): Promise<{ key: PublicJwk; issuers: readonly string[] }> {
  const found: TrustedRoot[] = []
  for (const root of roots) if ((await verifyingKey(root.key)).kid === kid) found.push(root)
  const [first] = found
  if (first === undefined) throw new TrustError('ROOT_UNKNOWN', { keyId: kid })
  return { key: first.key, issuers: found.map(({ issuer }) => issuer) }
}

async function parsed(payload: Uint8Array, rootId: string): Promise<KeyStatement> {
  try {
    const json = parseStrictJson(payload, { maxBytes: KEY_STATEMENT.maxLength, maxDepth: 3 })
    return await checked(json as unknown as KeyStatement, rootId)
  } catch (error) {
    if (isTrustError(error, 'JSON_REFUSED')) throw new TrustError('STATEMENT_INVALID', { path: '' }, { cause: error })
    throw error
  }
}

async function checked(said: KeyStatement, rootId: string): Promise<KeyStatement> {
  const fault = STATEMENT(said as never) ?? (said.nbf < said.exp ? undefined : '.exp')
  if (fault !== undefined) throw new TrustError('STATEMENT_INVALID', { path: fault })
  const { kid } = await verifyingKey(said.jwk)
  // A root that stated itself would have two uses, and would have to leave its safe for every file.
  if (kid !== said.kid || kid === rootId) throw new TrustError('STATEMENT_KEY_MISMATCH', undefined)
  return said
}
