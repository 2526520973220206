import { formatInstant } from '@writ/engine'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Authority } from '../../app/authority.ts'
import { credentialOf } from '../../app/http/authentication.ts'
import { problems } from '../../app/http/errors.ts'
import { listOf } from '../../app/http/list.ts'
import { byOf, DryRunQuery } from '../../app/http/mutation.ts'
import { Page } from '../../app/http/page.ts'
import type { Server } from '../../app/http/server.ts'
import { Id } from '../../app/ids.ts'
import { EncryptTo } from '../file-routes.ts'
import { type ActivationState, type Rules, stateOf } from './activation.ts'
import { type Caller, readActivation } from './caller.ts'
import { contact } from './contact.ts'
import { release, revoke } from './release.ts'
import { MOST_SEATS } from './seat-shares.ts'
import { activate, pageOfActivations, readRules, replaceRules } from './service.ts'
import type { ActivationRow } from './store.ts'

const Time = Type.String({ format: 'date-time' })
const Identities = Type.Union([Type.Literal('roster'), Type.Literal('asserted')])
const Units = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })
const Share = Type.Object(
  {
    seats: Type.Optional(
      Type.Integer({ minimum: 0, maximum: MOST_SEATS, description: 'Floating seats. Default: 1, where the plan has floating seats.' }),
    ),
    quotas: Type.Optional(Type.Record(Id, Units, { description: 'Units a window, by meter.', maxProperties: 64 })),
  },
  { additionalProperties: false },
)
const Activation = Type.Object({
  id: Id,
  license: Id,
  name: Type.String(),
  device_key: Type.String({ description: 'RFC 7638 thumbprint of the key that the device has proven to hold.' }),
  state: Type.Unsafe<ActivationState>({
    type: 'string',
    enum: ['live', 'cloned', 'ended', 'released', 'revoked'],
    description: '`cloned`: two devices used its key, and none is given a file any more. `ended`: what was checked out ran out.',
  }),
  workload: Type.Optional(
    Type.Object(
      { issuer: Type.String(), subject: Type.String() },
      { description: 'Whose place it is: proven at every contact by a token.' },
    ),
  ),
  share: Share,
  created_at: Time,
  created_by: Type.String(),
  ends_at: Type.Optional(Type.String({ format: 'date-time', description: 'Of what was checked out: its place is free from then on.' })),
  file_until: Type.Optional(
    Type.String({ format: 'date-time', description: 'Its last file is good so long with no network, at the most.' }),
  ),
  last_contact_at: Type.Optional(Time),
  clock_offset_seconds: Type.Optional(Type.Integer({ description: 'How far its clock was ahead of ours at the last contact.' })),
  cloned_at: Type.Optional(Time),
  released_at: Type.Optional(Time),
  released_by: Type.Optional(Type.String()),
})
const WithFile = Type.Object({
  ...Activation.properties,
  file: Type.Optional(Type.String({ description: 'The license file, armoured. It is not kept.' })),
})
const Activate = Type.Object(
  {
    request: Type.String({ minLength: 1, maxLength: 16_384, description: 'What the device signed: compact, or in armour.' }),
    license: Type.Optional({ ...Id, description: 'Not needed with a license key, which says it.' }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 128, description: 'Default: as the device calls itself.' })),
    identities: Type.Optional(Identities),
    resources: Type.Optional(Type.Array(Id, { maxItems: 1024 })),
    days: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 366,
        description: 'Check out for so many days: its file holds so long, then its place is free.',
      }),
    ),
    share: Type.Optional(Share),
    encrypt_to: Type.Optional(EncryptTo),
    replaces: Type.Optional({ ...Id, description: 'The activation whose place this device takes.' }),
  },
  { additionalProperties: false },
)
const RulesSchema = Type.Object(
  {
    most: Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Devices at a time. Default: 3.' }),
    self_releases: Type.Integer({ minimum: 0, maximum: 1_000, description: 'Releases by the customer within 30 days. Default: 3.' }),
    most_days: Type.Integer({ minimum: 0, maximum: 366, description: 'The most days of a check-out. Default: 0, none.' }),
    identities: Identities,
    workloads: Type.Optional(
      Type.Array(
        Type.Object(
          {
            issuer: Type.String({ minLength: 1, maxLength: 512 }),
            subject: Type.String({ minLength: 1, maxLength: 512, description: 'Exactly, or the beginning of one and `*`.' }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 64, description: 'Which workloads may be activated, and no other device. Absent: every device.' },
      ),
    ),
    share: Type.Optional(Share),
  },
  { additionalProperties: false },
)

const list = listOf(
  { id: 'text', created_at: 'number' },
  {
    license: Type.Optional(Id),
    organization: Type.Optional(Id),
    state: Type.Optional(Type.Union([Type.Literal('live'), Type.Literal('over')])),
  },
  'id',
)
const config = { permission: 'manage:activations' } as const
const tags = ['activations']
const ById = Type.Object({ id: Id })
const ReleaseQuery = Type.Object(
  {
    ...DryRunQuery.properties,
    free_share: Type.Optional(
      Type.Boolean({
        description:
          'The device is known to be gone, as a container that was thrown away: what its last file may still use is free for others at once. Also of one that was released before.',
      }),
    ),
  },
  { additionalProperties: false },
)

export function activationRoutes(server: Server, authority: Authority): void {
  const shown = (row: ActivationRow) => view(row, authority.clock())

  server.post(
    '/v1/activations',
    {
      config: { ...config, licenseKey: true },
      schema: {
        operationId: 'activate',
        summary: 'Activate a device: a place in the licence, and a license file bound to its key',
        description:
          'With an API key, or with a license key as the bearer token. `request` is signed by the key of the device; sent again, it is answered with the same activation and a fresh file.',
        tags,
        body: Activate,
        response: { 201: WithFile, ...problems },
      },
    },
    async (request, reply) => {
      const { encrypt_to: encryptTo, ...body } = request.body
      const { activation, file } = await activate(authority, callerOf(request), { ...body, ...(encryptTo !== undefined && { encryptTo }) })
      return reply.code(201).send({ ...shown(activation), file: file.file })
    },
  )

  server.get(
    '/v1/activations',
    {
      config,
      schema: {
        operationId: 'listActivations',
        summary: 'List activations',
        tags,
        querystring: list.query,
        response: { 200: Page(Activation), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      return page(await pageOfActivations(authority, credentialOf(request), filter, listing), shown)
    },
  )

  server.get(
    '/v1/activations/:id',
    {
      config: { ...config, licenseKey: true },
      schema: {
        operationId: 'readActivation',
        summary: 'Read an activation',
        tags,
        params: ById,
        response: { 200: Activation, ...problems },
      },
    },
    async (request) => shown(await readActivation(authority, callerOf(request), request.params.id)),
  )

  server.post(
    '/v1/activations/:id/release',
    {
      config: { ...config, licenseKey: true },
      schema: {
        operationId: 'releaseActivation',
        summary: 'Free the place of a device that is lost or replaced',
        description:
          'With a license key, or an API key that is limited to organizations, it is one of the releases that the customer has within 30 days. What the device held of quotas and seats stays held for as long as its file could be used; with `free_share` it is free at once, which takes `manage:licenses`, and `licenses.write` of whom the key acts for.',
        tags,
        params: ById,
        querystring: ReleaseQuery,
        response: { 200: Activation, ...problems },
      },
    },
    async (request) => shown(await release(authority, callerOf(request), request.params.id, request.query.free_share === true)),
  )

  server.post(
    '/v1/activations/:id/revoke',
    {
      config,
      schema: {
        operationId: 'revokeActivation',
        summary: 'Release a device, and never activate it again under this licence',
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 200: Activation, ...problems },
      },
    },
    async (request) => shown(await revoke(authority, callerOf(request), request.params.id)),
  )

  server.post(
    '/v1/activations/:id/contact',
    {
      config: { public: true },
      schema: {
        operationId: 'contact',
        summary: 'A device says that it is there and what it spent, and is given a fresh file',
        description: 'The signature of the device is the credential. An answer without a file says by `state` why.',
        tags,
        params: ById,
        body: Type.Object({ contact: Type.String({ minLength: 1, maxLength: 16_384 }) }, { additionalProperties: false }),
        response: { 200: WithFile, ...problems },
      },
    },
    async (request) => {
      const { activation, file } = await contact(authority, request.params.id, request.body.contact, request.id)
      return { ...shown(activation), ...(file !== undefined && { file: file.file }) }
    },
  )

  server.get(
    '/v1/licenses/:id/activation-rules',
    {
      config,
      schema: {
        operationId: 'readActivationRules',
        summary: 'Read how a licence may be activated',
        tags,
        params: ById,
        response: { 200: RulesSchema, ...problems },
      },
    },
    async (request) => readRules(authority, credentialOf(request), request.params.id),
  )

  server.put(
    '/v1/licenses/:id/activation-rules',
    {
      config: { permission: 'manage:licenses' },
      schema: {
        operationId: 'replaceActivationRules',
        summary: 'Say how a licence may be activated',
        description: 'For the vendor: it takes `manage:licenses`. Devices that are activated stay so.',
        tags,
        params: ById,
        body: RulesSchema,
        querystring: DryRunQuery,
        response: { 200: RulesSchema, ...problems },
      },
    },
    async (request) => replaceRules(authority, byOf(request), credentialOf(request), request.params.id, request.body as Rules),
  )
}

const NOTHING = { scopes: [], products: [], organizations: [] } as const

function callerOf(request: FastifyRequest): Caller {
  const { licenseKey } = request
  const by = byOf(request)
  return licenseKey === undefined ? { by, reach: credentialOf(request) } : { by, reach: NOTHING, license: licenseKey.license_id }
}

function view(row: ActivationRow, now: number) {
  const { id, license_id, name, device_key, share, created_at, created_by, clock_offset, released_by, workload_issuer, workload_subject } =
    row
  const at = (name: string, instant: number | null) => instant !== null && { [name]: formatInstant(instant) }
  return {
    id,
    license: license_id,
    name,
    device_key,
    state: stateOf(row, now),
    ...(workload_issuer !== null && workload_subject !== null && { workload: { issuer: workload_issuer, subject: workload_subject } }),
    share,
    created_at: formatInstant(created_at),
    created_by,
    ...at('ends_at', row.ends_at),
    ...at('file_until', row.file_until),
    ...at('last_contact_at', row.last_contact_at),
    ...(clock_offset !== null && { clock_offset_seconds: clock_offset }),
    ...at('cloned_at', row.cloned_at),
    ...at('released_at', row.released_at),
    ...(released_by !== null && { released_by }),
  }
}
