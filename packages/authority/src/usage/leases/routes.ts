import { formatInstant, type Reason } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../../app/authority.ts'
import { credentialOf } from '../../app/http/authentication.ts'
import { problems } from '../../app/http/errors.ts'
import { byOf, DryRunQuery } from '../../app/http/mutation.ts'
import type { Server } from '../../app/http/server.ts'
import { Id } from '../../app/ids.ts'
import type { Reach } from '../../enforcers/scope.ts'
import { endLease, type LeaseState, leaseState, openLeases } from './ending.ts'
import { type Leased, renewLease, returnLease, takeLease } from './service.ts'
import type { LeaseRow } from './store.ts'

const DEFAULT_SECONDS = 60
const MOST_UNITS = 1_000_000_000
const Units = Type.Integer({ minimum: 0, maximum: MOST_UNITS })
const Seconds = Type.Integer({
  minimum: 5,
  maximum: 3600,
  default: DEFAULT_SECONDS,
  description: 'How long nobody has to hear of it; it ends sooner where a window or the licence does.',
})
const Time = Type.String({ format: 'date-time' })
const Feature = Type.String({ minLength: 1, maxLength: 200, description: 'By its name within the product.' })

const Window = Type.Object({
  from: Time,
  until: Time,
  limit: Type.Optional(Type.Integer({ description: 'That the slice was cut from. Absent: counted in this window, and never refused.' })),
})
const lease = {
  id: Id,
  license: Id,
  feature: Type.String(),
  meter: Type.String(),
  seq: Type.Integer({ description: 'Of the report that this answers; 0 before the first.' }),
  granted: Type.Integer({ description: 'In all, less what was given back. It counts as used from the start.' }),
  spent: Type.Integer({ description: 'As last reported.' }),
  state: Type.Unsafe<LeaseState>({ type: 'string', enum: ['open', 'ended', 'unreported', 'closed'] }),
  leased_at: Time,
  until: Type.String({ format: 'date-time', description: 'Exclusive: nothing of it is spent from then on.' }),
  milliseconds: Type.Integer({
    minimum: 0,
    description: 'From the answer to `until`. Counted from when the question was sent, it holds whatever the clock of the enforcer says.',
  }),
  windows: Type.Array(Window),
}
const Lease = Type.Object(lease)
const Answer = Type.Object({
  lease: Type.Optional(Lease),
  reason: Type.Optional(Type.Unsafe<Reason>({ type: 'string', description: 'Why nothing is granted, where nothing is.' })),
})
const Listed = Type.Object({ ...lease, source: Type.String({ description: 'The API key that leased.' }) })

const config = { permission: 'consume' } as const
const tags = ['leases']
const ById = Type.Object({ id: Id })

export function leaseRoutes(server: Server, authority: Authority): void {
  const { clock } = authority
  const answerOf = (leased: Leased, { reasons }: Reach) =>
    'lease' in leased ? { lease: shown(leased.lease, clock()) } : reasons === false ? {} : { reason: leased.refused }

  server.post(
    '/v1/leases',
    {
      config,
      schema: {
        operationId: 'takeLease',
        summary: 'Take a slice of a hard quota, to spend without asking',
        description:
          'It counts as used from now on; what is returned is free again. At most a part of what is left is granted. An answer without a lease grants nothing, and its status is 200. Needs the scopes `decide` and `consume`.',
        tags,
        body: Type.Object(
          {
            id: { ...Id, description: 'Unique to this credential among its leases; sending it again gives the same lease.' },
            license: Id,
            feature: Feature,
            units: {
              ...Units,
              description: 'Wanted; fewer may be granted. 0: nothing, and an asking of the same id that comes late finds it closed.',
            },
            seconds: Type.Optional(Seconds),
          },
          { additionalProperties: false },
        ),
        response: { 200: Answer, ...problems },
      },
    },
    async (request) => {
      const { seconds = DEFAULT_SECONDS, ...wanted } = request.body
      const credential = credentialOf(request)
      return answerOf(await takeLease(authority, credential, { ...wanted, seconds }), credential)
    },
  )

  server.post(
    '/v1/leases/:id/renew',
    {
      config,
      schema: {
        operationId: 'renewLease',
        summary: 'Say what was spent of a lease, and go on with it',
        description:
          'All counts are in all, and an older `seq` changes nothing: reports may come twice, late and out of order. A lease that gets no more, since the quota is used up or the licence ended, still ends no sooner than it did.',
        tags,
        params: ById,
        body: Type.Object(
          {
            seq: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Higher than in every report before.' }),
            spent: { ...Units, description: 'In all, when this was sent.' },
            keep: Type.Optional({
              ...Units,
              description: 'At most so much is spent until the answer comes; the rest is given back. Absent: all that is left is kept.',
            }),
            units: Type.Optional({ ...Units, default: 0, description: 'Wanted beyond what is kept.' }),
            seconds: Type.Optional(Seconds),
          },
          { additionalProperties: false },
        ),
        response: { 200: Answer, ...problems },
      },
    },
    async (request) => {
      const { units = 0, seconds = DEFAULT_SECONDS, ...report } = request.body
      const credential = credentialOf(request)
      return answerOf(await renewLease(authority, credential, request.params.id, { ...report, units, seconds }), credential)
    },
  )

  server.post(
    '/v1/leases/:id/return',
    {
      config,
      schema: {
        operationId: 'returnLease',
        summary: 'Close a lease with what was spent of it, and give the rest back',
        description:
          'Safe to send again. Also after it ended, while its window is open for corrections (three days, unless `WRIT_USAGE_CORRECTION_DAYS` says otherwise): a lease that nobody returned counts as used whole.',
        tags,
        params: ById,
        body: Type.Object({ spent: { ...Units, description: 'In all, for good.' } }, { additionalProperties: false }),
        response: { 200: Lease, ...problems },
      },
    },
    async (request) => shown(await returnLease(authority, credentialOf(request), request.params.id, request.body.spent), clock()),
  )

  server.get(
    '/v1/leases',
    {
      config: { permission: 'manage:usage' },
      schema: {
        operationId: 'listLeases',
        summary: 'List the slices of hard quotas that enforcers have, and those that nobody returned; the last to end come first',
        tags,
        querystring: Type.Object(
          { license: Type.Optional(Id), organization: Type.Optional(Id), product: Type.Optional(Id) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Listed, { maxItems: 1000 }) }), ...problems },
      },
    },
    async (request) => {
      const rows = await openLeases(authority, credentialOf(request), request.query)
      return { items: rows.map((row) => ({ ...shown(row, clock()), source: row.source })) }
    },
  )

  server.post(
    '/v1/leases/:id/end',
    {
      config: { permission: 'manage:usage' },
      schema: {
        operationId: 'endLease',
        summary: 'End a lease by force',
        description:
          'Its enforcer gets no more, and returns what is left when it asks next. Where it never does, say once the lease is over what was `spent`: the rest is free again.',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object(
          {
            source: { ...Id, description: 'The API key that leased.' },
            spent: Type.Optional({ ...Units, description: 'Of a lease that is over: said in the stead of its enforcer, for good.' }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Listed, ...problems },
      },
    },
    async (request) => {
      const { source, spent } = request.body
      const row = await endLease(authority, byOf(request), credentialOf(request), { source, id: request.params.id }, spent)
      return { ...shown(row, clock()), source: row.source }
    },
  )
}

function shown(row: LeaseRow, now: number) {
  const { id, license_id, feature, meter, seq, granted, spent, leased_at, until, windows } = row
  return {
    id,
    license: license_id,
    feature,
    meter,
    seq,
    granted,
    spent,
    state: leaseState(row, now),
    leased_at: formatInstant(leased_at),
    until: formatInstant(until),
    milliseconds: Math.max(0, until - now),
    windows: windows.map(({ from, until, hardLimit }) => ({
      from: formatInstant(from),
      until: formatInstant(until),
      ...(hardLimit !== undefined && { limit: hardLimit }),
    })),
  }
}
