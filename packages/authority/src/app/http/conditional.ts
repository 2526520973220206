import type { FastifyReply, FastifyRequest } from 'fastify'

/** Whether a caller has this already: any of several tags, weak comparison. RFC 9110 section 13.1.2. */
export function isKnown(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag)) === true
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '')
}

/** As `onSend` of a route whose answer is the same as long as its `ETag` is: 304, without a body, to whoever has it already. */
export function unlessKnown(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload?: unknown) => void,
): void {
  const etag = reply.getHeader('etag')
  const known = reply.statusCode === 200 && typeof etag === 'string' && isKnown(request.headers['if-none-match'], etag)
  if (known) reply.code(304).removeHeader('content-type').removeHeader('content-length')
  done(null, known ? '' : payload)
}
