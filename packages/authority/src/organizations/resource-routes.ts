import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { unlessKnown } from '../app/http/conditional.ts'
import { problems } from '../app/http/errors.ts'
import { listOf, Part } from '../app/http/list.ts'
import { byOf, DryRunQuery, etag, ifMatch } from '../app/http/mutation.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { Id } from '../app/ids.ts'
import { createResource, pageOfResources, readResource, removeResource, replaceResource } from './resources.ts'
import type { ResourceRow } from './store.ts'

const Word = Text(128)
const Labels = Type.Record(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$' }), Type.String({ maxLength: 256 }), {
  additionalProperties: false,
  maxProperties: 64,
})
export const values = {
  kind: Type.String({ pattern: '^[a-z][a-z0-9_.-]{0,63}$', description: 'As terms name it: `postgres`, `ssh`.' }),
  environment: Type.Optional(Word),
  region: Type.Optional({ ...Text(128), description: 'Any word; terms match it exactly.' }),
  labels: Type.Optional(Labels),
}
const Resource = Type.Object({
  id: Id,
  ...values,
  version: Type.Integer({ description: 'Also the ETag.' }),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
})
const ById = Type.Object({ id: Id })
const list = listOf(
  { id: 'text', kind: 'text', created_at: 'number', updated_at: 'number' },
  {
    q: Part('the id'),
    kind: Type.Optional(Word),
    environment: Type.Optional(Word),
    region: Type.Optional(Word),
    label: Type.Optional({ ...Text(385), description: 'A label that it has, `team`, or the value of one, `team=payments`.' }),
  },
  'id',
)

const config = { permission: 'manage:organizations' } as const
const tags = ['resources']

export function resourceRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/resources',
    {
      config,
      schema: {
        operationId: 'createResource',
        summary: 'Declare a resource',
        tags,
        body: Type.Object({ id: Type.Optional(Id), ...values }, { additionalProperties: false }),
        response: { 201: Resource, ...problems },
      },
    },
    async (request, reply) => {
      const row = await createResource(authority, byOf(request), credentialOf(request), request.body)
      return reply
        .code(201)
        .headers({ etag: etag(row.version), location: `/v1/resources/${row.id}` })
        .send(shown(row))
    },
  )

  server.get(
    '/v1/resources',
    {
      config,
      schema: {
        operationId: 'listResources',
        summary: 'List resources',
        tags,
        querystring: list.query,
        response: { 200: Page(Resource), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      const { label, ...others } = filter
      return page(await pageOfResources(authority, { ...others, ...(label !== undefined && { label: labelOf(label) }) }, listing), shown)
    },
  )

  server.get(
    '/v1/resources/:id',
    {
      config,
      onSend: unlessKnown,
      schema: {
        operationId: 'readResource',
        summary: 'Read a resource',
        tags,
        params: ById,
        response: { 200: Resource, 304: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const row = await readResource(authority, request.params.id)
      return reply.header('etag', etag(row.version)).send(shown(row))
    },
  )

  server.put(
    '/v1/resources/:id',
    {
      config,
      schema: {
        operationId: 'replaceResource',
        summary: 'Say anew what a resource is',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object(values, { additionalProperties: false }),
        response: { 200: Resource, ...problems },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const row = await replaceResource(authority, byOf(request), credentialOf(request), params.id, body, ifMatch(request))
      return reply.header('etag', etag(row.version)).send(shown(row))
    },
  )

  server.delete(
    '/v1/resources/:id',
    {
      config,
      schema: {
        operationId: 'removeResource',
        summary: 'Remove a resource: questions about it are refused from then on',
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      await removeResource(authority, byOf(request), credentialOf(request), request.params.id, ifMatch(request))
      return reply.code(204).send(null)
    },
  )
}

function labelOf(text: string): { name: string; value?: string } {
  const [name = '', ...value] = text.split('=')
  return value.length === 0 ? { name } : { name, value: value.join('=') }
}

function shown({ environment, region, ...row }: ResourceRow) {
  return {
    ...row,
    ...(environment !== null && { environment }),
    ...(region !== null && { region }),
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  }
}
