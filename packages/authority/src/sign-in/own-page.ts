import type { FastifyRequest } from 'fastify'

/** A header that a form cannot send, and that a page of another origin may not without our leave, which nobody is given. */
const HEADER = 'x-writ-console'

/**
 * Whether a request that a cookie came along with was sent by our own page, and not by another in the same browser. Beside
 * `SameSite=Strict`, which lets other ports and subdomains of the same site through.
 * @see Fetch Metadata, `Sec-Fetch-Site`; RFC 6454 section 7
 */
export function fromOwnPage({ method, headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  // Who opens a link to what can only be read is told nothing that the page would not show.
  if (method === 'GET' || method === 'HEAD') return site === undefined || site === 'same-origin' || site === 'none'
  if (headers[HEADER] === undefined) return false
  if (site !== undefined) return site === 'same-origin'
  const { origin } = headers
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host
}
