import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { usageOf } from './report.ts'

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
}
