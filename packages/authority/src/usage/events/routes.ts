import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../../app/authority.ts'
import { credentialOf } from '../../app/http/authentication.ts'
import { problems } from '../../app/http/errors.ts'
import type { Server } from '../../app/http/server.ts'
import { Id } from '../../app/ids.ts'
import { UsageEventSchema } from './event.ts'
import { BATCH, MOST_EVENTS, ONE, sentEvents } from './http-modes.ts'
import type { Late } from './placing.ts'
import { receiptRoutes } from './receipt-routes.ts'
import { receiptFor, receiptSigner } from './receipts.ts'
import { type Outcome, type Overage, takeEvents } from './service.ts'
import type { ReportedUsage } from './store.ts'

const Time = Type.String({ format: 'date-time' })
const Count = Type.Integer()
const Report = Type.Object({
  accepted: Count,
  duplicate: Type.Integer({ description: 'Were counted before, with the same content.' }),
  refused: Type.Integer({ description: 'Were not counted. Each says why; the others stand.' }),
  events: Type.Array(
    Type.Object({
      status: Type.Unsafe<Outcome['status']>({ type: 'string', enum: ['accepted', 'duplicate', 'refused'] }),
      license: Type.Optional({ ...Id, description: 'That it counts for.' }),
      code: Type.Optional(Type.String()),
      detail: Type.Optional(Type.String()),
      errors: Type.Optional(
        Type.Array(Type.Object({ pointer: Type.String({ description: 'Into the event. RFC 6901.' }), detail: Type.String() })),
      ),
    }),
    { description: 'One for each event, in their order.' },
  ),
  receipt: Type.Optional(
    Type.String({
      description: 'A usage receipt. Absent: none was asked for, nothing is counted, or it is of more than 150 licences and meters.',
    }),
  ),
  overages: Type.Array(Type.Object({ license: Id, meter: Type.String(), from: Time, until: Time, used: Count, limit: Count }), {
    description: 'Windows that this counted in and that are beyond their limit: what has happened is counted all the same.',
  }),
})
const Batch = Type.Array(UsageEventSchema, { maxItems: MOST_EVENTS })

export function usageEventRoutes(server: Server, authority: Authority): void {
  // Within `register`, so that no other route takes these types.
  server.register(async (scope) => {
    scope.addContentTypeParser([ONE, BATCH], { parseAs: 'string' }, scope.getDefaultJsonParser('error', 'error'))
    intakeRoute(scope as Server, authority)
  })
  receiptRoutes(server, authority)
}

function intakeRoute(server: Server, authority: Authority): void {
  server.post(
    '/v1/usage/events',
    {
      config: { permission: 'consume', items: (body) => (Array.isArray(body) ? body.length : 1) },
      // Events are read one by one: a faulty one is refused by itself, the batch stands.
      validatorCompiler: ({ schema, httpPart }) =>
        httpPart === 'body'
          ? () => true
          : (server.validatorCompiler as NonNullable<typeof server.validatorCompiler>)({ schema, httpPart } as never),
      schema: {
        operationId: 'reportUsage',
        summary: 'Report usage that has happened, by CloudEvents',
        description: `CloudEvents 1.0 over HTTP: one event, structured (\`${ONE}\`) or binary (\`ce-\` fields, the data as \`application/json\`), or a batch of up to ${MOST_EVENTS} (\`${BATCH}\`); plain \`application/json\` is taken for what it holds. An event counts once by what it names, its \`source\` and its \`id\`, however often it is sent. It counts in the window of its own time, also beyond a limit. A batch is answered with 200 and what became of each event; one event that is refused is a problem.`,
        tags: ['usage'],
        querystring: Type.Object(
          {
            receipt: Type.Optional(Type.Boolean({ description: 'Sign what of this is counted, now or before. Default: false.' })),
            late: Type.Optional(
              Type.Unsafe<Late>({
                type: 'string',
                enum: ['refuse', 'book'],
                default: 'refuse',
                description: 'Usage whose own window is closed for corrections is refused, or counted now.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        body: {
          content: {
            'application/json': { schema: Type.Union([UsageEventSchema, Batch]) },
            [ONE]: { schema: UsageEventSchema },
            [BATCH]: { schema: Batch },
          },
        },
        response: { 200: Report, ...problems },
      },
    },
    async (request) => {
      const { events, isBatch } = sentEvents(request.headers, request.body)
      const signer = request.query.receipt === true ? await receiptSigner(authority) : undefined
      const { outcomes, overages } = await takeEvents(authority, credentialOf(request), events, request.query.late ?? 'refuse')
      const [first] = outcomes
      if (!isBatch && first?.status === 'refused') throw first.error
      const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length
      const receipt = signer && (await receiptFor(authority, signer, usagesOf(outcomes)))
      return {
        ...(receipt !== undefined && { receipt }),
        accepted: count('accepted'),
        duplicate: count('duplicate'),
        refused: count('refused'),
        events: outcomes.map(shown),
        overages: overages.map(shownOverage),
      }
    },
  )
}

function shown(outcome: Outcome) {
  if (outcome.status !== 'refused') return { status: outcome.status, license: outcome.usage.license }
  const { code, message, details } = outcome.error
  const errors = (details as { errors?: readonly { pointer: string; detail: string }[] } | undefined)?.errors
  return { status: outcome.status, code, detail: message, ...(errors && { errors: [...errors] }) }
}

/** An event that stands twice in a batch is one usage. */
function usagesOf(outcomes: readonly Outcome[]): ReportedUsage[] {
  const usages = outcomes.flatMap((outcome) => (outcome.status === 'refused' ? [] : [outcome.usage]))
  return [...new Map(usages.map((usage) => [`${usage.source}\n${usage.id}`, usage])).values()]
}

function shownOverage({ from, until, ...overage }: Overage) {
  return { ...overage, from: formatInstant(from), until: formatInstant(until) }
}
