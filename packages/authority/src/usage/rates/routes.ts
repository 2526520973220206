import { formatInstant, type Reason } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../../app/authority.ts'
import { credentialOf } from '../../app/http/authentication.ts'
import { problems } from '../../app/http/errors.ts'
import type { Server } from '../../app/http/server.ts'
import { Id } from '../../app/ids.ts'
import { openRateLeases, reportRate } from './service.ts'

const DEFAULT_SECONDS = 60
const LONGEST_BACKLOG = 1e15
const Time = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const RateSchema = Type.Object(
  {
    count: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    period_seconds: Type.Union([Type.Literal(1), Type.Literal(60), Type.Literal(3600)]),
    burst: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  },
  { additionalProperties: false, description: 'As the plan has it.' },
)
const shared = {
  id: Id,
  license: Id,
  feature: Type.String({ minLength: 1, maxLength: 200, description: 'By its name within the product.' }),
  rate: RateSchema,
}
const Lease = Type.Object({
  ...shared,
  seq: Type.Integer({ description: 'Of the report that this answers.' }),
  count: Type.Integer({ description: 'What it has of the count of the rate, with as much of the burst.' }),
  kept: Type.Integer({ description: 'Of that, what it had and keeps.' }),
  added: Type.Integer({ description: 'Of that, what it had not.' }),
  backlog_milliseconds: Type.Number({ description: 'What was added is used up for so long, from when the answer comes.' }),
  fair: Type.Integer({ description: 'To be kept at most with the next report: others lack what is theirs.' }),
  until: Type.String({ format: 'date-time', description: 'Exclusive: nothing goes through it from then on.' }),
  milliseconds: Type.Integer({
    minimum: 0,
    description: 'From the answer to `until`. Counted from when the report was sent, it holds whatever the clock of the enforcer says.',
  }),
})
const Listed = Type.Object({
  ...shared,
  count: Type.Integer({ description: 'What it has of the count of the rate, with as much of the burst.' }),
  wanted: Type.Integer({ description: 'What it would have, were it free.' }),
  until: Time,
  source: Type.String({ description: 'The API key that leased.' }),
})
const tags = ['leases']

export function rateLeaseRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/rate-leases',
    {
      config: { permission: 'consume' },
      schema: {
        operationId: 'reportRateLease',
        summary: 'Take, keep, change or give back a part of a rate, to use without asking',
        description:
          'One report says what the enforcer has and would have; the first takes a part, and one that keeps and wants nothing gives all back. An older `seq` changes nothing: reports may come twice, late and out of order. What an enforcer has nobody else lets through until it gives it back, or it is over. Needs the scopes `decide` and `consume`.',
        tags,
        body: Type.Object(
          {
            ...shared,
            id: { ...Id, description: 'Unique to this credential among its parts of this rate, and made anew with each start.' },
            seq: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Higher than in every report before.' }),
            had: { ...Count, description: 'What it had of the count, as far as it heard.' },
            keep: { ...Count, description: 'Of that it goes on with so much, and no more from before this was sent.' },
            backlog_milliseconds: Type.Number({
              minimum: 0,
              maximum: LONGEST_BACKLOG,
              description: 'What it had is used up for so long, when this was sent.',
            }),
            wanted: { ...Count, description: 'Would have in all; fewer may be given.' },
            amount: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 1_000_000_000, default: 1, description: 'Units that are to go through at once.' }),
            ),
            seconds: Type.Optional(
              Type.Integer({ minimum: 5, maximum: 3600, default: DEFAULT_SECONDS, description: 'How long nobody has to hear of it.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            lease: Lease,
            reason: Type.Optional(
              Type.Unsafe<Reason>({ type: 'string', description: 'Why nothing more is given, where the licence says so.' }),
            ),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { license, feature, rate, backlog_milliseconds, amount = 1, seconds = DEFAULT_SECONDS, ...said } = request.body
      const credential = credentialOf(request)
      const of = { license, feature, rate: { count: rate.count, periodSeconds: rate.period_seconds, burst: rate.burst } }
      const report = { ...said, backlogMilliseconds: backlog_milliseconds, amount, seconds }
      const { lease, kept, added, backlogMilliseconds, fair, reason } = await reportRate(authority, credential, of, report)
      const { id, seq, count, until } = lease
      return {
        lease: {
          ...{ id, license, feature, rate, seq, count, kept, added, fair },
          backlog_milliseconds: backlogMilliseconds,
          until: formatInstant(until),
          milliseconds: Math.max(0, until - authority.clock()),
        },
        ...(reason !== undefined && credential.reasons !== false && { reason }),
      }
    },
  )

  server.get(
    '/v1/rate-leases',
    {
      config: { permission: 'manage:usage' },
      schema: {
        operationId: 'listRateLeases',
        summary: 'List the parts of rates that enforcers use by themselves; the last to end come first',
        tags,
        querystring: Type.Object(
          { license: Type.Optional(Id), organization: Type.Optional(Id), product: Type.Optional(Id) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Listed, { maxItems: 1000 }) }), ...problems },
      },
    },
    async (request) => {
      const rows = await openRateLeases(authority, credentialOf(request), request.query)
      return {
        items: rows.map(({ id, source, license, feature, rate: { count: most, periodSeconds, burst }, count, wanted, until }) => ({
          ...{ id, source, license, feature, count, wanted },
          rate: { count: most, period_seconds: periodSeconds, burst },
          until: formatInstant(until),
        })),
      }
    },
  )
}
