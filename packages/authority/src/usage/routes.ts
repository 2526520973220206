import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { countsOf, usageOf } from './report.ts'

export const HELD_BACK =
  'Held back by reservations, beside what is used: while they are open, and five seconds more, until every clock says that they are not.'

export const AT_HAND = 'At hand in enforcers, beside what is used: slices that they spend without asking, while their leases run.'

const Meter = Type.Object({
  meter: Type.String(),
  from: Type.String({ format: 'date-time' }),
  until: Type.String({ format: 'date-time', description: 'Exclusive: the next window begins here at nothing.' }),
  used: Type.Integer(),
  reserved: Type.Integer({ description: HELD_BACK }),
  leased: Type.Integer({ description: AT_HAND }),
  limit: Type.Integer({ description: 'The largest that the plan has for this window, seats counted in.' }),
})

const MOST_LICENSES = 500

const Count = Type.Object({
  license: Id,
  meter: Type.String(),
  from: Type.String({ format: 'date-time' }),
  until: Type.String({ format: 'date-time', description: 'Exclusive.' }),
  used: Type.Integer({ description: 'With what is held back, and at hand in enforcers.' }),
})

export function usageRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/usage',
    {
      config: { permission: 'manage:usage' },
      schema: {
        operationId: 'readUsage',
        summary: 'What a licence has used of each limited meter, in the windows that are open now',
        tags: ['usage'],
        querystring: Type.Object({ license: Id }, { additionalProperties: false }),
        response: { 200: Type.Object({ license: Id, meters: Type.Array(Meter) }), ...problems },
      },
    },
    async (request) => {
      const { license } = request.query
      const meters = await usageOf(authority, credentialOf(request), license)
      return { license, meters: meters.map((each) => ({ ...each, from: formatInstant(each.from), until: formatInstant(each.until) })) }
    },
  )

  server.post(
    '/v1/usage/counts',
    {
      config: {
        permission: 'consume',
        items: (body) => Math.ceil(((body as { licenses?: unknown[] } | null)?.licenses?.length ?? 0) / 100),
      },
      schema: {
        operationId: 'readUsageCounts',
        summary: 'What is counted of licences in the windows that are open now, for an enforcer that counts soft limits by itself',
        description: 'One query for all of them. A licence that is not there, or out of reach, has no counts. Changes nothing.',
        tags: ['usage'],
        body: Type.Object({ licenses: Type.Array(Id, { minItems: 1, maxItems: MOST_LICENSES }) }, { additionalProperties: false }),
        response: { 200: Type.Object({ counts: Type.Array(Count) }), ...problems },
      },
    },
    async (request) => {
      const credential = credentialOf(request)
      if (credential.reasons === false) throw new ApiError('FACTS_WITHHELD')
      const counts = await countsOf(authority, credential, request.body.licenses)
      return { counts: counts.map((each) => ({ ...each, from: formatInstant(each.from), until: formatInstant(each.until) })) }
    },
  )
}
