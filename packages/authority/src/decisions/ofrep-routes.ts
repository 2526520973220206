import { hash } from 'node:crypto'
import { decisionToWire, requestFromWire } from '@writ/engine'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { isKnown } from '../app/http/conditional.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { seesProduct } from '../enforcers/scope.ts'
import { isQuestion } from './authzen-routes.ts'
import { featureNames } from './feature-names.ts'
import { type Flag, flagQuestion, toFlag, unmoved } from './ofrep.ts'
import { anotherTurn } from './ordered-names.ts'
import { check } from './service.ts'

const Context = Type.Object(
  { targetingKey: Type.Optional(Type.Unknown({ description: 'The identity. A string; without it nothing is evaluated.' })) },
  {
    additionalProperties: true,
    maxProperties: 80,
    description:
      'As in AuthZEN: organization, country, ip, device, session, proofs, actor, wanted, and what the terms declare; also `resource` and `commands` as in a check.',
  },
)
const Body = Type.Object({ context: Type.Optional(Context) })
const FlagSchema = Type.Object({
  key: Type.String(),
  value: Type.Optional(Type.Union([Type.Boolean(), Type.Number(), Type.String()])),
  reason: Type.Enum(['TARGETING_MATCH', 'DISABLED']),
  variant: Type.Optional(Type.String()),
  metadata: Type.Record(Type.String(), Type.Union([Type.Boolean(), Type.Number(), Type.String()])),
})
const Failure = Type.Object({
  key: Type.Optional(Type.String()),
  errorCode: Type.Enum(['PARSE_ERROR', 'TARGETING_KEY_MISSING', 'INVALID_CONTEXT', 'FLAG_NOT_FOUND', 'GENERAL']),
  errorDetails: Type.String(),
})
const Flags = Type.Object({ flags: Type.Array(FlagSchema), metadata: Type.Object({ revision: Type.Integer() }) })

const config = { permission: 'decide' } as const
const tags = ['ofrep']

/** So many and then a turn for others. */
const FLAGS_A_TURN = 200

/** OpenFeature Remote Evaluation Protocol 0.3: features as flags. */
export function ofrepRoutes(server: Server, authority: Authority): void {
  server.post(
    '/ofrep/v1/evaluate/flags/:key',
    {
      config,
      errorHandler: flagErrors,
      schema: {
        tags,
        operationId: 'evaluateFlag',
        summary: 'Evaluate one feature as a flag',
        description:
          'A switch is true or false, a limit its number, a choice its value; a refused one is false, 0, or without a value. Takes nothing without `consume` in the context.',
        params: Type.Object({ key: Type.String({ minLength: 1, maxLength: 256 }) }),
        body: Body,
        response: { 200: FlagSchema, 400: Failure, 404: Failure, ...problems },
      },
    },
    async (request) => {
      const { key } = request.params
      return flagOf(authority, request, key, contextOf(request.body))
    },
  )

  // A key is a feature's name, which has no slash; whoever asks for one is told so in the protocol's own words.
  server.post('/ofrep/v1/evaluate/flags/:key/*', { config, errorHandler: flagErrors, schema: { hide: true } }, async () => {
    throw new FlagError('FLAG_NOT_FOUND')
  })

  server.post(
    '/ofrep/v1/evaluate/flags',
    {
      config: { ...config, cost: 20 },
      errorHandler: flagErrors,
      schema: {
        tags,
        operationId: 'evaluateFlags',
        summary: 'Evaluate every feature as a flag',
        description:
          'Features that are asked about a resource are there when the context names one of their kind. With `If-None-Match`, 304 while nothing changed. Consumes nothing.',
        headers: Type.Object({ 'if-none-match': Type.Optional(Type.String()) }),
        body: Body,
        response: { 200: Flags, 304: Type.Null(), 400: Failure, ...problems },
      },
    },
    async (request, reply) => {
      const flags = await flagsOf(authority, request, contextOf(request.body))
      // Weak: what moves with the clock alone is left out of it. RFC 9110 section 8.8.1.
      const etag = `W/"${hash('sha256', unmoved(flags), 'base64url').slice(0, 27)}"`
      reply.header('etag', etag)
      // Not `null`: what has no body would be said to be JSON.
      if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send(undefined as never)
      return { flags, metadata: { revision: authority.world.revision } }
    },
  )
}

async function flagOf(authority: Authority, request: FastifyRequest, key: string, context: Record<string, unknown>): Promise<Flag> {
  const credential = credentialOf(request)
  const known = authority.world.feature(key)
  if (known === undefined || !seesProduct(credential, known.product.name)) throw new FlagError('FLAG_NOT_FOUND')
  const question = flagQuestion(key, context)
  if (!isQuestion.Check(question)) throw new FlagError('INVALID_CONTEXT')
  const decision = await check(authority, { credential, requestId: request.id }, requestFromWire(question), 'only with consume')
  return toFlag(key, known.feature.feature.type, decisionToWire(decision))
}

async function flagsOf(authority: Authority, request: FastifyRequest, context: Record<string, unknown>): Promise<Flag[]> {
  // One id cannot stand for as many consumptions as there are flags.
  if (context.consume !== undefined) throw new FlagError('INVALID_CONTEXT')
  const kind = kindOf(authority, context.resource)
  const flags: Flag[] = []
  for (const [i, key] of featureNames(authority.world, credentialOf(request)).entries()) {
    const needed = authority.world.feature(key)?.feature.feature.resource
    if (needed === undefined || needed === kind) flags.push(await flagOf(authority, request, key, context))
    if (i % FLAGS_A_TURN === FLAGS_A_TURN - 1) await anotherTurn()
  }
  return flags
}

function kindOf({ world }: Authority, resource: unknown): string | undefined {
  const { id, kind } = (typeof resource === 'object' && resource !== null ? resource : { id: resource }) as { id?: unknown; kind?: string }
  return (typeof id === 'string' ? world.resource(id)?.kind : undefined) ?? kind
}

function contextOf({ context = {} }: { context?: Record<string, unknown> }): Record<string, unknown> {
  const { targetingKey } = context
  if (targetingKey === undefined || targetingKey === null || targetingKey === '') throw new FlagError('TARGETING_KEY_MISSING')
  if (typeof targetingKey !== 'string') throw new FlagError('INVALID_CONTEXT')
  return context
}

const FAILURES = {
  PARSE_ERROR: { status: 400, errorDetails: 'The body is not JSON.' },
  TARGETING_KEY_MISSING: { status: 400, errorDetails: 'The context has no targetingKey: the id of an identity.' },
  INVALID_CONTEXT: { status: 400, errorDetails: 'A member of the context does not have the expected form.' },
  FLAG_NOT_FOUND: { status: 404, errorDetails: 'There is no such feature, or several products have one of this name.' },
} as const

class FlagError extends Error {
  override readonly name = 'FlagError'
  readonly code: keyof typeof FAILURES
  constructor(code: keyof typeof FAILURES) {
    super(FAILURES[code].errorDetails)
    this.code = code
  }
}

function flagErrors(this: unknown, error: FastifyError | FlagError | ApiError, request: FastifyRequest, reply: FastifyReply): void {
  const { key } = request.params as { key?: string }
  const named = key === undefined ? {} : { key }
  const code = failureOf(error)
  if (code !== undefined) {
    const { status, errorDetails } = FAILURES[code]
    reply.code(status).send({ ...named, errorCode: code, errorDetails })
  } else if (error instanceof ApiError && error.code === 'CONSUME_ID_REUSED') {
    reply.code(400).send({ ...named, errorCode: 'GENERAL', errorDetails: error.message })
  } else reply.send(error) // to the handler of all other routes
}

function failureOf(error: FastifyError | FlagError | ApiError): keyof typeof FAILURES | undefined {
  if (error instanceof FlagError) return error.code
  if (error instanceof ApiError) return undefined
  if (error.validation !== undefined) return 'INVALID_CONTEXT'
  return error.statusCode === 400 ? 'PARSE_ERROR' : undefined
}
