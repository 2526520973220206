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
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    // By its length first: every request comes through here.
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue
    hosts++
    if (!HOST.test(rawHeaders[i + 1] as string)) return false
  }
  // HTTP/1.0 has none of necessity.
  if (hosts > 1 || (hosts === 0 && httpVersion !== '1.0')) return false
  const coding = headers['transfer-encoding']
  return coding === undefined || (coding.toLowerCase() === 'chunked' && httpVersion === '1.1')
}
