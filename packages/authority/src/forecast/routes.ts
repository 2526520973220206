import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { License, Name, shown } from '../licenses/routes.ts'
import { type Exhaustion, forecast } from './service.ts'
import { unprovable } from './unprovable.ts'
import { shownUnprovable, UnprovableWire } from './unprovable-wire.ts'

const Time = Type.String({ format: 'date-time' })
const RunsOut = Type.Object({
  license: Id,
  product: Type.String(),
  plan: Type.String(),
  organization: Type.Optional(Type.String()),
  holder: Type.Optional(Type.String()),
  kind: Type.Unsafe<'meter' | 'seats'>({ type: 'string', enum: ['meter', 'seats'] }),
  meter: Type.Optional(Type.String()),
  until: Type.Optional({ ...Time, description: 'Of a meter: when the next window begins at nothing.' }),
  used: Type.Integer({ description: 'With what is held back or leased.' }),
  limit: Type.Integer(),
  per_day: Type.Number({ description: 'The trend: a seventh of the median week of the last 28 days.' }),
  at: { ...Time, description: 'When it is full, if it goes on so.' },
})

const tags = ['licenses']
const config = { permission: 'manage:licenses', cost: 20 } as const

export function forecastRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/forecast',
    {
      config,
      schema: {
        operationId: 'forecast',
        summary: 'What will happen by itself: which licences end, and which limits run out at the present trend',
        description:
          'Looked at are the 200 fullest limits in use. One that is not full before its window or the licence ends is not in it, nor one with less than seven days of use, or use on less than three of them: those are counted as `unclear`.',
        tags,
        querystring: Type.Object(
          {
            days: Type.Optional(Type.Integer({ minimum: 1, maximum: 400, default: 90, description: 'The horizon.' })),
            organization: Type.Optional(Id),
            product: Type.Optional(Name),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            at: Time,
            until: Time,
            ends: Type.Object({
              licenses: Type.Integer(),
              trials: Type.Integer(),
              graces: Type.Integer({ description: 'Of those that run now.' }),
            }),
            endings: Type.Array(License, { description: 'The soonest 200; `/v1/license-endings` has all.' }),
            exhaustions: Type.Array(RunsOut, { description: 'The soonest first.' }),
            unclear: Type.Integer({ description: 'Limits in use of which there is too little to say.' }),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { days = 90, ...among } = request.query
      const { at, until, ends, endings, exhaustions, unclear } = await forecast(authority, credentialOf(request), { days, ...among })
      return {
        at: formatInstant(at),
        until: formatInstant(until),
        ends,
        endings: endings.map(shown),
        exhaustions: exhaustions.map(runsOut),
        unclear,
      }
    },
  )

  server.get(
    '/v1/forecast/assurance',
    {
      config,
      schema: {
        operationId: 'forecastAssurance',
        summary: 'How many could not prove what an edition asks for, were they on it',
        tags,
        querystring: Type.Object(
          {
            product: Name,
            edition: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1, description: 'Absent: the newest.' })),
            organization: Type.Optional(Id),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            product: Type.String(),
            edition: Type.Integer(),
            items: Type.Array(UnprovableWire),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { product } = request.query
      const { edition, items } = await unprovable(authority, credentialOf(request), request.query)
      return { product, edition, items: items.map(shownUnprovable) }
    },
  )
}

function runsOut({ fill, perDay, at }: Exhaustion) {
  const { license, kind, meter, until, used, reserved, leased, limit } = fill
  const { id, product, plan, organization, holder } = license.fact
  return {
    license: id,
    product,
    plan,
    ...(organization !== undefined && { organization }),
    ...(holder !== undefined && { holder }),
    kind,
    ...(meter !== undefined && { meter }),
    ...(until !== undefined && { until: formatInstant(until) }),
    used: used + reserved + leased,
    limit,
    per_day: Math.round(perDay * 100) / 100,
    at: formatInstant(Math.floor(at / 1000) * 1000),
  }
}
