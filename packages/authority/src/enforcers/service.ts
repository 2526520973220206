import { randomBytes } from 'node:crypto'
import type { Instant } from '@writ/engine'
import { hashKeyText, makeKeyText } from '@writ/license'
import { assertMayChangeWhoRuns, permissionsOf } from '../access/judge.ts'
import { OWN, OWNER } from '../access/permissions.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { By } from '../changes/mutate.ts'
import { factOf, readIdentity } from '../identities/service.ts'
import { insertIdentity, replaceMemberships } from '../identities/store.ts'
import { API_KEY, type Credential } from './credentials.ts'
import { ADMIN_SCOPES, isWithin, type Reach } from './scope.ts'
import { hashSetupCode, makeSetupCode } from './setup-code.ts'
import {
  type ApiKeyFilter,
  type ApiKeyRow,
  type ApiKeySort,
  adminExists,
  findApiKey,
  hasSetupCode,
  insertApiKey,
  listApiKeys,
  replaceSetupCode,
  revokeApiKey,
  rotateApiKey,
  takeSetupCode,
} from './store.ts'

export interface ApiKeyRequest extends Reach {
  readonly name: string
  /** From then on it opens nothing; absent: never. */
  readonly expires_at?: Instant
}
/** `key` is the secret: here once, and nowhere else. */
export type CreatedApiKey = Omit<ApiKeyRow, 'hash' | 'old_hash'> & { readonly key: string }

const SETUP_MILLISECONDS = 15 * 60_000

/**
 * Makes a key that reaches no further than its maker. One that acts for an identity grows with the roles of that identity: for any other
 * than their own that is for owners to make.
 * @throws {ApiError} API_KEY_TOO_WIDE when the new key would reach further than its maker; IDENTITY_UNKNOWN, OWNER_REQUIRED; REQUEST_INVALID
 *   for an expiry that has passed
 */
export async function createApiKey(authority: Authority, by: By, maker: Credential, request: ApiKeyRequest): Promise<CreatedApiKey> {
  // What a machine makes is a machine's: else it would make itself a key that stands for somebody.
  const unattended = maker.unattended === true || request.unattended === true
  const asked = { ...request, reasons: request.reasons ?? maker.reasons ?? true, ...(unattended && { unattended }) }
  const { identity, expires_at } = asked
  if (expires_at !== undefined && expires_at <= authority.clock()) throw unfit('/expires_at', 'must lie in the future')
  assertMayHold(authority, maker, asked)
  if (identity !== undefined) await readIdentity(authority, maker, identity)
  const { row, key } = await newKey(authority, by, { ...asked, made_by: maker.id })
  return authority.mutate(by, { action: 'api_key.create', subject: `api_key:${row.id}` }, async (tx, change) => {
    const made = await insertApiKey(tx, row)
    change.touch(API_KEY, row.id)
    const { name, scopes, products, organizations, reasons } = row
    change.note({ name, scopes, products, organizations, reasons, ...(identity && { identity }), ...(expires_at && { expires_at }) })
    return { ...withoutHashes(made), key }
  })
}

/** Whoever is shown the secret of a key can do what it can. @throws {ApiError} API_KEY_TOO_WIDE, OWNER_REQUIRED */
function assertMayHold(authority: Authority, maker: Credential, key: Reach): void {
  if (!isWithin(key, maker)) throw new ApiError('API_KEY_TOO_WIDE')
  if (key.identity !== undefined) {
    if (key.identity !== maker.identity) assertMayChangeWhoRuns(authority, maker)
    return
  }
  const allowed = new Set(permissionsOf(authority, maker))
  if (!permissionsOf(authority, key).every((permission) => allowed.has(permission))) throw new ApiError('API_KEY_TOO_WIDE')
}

/**
 * Gives a key a new secret. The one before opens as well for a time, in which whoever uses it is brought to the new one; a secret that was
 * still on its way out before this ends at once.
 * @throws {ApiError} API_KEY_UNKNOWN, API_KEY_REVOKED, API_KEY_TOO_WIDE, OWNER_REQUIRED
 */
export async function rotateKey(
  authority: Authority,
  by: By,
  maker: Credential,
  id: string,
  overlapSeconds: number,
): Promise<CreatedApiKey> {
  const known = await readApiKey(authority, maker, id)
  assertMayHold(authority, maker, reachOf(known))
  const key = makeKeyText('api').exposeText()
  const secret = await hashKeyText(key)
  return authority.mutate(by, { action: 'api_key.rotate', subject: `api_key:${id}` }, async (tx, change) => {
    const now = authority.clock()
    const until = now + overlapSeconds * 1000
    const row = await rotateApiKey(tx, id, { hash: secret, until, now })
    if (row === undefined) throw new ApiError('API_KEY_REVOKED')
    change.touch(API_KEY, id)
    change.note({ old_until: until })
    return { ...withoutHashes(row), key }
  })
}

/** Revoking is never held back, not even of the last administrator: an operator on the host makes the next one. */
export async function revoke(authority: Authority, by: By, maker: Reach, id: string): Promise<void> {
  const known = await readApiKey(authority, maker, id)
  if (known.revoked_at !== null) return
  await authority.mutate(by, { action: 'api_key.revoke', subject: `api_key:${id}` }, async (tx, change) => {
    await revokeApiKey(tx, id, authority.clock())
    change.touch(API_KEY, id)
  })
}

/** @throws {ApiError} API_KEY_UNKNOWN, also for a key that reaches further than the one who asks */
export async function readApiKey({ db }: Authority, maker: Reach, id: string): Promise<ApiKeyRow> {
  const known = await findApiKey(db, id)
  if (known === undefined || !isWithin(reachOf(known), maker)) throw new ApiError('API_KEY_UNKNOWN')
  return known
}

/** The keys that reach no further than the one who asks, revoked ones included. */
export async function listKeys(
  authority: Authority,
  maker: Reach,
  filter: ApiKeyFilter,
  listing: Listing<ApiKeySort>,
): Promise<Slice<ApiKeyRow>> {
  return listApiKeys(authority.db, filter, listing, (row) => isWithin(reachOf(row), maker))
}

/** A code for the first person, valid for 15 minutes and for one use. @returns `undefined` once there is an administrator */
export async function offerSetup(authority: Authority): Promise<string | undefined> {
  const code = makeSetupCode()
  const by: By = { actor: 'operator', requestId: 'start' }
  return authority
    .mutate(by, { action: 'setup.offer', subject: `authority:${authority.id}` }, async (tx) => {
      if (await adminExists(tx, authority.clock())) throw new SetupDone()
      await replaceSetupCode(tx, hashSetupCode(code), authority.clock() + SETUP_MILLISECONDS)
      return code
    })
    .catch(noneIfDone)
}

/** Exchanges the setup code for an owner's key. @throws {ApiError} SETUP_CODE_INVALID */
export async function setUp(authority: Authority, by: By, code: string): Promise<CreatedApiKey> {
  // Anybody may guess: a wrong code costs one look, and neither a transaction nor the lock that a right one takes.
  if (!(await hasSetupCode(authority.db, hashSetupCode(code)))) throw new ApiError('SETUP_CODE_INVALID')
  return makeOwner(authority, by, 'Made at setup', 'authority.setup', async (tx) => {
    if (await adminExists(tx, authority.clock())) throw new SetupDone()
    if (!(await takeSetupCode(tx, hashSetupCode(code), authority.clock()))) throw new ApiError('SETUP_CODE_INVALID')
  }).catch((error: unknown) => {
    throw error instanceof SetupDone ? new ApiError('SETUP_CODE_INVALID') : error
  })
}

/**
 * An owner's key for whoever can write to the host's disk.
 * @param keep stores the key; when it throws nothing was made
 * @returns `undefined` once there is an administrator
 */
export async function bootstrap(authority: Authority, keep: (key: string) => void): Promise<CreatedApiKey | undefined> {
  return makeOwner(authority, ON_HOST, 'Bootstrap', 'authority.bootstrap', async (tx, key) => {
    if (await adminExists(tx, authority.clock())) throw new SetupDone()
    keep(key)
  }).catch(noneIfDone)
}

/** One more owner, whatever others there are: for whoever can open the store, so that nobody is ever locked out for good. */
export async function recover(authority: Authority, keep: (key: string) => void): Promise<CreatedApiKey> {
  return makeOwner(authority, ON_HOST, 'Recovery', 'authority.recover', async (_, key) => keep(key))
}

const ON_HOST: By = { actor: 'operator', requestId: 'start' }

class SetupDone extends Error {}

function noneIfDone(error: unknown): undefined {
  if (!(error instanceof SetupDone)) throw error
}

type FirstStep = (tx: Parameters<typeof insertApiKey>[0], key: string) => Promise<void>

/** An identity that runs this authority, with a key that acts for it. @param action what the audit calls it */
async function makeOwner(authority: Authority, by: By, name: string, action: string, first: FirstStep): Promise<CreatedApiKey> {
  const id = makeId('idn')
  const { row, key } = await newKey(authority, by, { name, scopes: ADMIN_SCOPES, identity: id })
  return authority.mutate(by, { action, subject: `identity:${id}` }, async (tx, change) => {
    await first(tx, key)
    const values = { id, kind: 'human', status: 'active', name: `Owner (${name})`, factors: null, attributes: {} } as const
    const identity = await insertIdentity(tx, values, authority.clock())
    if (identity === undefined) throw new Error('a random id is taken')
    const memberships = { [OWN]: [OWNER] }
    await replaceMemberships(tx, id, memberships)
    change.state(factOf({ ...identity, in: memberships, links: [] }))
    const made = await insertApiKey(tx, row)
    change.touch(API_KEY, row.id)
    change.note({ name, api_key: row.id, scopes: row.scopes })
    return { ...withoutHashes(made), key }
  })
}

async function newKey(authority: Authority, by: By, request: ApiKeyRequest & { readonly made_by?: string }) {
  const key = makeKeyText('api').exposeText()
  const id = `key_${randomBytes(8).toString('hex')}`
  return { key, row: { ...request, id, hash: await hashKeyText(key), created_at: authority.clock(), created_by: by.actor } }
}

function withoutHashes({ hash: _, old_hash: __, ...row }: ApiKeyRow): Omit<ApiKeyRow, 'hash' | 'old_hash'> {
  return row
}

export function reachOf({ scopes, products, organizations, reasons, identity }: ApiKeyRow): Reach {
  return {
    scopes,
    reasons,
    ...(products !== null && { products }),
    ...(organizations !== null && { organizations }),
    ...(identity !== null && { identity }),
  }
}
