import {
  checkStatementCovers,
  epochSeconds,
  integer,
  type JwsProfile,
  type KeyStatement,
  parseStrictJson,
  readJws,
  record,
  type Signer,
  signJws,
  TrustError,
  type TrustErrorCode,
  type TrustedRoot,
  text,
  verifyJws,
  verifyKeyStatement,
} from '@writ/trust'

export const FRESHNESS_USE = 'freshness'
const MAX_STAMP_LENGTH = 16_384
const STAMP_JWS: JwsProfile = { typ: 'writ-freshness+jwt', extra: ['key_statement'], maxLength: MAX_STAMP_LENGTH }
const CLAIMS = record({
  iss: text(512),
  iat: epochSeconds,
  revision: integer(0, Number.MAX_SAFE_INTEGER),
  incarnation: text(64, /^[0-9a-f-]+$/),
})

/** That at `iat` there was nothing newer than `revision`, says the authority. */
export interface FreshnessStamp {
  /** The authority. */
  readonly iss: string
  /** Epoch seconds, by the authority's clock. */
  readonly iat: number
  readonly revision: number
  /** Of which life of its store; a revision says nothing in another. */
  readonly incarnation: string
}

type Why = TrustErrorCode | 'CONTENT_INVALID' | 'ISSUER_MISMATCH' | 'FROM_THE_FUTURE'

/** The only error that issuing and verifying stamps throws. */
export class FreshnessError extends Error {
  override readonly name = 'FreshnessError'
  readonly code = 'STAMP_REFUSED'
  readonly details: { readonly why: Why }
  constructor(why: Why, options?: ErrorOptions) {
    super('The freshness stamp does not hold.', options)
    this.details = { why }
  }
}

/**
 * Signs a stamp.
 * @param signer.key of the use `freshness`
 * @returns compact JWS, at most 16 KiB
 * @throws {FreshnessError}
 */
export async function issueFreshnessStamp(
  stamp: FreshnessStamp,
  signer: { readonly key: Signer; readonly statement: string },
): Promise<string> {
  return said(async () => {
    if (CLAIMS(stamp as never) !== undefined) throw new FreshnessError('CONTENT_INVALID')
    return signJws(stamp, signer.key, STAMP_JWS, { key_statement: signer.statement })
  })
}

export interface VerifyStampOptions {
  readonly roots: readonly TrustedRoot[]
  /** What a fresher key set says: a stamp whose key is revoked there proves nothing, whenever it says it was signed. */
  readonly keySet?: ReadonlyMap<string, KeyStatement>
  /** Epoch seconds; given: a stamp that is more than 60 seconds ahead of it is refused. */
  readonly now?: number
}

/** Verifies a stamp: header, key under a pinned root, signature, content, in that order. @throws {FreshnessError} */
export async function verifyFreshnessStamp(stamp: string, { roots, keySet, now }: VerifyStampOptions): Promise<FreshnessStamp> {
  return said(async () => {
    const jws = readJws(stamp.trim(), STAMP_JWS)
    const statement = await verifyKeyStatement(jws.extra.key_statement ?? '', { roots, use: FRESHNESS_USE })
    if (statement.kid !== jws.kid) throw new FreshnessError('STATEMENT_KEY_MISMATCH')
    const json = parseStrictJson(await verifyJws(jws, statement.jwk), { maxBytes: MAX_STAMP_LENGTH, maxDepth: 1 })
    if (CLAIMS(json) !== undefined) throw new FreshnessError('CONTENT_INVALID')
    const said = json as unknown as FreshnessStamp
    if (said.iss !== statement.iss) throw new FreshnessError('ISSUER_MISMATCH')
    // Of all products: a stamp says nothing of any.
    if (statement.products !== 'all') throw new FreshnessError('STATEMENT_PRODUCT_REFUSED')
    checkStatementCovers(statement, { at: said.iat, product: '' })
    const fresher = keySet?.get(statement.kid)
    if (statement.revoked_at !== undefined || (fresher?.iss === statement.iss && fresher.revoked_at !== undefined))
      throw new FreshnessError('STATEMENT_REVOKED')
    if (now !== undefined && said.iat > now + 60) throw new FreshnessError('FROM_THE_FUTURE')
    return said
  })
}

async function said<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw error instanceof TrustError ? new FreshnessError(error.code, { cause: error }) : error
  }
}
