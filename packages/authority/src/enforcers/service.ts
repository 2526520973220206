import { randomBytes } from 'node:crypto'
import { hashKeyText, makeKeyText } from '@writ/license'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { By } from '../changes/mutate.ts'
import { API_KEY } from './credentials.ts'
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
  takeSetupCode,
} from './store.ts'

export interface ApiKeyRequest extends Reach {
  readonly name: string
}
/** `key` is the secret: here once, and nowhere else. */
export type CreatedApiKey = Omit<ApiKeyRow, 'hash'> & { readonly key: string }

const SETUP_MILLISECONDS = 15 * 60_000

/** @throws {ApiError} API_KEY_TOO_WIDE when the new key would reach further than its maker */
export async function createApiKey(authority: Authority, by: By, maker: Reach, request: ApiKeyRequest): Promise<CreatedApiKey> {
  const asked = { ...request, reasons: request.reasons ?? maker.reasons ?? true }
  if (!isWithin(asked, maker)) throw new ApiError('API_KEY_TOO_WIDE')
  const { row, key } = await newKey(authority, by, asked)
  return authority.mutate(by, { action: 'api_key.create', subject: `api_key:${row.id}` }, async (tx, change) => {
    const { hash: _, ...made } = await insertApiKey(tx, row)
    change.touch(API_KEY, row.id)
    change.note({ name: row.name, scopes: row.scopes, products: row.products, organizations: row.organizations, reasons: row.reasons })
    return { ...made, key }
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
      if (await adminExists(tx)) throw new SetupDone()
      await replaceSetupCode(tx, hashSetupCode(code), authority.clock() + SETUP_MILLISECONDS)
      return code
    })
    .catch(noneIfDone)
}

/** Exchanges the setup code for an administrator's key. @throws {ApiError} SETUP_CODE_INVALID */
export async function setUp(authority: Authority, by: By, code: string): Promise<CreatedApiKey> {
  // Anybody may guess: a wrong code costs one look, and neither a transaction nor the lock that a right one takes.
  if (!(await hasSetupCode(authority.db, hashSetupCode(code)))) throw new ApiError('SETUP_CODE_INVALID')
  return makeAdmin(authority, by, 'Made at setup', async (tx) => {
    if (!(await takeSetupCode(tx, hashSetupCode(code), authority.clock()))) throw new ApiError('SETUP_CODE_INVALID')
  }).catch((error: unknown) => {
    throw error instanceof SetupDone ? new ApiError('SETUP_CODE_INVALID') : error
  })
}

/**
 * An administrator's key for whoever can write to the host's disk.
 * @param keep stores the key; when it throws nothing was made
 * @returns `undefined` once there is an administrator
 */
export async function bootstrap(authority: Authority, keep: (key: string) => void): Promise<CreatedApiKey | undefined> {
  return makeAdmin(authority, { actor: 'operator', requestId: 'start' }, 'Bootstrap', async (_, key) => keep(key)).catch(noneIfDone)
}

class SetupDone extends Error {}

function noneIfDone(error: unknown): undefined {
  if (!(error instanceof SetupDone)) throw error
}

type FirstStep = (tx: Parameters<typeof insertApiKey>[0], key: string) => Promise<void>

async function makeAdmin(authority: Authority, by: By, name: string, first: FirstStep): Promise<CreatedApiKey> {
  const { row, key } = await newKey(authority, by, { name, scopes: ADMIN_SCOPES })
  return authority.mutate(by, { action: 'api_key.create_admin', subject: `api_key:${row.id}` }, async (tx, change) => {
    if (await adminExists(tx)) throw new SetupDone()
    await first(tx, key)
    const { hash: _, ...made } = await insertApiKey(tx, row)
    change.touch(API_KEY, row.id)
    change.note({ name, scopes: row.scopes })
    return { ...made, key }
  })
}

async function newKey(authority: Authority, by: By, request: ApiKeyRequest) {
  const key = makeKeyText('api').exposeText()
  const id = `key_${randomBytes(8).toString('hex')}`
  return { key, row: { ...request, id, hash: await hashKeyText(key), created_at: authority.clock(), created_by: by.actor } }
}

function reachOf({ scopes, products, organizations, reasons }: ApiKeyRow): Reach {
  return { scopes, reasons, ...(products !== null && { products }), ...(organizations !== null && { organizations }) }
}
