import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { instantIn } from '../app/http/instants.ts'
import { listOf, Part } from '../app/http/list.ts'
import { byOf, DryRunQuery, etag, ifMatch } from '../app/http/mutation.ts'
import { OptionalBody } from '../app/http/optional-body.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import type { LicenseView } from './license.ts'
import type { Overrides } from './overrides.ts'
import {
  changeLicense,
  changePlan,
  issueLicense,
  override,
  pageOfLicenses,
  paid,
  pastDue,
  readLicense,
  renew,
  resume,
  revoke,
  type Step,
  suspend,
} from './service.ts'

export const Time = Type.String({ format: 'date-time' })
export const Name = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_.]{0,99}$', description: 'As the terms name it.' })
const Edition = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })
export const STATES = [
  'in_force',
  'in_grace',
  'degraded',
  'license_scheduled',
  'license_expired',
  'license_past_due',
  'license_suspended',
  'license_revoked',
]

const State = Type.Unsafe<string>({ type: 'string', enum: STATES, description: 'As decisions see it now.' })

const OVERRIDES =
  'What this licence has of its own beside its plan, in the short forms of the terms: `seats` and `grace` key by key, `includes` feature by feature. Keys that are given replace those of the plan; a list replaces all entries of a feature, an empty one takes it away.'
export const Overridden = Type.Unsafe<Overrides>({ type: 'object', additionalProperties: true, description: OVERRIDES })
const Override = Type.Union([Overridden, Type.Null()], { description: `${OVERRIDES} null: nothing.` })

export const License = Type.Object({
  id: Id,
  product: Type.String(),
  plan: Type.String(),
  edition: Type.Integer(),
  organization: Type.Optional(Type.String()),
  holder: Type.Optional(Type.String({ description: 'The identity that holds it, where no organization does.' })),
  starts: Time,
  ends: Type.Optional(Type.String({ format: 'date-time', description: 'Exclusive. Absent: an open end.' })),
  trial_ends: Type.Optional(Type.String({ format: 'date-time', description: 'Of a trial.' })),
  suspended: Type.Boolean(),
  revoked_at: Type.Optional(Time),
  past_due_since: Type.Optional(Time),
  overrides: Type.Optional(Overridden),
  state: State,
  version: Type.Integer({ description: 'Also the ETag.' }),
  created_at: Time,
  updated_at: Time,
})
const ById = Type.Object({ id: Id })
const list = listOf(
  { id: 'text', starts: 'number', ends: 'number', created_at: 'number', updated_at: 'number' },
  {
    q: Part('its id, or that of its organization or holder'),
    organization: Type.Optional(Id),
    holder: Type.Optional(Id),
    product: Type.Optional(Name),
    plan: Type.Optional(Name),
    edition: Type.Optional(Edition),
    state: Type.Optional(State),
    ends_from: Type.Optional({ ...Time, description: 'That end then or later, or never.' }),
    ends_before: Type.Optional({ ...Time, description: 'That end before then.' }),
  },
  'id',
)
const Ends = Type.Union([Time, Type.Null()], { description: 'Exclusive. The terms may move it later, never earlier. null: an open end.' })

const config = { permission: 'manage:licenses' } as const
const tags = ['licenses']

export function licenseRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/licenses',
    {
      config,
      schema: {
        operationId: 'issueLicense',
        summary: 'Issue a licence',
        description:
          'To an `organization`, or to an identity as its `holder`. A `trial` has the length that the plan says, and is given once.',
        tags,
        querystring: DryRunQuery,
        body: Type.Object(
          {
            id: Type.Optional(Id),
            product: Name,
            plan: Name,
            edition: Type.Optional({ ...Edition, description: 'Absent: the newest.' }),
            organization: Type.Optional(Id),
            holder: Type.Optional(Id),
            starts: Type.Optional({ ...Time, description: 'Absent: now.' }),
            ends: Type.Optional(Ends),
            trial: Type.Optional(Type.Boolean()),
            overrides: Type.Optional(Overridden),
          },
          { additionalProperties: false },
        ),
        response: { 201: License, ...problems },
      },
    },
    async (request, reply) => {
      const { organization, holder, starts, ends, ...asked } = request.body
      const from = instantIn(starts, '/starts')
      const until = instantIn(ends ?? undefined, '/ends')
      const row = await issueLicense(authority, byOf(request), credentialOf(request), {
        ...asked,
        holder: holderOf(organization, holder),
        ...(from !== undefined && { starts: from }),
        ...(until !== undefined && { ends: until }),
      })
      return reply
        .code(201)
        .headers({ etag: etag(row.version), location: `/v1/licenses/${row.id}` })
        .send(shown(row))
    },
  )

  server.get(
    '/v1/licenses',
    {
      config,
      schema: {
        operationId: 'listLicenses',
        summary: 'List licences',
        tags,
        querystring: list.query,
        response: { 200: Page(License), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      const { ends_from, ends_before, ...others } = filter
      const ends = {
        ...(ends_from !== undefined && { endsFrom: instantIn(ends_from, '/ends_from', 'query') }),
        ...(ends_before !== undefined && { endsBefore: instantIn(ends_before, '/ends_before', 'query') }),
      }
      return page(await pageOfLicenses(authority, credentialOf(request), { ...others, ...ends }, listing), shown)
    },
  )

  server.get(
    '/v1/licenses/:id',
    {
      config,
      schema: { operationId: 'readLicense', summary: 'Read a licence', tags, params: ById, response: { 200: License, ...problems } },
    },
    async (request, reply) => {
      const row = await readLicense(authority, credentialOf(request), request.params.id)
      return reply.header('etag', etag(row.version)).send(shown(row))
    },
  )

  server.patch(
    '/v1/licenses/:id',
    {
      config,
      schema: {
        operationId: 'updateLicense',
        summary: 'Change what a licence has of its own beside its plan',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object({ overrides: Override }, { additionalProperties: false }),
        response: { 200: License, ...problems },
      },
    },
    async (request, reply) => {
      const step = override(request.body.overrides)
      const row = await changeLicense(authority, byOf(request), credentialOf(request), request.params.id, step, ifMatch(request))
      return reply.header('etag', etag(row.version)).send(shown(row))
    },
  )

  for (const { path, operationId, summary, step } of PLAIN_STEPS) {
    server.post(
      `/v1/licenses/:id/${path}`,
      { config, schema: { operationId, summary, tags, params: ById, querystring: StepQuery, response: { 200: License, ...problems } } },
      async (request, reply) => {
        const { security: forSecurity = false } = request.query
        const taken = { ...step, forSecurity }
        const row = await changeLicense(authority, byOf(request), credentialOf(request), request.params.id, taken, ifMatch(request))
        return reply.header('etag', etag(row.version)).send(shown(row))
      },
    )
  }

  server.post(
    '/v1/licenses/:id/renew',
    {
      config,
      schema: {
        operationId: 'renewLicense',
        summary: 'Give a licence its next end; a trial becomes a paid licence',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object({ ends: Ends }, { additionalProperties: false }),
        response: { 200: License, ...problems },
      },
    },
    async (request, reply) => {
      const { ends } = request.body
      const step = renew(ends === null ? null : instantIn(ends, '/ends'))
      const row = await changeLicense(authority, byOf(request), credentialOf(request), request.params.id, step, ifMatch(request))
      return reply.header('etag', etag(row.version)).send(shown(row))
    },
  )

  server.post(
    '/v1/licenses/:id/change-plan',
    {
      config,
      schema: {
        operationId: 'changePlan',
        summary: 'Put a licence on another plan; what was used stays used',
        description: 'What it overrides stays too, where the plan takes it; `overrides` says otherwise.',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object(
          {
            plan: Name,
            edition: Type.Optional({ ...Edition, description: 'Absent: the newest.' }),
            overrides: Type.Optional(Override),
          },
          { additionalProperties: false },
        ),
        response: { 200: License, ...problems },
      },
    },
    async (request, reply) => {
      const step = changePlan(request.body.plan, request.body.edition, request.body.overrides)
      const row = await changeLicense(authority, byOf(request), credentialOf(request), request.params.id, step, ifMatch(request))
      return reply.header('etag', etag(row.version)).send(shown(row))
    },
  )

  server.post(
    '/v1/licenses/:id/past-due',
    {
      config,
      schema: {
        operationId: 'markPastDue',
        summary: 'Say that a payment is missing: the grace for payment runs from then',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: OptionalBody(
          Type.Object({ since: Type.Optional({ ...Time, description: 'Absent: now.' }) }, { additionalProperties: false }),
        ),
        response: { 200: License, ...problems },
      },
    },
    async (request, reply) => {
      const step = pastDue(instantIn(request.body?.since, '/since'))
      const row = await changeLicense(authority, byOf(request), credentialOf(request), request.params.id, step, ifMatch(request))
      return reply.header('etag', etag(row.version)).send(shown(row))
    },
  )
}

const StepQuery = Type.Object(
  {
    ...DryRunQuery.properties,
    security: Type.Optional(
      Type.Boolean({ description: 'For security: it is done at once, however many lose access by it, and the audit says so.' }),
    ),
  },
  { additionalProperties: false },
)

const PLAIN_STEPS: readonly { path: string; operationId: string; summary: string; step: Step }[] = [
  { path: 'suspend', operationId: 'suspendLicense', summary: 'Suspend a licence: from the next decision on it refuses', step: suspend },
  { path: 'resume', operationId: 'resumeLicense', summary: 'Lift a suspension', step: resume },
  { path: 'revoke', operationId: 'revokeLicense', summary: 'Revoke a licence at once and for good', step: revoke },
  { path: 'paid', operationId: 'markPaid', summary: 'Say that the missing payment has come', step: paid },
]

function holderOf(organization: string | undefined, identity: string | undefined) {
  if (organization !== undefined && identity === undefined) return { organization }
  if (identity !== undefined && organization === undefined) return { identity }
  throw new ApiError('REQUEST_INVALID', { errors: [{ in: 'body', pointer: '', detail: 'names exactly one of organization and holder' }] })
}

export function shown({
  organization,
  holder,
  starts,
  ends,
  trial_ends,
  revoked_at,
  past_due_since,
  overrides,
  created_at,
  updated_at,
  ...row
}: LicenseView) {
  return {
    ...row,
    ...(organization !== null && { organization }),
    ...(holder !== null && { holder }),
    starts: formatInstant(starts),
    ...(ends !== null && { ends: formatInstant(ends) }),
    ...(trial_ends !== null && { trial_ends: formatInstant(trial_ends) }),
    ...(revoked_at !== null && { revoked_at: formatInstant(revoked_at) }),
    ...(past_due_since !== null && { past_due_since: formatInstant(past_due_since) }),
    ...(overrides !== null && { overrides: JSON.parse(overrides) as Overrides }),
    created_at: formatInstant(created_at),
    updated_at: formatInstant(updated_at),
  }
}
