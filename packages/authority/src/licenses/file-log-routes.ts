import { FILE_LOG_MEDIA_TYPE } from '@writ/license'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Kid } from '../keys/schemas.ts'
import { fileLog } from './file-log.ts'

/** However many ask: a part is signed once in this time. */
const KEPT_MILLISECONDS = 60_000
const MOST_KEPT = 32

/** Open to everybody, as the key set is, which says that the key is revoked: whoever has a file of it must be able to tell. */
export function fileLogRoutes(server: Server, authority: Authority): void {
  const kept = new Map<string, { readonly log: Promise<string>; readonly until: number }>()
  const logOf = (kid: string, part: number): Promise<string> => {
    const name = `${kid} ${part}`
    const now = performance.now()
    const known = kept.get(name)
    if (known !== undefined && now < known.until) return known.log
    const log = fileLog(authority, kid, part)
    kept.delete(name)
    kept.set(name, { log, until: now + KEPT_MILLISECONDS })
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest)
    // Nothing is known of what failed: the key may be revoked a moment later.
    log.catch(() => kept.delete(name))
    return log
  }
  server.get(
    '/v1/signing-keys/:kid/files',
    {
      config: { public: true },
      schema: {
        operationId: 'readFileLog',
        summary: 'Which files of a compromised key still hold',
        description:
          'Signed, with a key of its own use: the SHA-256 of every license file that a revoked key signed and that was logged before `revoked_at`, ten thousand a part; `parts` inside says how many there are. Compact JWS of typ `writ-file-log+jwt`. Of a key that is not revoked there is none.',
        tags: ['license files'],
        params: Type.Object({ kid: Kid }),
        querystring: Type.Object({
          part: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Absent: the first.' })),
        }),
        response: {
          200: { description: 'Signed', content: { [FILE_LOG_MEDIA_TYPE]: { schema: Type.String() } } },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const log = await logOf(request.params.kid, request.query.part ?? 1)
      return reply
        .type(FILE_LOG_MEDIA_TYPE)
        .header('cache-control', 'public, max-age=60')
        .send(log as never)
    },
  )
}
