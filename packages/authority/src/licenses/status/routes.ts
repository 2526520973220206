import { STATUS_MEDIA_TYPE } from '@writ/license'
import Type from 'typebox'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import { problems } from '../../app/http/errors.ts'
import type { Server } from '../../app/http/server.ts'
import { TTL_SECONDS } from './status-lists.ts'

const tags = ['license files']

/** Open to everybody, as the key set is: a list says which of its places are no longer good, and of nobody whose they are. */
export function statusRoutes(server: Server, { statusLists }: Authority): void {
  server.get(
    '/status-lists/:list',
    {
      config: { public: true },
      schema: {
        operationId: 'readStatusList',
        summary: 'Which places of a status list are suspended or revoked',
        description:
          'A Status List Token (draft-ietf-oauth-status-list): two bits a place; 0 is good, 1 revoked, 2 suspended. License files and entitlement tokens name their place.',
        tags,
        params: Type.Object({ list: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) }),
        querystring: Type.Object({ time: Type.Optional(Type.String({ maxLength: 20, description: 'Not supported: 501.' })) }),
        response: {
          200: { description: 'Signed', content: { [STATUS_MEDIA_TYPE]: { schema: Type.String() } } },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      if (request.query.time !== undefined) throw new ApiError('STATUS_TIME_UNSUPPORTED')
      const token = await statusLists.token(Number(request.params.list))
      return reply
        .type(STATUS_MEDIA_TYPE)
        .header('cache-control', `public, max-age=${TTL_SECONDS / 10}`)
        .send(token as never)
    },
  )

  server.get(
    '/status-lists',
    {
      config: { public: true },
      schema: {
        operationId: 'listStatusLists',
        summary: 'The addresses of all status lists, to carry them somewhere',
        tags,
        response: { 200: Type.Object({ status_lists: Type.Array(Type.String()) }), ...problems },
      },
    },
    async () => ({ status_lists: await statusLists.uris() }),
  )
}
