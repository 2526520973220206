import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { formatInstant } from '@writ/engine'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { may } from '../access/judge.ts'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { credentialOf, whoAsks } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import type { Credential } from '../enforcers/credentials.ts'
import { eventId, readEventId } from './live.ts'
import { snapshotParts } from './snapshot.ts'

const tags = ['live']
/** A snapshot is the work of many questions, and what was missed may be as much. */
const SNAPSHOT_COST = 20
const GZIP = /(^|[\s,])gzip([\s,;]|$)/

const streamed = (type: string) => ({ description: 'Streamed', content: { [type]: { schema: Type.String() } } })

export function liveRoutes(server: Server, authority: Authority): void {
  const { live } = authority
  // A stream has no end of its own, and would hold the close back.
  server.addHook('preClose', (done) => {
    live.close()
    done()
  })

  server.get(
    '/v1/snapshot',
    {
      config: { permission: 'decide', cost: SNAPSHOT_COST },
      schema: {
        operationId: 'readSnapshot',
        summary: 'Read all facts that this credential decides by, for a copy of World',
        description:
          'JSON lines: what it is; facts, some a line; and at the end the `id` from which `/v1/changes` goes on. Without that last line it broke off, and is of no use. Facts of products and organizations that the credential does not see are not in it.',
        tags,
        response: { 200: streamed('application/x-ndjson'), ...problems },
      },
    },
    async (request, reply) => {
      const text = Readable.from(snapshotLines(authority, readerOf(request)))
      reply.type('application/x-ndjson; charset=utf-8').header('vary', 'accept-encoding')
      if (!GZIP.test(request.headers['accept-encoding'] ?? '')) return reply.send(text as never)
      const packed = createGzip({ level: 1 })
      text.once('error', (error) => packed.destroy(error))
      packed.once('close', () => text.destroy())
      return reply.header('content-encoding', 'gzip').send(text.pipe(packed) as never)
    },
  )

  server.get(
    '/v1/changes',
    {
      config: { permission: 'decide', cost: SNAPSHOT_COST },
      schema: {
        operationId: 'followChanges',
        summary: 'Follow the changes of the facts that this credential decides by',
        description:
          'Server-sent events. `change`: facts, each of which states an entity whole or removes it; with `more` the next event belongs to the same change. `time`: nothing else has changed up to now; at least every ten seconds, with a signed `stamp` that proves it where there is a key for it. `reset`: begin anew with a snapshot. `Last-Event-ID` goes on from there; without it, from now.',
        tags,
        headers: Type.Object({
          'last-event-id': Type.Optional(Type.String({ maxLength: 128, description: 'The `id` of the last event, or of a snapshot.' })),
        }),
        response: { 200: streamed('text/event-stream'), ...problems },
      },
    },
    async (request, reply) => {
      const reader = readerOf(request)
      const asked = request.headers['last-event-id']
      const after = asked === undefined ? undefined : readEventId(asked)
      if (asked !== undefined && after === undefined) {
        const errors = [{ in: 'headers' as const, pointer: '/last-event-id', detail: 'must be the id of an event or of a snapshot' }]
        throw new ApiError('REQUEST_INVALID', { errors })
      }
      const stream = live.subscribe(reader, after, () => stillReads(authority, request, reader))
      return reply
        .type('text/event-stream')
        .header('x-accel-buffering', 'no')
        .send(stream as never)
    },
  )
}

/** @throws {ApiError} FACTS_WITHHELD for a key that is told no reasons: facts are all of them */
function readerOf(request: FastifyRequest): Credential {
  const credential = credentialOf(request)
  if (credential.reasons === false) throw new ApiError('FACTS_WITHHELD')
  return credential
}

function stillReads(authority: Authority, request: FastifyRequest, { id }: Credential): boolean {
  const now = whoAsks(request, authority)
  return now?.id === id && may(authority, now, 'decisions.check')
}

async function* snapshotLines({ id, clock, world, recent, live }: Authority, reader: Credential): AsyncGenerator<string> {
  const { incarnation } = live.place
  const scopes = reader.scopes.filter((scope) => !scope.startsWith('manage:'))
  yield `${JSON.stringify({ snapshot: 1, authority: id, scopes, at: formatInstant(clock()) })}\n`
  const parts = snapshotParts(world, recent, reader)
  let count = 0
  for (let next = await parts.next(); ; next = await parts.next()) {
    if (next.done === true) {
      const revision = next.value
      yield `${JSON.stringify({ id: eventId({ incarnation, revision }), revision, facts: count })}\n`
      return
    }
    count += next.value.length
    yield `${JSON.stringify(next.value)}\n`
  }
}
