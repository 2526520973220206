import Type from 'typebox'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { byOf, DryRunQuery, etag, ifMatch } from '../app/http/mutation.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { License, shown } from './routes.ts'
import { type Holder, transferLicense } from './transfer.ts'

const Transferred = Type.Object({
  license: License,
  lost: Type.Object(
    {
      seats: Type.Integer({ description: 'Freed, named and floating.' }),
      license_keys: Type.Integer({ description: 'Revoked: the old holder knows them.' }),
      grants: Type.Integer({ description: 'Of the old organization, that decide nothing there any more.' }),
    },
    { description: 'What the old holder has no more.' },
  ),
  license_files: Type.Integer({ description: 'Signed before, and good until their own end: no transfer calls them back.' }),
})

export function transferRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/licenses/:id/transfer',
    {
      config: { permission: 'manage:licenses' },
      schema: {
        operationId: 'transferLicense',
        summary: 'Give a licence to another organization, or to an identity',
        description:
          'Terms, dates, overrides and what was used go with it; seats are freed and license keys revoked. A trial is given to the new holder, who must not have had one. To undo it, give it back.',
        tags: ['licenses'],
        params: Type.Object({ id: Id }),
        querystring: DryRunQuery,
        body: Type.Object({ organization: Type.Optional(Id), holder: Type.Optional(Id) }, { additionalProperties: false }),
        response: { 200: Transferred, ...problems },
      },
    },
    async (request, reply) => {
      const { organization, holder } = request.body
      const to = holderOf(organization, holder)
      const done = await transferLicense(authority, byOf(request), credentialOf(request), request.params.id, to, ifMatch(request))
      return reply.header('etag', etag(done.license.version)).send({ ...done, license: shown(done.license) })
    },
  )
}

function holderOf(organization: string | undefined, identity: string | undefined): Holder {
  if (organization !== undefined && identity === undefined) return { organization }
  if (identity !== undefined && organization === undefined) return { identity }
  throw new ApiError('REQUEST_INVALID', { errors: [{ in: 'body', pointer: '', detail: 'names exactly one of organization and holder' }] })
}
