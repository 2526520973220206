import type { FastifyRequest } from 'fastify'
import type { Credential } from '../../enforcers/credentials.ts'
import { holds, type Scope } from '../../enforcers/scope.ts'
import { readCookie } from '../../sign-in/cookie.ts'
import { fromOwnPage } from '../../sign-in/own-page.ts'
import { ApiError } from '../api-error.ts'
import type { Authority } from '../authority.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Server } from './server.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that a credential needs here; of several, any. */
    permission?: Scope | readonly Scope[]
    /** Open to everybody, on purpose. */
    public?: true
  }
  interface FastifyRequest {
    /** Absent on public routes. */
    credential: Credential | undefined
  }
}

const BEARER = /^Bearer [A-Za-z0-9._~+/-]+=*$/i

/** Every route says who may use it: one that forgot stops the start. RFC 6750. */
export function authentication(server: Server, authority: Authority, limits: RateLimits): void {
  server.addHook('onRoute', ({ method, url, config }) => {
    if (config?.permission === undefined && config?.public !== true) {
      throw new Error(`${String(method)} ${url} names no permission in its config, and is not marked public`)
    }
  })
  server.decorateRequest('credential', undefined)
  server.addHook('onRequest', (request, reply, done) => {
    const { permission } = request.routeOptions.config
    if (permission === undefined) return done()
    const { authorization } = request.headers
    const credential = authorization === undefined ? fromSignIn(request, authority) : fromHeader(authorization, authority)
    if (authorization === undefined && credential !== undefined && !fromOwnPage(request)) return done(new ApiError('ORIGIN_REFUSED'))
    if (credential === undefined) {
      reply.header('www-authenticate', 'Bearer realm="writ", error="invalid_token"')
      return done(limits.stranger(request, reply) ?? new ApiError('CREDENTIAL_INVALID'))
    }
    request.credential = credential
    const scopes = typeof permission === 'string' ? [permission] : permission
    if (!scopes.some((scope) => holds(credential, scope))) {
      const scope = scopes.join(' ')
      reply.header('www-authenticate', `Bearer realm="writ", error="insufficient_scope", scope="${scope}"`)
      return done(new ApiError('SCOPE_MISSING', { scope }))
    }
    done()
  })
}

function fromHeader(authorization: string, { credentials }: Authority): Credential | undefined {
  return BEARER.test(authorization) ? credentials.authenticate(authorization.slice('Bearer '.length)) : undefined
}

/** The key that the console was signed in with. */
function fromSignIn(request: FastifyRequest, { id, signIns, credentials }: Authority): Credential | undefined {
  const token = readCookie(request, id)
  const found = token === undefined ? undefined : signIns.find(token)
  return found && credentials.byId(found.api_key)
}

/** Who asks, on a route that names a permission. */
export function credentialOf(request: FastifyRequest): Credential {
  if (request.credential === undefined) throw new Error('a public route has no credential')
  return request.credential
}
