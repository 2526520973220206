import type { IncomingHttpHeaders } from 'node:http'
import { ApiError } from '../../app/api-error.ts'

export const ONE = 'application/cloudevents+json'
export const BATCH = 'application/cloudevents-batch+json'
export const MOST_EVENTS = 1000

export interface Sent {
  /** As they came, unread. */
  readonly events: readonly unknown[]
  readonly isBatch: boolean
}

/**
 * Finds the events of a request: one in structured or in binary mode, or a batch. Plain `application/json` without `ce-` fields is taken
 * for what it holds, one event or a list.
 * @see CloudEvents HTTP protocol binding 1.0.2 section 3
 * @throws {ApiError} REQUEST_INVALID
 */
export function sentEvents(headers: IncomingHttpHeaders, body: unknown): Sent {
  const type = headers['content-type'] ?? ''
  if (!type.startsWith(ONE) && !type.startsWith(BATCH) && headers['ce-specversion'] !== undefined)
    return { events: [{ ...attributesOf(headers), data: body }], isBatch: false }
  const isBatch = Array.isArray(body)
  if (type.startsWith(BATCH) && !isBatch) throw fault('must be an array of events')
  if (type.startsWith(ONE) && isBatch) throw fault(`must be one event; a batch is ${BATCH}`)
  if (!isBatch) return { events: [body], isBatch }
  if (body.length > MOST_EVENTS) throw fault(`must be at most ${MOST_EVENTS} events`)
  return { events: body, isBatch }
}

/** Binary mode: attributes are header fields, percent-encoded. */
function attributesOf(headers: IncomingHttpHeaders): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('ce-') || typeof value !== 'string') continue
    try {
      attributes[name.slice(3)] = decodeURIComponent(value)
    } catch {
      throw new ApiError('REQUEST_INVALID', { errors: [{ in: 'headers', pointer: `/${name}`, detail: 'must be percent-encoded UTF-8' }] })
    }
  }
  return attributes
}

function fault(detail: string): ApiError {
  return new ApiError('REQUEST_INVALID', { errors: [{ in: 'body', pointer: '', detail }] })
}
