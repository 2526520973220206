import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import type { Server } from '../app/http/server.ts'
import { type Evaluation, toRequest } from './authzen.ts'
import { ActionSchema, Bag, EntitySchema, isOfType, isQuestion, Name, NOBODY, PlainError, plainErrors } from './authzen-routes.ts'
import { prepareSearch, type Sought, search } from './search.ts'

/** Only the type says what is looked for; an `id` that comes with it is not read. */
const TypeOnly = Type.Object({ type: Name, properties: Type.Optional(Bag) })
const PageAsked = Type.Optional(
  Type.Object({
    token: Type.Optional(Type.String({ maxLength: 4_096, description: 'The `next_token` of the page before, with the same question.' })),
    limit: Type.Optional(Type.Integer({ minimum: 0, default: 100, description: 'More than 1,000 counts as 1,000.' })),
  }),
)
const Page = Type.Object({
  next_token: Type.String({
    description: 'Empty on the last page. A page may have fewer results than its limit, or none, and not be the last.',
  }),
  count: Type.Integer({ description: 'Results on this page.' }),
})
const more = { context: Type.Optional(Bag), page: PageAsked }

const Entities = Type.Object({ results: Type.Array(Type.Object({ type: Type.String(), id: Type.String() })), page: Page })
const Actions = Type.Object({ results: Type.Array(Type.Object({ name: Type.String() })), page: Page })

const config = { permission: 'decide', feature: 'decisions.explain', cost: 100 } as const
const errors = { '4xx': PlainError, '5xx': PlainError } as const
const description =
  'Exactly those to whom an evaluation of the same question says yes now, in the order of their names. Commits nothing and records nothing.'

/** OpenID AuthZEN Authorization API 1.0: subject, resource and action search. */
export function searchRoutes(server: Server, authority: Authority): void {
  server.addHook('onListen', async () => {
    void prepareSearch(authority.world) // in turns with the first requests
  })

  server.post(
    '/access/v1/search/subject',
    {
      config,
      errorHandler: plainErrors,
      schema: {
        tags: ['authzen'],
        operationId: 'searchSubjects',
        summary: 'Find who may do this',
        description,
        body: Type.Object({ subject: TypeOnly, action: ActionSchema, resource: EntitySchema, ...more }),
        response: { 200: Entities, ...errors },
      },
    },
    async (request) => {
      const { subject, page, ...rest } = request.body
      const asked = { ...rest, subject: { ...subject, id: NOBODY } }
      const { names, ...end } = await found(authority, request, { what: 'subject', type: subject.type }, asked, page)
      return { results: names.map((id) => ({ type: subject.type, id })), ...end }
    },
  )

  server.post(
    '/access/v1/search/resource',
    {
      config,
      errorHandler: plainErrors,
      schema: {
        tags: ['authzen'],
        operationId: 'searchResources',
        summary: 'Find what somebody may do this to, among the declared resources',
        description,
        body: Type.Object({ subject: EntitySchema, action: ActionSchema, resource: TypeOnly, ...more }),
        response: { 200: Entities, ...errors },
      },
    },
    async (request) => {
      const { resource, page, ...rest } = request.body
      const asked = { ...rest, resource: { ...resource, id: NOBODY } }
      const { names, ...end } = await found(authority, request, { what: 'resource', type: resource.type }, asked, page)
      return { results: names.map((id) => ({ type: resource.type, id })), ...end }
    },
  )

  server.post(
    '/access/v1/search/action',
    {
      config,
      errorHandler: plainErrors,
      schema: {
        tags: ['authzen'],
        operationId: 'searchActions',
        summary: 'Find what somebody may do to this',
        description,
        body: Type.Object({ subject: EntitySchema, resource: EntitySchema, ...more }),
        response: { 200: Actions, ...errors },
      },
    },
    async (request) => {
      const { page, subject, resource, context } = request.body
      const asked = { subject, resource, action: { name: NOBODY }, ...(context && { context }) }
      const { names, ...end } = await found(authority, request, { what: 'action' }, asked, page)
      return { results: names.map((name) => ({ name })), ...end }
    },
  )
}

async function found(
  authority: Authority,
  request: FastifyRequest,
  sought: Sought,
  asked: object,
  page: { token?: string; limit?: number } = {},
) {
  const evaluation = asked as Evaluation
  const isKnown = sought.what === 'subject' || isOfType(evaluation.subject, authority)
  const template = toRequest(isKnown ? evaluation : { ...evaluation, subject: { ...evaluation.subject, id: NOBODY } })
  if (!isQuestion.Check(template)) {
    throw new ApiError('REQUEST_INVALID', { errors: [{ in: 'body', pointer: '', detail: 'must be a search' }] })
  }
  const { token, limit } = page
  const { names, next } = await search(authority, credentialOf(request), sought, template, {
    ...(token !== undefined && token !== '' && { token }),
    ...(limit !== undefined && { limit }),
  })
  return { names, page: { next_token: next ?? '', count: names.length } }
}
