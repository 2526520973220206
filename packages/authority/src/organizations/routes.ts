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
import { changeOrganization, createOrganization, pageOfOrganizations, readOrganization } from './service.ts'
import type { OrganizationRow, Roles } from './store.ts'

const Patterns = Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
  maxItems: 1_000,
  description: 'Features by name, by prefix (`report.*`), or `*`.',
})
const RoleName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$' })
export const CustomerRoles = Type.Unsafe<Roles>(
  Type.Record(
    RoleName,
    Type.Union([
      Patterns,
      Type.Object({ from: Type.Array(RoleName, { maxItems: 100 }), features: Patterns }, { additionalProperties: false }),
    ]),
    {
      additionalProperties: false,
      maxProperties: 500,
      description: 'A vendor role narrowed to a list, or a new name made from vendor roles.',
    },
  ),
)
export const Title = Text(200)

const Organization = Type.Object({
  id: Id,
  title: Type.String(),
  roles: CustomerRoles,
  version: Type.Integer({ description: 'Also the ETag.' }),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
})
const ById = Type.Object({ id: Id })
const list = listOf({ id: 'text', title: 'text', created_at: 'number', updated_at: 'number' }, { q: Part('the id or the title') }, 'id')

const config = { permission: 'manage:organizations' } as const
const tags = ['organizations']

export function organizationRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/organizations',
    {
      config,
      schema: {
        operationId: 'createOrganization',
        summary: 'Create an organization',
        tags,
        body: Type.Object({ id: Type.Optional(Id), title: Title, roles: Type.Optional(CustomerRoles) }, { additionalProperties: false }),
        response: { 201: Organization, ...problems },
      },
    },
    async (request, reply) => {
      const row = await createOrganization(authority, byOf(request), credentialOf(request), request.body)
      return reply
        .code(201)
        .headers({ etag: etag(row.version), location: `/v1/organizations/${row.id}` })
        .send(shown(row))
    },
  )

  server.get(
    '/v1/organizations',
    {
      config,
      schema: {
        operationId: 'listOrganizations',
        summary: 'List organizations',
        tags,
        querystring: list.query,
        response: { 200: Page(Organization), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      return page(await pageOfOrganizations(authority, credentialOf(request), filter, listing), shown)
    },
  )

  server.get(
    '/v1/organizations/:id',
    {
      config,
      onSend: unlessKnown,
      schema: {
        operationId: 'readOrganization',
        summary: 'Read an organization',
        tags,
        params: ById,
        response: { 200: Organization, 304: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const row = await readOrganization(authority, credentialOf(request), request.params.id)
      return reply.header('etag', etag(row.version)).send(shown(row))
    },
  )

  server.patch(
    '/v1/organizations/:id',
    {
      config,
      schema: {
        operationId: 'updateOrganization',
        summary: 'Change the title of an organization',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object({ title: Title }, { additionalProperties: false }),
        response: { 200: Organization, ...problems },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const row = await changeOrganization(authority, byOf(request), credentialOf(request), params.id, body, ifMatch(request))
      return reply.header('etag', etag(row.version)).send(shown(row))
    },
  )

  server.get(
    '/v1/organizations/:id/roles',
    {
      config,
      onSend: unlessKnown,
      schema: {
        operationId: 'readCustomerRoles',
        summary: "Read a customer's own roles",
        tags,
        params: ById,
        response: { 200: CustomerRoles, 304: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const row = await readOrganization(authority, credentialOf(request), request.params.id)
      return reply.header('etag', etag(row.version)).send(row.roles)
    },
  )

  server.put(
    '/v1/organizations/:id/roles',
    {
      config,
      schema: {
        operationId: 'replaceCustomerRoles',
        summary: "Replace a customer's own roles",
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: CustomerRoles,
        response: { 200: CustomerRoles, ...problems },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const row = await changeOrganization(authority, byOf(request), credentialOf(request), params.id, { roles: body }, ifMatch(request))
      return reply.header('etag', etag(row.version)).send(row.roles)
    },
  )
}

function shown(row: OrganizationRow) {
  return { ...row, created_at: formatInstant(row.created_at), updated_at: formatInstant(row.updated_at) }
}
