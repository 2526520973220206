import type { IncomingMessage } from 'node:http'
import { ApiError } from '../api-error.ts'
import type { Server } from './server.ts'

/** A name, or an address in brackets, and a port. RFC 9110 section 7.2. */
const HOST = /^(?:[\w.~!$&'()*+;=%-]+|\[[0-9a-fA-F:.]+\])(?::\d*)?$/

/**
 * Refuses what the parser lets through and a proxy in front may read otherwise than we do: then the two would not agree on whose request
 * it is, or where it ends. Nothing that follows on the connection is read.
 * @see RFC 9112 sections 3.2 (one Host), 3.2.4 (forms of the target), 6.1 (Transfer-Encoding)
 */
export function oneReading(server: Server): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (hasOneReading(request.raw)) return done()
    reply.header('connection', 'close')
    done(new ApiError('REQUEST_MALFORMED'))
  })
}

function hasOneReading({ rawHeaders, httpVersion, url = '', headers }: IncomingMessage): boolean {
  // The whole URL is what a proxy is asked; its host would count instead of the header's, and we have no use for it.
  if (!url.startsWith('/') || url.includes('#') || httpVersion === '0.9') return false
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host')
  // HTTP/1.0 has none of necessity.
  if (hosts.length > 1 || (hosts.length === 0 && httpVersion !== '1.0') || hosts.some((host) => !HOST.test(host))) return false
  const coding = headers['transfer-encoding']
  return coding === undefined || (coding.toLowerCase() === 'chunked' && httpVersion === '1.1')
}
