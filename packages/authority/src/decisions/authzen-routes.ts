import { type Request, requestFromWire } from '@writ/engine'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { ApiError, STATUS } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import type { Server } from '../app/http/server.ts'
import { Refused } from '../app/refused.ts'
import { type Entity, type Evaluation, type EvaluationAnswer, type Semantic, settles, toAnswer, toRequest } from './authzen.ts'
import { CheckRequest } from './schemas.ts'
import { check } from './service.ts'

const MOST_ITEMS = 1000

export const Name = Type.String({ minLength: 1, maxLength: 256 })
export const Bag = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 64 })
export const EntitySchema = Type.Object({ type: Name, id: Name, properties: Type.Optional(Bag) })
export const ActionSchema = Type.Object({ name: Name, properties: Type.Optional(Bag) })
const parts = { subject: EntitySchema, action: ActionSchema, resource: EntitySchema }

const EvaluationBody = Type.Object({ ...parts, context: Type.Optional(Bag) })
const EvaluationsBody = Type.Object({
  subject: Type.Optional(EntitySchema),
  action: Type.Optional(ActionSchema),
  resource: Type.Optional(EntitySchema),
  context: Type.Optional(Bag),
  // Items are looked at one by one: a faulty one is refused by itself, the batch stands.
  evaluations: Type.Optional(Type.Array(Type.Object({}, { additionalProperties: true }), { maxItems: MOST_ITEMS })),
  options: Type.Optional(
    Type.Object(
      { evaluations_semantic: Type.Optional(Type.Enum(['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'])) },
      { additionalProperties: true },
    ),
  ),
})
const Answer = Type.Object({ decision: Type.Boolean(), context: Type.Optional(Type.Object({}, { additionalProperties: true })) })
const Answers = Type.Object({
  decision: Type.Optional(Type.Boolean()),
  evaluations: Type.Optional(Type.Array(Answer)),
  context: Type.Optional(Type.Unknown()),
})
/** AuthZEN 1.0: an error's body is a plain string. */
export const PlainError = { description: 'Refused', content: { 'text/plain': { schema: Type.String() } } }

const isEvaluation = Compile(EvaluationBody)
/** The members that an item of a batch has of its own; those of the body were looked at with it. */
const isItem = Compile(Type.Partial(EvaluationBody))
/** For what was put together here, by names that are known: looking for others would cost more than all the rest. */
export const isQuestion = Compile(Type.Object(CheckRequest.properties))

/** OpenID AuthZEN Authorization API 1.0: metadata, evaluation and evaluations. */
export function authzenRoutes(server: Server, authority: Authority): void {
  server.get(
    '/.well-known/authzen-configuration',
    {
      config: { public: true },
      schema: {
        tags: ['authzen'],
        operationId: 'authzenConfiguration',
        summary: 'What this decision point offers',
        response: { 200: Bag },
      },
    },
    async () => {
      // Without a public URL only this host can ask: then it is where the server listens, never what a Host header says.
      const base = authority.config.publicUrl ?? server.listeningOrigin
      return {
        policy_decision_point: base,
        access_evaluation_endpoint: `${base}/access/v1/evaluation`,
        access_evaluations_endpoint: `${base}/access/v1/evaluations`,
        search_subject_endpoint: `${base}/access/v1/search/subject`,
        search_resource_endpoint: `${base}/access/v1/search/resource`,
        search_action_endpoint: `${base}/access/v1/search/action`,
      }
    },
  )

  server.post(
    '/access/v1/evaluation',
    {
      config: { permission: 'decide' },
      errorHandler: plainErrors,
      schema: {
        tags: ['authzen'],
        operationId: 'evaluation',
        summary: 'Evaluate one access',
        body: EvaluationBody,
        response: { 200: Answer, '4xx': PlainError, '5xx': PlainError },
      },
    },
    (request) => evaluate(authority, request, request.body as Evaluation),
  )

  server.post(
    '/access/v1/evaluations',
    {
      config: { permission: 'decide', items: (body) => (body as { evaluations?: unknown[] }).evaluations?.length ?? 1 },
      errorHandler: plainErrors,
      schema: {
        tags: ['authzen'],
        operationId: 'evaluations',
        summary: 'Evaluate up to 1,000 accesses in order',
        body: EvaluationsBody,
        response: { 200: Answers, '4xx': PlainError, '5xx': PlainError },
      },
    },
    async (request) => {
      const { evaluations, options, ...defaults } = request.body
      if (evaluations === undefined || evaluations.length === 0) {
        if (!isEvaluation.Check(defaults)) throw invalid('')
        return evaluate(authority, request, defaults as Evaluation)
      }
      return {
        evaluations: await evaluateAll(
          authority,
          request,
          defaults,
          evaluations,
          (options?.evaluations_semantic ?? 'execute_all') as Semantic,
        ),
      }
    },
  )
}

/** Items in order, each replacing whole members of the defaults; what comes after a settled answer is neither evaluated nor consumed. */
async function evaluateAll(
  authority: Authority,
  request: FastifyRequest,
  defaults: object,
  items: readonly object[],
  semantic: Semantic,
): Promise<EvaluationAnswer[]> {
  const answers: EvaluationAnswer[] = []
  const common = commonOf(defaults)
  for (const [i, item] of items.entries()) {
    const answer = evaluateItem(authority, request, { defaults, common }, item, i)
    // Waiting for what is there already would cost a batch more than its decisions.
    const settled = answer instanceof Promise ? await answer : answer
    answers.push(settled)
    if (settles(semantic, settled)) break
  }
  return answers
}

interface Shared {
  readonly defaults: object
  /** The question of everybody whose item says nothing but who they are: most batches ask of many what they say once. */
  readonly common: Request | undefined
}

function commonOf(defaults: Partial<Evaluation>): Request | undefined {
  const { action, resource } = defaults
  if (action === undefined || resource === undefined) return undefined
  const question = toRequest({ ...defaults, action, resource, subject: { type: 'user', id: NOBODY } })
  return isQuestion.Check(question) ? requestFromWire(question) : undefined
}

/** A failing item is a no of its own, never a failing whole. */
function evaluateItem(authority: Authority, request: FastifyRequest, { defaults, common }: Shared, item: object, index: number): Answered {
  try {
    if (!isItem.Check(item)) throw invalid(`/evaluations/${index}`)
    const answer =
      common !== undefined && isOnlySubject(item)
        ? answered(authority, request, { ...common, identity: isOfType(item.subject, authority) ? item.subject.id : NOBODY })
        : evaluateWhole(authority, request, { ...defaults, ...item }, index)
    return answer instanceof Promise ? answer.catch(refuseItem) : answer
  } catch (error) {
    return refuseItem(error)
  }
}

function isOnlySubject(item: Partial<Evaluation>): item is { readonly subject: Entity } {
  const { subject, action, resource, context } = item
  return (
    subject !== undefined && subject.properties === undefined && action === undefined && resource === undefined && context === undefined
  )
}

function evaluateWhole(authority: Authority, request: FastifyRequest, asked: Partial<Evaluation>, index: number): Answered {
  const isWhole = asked.subject !== undefined && asked.action !== undefined && asked.resource !== undefined
  if (!isWhole) throw invalid(`/evaluations/${index}`)
  return evaluate(authority, request, asked as Evaluation)
}

type Answered = EvaluationAnswer | Promise<EvaluationAnswer>

function evaluate(authority: Authority, request: FastifyRequest, evaluation: Evaluation): Answered {
  const question = toRequest(
    isOfType(evaluation.subject, authority) ? evaluation : { ...evaluation, subject: { ...evaluation.subject, id: NOBODY } },
  )
  if (!isQuestion.Check(question)) throw invalid('')
  return answered(authority, request, requestFromWire(question))
}

/** What waits for the ledger comes as a promise, everything else at once. */
function answered(authority: Authority, request: FastifyRequest, question: Request): Answered {
  const decided = check(authority, { credential: credentialOf(request), requestId: request.id }, question, 'only with consume')
  return decided instanceof Promise ? decided.then(toAnswer) : toAnswer(decided)
}

/** No id is this one. */
export const NOBODY = '-'

/** `subject.type` is the identity's kind, or `user`; an identity of another kind is not the one that was meant. */
export function isOfType({ type, id }: Evaluation['subject'], { world }: Authority): boolean {
  if (type === 'user') return true
  const row = world.identities.find(id)
  return row !== undefined && world.identities.status(row) !== undefined && world.identities.kind(row) === type
}

function invalid(pointer: string): ApiError {
  return new ApiError('REQUEST_INVALID', { errors: [{ in: 'body', pointer, detail: 'must be an evaluation' }] })
}

function refuseItem(error: unknown): EvaluationAnswer {
  if (!isApiError(error)) throw error
  return { decision: false, context: { error: { status: STATUS[error.code], message: error.message } } } as EvaluationAnswer
}

export function plainErrors(this: unknown, error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = isApiError(error) ? STATUS[error.code] : ((error as { statusCode?: number }).statusCode ?? 500)
  if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'request failed')
  const text =
    isApiError(error) || error instanceof Refused
      ? error.message
      : status >= 500
        ? 'Something went wrong on our side.'
        : 'The request does not have the expected form.'
  return reply.code(status).type('text/plain; charset=utf-8').send(text)
}

function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError
}
