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
import { Id } from '../app/ids.ts'
import { type Reach, seesOrganization } from '../enforcers/scope.ts'
import { changeIdentity, endMembership, putMembership, setStanding } from './alterations.ts'
import { IdentitySchema, input, Kind, Roles, Status, TermsName } from './schemas.ts'
import { createIdentity, pageOfIdentities, readIdentity } from './service.ts'
import type { Identity } from './store.ts'

const ById = Type.Object({ id: Id })
const Membership = Type.Object({ id: Id, organization: Id })
const list = listOf(
  { id: 'text', name: 'text', created_at: 'number', updated_at: 'number' },
  {
    q: Part('the id, the name, or the attribute `mail` or `email`'),
    organization: Type.Optional({ ...Id, description: 'Of its members.' }),
    role: Type.Optional({ ...TermsName, description: 'That it has in that `organization`, or in any.' }),
    kind: Type.Optional(Kind),
    status: Type.Optional(Status),
  },
  'id',
)

const config = { permission: 'manage:identities' } as const
const tags = ['identities']

export function identityRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/identities',
    {
      config,
      schema: {
        operationId: 'createIdentity',
        summary: 'Create an identity',
        tags,
        body: Type.Object({ id: Type.Optional(Id), kind: Type.Optional(Kind), ...input }, { additionalProperties: false }),
        response: { 201: IdentitySchema, ...problems },
      },
    },
    async (request, reply) => {
      const made = await createIdentity(authority, byOf(request), credentialOf(request), request.body)
      return reply
        .code(201)
        .headers({ etag: etag(made.version), location: `/v1/identities/${made.id}` })
        .send(shown(made, credentialOf(request)))
    },
  )

  server.get(
    '/v1/identities',
    {
      config,
      schema: {
        operationId: 'listIdentities',
        summary: 'List identities',
        tags,
        querystring: list.query,
        response: { 200: Page(IdentitySchema), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      const reach = credentialOf(request)
      return page(await pageOfIdentities(authority, reach, filter, listing), (item) => shown(item, reach))
    },
  )

  server.get(
    '/v1/identities/:id',
    {
      config,
      onSend: unlessKnown,
      schema: {
        operationId: 'readIdentity',
        summary: 'Read an identity',
        tags,
        params: ById,
        response: { 200: IdentitySchema, 304: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const known = await readIdentity(authority, credentialOf(request), request.params.id)
      return reply.header('etag', etag(known.version)).send(shown(known, credentialOf(request)))
    },
  )

  server.patch(
    '/v1/identities/:id',
    {
      config,
      schema: {
        operationId: 'updateIdentity',
        summary: 'Change an identity: each member given replaces what was there',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object(input, { additionalProperties: false }),
        response: { 200: IdentitySchema, ...problems },
      },
    },
    async (request, reply) => {
      const { params, body } = request
      const altered = await changeIdentity(authority, byOf(request), credentialOf(request), params.id, body, ifMatch(request))
      return reply.header('etag', etag(altered.version)).send(shown(altered, credentialOf(request)))
    },
  )

  server.put(
    '/v1/identities/:id/memberships/:organization',
    {
      config,
      schema: {
        operationId: 'putMembership',
        summary: 'Make an identity a member of an organization, or give a member other roles',
        tags,
        params: Membership,
        querystring: DryRunQuery,
        body: Type.Object({ roles: Roles }, { additionalProperties: false }),
        response: { 200: IdentitySchema, ...problems },
      },
    },
    async (request, reply) => {
      const { id, organization } = request.params
      const { roles } = request.body
      const altered = await putMembership(authority, byOf(request), credentialOf(request), id, organization, roles, ifMatch(request))
      return reply.header('etag', etag(altered.version)).send(shown(altered, credentialOf(request)))
    },
  )

  server.delete(
    '/v1/identities/:id/memberships/:organization',
    {
      config,
      schema: {
        operationId: 'endMembership',
        summary: 'End a membership, and with it the seats and grants that came with it',
        tags,
        params: Membership,
        querystring: DryRunQuery,
        response: { 200: IdentitySchema, ...problems },
      },
    },
    async (request, reply) => {
      const { id, organization } = request.params
      const altered = await endMembership(authority, byOf(request), credentialOf(request), id, organization, ifMatch(request))
      return reply.header('etag', etag(altered.version)).send(shown(altered, credentialOf(request)))
    },
  )

  const standings = {
    suspend: 'Suspend an identity: it is refused everything at once, and its seats are free',
    resume: 'Let a suspended identity back in',
    revoke: 'Revoke an identity for good: it is refused everything at once, and its seats are free',
  } as const
  for (const verb of ['suspend', 'resume', 'revoke'] as const) {
    server.post(
      `/v1/identities/:id/${verb}`,
      {
        config,
        schema: {
          operationId: `${verb}Identity`,
          summary: standings[verb],
          tags,
          params: ById,
          querystring: DryRunQuery,
          response: { 200: IdentitySchema, ...problems },
        },
      },
      async (request, reply) => {
        const altered = await setStanding(authority, byOf(request), credentialOf(request), request.params.id, verb, ifMatch(request))
        return reply.header('etag', etag(altered.version)).send(shown(altered, credentialOf(request)))
      },
    )
  }
}

/** Of the memberships, those in sight. */
function shown({ name, factors, in: memberships, links, ...row }: Identity, reach: Reach) {
  return {
    ...row,
    ...(name !== null && { name }),
    in: Object.fromEntries(Object.entries(memberships).filter(([organization]) => seesOrganization(reach, organization))),
    ...(factors !== null && { factors: [...factors] }),
    links: [...links],
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  }
}
