import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * The cookie of the console, named for its authority: cookies of one host are shared by all its ports. Over TLS it has the
 * prefix `__Host-`, so that no neighbour under the same domain can set it.
 * @see RFC 6265bis section 4.1.3.2
 */
function nameOf({ protocol }: FastifyRequest, authorityId: string): string {
  return `${protocol === 'https' ? '__Host-' : ''}writ-${authorityId}`
}

export function readCookie(request: FastifyRequest, authorityId: string): string | undefined {
  const start = `${nameOf(request, authorityId)}=`
  const found = (request.headers.cookie ?? '').split(';').find((pair) => pair.trim().startsWith(start))
  return found?.trim().slice(start.length)
}

/** @param seconds how long the browser keeps it; 0: it forgets it now */
export function setCookie(request: FastifyRequest, reply: FastifyReply, authorityId: string, value: string, seconds: number): void {
  const secure = request.protocol === 'https' ? '; Secure' : ''
  const cookie = `${nameOf(request, authorityId)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`
  reply.header('set-cookie', cookie)
}
