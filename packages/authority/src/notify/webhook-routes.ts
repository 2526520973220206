import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { listOf } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { OptionalBody } from '../app/http/optional-body.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { Id } from '../app/ids.ts'
import { EVENT_TYPES } from './event.ts'
import type { WebhookRow } from './store.ts'
import type { ListedDelivery } from './webhook-store.ts'
import {
  changeWebhook,
  createWebhook,
  pageOfDeliveries,
  pageOfWebhooks,
  readWebhook,
  redeliver,
  removeWebhook,
  rotateSecret,
  testWebhook,
} from './webhooks.ts'

const Time = Type.String({ format: 'date-time' })
const Names = Type.Array(Id, { minItems: 1, maxItems: 1_000, uniqueItems: true })
const Url = Type.String({ minLength: 1, maxLength: 2_048, description: 'https://; http:// only within `WRIT_WEBHOOK_NETWORKS`.' })
const Types = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
  minItems: 1,
  maxItems: 50,
  uniqueItems: true,
  description: `Types of events, or the beginning of one with * at the end: ${Object.keys(EVENT_TYPES).join(', ')}.`,
})
const whose = {
  products: Type.Optional({ ...Names, description: 'Of these alone. Absent: of all that you see.' }),
  organizations: Type.Optional({ ...Names, description: 'Of these alone. Absent: of all that you see.' }),
}
const Webhook = Type.Object({
  id: Id,
  url: Type.String(),
  description: Type.Optional(Type.String()),
  types: Type.Array(Type.String()),
  ...whose,
  created_at: Time,
  created_by: Type.String(),
  disabled_at: Type.Optional(Time),
  disabled_because: Type.Optional(
    Type.String({ description: '`asked`; `gone`: it answered 410; `failing`: nothing came through for five days.' }),
  ),
  failing_since: Type.Optional(Time),
})
const Secret = Type.String({ description: '`whsec_…`: what the signatures are made with. It is shown this once.' })
const Delivery = Type.Object({
  event: Id,
  type: Type.String(),
  at: Time,
  state: Type.Unsafe<ListedDelivery['state']>({ type: 'string', enum: ['waiting', 'delivered', 'failed'] }),
  attempts: Type.Integer(),
  next_at: Type.Optional({ ...Time, description: 'Of one that is waiting.' }),
  last_at: Type.Optional(Time),
  last_status: Type.Optional(Type.Integer({ description: 'Of the last answer.' })),
  last_error: Type.Optional(Type.String({ description: 'Why there was no answer: `unreachable`, `timeout`, `tls`, `address_refused`.' })),
})
const ById = Type.Object({ id: Id })
const list = listOf({ id: 'text', created_at: 'number' }, {}, 'id')
const deliveries = listOf({ event: 'number' }, { state: Type.Optional(Delivery.properties.state) }, '-event', 'number')

const config = { permission: 'manage:webhooks' } as const
const tags = ['webhooks']

export function webhookRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/webhooks',
    {
      config,
      schema: {
        operationId: 'createWebhook',
        summary: 'Have events brought to an address, from now on',
        description: 'Signed by Standard Webhooks, at least once each, in order as far as retries allow.',
        tags,
        body: Type.Object({ url: Url, types: Types, description: Type.Optional(Text(200)), ...whose }, { additionalProperties: false }),
        response: { 201: Type.Object({ ...Webhook.properties, secret: Secret }), ...problems },
      },
    },
    async (request, reply) => {
      const { secret, ...row } = await createWebhook(authority, byOf(request), credentialOf(request), request.body)
      return reply
        .code(201)
        .header('location', `/v1/webhooks/${row.id}`)
        .send({ ...shown(row), secret })
    },
  )

  server.get(
    '/v1/webhooks',
    {
      config,
      schema: {
        operationId: 'listWebhooks',
        summary: 'List webhooks that reach no further than you',
        tags,
        querystring: list.query,
        response: { 200: Page(Webhook), ...problems },
      },
    },
    async (request) => {
      const { listing, page } = list.read(request)
      return page(await pageOfWebhooks(authority, credentialOf(request), listing), shown)
    },
  )

  server.get(
    '/v1/webhooks/:id',
    {
      config,
      schema: { operationId: 'readWebhook', summary: 'Read a webhook', tags, params: ById, response: { 200: Webhook, ...problems } },
    },
    async (request) => shown(await readWebhook(authority, credentialOf(request), request.params.id)),
  )

  server.patch(
    '/v1/webhooks/:id',
    {
      config,
      schema: {
        operationId: 'changeWebhook',
        summary: 'Change a webhook, disable it, or enable it again',
        description: 'Events from while it was disabled are not delivered later; those that waited before are.',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object(
          {
            url: Type.Optional(Url),
            types: Type.Optional(Types),
            description: Type.Optional(Text(200)),
            enabled: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false, minProperties: 1 },
        ),
        response: { 200: Webhook, ...problems },
      },
    },
    async (request) => shown(await changeWebhook(authority, byOf(request), credentialOf(request), request.params.id, request.body)),
  )

  server.delete(
    '/v1/webhooks/:id',
    {
      config,
      schema: {
        operationId: 'deleteWebhook',
        summary: 'Delete a webhook with its deliveries',
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      await removeWebhook(authority, byOf(request), credentialOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  server.post(
    '/v1/webhooks/:id/rotate',
    {
      config,
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Give a webhook another secret; for a time everything is signed by both',
        tags,
        params: ById,
        body: OptionalBody(
          Type.Object(
            { overlap_seconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 * 86_400, default: 86_400 })) },
            { additionalProperties: false },
          ),
        ),
        response: { 200: Type.Object({ id: Id, secret: Secret, old_until: Time }), ...problems },
      },
    },
    async (request) => {
      const seconds = request.body?.overlap_seconds ?? 86_400
      const { id, secret, oldUntil } = await rotateSecret(authority, byOf(request), credentialOf(request), request.params.id, seconds)
      return { id, secret, old_until: formatInstant(oldUntil) }
    },
  )

  server.post(
    '/v1/webhooks/:id/test',
    {
      config: { ...config, cost: 10 },
      schema: {
        operationId: 'testWebhook',
        summary: 'Send a trial now, `webhook.test`, and say what came back',
        tags,
        params: ById,
        response: {
          200: Type.Object({
            delivered: Type.Boolean(),
            status: Delivery.properties.last_status,
            error: Delivery.properties.last_error,
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const outcome = await testWebhook(authority, credentialOf(request), request.params.id)
      if (!('status' in outcome)) return { delivered: false, error: outcome.error }
      return { delivered: outcome.status >= 200 && outcome.status < 300, status: outcome.status }
    },
  )

  server.get(
    '/v1/webhooks/:id/deliveries',
    {
      config,
      schema: {
        operationId: 'listDeliveries',
        summary: 'List what was brought to a webhook, or is to be',
        tags,
        params: ById,
        querystring: deliveries.query,
        response: { 200: Page(Delivery), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = deliveries.read(request)
      return page(await pageOfDeliveries(authority, credentialOf(request), request.params.id, filter, listing), shownDelivery)
    },
  )

  server.post(
    '/v1/webhooks/:id/deliveries/:event/retry',
    {
      config,
      schema: {
        operationId: 'retryDelivery',
        summary: 'Deliver one event again, now',
        tags,
        params: Type.Object({ id: Id, event: Id }),
        response: { 200: Delivery, ...problems },
      },
    },
    async (request) => {
      const { id, event } = request.params
      return shownDelivery(await redeliver(authority, byOf(request), credentialOf(request), id, event))
    },
  )
}

function shown(row: WebhookRow) {
  const { id, url, description, types, products, organizations, created_at, created_by, disabled_at, disabled_because, failing_since } = row
  return {
    id,
    url,
    ...(description !== null && { description }),
    types,
    ...(products !== null && { products }),
    ...(organizations !== null && { organizations }),
    created_at: formatInstant(created_at),
    created_by,
    ...(disabled_at !== null && { disabled_at: formatInstant(disabled_at) }),
    ...(disabled_because !== null && { disabled_because }),
    ...(failing_since !== null && { failing_since: formatInstant(failing_since) }),
  }
}

function shownDelivery({ id, type, at, state, attempts, next_at, last_at, last_status, last_error }: ListedDelivery) {
  return {
    event: id,
    type,
    at: formatInstant(at),
    state,
    attempts,
    ...(state === 'waiting' && { next_at: formatInstant(next_at) }),
    ...(last_at !== null && { last_at: formatInstant(last_at) }),
    ...(last_status !== null && { last_status }),
    ...(last_error !== null && { last_error }),
  }
}
