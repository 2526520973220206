import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { listOf } from '../app/http/list.ts'
import { byOf } from '../app/http/mutation.ts'
import { OptionalBody } from '../app/http/optional-body.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import type { LicenseFileRow } from './file-store.ts'
import { issueFile, pageOfFiles } from './files.ts'

const listed = {
  id: Id,
  license: Id,
  kid: Type.String({ description: 'The license signing key; `/.well-known/writ-keys` says what the root says of it.' }),
  sha256: Type.String({ description: 'Of the whole text, hex.' }),
  issued_at: Type.String({ format: 'date-time' }),
  issued_by: Type.String(),
}
const Listed = Type.Object(listed)
const Issued = Type.Object({ ...listed, file: Type.String({ description: 'The armoured text. It is not kept.' }) })
const ById = Type.Object({ id: Id })
const Binding = Type.Object(
  {
    device_key: Type.Optional(
      Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'RFC 7638 thumbprint of a key that the device holds.' }),
    ),
    fingerprint: Type.Optional(
      Type.Object(
        {
          components: Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { minItems: 1, maxItems: 32, uniqueItems: true }),
          at_least: Type.Integer({ minimum: 1, maximum: 32, description: 'How many of them the device must have.' }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
)

const Coordinate = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
export const EncryptTo = Type.Object(
  { kty: Type.Literal('EC'), crv: Type.Literal('P-256'), x: Coordinate, y: Coordinate },
  {
    additionalProperties: false,
    description: 'Public JWK of the holder, made for this alone: only its private half reads the answer. `sha256` is of the file inside.',
  },
)

const list = listOf({ id: 'text', issued_at: 'number' }, {}, 'id')
const config = { permission: 'manage:license_files' } as const
const tags = ['license files']

export function licenseFileRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/licenses/:id/files',
    {
      config,
      schema: {
        operationId: 'issueLicenseFile',
        summary: 'Sign a license file for use without a network',
        description:
          'With `roster` (the default) the file carries the members of the organization under pseudonyms, their roles, seats and grants; with `asserted` it carries nobody, and the application vouches for who asks. A file that is issued so carries no share of hard quotas: an activation has one.',
        tags,
        params: ById,
        body: OptionalBody(
          Type.Object(
            {
              identities: Type.Optional(Type.Union([Type.Literal('roster'), Type.Literal('asserted')])),
              roster: Type.Optional(Type.Array(Id, { maxItems: 2048, description: 'Only these members. Absent: all that are active.' })),
              resources: Type.Optional(Type.Array(Id, { maxItems: 1024, description: 'Declared resources that the file is to know.' })),
              binding: Type.Optional(Binding),
              encrypt_to: Type.Optional(EncryptTo),
            },
            { additionalProperties: false },
          ),
        ),
        response: { 201: Issued, ...problems },
      },
    },
    async (request, reply) => {
      const { identities = 'roster', encrypt_to, ...asked } = request.body ?? {}
      const { dryRun: _, ...by } = byOf(request)
      const { file, ...row } = await issueFile(
        authority,
        by,
        credentialOf(request),
        request.params.id,
        { ...asked, identities },
        encrypt_to,
      )
      return reply.code(201).send({ ...shown(row), file })
    },
  )

  server.get(
    '/v1/licenses/:id/files',
    {
      config,
      schema: {
        operationId: 'listLicenseFiles',
        summary: 'List the license files that were signed, by id',
        tags,
        params: ById,
        querystring: list.query,
        response: { 200: Page(Listed), ...problems },
      },
    },
    async (request) => {
      const { listing, page } = list.read(request)
      return page(await pageOfFiles(authority, credentialOf(request), request.params.id, listing), shown)
    },
  )
}

function shown({ license_id, issued_at, ...row }: LicenseFileRow) {
  return { ...row, license: license_id, issued_at: formatInstant(issued_at) }
}
