import { formatInstant, requestFromWire, type WireDecision, type WireRequest } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { OptionalBody } from '../app/http/optional-body.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { Answer, question } from '../decisions/schemas.ts'
import { reserve } from '../decisions/service.ts'
import { openReservations, type ReservationState, type ReservationView, readReservation, viewOf } from './reservations.ts'

const DEFAULT_SECONDS = 900
const Amount = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })
const Time = Type.String({ format: 'date-time' })

const reservation = {
  id: Id,
  amount: Type.Integer({ description: 'Held back. With `partial` it may be less than was asked for.' }),
  settled: Type.Integer({ description: 'Counted so far, in the window in which it was reserved.' }),
  state: Type.Unsafe<ReservationState>({ type: 'string', enum: ['open', 'settled', 'released', 'expired'] }),
  reserved_at: Time,
  until: Type.String({ format: 'date-time', description: 'Exclusive: from then on nothing of it can be settled.' }),
}
const Reservation = Type.Object(reservation)
const Listed = Type.Object({
  ...reservation,
  source: Type.String({ description: 'The API key that reserved.' }),
  license: Id,
  meter: Type.Optional(Type.String({ description: 'Absent: the feature has none, and nothing is held back.' })),
})
const ReserveRequest = Type.Object(
  {
    ...question,
    id: {
      ...Id,
      description:
        'Unique to this credential among its reservations; sending it again gives the first answer again, until 30 days after its end.',
    },
    amount: Amount,
    seconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 86_400, default: DEFAULT_SECONDS, description: 'How long the units are held back.' }),
    ),
  },
  { additionalProperties: false },
)
const ReserveAnswer = Type.Unsafe<WireDecision & { reservation?: Record<string, unknown> }>(
  Type.Object({ ...Answer.properties, reservation: Type.Optional(Reservation) }),
)

const config = { permission: 'consume' } as const
const tags = ['reservations']
const ById = Type.Object({ id: Id })

export function reservationRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/reservations',
    {
      config,
      schema: {
        operationId: 'reserve',
        summary: 'Ask as a check does, and hold units back for work whose amount is known when it is done',
        description:
          'A refusal is an answer too: its status is 200, and it holds nothing back. A seat and a rate unit are taken as by a check. Needs the scopes `decide` and `consume`.',
        tags,
        body: ReserveRequest,
        response: { 200: ReserveAnswer, ...problems },
      },
    },
    async (request) => {
      const { id, amount, seconds = DEFAULT_SECONDS, ...asked } = request.body
      const sent = requestFromWire({ ...asked, consume: { amount, id } } as WireRequest)
      const caller = { credential: credentialOf(request), requestId: request.id }
      const { decision, reservation } = await reserve(authority, caller, sent, seconds)
      return reservation === undefined ? decision : { ...decision, reservation: shown(viewOf(authority, reservation)) }
    },
  )

  server.get(
    '/v1/reservations/:id',
    {
      config,
      schema: {
        operationId: 'readReservation',
        summary: 'Read a reservation of this credential',
        tags,
        params: ById,
        response: { 200: Reservation, ...problems },
      },
    },
    async (request) => shown(await readReservation(authority, credentialOf(request), request.params.id)),
  )

  server.post(
    '/v1/reservations/:id/settle',
    {
      config,
      schema: {
        operationId: 'settleReservation',
        summary: 'Count what was used of a reservation, and give the rest back',
        description: 'Safe to send again: `amount` is what was used in all, not since the last time.',
        tags,
        params: ById,
        body: Type.Object(
          {
            amount: Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Used in all; at most what was reserved.' }),
            keep: Type.Optional(Type.Boolean({ description: 'The work goes on: the rest stays held back until the reservation ends.' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Reservation, ...problems },
      },
    },
    async (request) => {
      const { amount, keep = false } = request.body
      const key = { source: credentialOf(request).id, id: request.params.id }
      return shown(viewOf(authority, await authority.ledger.settle(key, amount, keep)))
    },
  )

  server.post(
    '/v1/reservations/:id/release',
    {
      config,
      schema: {
        operationId: 'releaseReservation',
        summary: 'Give back what is not settled of a reservation',
        description: 'Safe to send again; one that is over stays as it was.',
        tags,
        params: ById,
        body: OptionalBody(Type.Object({}, { additionalProperties: false })),
        response: { 200: Reservation, ...problems },
      },
    },
    async (request) => {
      const key = { source: credentialOf(request).id, id: request.params.id }
      return shown(viewOf(authority, await authority.ledger.release(key)))
    },
  )

  server.get(
    '/v1/reservations',
    {
      config: { permission: 'manage:usage' },
      schema: {
        operationId: 'listReservations',
        summary: 'List what is held back of a licence now, whoever reserved it; those that end first come first',
        tags,
        querystring: Type.Object({ license: Id }, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(Listed, { maxItems: 1000 }) }), ...problems },
      },
    },
    async (request) => {
      const rows = await openReservations(authority, credentialOf(request), request.query.license)
      const items = rows.map((row) => ({
        ...shown(row),
        source: row.source,
        license: row.license_id,
        ...(row.meter !== null && { meter: row.meter }),
      }))
      return { items }
    },
  )
}

function shown({ id, amount, settled, state, reserved_at, until }: ReservationView) {
  return { id, amount, settled, state, reserved_at: formatInstant(reserved_at), until: formatInstant(until) }
}
