import type { Decision } from '@writ/engine'
import { checkKeyText, hashKeyText } from '@writ/license'
import type { FastifyRequest } from 'fastify'
import { refusalOf } from '../../access/judge.ts'
import { listOwners } from '../../access/owner-store.ts'
import { needsOf, OWN, PERMISSIONS, rolesPermitting } from '../../access/permissions.ts'
import type { Credential } from '../../enforcers/credentials.ts'
import { holds, type Scope } from '../../enforcers/scope.ts'
import type { Replay } from '../../guard/replay.ts'
import { findLiveKey, type LicenseKeyRow } from '../../licenses/license-key-store.ts'
import { readCookie } from '../../sign-in/cookie.ts'
import { fromOwnPage } from '../../sign-in/own-page.ts'
import { ApiError, STATUS } from '../api-error.ts'
import type { Authority } from '../authority.ts'
import { Refused } from '../refused.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Server } from './server.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that a credential needs here; of several, any. */
    permission?: Scope | readonly Scope[]
    /** The feature that the identity of a credential needs here, where it is not the capability and what the method does. */
    feature?: string
    /** Open to every valid credential. */
    anyCredential?: true
    /** Open to everybody, on purpose. */
    public?: true
    /** A license key opens it too, for its own licence. */
    licenseKey?: true
  }
  interface FastifyRequest {
    /** Absent on public routes. */
    credential: Credential | undefined
    /** Of a parked change that is done now. */
    replay: Replay | undefined
    /** Of a request that carries a license key. */
    licenseKey: LicenseKeyRow | undefined
  }
}

const BEARER = /^Bearer [A-Za-z0-9._~+/-]+=*$/i
const LICENSE_KEY = /^Bearer writ_lic_/i
const MOST_OWNERS = 10

/** Every route says who may use it: one that forgot stops the start. RFC 6750. */
export function authentication(server: Server, authority: Authority, limits: RateLimits): void {
  server.addHook('onRoute', ({ method, url, config = {} }) => {
    const { permission, anyCredential } = config
    if (permission === undefined && anyCredential !== true && config.public !== true) {
      throw new Error(`${String(method)} ${url} names no permission in its config, and is not marked public`)
    }
    const unknown = needsOf(config, String(method)).find(({ permission }) => !PERMISSIONS.includes(permission))
    if (unknown !== undefined) {
      throw new Error(`${String(method)} ${url} needs ${unknown.permission}, which access/writ.terms.yaml does not have`)
    }
  })
  server.decorateRequest('credential', undefined)
  server.decorateRequest('licenseKey', undefined)
  server.decorateRequest('replay', undefined)
  server.addHook('onError', (request, _reply, error, done) => {
    auditRefusal(authority, request, error)
    done()
  })
  server.addHook('onRequest', (request, reply, done) => {
    const { config } = request.routeOptions
    const { permission } = config
    if (permission === undefined && config.anyCredential !== true) return done()
    const { authorization } = request.headers
    if (config.licenseKey === true && authorization !== undefined && LICENSE_KEY.test(authorization)) {
      // An address tries so many and no more, before the store is asked.
      const held = limits.stranger(request, reply)
      if (held !== undefined) return done(held)
      byLicenseKey(authority, authorization).then((key) => {
        request.licenseKey = key
        if (key !== undefined) return done()
        reply.header('www-authenticate', 'Bearer realm="writ", error="invalid_token"')
        done(new ApiError('CREDENTIAL_INVALID'))
      }, done)
      return
    }
    const replay = authority.replays.of(request)
    request.replay = replay
    const credential = replay?.asker ?? whoAsks(request, authority)
    if (authorization === undefined && credential !== undefined && replay === undefined && !fromOwnPage(request))
      return done(new ApiError('ORIGIN_REFUSED'))
    if (credential === undefined) {
      reply.header('www-authenticate', 'Bearer realm="writ", error="invalid_token"')
      return done(limits.stranger(request, reply) ?? new ApiError('CREDENTIAL_INVALID'))
    }
    request.credential = credential
    if (permission === undefined) return done()
    const scopes = typeof permission === 'string' ? [permission] : permission
    if (!scopes.some((scope) => holds(credential, scope))) {
      const scope = scopes.join(' ')
      reply.header('www-authenticate', `Bearer realm="writ", error="insufficient_scope", scope="${scope}"`)
      return done(new ApiError('SCOPE_MISSING', { scope }))
    }
    // Most keys act for nobody: their scopes are all there is to look at.
    if (credential.identity === undefined) return done()
    let refused: { readonly decision: Decision; readonly permission: string } | undefined
    for (const { scope, permission } of needsOf(config, request.method)) {
      if (!holds(credential, scope)) continue
      const decision = refusalOf(authority, credential, permission, request.ip)
      if (decision === undefined) return done()
      refused ??= { decision, permission }
    }
    if (refused === undefined) return done(new Error('a scope was held, and then was not'))
    explain(authority, refused.decision, refused.permission).then(done, done)
  })
}

/** By the key in the header, else by the sign-in of the cookie, as of this moment. */
export function whoAsks(request: FastifyRequest, authority: Authority): Credential | undefined {
  const { authorization } = request.headers
  return authorization === undefined ? fromSignIn(request, authority) : fromHeader(authorization, authority)
}

/** What was asked for and not given is audited, whoever refused it. What an enforcer asks is recorded elsewhere. */
function auditRefusal(authority: Authority, request: FastifyRequest, error: Error): void {
  const { config, schema } = request.routeOptions
  const [need] = needsOf(config, request.method)
  const reason = reasonOf(error)
  if (need === undefined || reason === undefined || !need.scope.startsWith('manage:')) return
  const { credential } = request
  authority.refusals.note({
    actor: credential === undefined ? 'nobody' : `key:${credential.id}`,
    identity: credential?.identity,
    feature: `${OWN}:${need.permission}`,
    operation: (schema as { operationId?: string } | undefined)?.operationId ?? '',
    reason,
    requestId: request.id,
  })
}

/** The reason of a decision, or the code of a problem that says who may not; `undefined`: it is no refusal. */
function reasonOf(error: Error): string | undefined {
  if (error instanceof Refused) return error.decision.reason
  if (!(error instanceof ApiError)) return undefined
  const { code } = error as ApiError
  return STATUS[code] === 401 || STATUS[code] === 403 ? code : undefined
}

/** A refusal with who can mend it. */
async function explain({ db }: Authority, decision: Decision, permission: string): Promise<Refused> {
  return new Refused(decision, `${OWN}:${permission}`, {
    roles: rolesPermitting(permission),
    owners: await listOwners(db, MOST_OWNERS),
  })
}

function fromHeader(authorization: string, { credentials }: Authority): Credential | undefined {
  return BEARER.test(authorization) ? credentials.authenticate(authorization.slice('Bearer '.length)) : undefined
}

async function byLicenseKey({ db }: Authority, authorization: string): Promise<LicenseKeyRow | undefined> {
  const text = authorization.slice('Bearer '.length)
  return 'ok' in checkKeyText(text, 'license') ? findLiveKey(db, await hashKeyText(text)) : undefined
}

/** The key that the console was signed in with. */
function fromSignIn(request: FastifyRequest, { id, signIns, credentials }: Authority): Credential | undefined {
  const token = readCookie(request, id)
  const found = token === undefined ? undefined : signIns.find(token)
  return found && credentials.byHash(found.key_hash)
}

/** Who asks, on a route that names a permission. */
export function credentialOf(request: FastifyRequest): Credential {
  if (request.credential === undefined) throw new Error('a public route has no credential')
  return request.credential
}
