import { decisionToWire } from '@writ/engine'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { StoreReplaced } from '../../changes/store.ts'
import { ImpactWire, meanwhileWire } from '../../guard/wire.ts'
import { ApiError, type ApiErrorCode, type FieldError, STATUS, TITLES } from '../api-error.ts'
import type { Authority } from '../authority.ts'
import { Refused } from '../refused.ts'
import { logFailure, storeFaultOf } from '../store-fault.ts'
import { ALWAYS } from './security-headers.ts'
import type { Server } from './server.ts'

/** A fault of a terms file, or a warning about it. */
export const Finding = Type.Object({
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  code: Type.String(),
  line: Type.Integer({ description: 'From 1, as editors count; 0: the file as a whole.' }),
  column: Type.Integer(),
  message: Type.String(),
  suggestion: Type.Optional(Type.String()),
})

/** RFC 9457. `code` is the member to branch on; `type` is the same as a URI. */
const Problem = Type.Object(
  {
    type: Type.String({ format: 'uri' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: Type.String(),
    instance: Type.String({ format: 'uri', description: 'Names the request; its id is in the log.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          in: Type.String({ description: 'body, query, path or headers' }),
          pointer: Type.String({ description: 'JSON pointer (RFC 6901) into that part' }),
          detail: Type.String(),
          code: Type.Optional(Type.String({ description: 'Of a fault that has a code of its own.' })),
        }),
      ),
    ),
    plans: Type.Optional(Type.Array(Type.String(), { description: 'Of a plan that there is not: those that the edition has.' })),
    feature: Type.Optional(Type.String({ description: "The feature of the authority's own terms that was refused." })),
    remedies: Type.Optional(Type.Array(Type.Object({ type: Type.String() }, { additionalProperties: true }))),
    mended_by: Type.Optional(
      Type.Object(
        { roles: Type.Array(Type.String()), owners: Type.Optional(Type.Array(Type.String())) },
        { description: 'Who can mend it: the roles that permit it, and the owners, who give them.' },
      ),
    ),
    impact: Type.Optional(ImpactWire),
    ...meanwhileWire,
    confirmation: Type.Optional(
      Type.Object(
        { token: Type.String(), expires_at: Type.String({ format: 'date-time' }) },
        { description: 'Send the same request again with the token as `Writ-Confirmation`. Good for once, and for just this impact.' },
      ),
    ),
    parked_change: Type.Optional(Type.String({ description: 'Where it waits: /v1/parked-changes/ and this.' })),
    second_person: Type.Optional(
      Type.Literal(true, { description: 'Sent again with the token it waits for somebody else, who confirms it too.' }),
    ),
    changed: Type.Optional(Type.Literal(true, { description: 'What was confirmed before is no longer what it would come to.' })),
    taken_before: Type.Optional(
      Type.Integer({
        description:
          'Of an import, a roll-out or moves to another edition: how many lost something by rows or steps before, unasked; they count with this.',
      }),
    ),
    confirmed_before: Type.Optional(
      Type.Integer({
        description: 'With `second_person`: how many lost something by steps before, which one person confirmed; they count with this.',
      }),
    ),
    scope: Type.Optional(Type.String({ description: 'The scope that was missing; of several, separated by spaces, any would do.' })),
    most: Type.Optional(Type.Integer({ description: 'Of a licence that is activated as often as it may be.' })),
    most_days: Type.Optional(Type.Integer({ description: 'Of a check-out that is too long.' })),
    now: Type.Optional(Type.Integer({ description: 'Of what a device signed out of time: the time here, in epoch seconds.' })),
    self_releases: Type.Optional(Type.Integer({ description: 'Releases that the customer has within 30 days.' })),
    next: Type.Optional(Type.Integer({ description: 'When the customer may release again, in epoch milliseconds.' })),
    meter: Type.Optional(Type.String({ description: 'Of a share of a quota that cannot be given; of seats there is none.' })),
    left: Type.Optional(Type.Integer({ description: 'What of it could be.' })),
    fault: Type.Optional(Type.String({ description: 'Of a workload identity token that does not hold.' })),
    findings: Type.Optional(Type.Array(Finding, { description: 'Of faulty terms: every fault, in the order of the file.' })),
  },
  { additionalProperties: false },
)

/** Spread into every route's `response`. */
export const problems = {
  '4xx': { description: 'Refused', content: { 'application/problem+json': { schema: Problem } } },
  '5xx': { description: 'Failed', content: { 'application/problem+json': { schema: Problem } } },
} as const

const FROM_FASTIFY: Readonly<Record<string, ApiErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE_UNSUPPORTED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BODY_MALFORMED',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_MALFORMED',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'BODY_MALFORMED',
  FST_ERR_NOT_FOUND: 'ROUTE_UNKNOWN',
}

/** A database that fails over is back in seconds; who asks more often only adds to its load. */
const RETRY_SECONDS = 5

export function errors(server: Server, { counts }: Authority): void {
  server.setErrorHandler<FastifyError | Refused>((error, request, reply) => {
    if (error instanceof Refused) return sendRefusal(request, reply, error)
    const known = toApiError(error)
    if (STATUS[known.code] >= 500) logFailure(request.log, error, 'request failed')
    if (known.code === 'STORE_UNAVAILABLE' || known.code === 'STORE_FULL') {
      counts.storeFaults[known.code]++
      reply.header('retry-after', RETRY_SECONDS)
    }
    return sendProblem(request, reply, known)
  })
  server.setNotFoundHandler((request, reply) => sendProblem(request, reply, new ApiError('ROUTE_UNKNOWN')))
}

/** What is no URL reaches neither a route nor its hooks; by itself the framework would send it back in an answer of another form. */
export function badUrl(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  request.log.info({ method: request.method, status: 400 }, 'request')
  reply.headers(ALWAYS).header('x-request-id', request.id)
  const errors = [{ in: 'path' as const, pointer: '', detail: 'must be a valid URL' }]
  sendProblem(request, reply, new ApiError('REQUEST_INVALID', { errors }))
}

function toApiError(error: FastifyError | ApiError): ApiError {
  if (error instanceof ApiError) return error
  if ('validation' in error && error.validation !== undefined) return new ApiError('REQUEST_INVALID', { errors: fieldErrors(error) })
  const code = FROM_FASTIFY[error.code]
  if (code !== undefined) return code === 'REQUEST_INVALID' ? new ApiError(code, { errors: [] }) : new ApiError(code as 'INTERNAL')
  // A syntax error of the body parser has a status and no code of its own.
  if (error.statusCode === 400) return new ApiError('BODY_MALFORMED')
  return new ApiError(storeFaultOf(error) ?? (error instanceof StoreReplaced ? 'STORE_UNAVAILABLE' : 'INTERNAL'))
}

const PARTS: Readonly<Record<string, FieldError['in']>> = { body: 'body', querystring: 'query', params: 'path', headers: 'headers' }

/** The validator's own words name types, limits and member names, never a value that was sent. */
function fieldErrors(error: FastifyError): FieldError[] {
  const part = PARTS[error.validationContext ?? 'body'] ?? 'body'
  return (error.validation ?? [])
    .filter(({ keyword }) => keyword !== 'additionalProperties') // each unexpected member is told of by itself, as `boolean`
    .slice(0, 20)
    .map(({ keyword, instancePath, message }) => ({
      in: part,
      pointer: instancePath,
      detail: keyword === 'boolean' ? 'is not expected here' : (message ?? 'is not valid'),
    }))
}

/** Its code is the reason, so that who reads a decision reads this too. */
function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { decision, feature, mendedBy, statusCode, message }: Refused,
): FastifyReply {
  const { reason, remedies } = decisionToWire(decision)
  return reply
    .code(statusCode)
    .type('application/problem+json')
    .send({
      type: `urn:writ:problem:${reason}`,
      title: message,
      status: statusCode,
      detail: message,
      code: reason,
      instance: `urn:writ:request:${encodeURIComponent(request.id)}`,
      feature,
      remedies,
      mended_by: mendedBy,
    })
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, { code, details }: ApiError): FastifyReply {
  const status = STATUS[code]
  const problem = {
    type: `urn:writ:problem:${code.toLowerCase()}`,
    title: TITLES[code],
    status,
    detail: TITLES[code],
    code,
    instance: `urn:writ:request:${encodeURIComponent(request.id)}`,
    ...details,
  }
  return reply.code(status).type('application/problem+json').send(problem)
}
