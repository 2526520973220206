import type { Authority } from '../authority.ts'
import type { Server } from './server.ts'

export const ALWAYS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** A probe asks by address. */
const OPERATION = /^\/(healthz|readyz|metrics)/

/** Says once that somebody came by another name than the one that is published: links that they follow lead elsewhere. */
export function watchHost(server: Server, { config: { publicUrl }, log }: Authority): void {
  if (publicUrl === undefined) return
  const { host } = new URL(publicUrl)
  let told = false
  server.addHook('onRequest', (request, _reply, done) => {
    if (!told && request.host.toLowerCase() !== host && !OPERATION.test(request.url)) {
      told = true
      log.warn({ publicUrl }, 'a request came by another host than WRIT_PUBLIC_URL has: a proxy may not pass on X-Forwarded-Host')
    }
    done()
  })
}

/** Set first, so that an error has them too; a route that needs others sets them over these. */
export function securityHeaders(server: Server): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(ALWAYS).header('x-request-id', request.id)
    // Said over plain HTTP it is ignored (RFC 6797 section 7.2); behind a proxy it is the proxy's word that the caller has TLS.
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    done()
  })
}
