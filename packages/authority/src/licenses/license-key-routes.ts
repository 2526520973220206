import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { listOf } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { type ListedKey, makeLicenseKey, pageOfLicenseKeys, revokeKey } from './license-keys.ts'

const listed = {
  id: Id,
  license: Id,
  created_at: Type.String({ format: 'date-time' }),
  created_by: Type.String(),
  revoked_at: Type.Optional(Type.String({ format: 'date-time' })),
}
const Listed = Type.Object(listed)
const Created = Type.Object({ ...listed, key: Type.String({ description: '`writ_lic_…`. The secret. It is shown this once.' }) })
const ById = Type.Object({ id: Id })

const list = listOf({ id: 'text', created_at: 'number' }, {}, 'id')
const config = { permission: 'manage:licenses' } as const
const tags = ['license keys']

export function licenseKeyRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/licenses/:id/keys',
    {
      config,
      schema: {
        operationId: 'createLicenseKey',
        summary: 'Make a license key, which a customer types to activate',
        tags,
        params: ById,
        response: { 201: Created, ...problems },
      },
    },
    async (request, reply) => {
      const { key, ...row } = await makeLicenseKey(authority, byOf(request), credentialOf(request), request.params.id)
      return reply.code(201).send({ ...shown(row), key })
    },
  )

  server.get(
    '/v1/licenses/:id/keys',
    {
      config,
      schema: {
        operationId: 'listLicenseKeys',
        summary: 'List the license keys of a licence, by id; never the secrets',
        tags,
        params: ById,
        querystring: list.query,
        response: { 200: Page(Listed), ...problems },
      },
    },
    async (request) => {
      const { listing, page } = list.read(request)
      return page(await pageOfLicenseKeys(authority, credentialOf(request), request.params.id, listing), shown)
    },
  )

  server.delete(
    '/v1/licenses/:id/keys/:key',
    {
      config,
      schema: {
        operationId: 'revokeLicenseKey',
        summary: 'Revoke a license key at once',
        tags,
        params: Type.Object({ id: Id, key: Id }),
        querystring: DryRunQuery,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      await revokeKey(authority, byOf(request), credentialOf(request), request.params.id, request.params.key)
      return reply.code(204).send(null)
    },
  )
}

function shown({ license_id, created_at, revoked_at, ...row }: ListedKey) {
  return {
    ...row,
    license: license_id,
    created_at: formatInstant(created_at),
    ...(revoked_at !== null && { revoked_at: formatInstant(revoked_at) }),
  }
}
