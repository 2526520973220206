import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { rangeIn, Time } from '../app/http/instants.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { Name } from '../licenses/routes.ts'
import { historyOf, MOST_STEPS } from './history.ts'
import type { Step } from './steps.ts'

const Stretch = Type.Object({
  from: Time,
  until: Type.String({ format: 'date-time', description: 'Exclusive.' }),
  units: Type.Integer(),
  times: Type.Integer({ description: 'How many times units were consumed, or settled of a reservation.' }),
})
const History = Type.Object({
  license: Id,
  meter: Type.String(),
  unit: Type.Optional(Type.String({ description: 'Absent: the edition of the licence does not have the meter any more.' })),
  zone: Type.String({ description: 'Whose days and months the steps are.' }),
  units: Type.Integer({ description: 'Of all steps.' }),
  steps: Type.Array(Stretch, { description: 'In order, those without usage too.' }),
})

export function historyRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/usage/history',
    {
      config: { permission: 'manage:usage', cost: 10 },
      schema: {
        operationId: 'readUsageHistory',
        summary: 'What a licence consumed of a meter, hour by hour, day by day or month by month',
        description: `At most ${MOST_STEPS} steps. They are whole: the first holds \`from\`, the last the instant before \`to\`. What was reserved counts once it is settled, at the instant it was reserved.`,
        tags: ['usage'],
        querystring: Type.Object(
          {
            license: Id,
            meter: Name,
            step: Type.Optional(Type.Unsafe<Step>({ type: 'string', enum: ['hour', 'day', 'month'], default: 'day' })),
            from: Type.Optional({ ...Time, description: 'Absent: two days before `to` in hours, 30 days in days, a year in months.' }),
            to: Type.Optional({ ...Time, description: 'Exclusive. Absent: now.' }),
            zone: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 64,
                description:
                  'Whose days and months: a name of the IANA time zone database. Absent: the zone in which the plan counts the meter, and else UTC.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: History, ...problems },
      },
    },
    async (request) => {
      const { license, meter, step = 'day', zone, from, to } = request.query
      const range = rangeIn({ ...(from && { from }), ...(to && { to }) })
      const asked = { license, meter, step, ...range, ...(zone !== undefined && { zone }) }
      const { unit, steps, ...found } = await historyOf(authority, credentialOf(request), asked)
      return {
        license,
        meter,
        ...found,
        ...(unit !== undefined && { unit }),
        units: steps.reduce((sum, { units }) => sum + units, 0),
        steps: steps.map((each) => ({ ...each, from: formatInstant(each.from), until: formatInstant(each.until) })),
      }
    },
  )
}
