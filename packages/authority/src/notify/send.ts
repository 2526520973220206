import { lookup as resolve } from 'node:dns'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { hostOf, type Reachable } from './reachable.ts'

const TIMEOUT_MILLISECONDS = 10_000
/** Of an answer, whose content is of no interest. */
const MOST_BYTES = 16_384

/** What became of one attempt: the status of an answer, or why there was none. */
export type Outcome =
  | { readonly status: number; readonly retryAfter?: string }
  | { readonly error: 'address_refused' | 'unreachable' | 'timeout' | 'tls' }

export interface Sending {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly reachable: Reachable
  /** Gives it up. */
  readonly signal: AbortSignal
  readonly resolve?: typeof resolve
  readonly timeout?: number
}

/**
 * Posts a body and waits for the status. Follows no redirect. What a name resolves to is looked up once, and the address that was
 * checked is the one that is connected to: a name that leads elsewhere the next moment leads nowhere.
 * @throws when it was given up
 */
export async function send({ url: text, headers, body, reachable, signal, ...more }: Sending): Promise<Outcome> {
  const url = new URL(text)
  const host = hostOf(url)
  if (isIP(host) !== 0 && !reachable.allows(host, url.protocol)) return { error: 'address_refused' }
  const timeout = AbortSignal.timeout(more.timeout ?? TIMEOUT_MILLISECONDS)
  const lookup: LookupFunction = (name, options, done) =>
    (more.resolve ?? resolve)(name, { ...options, all: true }, (error, addresses) => {
      const allowed = error === null ? addresses.filter(({ address }) => reachable.allows(address, url.protocol)) : []
      const [first] = allowed
      if (error !== null) done(error, '')
      else if (first === undefined) done(new AddressRefused(), '')
      else if (options.all === true) done(null, allowed)
      else done(null, first.address, first.family)
    })
  return new Promise((settle, reject) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'writ' },
      lookup,
      agent: false,
      signal: AbortSignal.any([signal, timeout]),
    })
    request.on('error', (error) => (signal.aborted ? reject(signal.reason) : settle({ error: kindOf(error, timeout) })))
    request.on('response', (response) => {
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes > MOST_BYTES) response.destroy()
      })
      response.on('error', () => {}) // the status is all that counts
      const retryAfter = response.headers['retry-after']
      settle({ status: response.statusCode ?? 0, ...(retryAfter !== undefined && { retryAfter }) })
    })
    request.end(body)
  })
}

class AddressRefused extends Error {}

function kindOf(error: Error, timeout: AbortSignal): Extract<Outcome, { error: string }>['error'] {
  if (error instanceof AddressRefused) return 'address_refused'
  if (timeout.aborted) return 'timeout'
  const { code = '' } = error as { code?: string }
  return /CERT|TLS|SSL|SIGNATURE|ERR_SSL/.test(code) ? 'tls' : 'unreachable'
}
