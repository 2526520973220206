import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const GIVEN = /^[\x21-\x7e]{1,128}$/

/**
 * Names requests: as the caller does where it gives a usable `X-Request-Id`, else by a UUID that is random for this process and counts
 * up from there. RFC 9562 section 5.8 (version 8).
 */
export function requestIds(): (request: Pick<IncomingMessage, 'headers'>) => string {
  const random = randomBytes(9).toString('hex')
  const process = `${random.slice(0, 8)}-${random.slice(8, 12)}-8${random.slice(12, 15)}-8${random.slice(15, 18)}-`
  let number = 0
  return ({ headers }) => {
    const given = headers['x-request-id']
    return typeof given === 'string' && GIVEN.test(given) ? given : process + (++number).toString(16).padStart(12, '0')
  }
}
