import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { By } from '../../changes/mutate.ts'
import type { Reach } from '../../enforcers/scope.ts'
import { foretelling } from '../../guard/foretelling.ts'
import { ApiError } from '../api-error.ts'
import { credentialOf } from './authentication.ts'

/** The query of every mutation that can take access away. */
export const DryRunQuery = Type.Object(
  { dry_run: Type.Optional(Type.Boolean({ description: 'Answer as if it were done, and do nothing.' })) },
  { additionalProperties: false },
)

const KEY = /^[\x21-\x7e][\x20-\x7e]{0,254}$/

/**
 * On whose behalf a route changes something.
 * @throws {ApiError} IDEMPOTENCY_KEY_INVALID; REQUEST_INVALID for a `dry_run` where there is none: overlooked, it would be done
 */
export function byOf(request: FastifyRequest): By {
  const { licenseKey } = request
  const { id: credential, identity }: { id: string; identity?: string } = licenseKey ?? credentialOf(request)
  const key = request.headers['idempotency-key']
  const { dry_run: dryRun = false } = request.query as { dry_run?: unknown }
  if (typeof dryRun !== 'boolean') {
    throw new ApiError('REQUEST_INVALID', { errors: [{ in: 'query', pointer: '/dry_run', detail: 'is not expected here' }] })
  }
  const confirmation = request.headers['writ-confirmation']
  const by: By = {
    actor: licenseKey === undefined ? `key:${credential}` : `license_key:${credential}`,
    requestId: request.id,
    dryRun,
    reach: request.credential ?? NOTHING,
    asked: askedIn(request),
    ...(request.replay && { confirmed: request.replay.confirmed }),
    ...(typeof confirmation === 'string' && { confirmation }),
    ...(dryRun && foretelling(request)),
    ...(identity !== undefined && { identity }),
  }
  if (key === undefined) return by
  if (typeof key !== 'string' || !KEY.test(key)) throw new ApiError('IDEMPOTENCY_KEY_INVALID')
  return { ...by, retry: { credential, key, fingerprint: fingerprintOf(request) } }
}

function askedIn(request: FastifyRequest): NonNullable<By['asked']> {
  const { method, url, headers, body } = request
  return { fingerprint: fingerprintOf(request), method, url, ifMatch: headers['if-match'], body }
}

/** Of all that makes a request this one and no other. */
function fingerprintOf({ method, url, headers, body }: FastifyRequest): string {
  return hash('sha256', JSON.stringify([method, url, headers['if-match'] ?? null, body ?? null]))
}

/** A license key is not told what its deed means to others. */
const NOTHING: Reach = { scopes: [], products: [], organizations: [] }

/** Strong: two answers with the same version are the same bytes. RFC 9110 section 8.8.3. */
export function etag(version: number): string {
  return `"${version}"`
}

/**
 * The versions that `If-Match` allows; `undefined`: any. A weak or foreign tag matches no version.
 * @see RFC 9110 section 13.1.1
 */
export function ifMatch(request: FastifyRequest): readonly number[] | undefined {
  const header = request.headers['if-match']
  if (header === undefined || header.trim() === '*') return undefined
  return header
    .split(',')
    .map((tag) => /^"(\d{1,15})"$/.exec(tag.trim())?.[1])
    .filter((version) => version !== undefined)
    .map(Number)
}
