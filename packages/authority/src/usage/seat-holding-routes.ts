import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { holdSeats, releaseSeats } from './seat-holding.ts'

const Body = Type.Object(
  {
    license: Id,
    identities: Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }),
    holder: { ...Id, description: 'Which process keeps them: of your choice, another one for each process.' },
  },
  { additionalProperties: false },
)
const Kept = Type.Object({
  identity: Id,
  taken_at: Type.String({ format: 'date-time' }),
  until: Type.Optional(Type.String({ format: 'date-time', description: 'Exclusive. Absent: until somebody frees it.' })),
  milliseconds: Type.Optional(Type.Integer({ description: 'From the answer to `until`: count it from when the question was sent.' })),
  rank: Type.Integer({ description: 'How many floating seats were taken before this one.' }),
})

const config = { permission: 'decide' } as const
const tags = ['seats']

export function seatHoldingRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/seats/hold',
    {
      config,
      schema: {
        operationId: 'holdSeats',
        summary: 'Keep floating seats of identities that you have let in: a heartbeat',
        description:
          'Answers with those that are held; a seat that is not among them was freed or given away, and is taken again by a check. Where the terms say `outage: keep`, a seat is kept until the offline grace is over: release it when its user is gone.',
        tags,
        body: Body,
        response: { 200: Type.Object({ items: Type.Array(Kept) }), ...problems },
      },
    },
    async (request) => {
      const { license, identities, holder } = request.body
      const now = authority.clock()
      const kept = await holdSeats(authority, credentialOf(request), holder, license, identities)
      return {
        items: kept.map(({ identity, takenAt, until, rank }) => ({
          identity,
          taken_at: formatInstant(takenAt),
          ...(until !== undefined && { until: formatInstant(until), milliseconds: Math.max(0, until - now) }),
          rank,
        })),
      }
    },
  )

  server.post(
    '/v1/seats/release',
    {
      config,
      schema: {
        operationId: 'releaseSeats',
        summary: 'Give back floating seats that this process keeps',
        description:
          'One that another process keeps since stays. An administrator frees any seat: `DELETE /v1/seats/{license}/{identity}`.',
        tags,
        body: Body,
        response: { 200: Type.Object({ released: Type.Array(Id) }), ...problems },
      },
    },
    async (request) => {
      const { license, identities, holder } = request.body
      return { released: await releaseSeats(authority, credentialOf(request), holder, license, identities) }
    },
  )
}
