import { Readable } from 'node:stream'
import Type from 'typebox'
import type { Authority } from '../../app/authority.ts'
import { credentialOf } from '../../app/http/authentication.ts'
import { problems } from '../../app/http/errors.ts'
import { rangeIn, Time } from '../../app/http/instants.ts'
import type { Server } from '../../app/http/server.ts'
import { Id } from '../../app/ids.ts'
import { linesOf, type PeriodAsked, receiptOf } from './receipts.ts'

const Period = Type.Object(
  {
    meter: Type.String({ minLength: 1, maxLength: 100 }),
    from: Type.Optional({ ...Time, description: 'Absent: where the longest window of the plan that holds the end begins.' }),
    to: Type.Optional({ ...Time, description: 'Exclusive. Absent, or still to come: now.' }),
  },
  { additionalProperties: false },
)
const config = { permission: 'manage:usage' } as const
const tags = ['usage']
const params = Type.Object({ id: Id })

export function receiptRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/licenses/:id/usage/receipt',
    {
      config,
      schema: {
        operationId: 'readUsageReceipt',
        summary: 'A signed receipt of what is counted of a meter in a period, as of now',
        description: 'A JWS with `typ` `writ-usage-receipt+jwt`, by a key that signs nothing else.',
        tags,
        params,
        querystring: Period,
        response: { 200: Type.Object({ receipt: Type.String() }), ...problems },
      },
    },
    async (request) => ({
      receipt: await receiptOf(authority, credentialOf(request), asked(request.params.id, request.query)),
    }),
  )

  server.get(
    '/v1/licenses/:id/usage/events',
    {
      config,
      schema: {
        operationId: 'listCountedUsage',
        summary: 'Every usage that is counted of a meter in a period, as a receipt has the digest of',
        description:
          'One JSON array a line: when it counts (epoch milliseconds), source, id, amount, and when it happened where that was too late to count then. SHA-256 of all of it is the digest of the receipt for the same period. Streamed: an answer that breaks off is not whole.',
        tags,
        params,
        querystring: Period,
        response: { 200: { description: 'Streamed', content: { 'application/x-ndjson': { schema: Type.String() } } }, ...problems },
      },
    },
    async (request, reply) => {
      const lines = await linesOf(authority, credentialOf(request), asked(request.params.id, request.query))
      return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(lines) as never)
    },
  )
}

function asked(license: string, { meter, ...range }: { meter: string; from?: string; to?: string }): PeriodAsked {
  const { from, to } = rangeIn(range)
  return { license, meter, ...(from !== undefined && { from }), ...(to !== undefined && { until: to }) }
}
