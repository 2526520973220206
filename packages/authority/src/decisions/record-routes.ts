import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { RangeQuery, rangeIn, Time } from '../app/http/instants.ts'
import { listOf } from '../app/http/list.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { Id } from '../app/ids.ts'
import { refusalsByReason } from './records.ts'
import { type DecisionRow, listDecisions } from './store.ts'

const DecisionRecord = Type.Object({
  id: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  request_id: Type.String(),
  credential: Type.String({ description: 'The API key that asked.' }),
  identity: Type.Optional(Type.String()),
  actor: Type.Optional(Type.String({ description: 'The agent that acted for the identity.' })),
  organization: Type.Optional(Type.String({ description: 'Whose business it was, as far as that was known.' })),
  feature: Type.String({ description: 'In full, `atlas:report.export`; as it was asked where nobody knows it.' }),
  resource: Type.Optional(Type.String()),
  allowed: Type.Boolean(),
  reason: Type.Optional(Type.String()),
  license: Type.Optional(Type.String()),
  revision: Type.Integer(),
})
const Summary = Type.Object({
  from: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time' }),
  step_seconds: Type.Number({ description: 'How long each part of `series` is.' }),
  refused: Type.Integer(),
  reasons: Type.Array(
    Type.Object({
      reason: Type.String(),
      refused: Type.Integer(),
      series: Type.Array(Type.Integer(), { description: 'The same in equal parts of the period, the earliest first.' }),
    }),
  ),
})
const Word = Type.Optional(Text(256))
const list = listOf(
  { id: 'number' },
  {
    ...RangeQuery,
    identity: Word,
    feature: Type.Optional({ ...Text(256), description: 'In full: `atlas:report.export`.' }),
    reason: Word,
    organization: Type.Optional(Id),
    credential: Type.Optional(Id),
    license: Type.Optional(Id),
    allowed: Type.Optional(Type.Boolean()),
  },
  '-id',
  'number',
)

const config = { permission: 'manage:decisions' } as const
const tags = ['decisions']

/** What was decided. Checks, evaluations and flags are recorded; questions that take nothing by their nature, such as explain, are not. */
export function recordRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/decisions',
    {
      config,
      schema: {
        operationId: 'listDecisions',
        summary: 'Search what was decided, the last stored first',
        description: 'A record stands some hundred milliseconds after its answer.',
        tags,
        querystring: list.query,
        response: { 200: Page(DecisionRecord), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      const { from, to, license, ...words } = filter
      const asked = { ...words, ...(license && { license_id: license }), ...rangeIn({ ...(from && { from }), ...(to && { to }) }) }
      return page(await listDecisions(authority.db, credentialOf(request), asked, listing), shown)
    },
  )

  server.get(
    '/v1/decisions/summary',
    {
      config,
      schema: {
        operationId: 'summariseDecisions',
        summary: 'Count refusals by reason over a period, and in equal parts of it',
        tags,
        querystring: Type.Object(
          {
            from: Type.Optional({ ...Time, description: 'Inclusive. Absent: a day before `to`. At most 92 days before it.' }),
            to: Type.Optional({ ...Time, description: 'Exclusive. Absent: now.' }),
            parts: Type.Optional(Type.Integer({ minimum: 1, maximum: 400, default: 24 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Summary, ...problems },
      },
    },
    async (request) => {
      const { from, to, parts = 24 } = request.query
      const range = rangeIn({ ...(from && { from }), ...(to && { to }) })
      const found = await refusalsByReason(authority, credentialOf(request), { ...range, parts })
      return {
        from: formatInstant(found.from),
        to: formatInstant(found.to),
        step_seconds: found.step / 1000,
        refused: found.refused,
        reasons: found.reasons.map(({ series, ...counted }) => ({ ...counted, series: [...series] })),
      }
    },
  )
}

function shown({
  id,
  at,
  request_id,
  credential,
  identity,
  actor,
  organization,
  feature,
  resource,
  allowed,
  reason,
  license_id,
  revision,
}: DecisionRow) {
  return {
    id,
    at: formatInstant(at),
    request_id,
    credential,
    ...(identity !== null && { identity }),
    ...(actor !== null && { actor }),
    ...(organization !== null && { organization }),
    feature,
    ...(resource !== null && { resource }),
    allowed,
    ...(reason !== null && { reason }),
    ...(license_id !== null && { license: license_id }),
    revision,
  }
}
