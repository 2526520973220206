import { type KeyStatement, SigningKey, type SigningUse, TrustError, verifyKeyStatement } from '@writ/trust'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { By } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import { assertWhole } from './data-keys.ts'
import { SIGNING_KEY_MILLISECONDS, sealSigningKey } from './signing-keys.ts'
import { findRoot, findSigningKey, insertSigningKey, lockRoot, type SigningKeyRow, setStatement } from './signing-store.ts'

/**
 * Makes a key of a use that signs nothing until a root, which is not here, vouches for it.
 * @throws {ApiError} REACH_TOO_NARROW
 */
export async function prepareSigningKey(authority: Authority, by: By, reach: Reach, use: SigningUse): Promise<SigningKeyRow> {
  assertWhole(reach)
  const key = await SigningKey.generate()
  const sealed = await sealSigningKey(authority.sealer, key)
  const created_at = authority.clock()
  const expires_at = created_at + SIGNING_KEY_MILLISECONDS
  return authority.mutate(by, { action: 'signing_key.prepare', subject: `signing_key:${key.kid}` }, (tx) =>
    insertSigningKey(tx, { kid: key.kid, use, public_jwk: key.publicJwk, sealed, statement: null, created_at, expires_at }),
  )
}

/**
 * Takes what the root, away from here, has said of a signing key: that it is good, or that it is revoked. A revocation is never taken
 * back, and can only move earlier.
 * @throws {ApiError} REACH_TOO_NARROW, SIGNING_KEY_UNKNOWN, KEY_STATEMENT_UNFIT for one that is not the root's, or says something else
 */
export async function acceptStatement(authority: Authority, by: By, reach: Reach, kid: string, statement: string): Promise<SigningKeyRow> {
  assertWhole(reach)
  const said = await verified(authority, statement)
  return authority.mutate(by, { action: 'signing_key.accept', subject: `signing_key:${kid}` }, async (tx, change) => {
    await lockRoot(tx)
    const row = await findSigningKey(tx, kid)
    if (row === undefined || row.expires_at === null) throw new ApiError('SIGNING_KEY_UNKNOWN')
    if (!isAbout(said, row) || (said.revoked_at ?? 0) * 1000 > authority.clock()) throw new ApiError('KEY_STATEMENT_UNFIT')
    const revoked_at = said.revoked_at === undefined ? null : said.revoked_at * 1000
    const isNews = revoked_at === null ? row.statement === null : row.revoked_at === null || revoked_at < row.revoked_at
    if (!isNews) {
      change.unchanged()
      return row
    }
    change.note(revoked_at === null ? {} : { from: new Date(revoked_at).toISOString() })
    return setStatement(tx, { kid, revoked_at, statement })
  })
}

async function verified({ db, id }: Authority, statement: string): Promise<KeyStatement> {
  const root = await findRoot(db)
  if (root === undefined) throw new Error('the authority has no root key')
  try {
    return await verifyKeyStatement(statement, { roots: [{ issuer: id, key: root.public_jwk }] })
  } catch (error) {
    throw error instanceof TrustError ? new ApiError('KEY_STATEMENT_UNFIT') : error
  }
}

/** Of this key, for its use and its term, and for all products: another term would let it sign when the authority thinks it does not, or not when it does. */
function isAbout(said: KeyStatement, { kid, use, created_at, expires_at }: SigningKeyRow): boolean {
  const term = [Math.floor(created_at / 1000), Math.floor((expires_at ?? 0) / 1000)]
  return said.kid === kid && said.use === use && said.products === 'all' && said.nbf === term[0] && said.exp === term[1]
}
