import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { instantIn, Time } from '../app/http/instants.ts'
import { listOf, Part } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { OptionalBody } from '../app/http/optional-body.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { Id } from '../app/ids.ts'
import { connected } from './connected.ts'
import { reportLeak, reportOf, revokeKeys } from './leaks.ts'
import { SCOPES, type Scope } from './scope.ts'
import { type CreatedApiKey, createApiKey, listKeys, readApiKey, revoke, rotateKey, setUp } from './service.ts'
import type { ApiKeyRow } from './store.ts'

const ScopeName = Type.Unsafe<Scope>({ type: 'string', enum: [...SCOPES] })
const Names = Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true })
const reach = {
  scopes: Type.Array(ScopeName, { minItems: 1, uniqueItems: true }),
  products: Type.Optional({ ...Names, description: 'Products that it sees. Absent: all.' }),
  organizations: Type.Optional({ ...Names, description: 'Organizations that it sees. Absent: all.' }),
}
const Reasons = Type.Boolean({
  description: 'Whether decisions tell it why: reason, remedies, notices, licence. Absent: as your own key, which is true by default.',
})
const Unattended = Type.Boolean({
  description:
    'Nobody stands behind it, such as provisioning or billing: what it would take from more than a few is parked until a person confirms it.',
})
const ApiKey = Type.Object({
  id: Id,
  name: Type.String(),
  ...reach,
  reasons: Reasons,
  unattended: Type.Optional(Unattended),
  identity: Type.Optional({ ...Id, description: 'Whom it acts for in running the authority. Absent: nobody; its scopes alone count.' }),
  expires_at: Type.Optional(Type.String({ format: 'date-time', description: 'From then on it opens nothing.' })),
  made_by: Type.Optional({ ...Id, description: 'The key that it was made with.' }),
  rotated_at: Type.Optional(Type.String({ format: 'date-time' })),
  old_until: Type.Optional(
    Type.String({ format: 'date-time', description: 'Until then the secret before the last rotation opens as well.' }),
  ),
  created_at: Type.String({ format: 'date-time' }),
  created_by: Type.String(),
  revoked_at: Type.Optional(Type.String({ format: 'date-time' })),
  last_used_at: Type.Optional(Type.String({ format: 'date-time', description: 'May be some seconds late.' })),
})
const Created = Type.Object({ ...ApiKey.properties, key: Type.String({ description: 'The secret. It is shown this once.' }) })
const Connected = Type.Object({
  api_key: { ...Id, description: 'The key that it follows with; several processes may follow with the same.' },
  name: Type.String({ description: 'Of the key.' }),
  since: Type.String({ format: 'date-time' }),
  revision: Type.Integer({ description: 'What it took of the changes: up to here they have left this node.' }),
  behind: Type.Integer({ description: 'Revisions that wait for it to take them. 0: it has all.' }),
  waiting_bytes: Type.Integer({ description: 'How much that is.' }),
  slow: Type.Boolean({ description: 'So much waits that it will be cut unless it reads faster; it then resumes, or begins anew.' }),
})
const ById = Type.Object({ id: Id })
const At = Type.String({ format: 'date-time' })
const Report = Type.Object({
  key: ApiKey,
  made: Type.Array(ApiKey, { description: 'Keys made with it, and with those in turn.' }),
  deeds: Type.Array(Type.Object({ action: Type.String(), result: Type.String(), times: Type.Integer(), last_at: At }), {
    description: 'What it changed and what was refused to it, by action; the rows are `/v1/audit?actor=key:…`.',
  }),
  decisions: Type.Array(Type.Object({ allowed: Type.Boolean(), times: Type.Integer(), first_at: At, last_at: At })),
})
const Secret = Type.String({ minLength: 1, maxLength: 256 })
const list = listOf(
  { id: 'text', name: 'text', created_at: 'number' },
  { q: Part('the id or the name'), state: Type.Optional(Type.Union([Type.Literal('live'), Type.Literal('revoked')])) },
  'id',
)

const config = { permission: 'manage:enforcers' } as const
const tags = ['enforcers']

export function enforcerRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/setup',
    {
      config: { public: true },
      bodyLimit: 1_024, // anybody may send one
      schema: {
        operationId: 'setUp',
        summary: "Exchange the setup code of the first start for an administrator's key",
        tags,
        body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 64 }) }, { additionalProperties: false }),
        response: { 201: Created, ...problems },
      },
    },
    async (request, reply) => {
      const made = await setUp(authority, { actor: 'setup', requestId: request.id }, request.body.code)
      return reply.code(201).send(shownOnce(made))
    },
  )

  server.post(
    '/v1/api-keys',
    {
      config,
      schema: {
        operationId: 'createApiKey',
        summary: 'Create an API key that reaches no further than your own',
        tags,
        body: Type.Object(
          {
            name: Text(200),
            ...reach,
            reasons: Type.Optional(Reasons),
            unattended: Type.Optional(Unattended),
            identity: Type.Optional({
              ...Id,
              description: 'Whom it acts for: the roles of this identity narrow it further, from now on and as they change.',
            }),
            expires_at: Type.Optional({ ...Time, description: 'From then on it opens nothing. Absent: never.' }),
          },
          { additionalProperties: false },
        ),
        response: { 201: Created, ...problems },
      },
    },
    async (request, reply) => {
      const { expires_at, ...asked } = request.body
      const until = instantIn(expires_at, '/expires_at')
      const body = { ...asked, ...(until !== undefined && { expires_at: until }) }
      const made = await createApiKey(authority, byOf(request), credentialOf(request), body)
      return reply.code(201).header('location', `/v1/api-keys/${made.id}`).send(shownOnce(made))
    },
  )

  server.get(
    '/v1/api-keys',
    {
      config,
      schema: {
        operationId: 'listApiKeys',
        summary: 'List API keys, revoked ones included',
        tags,
        querystring: list.query,
        response: { 200: Page(ApiKey), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      return page(await listKeys(authority, credentialOf(request), filter, listing), shown)
    },
  )

  server.get(
    '/v1/enforcers',
    {
      config,
      schema: {
        operationId: 'listConnectedEnforcers',
        summary: 'List who follows the changes at this node now, and how far behind',
        description:
          'Those furthest behind first, the first 1,000 of them. Of several nodes behind one address each knows its own alone, and the one that answers speaks; `writ_live_subscribers` of each sums up to all.',
        tags,
        response: {
          200: Type.Object({
            revision: Type.Integer({ description: 'Of this node.' }),
            total: Type.Integer(),
            items: Type.Array(Connected, { maxItems: 1_000 }),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { total, rows } = await connected(authority, credentialOf(request))
      const items = rows.map(({ reader, name, since, revision, behind, waiting, isSlow }) => ({
        api_key: reader.id,
        name,
        since: formatInstant(since),
        revision,
        behind,
        waiting_bytes: waiting,
        slow: isSlow,
      }))
      return { revision: authority.world.revision, total, items }
    },
  )

  server.get(
    '/v1/api-keys/:id',
    {
      config,
      schema: { operationId: 'readApiKey', summary: 'Read an API key', tags, params: ById, response: { 200: ApiKey, ...problems } },
    },
    async (request) => shown(await readApiKey(authority, credentialOf(request), request.params.id)),
  )

  server.post(
    '/v1/api-keys/:id/rotate',
    {
      config,
      schema: {
        operationId: 'rotateApiKey',
        summary: 'Give an API key a new secret; the one before opens as well for a time',
        tags,
        params: ById,
        body: OptionalBody(
          Type.Object(
            { overlap_seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 * 86_400, default: 86_400 })) },
            { additionalProperties: false },
          ),
        ),
        response: { 200: Created, ...problems },
      },
    },
    async (request) => {
      const { overlap_seconds = 86_400 } = request.body ?? {}
      return shownOnce(await rotateKey(authority, byOf(request), credentialOf(request), request.params.id, overlap_seconds))
    },
  )

  server.get(
    '/v1/api-keys/:id/report',
    {
      config: { ...config, cost: 10 },
      schema: {
        operationId: 'reportApiKey',
        summary: 'Say what an API key was used for, what it could see, and which keys were made with it',
        tags,
        params: ById,
        response: { 200: Report, ...problems },
      },
    },
    async (request) => {
      const { key, made, deeds, decisions } = await reportOf(authority, credentialOf(request), request.params.id)
      return {
        key: shown(key),
        made: made.map(shown),
        deeds: deeds.map((each) => ({ ...each, last_at: formatInstant(each.last_at) })),
        decisions: decisions.map(({ first_at, last_at, ...each }) => ({
          ...each,
          first_at: formatInstant(first_at),
          last_at: formatInstant(last_at),
        })),
      }
    },
  )

  server.post(
    '/v1/api-keys/:id/revoke',
    {
      config,
      schema: {
        operationId: 'revokeApiKeys',
        summary: 'Revoke an API key at once, and if wanted all that were made with it',
        description: 'With `dry_run`, says which those are.',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: OptionalBody(
          Type.Object({ made: Type.Optional(Type.Union([Type.Literal('keep'), Type.Literal('revoke')])) }, { additionalProperties: false }),
        ),
        response: { 200: Type.Object({ revoked: Type.Array(Id) }), ...problems },
      },
    },
    async (request) => {
      const withMade = request.body?.made === 'revoke'
      return { revoked: await revokeKeys(authority, byOf(request), credentialOf(request), request.params.id, withMade) }
    },
  )

  server.post(
    '/v1/api-keys/leak',
    {
      config: { public: true },
      bodyLimit: 1_024, // anybody may send one
      schema: {
        operationId: 'reportLeak',
        summary: 'Revoke an API key that was found somewhere, by its text',
        description: 'Needs no credential: holding the key is enough. For finders and for secret scanners.',
        tags,
        // A `dry_run` that is overlooked would be done.
        querystring: Type.Object({}, { additionalProperties: false }),
        body: Type.Object({ key: Secret }, { additionalProperties: false }),
        response: {
          200: Type.Object({ id: Id, revoked_at: { ...At, description: 'Since when this secret opens nothing.' } }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { id, endedAt } = await reportLeak(authority, request.id, request.body.key.trim())
      return { id, revoked_at: formatInstant(endedAt) }
    },
  )

  server.delete(
    '/v1/api-keys/:id',
    {
      config,
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key at once',
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      await revoke(authority, byOf(request), credentialOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}

type Shown = Omit<ApiKeyRow, 'hash' | 'old_hash'>

function shown({
  id,
  name,
  scopes,
  products,
  organizations,
  reasons,
  identity,
  expires_at,
  made_by,
  rotated_at,
  old_until,
  created_at,
  created_by,
  revoked_at,
  last_used_at,
}: Shown) {
  return {
    id,
    name,
    scopes: [...scopes],
    ...(products !== null && { products: [...products] }),
    ...(organizations !== null && { organizations: [...organizations] }),
    reasons,
    ...(identity !== null && { identity }),
    ...(expires_at !== null && { expires_at: formatInstant(expires_at) }),
    ...(made_by !== null && { made_by }),
    ...(rotated_at !== null && { rotated_at: formatInstant(rotated_at) }),
    ...(old_until !== null && { old_until: formatInstant(old_until) }),
    created_at: formatInstant(created_at),
    created_by,
    ...(revoked_at !== null && { revoked_at: formatInstant(revoked_at) }),
    ...(last_used_at !== null && { last_used_at: formatInstant(last_used_at) }),
  }
}

function shownOnce({ key, ...row }: CreatedApiKey) {
  return { ...shown(row), key }
}
