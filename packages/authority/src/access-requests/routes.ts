import { formatInstant, type GrantFact } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { instantIn } from '../app/http/instants.ts'
import { listOf } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { Id } from '../app/ids.ts'
import { Roles, TermsName, Values } from '../identities/schemas.ts'
import { createGrant, pageOfGrants, readGrant, revokeGrant } from './service.ts'
import type { GrantRow } from './store.ts'

const Words = Type.Array(Text(128), { minItems: 1, maxItems: 100, uniqueItems: true })
const Selector = Type.Object(
  {
    environment: Type.Optional(Words),
    region: Type.Optional(Words),
    labels: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$' }), Words, {
        additionalProperties: false,
        maxProperties: 50,
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
)
const Resource = Type.Unsafe<NonNullable<GrantFact['resource']>>(
  Type.Union([Id, Selector], { description: 'An id, or a selector. Absent: any.' }),
)
const values = {
  identity: Id,
  organization: Type.Optional({ ...Id, description: 'Absent: for licences that the identity holds itself.' }),
  feature: Type.String({
    pattern: '^[A-Za-z0-9._:-]{1,201}$',
    description: 'Qualified, `atlas:host.shell`, or bare where one product alone has it.',
  }),
  resource: Type.Optional(Resource),
  commands: Type.Optional(Type.Array(TermsName, { minItems: 1, maxItems: 100, uniqueItems: true })),
  approved_by: Type.Array(Type.Object({ identity: Id, roles: Roles }, { additionalProperties: false }), {
    minItems: 1,
    maxItems: 20,
    description: 'Who approved, and the roles that each held then.',
  }),
  context: Type.Optional({ ...Values, description: 'What the request brings: context that terms declare `from: access_request`.' }),
}
const Instant = Type.String({ format: 'date-time' })
const Grant = Type.Object({
  id: Id,
  ...values,
  from: Instant,
  until: Instant,
  created_at: Instant,
  created_by: Type.String(),
  revoked_at: Type.Optional(Instant),
})
const ById = Type.Object({ id: Id })
const State = Type.Union([Type.Literal('scheduled'), Type.Literal('active'), Type.Literal('ended'), Type.Literal('revoked')])
const list = listOf(
  { id: 'text', from: 'number', until: 'number', created_at: 'number' },
  {
    identity: Type.Optional(Id),
    organization: Type.Optional(Id),
    feature: Type.Optional({ ...values.feature, description: 'Qualified: `atlas:host.shell`.' }),
    state: Type.Optional({ ...State, description: 'To come, in force, over, or taken back.' }),
  },
  'id',
)

const config = { permission: 'manage:access_requests' } as const
const tags = ['access requests']

export function grantRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/grants',
    {
      config,
      schema: {
        operationId: 'createGrant',
        summary: 'Record a grant that others approved',
        description: 'It fills the role and approval gates until it ends. It lifts no assurance, no hours, no region and no quota.',
        tags,
        body: Type.Object(
          { id: Type.Optional(Id), ...values, from: Type.Optional({ ...Instant, description: 'Default: now.' }), until: Instant },
          { additionalProperties: false },
        ),
        response: { 201: Grant, ...problems },
      },
    },
    async (request, reply) => {
      const { from, until, ...body } = request.body
      const dates = { until: instantIn(until, '/until'), ...(from !== undefined && { from: instantIn(from, '/from') }) }
      const row = await createGrant(authority, byOf(request), credentialOf(request), { ...body, ...dates })
      return reply.code(201).header('location', `/v1/grants/${row.id}`).send(shown(row))
    },
  )

  server.get(
    '/v1/grants',
    {
      config,
      schema: {
        operationId: 'listGrants',
        summary: 'List grants, those that are over or taken back included',
        tags,
        querystring: list.query,
        response: { 200: Page(Grant), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      return page(await pageOfGrants(authority, credentialOf(request), filter, listing), shown)
    },
  )

  server.get(
    '/v1/grants/:id',
    {
      config,
      schema: { operationId: 'readGrant', summary: 'Read a grant', tags, params: ById, response: { 200: Grant, ...problems } },
    },
    async (request) => shown(await readGrant(authority, credentialOf(request), request.params.id)),
  )

  server.delete(
    '/v1/grants/:id',
    {
      config,
      schema: {
        operationId: 'revokeGrant',
        summary: 'Take a grant back at once',
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      await revokeGrant(authority, byOf(request), credentialOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}

function shown({
  identity_id,
  organization_id,
  resource,
  commands,
  starts_at,
  ends_at,
  context,
  revoked_at,
  approved_by,
  ...row
}: GrantRow) {
  return {
    ...row,
    identity: identity_id,
    ...(organization_id !== null && { organization: organization_id }),
    ...(resource !== null && { resource }),
    ...(commands !== null && { commands: [...commands] }),
    from: formatInstant(starts_at),
    until: formatInstant(ends_at),
    approved_by: approved_by.map(({ identity, roles }) => ({ identity, roles: [...roles] })),
    ...(context !== null && { context }),
    created_at: formatInstant(row.created_at),
    ...(revoked_at !== null && { revoked_at: formatInstant(revoked_at) }),
  }
}
