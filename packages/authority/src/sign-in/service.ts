import { hash, randomBytes } from 'node:crypto'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { makeId } from '../app/ids.ts'
import type { By } from '../changes/mutate.ts'
import { findApiKey } from '../enforcers/store.ts'
import { SIGN_IN, type SignIn } from './sign-ins.ts'
import { deleteSignIn, insertSignIn } from './store.ts'

/** A working day, and then some. */
export const LIFE_SECONDS = 12 * 3_600

/**
 * Exchanges an API key for a sign-in that lives no longer than this secret of the key, and twelve hours at most.
 * @returns `token`, the cookie's value: here once, and nowhere else
 * @throws {ApiError} CREDENTIAL_INVALID
 */
export async function signIn(authority: Authority, requestId: string, key: string): Promise<{ token: string; signIn: SignIn }> {
  const credential = authority.credentials.authenticate(key)
  if (credential === undefined) throw new ApiError('CREDENTIAL_INVALID')
  const token = randomBytes(32).toString('base64url')
  const now = authority.clock()
  const row = {
    id: makeId('sig'),
    api_key: credential.id,
    key_hash: hash('sha256', key),
    created_at: now,
    expires_at: now + LIFE_SECONDS * 1000,
  }
  const by: By = { actor: `key:${credential.id}`, requestId }
  await authority.mutate(by, { action: 'sign_in.begin', subject: `api_key:${credential.id}` }, async (tx, change) => {
    await insertSignIn(tx, { ...row, hash: hash('sha256', token) })
    change.touch(SIGN_IN, row.id)
    change.note({ sign_in: row.id })
  })
  return { token, signIn: row }
}

/** Ends it everywhere at once. Ending what has ended is fine. */
export async function signOut(authority: Authority, requestId: string, { id, api_key }: SignIn): Promise<void> {
  const by: By = { actor: `key:${api_key}`, requestId }
  await authority.mutate(by, { action: 'sign_in.end', subject: `api_key:${api_key}` }, async (tx, change) => {
    if (!(await deleteSignIn(tx, id))) return change.unchanged()
    change.touch(SIGN_IN, id)
    change.note({ sign_in: id })
  })
}

/** The key behind a sign-in. @returns `undefined` when its secret opens nothing any more */
export async function keyOf({ credentials, db }: Authority, { api_key, key_hash }: SignIn) {
  return credentials.byHash(key_hash) === undefined ? undefined : findApiKey(db, api_key)
}
