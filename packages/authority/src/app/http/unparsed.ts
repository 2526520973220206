import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { type ApiErrorCode, STATUS, TITLES } from '../api-error.ts'
import { ALWAYS } from './security-headers.ts'

const CODES: Readonly<Record<string, ApiErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
}

/**
 * Answers what never became a request: bytes that are no HTTP, say two lengths of one body, or do not end. Whatever follows on the
 * connection is not read, since nobody knows where it would begin. RFC 9112 section 6.3.
 */
export function unparsed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy(error)
  const code = CODES[error.code ?? ''] ?? 'REQUEST_MALFORMED'
  const status = STATUS[code]
  const id = randomUUID()
  const body = JSON.stringify({
    type: `urn:writ:problem:${code.toLowerCase()}`,
    title: TITLES[code],
    status,
    detail: TITLES[code],
    code,
    instance: `urn:writ:request:${id}`,
  })
  const headers = {
    ...ALWAYS,
    'x-request-id': id,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  // A reason phrase may be empty. RFC 9112 section 4.
  socket.write(`HTTP/1.1 ${status} \r\n${head.join('')}\r\n${body}`)
  socket.destroySoon()
}
