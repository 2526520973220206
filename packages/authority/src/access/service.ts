import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Credential } from '../enforcers/credentials.ts'
import { type ApiKeyRow, findApiKey } from '../enforcers/store.ts'
import { findIdentity } from '../identities/store.ts'
import { permissionsOf } from './judge.ts'
import { OWN } from './permissions.ts'

export interface Me {
  readonly key: ApiKeyRow
  readonly identity?: {
    readonly id: string
    readonly name?: string
    readonly kind: string
    readonly status: string
    readonly roles: readonly string[]
  }
  readonly features: string[]
}

/** Who asks, and what they may do here. @throws {ApiError} CREDENTIAL_INVALID for a key that was revoked this moment */
export async function me(authority: Authority, credential: Credential): Promise<Me> {
  const key = await findApiKey(authority.db, credential.id)
  if (key === undefined) throw new ApiError('CREDENTIAL_INVALID')
  const features = permissionsOf(authority, credential)
  const known = credential.identity === undefined ? undefined : await findIdentity(authority.db, credential.identity)
  if (known === undefined) return { key, features }
  const { id, name, kind, status, in: memberships } = known
  return { key, identity: { id, ...(name !== null && { name }), kind, status, roles: memberships[OWN] ?? [] }, features }
}
