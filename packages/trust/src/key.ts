import { type CryptoKey, calculateJwkThumbprint } from 'jose'
import { decodeBase64url } from './base64url.ts'
import { TrustError } from './error.ts'
import { isObject } from './shape.ts'
import type { Json } from './strict-json.ts'

/** An Ed25519 public key, RFC 8037 section 2: exactly these members. */
export interface PublicJwk {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  /** 32 bytes, base64url. */
  readonly x: string
}
export interface PrivateJwk extends PublicJwk {
  /** 32 bytes, base64url. Secret. */
  readonly d: string
}

export interface VerifyingKey {
  /** RFC 7638 thumbprint, SHA-256, base64url. */
  readonly kid: string
  readonly key: CryptoKey
}

/** What signs: a key in memory, or one behind a KMS. */
export interface Signer {
  readonly kid: string
  readonly publicJwk: PublicJwk
  /** Ed25519 over the bytes: 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
}

/** @throws {TrustError} KEY_MALFORMED, also for a JWK that carries anything but the public members */
export function publicJwk(value: unknown): PublicJwk {
  const { x } = checked(value, ['kty', 'crv', 'x'])
  return { kty: 'OKP', crv: 'Ed25519', x }
}

/** Shape only; whether both halves belong together is proven when the key is imported. */
export function privateJwk(value: unknown): PrivateJwk {
  const { x, d } = checked(value, ['kty', 'crv', 'x', 'd'])
  return { kty: 'OKP', crv: 'Ed25519', x, d: d as string }
}

function checked(value: unknown, members: readonly string[]): { x: string; d?: string } {
  if (!isObject(value as Json)) throw new TrustError('KEY_MALFORMED', undefined)
  const jwk = value as Record<string, unknown>
  const exact = Object.keys(jwk).length === members.length && members.every((member) => Object.hasOwn(jwk, member))
  if (!exact || jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519') throw new TrustError('KEY_MALFORMED', undefined)
  for (const half of [jwk.x, members.includes('d') ? jwk.d : jwk.x]) {
    const bytes = typeof half === 'string' && half.length === 43 ? decodeBase64url(half) : 0
    if (typeof bytes === 'number') throw new TrustError('KEY_MALFORMED', undefined)
  }
  return jwk as { x: string; d?: string }
}

/** RFC 7638 thumbprint, SHA-256, base64url: the `kid` of every key in Writ. */
export function keyId(jwk: PublicJwk): Promise<string> {
  return calculateJwkThumbprint({ kty: jwk.kty, crv: jwk.crv, x: jwk.x }, 'sha256')
}

/** Importing costs about as much as verifying. The cached value is a function of `x` alone, so a hit changes no answer. */
const imported = new Map<string, VerifyingKey>()
const MAX_IMPORTED = 256

/** @throws {TrustError} KEY_MALFORMED, ED25519_UNSUPPORTED */
export async function verifyingKey(jwk: PublicJwk): Promise<VerifyingKey> {
  const hit = imported.get(jwk.x)
  if (hit !== undefined) return hit
  const clean = publicJwk({ kty: jwk.kty, crv: jwk.crv, x: jwk.x })
  const found = { kid: await keyId(clean), key: await importKey({ ...clean }, 'verify', false) }
  // The oldest leaves: one stranger's file costs a re-import, never memory.
  const oldest = imported.size >= MAX_IMPORTED ? imported.keys().next().value : undefined
  if (oldest !== undefined) imported.delete(oldest)
  imported.set(clean.x, found)
  return found
}

export async function importKey(jwk: PublicJwk | PrivateJwk, usage: 'sign' | 'verify', extractable: boolean): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('jwk', { ...jwk }, 'Ed25519', extractable, [usage])
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'NotSupportedError') throw new TrustError('ED25519_UNSUPPORTED', undefined, { cause })
    throw new TrustError('KEY_MALFORMED', undefined) // the cause may speak of key material
  }
}
