import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { fullestLimits, type LimitFill } from './limits.ts'
import { AT_HAND, HELD_BACK } from './routes.ts'

const Limit = Type.Object({
  license: Id,
  product: Type.String(),
  plan: Type.String(),
  organization: Type.Optional(Type.String()),
  holder: Type.Optional(Type.String()),
  kind: Type.Unsafe<'meter' | 'seats'>({ type: 'string', enum: ['meter', 'seats'] }),
  meter: Type.Optional(Type.String()),
  from: Type.Optional(Type.String({ format: 'date-time' })),
  until: Type.Optional(Type.String({ format: 'date-time', description: 'Of a meter: when the next window begins at nothing.' })),
  used: Type.Integer(),
  reserved: Type.Integer({ description: HELD_BACK }),
  leased: Type.Integer({ description: AT_HAND }),
  remaining: Type.Integer({ description: 'What nobody used, holds back or leased yet.' }),
  limit: Type.Integer({ description: 'The largest that the plan has for this window; of seats, how many are sold.' }),
  fill: Type.Number({ description: '`used`, `reserved` and `leased` of `limit`; above 1 where more is let in.' }),
})

export function limitRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/usage/limits',
    {
      config: { permission: 'manage:usage', cost: 10 },
      schema: {
        operationId: 'listFullestLimits',
        summary: 'The limits that are nearest to full, across licences that are in use',
        tags: ['usage'],
        querystring: Type.Object(
          {
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
            at_least: Type.Optional(
              Type.Number({ minimum: 0, maximum: 1, description: 'Only those as full as this: 0.8 for four fifths.' }),
            ),
            organization: Type.Optional(Id),
            product: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            items: Type.Array(Limit, { description: 'The fullest first.' }),
            complete: Type.Boolean({ description: 'false: there are so many open counters that only the most used were looked at.' }),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { limit = 20, at_least = 0, ...among } = request.query
      const { items, complete } = await fullestLimits(authority, credentialOf(request), among, at_least, limit)
      return { items: items.map(shown), complete }
    },
  )
}

function shown({ license, kind, meter, from, until, used, reserved, leased, limit, fill }: LimitFill) {
  const { id, product, plan, organization, holder } = license.fact
  return {
    license: id,
    product,
    plan,
    ...(organization !== undefined && { organization }),
    ...(holder !== undefined && { holder }),
    kind,
    ...(meter !== undefined && { meter }),
    ...(from !== undefined && { from: formatInstant(from) }),
    ...(until !== undefined && { until: formatInstant(until) }),
    used,
    reserved,
    leased,
    remaining: Math.max(0, limit - used - reserved - leased),
    limit,
    fill,
  }
}
