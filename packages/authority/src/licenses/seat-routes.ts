import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { listOf } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { Name } from './routes.ts'
import type { Seat } from './seat-store.ts'
import { assignSeat, freeSeat, pageOfSeats, summaryOfSeats } from './seats.ts'

const Kind = Type.Union([Type.Literal('named'), Type.Literal('floating')])
const SeatSchema = Type.Object({
  license: Id,
  identity: Id,
  kind: Kind,
  taken_at: Type.String({ format: 'date-time' }),
  until: Type.Optional(Type.String({ format: 'date-time', description: 'Of a floating seat: when its lease runs out.' })),
  source: Type.Optional(Type.String({ description: 'Of a floating seat: the API key whose application keeps it by heartbeats.' })),
})
const Summary = Type.Object({
  kind: Type.Optional(
    Type.Union([Type.Literal('named'), Type.Literal('floating')], { description: 'Absent: the plan has no seats, and nobody needs one.' }),
  ),
  count: Type.Optional(Type.Integer({ description: 'As sold.' })),
  limit: Type.Optional(Type.Integer({ description: 'With overage: how many are let in.' })),
  taken: Type.Integer(),
  on_devices: Type.Optional(
    Type.Integer({
      description: 'Of those, how many activated devices hold to use with no network; `GET /v1/seats` lists whom people have.',
    }),
  ),
})
const list = listOf(
  { identity: 'text', license: 'text' },
  {
    license: Type.Optional(Id),
    identity: Type.Optional(Id),
    organization: Type.Optional({ ...Id, description: 'Whose licences they are of.' }),
    product: Type.Optional(Name),
    kind: Type.Optional(Kind),
  },
  'identity',
)
const One = Type.Object({ license: Id, identity: Id })

const config = { permission: 'manage:seats' } as const
const tags = ['seats']

export function seatRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/seats',
    {
      config,
      schema: {
        operationId: 'listSeats',
        summary: 'List the seats in use',
        tags,
        querystring: list.query,
        response: { 200: Page(SeatSchema), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      return page(await pageOfSeats(authority, credentialOf(request), filter, listing), shown)
    },
  )

  server.get(
    '/v1/licenses/:id/seats',
    {
      config,
      schema: {
        operationId: 'summariseSeats',
        summary: 'How many seats a licence has, and how many are in use',
        tags,
        params: Type.Object({ id: Id }),
        response: { 200: Summary, ...problems },
      },
    },
    async (request) => summaryOfSeats(authority, credentialOf(request), request.params.id),
  )

  server.put(
    '/v1/seats/:license/:identity',
    {
      config,
      schema: {
        operationId: 'assignSeat',
        summary: 'Give an identity a seat',
        tags,
        params: One,
        querystring: DryRunQuery,
        response: { 200: SeatSchema, ...problems },
      },
    },
    async (request) => {
      const { license, identity } = request.params
      return shown(await assignSeat(authority, byOf(request), credentialOf(request), license, identity))
    },
  )

  server.delete(
    '/v1/seats/:license/:identity',
    {
      config,
      schema: {
        operationId: 'freeSeat',
        summary: 'Take a seat from an identity',
        tags,
        params: One,
        querystring: DryRunQuery,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { license, identity } = request.params
      await freeSeat(authority, byOf(request), credentialOf(request), license, identity)
      return reply.code(204).send(null)
    },
  )
}

function shown({ taken_at, until, source, ...seat }: Seat) {
  return {
    ...seat,
    taken_at: formatInstant(taken_at),
    ...(until !== null && { until: formatInstant(until) }),
    ...(typeof source === 'string' && { source }),
  }
}
