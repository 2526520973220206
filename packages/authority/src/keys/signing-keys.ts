import type { Instant } from '@writ/engine'
import { issueKeyStatement, type KeySetDocument, SigningKey, type SigningUse, type TrustedRoot } from '@writ/trust'
import type { Kysely, Transaction } from 'kysely'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Clock } from '../app/clock.ts'
import type { Database } from '../app/database.ts'
import type { By } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import { assertWhole } from './data-keys.ts'
import { signingKeyPurpose } from './sealed-places.ts'
import type { Sealer } from './sealer.ts'
import {
  findKeyInForce,
  findRoot,
  findSigningKey,
  insertSigningKey,
  listStatements,
  lockRoot,
  type SigningKeyRow,
  setStatement,
} from './signing-store.ts'
import { inTurn } from './store.ts'

export const DAY_MILLISECONDS = 86_400_000
/** A thief of a key can date back what it signs, so its term is short. A file holds beyond it, since it is judged at its issue. */
export const SIGNING_KEY_MILLISECONDS = 180 * DAY_MILLISECONDS
/** The next key is made this long before, so that no clock that is a little off falls between the two. */
export const ROTATE_BEFORE_MILLISECONDS = 30 * DAY_MILLISECONDS
/** A reader of the key set takes no more. */
const MOST_STATEMENTS = 256

/** What signing needs of an authority; at first start there is no more of it. */
interface Signing {
  /** The issuer: its id, which stays when its address changes, so that files and pinned roots do too. */
  readonly id: string
  readonly sealer: Sealer
  readonly clock: Clock
}

/** What signs for one use now. */
export interface UseSigner {
  readonly key: SigningKey
  readonly statement: string
  readonly roots: readonly TrustedRoot[]
}

/**
 * Makes the root and the first license key of a new authority; of one that has them, nothing.
 * @returns the root's key id, and whether this call made it
 */
export async function openSigningKeys(db: Kysely<Database>, signing: Signing): Promise<{ rootId: string; isNew: boolean }> {
  return inTurn(db, async (tx) => {
    const known = await findRoot(tx)
    if (known !== undefined) return { rootId: known.kid, isNew: false }
    const root = await SigningKey.generate()
    await insertSigningKey(tx, {
      kid: root.kid,
      use: 'root',
      public_jwk: root.publicJwk,
      sealed: await sealSigningKey(signing.sealer, root),
      statement: null,
      created_at: signing.clock(),
      expires_at: null,
    })
    await makeSigningKey(tx, signing, root, 'license')
    return { rootId: root.kid, isNew: true }
  })
}

/**
 * The key for what is signed now, for one use. Made here when there is none yet, or the last one is about to end or was revoked: time is
 * an input, so no job does it.
 * @throws {ApiError} ROOT_TAKEN_OUT when there is none, and the root is not here to vouch for the next
 */
export async function signerFor(tx: Transaction<Database>, signing: Signing, use: SigningUse): Promise<UseSigner> {
  const now = signing.clock()
  const current = await findKeyInForce(tx, use, now, now + ROTATE_BEFORE_MILLISECONDS)
  const root = current === undefined ? await lockRoot(tx) : await findRoot(tx)
  if (root === undefined) throw new Error('the authority has no root key')
  const row =
    current ??
    // Another may have made it while this one waited for the root.
    (await findKeyInForce(tx, use, now, now + ROTATE_BEFORE_MILLISECONDS)) ??
    // Without a root to vouch for the next, the last one signs to its end.
    (root.sealed === null ? await findKeyInForce(tx, use, now, now) : undefined) ??
    (await makeSigningKey(tx, signing, await unsealSigningKey(tx, signing.sealer, root), use))
  return {
    key: await unsealSigningKey(tx, signing.sealer, row),
    statement: row.statement as string,
    roots: [{ issuer: signing.id, key: root.public_jwk }],
  }
}

/** The document at `/.well-known/writ-keys`. */
export async function keySet({ db, id, clock }: Authority): Promise<KeySetDocument> {
  const root = await findRoot(db)
  if (root === undefined) throw new Error('the authority has no root key')
  return { issuer: id, root: root.public_jwk, statements: await listStatements(db, clock(), MOST_STATEMENTS) }
}

/** Makes the next key of a use at once; the one before stays good for what it signed. @throws {ApiError} REACH_TOO_NARROW, ROOT_TAKEN_OUT */
export async function rotateSigningKey(authority: Authority, by: By, reach: Reach, use: SigningUse): Promise<SigningKeyRow> {
  assertWhole(reach)
  return authority.mutate(by, { action: 'signing_key.rotate', subject: `authority:${authority.id}` }, async (tx, change) => {
    const root = await unsealSigningKey(tx, authority.sealer, await lockRoot(tx))
    const row = await makeSigningKey(tx, authority, root, use)
    change.note({ kid: row.kid, use })
    return row
  })
}

/**
 * Says under the root that a key is not to be believed from an instant on: what it signed from then is refused by whoever has
 * the new key set. Never taken back; a second call can only move it earlier.
 * @param at when the key may have left our hands; not after now
 * @throws {ApiError} SIGNING_KEY_UNKNOWN (also: the root, which nobody can revoke), LICENSE_DATES_INVALID, REACH_TOO_NARROW, ROOT_TAKEN_OUT
 */
export async function revokeSigningKey(
  authority: Authority,
  by: By,
  reach: Reach,
  kid: string,
  at: Instant | undefined,
): Promise<SigningKeyRow> {
  assertWhole(reach)
  const now = authority.clock()
  const from = at ?? now
  if (from > now || from < 0) throw new ApiError('LICENSE_DATES_INVALID')
  return authority.mutate(by, { action: 'signing_key.revoke', subject: `signing_key:${kid}` }, async (tx, change) => {
    const root = await lockRoot(tx)
    const known = await findSigningKey(tx, kid)
    if (known === undefined || known.use === 'root' || known.expires_at === null) throw new ApiError('SIGNING_KEY_UNKNOWN')
    if (known.revoked_at !== null && known.revoked_at <= from) {
      change.unchanged()
      return known
    }
    const statement = await stated(authority, await unsealSigningKey(tx, authority.sealer, root), {
      use: known.use,
      jwk: known.public_jwk,
      from: known.created_at,
      until: known.expires_at,
      revokedAt: from,
    })
    change.note({ from: new Date(from).toISOString() })
    return setStatement(tx, { kid, revoked_at: from, statement })
  })
}

async function makeSigningKey(tx: Transaction<Database>, signing: Signing, root: SigningKey, use: SigningUse): Promise<SigningKeyRow> {
  const key = await SigningKey.generate()
  const created_at = signing.clock()
  const expires_at = created_at + SIGNING_KEY_MILLISECONDS
  return insertSigningKey(tx, {
    kid: key.kid,
    use,
    public_jwk: key.publicJwk,
    sealed: await sealSigningKey(signing.sealer, key),
    statement: await stated(signing, root, { use, jwk: key.publicJwk, from: created_at, until: expires_at }),
    created_at,
    expires_at,
  })
}

async function stated(
  { id, clock }: Signing,
  root: SigningKey,
  said: { use: SigningUse; jwk: SigningKey['publicJwk']; from: Instant; until: Instant; revokedAt?: Instant },
): Promise<string> {
  // Whole seconds, rounded down as the `iat` of a file is: a key signs in the second in which it was made.
  return issueKeyStatement(root, {
    iss: id,
    iat: Math.floor(clock() / 1000),
    jwk: said.jwk,
    use: said.use,
    products: 'all',
    nbf: Math.floor(said.from / 1000),
    exp: Math.floor(said.until / 1000),
    ...(said.revokedAt !== undefined && { revoked_at: Math.floor(said.revokedAt / 1000) }),
  })
}

export async function sealSigningKey(sealer: Sealer, key: SigningKey): Promise<string> {
  return sealer.seal(await key.exposePrivateJwk(), signingKeyPurpose(key.kid))
}

/**
 * Opened for one signature at a time, so that no key stays in memory for a request that signs nothing.
 * @throws {ApiError} ROOT_TAKEN_OUT
 */
export async function unsealSigningKey(
  db: Kysely<Database>,
  sealer: Sealer,
  { kid, sealed: text }: Pick<SigningKeyRow, 'kid' | 'sealed'>,
): Promise<SigningKey> {
  if (text === null) throw new ApiError('ROOT_TAKEN_OUT')
  return SigningKey.fromPrivateJwk(await sealer.unseal(db, text, signingKeyPurpose(kid)))
}
